import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';

import type {ChatEvent} from '../../src/core/events.js';
import {defineElements} from '../../src/elements/define-elements.js';
import {TillitChat} from '../../src/elements/tillit-chat.js';
import {
  all,
  ask,
  count,
  found,
  gone,
  input,
  loadAll,
  maybe,
  one,
  openTurn,
  says,
  seen,
  until,
  write,
} from '../support/chat.js';
import {closePages, openPage} from '../support/page.js';
import {finish, scriptedTransport, settled, text} from '../support/scripted-transport.js';

const words = (chat: TillitChat, selector: string) => all(chat, selector).map(seen).join(' ');

/** A chat in the given surroundings, opened, with the terms accepted. */
async function talkIn(chat: TillitChat) {
  const server = scriptedTransport();
  chat.transport = server.transport;
  await chat.updateComplete;
  one(chat, '.launcher').click();
  (await found(chat, '#accept')).click();
  await found(chat, '[part~="input"]');
  await settled();
  return server;
}

/** Whether a person who looks at, and points to, the middle of the panel's header sees and hits the chat. */
function isOnTop(chat: TillitChat) {
  const {x, y, width, height} = one(chat, '[part="header"]').getBoundingClientRect();
  const at = (chat.getRootNode() as Document | ShadowRoot).elementFromPoint(x + width / 2, y + height / 2);
  return at === chat || chat.contains(at);
}

describe('several chats on one page', () => {
  before(loadAll);
  afterEach(() => {
    sessionStorage.clear();
    localStorage.clear();
  });

  it('have a backend, a language, a storage and a conversation each', async () => {
    const servers = [scriptedTransport(), scriptedTransport()];
    const page = await fixture(html`
      <main>
        <tillit-chat id="one" locale="en" storage="session" .transport=${servers[0]!.transport}></tillit-chat>
        <tillit-chat id="two" locale="sv" storage="local" place="bottom-start" .transport=${servers[1]!.transport}></tillit-chat>
      </main>
    `);
    const chats = [...page.querySelectorAll('tillit-chat')];
    for (const chat of chats) {
      one(chat, '.launcher').click();
      (await found(chat, '#accept')).click();
      await found(chat, '[part~="input"]');
    }
    for (const [n, chat] of chats.entries()) {
      await ask(chat, `Question ${n}`);
      await until(() => servers[n]!.streams.length > 0, 'the question leaves');
    }
    await servers[1]!.emit(text('Second answer'), finish);
    await servers[0]!.emit(text('First answer'), finish);
    await says(chats[0]!, '[part~="answer"]', 'First answer');
    await says(chats[1]!, '[part~="answer"]', 'Second answer');
    expect(servers.map(({asked}) => asked.send.map(({text}) => text))).to.deep.equal([['Question 0'], ['Question 1']]);
    expect(chats.map((chat) => words(chat, '#title'))).to.deep.equal(['Help centre', 'Hjälpcenter']);
    for (const chat of chats) chat.chat!.flush();
    const kept = (storage: Storage) => Object.keys(storage).filter((key) => key.startsWith('tillit-chat:'));
    // Other pages of the same origin have theirs.
    const has = (storage: Storage, id: string) => kept(storage).some((key) => key.includes(id));
    expect([has(sessionStorage, 'one'), has(sessionStorage, 'two')]).to.deep.equal([true, false]);
    expect([has(localStorage, 'one'), has(localStorage, 'two')]).to.deep.equal([false, true]);
    await chats[0]!.withdraw();
    expect(chats[1]!.chat!.store.get().gate.phase).to.equal('open');
  });

  it('are what a copy is: a chat of its own, that knows nothing of the first', async () => {
    const {chat} = await openTurn();
    chat.open = false;
    await chat.updateComplete;
    const copy = chat.cloneNode(true) as TillitChat;
    chat.after(copy);
    await copy.updateComplete;
    expect(count(copy, '.launcher')).to.equal(1);
    expect(copy.chat === undefined).to.equal(true);
    copy.transport = scriptedTransport().transport;
    one(copy, '.launcher').click();
    await found(copy, '#accept');
    expect(count(copy, '[part~="turn"]')).to.equal(0);
    copy.remove();
  });
});

