/**
 * Every language on every screen of the smallest phone: the words are those of the language, and none of them sticks out
 * of what holds it. One page is led through the screens, and spoken to in one language after the other.
 */
import {expect} from '@open-wc/testing';

import type {TillitChat} from '../../src/elements/tillit-chat.js';
import {languages} from '../../src/i18n/catalogs.js';
import type {MessageKey} from '../../src/i18n/keys.js';
import {loadMessages, loadMore} from '../../src/i18n/locales.js';
import type {Messages} from '../../src/i18n/messages.js';
import type {Script} from '../../src/testing/scripted-transport.js';
import en from '../../locales/en.json' with {type: 'json'};
import {all, count, found, input, loadAll, maybe, one, seen, until, write} from '../support/chat.js';
import {closePages, openPage} from '../support/page.js';
import {pseudoStrings} from '../support/pseudo.js';
import {finish, settled, source, terms, text, type ScriptedTransport} from '../support/scripted-transport.js';

/** All of them where drawing is quick; elsewhere long words, and words that run the other way. */
const spoken = /Chrome/.test(navigator.userAgent) ? languages : ['ar', 'de', 'el'];

interface Phone {
  readonly chat: TillitChat;
  readonly server: ScriptedTransport;
}

async function openPhone(script: Script = {}): Promise<Phone> {
  const page = await openPage({
    width: 320,
    height: 640,
    head: `<meta name="viewport" content="width=device-width"><script type="module">
      import {scriptedTransport} from '/test/support/scripted-transport.ts';
      import '/src/define.ts';
      window.server = scriptedTransport(${JSON.stringify(script)});
      document.querySelector('tillit-chat').transport = server.transport;
    </script>`,
    body: '<tillit-chat locale="en" storage="none" style="--tillit-motion: 0ms"></tillit-chat>',
  });
  const chat = page.document.querySelector<TillitChat>('tillit-chat')!;
  const {server} = page.window as unknown as {readonly server: ScriptedTransport};
  return {chat, server};
}

const typed = 'Mail anna.karlsson@example.com about 19811218-9876';

/** Each leads to the next, and says the message that it is known by. */
const journey: readonly (readonly [screen: string, says: MessageKey, go: (phone: Phone) => Promise<unknown>])[] = [
  [
    'terms',
    'accept',
    async ({chat}) => {
      chat.show();
      await found(chat, '#accept');
    },
  ],
  [
    'welcome',
    'composerHint',
    async ({chat}) => {
      one(chat, '#accept').click();
      await found(chat, '[part~="input"]');
    },
  ],
  [
    'menu',
    'menuWithdraw',
    async ({chat}) => {
      one(chat, 'tillit-menu .icon-button').click();
      await found(chat, 'tillit-menu li');
    },
  ],
  [
    'findings',
    'maskAll',
    async ({chat}) => {
      one(chat, 'tillit-menu .icon-button').click();
      await write(input(chat), typed);
      await found(chat, '[part~="finding"] li');
    },
  ],
  [
    'an answer without a source',
    'noSource',
    async ({chat, server}) => {
      await write(input(chat), 'A question');
      await until(() => !maybe(chat, '[part~="finding"]'), 'nothing is found');
      one(chat, '[part~="send"]').click();
      await until(() => server.streams.length === 1, 'the question leaves');
      await server.emit(text('Open Pay slips.'), finish);
      await found(chat, '[part~="turn"] [part~="ticket-open"]');
    },
  ],
  [
    'a low rating',
    'ratingReasons',
    async ({chat, server}) => {
      await write(input(chat), 'Another question');
      one(chat, '[part~="send"]').click();
      await until(() => server.streams.length === 2, 'the question leaves');
      await server.emit(text('Open Pay slips. [1]'), source, finish);
      await until(() => count(chat, '[part~="rating-star"]') >= 5, 'it can be rated');
      all(chat, '[part~="rating-star"]').at(-5)!.click();
      await found(chat, '[part~="rating-reason"]');
    },
  ],
  [
    'ticket',
    'ticketSubmit',
    async ({chat}) => {
      void chat.openTicket();
      const form = await found(chat, '[part~="ticket-form"]');
      form.querySelector<HTMLButtonElement>('[type="submit"]')!.click();
      await found(chat, '[part~="ticket-form"] [aria-invalid="true"]');
    },
  ],
];

