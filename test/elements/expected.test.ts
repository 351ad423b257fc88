/** Small things that people expect of a chat, whoever made it. */
import {expect} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';

import type {ChatEvent} from '../../src/core/events.js';
import type {TillitChat} from '../../src/elements/tillit-chat.js';
import {
  ask,
  count,
  found,
  input,
  loadAll,
  maybe,
  one,
  openAnswer,
  openChat,
  openTurn,
  seen,
  until,
  write,
} from '../support/chat.js';
import {pressTogether} from '../support/commands.js';
import {finish, settled, source, text} from '../support/scripted-transport.js';

const questions = (chat: TillitChat) => count(chat, '[part~="question"]');
const hint = (chat: TillitChat) => seen(one(chat, '#composer-hint'));

/** A drag or a paste as the browser tells of it. */
function carry(
  field: HTMLElement,
  type: 'paste' | 'drop' | 'dragover',
  what: {readonly text?: string; readonly file?: true},
) {
  const data = new DataTransfer();
  if (what.text !== undefined) data.setData('text/plain', what.text);
  if (what.file) data.items.add(new File(['x'], 'pay-slip.pdf', {type: 'application/pdf'}));
  const options = {bubbles: true, cancelable: true, composed: true};
  const event =
    type === 'paste'
      ? new ClipboardEvent(type, {...options, clipboardData: data})
      : new DragEvent(type, {...options, dataTransfer: data});
  // Firefox leaves out what it is given here.
  if (type === 'paste') Object.defineProperty(event, 'clipboardData', {value: data});
  field.dispatchEvent(event);
  return event.defaultPrevented;
}

describe('what sends', () => {
  before(loadAll);

  it('is Enter, and Shift breaks the line', async () => {
    const {chat} = await openChat();
    await write(input(chat), 'One');
    await pressTogether('Shift', 'Enter');
    expect(input(chat).value).to.equal('One\n');
    expect(questions(chat)).to.equal(0);
    await sendKeys({press: 'Enter'});
    await found(chat, '[part~="question"]');
  });

  it('is Enter with Ctrl where the host says so, and Enter breaks the line', async () => {
    const {chat} = await openChat();
    chat.setAttribute('send-on', 'mod-enter');
    await chat.updateComplete;
    await settled();
    await write(input(chat), 'One');
    await sendKeys({press: 'Enter'});
    expect(input(chat).value).to.equal('One\n');
    expect(questions(chat)).to.equal(0);
    input(chat).dispatchEvent(
      new KeyboardEvent('keydown', {key: 'Enter', metaKey: true, isComposing: true, bubbles: true, composed: true}),
    );
    await settled();
    expect(questions(chat), 'a composition ends').to.equal(0);
    await pressTogether('Control', 'Enter');
    await found(chat, '[part~="question"]');
    expect(seen(one(chat, '[part~="question"]'))).to.contain('One');
  });
});

describe('the last question', () => {
  before(loadAll);

  it('comes back with the arrow, to be asked in other words', async () => {
    const {chat} = await openAnswer();
    input(chat).focus();
    await sendKeys({press: 'ArrowUp'});
    await until(() => input(chat).value === 'How do I correct a pay slip?', 'it is back');
    await sendKeys({press: 'End'});
    await sendKeys({type: ' Again.'});
    expect(input(chat).value).to.equal('How do I correct a pay slip? Again.');
  });

  it('does not come over what is written, nor in a composition', async () => {
    const {chat} = await openAnswer();
    input(chat).focus();
    input(chat).dispatchEvent(
      new KeyboardEvent('keydown', {
        key: 'ArrowUp',
        isComposing: true,
        bubbles: true,
        composed: true,
        cancelable: true,
      }),
    );
    await settled();
    expect(input(chat).value).to.equal('');
    await write(input(chat), 'Mine');
    await sendKeys({press: 'ArrowUp'});
    await settled();
    expect(input(chat).value).to.equal('Mine');
  });
});

