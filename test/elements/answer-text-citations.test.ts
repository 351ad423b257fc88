import {expect, oneEvent} from '@open-wc/testing';
import {sendKeys, sendMouse} from '@web/test-runner-commands';

import type {Source} from '../../src/core/events.js';
import type {TillitAnswerText} from '../../src/elements/answer-text.js';
import {drawn, renderAnswer} from '../support/answer.js';

const sources: readonly Source[] = [
  {
    id: 'a',
    title: 'Registrera frånvaro',
    url: 'https://docs.example.com/franvaro',
    snippet: 'Ett utdrag.',
    site: 'Hjälpcenter',
    updated: '2026-03-01',
  },
  {id: 'b', title: 'Karensavdrag', url: 'https://user:secret@docs.example.com/karens', updated: '2020-01-01'},
  {id: 'c', title: 'Utan adress'},
];

const cites = (element: Element) => [...element.querySelectorAll<HTMLButtonElement>('[part="citation"]')];
const popover = (element: Element) => element.querySelector<HTMLElement>('[part="citation-popover"]');
const isOpen = (element: Element) => popover(element)?.matches(':popover-open') ?? false;

/** Waits for what comes after loading and drawing. */
async function until(condition: () => boolean, what = String(condition)) {
  for (const startMs = performance.now(); !condition(); await new Promise((done) => setTimeout(done, 10))) {
    if (performance.now() - startMs > 3000) throw new Error(`waited in vain until ${what}`);
  }
}

async function press(element: TillitAnswerText, index = 0) {
  cites(element)[index]!.click();
  await until(() => isOpen(element));
}

function middleOf(target: Element): [x: number, y: number] {
  const {left, top, width, height} = target.getBoundingClientRect();
  return [Math.round(left + width / 2), Math.round(top + height / 2)];
}

const pointAt = (target: Element) => sendMouse({type: 'move', position: middleOf(target)});
const pressWithMouse = (target: Element) => sendMouse({type: 'click', position: middleOf(target)});

describe('citations', () => {
  it('are buttons that name their source', async () => {
    const element = await renderAnswer({markdown: 'One.[1] Two.[2]', sources});
    expect(cites(element).map((cite) => cite.textContent)).to.deep.equal(['1', '2']);
    expect(cites(element)[0]!.getAttribute('aria-label')).to.equal('Source 1: Registrera frånvaro');
    await expect(element).to.be.accessible();
  });

  it('stay text as long as their source is unknown, and become buttons when it comes', async () => {
    const element = await renderAnswer({
      markdown: 'One.[1] Two.[2] and',
      sources: sources.slice(0, 1),
      streaming: true,
    });
    expect(cites(element).length).to.equal(1);
    expect(element.textContent).to.include('Two.[2]');
    const first = cites(element)[0];
    element.sources = sources;
    await drawn(element);
    expect(cites(element).length).to.equal(2);
    expect(cites(element)[0]).to.equal(first);
  });

  for (const [markdown, numbers] of [
    ['a [1][2] b', ['1', '2']],
    ['a [1, 3] b', ['1', '3']],
    ['a [^2] b', ['2']],
    ['a [doc3] b', ['3']],
    ['a 【2†source】 b', ['2']],
    ['a [franvaro.pdf] b', ['4']],
    ['a [franvaro.pdf#page=3] b', ['4']],
    ['| a |\n|---|\n| b [1] |', ['1']],
    ['- a **b [2]**', ['2']],
    ['`[1]`', []],
    ['```\n[1]\n```', []],
    ['\\[1\\]', []],
    ['[see [1]](https://example.com/)', []],
    ['[0] [5] [999]', []],
  ] as const) {
    it(`are found in ${JSON.stringify(markdown)}`, async () => {
      const element = await renderAnswer({markdown, sources: [...sources, {id: 'franvaro.pdf', title: 'PDF'}]});
      expect(cites(element).map((cite) => cite.textContent)).to.deep.equal(numbers);
    });
  }

  it('use the number a source brings', async () => {
    const element = await renderAnswer({markdown: 'a [7]', sources: [{id: 'x', n: 7, title: 'Seven'}]});
    expect(cites(element)[0]!.getAttribute('aria-label')).to.equal('Source 7: Seven');
  });

  it('are held back until they are whole', async () => {
    const element = await renderAnswer({sources, streaming: true});
    for (const markdown of ['One [', 'One [1', 'One [1]']) {
      element.markdown = markdown;
      await drawn(element);
      expect(element.textContent.trim(), markdown).to.equal('One');
    }
    element.markdown = 'One [1] ';
    await drawn(element);
    expect(cites(element).length).to.equal(1);
  });
});

