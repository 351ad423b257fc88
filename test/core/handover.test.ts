/** A human in the conversation: what they write comes unasked, and only while the gate is open. */
import {expect} from '@open-wc/testing';

import {chatError} from '../../src/core/errors.js';
import type {ChatEvent} from '../../src/core/events.js';
import type {RemoteConfig} from '../../src/core/transport.js';
import {fromSnapshot, toSnapshot} from '../../src/storage/snapshot.js';
import {settled} from '../support/manual-transport.js';
import {answeredChat, closedChat, config, finish, openChat, text, until} from './chat-setup.js';

const withHumans: RemoteConfig = {...config, features: {human: true}};
const joined: ChatEvent = {type: 'answerer', kind: 'human', name: 'Eva'};
const said = (messageId: string, words: string, cursor?: string): readonly ChatEvent[] => [
  {type: 'start', messageId},
  text(words, cursor),
];

/** A conversation in which a human may join, and the connection over which they would. */
async function listening(setup?: Parameters<typeof answeredChat>[0], remote = withHumans) {
  const it = await answeredChat(setup, remote);
  const line = await it.server.next('subscribe');
  const words = () => it.turns().map(({question, answers}) => question || answers[0]?.parts[0]?.text);
  return {...it, line, words};
}

const listens = ({server}: {readonly server: {readonly made: readonly string[]}}) =>
  server.made.filter((method) => method === 'subscribe').length;

describe('a human who joins a conversation', () => {
  it('is listened for only where the backend has one', async () => {
    for (const [remote, setup] of [
      [config, {}],
      [{...config, features: {human: false}}, {}],
      [withHumans, {without: ['subscribe']}],
    ] as const) {
      const it = await answeredChat(setup, remote);
      await settled();
      expect(listens(it)).to.equal(0);
    }
  });

  it('is listened for from the first answer on where they may come at any time', async () => {
    const before = await openChat({}, withHumans);
    await settled();
    expect(listens(before)).to.equal(0);
    const {line} = await listening();
    expect(line.argument).to.deep.equal({messageId: 'm1', conversationId: 'c1'});
    expect(line.options).to.deep.include({locale: 'en', receiptId: 'receipt-1'});
  });

  for (const [what, event] of [
    ['the backend has offered one', {type: 'handoff'}],
    ['one has answered', joined],
  ] as const satisfies readonly (readonly [string, ChatEvent])[]) {
    it(`is listened for once ${what}`, async () => {
      const it = await openChat();
      const {stream} = await it.ask('How?');
      await stream.emit({type: 'start', messageId: 'm1', conversationId: 'c1'}, event, finish);
      await it.server.next('subscribe');
    });
  }

  it('changes who answers, and writes a turn that nobody asked for', async () => {
    const {line, state, turns} = await listening();
    await line.emit(joined, ...said('h1', 'Hi, Eva here.'));
    expect(state().answerer).to.deep.equal({kind: 'human', name: 'Eva'});
    expect(turns()).to.have.length(2);
    const [, turn] = turns();
    expect(turn).to.deep.include({question: '', phase: 'done', handoff: false});
    expect(turn?.answers).to.deep.equal([
      {
        messageId: 'h1',
        answerer: {kind: 'human', name: 'Eva'},
        parts: [{id: '', text: 'Hi, Eva here.'}],
        sources: [],
        citations: [],
        notices: [],
        rateable: false,
      },
    ]);
  });

  it('does not appear before their first words', async () => {
    const {line, turns} = await listening();
    await line.emit(joined, {type: 'start', messageId: 'h1'});
    expect(turns()).to.have.length(1);
  });

  it('may write while an answer is arriving, which goes on undisturbed', async () => {
    const {line, ask, turns, words} = await listening();
    const {stream} = await ask('And?');
    await stream.emit({type: 'start', messageId: 'm2'}, text('So '));
    await line.emit(joined, ...said('h1', 'Let me.'));
    await stream.emit(text('it is.'), finish);
    expect(words()).to.deep.equal(['How?', 'And?', 'Let me.']);
    expect(turns()[1]).to.deep.include({phase: 'done'});
    expect(turns()[1]?.answers[0]?.parts[0]?.text).to.equal('So it is.');
  });

  it('is marked as one, whoever answers by now: their words never pass for an AI’s, nor the other way round', async () => {
    const {line, turns} = await listening();
    const earlier: ChatEvent = {type: 'start', messageId: 'h1', answerer: {kind: 'human', name: 'Eva'}};
    await line.emit({type: 'answerer', kind: 'ai'}, earlier, text('I was here.'), ...said('h2', 'And I.'));
    expect(turns().map(({answers}) => answers[0]?.answerer)).to.deep.equal([
      {kind: 'ai'},
      {kind: 'human', name: 'Eva'},
      {kind: 'human'},
    ]);
  });

  it('gets the person’s next words through the guard like anyone, and the AI hears them in its history', async () => {
    const {line, chat, ask, server} = await listening();
    await line.emit(joined, ...said('h1', 'Which year?'));
    expect(await chat.ask('SECRET')).to.deep.include({asked: false, reason: 'blocked'});
    const {stream} = await ask('2026');
    expect(stream.argument.history.slice(2)).to.deep.equal([{role: 'assistant', text: 'Which year?'}]);
    expect(server.made.filter((method) => method === 'send')).to.have.length(2);
  });

  it('is in the transcript of a ticket, without a line for the question that was not asked', async () => {
    const {line, chat, state} = await listening();
    await line.emit(joined, ...said('h1', 'Please send a ticket.'));
    await chat.openTicket();
    const {ticket} = state();
    expect(ticket.phase === 'editing' && ticket.form.transcript.map(({text: words}) => words)).to.deep.equal([
      'How?',
      'Like this.',
      'Please send a ticket.',
    ]);
  });
});

