/** A question that waits for the network: what a person sees of it, and what they can do. */
import {expect} from '@open-wc/testing';

import {chatError} from '../../src/core/errors.js';
import {defineOffline} from '../../src/elements/offline.js';
import {loadMessages, loadMore} from '../../src/i18n/locales.js';
import type {TillitChat} from '../../src/elements/tillit-chat.js';
import {finish, text} from '../support/scripted-transport.js';
import {
  count,
  focused,
  found,
  gone,
  input,
  loadAll,
  maybe,
  one,
  openTurn,
  saying,
  says,
  seen,
  until,
} from '../support/chat.js';

const noNetwork = {type: 'error', error: chatError('network')} as const;
const auto = '[part~="offline-auto"]';

/** What the device says; the event comes with it, as in a browser. */
function device(isOnline: boolean) {
  Object.defineProperty(navigator, 'onLine', {configurable: true, value: isOnline});
  window.dispatchEvent(new Event(isOnline ? 'online' : 'offline'));
}

/** The chat with a question that found no network. */
async function cutOff(set: Partial<TillitChat> = {}) {
  const made = await openTurn({set});
  await made.server.emit(noNetwork);
  await found(made.chat, auto);
  return made;
}

describe('a question without a network', () => {
  before(async () => {
    await loadAll();
    await defineOffline(await loadMessages('en'));
    await loadMore(await loadMessages('sv'));
  });
  beforeEach(() => device(false));
  afterEach(() => {
    delete (navigator as {onLine?: boolean}).onLine;
  });

  it('waits in sight, and says why', async () => {
    const {chat} = await cutOff();
    expect(seen(one(chat, 'tillit-offline'))).to.contain('You are offline. Your question waits here.');
    expect(seen(one(chat, '[part~="question"]'))).to.contain('How do I correct a pay slip?');
    expect(one(chat, 'tillit-offline').closest('[role="alert"]')).to.not.equal(null);
    await expect(chat).to.be.accessible();
  });

  it('says so where the device is online and the service is not to be reached', async () => {
    device(true);
    const {chat} = await cutOff();
    expect(seen(one(chat, 'tillit-offline'))).to.contain('No contact with the service. Your question waits here.');
  });

  it('is not sent by itself unless the person wants it to', async () => {
    const {chat, server} = await cutOff();
    device(true);
    await says(chat, 'tillit-offline', 'You are online again. Your question waits here.');
    expect(server.streams.length).to.equal(1);
    one(chat, 'tillit-offline [data-retry]').click();
    await until(() => server.streams.length === 2, 'it is sent');
    expect(server.asked.send[1]!.clientMessageId).to.equal(server.asked.send[0]!.clientMessageId);
  });

  it('is sent by itself when the network is back, if the person wants it to', async () => {
    const {chat, server} = await cutOff();
    one(chat, auto).click();
    await says(chat, 'tillit-offline', 'Your question is sent by itself if contact returns within two minutes.');
    await expect(chat).to.be.accessible();
    device(true);
    await until(() => server.streams.length === 2, 'it is sent');
    await server.emit(text('Open *Pay slips*.'), finish);
    await says(chat, '[part~="answer"]', 'Open Pay slips.');
    expect(count(chat, 'tillit-offline')).to.equal(0);
    expect(count(chat, 'tillit-turn')).to.equal(1);
  });

  it('is not sent by itself when the person has thought better of it', async () => {
    const {chat, server} = await cutOff();
    one(chat, auto).focus();
    one(chat, auto).click();
    await says(chat, auto, 'Do not send it by itself');
    expect(focused(chat)).to.equal(one(chat, auto));
    one(chat, auto).click();
    await says(chat, auto, 'Send it when there is contact');
    device(true);
    await says(chat, 'tillit-offline', 'You are online again.');
    expect(server.streams.length).to.equal(1);
  });

  it('can still be changed, or become a ticket', async () => {
    const {chat, server} = await cutOff();
    one(chat, auto).click();
    await says(chat, auto, 'Do not send it by itself');
    expect(count(chat, 'tillit-turn [part~="ticket-open"]')).to.equal(1);
    saying(chat, 'Edit', 'button').click();
    await until(() => input(chat).value === 'How do I correct a pay slip?', 'the question is back');
    await gone(chat, 'tillit-offline');
    device(true);
    await until(() => maybe(chat, 'tillit-turn') === undefined, 'the turn is gone');
    expect(server.streams.length).to.equal(1);
  });

  it('goes on waiting while the chat is closed', async () => {
    const {chat, server} = await cutOff();
    one(chat, auto).click();
    await says(chat, auto, 'Do not send it by itself');
    chat.hide();
    await chat.updateComplete;
    device(true);
    await until(() => server.streams.length === 2, 'it is sent');
  });

  it('is not sent any more by itself when the chat is taken off the page', async () => {
    const {chat, server} = await cutOff();
    const parent = chat.parentElement!;
    one(chat, auto).click();
    await says(chat, auto, 'Do not send it by itself');
    chat.remove();
    await until(() => chat.chat!.store.get().turns[0]!.waitsUntilMs === undefined, 'it does not wait any more');
    device(true);
    parent.append(chat);
    await says(chat, auto, 'Send it when there is contact');
    expect(server.streams.length).to.equal(1);
  });

  it('speaks Swedish', async () => {
    const {chat} = await cutOff({locale: 'sv'});
    await says(chat, 'tillit-offline', 'Du är offline. Frågan väntar här.');
    expect(seen(one(chat, auto))).to.equal('Skicka när kontakten är tillbaka');
  });

  it('before any other waits as one that failed: nothing waits behind it', async () => {
    const {chat, server} = await cutOff();
    device(true);
    void chat.ask('How do I export invoices?');
    await until(() => server.streams.length === 2, 'the other is sent');
    await gone(chat, 'tillit-offline');
    await server.emit(text('So.'), finish);
    expect(count(chat, '[data-retry]')).to.equal(1);
  });
});
