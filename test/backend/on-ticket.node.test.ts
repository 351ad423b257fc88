import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {after, before, it} from 'node:test';

import type {NewTicket} from '../../demo/backend/api.js';
import type {Backend} from '../../demo/backend/app.js';
import {callerOf, json, makeBackend, type Call} from './support/backend.js';
import {onEachDatabase} from './support/databases.js';

const ticket = {name: 'Test Testsson', email: 'test@example.com', description: 'Exporten blir tom.'};

onEachDatabase('a ticket that is stored', (database) => {
  const told: NewTicket[] = [];
  let backend: Backend;
  let call: Call;
  before(async () => {
    backend = await makeBackend(database(), {onTicket: (stored) => told.push(stored)});
    call = callerOf(backend);
  });
  after(() => backend.close());

  it('is told of once, with its number and its key', async () => {
    const key = randomUUID();
    const responses = [];
    for (let tries = 0; tries < 3; tries++)
      responses.push(await call('/tickets', json(ticket, {'idempotency-key': key})));
    const ids = await Promise.all(responses.map(async (response) => ((await response.json()) as {id: string}).id));
    assert.deepEqual(told.splice(0), [{...ticket, transcript: [], id: ids[0], idempotencyKey: key}]);
    assert.equal(new Set(ids).size, 1);
  });

  it('may come from a conversation that another backend keeps, and is stored without it', async () => {
    for (const conversationId of ['resp_68a1', '["c1","c2"]', randomUUID()]) {
      const response = await call('/tickets', json({...ticket, conversationId}, {'idempotency-key': randomUUID()}));
      assert.equal(response.status, 201, conversationId);
    }
    assert.ok(told.splice(0).every((stored) => !Object.hasOwn(stored, 'conversationId')));
  });
});
