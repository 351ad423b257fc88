import {expect} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';

import {termsText} from '../../src/core/terms.js';
import type {TillitChat} from '../../src/elements/tillit-chat.js';
import {acceptTerms} from '../../src/testing/index.js';
import {
  all,
  count,
  focused,
  focusIsOn,
  ask,
  found,
  gone,
  hostLog,
  loadAll,
  maybe,
  one,
  openChat,
  openTerms,
  renderChat,
  saying,
  seen,
  says,
  until,
  type Setup,
} from '../support/chat.js';
import {config, settled, terms, type ScriptedTransport} from '../support/scripted-transport.js';

const looks = [
  'color',
  'background-color',
  'border-top-color',
  'border-top-width',
  'border-top-style',
  'border-radius',
  'font-size',
  'font-weight',
  'font-family',
  'padding',
  'height',
  'width',
  'text-decoration',
  'opacity',
  'box-shadow',
  'outline-style',
];

/** A screenshot in words: what a person could tell two buttons apart by. */
const look = (element: Element) => looks.map((name) => `${name}: ${getComputedStyle(element).getPropertyValue(name)}`);

describe('the terms', () => {
  before(loadAll);

  it('come first, with version, date, what not to enter and what is stored where', async () => {
    const {chat} = await openTerms();
    const words = seen(one(chat, 'tillit-terms'));
    expect(words).to.include(terms.title).and.include('Version 3.1').and.include('October 5, 2026');
    expect(words).to.include(terms.notToEnter).and.include('Stockholm').and.include(terms.summary![0]);
    expect(count(chat, '[part~="input"]')).to.equal(0);
    await expect(chat).to.be.accessible();
  });

  it('take focus at their heading', async () => {
    const {chat} = await openTerms();
    await focusIsOn(chat, '#terms-title');
  });

  it('open from the keyboard', async () => {
    const {chat} = await renderChat();
    one(chat, '[part~="launcher"]').focus();
    await sendKeys({press: 'Enter'});
    await found(chat, '#accept');
    await focusIsOn(chat, '#terms-title');
    expect(one(chat, '[part~="launcher"]').ariaExpanded).to.equal('true');
  });

  it('offer Accept and Decline that look the same', async () => {
    const {chat} = await openTerms();
    const [accept, decline] = [one(chat, '#accept'), one(chat, '#decline')];
    expect(accept.getAttribute('part')).to.equal('choice');
    expect(decline.getAttribute('part')).to.equal('choice');
    expect(look(accept)).to.deep.equal(look(decline));
  });

  it('can be accepted with the keyboard; what was accepted is told to the backend, with its hash', async () => {
    const {chat, server} = await openTerms();
    const host = hostLog(chat);
    one(chat, '#accept').focus();
    await sendKeys({press: 'Enter'});
    await found(chat, '[part~="input"]');
    await focusIsOn(chat, '[part~="input"]');
    expect(server.asked.accept[0]).to.deep.include({termsId: terms.id, version: terms.version, locale: 'en'});
    expect(server.asked.accept[0]!.textSha256).to.match(/^[0-9a-f]{64}$/);
    expect(host.of('tillit-terms-accept')).to.deep.equal([
      {termsId: terms.id, version: terms.version, receiptId: 'receipt-1'},
    ]);
  });

  it('are accepted once, however often the button is pressed', async () => {
    const {chat, server} = await openTerms();
    const saving = server.will('accept');
    one(chat, '#accept').click();
    one(chat, '#accept').click();
    await settled();
    one(chat, '#accept').click();
    saving.release({receiptId: 'r'});
    await found(chat, '[part~="input"]');
    expect(server.asked.accept).to.have.length(1);
  });

  it('close with Escape, give focus back, and come again', async () => {
    const {chat} = await openTerms();
    await focusIsOn(chat, '#terms-title');
    await sendKeys({press: 'Escape'});
    await focusIsOn(chat, '[part~="launcher"]');
    expect(chat.open).to.equal(false);
    expect(one(chat, '.panel').checkVisibility()).to.equal(false);
    await sendKeys({press: 'Enter'});
    await until(() => one(chat, '.panel').checkVisibility(), 'the panel shows');
    expect(one(chat, '#accept').checkVisibility()).to.equal(true);
    await focusIsOn(chat, '#terms-title');
  });

  it('keep the chat closed when they are declined, and the launcher leads back', async () => {
    const {chat, server} = await openTerms();
    const host = hostLog(chat);
    one(chat, '#decline').focus();
    await sendKeys({press: 'Enter'});
    await until(() => !chat.open, 'the chat closes');
    await focusIsOn(chat, '[part~="launcher"]');
    expect(host.of('tillit-terms-decline')).to.deep.equal([{termsId: terms.id, version: terms.version}]);
    expect(server.asked.accept).to.have.length(0);
    one(chat, '[part~="launcher"]').click();
    await found(chat, '#accept');
  });

  it('come back after Decline when the host opens the chat by its property', async () => {
    const {chat} = await openTerms();
    one(chat, '#decline').click();
    await gone(chat, '#accept');
    chat.open = true;
    await found(chat, '#accept');
  });

  it('can be taken up again after Decline where the chat stands in the page', async () => {
    const {chat} = await renderChat({set: {mode: 'inline'}});
    await found(chat, '#decline');
    one(chat, '#decline').click();
    await gone(chat, '#decline');
    await expect(chat).to.be.accessible();
    saying(chat, 'Open the help chat').click();
    await found(chat, '#accept');
  });

  it('say that the acceptance could not be saved, keep the chat shut, and can be tried again', async () => {
    const {chat, server} = await openTerms();
    const host = hostLog(chat);
    server.fails('accept', 'network');
    one(chat, '#accept').click();
    const alert = await found(chat, 'tillit-terms [role="alert"]');
    expect(seen(alert)).to.include('could not be saved').and.include('No contact with the service');
    expect(count(chat, '[part~="input"]')).to.equal(0);
    expect(seen(one(chat, '#accept'))).to.equal('Try again');
    expect(host.of('tillit-error')).to.deep.equal([{code: 'network'}]);
    await expect(chat).to.be.accessible();
    one(chat, '#accept').click();
    await found(chat, '[part~="input"]');
  });

  it('may be declined while the acceptance is on its way, and stay declined', async () => {
    const {chat, server} = await openTerms();
    const saving = server.will('accept');
    one(chat, '#accept').click();
    await settled();
    one(chat, '#decline').click();
    saving.release({receiptId: 'late'});
    await settled();
    expect(chat.open).to.equal(false);
    chat.show();
    await found(chat, '#accept');
  });

  it('show the new text when they changed while they were read', async () => {
    const {chat, server} = await openTerms();
    server.fails('accept', 'consent_required');
    server.will('config').release({...config, terms: {...terms, version: '4'}});
    one(chat, '#accept').click();
    await says(chat, 'tillit-terms', 'Version 4');
    expect(seen(one(chat, 'tillit-terms'))).to.include('The terms have changed.');
  });

  it('show their full text on request, and hide it again, without losing the keyboard', async () => {
    const {chat} = await openTerms();
    expect(maybe(chat, '.full :is(h3, h4)')?.checkVisibility() ?? false).to.equal(false);
    saying(chat, 'Read the full terms').focus();
    for (const round of [1, 2]) {
      await sendKeys({press: 'Enter'});
      const heading = await until(
        () => all(chat, '.full :is(h3, h4)').find((heading) => heading.checkVisibility()),
        `the text shows, round ${round}`,
      );
      expect(seen(heading)).to.equal('Who is responsible');
      expect(seen(focused(chat)!)).to.equal('Show less');
      expect(focused(chat)!.ariaExpanded).to.equal('true');
      if (round === 1) await expect(chat).to.be.accessible();
      await sendKeys({press: 'Enter'});
      await until(() => !maybe(chat, '.full :is(h3, h4)')?.checkVisibility(), 'the text hides');
      expect(seen(focused(chat)!)).to.equal('Read the full terms');
    }
  });

  it('clean a vendor’s HTML, and show it as often as it is asked for', async () => {
    const {markdown: _, ...rest} = terms;
    const html =
      '<h1>Our terms</h1><p onclick="boom()">Text <a href="javascript:boom()">link</a></p><script>boom()</script><img src=x onerror=boom()>';
    const {chat} = await openTerms({config: {terms: {...rest, html}}});
    for (const round of [1, 2]) {
      saying(chat, 'Read the full terms').click();
      const full = await until(
        () => all(chat, '.full').find((box) => box.checkVisibility() && seen(box) !== ''),
        `the text shows, round ${round}`,
      );
      expect(seen(full)).to.equal('Our termsText link');
      expect(full.querySelectorAll('script, img, a, [onclick]').length).to.equal(0);
      saying(chat, 'Show less').click();
      await until(() => !full.checkVisibility(), 'the text hides');
    }
  });

  it('show the whole text at once when there is no summary', async () => {
    const {chat} = await openTerms({config: {terms: {...terms, summary: []}}});
    await until(() => maybe(chat, '.full :is(h3, h4)')?.checkVisibility(), 'the text shows');
    expect(count(chat, 'tillit-terms [aria-expanded]')).to.equal(0);
  });

  it('link to a text on a page of its own', async () => {
    const {markdown: _, ...rest} = terms;
    const {chat} = await openTerms({config: {terms: {...rest, url: 'https://vendor.example/terms'}}});
    const link = (await found(chat, 'tillit-terms a')) as HTMLAnchorElement;
    expect([link.href, link.target, link.rel]).to.deep.equal([
      'https://vendor.example/terms',
      '_blank',
      'noopener noreferrer',
    ]);
  });

  it('do not link to a script', async () => {
    const {markdown: _, ...rest} = terms;
    const {chat} = await openTerms({config: {terms: {...rest, url: 'javascript:alert(1)'}}});
    await says(chat, 'tillit-terms .full', 'javascript:alert(1)');
    expect(count(chat, 'tillit-terms a')).to.equal(0);
  });

  it('say what the chat must not be used for', async () => {
    const {chat} = await openTerms({config: {terms: {...terms, prohibitedUse: 'Do no harm with it.'}}});
    expect(seen(one(chat, 'tillit-terms'))).to.include('Do no harm with it.');
  });

  it('show nothing but a title when that is all there is, and can be accepted', async () => {
    const {chat} = await openTerms({
      config: {terms: {id: 'a', version: '1', updated: 'now', title: 'T', dataTable: []}},
    });
    expect(seen(one(chat, 'tillit-terms'))).to.include('T Version 1 · updated now');
    await expect(chat).to.be.accessible();
    one(chat, '#accept').click();
    await found(chat, '[part~="input"]');
  });

  describe('ask of what is not the chat itself', () => {
    const measured = {...terms, analytics: 'We count how the chat is used.'};
    const box = (chat: TillitChat, name: string) =>
      found(chat, `tillit-purposes input[name="${name}"]`) as Promise<HTMLInputElement>;

    it('nothing, where nothing is measured and nothing outlives the tab', async () => {
      const {chat, server} = await openTerms({set: {storage: 'session', id: 'asks-nothing'}});
      expect(count(chat, 'tillit-purposes input')).to.equal(0);
      one(chat, '#accept').click();
      await found(chat, '[part~="input"]');
      expect(server.asked.accept[0]!.purposes).to.deep.equal({chat: true, analytics: false, device: true});
    });

    it('each apart, and off: who only accepts has agreed to neither', async () => {
      const {chat, server} = await openTerms({config: {terms: measured}, set: {storage: 'local', id: 'asks-both'}});
      expect((await box(chat, 'analytics')).checked).to.equal(false);
      expect((await box(chat, 'device')).checked).to.equal(false);
      expect(seen(one(chat, 'tillit-purposes'))).to.include('We count how the chat is used.');
      await expect(chat).to.be.accessible();
      one(chat, '#accept').click();
      await found(chat, '[part~="input"]');
      expect(server.asked.accept[0]!.purposes).to.deep.equal({chat: true, analytics: false, device: false});
    });

    it('and take what the person chose, with the keyboard', async () => {
      const {chat, server} = await openTerms({config: {terms: measured}, set: {storage: 'local', id: 'asks-one'}});
      (await box(chat, 'device')).focus();
      await sendKeys({type: ' '});
      one(chat, '#accept').click();
      await found(chat, '[part~="input"]');
      expect(server.asked.accept[0]!.purposes).to.deep.equal({chat: true, analytics: false, device: true});
      localStorage.clear();
    });

    it('nothing when they are only read again', async () => {
      const {chat} = await openChat({config: {terms: measured}});
      one(chat, 'tillit-menu .icon-button').click();
      await found(chat, 'tillit-menu li button');
      saying(chat, 'Read the terms').click();
      await found(chat, '[part~="print"]');
      expect(count(chat, 'tillit-purposes input')).to.equal(0);
    });
  });

  describe('that have changed', () => {
    const old = {
      ...terms,
      version: '3.0',
      markdown: terms.markdown!.replace('90', '30'),
      dataTable: [...terms.dataTable, {what: 'Logs', where: 'Dublin', howLong: '7 days'}],
    };

    /** Someone who has accepted the old terms opens the chat. */
    async function openChanged(setup: Setup = {}, locale = 'en') {
      const made = await renderChat({
        also: ['acceptedText'],
        ...setup,
        set: {storage: 'session', id: 'changed', ...setup.set},
      });
      await acceptTerms({storageKey: 'changed', terms: old, locale, receiptId: 'old-receipt'});
      return made;
    }
    const open = async (chat: TillitChat) => {
      one(chat, '[part~="launcher"]').click();
      return found(chat, '[part~="changes"]');
    };
    afterEach(() => sessionStorage.clear());

    it('show what has changed, section by section, and ask again', async () => {
      const {chat, server} = await openChanged();
      server.will('acceptedText').release(termsText(old));
      const changes = await open(chat);
      expect(server.asked.acceptedText).to.deep.equal(['old-receipt']);
      const sections = [...changes.querySelectorAll('h4')].map((heading) => seen(heading));
      expect(sections).to.deep.equal(['Who is responsible Changed', 'What is stored, where and how long Changed']);
      expect([...changes.querySelectorAll('del')].map(seen)).to.deep.equal([
        'Removed: 30',
        'Removed: Logs · Dublin · 7 days',
      ]);
      expect(seen(changes.querySelector('ins')!)).to.equal('Added: 90');
      expect(seen(one(chat, 'tillit-terms'))).to.include('The terms have changed.');
      await expect(chat).to.be.accessible();
      one(chat, '#accept').click();
      await found(chat, '[part~="input"]');
      expect(server.asked.accept[0]!.version).to.equal(terms.version);
    });

    for (const [what, prepare, words] of [
      [
        'the backend cannot be reached',
        (server) => server.fails('acceptedText', 'network'),
        'The earlier text is not here',
      ],
      [
        'the text it has kept is not the one that was accepted',
        (server) => server.will('acceptedText').release(termsText({...old, markdown: 'We may sell everything.'})),
        'is not the one you accepted',
      ],
      [
        'the text is the same',
        (server) => server.will('acceptedText').release(termsText(old)),
        'Only the version or the date',
      ],
    ] as const satisfies readonly (readonly [string, (server: ScriptedTransport) => void, string])[]) {
      it(`say so when ${what}`, async () => {
        const isSame = what.includes('same');
        const {chat, server} = await openChanged(isSame ? {config: {terms: {...old, version: '3.1'}}} : {});
        prepare(server);
        expect(seen(await open(chat))).to.include(words);
        expect(count(chat, '#accept')).to.equal(1);
      });
    }

    it('say so when the backend keeps no texts', async () => {
      const {chat} = await openChanged({also: []});
      expect(seen(await open(chat))).to.include('The earlier text is not here');
    });

    it('say so when another language was accepted, and ask for nothing', async () => {
      const {chat, server} = await openChanged({}, 'sv');
      expect(seen(await open(chat))).to.include('in another language');
      expect(server.asked.acceptedText).to.deep.equal([]);
    });

    it('show it also when the backend asks for them in the middle of a conversation, and keep the question', async () => {
      const {chat, server} = await openChat({also: ['acceptedText']});
      server
        .will('config')
        .release({...config, terms: {...terms, version: '4', markdown: '## Who is responsible\n\nNobody.'}});
      void ask(chat, 'How?');
      await until(() => server.streams.length > 0, 'the question leaves');
      await server.emit({type: 'error', error: {code: 'consent_required', retryable: false}});
      const changes = await found(chat, '[part~="changes"]');
      expect(seen(changes)).to.include('Nobody.');
      one(chat, '#accept').click();
      await until(() => server.asked.send.length === 2, 'the question is sent by itself');
      expect(server.asked.send[1]!.text).to.equal('How?');
    });
  });

  it('can be printed whole, without the page around them and without controls', async () => {
    const {chat} = await openTerms();
    saying(chat, 'Read the full terms').click();
    let printed: Document | undefined;
    const watch = new MutationObserver(() => {
      const frame = chat.renderRoot.querySelector('iframe');
      if (frame?.contentWindow && !printed)
        frame.contentWindow.print = () => {
          printed = frame.contentDocument!;
        };
    });
    watch.observe(chat.renderRoot, {subtree: true, childList: true});
    (await found(chat, '[part~="print"]')).click();
    await until(() => printed, 'it is printed');
    watch.disconnect();
    const words = seen(printed!.body);
    expect(printed!.title).to.equal(terms.title);
    expect(printed!.documentElement.lang).to.equal('en');
    expect(words).to.include(terms.notToEnter!).and.include('The vendor Lön AB is.').and.include('Stockholm');
    expect(printed!.querySelectorAll('button, input, [hidden], script').length).to.equal(0);
  });

  it('show words as words, not as markup', async () => {
    const {chat} = await openTerms({
      config: {terms: {...terms, title: '<img src=x onerror=boom()>', summary: ['<b>x</b>']}},
    });
    expect(seen(one(chat, '#terms-title'))).to.equal('<img src=x onerror=boom()>');
    expect(count(chat, 'tillit-terms img')).to.equal(0);
  });
});
