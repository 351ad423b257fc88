import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';

import type {ChatEvent} from '../../src/core/events.js';
import type {ResumeRef} from '../../src/core/transport.js';
import '../../src/define.js';
import type {TillitChat} from '../../src/elements/tillit-chat.js';
import {loadMessages, loadMore} from '../../src/i18n/locales.js';
import {
  all,
  count,
  focused,
  focusIsOn,
  found,
  hostLog,
  input,
  loadAll,
  one,
  openAnswer,
  openChat,
  openTerms,
  openTurn,
  renderChat,
  saying,
  seen,
  says,
  until,
  write,
} from '../support/chat.js';
import {closePages, openPage} from '../support/page.js';
import {
  finish,
  scriptedTransport,
  settled,
  source,
  text,
  type ScriptedTransport,
} from '../support/scripted-transport.js';

const swedish = async () => {
  await loadMessages('sv').then(loadMore);
};

describe('<tillit-chat>', () => {
  before(loadAll);

  it('opens and closes by the launcher, and tells the host who did it', async () => {
    const {chat} = await renderChat();
    const host = hostLog(chat);
    one(chat, '[part~="launcher"]').click();
    await found(chat, '#accept');
    expect(one(chat, '[part~="launcher"]').ariaLabel).to.equal('Close');
    one(chat, '[part~="launcher"]').click();
    await chat.updateComplete;
    expect(one(chat, '.panel').checkVisibility()).to.equal(false);
    chat.show();
    chat.hide();
    expect(
      host.events.filter(({name}) => name === 'tillit-open' || name === 'tillit-close').map(({detail}) => detail),
    ).to.deep.equal([{by: 'launcher'}, {by: 'person'}, {by: 'script'}, {by: 'script'}]);
  });

  it('says nothing of what the host itself set', async () => {
    const {chat} = await renderChat();
    const host = hostLog(chat);
    chat.open = true;
    await found(chat, '#accept');
    chat.open = false;
    await chat.updateComplete;
    expect(host.of('tillit-open')).to.have.length(0);
    expect(host.of('tillit-close')).to.have.length(0);
  });

  it('leaves focus where it is when a script opens it', async () => {
    const field = await fixture<HTMLInputElement>(html`<input aria-label="Name" />`);
    const {chat} = await renderChat();
    field.focus();
    chat.show();
    await found(chat, '#accept');
    await settled();
    expect(document.activeElement === field).to.equal(true);
  });

  it('is a dialog with a name', async () => {
    const {chat} = await openTerms();
    const panel = one(chat, '.panel');
    expect(panel.getAttribute('role')).to.equal('dialog');
    expect(seen(one(chat, `#${panel.getAttribute('aria-labelledby')!}`))).to.equal('Help centre');
  });

  it('closes with its button and with Escape from anywhere in it, and gives focus back', async () => {
    const {chat} = await openChat();
    one(chat, '[part~="close"]').focus();
    await sendKeys({press: 'Enter'});
    await focusIsOn(chat, '[part~="launcher"]');
    await sendKeys({press: 'Enter'});
    await focusIsOn(chat, '[part~="input"]');
    await sendKeys({press: 'Escape'});
    await focusIsOn(chat, '[part~="launcher"]');
    expect(chat.open).to.equal(false);
  });

  it('leaves Escape to an input method', async () => {
    const {chat} = await openChat();
    input(chat).dispatchEvent(
      new KeyboardEvent('keydown', {key: 'Escape', isComposing: true, bubbles: true, composed: true}),
    );
    expect(chat.open).to.equal(true);
  });

  it('goes on with an answer while it is closed', async () => {
    const {chat, server} = await openTurn();
    await server.emit(text('One '));
    chat.hide();
    await server.emit(text('two'), source, finish);
    chat.show();
    await says(chat, 'tillit-turn', 'One two');
  });

  it('stands in the page without a launcher, and does not close, in inline mode', async () => {
    const {chat} = await renderChat({set: {mode: 'inline'}});
    await found(chat, '#accept');
    expect(count(chat, '[part~="launcher"], [part~="close"]')).to.equal(0);
    expect(getComputedStyle(one(chat, '.panel')).position).to.equal('relative');
    expect(one(chat, '.panel').getAttribute('role')).to.equal('region');
    expect(document.activeElement === document.body).to.equal(true);
    await expect(chat).to.be.accessible();
    one(chat, '#accept').focus();
    await sendKeys({press: 'Escape'});
    expect(one(chat, '.panel').checkVisibility()).to.equal(true);
  });

  for (const mode of ['side', 'fullscreen'] as const) {
    it(`is opened by the host in ${mode} mode, over the whole height`, async () => {
      const {chat} = await renderChat({set: {mode}});
      expect(count(chat, 'button')).to.equal(0);
      chat.show();
      await found(chat, '#accept');
      const {height, width} = one(chat, '.panel').getBoundingClientRect();
      expect(height).to.be.closeTo(innerHeight, 1);
      if (mode === 'fullscreen') expect(width).to.be.closeTo(document.documentElement.clientWidth, 1);
    });
  }

  it('follows the theme it is given', async () => {
    const {chat} = await openTerms({set: {theme: 'dark'}});
    const surface = () => getComputedStyle(one(chat, '.panel')).backgroundColor;
    const dark = surface();
    chat.theme = 'light';
    await chat.updateComplete;
    expect(surface()).not.to.equal(dark);
    expect([dark, surface()]).to.deep.equal(['rgb(21, 26, 25)', 'rgb(255, 254, 251)']);
  });

  it('takes the host’s colours by tokens', async () => {
    const {chat} = await openTerms();
    chat.style.setProperty('--tillit-color-accent', 'rgb(1, 2, 3)');
    expect(getComputedStyle(one(chat, '[part~="launcher"]')).backgroundColor).to.equal('rgb(1, 2, 3)');
    chat.style.setProperty('--tillit-color-link', 'rgb(4, 5, 6)');
    expect(getComputedStyle(one(chat, '#accept')).color).to.equal('rgb(4, 5, 6)');
  });

  it('shows what the host puts in its slots', async () => {
    const {chat} = await openChat();
    chat.innerHTML =
      '<b slot="header">Our help</b><p slot="welcome">Opening hours 9–17</p><p slot="footer">Powered by us</p>';
    await settled();
    for (const child of chat.children) expect((child as HTMLElement).checkVisibility()).to.equal(true);
  });

  it('speaks the language that its place in the page asks for', async () => {
    await swedish();
    const page = await fixture(
      html`<div lang="sv"><tillit-chat .transport=${scriptedTransport().transport} storage="none"></tillit-chat></div>`,
    );
    const chat = page.querySelector('tillit-chat')!;
    await chat.updateComplete;
    expect(one(chat, '[part~="launcher"]').ariaLabel).to.equal('Öppna hjälpchatten');
    chat.show();
    await found(chat, '#accept');
    expect(seen(one(chat, '#accept'))).to.equal('Godkänn');
    expect(one(chat, '.root').lang).to.equal('sv');
  });

  it('speaks two languages in two places of one page', async () => {
    await swedish();
    const {chat: english} = await openTerms();
    const {chat: other} = await openTerms({set: {locale: 'sv'}});
    expect(seen(one(english, '#accept'))).to.equal('Accept');
    expect(seen(one(other, '#accept'))).to.equal('Godkänn');
  });

  it('changes its language and keeps the conversation', async () => {
    await swedish();
    const {chat} = await openAnswer();
    await write(input(chat), 'half a quest');
    chat.locale = 'sv-FI';
    await says(chat, '#notice', 'Du chattar');
    await settled();
    expect(seen(one(chat, 'tillit-turn')))
      .to.include('Open Pay slips')
      .and.include('Källor');
    expect(input(chat).value).to.equal('half a quest');
    expect(input(chat).ariaLabel).to.equal('Din fråga');
  });

  it('takes the host’s own wording of a message', async () => {
    const {chat} = await openTerms({set: {strings: {title: 'Ask us'}}});
    expect(seen(one(chat, '#title'))).to.equal('Ask us');
    chat.strings = {title: 'Ask away'};
    await until(() => seen(one(chat, '#title')) === 'Ask away', 'the new wording shows');
  });

  it('keeps the conversation, the draft and the open panel when it is moved in the page', async () => {
    const elsewhere = await fixture<HTMLElement>(html`<main></main>`);
    const {chat, server} = await openTurn();
    await server.emit(text('One '));
    await write(input(chat), 'half a quest');
    elsewhere.append(chat);
    await settled();
    await server.emit(text('two'));
    await says(chat, 'tillit-turn', 'One two');
    expect(one(chat, '.panel').checkVisibility()).to.equal(true);
    expect(input(chat).value).to.equal('half a quest');
    await server.emit(source, finish);
    await found(chat, 'tillit-rating');
  });

  it('works again after it was taken out and put back', async () => {
    const {chat, server} = await openTurn();
    const parent = chat.parentElement!;
    await server.emit(text('One '));
    chat.remove();
    await server.emit(text('two'), source, finish);
    parent.append(chat);
    await until(() => one(chat, '.panel').checkVisibility(), 'the panel shows');
    await says(chat, 'tillit-turn', 'One two');
    await write(input(chat), 'Another question');
    await sendKeys({press: 'Enter'});
    await until(() => server.asked.send.length === 2, 'the question leaves');
  });

  it('gives an answer up that nobody can see arriving, and takes it up when it is put back', async () => {
    const resumed: string[] = [];
    const {chat, server} = await openTurn();
    Object.assign(server.transport, {
      async *resume({cursor}: ResumeRef): AsyncGenerator<ChatEvent> {
        resumed.push(cursor ?? '');
        yield {type: 'text', op: 'append', text: 'two', cursor: '2'};
        yield {type: 'finish', reason: 'stop', cursor: '3'};
      },
    });
    const parent = chat.parentElement!;
    await server.emit({type: 'text', op: 'append', text: 'One ', cursor: '1'});
    chat.remove();
    await until(() => server.streams[0]!.signal.aborted, 'the connection is given back');
    expect(server.asked.stop).to.have.length(0);
    parent.append(chat);
    await says(chat, 'tillit-turn', 'One two');
    expect(resumed).to.deep.equal(['1']);
    expect(server.asked.send).to.have.length(1);
  });

  it('asks for nothing when it is put back and no answer was on its way', async () => {
    const {chat, server} = await openTerms();
    one(chat, '#accept').click();
    await found(chat, '[part~="input"]');
    const parent = chat.parentElement!;
    chat.remove();
    await new Promise((later) => {
      setTimeout(later, 300);
    });
    parent.append(chat);
    await settled();
    expect([server.asked.config, server.asked.accept.length, server.asked.send.length]).to.deep.equal([1, 1, 0]);
  });

  it('begins another conversation with another backend', async () => {
    const {chat, server} = await openTurn();
    const other = scriptedTransport({config: {answerer: {kind: 'search'}}});
    chat.transport = other.transport;
    await found(chat, '#accept');
    expect(server.streams[0]!.signal.aborted).to.equal(true);
    expect(other.asked.config).to.equal(1);
    expect(count(chat, 'tillit-turn')).to.equal(0);
    expect(seen(one(chat, '#notice'))).to.include('without AI');
  });

  it('takes up a conversation of the same tab where it was left', async () => {
    const set = {storage: 'session', id: 'kept'} as const;
    const first = await openAnswer({set});
    await write(input(first.chat), 'half a quest');
    first.chat.remove();
    const {chat, server} = await renderChat({set});
    chat.show();
    await found(chat, 'tillit-turn');
    await settled();
    sessionStorage.clear();
    expect(server.asked.accept).to.have.length(0);
    expect(seen(one(chat, 'tillit-turn'))).to.include('Open Pay slips');
    expect(input(chat).value).to.equal('half a quest');
    await write(input(chat), 'half a question');
    sessionStorage.clear();
    expect(seen(one(chat, '[part~="status"]'))).to.equal('');
  });

  it('asks for a script, and tells how it went', async () => {
    const {chat, server} = await openChat();
    const outcome = chat.ask('How do I invite an accountant?');
    await until(() => server.streams.length > 0, 'the question leaves');
    await server.emit(text('So'), source, finish);
    expect(await outcome).to.include({asked: true});
  });

  it('stops and begins anew for a script', async () => {
    const {chat, server} = await openTurn();
    await server.emit(text('Half'));
    chat.stop();
    await settled();
    expect(seen(one(chat, 'tillit-turn'))).to.include('You stopped the answer.');
    chat.reset();
    await found(chat, 'tillit-welcome');
  });

  it('brings each sheet along once, however often it is opened', async () => {
    const {chat} = await openAnswer();
    for (const _ of [1, 2]) {
      const parent = chat.parentElement!;
      chat.remove();
      parent.append(chat);
      await settled();
    }
    const {adoptedStyleSheets} = chat.renderRoot as ShadowRoot;
    expect(new Set(adoptedStyleSheets).size).to.equal(adoptedStyleSheets.length);
  });

  it('can be walked with Tab: from the heading to the text, the table, and the choice', async () => {
    const {chat} = await openTerms();
    await focusIsOn(chat, '#terms-title');
    const stops: string[] = [];
    for (let presses = 0; presses < 3; presses++) {
      await sendKeys({press: 'Tab'});
      stops.push(focused(chat) ? seen(focused(chat)!) : 'outside');
    }
    expect(stops).to.deep.equal(['Read the full terms', 'Decline', 'Accept']);
  });

  it('is readable in the dark', async () => {
    const {chat, server} = await openTurn({set: {theme: 'dark'}});
    await server.emit(
      text('Open *Pay slips*. [1]'),
      source,
      {type: 'suggestions', items: [{text: 'And then?'}]},
      finish,
    );
    await found(chat, 'tillit-rating');
    await write(input(chat), '19811218-9876');
    await found(chat, '[part~="finding"]');
    await expect(chat).to.be.accessible();
  });
});

