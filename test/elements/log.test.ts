import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';

import {
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

const lines = (count: number, from = 0) =>
  text(Array.from({length: count}, (_, index) => `Line ${from + index}\n\n`).join(''));
const log = (chat: TillitChat) => one(chat, '[part~="log"]');
const fromEnd = (chat: TillitChat) => log(chat).scrollHeight - log(chat).clientHeight - log(chat).scrollTop;
const atEnd = (chat: TillitChat) =>
  until(() => log(chat).scrollHeight > log(chat).clientHeight && fromEnd(chat) < 2, 'the end is in sight');
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

const toEnd = '.to-end';

describe('the log', () => {
  before(loadAll);

  it('stays at the end while an answer grows', async () => {
    const {chat, server} = await openTurn();
    for (let round = 0; round < 4; round++) {
      await server.emit(lines(15, round * 15));
      await drawn(chat, `Line ${round * 15 + 14}`);
      await atEnd(chat);
    }
    expect(count(chat, toEnd)).to.equal(0);
    await server.emit(source, finish);
    await found(chat, 'tillit-rating');
    await atEnd(chat);
  });

  it('leaves a reader who scrolled up where they are, and offers the way to what came', async () => {
    const {chat, server} = await openTurn();
    await server.emit(lines(40));
    await drawn(chat, 'Line 39');
    await atEnd(chat);
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

  it('promises no new answer to someone who only reads an old one again', async () => {
    const {chat} = await openAnswer({}, [lines(40), source, finish]);
    await drawn(chat, 'Line 39');
    await atEnd(chat);
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
    await atEnd(chat);
    await scrollUp(chat, 300);
    await server.emit(lines(5, 40));
    await found(chat, toEnd);
    log(chat).scrollTop = log(chat).scrollHeight;
    await gone(chat, toEnd);
    await server.emit(lines(20, 45));
    await drawn(chat, 'Line 64');
    await atEnd(chat);
  });

  it('goes to the end with a new question, wherever the reader was', async () => {
    const {chat, server} = await openAnswer({}, [lines(60), source, finish]);
    await drawn(chat, 'Line 59');
    await atEnd(chat);
    log(chat).scrollTop = 0;
    await frames();
    await ask(chat, 'And the next?');
    await until(() => server.streams.length === 2, 'the question leaves');
    await atEnd(chat);
  });

  it('can be scrolled with the keyboard', async () => {
    const {chat} = await openAnswer({}, [lines(60), source, finish]);
    await drawn(chat, 'Line 59');
    await atEnd(chat);
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
    await atEnd(chat);
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
