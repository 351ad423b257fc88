import {expect} from '@open-wc/testing';

import {findPii, mask, unmask} from '../../src/privacy/index.js';

const masked = (text: string, known?: ReadonlyMap<string, string>) => mask(text, findPii(text), known);

describe('Masking', () => {
  it('gives the same value the same placeholder', () => {
    const {text, map} = masked('811228-9874 eller a@example.se, alltså 811228-9874');
    expect(text).to.equal('[PERSONNUMMER_1] eller [EMAIL_1], alltså [PERSONNUMMER_1]');
    expect([...map]).to.deep.equal([
      ['[PERSONNUMMER_1]', '811228-9874'],
      ['[EMAIL_1]', 'a@example.se'],
    ]);
  });

  it('keeps placeholders across messages', () => {
    const first = masked('a@example.se');
    const second = masked('b@example.se och a@example.se', first.map);
    expect(second.text).to.equal('[EMAIL_2] och [EMAIL_1]');
  });

  it('never takes a placeholder the person wrote', () => {
    expect(masked('[EMAIL_1] är inte a@example.se').text).to.equal('[EMAIL_1] är inte [EMAIL_2]');
  });

  it('is clean afterwards', () => {
    const {text} = masked(
      '811228-9874, 070-174 06 05, 4242 4242 4242 4242, SE45 5000 0000 0583 9825 7466, a@example.se',
    );
    expect(findPii(text)).to.deep.equal([]);
  });

  it('puts values back on screen, once', () => {
    const map = new Map([
      ['[EMAIL_1]', '[EMAIL_2]'],
      ['[EMAIL_2]', 'b@example.se'],
    ]);
    expect(unmask('[EMAIL_1], [EMAIL_2], [EMAIL_3]', map)).to.equal('[EMAIL_2], b@example.se, [EMAIL_3]');
  });
});