describe('on a narrow window', () => {
  before(loadAll);
  afterEach(closePages);

  it('the chat takes all of it, over the launcher, and nothing scrolls sideways', async () => {
    const page = await openPage({
      width: 320,
      height: 480,
      head: `<script type="module">
        import {scriptedTransport} from '/test/support/scripted-transport.ts';
        import '/src/define.ts';
        window.server = scriptedTransport();
        document.querySelector('tillit-chat').transport = server.transport;
      </script>`,
      body: '<tillit-chat locale="en" storage="none" style="--tillit-motion: 0ms"></tillit-chat>',
    });
    const chat = page.document.querySelector<TillitChat>('tillit-chat')!;
    const {server} = page.window as unknown as {readonly server: ScriptedTransport};
    chat.show();
    await found(chat, '#accept');
    const {x, y, width, height} = one(chat, '.panel').getBoundingClientRect();
    expect([x, y, width, height]).to.deep.equal([0, 0, page.window.innerWidth, page.window.innerHeight]);
    expect(getComputedStyle(one(chat, '[part~="launcher"]')).visibility).to.equal('hidden');
    const isNarrow = (selector: string) => {
      const box = one(chat, selector);
      expect(box.scrollWidth, selector).to.be.at.most(box.clientWidth);
    };
    isNarrow('[part~="terms"]');
    one(chat, '#accept').click();
    await found(chat, '[part~="input"]');
    await write(input(chat), 'Donaudampfschifffahrt'.repeat(20));
    isNarrow('.layers');
    one(chat, '[part~="send"]').click();
    await until(() => server.streams.length > 0, 'the question leaves');
    await server.emit(
      text(`See ${'https://help.example/'.repeat(20)} [1]\n\n| a | b |\n|---|---|\n| ${'x'.repeat(300)} | y |`),
      source,
      finish,
    );
    await found(chat, 'tillit-rating');
    isNarrow('[part~="log"]');
    // Links within a sentence are as high as its line (WCAG 2.5.8, inline).
    for (const control of all(chat, 'button:not(.cite), a.source, .star').filter((element) =>
      element.checkVisibility(),
    )) {
      const box = control.getBoundingClientRect();
      expect(Math.min(box.width, box.height), control.outerHTML.slice(0, 80)).to.be.at.least(24);
    }
  });
});