describe('the connection over which a human writes', () => {
  it('is made again after it ends, from the last cursor', async () => {
    const {line, waits, server, words} = await listening();
    await line.emit(joined, ...said('h1', 'One.', '7'));
    await line.close();
    await waits.at(-1)?.end();
    const again = await server.next('subscribe');
    expect(again.argument.cursor).to.equal('7');
    await again.emit(...said('h2', 'Two.', '8'));
    expect(words()).to.deep.equal(['How?', 'One.', 'Two.']);
  });

  it('takes nothing twice that a backend says twice', async () => {
    const {line, waits, server, words} = await listening();
    await line.emit(joined, ...said('h1', 'One.'), ...said('h1', 'One.'));
    await line.close();
    await waits.at(-1)?.end();
    await (await server.next('subscribe')).emit(joined, ...said('h1', 'One.'), ...said('h2', 'Two.'));
    expect(words()).to.deep.equal(['How?', 'One.', 'Two.']);
  });

  it('waits longer each time while it cannot be made, never more than a minute, and less again once it could', async () => {
    const {line, waits, server} = await listening();
    await line.fail(new Error('broken'));
    for (let n = 0; n < 9; n++) {
      await waits.at(-1)?.end();
      await (await server.next('subscribe')).emit({type: 'error', error: chatError('network')});
    }
    const times = waits.map(({ms}) => ms);
    expect(times).to.deep.equal(times.toSorted((a, b) => a - b));
    expect(times[0]).to.equal(750);
    expect(times.at(-1)).to.equal(30_250);
    await waits.at(-1)?.end();
    const works = await server.next('subscribe');
    await works.emit(joined);
    await works.close();
    expect(waits.at(-1)?.ms).to.equal(750);
  });

  it('is not made again where nobody is, until something more is asked', async () => {
    const it = await listening();
    await it.line.close();
    await settled();
    expect([listens(it), it.waits.length]).to.deep.equal([1, 0]);
    const {stream} = await it.ask('And?');
    await stream.emit(text('So.'), finish);
    await it.server.next('subscribe');
  });

  it('ends where a call cannot succeed', async () => {
    const it = await listening();
    await it.line.emit({type: 'error', error: chatError('conversation_not_found')});
    await settled();
    expect([listens(it), it.waits.length, it.gate().phase]).to.deep.equal([1, 0, 'open']);
  });

  for (const code of ['consent_required', 'user_suspended'] as const) {
    it(`shuts the gate with ${code}, and is made again only behind it`, async () => {
      const it = await listening();
      await it.line.emit({type: 'error', error: chatError(code)});
      await settled();
      expect(it.gate().phase).not.to.equal('open');
      expect(it.line.options.signal.aborted).to.equal(true);
      await it.line.emit(...said('h1', 'Late.'));
      expect(it.turns()).to.have.length(1);
      expect(listens(it)).to.equal(1);
    });
  }

  for (const [what, act] of [
    ['the acceptance is taken back', (it) => void it.chat.withdraw()],
    ['the chat is switched off', (it) => it.chat.switch(false)],
    ['a new conversation begins', (it) => it.chat.reset()],
    ['the chat goes away', (it) => it.chat.dispose()],
    ['the person must sign in again', (it) => void it.chat.refresh(chatError('auth_required'))],
  ] as const satisfies readonly (readonly [string, (it: Awaited<ReturnType<typeof listening>>) => void])[]) {
    it(`ends when ${what}, and nothing that comes late is heard`, async () => {
      const it = await listening();
      await it.line.emit(joined);
      act(it);
      const before = it.turns();
      expect(it.line.options.signal.aborted).to.equal(true);
      await it.line.emit(...said('h1', 'Late.'));
      await it.line.close();
      expect(it.turns()).to.equal(before);
      expect(listens(it)).to.equal(1);
    });
  }
});

