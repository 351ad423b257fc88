import {expect} from '@open-wc/testing';

import {screen} from '../../src/privacy/index.js';
import type {Purpose} from '../../src/privacy/index.js';

const types = (text: string, purpose: Purpose) => {
  const screening = screen(text, purpose);
  return screening.verdict === 'stop' ? screening.findings.map(({type}) => type) : [screening.verdict];
};

describe('Screening', () => {
  it('lets a clean question leave as it was written', () => {
    expect(screen('Hur registrerar jag sjukfrånvaro?', 'question')).to.deep.equal({
      verdict: 'pass',
      text: 'Hur registrerar jag sjukfrånvaro?',
      findings: [],
    });
  });

  for (const [purpose, text, expected] of [
    ['question', 'Mitt personnummer är 811228-9874', ['PERSON_ID']],
    ['question', 'mejla kalle@example.se', ['EMAIL']],
    ['comment', 'ring 070-174 06 05', ['PHONE']],
    ['voice', 'mitt kort är 4242 4242 4242 4242', ['CARD']],
    ['ticket', 'mejla kalle@example.se', ['pass']],
    ['ticket', 'kalle@example.se, 811228-9874', ['PERSON_ID']],
    ['ticket', 'ring 070-174 06 05', ['PHONE']],
    ['file-name', 'lön_811228-9874.pdf', ['PERSON_ID']],
    ['file-name', 'intyg_kalle_19811228-9874_v2.pdf', ['PERSON_ID']],
    ['file-name', 'rapport_2024-05-12_v2.xlsx', ['pass']],
  ] as const) {
    it(`answers ${expected.join()} to the ${purpose} "${text}"`, () => {
      expect(types(text, purpose)).to.deep.equal(expected);
    });
  }

  it('lets confirmed warnings pass and says which', () => {
    const screening = screen('ring 070-174 06 05', 'question', {policy: {PHONE: 'warn'}, warningsConfirmed: true});
    expect(screening.verdict).to.equal('pass');
    expect(screening.verdict === 'pass' && screening.findings.map(({type}) => type)).to.deep.equal(['PHONE']);
  });

  it('stops at an unconfirmed warning', () => {
    expect(screen('ring 070-174 06 05', 'question', {policy: {PHONE: 'warn'}}).verdict).to.equal('stop');
  });

  it('never lets a confirmation pass what is blocked', () => {
    expect(screen('ring 070-174 06 05', 'question', {warningsConfirmed: true}).verdict).to.equal('stop');
  });

  it('says that the check failed when a rule throws', () => {
    const broken = {
      id: 'xx',
      rules: [
        {
          type: 'OTHER',
          subtype: 'xx',
          pattern: /a/g,
          labels: '',
          alone: 1,
          isValid: () => {
            throw new Error('broken');
          },
        },
      ],
    } as const;
    expect(screen('a', 'question', {packs: [broken]})).to.deep.equal({verdict: 'failed'});
  });
});