describe('a chat whose element', () => {
  before(loadAll);
  afterEach(closePages);

  it('is moved in the page goes on: panel, draft, and the answer that arrives', async () => {
    const {chat, server} = await openTurn();
    await server.emit(text('The first half'));
    await write(input(chat), 'next question');
    const elsewhere = await fixture(html`<section></section>`);
    elsewhere.append(chat);
    await settled();
    await settled();
    expect(server.streams.map(({signal}) => signal.aborted)).to.deep.equal([false]);
    await server.emit(text(', the second half'), finish);
    await says(chat, '[part~="answer"]', 'The first half, the second half');
    expect(input(chat).value).to.equal('next question');
    expect(one(chat, '.panel').matches(':popover-open')).to.equal(true);
    await expect(chat).to.be.accessible();
  });

  it('is taken out of the page stops its request, and follows the answer on when it is put back', async () => {
    const {chat, server} = await openTurn();
    const resumed: AbortSignal[] = [];
    server.transport.resume = async function* (_, {signal}): AsyncIterable<ChatEvent> {
      resumed.push(signal);
      await Promise.resolve();
      yield text(', the second half');
      yield finish;
    };
    await server.emit(
      {type: 'start', messageId: 'm1', conversationId: 'c1', cursor: '1'},
      {...text('The first half'), cursor: '2'},
    );
    const parent = chat.parentElement!;
    chat.remove();
    await until(() => server.streams[0]!.signal.aborted, 'the request is aborted');
    expect(server.asked.stop.length).to.equal(0);
    parent.append(chat);
    await says(chat, '[part~="answer"]', 'The first half, the second half');
    expect(resumed.length).to.equal(1);
    expect(server.asked.send.length).to.equal(1);
  });

  it('was given properties before it was defined has them', async () => {
    const page = await openPage({
      body: '<tillit-chat></tillit-chat>',
      head: `<script type="module">
        import {scriptedTransport} from '/test/support/scripted-transport.ts';
        const chat = document.querySelector('tillit-chat');
        Object.assign(chat, {transport: scriptedTransport().transport, locale: 'sv', storage: 'none', place: 'top-start', strings: {title: 'Fråga oss'}, open: true});
      </script><script type="module">
        import '/src/define.ts';
        window.done = true;
      </script>`,
    });
    await until(() => (page.window as unknown as {done?: true}).done, 'it is defined');
    const chat = page.document.querySelector('tillit-chat')!;
    await found(chat, '#accept');
    expect(words(chat, '#title')).to.equal('Fråga oss');
    expect(words(chat, '#accept')).to.equal('Godkänn');
    expect(
      Object.keys(chat).filter((name) => /^(transport|locale|storage|place|strings|open)$/.test(name)),
    ).to.deep.equal([]);
    chat.locale = 'en';
    await until(() => words(chat, '#accept') !== 'Godkänn', 'a later change counts');
  });

  it('meets a tag that is taken leaves it alone, and says so once', async () => {
    const page = await openPage({
      body: '<tillit-chat></tillit-chat>',
      head: `<script>
        window.warnings = [];
        console.warn = (words) => words.includes('dev mode') || warnings.push(words);
        customElements.define('tillit-chat', class extends HTMLElement { static version = '0.0.7'; old = true; });
      </script><script type="module">
        import {defineElements} from '/src/elements/define-elements.ts';
        for (let n = 0; n < 3; n++) defineElements();
        window.done = true;
      </script>`,
    });
    const window = page.window as unknown as {done?: true; warnings: readonly string[]};
    await until(() => window.done && window.warnings.length > 0, 'it is told');
    await settled();
    expect(window.warnings).to.deep.equal([
      `<tillit-chat>: version ${TillitChat.version} is ignored, since version 0.0.7 is on this page.`,
    ]);
    const chat = page.document.querySelector('tillit-chat')!;
    expect((chat as unknown as {old: boolean}).old).to.equal(true);
    expect(chat.shadowRoot === null).to.equal(true);
  });

  it('is defined again and again by one script is not told of', () => {
    const {warn} = console;
    const said: unknown[] = [];
    console.warn = (words) => said.push(words);
    defineElements();
    defineElements();
    console.warn = warn;
    expect(said).to.deep.equal([]);
  });
});

