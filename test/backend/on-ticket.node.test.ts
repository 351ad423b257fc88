import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {it} from 'node:test';

import type {NewTicket} from '../../demo/backend/api.js';
import type {Database} from '../../demo/backend/database.js';
import {callerOf, json, makeBackend, type Call} from './support/backend.js';
import {onEachDatabase} from './support/databases.js';

const ticket = {name: 'Test Testsson', email: 'test@example.com', description: 'Exporten blir tom.'};

/** A backend for the time of `use`; what it is told of new tickets. */
async function telling(database: Database, use: (call: Call) => Promise<void>): Promise<readonly NewTicket[]> {
  const told: NewTicket[] = [];
  const backend = await makeBackend(database, {onTicket: (stored) => told.push(stored)});
  try {
    await use(callerOf(backend));
  } finally {
    await backend.close();
  }
  return told;
}

onEachDatabase('a ticket that is stored', (database) => {
  it('is told of once, with its number and its key', async () => {
    const key = randomUUID();
    const ids: string[] = [];
    const told = await telling(database(), async (call) => {
      for (let tries = 0; tries < 3; tries++) {
        const response = await call('/tickets', json(ticket, {'idempotency-key': key}));
        ids.push(((await response.json()) as {id: string}).id);
      }
    });
    assert.deepEqual(told, [{...ticket, transcript: [], id: ids[0], idempotencyKey: key}]);
    assert.equal(new Set(ids).size, 1);
  });

  it('may come from a conversation that another backend keeps, and is stored without it', async () => {
    const conversations = ['resp_68a1', '["c1","c2"]', randomUUID()];
    const told = await telling(database(), async (call) => {
      for (const conversationId of conversations) {
        const response = await call('/tickets', json({...ticket, conversationId}, {'idempotency-key': randomUUID()}));
        assert.equal(response.status, 201, conversationId);
      }
    });
    assert.equal(told.length, conversations.length);
    assert.ok(told.every((stored) => !Object.hasOwn(stored, 'conversationId')));
  });
});