describe('going back to automatic answers', () => {
  it('happens when the human leaves', async () => {
    const {line, state} = await listening();
    await line.emit(joined, {type: 'answerer', kind: 'ai'});
    expect(state().answerer).to.deep.equal({kind: 'ai'});
  });

  it('is told to the backend when the person wants it', async () => {
    const {line, chat, server, state} = await listening();
    await line.emit(joined);
    const leaving = chat.leaveHuman();
    const call = await server.next('leaveHuman');
    expect(call.argument).to.equal('c1');
    await call.answer(undefined);
    expect([await leaving, state().answerer.kind]).to.deep.equal([true, 'ai']);
  });

  it('has not happened when the backend could not be told', async () => {
    const {line, chat, server, state} = await listening();
    await line.emit(joined);
    const leaving = chat.leaveHuman();
    await (await server.next('leaveHuman')).refuse('network');
    expect([await leaving, state().answerer.kind]).to.deep.equal([false, 'human']);
  });

  it('cannot be asked for where the backend has no way, nor before there is a conversation', async () => {
    const {line, chat} = await listening({without: ['leaveHuman']});
    await line.emit(joined);
    expect(await chat.leaveHuman()).to.equal(false);
    expect(await (await openChat()).chat.leaveHuman()).to.equal(false);
  });

  it('has happened when nobody is there any more after a reload', async () => {
    const before = await listening();
    await before.line.emit(joined, ...said('h1', 'Hi.'));
    const next = closedChat();
    next.chat.store.dispatch({type: 'restored', state: fromSnapshot(toSnapshot(before.state())!)!});
    void next.chat.open();
    await (await next.server.next('config')).answer(config);
    const line = await next.server.next('subscribe');
    expect(next.state().answerer.kind).to.equal('ai');
    await line.emit(joined, ...said('h1', 'Hi.'));
    expect(next.state().answerer.kind).to.equal('human');
    expect(next.turns()).to.have.length(2);
    await line.close();
    await next.waits.at(-1)?.end();
    await (await next.server.next('subscribe')).close();
    await until(() => next.state().answerer.kind === 'ai');
  });
});
