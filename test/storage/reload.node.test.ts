/** A page that dies without a last word: what it had begun to send goes on under the same key. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {createChat} from '../../src/core/session.js';
import type {ChatTransport} from '../../src/core/transport.js';
import {mask} from '../../src/privacy/mask.js';
import type {ScreenedText} from '../../src/privacy/types.js';
import {persist} from '../../src/storage/persist.js';
import type {SafeStorage} from '../../src/storage/web-storage.js';
import {config, settled} from '../support/scripted-transport.js';

function memoryStorage(): SafeStorage {
  const kept = new Map<string, string>();
  return {
    read: (key) => kept.get(key),
    write: (key, text) => !!kept.set(key, text),
    remove: (key) => kept.delete(key),
  };
}

/** What the backend was asked with: the key, and whether the page had stored it by then. */
interface Sent {
  readonly key: string;
  readonly wasStored: boolean;
}

let ids = 0;
async function page(storage: SafeStorage, more: Partial<ChatTransport> = {}) {
  const questions: Sent[] = [];
  const tickets: Sent[] = [];
  const sent = (key: string): Sent => ({key, wasStored: storage.read('chat')?.includes(key) ?? false});
  const chat = createChat({
    transport: {
      id: 'test',
      config: async () => config,
      send(request) {
        questions.push(sent(request.clientMessageId));
        return {[Symbol.asyncIterator]: () => ({next: () => new Promise(() => {})})};
      },
      createTicket(_ticket, {idempotencyKey}) {
        tickets.push(sent(idempotencyKey));
        return new Promise(() => {});
      },
      ...more,
    },
    locale: () => 'en',
    screen: (text) => ({verdict: 'pass', text: text as ScreenedText, findings: []}),
    mask,
    keepsOnDevice: true,
    ports: {
      newId: () => `id-${++ids}`,
      nowMs: () => Date.now(),
      random: () => 0,
      wait: async () => {},
      sha256: async () => 'hash',
    },
  });
  const kept = persist(chat, storage, 'chat');
  await chat.open();
  if (chat.store.get().gate.phase === 'terms') await chat.accept();
  return {
    chat,
    questions,
    tickets,
    die() {
      kept.stop();
      chat.dispose();
    },
  };
}

async function until(isSo: () => boolean) {
  while (!isSo()) await settled();
}

describe('a page that dies', () => {
  it('has stored the key of a question before it sent it, and asks again with that key', async () => {
    const storage = memoryStorage();
    const before = await page(storage);
    void before.chat.ask('How?');
    await until(() => before.questions.length === 1);
    before.die();
    assert.equal(before.questions[0]?.wasStored, true);

    const after = await page(storage);
    await until(() => after.chat.store.get().turns[0]?.phase === 'failed');
    void after.chat.retry(after.chat.store.get().turns[0]!.id);
    await until(() => after.questions.length === 1);
    after.die();
    assert.equal(after.questions[0]?.key, before.questions[0]?.key);
    assert.equal(after.chat.store.get().turns.length, 1);
  });

  it('goes on with an answer that is still running, under the same key', async () => {
    const storage = memoryStorage();
    const before = await page(storage);
    void before.chat.ask('How?');
    await until(() => before.questions.length === 1);
    before.die();

    const resumed: string[] = [];
    const after = await page(storage, {
      async *resume({messageId}) {
        resumed.push(messageId);
        yield {type: 'text', op: 'append', text: 'Like this.'};
        yield {type: 'finish', reason: 'stop'};
      },
    });
    await until(() => after.chat.store.get().turns[0]?.phase === 'done');
    after.die();
    assert.deepEqual(resumed, [before.questions[0]?.key]);
    assert.deepEqual(after.questions, []);
  });

  it('has stored the key of a ticket and what it says, and sends it again with that key', async () => {
    const storage = memoryStorage();
    const before = await page(storage);
    await before.chat.openTicket({name: 'Test', email: 'test@example.com', description: 'It breaks.'});
    void before.chat.sendTicket();
    await until(() => before.tickets.length === 1);
    before.die();
    assert.equal(before.tickets[0]?.wasStored, true);

    const after = await page(storage);
    const {ticket} = after.chat.store.get();
    assert.equal(ticket.phase === 'editing' && ticket.form.description, 'It breaks.');
    void after.chat.sendTicket();
    await until(() => after.tickets.length === 1);
    after.die();
    assert.equal(after.tickets[0]?.key, before.tickets[0]?.key);
  });

  it('keeps the receipt of a ticket that was made', async () => {
    const storage = memoryStorage();
    const before = await page(storage, {createTicket: async () => ({id: 'T-1'})});
    await before.chat.openTicket({name: 'Test', email: 'test@example.com', description: 'It breaks.'});
    await before.chat.sendTicket();
    before.die();
    const after = await page(storage);
    after.die();
    assert.deepEqual(after.chat.store.get().ticket, {phase: 'created', receipt: {id: 'T-1'}});
  });
});
