/** A capability is a method that is there and that the config has not switched off. What is neither shows no button. */
import {expect} from '@open-wc/testing';

import type {ChatTransport, Feature} from '../../src/core/transport.js';
import type {TillitChat} from '../../src/elements/tillit-chat.js';
import type {ScriptedTransport} from '../../src/testing/index.js';
import {finish, text} from '../support/scripted-transport.js';
import {
  count,
  found,
  gone,
  loadAll,
  maybe,
  one,
  openAnswer,
  openTurn,
  saying,
  until,
  write,
  type Setup,
} from '../support/chat.js';

interface Capability {
  readonly feature: Feature;
  readonly method: keyof ChatTransport & keyof ScriptedTransport['asked'];
  /** How many ways to it there are on the screen. */
  readonly buttons: (chat: TillitChat) => number;
  readonly use: (chat: TillitChat) => Promise<unknown>;
  readonly called: (asked: ScriptedTransport['asked']) => unknown;
}

const openMenu = (chat: TillitChat) => {
  if (!maybe(chat, '#menu')) one(chat, 'tillit-menu button').click();
  return until(() => maybe(chat, '#menu'), 'the menu opens');
};

const capabilities: readonly Capability[] = [
  {
    feature: 'rating',
    method: 'rate',
    buttons: (chat) => count(chat, '[part~="rating-star"]'),
    use: async (chat) => one(chat, '[part~="rating-star"] input, input[part~="rating-star"]').click(),
    called: ({rate}) => rate[0]?.score,
  },
  {
    feature: 'tickets',
    method: 'createTicket',
    buttons: (chat) => count(chat, '[part~="ticket-open"]'),
    async use(chat) {
      one(chat, '[part~="ticket-open"]').click();
      await found(chat, '[part~="ticket-form"]');
      await write(one<HTMLInputElement>(chat, '[part~="ticket-name"]'), 'Test Person');
      await write(one<HTMLInputElement>(chat, '[part~="ticket-email"]'), 'test@example.com');
      await write(one<HTMLTextAreaElement>(chat, '[part~="ticket-description"]'), 'It does not work.');
      one(chat, '[part~="ticket-submit"]').click();
    },
    called: ({createTicket}) => createTicket[0]?.description,
  },
];

/** An answer, and the menu open beside it. */
async function answered(setup: Setup) {
  const made = await openAnswer(setup, [
    {type: 'start', messageId: 'm1', conversationId: 'c1'},
    text('Open *Pay slips*.'),
    finish,
  ]);
  await openMenu(made.chat);
  return made;
}

describe('a capability', () => {
  before(loadAll);

  for (const {feature, method, buttons, use, called} of capabilities) {
    it(`without its method shows no button: ${feature}`, async () => {
      const {chat, server} = await answered({without: [method]});
      expect(buttons(chat)).to.equal(0);
      expect(called(server.asked)).to.equal(undefined);
    });

    it(`that is switched off shows no button: ${feature}`, async () => {
      const {chat} = await answered({config: {features: {[feature]: false}}});
      expect(buttons(chat)).to.equal(0);
    });

    it(`that is there shows a button, which calls it: ${feature}`, async () => {
      const {chat, server} = await answered({});
      expect(buttons(chat)).to.be.greaterThan(0);
      await use(chat);
      await until(() => called(server.asked), `${method} is called`);
    });
  }

  it('of export is there for a host, unless it is missing or switched off', async () => {
    const {chat, server} = await answered({also: ['exportConversation']});
    expect(await chat.exportConversation()).to.be.instanceOf(Blob);
    expect(server.asked.exportConversation).to.deep.equal(['c1']);

    expect(await (await answered({})).chat.exportConversation()).to.equal(undefined);

    const off = await answered({also: ['exportConversation'], config: {features: {export: false}}});
    expect(await off.chat.exportConversation()).to.equal(undefined);
    expect(off.server.asked.exportConversation).to.deep.equal([]);
  });

  for (const [feature, method] of [
    ['export', 'exportConversation'],
    ['delete', 'deleteConversation'],
    ['speech', 'speechToken'],
  ] as const) {
    it(`is told by the conversation itself: ${feature}`, async () => {
      const there = await answered({also: [method]});
      const missing = await answered({});
      const off = await answered({also: [method], config: {features: {[feature]: false}}});
      expect([there, missing, off].map(({chat}) => chat.chat!.can(feature))).to.deep.equal([true, false, false]);
    });
  }

  it('of stopping is there with every backend, and those that can be told are told', async () => {
    for (const without of [[], ['stop']] as const) {
      const {chat, server} = await openTurn({without});
      await server.emit(text('One '));
      one(chat, '[part~="stop"]').click();
      await until(() => server.streams[0]!.signal.aborted, 'the connection is given back');
      expect(server.asked.stop.length).to.equal(without.length === 0 ? 1 : 0);
      await gone(chat, '[part~="stop"]');
    }
  });

  it('that no transport has shows nothing at all: a chat with `send` alone is whole', async () => {
    const all = ['rate', 'createTicket', 'stop', 'withdraw', 'accept'] as const;
    const {chat} = await answered({without: all});
    for (const selector of ['[part~="rating-star"]', '[part~="ticket-open"]', '[part~="export"]', '[part~="delete"]'])
      expect(count(chat, selector), selector).to.equal(0);
    await expect(chat).to.be.accessible();
  });

  it('that nobody has leaves a person with a way on: the host’s own ticket page', async () => {
    const {chat} = await answered({without: ['createTicket', 'rate'], set: {ticketUrl: 'https://help.example/ticket'}});
    expect(count(chat, 'a[part~="ticket-open"]')).to.be.greaterThan(0);
    expect(() => saying(chat, 'Create a support ticket', 'li button')).to.throw();
  });
});
