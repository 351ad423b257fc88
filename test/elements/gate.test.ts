import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';

import {chatError} from '../../src/core/errors.js';
import type {TillitChat} from '../../src/elements/tillit-chat.js';
import {
  all,
  ask,
  count,
  focusIsOn,
  found,
  gone,
  hostLog,
  input,
  loadAll,
  maybe,
  one,
  openAnswer,
  openTerms,
  openTurn,
  renderChat,
  saying,
  seen,
  says,
  until,
} from '../support/chat.js';
import {config as sampleConfig, finish, held, settled, source, terms, text} from '../support/scripted-transport.js';

const alert = '.screen [role="alert"]';

describe('the gate', () => {
  before(loadAll);

  it('says that it is fetching the terms, under the notice, while it does', async () => {
    const {chat, server} = await renderChat();
    const config = server.will('config');
    one(chat, '[part~="launcher"]').click();
    await found(chat, '.screen');
    expect(seen(one(chat, '.screen'))).to.equal('Fetching the terms …');
    expect(one(chat, '#notice').checkVisibility()).to.equal(true);
    await expect(chat).to.be.accessible();
    config.fail('network');
    await found(chat, alert);
  });

  it('says why the chat cannot be used, offers another try and the way to support', async () => {
    const {chat, server} = await renderChat({set: {ticketUrl: 'https://vendor.example/support'}});
    const host = hostLog(chat);
    server.fails('config', 'network');
    one(chat, '[part~="launcher"]').click();
    const message = await found(chat, alert);
    expect(seen(message)).to.include('The chat cannot be used right now').and.include('No contact with the service');
    await focusIsOn(chat, `${alert} h2`);
    const link = one<HTMLAnchorElement>(chat, `${alert} [part~="ticket-open"]`);
    expect([link.href, link.target, link.rel]).to.deep.equal([
      'https://vendor.example/support',
      '_blank',
      'noopener noreferrer',
    ]);
    expect(host.of('tillit-error')).to.deep.equal([{code: 'network'}]);
    await expect(chat).to.be.accessible();
    saying(chat, 'Try again').focus();
    await sendKeys({press: 'Enter'});
    await found(chat, '#accept');
    await focusIsOn(chat, '#terms-title');
  });

  it('tries again when the chat is closed and opened', async () => {
    const {chat, server} = await renderChat();
    server.fails('config', 'network');
    chat.show();
    await found(chat, alert);
    chat.hide();
    await chat.updateComplete;
    chat.show();
    await found(chat, '#accept');
    expect(server.asked.config).to.equal(2);
  });

  it('stays shut without terms', async () => {
    const {chat} = await renderChat({config: {terms: undefined} as object});
    chat.show();
    await found(chat, alert);
    expect(count(chat, '[part~="input"]')).to.equal(0);
  });

  it('takes the terms from the host when the backend has no config', async () => {
    const {chat} = await renderChat({without: ['config'], set: {terms}});
    chat.show();
    await found(chat, '#accept');
  });

  it('asks people to sign in where they must, and goes on from there', async () => {
    const signedIn = held<void>();
    let calls = 0;
    const {chat, server} = await renderChat({
      set: {
        signIn: () => {
          calls++;
          return signedIn.promise;
        },
      },
    });
    one(chat, '[part~="launcher"]').click();
    const button = await until(() => maybe(chat, `${alert} .button`), 'the sign-in is offered');
    expect(seen(one(chat, alert))).to.include('The chat is for people who have signed in.');
    expect(server.asked.config).to.equal(0);
    await focusIsOn(chat, `${alert} h2`);
    await expect(chat).to.be.accessible();
    button.focus();
    await sendKeys({press: 'Enter'});
    await until(() => one(chat, `${alert} .button`).getAttribute('aria-disabled') === 'true', 'it waits');
    await sendKeys({press: 'Enter'});
    signedIn.release();
    await found(chat, '#accept');
    expect(calls).to.equal(1);
  });

  it('says so when the sign-in did not work', async () => {
    const {chat} = await renderChat({set: {signIn: () => Promise.reject(new Error('secret detail'))}});
    chat.show();
    (await until(() => maybe(chat, `${alert} .button`), 'the sign-in is offered')).click();
    await says(chat, alert, 'You need to sign in');
    expect(seen(one(chat, alert))).not.to.include('secret');
  });

  it('closes for someone who is suspended, with the reason and a way to appeal, and gives the question back', async () => {
    const {chat, server} = await openTurn({set: {ticketUrl: 'https://vendor.example/support'}});
    await server.emit({type: 'error', error: chatError('user_suspended', {display: 'Suspended until Friday.'})});
    await found(chat, alert);
    expect(seen(one(chat, alert)))
      .to.include('The chat is closed for you')
      .and.include('Suspended until Friday.')
      .and.include('Contact support');
    expect(count(chat, '[part~="input"]')).to.equal(0);
    expect(chat.chat!.store.get().draft).to.equal('How do I correct a pay slip?');
    await expect(chat).to.be.accessible();
  });

  describe('for someone who is suspended', () => {
    const suspension = {
      display: 'You have disturbed the service.',
      until: '2026-12-01T08:00:00.000Z',
      appealUrl: 'https://vendor.example/appeal',
    };
    const appeal = `${alert} [part~="appeal"]`;

    it('says from the start why, until when, and where to object', async () => {
      const {chat, server} = await renderChat({config: {suspension}});
      one(chat, '[part~="launcher"]').click();
      const link = (await found(chat, appeal)) as HTMLAnchorElement;
      expect(seen(one(chat, alert)))
        .to.include('The chat is closed for you')
        .and.include('You have disturbed the service.')
        .and.match(/This lasts until (1 December|December 1),? 2026 at/);
      expect([link.href, link.target, link.rel]).to.deep.equal([
        'https://vendor.example/appeal',
        '_blank',
        'noopener noreferrer',
      ]);
      expect([server.asked.accept.length, count(chat, '#accept'), count(chat, '[part~="input"]')]).to.deep.equal([
        0, 0, 0,
      ]);
      await expect(chat).to.be.accessible();
    });

    it('is over without a reload: the person asks again, or opens the chat again', async () => {
      for (const again of ['press', 'open'] as const) {
        const {chat, server} = await renderChat({config: {suspension}});
        one(chat, '[part~="launcher"]').click();
        const check = await found(chat, `${alert} [part~="suspension-check"]`);
        const answer = server.will('config');
        if (again === 'press') {
          check.focus();
          await sendKeys({press: 'Enter'});
        } else {
          chat.hide();
          await chat.updateComplete;
          chat.show();
        }
        answer.release(sampleConfig);
        await found(chat, '#accept');
      }
    });

    it('is still told so when it is not over', async () => {
      const {chat, server} = await renderChat({config: {suspension}});
      one(chat, '[part~="launcher"]').click();
      (await found(chat, `${alert} [part~="suspension-check"]`)).click();
      await until(() => server.asked.config === 2, 'the backend is asked');
      await found(chat, appeal);
    });

    it('says it in the middle of a conversation too, and keeps the question for later', async () => {
      const {chat, server} = await openTurn();
      await server.emit({type: 'error', error: chatError('user_suspended', suspension)});
      await found(chat, appeal);
      expect(chat.chat!.store.get().draft).to.equal('How do I correct a pay slip?');
    });

    for (const appealUrl of ['javascript:alert(1)', 'data:text/html,x', 'tel:112', '/appeal']) {
      it(`has no link to ${appealUrl}, whoever says so, and still offers the way to support`, async () => {
        const {chat} = await renderChat({
          config: {suspension: {...suspension, appealUrl}},
          set: {ticketUrl: 'https://vendor.example/support'},
        });
        chat.show();
        await says(chat, alert, 'This lasts until');
        expect(all(chat, `${alert} a`).map(seen)).to.deep.equal(['Contact support instead']);
      });
    }

    it('leaves the terms and the withdrawal within reach, and nothing that asks', async () => {
      const {chat, server} = await openTurn();
      await server.emit({type: 'error', error: chatError('user_suspended', suspension)});
      await found(chat, appeal);
      one(chat, 'tillit-menu .icon-button').click();
      await found(chat, '#menu');
      const items = all(chat, '#menu button').map(seen);
      expect(items).to.include('Read the terms').and.include('Withdraw your acceptance');
      expect(items.filter((item) => /new|ticket/i.test(item))).to.deep.equal([]);
      saying(chat, 'Read the terms').click();
      await found(chat, 'tillit-terms');
      expect(count(chat, '#accept')).to.equal(0);
      saying(chat, 'Back').click();
      await found(chat, appeal);
      one(chat, 'tillit-menu .icon-button').click();
      (await found(chat, '[part~="withdraw"]')).click();
      await until(() => server.asked.withdraw === 1, 'the backend is told');
      expect(chat.chat!.store.get()).to.deep.include({draft: '', gate: {phase: 'suspended', ...suspension}});
    });
  });

  it('comes back when the backend asks for the terms, and sends the question that waited', async () => {
    const {chat, server} = await openTurn();
    await server.emit({type: 'error', error: chatError('consent_required')});
    await found(chat, '#accept');
    expect(seen(one(chat, 'tillit-terms'))).to.include('Your question is kept');
    await expect(chat).to.be.accessible();
    one(chat, '#accept').click();
    await until(() => server.asked.send.length === 2, 'the question leaves again');
    expect(server.asked.send[1]!.text).to.equal('How do I correct a pay slip?');
  });

  it('does not take focus from a field of the page when it comes back', async () => {
    const field = await fixture<HTMLInputElement>(html`<input aria-label="Order" />`);
    const {chat, server} = await openTurn();
    field.focus();
    await server.emit({type: 'error', error: chatError('consent_required')});
    await found(chat, '#accept');
    await settled();
    expect(document.activeElement === field).to.equal(true);
  });

  it('shows nothing where the vendor has switched the chat off', async () => {
    const {chat} = await renderChat({config: {enabled: false}});
    one(chat, '[part~="launcher"]').click();
    await gone(chat, '[part~="launcher"]');
    expect(chat.renderRoot.querySelectorAll('*').length).to.equal(0);
  });

  it('keeps a question that the host asks too early for the composer', async () => {
    const {chat, server} = await renderChat();
    expect(await chat.ask('How do I invite an accountant?')).to.include({asked: false, reason: 'closed'});
    (await found(chat, '#accept')).click();
    await found(chat, '[part~="input"]');
    expect(input(chat).value).to.equal('How do I invite an accountant?');
    expect(server.asked.send).to.have.length(0);
  });
});