const dead: readonly (readonly [screen: string, says: MessageKey, script: Script])[] = [
  [
    'suspended',
    'suspendedAppeal',
    {config: {suspension: {until: '2026-12-01T08:00:00.000Z', appealUrl: 'https://vendor.example/appeal'}}},
  ],
  ['without a backend', 'retry', {without: ['config']}],
];

/** Words that stick out of their button or of the panel. */
function sticking(chat: TillitChat): readonly string[] {
  const panel = one(chat, '.panel');
  const frame = panel.getBoundingClientRect();
  return wordsOf(panel).flatMap((node) => {
    const range = node.ownerDocument.createRange();
    range.selectNodeContents(node);
    const box = node.parentElement!.closest('button, a.button')?.getBoundingClientRect() ?? frame;
    const isOut = [...range.getClientRects()].some(
      ({left, right, width}) =>
        width > 0 && (left < Math.max(box.left, frame.left) - 1 || right > Math.min(box.right, frame.right) + 1),
    );
    return isOut ? [node.data.trim()] : [];
  });
}

/** What stands in the panel for eyes to see. */
function wordsOf(panel: HTMLElement): readonly Text[] {
  const walker = panel.ownerDocument.createTreeWalker(panel, NodeFilter.SHOW_TEXT);
  const words: Text[] = [];
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    const holder = node.parentElement!;
    if (node.data.trim() && holder.checkVisibility() && !holder.closest('.visually-hidden')) words.push(node);
  }
  return words;
}

const expectFit = (chat: TillitChat, where: string) => {
  expect(sticking(chat), where).to.deep.equal([]);
  const {scrollWidth, clientWidth} = one(chat, '.panel');
  expect(scrollWidth, where).to.be.at.most(clientWidth);
};

describe('every language at 320 px', function () {
  this.timeout(180_000);
  const words = new Map<string, Messages>();
  before(async () => {
    // What the pages load is made ready, so that they wait for nothing but each other.
    await loadAll();
    for (const locale of spoken) words.set(locale, await loadMore(await loadMessages(locale)));
  });
  afterEach(closePages);

  async function inEvery({chat}: Phone, screen: string, key: MessageKey) {
    for (const [locale, messages] of words) {
      chat.locale = locale;
      const sentence = messages.t(key).replace(/\s/g, ' ');
      await until(
        () => one(chat, '.root').lang === locale && seen(one(chat, '.panel')).includes(sentence),
        `${screen} says “${sentence}”`,
      );
      await settled();
      expect(one(chat, '.root').dir).to.equal(/^(ar|fa|he)$/.test(locale) ? 'rtl' : 'ltr');
      expectFit(chat, `${screen} in “${locale}”`);
    }
    chat.locale = 'en';
    await until(() => one(chat, '.root').lang === 'en', 'it speaks English');
  }

  it('is spoken on the way to an answer and a ticket', async () => {
    const phone = await openPhone();
    for (const [screen, key, go] of journey) {
      await go(phone);
      await inEvery(phone, screen, key);
    }
  });

  for (const [screen, key, script] of dead) {
    it(`is spoken where the way ends: ${screen}`, async () => {
      const phone = await openPhone(script);
      phone.chat.show();
      await found(phone.chat, '.message');
      await inEvery(phone, screen, key);
    });
  }

  it('would fit with words 40 % longer, and says nothing that no catalog has', async () => {
    const phone = await openPhone();
    const {chat} = phone;
    chat.strings = pseudoStrings(en);
    const {title, summary = [], notToEnter = '', dataTable = []} = terms;
    const told = [
      title,
      notToEnter,
      ...summary,
      ...dataTable.flatMap(({what, where, howLong}) => [what, where, howLong]),
      ...[en.noticeAi, en.noticeTicket, typed, 'Open Pay slips. [1]'],
    ];
    for (const [screen, , go] of journey) {
      await go(phone);
      await settled();
      expectFit(chat, screen);
      const strangers = wordsOf(one(chat, '.panel'))
        .filter(
          (node) =>
            !node.parentElement!.closest(
              'time, bdi, [part~="answer"] tillit-answer-text, [part~="source"], [part~="question"], .chip',
            ),
        )
        .map((node) => node.data.trim())
        .filter(
          (said) => !said.includes('⟦') && !/^[\d\s.,/·:☆★]*$/.test(said) && !told.some((word) => word.includes(said)),
        );
      expect(strangers, screen).to.deep.equal([]);
    }
  });
});
