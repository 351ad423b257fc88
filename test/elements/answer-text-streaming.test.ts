import {expect} from '@open-wc/testing';

import type {TillitAnswerText} from '../../src/elements/answer-text.js';
import {corpus} from '../answer/corpus.js';
import {drawn, markup, renderAnswer} from '../support/answer.js';

/** Lets each update draw at once: thousands of frames would take minutes. */
function withoutFrames() {
  const original = window.requestAnimationFrame;
  before(() => {
    window.requestAnimationFrame = (callback) => {
      queueMicrotask(() => callback(performance.now()));
      return 0;
    };
  });
  after(() => {
    window.requestAnimationFrame = original;
  });
}

/** Goes on from what the element has. */
async function stream(element: TillitAnswerText, markdown: string, step: number) {
  element.streaming = true;
  for (let end = element.markdown.length + step; end < markdown.length; end += step) {
    element.markdown = markdown.slice(0, end);
    await element.updateComplete;
  }
  element.markdown = markdown;
  element.streaming = false;
  await drawn(element);
}

describe('<tillit-answer-text> while an answer arrives', () => {
  describe('draws the same as at once', () => {
    withoutFrames();

    for (const {name, markdown} of corpus) {
      it(name, async () => {
        const whole = markup(await renderAnswer({markdown}));
        for (const step of [1, 7, 64].map((size) => Math.max(size, Math.ceil(markdown.length / 500)))) {
          const element = await renderAnswer({});
          await stream(element, markdown, step);
          expect(markup(element), `in steps of ${step}`).to.equal(whole);
        }
      });
    }
  });

  describe('keeps what is finished', () => {
    withoutFrames();

    it('out of layout where it is far from view, but never the end that grows', async () => {
      const element = await renderAnswer({});
      await stream(element, Array.from({length: 50}, (_, n) => `Paragraph ${n}`).join('\n\n'), 40);
      const groups = [...element.querySelectorAll('.blocks')];
      expect(groups.map((group) => group.children.length)).to.deep.equal([16, 16, 16, 2]);
      expect(groups.map((group) => getComputedStyle(group).contentVisibility)).to.deep.equal([
        'auto',
        'auto',
        'auto',
        'visible',
      ]);
    });

    it('leaves the nodes of a finished block alone, and a selection in it', async () => {
      const element = await renderAnswer({
        streaming: true,
        markdown: 'First paragraph.\n\nSecond **paragraph**.\n\nTh',
      });
      const [first, second] = element.querySelectorAll('p');
      getSelection()!.selectAllChildren(first!);
      const changes: MutationRecord[] = [];
      const observer = new MutationObserver((records) => changes.push(...records));
      for (const paragraph of [first!, second!])
        observer.observe(paragraph, {subtree: true, childList: true, characterData: true, attributes: true});
      await stream(
        element,
        'First paragraph.\n\nSecond **paragraph**.\n\nThird.\n\n- a\n- b\n\n```js\ncode\n```\n\nEnd.',
        3,
      );
      changes.push(...observer.takeRecords());
      expect(changes).to.deep.equal([]);
      expect([...element.querySelectorAll('p')].slice(0, 2)).to.deep.equal([first, second]);
      expect(String(getSelection())).to.equal('First paragraph.');
    });

    it('keeps the nodes of an open block when it grows', async () => {
      const element = await renderAnswer({streaming: true, markdown: '- one\n- two'});
      const one = element.querySelector('li');
      await stream(element, '- one\n- two\n- three\n- four', 1);
      expect(element.querySelector('li')).to.equal(one);
      expect(element.querySelectorAll('li').length).to.equal(4);
    });

    it('makes at most three nodes for each that stays', async () => {
      for (const {name, markdown} of corpus) {
        if (markdown.length < 300 || markdown.length > 5000) continue;
        const element = await renderAnswer({streaming: true});
        let made = 0;
        const count = (node: Node): number => 1 + [...node.childNodes].reduce((sum, child) => sum + count(child), 0);
        const observer = new MutationObserver((records) => {
          for (const {addedNodes} of records) for (const node of addedNodes) made += count(node);
        });
        observer.observe(element, {subtree: true, childList: true});
        await stream(element, markdown, 4);
        await Promise.resolve();
        expect(made / count(element), name).to.be.at.most(3);
      }
    });
  });

  it('draws at most once per frame', async () => {
    const element = await renderAnswer({streaming: true, markdown: 'a'});
    let updates = 0;
    element.addController({
      hostUpdated: () => {
        updates++;
      },
    });
    await new Promise(requestAnimationFrame);
    updates = 0;
    for (let i = 0; i < 50; i++) {
      element.markdown += ' word';
      await Promise.resolve();
    }
    await element.updateComplete;
    expect(updates).to.be.at.most(2);
    expect(element.textContent).to.include('word word');
  });

  it('starts anew when the text is replaced', async () => {
    const element = await renderAnswer({streaming: true, markdown: '# One\n\ntext\n\nmore'});
    element.markdown = 'Something **else**';
    await drawn(element);
    expect(element.querySelectorAll('h4').length).to.equal(0);
    expect(element.querySelector('p')!.textContent).to.equal('Something else');
  });

  it('goes on after it was stopped and resumed', async () => {
    const element = await renderAnswer({markdown: 'Half **an'});
    element.streaming = true;
    element.markdown = 'Half **an answer** [x]\n\n[x]: https://example.com/';
    await drawn(element);
    element.streaming = false;
    await drawn(element);
    expect(markup(element)).to.equal(markup(await renderAnswer({markdown: element.markdown})));
  });
});