describe('a file', () => {
  before(loadAll);

  for (const type of ['drop', 'paste'] as const) {
    it(`is refused with a sentence: ${type}`, async () => {
      const {chat} = await openChat();
      expect(carry(input(chat), type, {file: true})).to.equal(true);
      await until(() => hint(chat) === 'Only text can be sent here, no files.', 'it says so');
      expect(one(chat, '#composer-hint').getAttribute('role')).to.equal('status');
      await expect(chat).to.be.accessible();
      await write(input(chat), 'Then in words');
      expect(hint(chat)).not.to.contain('files');
    });
  }

  it('that is dragged over the field may be dropped, so that the page stays', async () => {
    const {chat} = await openChat();
    expect(carry(input(chat), 'dragover', {file: true})).to.equal(true);
    await settled();
    expect(hint(chat)).not.to.contain('files');
  });

  it('does not keep its text out', async () => {
    const {chat} = await openChat();
    expect(carry(input(chat), 'paste', {text: 'From a document'})).to.equal(false);
    expect(carry(input(chat), 'paste', {text: 'With a picture of it', file: true})).to.equal(false);
    expect(carry(input(chat), 'drop', {text: 'Dragged'})).to.equal(false);
    await settled();
    expect(hint(chat)).not.to.contain('files');
  });
});

describe('waiting', () => {
  before(loadAll);

  it('is told in words', async () => {
    const {chat, server} = await openTurn();
    await until(() => seen(one(chat, '.waiting')) === 'Looking for an answer', 'at first');
    const status = (event: Partial<Extract<ChatEvent, {type: 'status'}>>): ChatEvent => ({
      type: 'status',
      state: 'active',
      ...event,
    });
    await server.emit(status({kind: 'search'}));
    await until(() => seen(one(chat, '.waiting')) === 'Searching the help centre', 'a search');
    await server.emit(status({kind: 'tool', text: 'Reading your plan'}));
    await until(() => seen(one(chat, '.waiting')) === 'Reading your plan', 'the backend’s own words');
    await server.emit(status({kind: 'search', state: 'done'}));
    await until(() => seen(one(chat, '.waiting')) === 'Looking for an answer', 'it is over');
  });
});

describe('answers that come while the chat is closed', () => {
  before(loadAll);

  const launcher = (chat: TillitChat) => one(chat, '.launcher');
  const badge = (chat: TillitChat) => getComputedStyle(launcher(chat), '::after').content;

  async function openClosed() {
    const made = await openTurn();
    const sheets = () => (made.chat.renderRoot as ShadowRoot).adoptedStyleSheets;
    await until(
      () => sheets().some(({cssRules}) => cssRules[0]?.cssText.includes('data-unread')),
      'it is looked after',
    );
    made.chat.hide();
    await made.chat.updateComplete;
    await made.server.emit(text('Open *Pay slips*. [1]'), source, finish);
    await until(() => launcher(made.chat).dataset['unread'] === '1', 'it is counted');
    return made;
  }

  it('are counted on the launcher, and in its name', async () => {
    const {chat} = await openClosed();
    expect(badge(chat)).not.to.equal('none');
    expect(launcher(chat).ariaLabel).to.equal('Open the help chat (1)');
    await expect(chat).to.be.accessible();
    launcher(chat).click();
    await until(() => launcher(chat).dataset['unread'] === undefined, 'it has been seen');
    await until(() => launcher(chat).ariaLabel === 'Close', 'and the name is that of what it does');
    launcher(chat).click();
    await until(() => launcher(chat).ariaLabel === 'Open the help chat', 'with nothing left to say');
    expect(badge(chat)).to.equal('none');
  });

  it('have a line above them until something more is asked', async () => {
    const {chat, server} = await openClosed();
    expect(seen(one(chat, '[part~="unread"]'))).to.equal('New');
    chat.show();
    await chat.updateComplete;
    await expect(chat).to.be.accessible();
    await ask(chat, 'And then?');
    await until(() => server.streams.length === 2, 'the next question leaves');
    expect(maybe(chat, '[part~="unread"]') === undefined).to.equal(true);
  });

  it('are not new to someone who sees them come', async () => {
    const {chat} = await openAnswer();
    chat.hide();
    await chat.updateComplete;
    await settled();
    expect(launcher(chat).dataset['unread']).to.equal(undefined);
    expect(count(chat, '[part~="unread"]')).to.equal(0);
  });

  it('are not counted when they failed', async () => {
    const {chat, server} = await openTurn();
    chat.hide();
    await chat.updateComplete;
    await server.emit({type: 'error', error: {code: 'server', retryable: true}});
    await settled();
    expect(launcher(chat).dataset['unread']).to.equal(undefined);
  });
});