describe('a chat without a backend', () => {
  before(loadAll);

  it('names the missing attribute in the console, and says to the person that it cannot be used', async () => {
    const errors: unknown[] = [];
    const original = console.error;
    console.error = (...all: unknown[]) => errors.push(all.join(' '));
    try {
      const chat = await fixture<TillitChat>(
        html`<tillit-chat locale="en" style="--tillit-motion: 0ms"></tillit-chat>`,
      );
      expect(errors).to.have.length(0);
      one(chat, '[part~="launcher"]').click();
      await found(chat, alert);
      expect(seen(one(chat, alert))).to.include('The chat cannot be used right now');
      await until(() => errors.length > 0, 'the console is told');
      expect(errors).to.have.length(1);
      expect(errors[0]).to.include('endpoint').and.include('transport');
      await expect(chat).to.be.accessible();
    } finally {
      console.error = original;
    }
  });

  it('works as soon as the host names one', async () => {
    const original = console.error;
    console.error = () => {};
    try {
      const {chat, server} = await renderChat();
      chat.transport = undefined;
      chat.show();
      await found(chat, alert);
      chat.transport = server.transport;
      await found(chat, '#accept');
    } finally {
      console.error = original;
    }
  });
});

describe('the notice', () => {
  before(loadAll);

  for (const [kind, sentence] of [
    ['ai', 'You are chatting with an AI. It can be wrong, so check the sources.'],
    ['search', 'Answers come from our help articles by search, without AI. Check the sources.'],
    ['human', 'You are chatting with a human, not with an AI.'],
  ] as const) {
    it(`says who answers on every screen: ${kind}`, async () => {
      const {chat, server} = await renderChat({config: {answerer: {kind}}});
      const host = hostLog(chat);
      const isSaid = () => {
        expect(seen(one(chat, '#notice'))).to.equal(sentence);
        expect(one(chat, '#notice').checkVisibility()).to.equal(true);
      };
      chat.show();
      await found(chat, '#accept');
      isSaid();
      one(chat, '#accept').click();
      await found(chat, '[part~="input"]');
      isSaid();
      await ask(chat, 'A question');
      await until(() => server.streams.length > 0, 'the question leaves');
      await server.emit(text('An answer'), source, finish);
      await found(chat, 'tillit-turn');
      isSaid();
      expect(one(chat, '#notice').hasAttribute('part')).to.equal(false);
      expect(host.of('tillit-disclosure-shown')).to.deep.equal([{answerer: kind}]);
    });
  }

  it('is told to the host once, however often the chat is opened', async () => {
    const {chat} = await renderChat();
    const host = hostLog(chat);
    for (const _ of [1, 2, 3]) {
      chat.show();
      await found(chat, '#accept');
      chat.hide();
      await chat.updateComplete;
    }
    expect(host.of('tillit-disclosure-shown')).to.deep.equal([{answerer: 'ai'}]);
  });

  it('changes, and is told again, when a human takes over', async () => {
    const {chat, server} = await openTurn();
    const host = hostLog(chat);
    await server.emit({type: 'answerer', kind: 'human', name: 'Eva'}, text('Hello'));
    await settled();
    expect(seen(one(chat, '#notice'))).to.include('a human');
    expect(host.of('tillit-disclosure-shown')).to.deep.equal([{answerer: 'human'}]);
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`is ${theme} in a ${theme} chat`, async () => {
      const {chat} = await openTerms({set: {theme}});
      const {colorScheme, color} = getComputedStyle(one(chat, '#notice'));
      expect(colorScheme).to.equal(theme);
      expect(color).to.equal(theme === 'dark' ? 'rgb(232, 239, 236)' : 'rgb(28, 36, 34)');
    });
  }

  describe('cannot be taken away', () => {
    const sheets: CSSStyleSheet[] = [];
    const attack = (css: string) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      sheets.push(sheet);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    };
    const relent = () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => !sheets.includes(sheet));
    };
    afterEach(relent);

    /** Opens the chat as a person does, and says how it went. */
    async function tried(chat: TillitChat): Promise<'can be read' | 'stays shut' | 'is not there'> {
      chat.show();
      await until(() => count(chat, '#accept') + count(chat, '.message[role="alert"]') > 0, 'it opens or refuses');
      await settled();
      await chat.updateComplete;
      const panel = one(chat, '.panel');
      const {width, height} = panel.getBoundingClientRect();
      if (width < 2 || height < 2 || !panel.checkVisibility({opacityProperty: true, visibilityProperty: true}))
        return 'is not there';
      if (count(chat, '#accept, [part~="input"]') === 0) return 'stays shut';
      const words = one(chat, '#notice span');
      const box = words.getBoundingClientRect();
      const {color, fontSize, webkitTextFillColor} = getComputedStyle(words);
      expect(seen(words)).to.include('You are chatting with an AI');
      expect(box.height).to.be.above(11);
      expect(parseFloat(fontSize)).to.be.at.least(12);
      expect(color).not.to.match(/transparent|, 0\)/);
      expect(webkitTextFillColor).to.equal(color);
      const hit = (chat.renderRoot as ShadowRoot).elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      expect(hit?.closest('#notice') !== null).to.equal(true);
      return 'can be read';
    }

    it('by a style on any part', async () => {
      const open = await openAnswer();
      const names = new Set(all(open.chat, '[part]').flatMap(({part}) => [...part]));
      expect(names.size).to.be.above(15);
      for (const name of [...names, 'terms', 'choice']) {
        attack(`tillit-chat::part(${name}) {display: none !important}`);
        const {chat} = await renderChat();
        const outcome = await tried(chat);
        expect(outcome, name).to.equal(name === 'panel' ? 'is not there' : 'can be read');
        chat.remove();
        relent();
      }
    });

    for (const [what, css, outcome] of [
      ['giving it no room', '::part(panel) {grid-template-rows: auto 0 minmax(0, 1fr) auto}', 'stays shut'],
      ['pushing it out', '::part(header) {min-block-size: 200vh}', 'stays shut'],
      [
        'covering it',
        '::part(header) {position: relative; z-index: 9; min-block-size: 9rem; margin-block-end: -9rem; background: white}',
        'stays shut',
      ],
      [
        'what it inherits',
        `::part(panel) {color: transparent; font: 0/0 serif; -webkit-text-fill-color: transparent; text-indent: -99rem;
          letter-spacing: -2em; word-spacing: -99rem; text-transform: full-size-kana; line-height: 0; white-space: nowrap}`,
        'can be read',
      ],
      [
        'tokens',
        ` {--tillit-color-text: transparent; --tillit-color-accent: transparent; --tillit-color-accent-soft: #1c2422;
          --tillit-color-surface: transparent; --tillit-font-size: 0px; --tillit-space: -9rem; --tillit-font: nonsense}`,
        'can be read',
      ],
      ['a root without size', ' {font-size: 0} html {font-size: 0 !important}', 'can be read'],
    ] as const) {
      it(`by ${what}`, async () => {
        attack(`tillit-chat${css}`);
        const {chat} = await renderChat();
        expect(await tried(chat)).to.equal(outcome);
      });
    }

    it('by what the host puts into a slot', async () => {
      const {chat} = await renderChat();
      const cover = document.createElement('div');
      cover.slot = 'header';
      cover.style.cssText = 'position: fixed; inset: 0; background: white';
      chat.append(cover);
      expect(await tried(chat)).to.equal('stays shut');
      cover.remove();
      saying(chat, 'Try again').click();
      await found(chat, '#accept');
    });

    it('by words of the host', async () => {
      const {chat} = await renderChat({set: {strings: {noticeAi: '', noticeSearch: ' ', title: 'Ask Anna'}}});
      expect(await tried(chat)).to.equal('can be read');
      expect(seen(one(chat, '#title'))).to.equal('Ask Anna');
    });

    it('by an attribute or a property', async () => {
      const {chat} = await renderChat();
      for (const name of ['notice', 'no-notice', 'hide-notice', 'disclosure', 'ai', 'aria-hidden']) {
        chat.setAttribute(name, name === 'aria-hidden' ? 'true' : '');
        if (!(name in chat)) Object.assign(chat, {[name]: false});
      }
      expect(await tried(chat)).to.equal('can be read');
    });
  });
});
