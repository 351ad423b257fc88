import {expect, fixture, html} from '@open-wc/testing';

import '../../src/define.js';
import {defineElements} from '../../src/elements/define-elements.js';
import {TillitChat} from '../../src/elements/tillit-chat.js';
import {all, loadAll, one, openTurn, renderChat} from '../support/chat.js';
import {settled, text} from '../support/scripted-transport.js';

/** Runs `act` and tells which of these were touched: requests, storage, cookies. */
async function touched(act: () => Promise<unknown>): Promise<readonly string[]> {
  const seen: string[] = [];
  const undo: (() => void)[] = [];
  const watch = <Owner extends object>(owner: Owner, name: keyof Owner & string) => {
    const original = Object.getOwnPropertyDescriptor(owner, name)!;
    const spy = {...original};
    if (original.get)
      spy.get = function (this: unknown) {
        seen.push(name);
        return original.get!.call(this) as unknown;
      };
    else
      spy.value = function (this: unknown, ...args: unknown[]) {
        seen.push(name);
        return (original.value as (...all: unknown[]) => unknown).apply(this, args);
      };
    Object.defineProperty(owner, name, spy);
    undo.push(() => Object.defineProperty(owner, name, original));
  };
  watch(window, 'fetch');
  watch(XMLHttpRequest.prototype, 'send');
  watch(window, 'localStorage');
  watch(window, 'sessionStorage');
  watch(Storage.prototype, 'getItem');
  watch(Storage.prototype, 'setItem');
  watch(Document.prototype, 'cookie');
  watch(IDBFactory.prototype, 'open');
  const before = performance.getEntriesByType('resource').length;
  try {
    await act();
    await settled();
  } finally {
    for (const restore of undo) restore();
  }
  if (performance.getEntriesByType('resource').length > before) seen.push('resource');
  return seen;
}

describe('before the chat is opened', () => {
  before(loadAll);

  it('requests, stores and reads nothing', async () => {
    expect(await touched(() => fixture(html`<tillit-chat endpoint="/api" locale="en"></tillit-chat>`))).to.deep.equal(
      [],
    );
  });

  it('would be caught if it did', async () => {
    expect(
      await touched(async () => {
        localStorage.getItem('x');
        await fetch('/').catch(() => {});
        return document.cookie;
      }),
    ).to.include.members(['localStorage', 'getItem', 'fetch', 'cookie']);
  });

  it('draws the launcher and nothing else', async () => {
    const {chat} = await renderChat();
    expect(all(chat, 'button, [part], tillit-terms, tillit-composer, section').length).to.equal(1);
    expect(one(chat, 'button').getAttribute('aria-label')).to.equal('Open the help chat');
    await expect(chat).to.be.accessible();
  });

  it('leaves focus where it is', async () => {
    const field = await fixture<HTMLInputElement>(html`<input aria-label="Name" />`);
    field.focus();
    await renderChat();
    expect(document.activeElement).to.equal(field);
  });

  it('moves nothing on the page', async () => {
    const page = await fixture(html`<div><p>before</p><span></span><p id="after">after</p></div>`);
    const top = page.querySelector('#after')!.getBoundingClientRect().top;
    page.querySelector('span')!.append(document.createElement('tillit-chat'));
    await settled();
    expect(page.querySelector('#after')!.getBoundingClientRect().top).to.equal(top);
  });

  it('may be defined again', () => {
    expect(defineElements).not.to.throw();
    expect(customElements.get('tillit-chat')).to.equal(TillitChat);
  });
});

describe('a disabled chat', () => {
  before(loadAll);

  it('draws, requests and stores nothing, even when it is told to open', async () => {
    const {chat, server} = await renderChat({set: {disabled: true}});
    expect(
      await touched(async () => {
        chat.show();
        chat.open = true;
        await chat.updateComplete;
      }),
    ).to.deep.equal([]);
    expect(chat.renderRoot.querySelectorAll('*').length).to.equal(0);
    expect(server.asked.config).to.equal(0);
  });

  it('takes everything away while an answer arrives, and drops the answer', async () => {
    const {chat, server} = await openTurn();
    await server.emit(text('Half an'));
    chat.disabled = true;
    await chat.updateComplete;
    expect(chat.renderRoot.querySelectorAll('*').length).to.equal(0);
    expect(server.streams[0]!.signal.aborted).to.equal(true);
    await server.emit(text(' answer'));
    expect(chat.renderRoot.querySelectorAll('*').length).to.equal(0);
  });

  it('stores nothing from that moment on, not even what was typed just before', async () => {
    const {chat} = await openTurn({set: {storage: 'session'}});
    expect(
      await touched(async () => {
        chat.disabled = true;
        await chat.updateComplete;
      }),
    ).not.to.include('setItem');
    sessionStorage.clear();
  });

  it('has its launcher back as soon as it is enabled', async () => {
    const {chat} = await renderChat({set: {disabled: true}});
    chat.disabled = false;
    await chat.updateComplete;
    expect(one(chat, '[part~="launcher"]').checkVisibility()).to.equal(true);
  });
});