describe('the popover of a citation', () => {
  it('shows the source, and where it leads', async () => {
    const element = await renderAnswer({markdown: 'One.[1]', sources});
    await press(element);
    const text = popover(element)!.textContent;
    for (const part of ['Registrera frånvaro', 'Ett utdrag.', 'Hjälpcenter', 'March 1, 2026', 'docs.example.com'])
      expect(text).to.include(part);
    const link = popover(element)!.querySelector('a')!;
    expect(link.target).to.equal('_blank');
    expect(link.rel).to.equal('noopener noreferrer');
    expect(link.referrerPolicy).to.equal('no-referrer');
    await expect(element).to.be.accessible();
  });

  it('takes the focus, and gives it back on Esc', async () => {
    const element = await renderAnswer({markdown: 'One.[1]', sources});
    cites(element)[0]!.focus();
    await sendKeys({press: 'Enter'});
    await until(() => isOpen(element));
    await until(() => document.activeElement === popover(element));
    await sendKeys({press: 'Escape'});
    await until(() => !isOpen(element));
    await until(() => document.activeElement === cites(element)[0]);
    // The focus that comes back must not open it again.
    await new Promise((done) => setTimeout(done, 50));
    expect(isOpen(element)).to.equal(false);
  });

  it('closes by a press outside, and by a second press', async () => {
    const element = await renderAnswer({markdown: 'One.[1]\n\nSome more text.\n\nAnd more.', sources});
    await press(element);
    await sendMouse({type: 'click', position: [window.innerWidth - 5, window.innerHeight - 5]});
    await until(() => !isOpen(element));
    await press(element);
    await pressWithMouse(cites(element)[0]!);
    await new Promise((done) => setTimeout(done, 50));
    expect(isOpen(element)).to.equal(false);
    await new Promise((done) => setTimeout(done, 100));
    await pressWithMouse(cites(element)[0]!);
    await until(() => isOpen(element));
  });

  it('opens while a mouse points at the citation, and closes when it leaves', async () => {
    const element = await renderAnswer({markdown: 'One.[1]', sources});
    const focused = document.activeElement;
    await pointAt(cites(element)[0]!);
    await until(() => isOpen(element));
    expect(document.activeElement, 'the focus stays').to.equal(focused);
    await pointAt(popover(element)!);
    await new Promise((done) => setTimeout(done, 400));
    expect(isOpen(element), 'it stays while it is pointed at').to.equal(true);
    await sendMouse({type: 'move', position: [window.innerWidth - 5, window.innerHeight - 5]});
    await until(() => !isOpen(element));
  });

  it('warns of a source older than the vendor allows', async () => {
    const element = await renderAnswer({markdown: '[1] [2]', sources, staleAfterDays: 1000});
    await press(element, 1);
    expect(popover(element)!.querySelector('.cite-stale')).to.not.equal(null);
  });

  it('drops credentials from an address', async () => {
    const element = await renderAnswer({markdown: '[2]', sources});
    await press(element);
    expect(popover(element)!.querySelector('a')!.href).to.equal('https://docs.example.com/karens');
  });

  it('has no link when the source has no address', async () => {
    const element = await renderAnswer({markdown: '[3]', sources});
    await press(element);
    expect(popover(element)!.querySelector('a')).to.equal(null);
  });

  it('has no link when the address is none to follow', async () => {
    const element = await renderAnswer({markdown: '[1]', sources: [{id: 'x', title: 'X', url: 'javascript:alert(1)'}]});
    await press(element);
    expect(popover(element)!.querySelector('a')).to.equal(null);
  });

  it('shows the source of the citation that was pressed last', async () => {
    const element = await renderAnswer({markdown: '[1] and [2]', sources});
    await press(element, 0);
    cites(element)[1]!.click();
    await until(() => popover(element)?.textContent?.includes('Karensavdrag') === true && isOpen(element));
  });

  it('tells the host which source is opened', async () => {
    const element = await renderAnswer({markdown: '[1]', sources});
    await press(element);
    const link = popover(element)!.querySelector('a')!;
    link.addEventListener('click', (event) => event.preventDefault());
    setTimeout(() => link.click());
    const event = await oneEvent<HTMLElementEventMap['tillit-source-open']>(element, 'tillit-source-open');
    expect(event.detail).to.deep.equal({sourceId: 'a'});
  });

  it('is gone when the answer is', async () => {
    const element = await renderAnswer({markdown: '[1]', sources});
    await press(element);
    element.remove();
    expect(document.querySelector('[part="citation-popover"]')).to.equal(null);
  });
});
