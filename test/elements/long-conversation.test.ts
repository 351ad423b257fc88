import {expect} from '@open-wc/testing';

import type {Turn} from '../../src/core/state.js';
import type {TillitChat} from '../../src/elements/tillit-chat.js';
import type {TillitTurn} from '../../src/elements/turn.js';
import type {ScreenedText} from '../../src/privacy/types.js';
import {all, ask, count, focused, loadAll, one, openChat, seen, until, write} from '../support/chat.js';
import {finish, settled, source, text} from '../support/scripted-transport.js';

const length = 60;

const turn = (index: number): Turn => ({
  id: `turn-${index}`,
  question: `Question ${index}?` as ScreenedText,
  askedAtMs: Date.UTC(2026, 10, 1) + index * 60_000,
  phase: 'done',
  answers: [
    {
      messageId: `m-${index}`,
      answerer: {kind: 'ai'},
      parts: [{id: '', text: `Answer ${index}\n\n${'Some **words** of it.\n\n'.repeat((index % 4) + 1)}So. [1]`}],
      sources: [{id: 'a1', n: 1, title: 'Correct a pay slip', url: 'https://help.example/correct'}],
      citations: [],
      notices: [],
      rateable: true,
    },
  ],
  suggestions: [],
  handoff: false,
  finish: 'stop',
});

/** A conversation that was there before, as after a reload. */
async function openLong(change: (turn: Turn) => Turn = (same) => same) {
  const made = await openChat();
  const restored = Array.from({length}, (_, index) => change(turn(index)));
  made.chat.chat!.store.dispatch({type: 'restored', state: {turns: restored}});
  return made;
}

/** The same, with every turn on the page. */
async function openWhole(change?: (turn: Turn) => Turn) {
  const made = await openLong(change);
  await until(() => turns(made.chat).length === length, 'every turn is there');
  await atRest();
  return made;
}

const turns = (chat: TillitChat) => all<TillitTurn>(chat, 'tillit-turn');
const log = (chat: TillitChat) => one(chat, '[part~="log"]');
const has = (element: Element | undefined, selector: string) => Boolean(element?.querySelector(selector));
const isFull = (element: Element | undefined) =>
  ['tillit-answer-text', 'tillit-rating', 'tillit-actions', '[part~="sources"]'].every((part) => has(element, part));
const isLight = (element: Element | undefined) =>
  !has(element, 'tillit-answer-text, tillit-rating, tillit-actions, .sources');

/** After the browser has laid out, told observers, and what they changed is drawn. */
async function atRest() {
  for (let left = 6; left > 0; left--) await new Promise(requestAnimationFrame);
  await settled();
}