describe('where a page puts a chat:', () => {
  before(loadAll);

  const chatTag = html`<tillit-chat locale="en" storage="none" style="--tillit-motion: 0ms"></tillit-chat>`;

  it('inside a component of its own', async () => {
    const box = await fixture<HTMLElement>(html`<div></div>`);
    const root = box.attachShadow({mode: 'open'});
    const chat = document.createElement('tillit-chat');
    Object.assign(chat, {locale: 'en', storage: 'none'});
    root.append(chat);
    const server = await talkIn(chat);
    await ask(chat, 'A question');
    await until(() => server.streams.length > 0, 'the question leaves');
    await server.emit(text('An answer'), finish);
    await says(chat, '[part~="answer"]', 'An answer');
    expect(isOnTop(chat)).to.equal(true);
    one(chat, '[part="close"]').click();
    await until(() => chat.shadowRoot!.activeElement === maybe(chat, '.launcher'), 'focus is on the launcher');
  });

  it('inside a modal dialog, where the rest of the page is out of reach', async () => {
    const dialog = await fixture<HTMLDialogElement>(html`<dialog><p>Settings</p>${chatTag}</dialog>`);
    dialog.showModal();
    const chat = dialog.querySelector('tillit-chat')!;
    const server = await talkIn(chat);
    expect(isOnTop(chat)).to.equal(true);
    await ask(chat, 'A question');
    await until(() => server.streams.length > 0, 'the question leaves');
    await sendKeys({press: 'Escape'});
    await until(() => !chat.open, 'Escape closes the chat');
    expect(dialog.open).to.equal(true);
    dialog.close();
  });

  it('inside an element that fills the screen', async () => {
    const box = await fixture<HTMLElement>(html`<div><button>Full screen</button>${chatTag}</div>`);
    const button = box.querySelector('button')!;
    button.addEventListener('click', () => void box.requestFullscreen().catch(() => {}));
    button.focus();
    await sendKeys({press: 'Enter'});
    await until(() => document.fullscreenElement === box, 'it fills the screen');
    const chat = box.querySelector('tillit-chat')!;
    await talkIn(chat);
    expect(isOnTop(chat)).to.equal(true);
    await document.exitFullscreen();
  });

  it('behind a modal dialog of the page, whose focus it leaves alone', async () => {
    const {chat, server} = await openTurn();
    const dialog = await fixture<HTMLDialogElement>(html`<dialog><input aria-label="Name" /></dialog>`);
    const field = dialog.querySelector('input')!;
    dialog.showModal();
    field.focus();
    await server.emit(text('An answer'), finish);
    await says(chat, '[part~="answer"]', 'An answer');
    chat.chat!.reset();
    await gone(chat, '[part~="turn"]');
    chat.hide();
    await chat.updateComplete;
    chat.show();
    await chat.updateComplete;
    await settled();
    expect(document.activeElement === field).to.equal(true);
    dialog.close();
  });

  it('beside a page that holds focus in a box of its own, without a fight', async () => {
    const page = await fixture<HTMLElement>(html`<main><form><input aria-label="Name" /></form>${chatTag}</main>`);
    const field = page.querySelector('input')!;
    let moves = 0;
    const hold = ({target}: FocusEvent) => {
      moves++;
      if (moves < 200 && target !== field) field.focus();
    };
    const chat = page.querySelector('tillit-chat')!;
    document.addEventListener('focusin', hold);
    chat.transport = scriptedTransport().transport;
    await chat.updateComplete;
    one(chat, '.launcher').click();
    (await found(chat, '#accept')).click();
    await found(chat, '[part~="input"]');
    for (let turn = 0; turn < 5; turn++) await settled();
    document.removeEventListener('focusin', hold);
    expect(moves).to.be.lessThan(20);
  });
});
