import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';

import {
  all,
  ask,
  count,
  focusIsOn,
  found,
  gone,
  input,
  loadAll,
  one,
  openAnswer,
  openTurn,
  saying,
  seen,
  until,
  write,
} from '../support/chat.js';
import {finish, settled, source, text} from '../support/scripted-transport.js';
import type {TillitChat} from '../../src/elements/tillit-chat.js';
import type {TillitLog} from '../../src/elements/log.js';
import type {TillitTurn} from '../../src/elements/turn.js';

const lines = (count: number, from = 0) =>
  text(Array.from({length: count}, (_, index) => `Line ${from + index}\n\n`).join(''));
const log = (chat: TillitChat) => one(chat, '[part~="log"]');
const fromEnd = (chat: TillitChat) => log(chat).scrollHeight - log(chat).clientHeight - log(chat).scrollTop;
const atEnd = (chat: TillitChat) =>
  until(() => log(chat).scrollHeight > log(chat).clientHeight && fromEnd(chat) < 2, 'the end is in sight');
const questionOnTop = (chat: TillitChat) =>
  until(() => {
    const question = [...log(chat).querySelectorAll('[part~="question"]')].at(-1);
    const above = question && question.getBoundingClientRect().top - log(chat).getBoundingClientRect().top;
    return above !== undefined && above >= 0 && above < 40;
  }, 'the question is at the top');
const drawn = (chat: TillitChat, words: string) => until(() => seen(log(chat)).includes(words), `“${words}” is drawn`);

/** After the browser has laid out, and told scrollers and observers. */
const frames = async () => {
  for (let left = 3; left > 0; left--) await new Promise(requestAnimationFrame);
  await settled();
};

async function scrollUp(chat: TillitChat, by: number) {
  log(chat).scrollTop -= by;
  await frames();
}

/** Longer than it takes a chat to see that a reader has come to rest. */
const rest = () =>
  new Promise((rested) => {
    setTimeout(rested, 300);
  });

/** The reader scrolls there. */
async function goToEnd(chat: TillitChat) {
  await frames();
  log(chat).scrollTop = log(chat).scrollHeight;
  await frames();
  await atEnd(chat);
}

const toEnd = '.to-end';