/** As a slow phone is: nothing else happens for so long. */
function stayBusy(ms: number) {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

/** A reader scrolls, and reads. */
async function scrollBy(chat: TillitChat, by: number) {
  log(chat).scrollTop += by;
  for (let left = 4; left > 0; left--) await atRest();
}

describe('a long conversation', () => {
  before(loadAll);

  it('is there at its end at once, and as a whole soon after', async () => {
    const {chat} = await openLong();
    await until(() => turns(chat).length > 0, 'the first turns are drawn');
    const last = turns(chat).at(-1)!;
    expect(seen(last)).to.include(`Question ${length - 1}?`);
    await until(() => turns(chat).length === length, 'every turn is there');
    expect(turns(chat).at(-1)).to.equal(last);
    expect(turns(chat).map(({turn: {id}}) => id)).to.deep.equal(Array.from({length}, (_, index) => `turn-${index}`));
    await until(() => {
      const {scrollHeight, scrollTop, clientHeight} = log(chat);
      return scrollHeight - scrollTop - clientHeight < 2;
    }, 'the end is in sight');
  });

  it('has the words of every turn, and of the latest everything', async () => {
    const {chat} = await openWhole();
    for (const [index, element] of turns(chat).entries()) {
      expect(seen(element)).to.match(new RegExp(`Question ${index}\\?.*Answer ${index} ?Some words of it\\..*So\\.`));
    }
    expect(isLight(turns(chat)[0])).to.equal(true);
    expect(one(chat, '[part~="turn"] [part~="answer"]').getAttribute('ai-disclosure')).to.equal('ai-generated');
    for (const element of turns(chat).slice(-9)) expect(isFull(element)).to.equal(true);
    await expect(chat).to.be.accessible();
  });

  it('draws a turn in full when a person comes near, and leaves it so', async () => {
    const {chat} = await openWhole();
    const [first] = turns(chat);
    log(chat).scrollTop = 0;
    await until(() => isFull(first), 'the first turn is drawn in full');
    log(chat).scrollTop = log(chat).scrollHeight;
    await atRest();
    expect(isFull(first)).to.equal(true);
    expect(turns(chat).some(isLight)).to.equal(true);
  });

  it('draws a turn in full that gets focus, which stays where it is', async () => {
    const {chat} = await openWhole((same) => ({...same, finish: 'no_source'}));
    const [first] = turns(chat);
    const button = first!.querySelector<HTMLElement>('[part~="ticket-open"]')!;
    expect(isLight(first)).to.equal(true);
    button.focus();
    await until(() => isFull(first), 'the first turn is drawn in full');
    expect(focused(chat) === button).to.equal(true);
  });

  for (const [where, busyMs] of [
    ['', 0],
    [', where a frame takes long', 170],
  ] as const)
    it(`does not jump when what is above the reader is drawn in full, and calls nothing new${where}`, async () => {
      const {chat} = await openWhole();
      const lights = () => turns(chat).filter(isLight).length;
      const lightsBefore = lights();
      // Just below the groups that are light.
      const border = all(chat, '.group').at(-2)!;
      await scrollBy(chat, border.getBoundingClientRect().top - log(chat).getBoundingClientRect().top + 900);
      for (let round = 0; round < 5; round++) {
        const box = log(chat).getBoundingClientRect();
        const inSight = turns(chat).find((element) => element.getBoundingClientRect().bottom > box.top)!;
        const before = inSight.getBoundingClientRect().top;
        const {scrollTop} = log(chat);
        const by = -Math.min(400, scrollTop);
        requestAnimationFrame(() => requestAnimationFrame(() => stayBusy(busyMs)));
        await scrollBy(chat, by);
        expect(inSight.getBoundingClientRect().top - before).to.be.closeTo(-by, 2, `round ${round}`);
      }
      expect(lights()).to.be.below(lightsBefore);
      expect(count(chat, '.to-end')).to.equal(0);
    });

  it('does not jump when it is drawn in full far above, and its real height is known', async () => {
    const {chat} = await openWhole();
    log(chat).scrollTop = log(chat).scrollHeight / 2;
    await atRest();
    const box = log(chat).getBoundingClientRect();
    const inSight = turns(chat).find((element) => element.getBoundingClientRect().bottom > box.top)!;
    const before = inSight.getBoundingClientRect().top;
    const {scrollTop} = log(chat);
    await atRest();
    expect([inSight.getBoundingClientRect().top, log(chat).scrollTop]).to.deep.equal([before, scrollTop]);
    expect(count(chat, '.to-end')).to.equal(0);
  });

  it('shows an answer that arrives as it arrives', async () => {
    const {chat, server} = await openWhole();
    await ask(chat, 'One more?');
    await until(() => server.streams.length === 1, 'the question leaves');
    await server.emit(text('Here'));
    const last = await until(() => turns(chat)[length], 'the turn is there');
    await until(() => has(last, 'tillit-answer-text'), 'the answer is drawn');
    await server.emit(text('\n\nSo. [1]'), source, finish);
    await until(() => isFull(last), 'the answer is whole');
  });

  it('keeps a rating, and a comment that is being written, while the person is elsewhere in it', async () => {
    const {chat} = await openWhole();
    const last = turns(chat).at(-1)!;
    last.querySelector<HTMLElement>('input[value="4"]')!.click();
    const comment = await until(() => last.querySelector('textarea'), 'the comment is asked for');
    await write(comment, 'Half a comm');
    await atRest();
    log(chat).scrollTop = 0;
    await until(() => isFull(turns(chat)[0]), 'the first turn is drawn in full');
    log(chat).scrollTop = log(chat).scrollHeight;
    await atRest();
    expect(last.querySelector<HTMLInputElement>('input:checked')?.value).to.equal('4');
    expect(last.querySelector('textarea')?.value).to.equal('Half a comm');
    expect(chat.chat!.store.get().turns.at(-1)?.answers[0]?.rating?.score).to.equal(4);
  });

  it('is not gone through with every key', async () => {
    let looks = 0;
    const {chat} = await openWhole((same) => ({
      ...same,
      get question() {
        looks++;
        return same.question;
      },
    }));
    await chat.updateComplete;
    looks = 0;
    await write(one<HTMLTextAreaElement>(chat, '[part~="input"]'), 'a');
    await atRest();
    expect(looks).to.equal(0);
  });
});
