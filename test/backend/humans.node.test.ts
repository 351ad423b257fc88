/** A human who takes a conversation over, as an operator says it and as the person's chat hears it. */
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';

import type {RemoteConfig, Transcript} from 'tillit-chat/core';

import {runCommand} from '../../demo/backend/commands.js';
import type {CommandOptions} from '../../demo/backend/control.js';
import {migrate, type Database} from '../../demo/backend/database.js';
import {suspend} from '../../demo/backend/store/people.js';
import {purge} from '../../demo/backend/store/retention.js';
import {
  accept,
  allEvents,
  ask,
  callerOf,
  finish,
  makeBackend,
  manualAnswers,
  own,
  problemOf,
  readEvents,
  text,
  type Call,
} from './support/backend.js';
import {openFresh} from './support/embedded.js';

describe('a human in a conversation', () => {
  let database: Database;
  let call: Call;
  let answers: ReturnType<typeof manualAnswers>;
  let asked = 0;
  before(async () => {
    database = await openFresh();
    await migrate(database);
    answers = manualAnswers();
    call = callerOf(await makeBackend(database, {answerer: answers.maker, humans: true}));
  });
  after(() => database.close());

  const command = (words: readonly string[], options: CommandOptions = {}, humans = true) =>
    runCommand({words, options}, {database, retentionMonths: 12, humans, now: new Date()});

  /** A conversation with one answer of the AI. */
  async function conversation(from = call) {
    const receiptId = await accept(from);
    const response = await ask(from, receiptId);
    const {emit} = await answers.question(asked++);
    emit(text('So it is.'));
    emit(finish);
    const [start] = await allEvents(response);
    const id = start?.data.conversationId as string;
    const listen = (lastEventId?: string) =>
      from(`/conversations/${id}/events`, {
        headers: {...own(receiptId), ...(lastEventId !== undefined && {'last-event-id': lastEventId})},
      });
    return {id, receiptId, listen};
  }

  it('is announced in the config where humans may come', async () => {
    const features = async (from: Call) => ((await (await from('/config')).json()) as RemoteConfig).features;
    assert.equal((await features(call)).human, true);
    assert.equal((await features(callerOf(await makeBackend(database)))).human, false);
  });

  it('is heard as they write, after who answers now', async () => {
    const {id, listen} = await conversation();
    const events = readEvents(await listen());
    assert.deepEqual((await events.next())?.data, {kind: 'ai'});
    assert.equal(await command(['say', id, 'Hej,', 'vad', 'gäller', 'det?'], {as: 'Eva'}), 'Eva said it');
    const joined = await events.next();
    assert.deepEqual([joined?.type, joined?.data], ['answerer', {kind: 'human', name: 'Eva'}]);
    const start = await events.next();
    assert.deepEqual(start?.data.answerer, {kind: 'human', name: 'Eva'});
    assert.deepEqual((await events.next())?.data, {op: 'append', text: 'Hej, vad gäller det?'});
    assert.equal(await command(['leave', id]), 'left');
    assert.deepEqual((await events.next())?.data, {kind: 'ai'});
    await events.leave();
  });

  it('is heard again from the last event on, and a message that was cut off whole', async () => {
    const {id, listen} = await conversation();
    await command(['say', id, 'Ett'], {as: 'Eva'});
    await command(['say', id, 'Två']);
    const events = readEvents(await listen());
    await events.next();
    const [start, first] = [await events.next(), await events.next()];
    await events.leave();
    assert.equal(first?.data.text, 'Ett');
    for (const [from, expected] of [
      [start?.id, 'Ett'],
      [first?.id, 'Två'],
    ] as const) {
      const again = readEvents(await listen(String(from)));
      let frame = await again.next();
      while (frame && frame.type !== 'text') frame = await again.next();
      assert.equal(frame?.data.text, expected);
      await again.leave();
    }
  });

  it('gets the questions that follow; nothing of them reaches the AI', async () => {
    const {id, receiptId} = await conversation();
    await command(['say', id, 'Hej'], {as: 'Eva'});
    const before = answers.asked.length;
    const frames = await allEvents(await ask(call, receiptId, {conversationId: id}));
    assert.deepEqual(
      frames.map(({type}) => type),
      ['start', 'answerer', 'finish'],
    );
    assert.deepEqual(frames[1]?.data, {kind: 'human', name: 'Eva'});
    assert.deepEqual(frames[2]?.data.rateable, false);
    assert.equal(answers.asked.length, before);
  });

  it('may say their name, which the guard lets a client repeat as what we have said', async () => {
    const {id, receiptId} = await conversation();
    const words = 'Hej! Jag heter Eva Lind och nås på eva@example.com.';
    await command(['say', id, words], {as: 'Eva'});
    const history = [{role: 'assistant', text: words}];
    const response = await ask(call, receiptId, {conversationId: id, history});
    assert.equal((await allEvents(response)).at(-1)?.type, 'finish');
    const made = [{role: 'assistant', text: 'Jag heter Bo Ek och nås på bo@example.com.'}];
    const refused = await problemOf(await ask(call, receiptId, {conversationId: id, history: made}));
    assert.equal(refused.code, 'content_filtered');
  });

  it('can be sent away by the person, and then the AI answers', async () => {
    const {id, receiptId, listen} = await conversation();
    await command(['say', id, 'Hej'], {as: 'Eva'});
    const gone = await call(`/conversations/${id}/human`, {method: 'DELETE', headers: own(receiptId)});
    assert.equal(gone.status, 204);
    const events = readEvents(await listen());
    // Who has come and gone is no news to somebody who begins to listen.
    assert.deepEqual((await events.next())?.data, {kind: 'ai'});
    assert.equal((await events.next())?.type, 'start');
    await events.leave();
    void ask(call, receiptId, {conversationId: id});
    (await answers.question(asked++)).emit(finish);
  });

  it('is nobody else’s to hear or to send away', async () => {
    const {id} = await conversation();
    const other = await accept(call);
    for (const [path, init] of [
      [`/conversations/${id}/events`, {}],
      [`/conversations/${id}/human`, {method: 'DELETE'}],
    ] as const) {
      const {status, code} = await problemOf(await call(path, {...init, headers: own(other)}));
      assert.deepEqual([status, code], [404, 'conversation_not_found']);
      assert.equal((await problemOf(await call(path, init))).code, 'consent_required');
    }
  });

  it('is not listened for where humans do not come, unless one is there or has written', async () => {
    const quiet = callerOf(await makeBackend(database, {answerer: answers.maker}));
    const {id, listen} = await conversation(quiet);
    assert.equal((await listen()).status, 204);
    assert.match(await command(['say', id, 'Hej'], {}, false), /TILLIT_HUMANS=1/);
    const events = readEvents(await listen());
    assert.deepEqual((await events.next())?.data, {kind: 'human', name: 'Support'});
    await events.leave();
  });

  it('is not heard any more by who is suspended, nor in a conversation that is deleted', async () => {
    const {id, receiptId, listen} = await conversation();
    const events = readEvents(await listen());
    await events.next();
    await suspend(database, receiptId, {reason: 'Nej.', until: undefined, appealUrl: undefined}, new Date());
    const last = await events.next();
    assert.equal(last?.type, 'error');
    assert.equal(JSON.stringify(last?.data).includes('user_suspended'), true);
    assert.equal(await events.next(), undefined);
    const other = await conversation();
    const theirs = readEvents(await other.listen());
    await theirs.next();
    await call(`/conversations/${other.id}`, {method: 'DELETE', headers: own(other.receiptId)});
    assert.equal(JSON.stringify((await theirs.next())?.data).includes('conversation_not_found'), true);
    assert.notEqual(id, other.id);
  });

  it('is in the transcript and in what a person takes with them, and not marked as an AI', async () => {
    const {id, receiptId} = await conversation();
    await command(['say', id, 'Hej\\nEva här'], {as: 'Eva'});
    const {turns} = (await (await call(`/conversations/${id}`, {headers: own(receiptId)})).json()) as Transcript;
    assert.deepEqual(
      turns.map(({question, answer, answerer}) => [question, answer, answerer]),
      [
        ['Hur registrerar jag sjukfrånvaro?', 'So it is.', {kind: 'ai'}],
        ['', 'Hej\nEva här', {kind: 'human', name: 'Eva'}],
      ],
    );
    const page = await (
      await call('/me/export', {headers: {...own(receiptId), accept: 'text/html', 'accept-language': 'sv'}})
    ).text();
    assert.match(page, /Eva här/);
    assert.equal(page.match(/<h4>Fråga<\/h4>/g)?.length, 1);
    assert.equal(page.match(/ai-disclosure/g)?.length, 1);
  });

  it('is deleted with the conversation, with the person, and by the retention', async () => {
    const count = async () => (await database.query('select 1 from human_events')).length;
    const one = await conversation();
    const other = await conversation();
    const before = await count();
    await command(['say', one.id, 'Hej']);
    await command(['say', other.id, 'Hej']);
    assert.equal(await count(), before + 4);
    await call(`/conversations/${one.id}`, {method: 'DELETE', headers: own(one.receiptId)});
    await call('/me', {method: 'DELETE', headers: own(other.receiptId)});
    assert.equal(await count(), before);
    const later = new Date(Date.now() + 366 * 86_400_000);
    const purged = await purge(database, 12, later);
    assert.equal(purged.humanMessages, before);
    assert.equal(await count(), 0);
  });

  it('needs a conversation and a text from the operator, who can look conversations up', async () => {
    const {id} = await conversation();
    const [newest] = (await command(['conversations'])).split('\n');
    assert.match(newest!, new RegExp(`^${id}  .*Z  automatic  Hur registrerar jag sjukfrånvaro`));
    await command(['say', id, 'Hej'], {as: 'Eva'});
    assert.match(await command(['conversations']), new RegExp(`^${id}  .*Z  Eva  `));
    for (const words of [
      ['say', 'nonsense', 'Hej'],
      ['say', '00000000-0000-4000-8000-000000000000', 'Hej'],
    ])
      assert.match(await command(words), /needs the id of a conversation/);
    assert.match(await command(['say', id, ' ']), /needs a text/);
    assert.match(await command(['leave', '00000000-0000-4000-8000-000000000000']), /No human/);
  });
});