describe('the log', () => {
  before(loadAll);

  it('keeps the question at the top while a long answer grows, and offers the way to its end', async () => {
    const {chat, server} = await openTurn();
    for (let round = 0; round < 4; round++) {
      await server.emit(lines(15, round * 15));
      await drawn(chat, `Line ${round * 15 + 14}`);
      await questionOnTop(chat);
    }
    await found(chat, toEnd);
    await server.emit(source, finish);
    await found(chat, 'tillit-rating');
    await frames();
    await questionOnTop(chat);
    one(chat, toEnd).click();
    await atEnd(chat);
    await gone(chat, toEnd);
  });

  for (const direction of ['ltr', 'rtl'] as const) {
    it(`brings the next question to the top, with room for its answer, ${direction}`, async () => {
      const {chat, server} = await openAnswer({}, [lines(40), source, finish]);
      one(chat, '.root').dir = direction;
      chat.mode = 'inline';
      chat.style.setProperty('--tillit-panel-height', '60rem');
      await drawn(chat, 'Line 39');
      await ask(chat, 'And the next?');
      await until(() => server.streams.length === 2, 'the question leaves');
      await questionOnTop(chat);
      const {scrollHeight} = log(chat);
      await server.emit(text('Short. [1]'), source, finish);
      await until(() => count(chat, 'tillit-actions') === 2, 'the answer is whole');
      await frames();
      await questionOnTop(chat);
      expect(log(chat).scrollHeight).to.equal(scrollHeight);
      expect(count(chat, toEnd)).to.equal(0);
    });
  }

  it('leaves no room under a conversation that is only read again', async () => {
    const {chat} = await openAnswer();
    const state = chat.chat!.store.get();
    const again = await openAnswer();
    again.chat.chat!.store.dispatch({type: 'cleared'});
    await gone(again.chat, 'tillit-log');
    again.chat.chat!.store.dispatch({type: 'restored', state: {turns: state.turns}});
    await found(again.chat, 'tillit-actions');
    expect(count(again.chat, '[data-roomy]')).to.equal(0);
  });

  it('draws once in a frame, however many pieces come in it', async () => {
    const {chat, server} = await openTurn();
    await server.emit(text('Begins '));
    await drawn(chat, 'Begins');
    const element = one<TillitLog>(chat, 'tillit-log');
    const draw = element.render.bind(element);
    let draws = 0;
    element.render = () => {
      draws++;
      return draw();
    };
    await frames();
    let inFrames = 1;
    let isOver = false;
    const countFrames = () => {
      if (isOver) return;
      inFrames++;
      requestAnimationFrame(countFrames);
    };
    requestAnimationFrame(countFrames);
    for (let piece = 0; piece < 60; piece++) await server.emit(text(`word${piece} `));
    await drawn(chat, 'word59');
    isOver = true;
    expect(draws).to.be.at.most(inFrames + 1);
    expect(draws).to.be.above(0);
  });

  it('stays at the end for a reader who is there', async () => {
    const {chat, server} = await openTurn();
    await server.emit(lines(40));
    await drawn(chat, 'Line 39');
    await goToEnd(chat);
    for (let round = 0; round < 3; round++) {
      await server.emit(lines(15, 40 + round * 15));
      await drawn(chat, `Line ${54 + round * 15}`);
      await atEnd(chat);
    }
    expect(count(chat, toEnd)).to.equal(0);
    await server.emit(source, finish);
    await found(chat, 'tillit-rating');
    await atEnd(chat);
  });

  it('draws no finished turn again when another changes, or a key is typed', async () => {
    const {chat, server} = await openAnswer();
    const first = one<TillitTurn>(chat, 'tillit-turn');
    await ask(chat, 'And the next?');
    await until(() => server.streams.length === 2, 'the question leaves');
    await found(chat, 'tillit-turn:nth-child(2)');
    await settled();
    let renders = 0;
    const {render} = first;
    first.render = () => {
      renders++;
      return render.call(first);
    };
    await server.emit(text('So'), text(' it'), text(' is. [1]'), source, finish);
    await until(() => count(chat, 'tillit-actions') === 2, 'the answer is whole');
    await write(input(chat), 'What I am typ');
    await frames();
    expect(renders).to.equal(0);
    first.requestUpdate();
    await first.updateComplete;
    expect(renders).to.equal(1);
  });

  it('leaves a reader who scrolled up where they are, and offers the way to what came', async () => {
    const {chat, server} = await openTurn();
    await server.emit(lines(40));
    await drawn(chat, 'Line 39');
    await goToEnd(chat);
    await scrollUp(chat, 300);
    const {scrollTop} = log(chat);
    await server.emit(lines(20, 40));
    await drawn(chat, 'Line 59');
    await found(chat, toEnd);
    expect(log(chat).scrollTop).to.equal(scrollTop);
    expect(seen(one(chat, toEnd))).to.equal('New answer below');
    await expect(chat).to.be.accessible();
    one(chat, toEnd).focus();
    await sendKeys({press: 'Enter'});
    await atEnd(chat);
    await gone(chat, toEnd);
    await focusIsOn(chat, '[part~="log"]');
    await server.emit(lines(10, 60));
    await drawn(chat, 'Line 69');
    await atEnd(chat);
  });

  it('leaves a reader where they are who scrolls up as soon as it has followed', async () => {
    const {chat, server} = await openTurn();
    await server.emit(lines(20));
    await drawn(chat, 'Line 19');
    await goToEnd(chat);
    // It holds on to what stands first.
    await rest();
    await server.emit(lines(10, 20));
    await drawn(chat, 'Line 29');
    await atEnd(chat);
    await scrollUp(chat, 100);
    const read = all(chat, '[part~="answer"] p').find((element) => seen(element) === 'Line 15')!;
    const {top} = read.getBoundingClientRect();
    await server.emit(lines(10, 30));
    await drawn(chat, 'Line 39');
    await found(chat, toEnd);
    // Not more than the gap that a browser's own anchoring leaves where blocks are joined.
    expect(read.getBoundingClientRect().top).to.be.closeTo(top, 12);
  });

  it('promises no new answer to someone who only reads an old one again', async () => {
    const {chat} = await openAnswer({}, [lines(40), source, finish]);
    await drawn(chat, 'Line 39');
    // What stands below an answer is drawn after it, and is not what is meant here.
    await found(chat, '[part~="rating-star"]');
    await goToEnd(chat);
    await scrollUp(chat, 300);
    expect(count(chat, toEnd)).to.equal(0);
    await write(input(chat), 'a\nlonger\nquestion');
    await frames();
    expect(count(chat, toEnd)).to.equal(0);
  });

  it('follows again when the reader scrolls back to the end', async () => {
    const {chat, server} = await openTurn();
    await server.emit(lines(40));
    await drawn(chat, 'Line 39');
    await goToEnd(chat);
    await scrollUp(chat, 300);
    await server.emit(lines(5, 40));
    await found(chat, toEnd);
    log(chat).scrollTop = log(chat).scrollHeight;
    await gone(chat, toEnd);
    await server.emit(lines(20, 45));
    await drawn(chat, 'Line 64');
    await atEnd(chat);
  });

  it('goes to a new question, wherever the reader was', async () => {
    const {chat, server} = await openAnswer({}, [lines(60), source, finish]);
    await drawn(chat, 'Line 59');
    await goToEnd(chat);
    log(chat).scrollTop = 0;
    await frames();
    await ask(chat, 'And the next?');
    await until(() => server.streams.length === 2, 'the question leaves');
    await questionOnTop(chat);
  });

  it('can be scrolled with the keyboard', async () => {
    const {chat} = await openAnswer({}, [lines(60), source, finish]);
    await drawn(chat, 'Line 59');
    await goToEnd(chat);
    log(chat).focus();
    await sendKeys({press: 'Home'});
    await until(() => log(chat).scrollTop === 0, 'the beginning is in sight');
  });

  it('never scrolls the page', async () => {
    const page = await fixture<HTMLElement>(html`<div><p style="height: 300vh">Long page</p></div>`);
    const {chat, server} = await openTurn({set: {mode: 'launcher'}});
    page.after(chat);
    chat.mode = 'inline';
    await chat.updateComplete;
    input(chat).blur();
    scrollTo(0, 100);
    await frames();
    await server.emit(lines(60));
    await drawn(chat, 'Line 59');
    await goToEnd(chat);
    await frames();
    expect(scrollY).to.equal(100);
    saying(chat, 'Stop').click();
    await frames();
    expect(scrollY).to.equal(100);
  });

  it('names its turns and itself', async () => {
    const {chat} = await openAnswer();
    expect(log(chat).ariaLabel).to.equal('Conversation');
    expect(log(chat).getAttribute('role')).to.equal('log');
  });
});