describe('what screen readers are told', () => {
  before(loadAll);

  const status = (chat: TillitChat) => one(chat, '[part~="status"]');

  it('comes from one region, which is there from the start', async () => {
    const {chat, server} = await openTerms();
    const region = status(chat);
    expect(region.getAttribute('role')).to.equal('status');
    expect(seen(region)).to.equal('');
    one(chat, '#accept').click();
    await found(chat, '[part~="input"]');
    await write(input(chat), 'A question');
    await sendKeys({press: 'Enter'});
    await until(() => server.streams.length > 0, 'the question leaves');
    await settled();
    expect(status(chat) === region).to.equal(true);
    expect(seen(region)).to.equal('The answer is being written.');
  });

  it('is that an answer is being written, and then the whole answer, once', async () => {
    const {chat, server} = await openTurn();
    const said: string[] = [];
    new MutationObserver(() => said.push(seen(status(chat)))).observe(status(chat), {
      childList: true,
      characterData: true,
      subtree: true,
    });
    for (const words of ['Open ', '**Pay ', 'slips**. ', '[1]']) await server.emit(text(words));
    await server.emit(source, finish);
    await settled();
    expect(said).to.have.length(1);
    expect(said[0]).to.match(/^Answer: Open Pay slips ?\. 1 source\.$/);
  });

  it('is that the answer was stopped', async () => {
    const {chat, server} = await openTurn();
    await server.emit(text('Half'));
    saying(chat, 'Stop').click();
    await settled();
    expect(seen(status(chat))).to.equal('The answer is stopped.');
  });

  it('is a failure, by an alert of its own', async () => {
    const {chat, server} = await openTurn();
    await server.cut();
    await found(chat, 'tillit-turn [role="alert"]');
    expect(seen(status(chat))).to.equal('');
  });

  it('is never the log itself', async () => {
    const {chat} = await openAnswer();
    expect(one(chat, '[part~="log"]').getAttribute('aria-live')).to.equal('off');
    expect(all(chat, '[aria-live="assertive"]').length).to.equal(0);
    expect(focused(chat) === input(chat)).to.equal(true);
  });
});
