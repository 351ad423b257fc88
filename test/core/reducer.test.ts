import {expect} from '@open-wc/testing';

import {chatError} from '../../src/core/errors.js';
import type {ChatEvent} from '../../src/core/events.js';
import {reduceConversation} from '../../src/core/conversation-reducer.js';
import {reduce as reduceRest, type Action} from '../../src/core/reducer.js';
import {
  answerText,
  initialState,
  type Answer,
  type ChatState,
  type TicketForm,
  type Turn,
} from '../../src/core/state.js';
import type {Acceptance} from '../../src/core/terms.js';
import {heard} from '../../src/core/turn-events.js';
import type {ScreenedText} from '../../src/privacy/types.js';
import {config, nowMs} from './chat-setup.js';

const reduce = (state: ChatState, action: Action) => reduceRest(state, action, reduceConversation);
const screened = (text: string) => text as ScreenedText;
type Step = Action | ((state: ChatState) => Action | undefined);
const run = (state: ChatState, ...steps: readonly Step[]) =>
  steps.reduce((now, step) => {
    const action = typeof step === 'function' ? step(now) : step;
    return action ? reduce(now, action) : now;
  }, state);
const asked = (turnId: string, question = 'How?'): Action => ({
  type: 'asked',
  turnId,
  question: screened(question),
  atMs: nowMs,
});
const received =
  (event: ChatEvent, turnId = 't'): Step =>
  (state) =>
    heard(state, turnId, event);

/** The state after one question and these events. */
const after = (...events: readonly ChatEvent[]) =>
  run(initialState, asked('t'), ...events.map((event) => received(event)));
const turnAfter = (...events: readonly ChatEvent[]): Turn => after(...events).turns[0]!;
const answersAfter = (...events: readonly ChatEvent[]): readonly Answer[] => turnAfter(...events).answers;
const textsAfter = (...events: readonly ChatEvent[]) => answersAfter(...events).map(answerText);

const append = (text: string, part?: string): ChatEvent => ({
  type: 'text',
  op: 'append',
  text,
  ...(part !== undefined && {part}),
});
const replace = (text: string, part?: string): ChatEvent => ({
  type: 'text',
  op: 'replace',
  text,
  ...(part !== undefined && {part}),
});
const start = (messageId?: string, mode?: 'new' | 'replay' | 'continue'): ChatEvent => ({
  type: 'start',
  ...(messageId !== undefined && {messageId}),
  ...(mode && {mode}),
});
const source = (id: string, title = id): ChatEvent => ({type: 'source', source: {id, title}});
const finish: ChatEvent = {type: 'finish', reason: 'stop'};
const network = chatError('network');

const acceptance: Acceptance = {
  termsId: 'help',
  version: '3',
  textSha256: 'abc',
  locale: 'en',
  acceptedAt: '2026-11-20T12:00:00.000Z',
  purposes: {chat: true, analytics: false, device: true},
};
const form: TicketForm = {name: 'A', email: 'a@example.com', description: 'It broke.', attach: false, transcript: []};

/** One of each: a new type of event does not compile until it is here. */
const oneOfEach: {readonly [Type in ChatEvent['type']]: Extract<ChatEvent, {type: Type}>} = {
  start: {type: 'start', messageId: 'm9', conversationId: 'c9'},
  session: {type: 'session', state: {step: 9}},
  status: {type: 'status', state: 'active', text: 'Searching'},
  text: {type: 'text', op: 'append', text: 'late'},
  retract: {type: 'retract', reason: 'content_filter'},
  source: {type: 'source', source: {id: 's9', title: 'Late'}},
  cite: {type: 'cite', sourceId: 's9'},
  suggestions: {type: 'suggestions', items: [{text: 'Late?'}]},
  notice: {type: 'notice', level: 'info', text: 'Late.'},
  answerer: {type: 'answerer', kind: 'human', name: 'Eva'},
  handoff: {type: 'handoff'},
  data: {type: 'data', name: 'late', value: 1},
  error: {type: 'error', error: network},
  finish: {type: 'finish', reason: 'length', messageId: 'm9', rateable: false},
};

describe('a question that is asked', () => {
  it('waits for its answer and empties the composer', () => {
    const state = run({...initialState, draft: ' How? '}, asked('t'));
    expect(state.draft).to.equal('');
    expect(state.turns).to.deep.equal([
      {id: 't', question: 'How?', askedAtMs: nowMs, phase: 'waiting', answers: [], suggestions: [], handoff: false},
    ]);
  });

  it('leaves alone what is typed, when it is another text: a suggestion, or a question that waited', () => {
    expect(run({...initialState, draft: 'Half a thou'}, asked('t', 'A suggestion?')).draft).to.equal('Half a thou');
  });
});

describe('an answer that arrives', () => {
  it('is named by its start, which names the conversation too', () => {
    const state = after({type: 'start', messageId: 'm1', conversationId: 'c1'});
    expect(state.conversationId).to.equal('c1');
    expect(state.turns[0]!.answers).to.have.lengthOf(1);
    expect(state.turns[0]!.answers[0]).to.include({messageId: 'm1', rateable: true});
    expect(state.turns[0]!.phase).to.equal('waiting');
  });

  it('keeps the conversation when a start names none', () => {
    expect(after({type: 'start', conversationId: 'c1'}, start('m2')).conversationId).to.equal('c1');
  });

  it('streams from its first text', () => {
    expect(turnAfter(append('He'), append('llo')).phase).to.equal('streaming');
    expect(textsAfter(append('He'), append('llo'))).to.deep.equal(['Hello']);
  });

  it('may be replaced instead of appended', () => {
    expect(textsAfter(append('Helo'), replace('Hello'), append('!'))).to.deep.equal(['Hello!']);
  });

  it('keeps its parts apart, in order of arrival', () => {
    const [answer] = answersAfter(
      append('a', 'one'),
      append('b', 'two'),
      append('c', 'one'),
      replace('d', 'two'),
      replace('e', 'three'),
    );
    expect(answer!.parts).to.deep.equal([
      {id: 'one', text: 'ac'},
      {id: 'two', text: 'd'},
      {id: 'three', text: 'e'},
    ]);
    expect(answerText(answer!)).to.equal('ac\n\nd\n\ne');
  });

  it('tells what the backend does, the latest only, until it is over', () => {
    const [answer] = answersAfter(
      {type: 'status', state: 'active', text: 'Searching'},
      {type: 'status', id: 's', state: 'active', kind: 'tool', text: 'Reading', cursor: '4'},
    );
    expect(answer!.status).to.deep.equal({id: 's', state: 'active', kind: 'tool', text: 'Reading'});
    expect(answersAfter({type: 'status', state: 'active'}, finish)[0]).not.to.have.property('status');
  });

  it('takes a source with the same id in place of the first', () => {
    const [answer] = answersAfter(source('a', 'Old'), source('b'), source('a', 'New'));
    expect(answer!.sources).to.deep.equal([
      {id: 'a', title: 'New'},
      {id: 'b', title: 'b'},
    ]);
  });

  it('collects citations and notices', () => {
    const [answer] = answersAfter(
      {type: 'cite', sourceId: 'a', start: 1, end: 3, cursor: '1'},
      {type: 'cite', sourceId: 'b', marker: '[2]'},
      {type: 'notice', level: 'warning', text: 'Old version.', cursor: '3'},
    );
    expect(answer!.citations).to.deep.equal([
      {sourceId: 'a', start: 1, end: 3},
      {sourceId: 'b', marker: '[2]'},
    ]);
    expect(answer!.notices).to.deep.equal([{level: 'warning', text: 'Old version.'}]);
  });

  it('brings suggestions, the last list only, and the offer of a human', () => {
    const turn = turnAfter(
      {type: 'suggestions', items: [{text: 'A?'}]},
      {type: 'suggestions', items: [{text: 'B?'}]},
      {type: 'handoff'},
    );
    expect(turn.suggestions).to.deep.equal([{text: 'B?'}]);
    expect(turn.handoff).to.equal(true);
  });

  it('brings opaque state that is echoed later, and data that changes nothing seen', () => {
    expect(after({type: 'session', state: {step: 2}}).session).to.deep.equal({step: 2});
    expect(turnAfter({type: 'data', name: 'x', value: 1})).to.deep.equal(turnAfter());
  });

  it('remembers the last cursor, and does not forget it at an event without one', () => {
    expect(turnAfter({...append('a'), cursor: '7'}, append('b')).cursor).to.equal('7');
  });

  it('ignores a type of event that nobody here knows', () => {
    const before = after(append('Hel'));
    const unknown = {type: 'sparkle', cursor: '9', amount: 3} as unknown as ChatEvent;
    expect(run(before, received(unknown))).to.equal(before);
  });

  for (const [reason, phase] of [
    ['stop', 'done'],
    ['length', 'done'],
    ['content_filter', 'done'],
    ['no_source', 'done'],
    ['other', 'done'],
    ['cancelled', 'stopped'],
  ] as const) {
    it(`is ${phase} when it finishes with "${reason}"`, () => {
      expect(turnAfter(append('a'), {type: 'finish', reason})).to.include({phase, finish: reason});
    });
  }

  it('learns its id and whether it can be rated at the end', () => {
    expect(answersAfter(append('a'), {type: 'finish', reason: 'stop', messageId: 'm1', rateable: false})[0]).to.include(
      {messageId: 'm1', rateable: false},
    );
    expect(answersAfter(start('m1'), append('a'), finish)[0]).to.include({messageId: 'm1', rateable: true});
  });

  it('fails with its error and keeps what arrived', () => {
    expect(turnAfter(append('half'), {type: 'error', error: network})).to.deep.include({
      phase: 'failed',
      error: network,
    });
    expect(textsAfter(append('half'), {type: 'error', error: network})).to.deep.equal(['half']);
  });
});

describe('a closed turn', () => {
  const closed: readonly [string, ChatState][] = [
    ['finished', after(append('a'), finish)],
    ['failed', after(append('a'), {type: 'error', error: network})],
    ['stopped', run(after(append('a')), {type: 'stopped', turnId: 't'})],
  ];
  for (const [how, state] of closed) {
    for (const event of Object.values(oneOfEach)) {
      it(`that ${how} ignores a late ${event.type}`, () => expect(run(state, received(event))).to.equal(state));
    }

    it(`that ${how} ignores what was heard while it was open`, () => {
      const open = after(append('a'));
      for (const event of Object.values(oneOfEach))
        expect(run(state, heard(open, 't', event)!), event.type).to.equal(state);
    });
  }

  for (const event of Object.values(oneOfEach)) {
    it(`that was removed ignores a late ${event.type}`, () =>
      expect(run(initialState, received(event))).to.equal(initialState));
  }

  it('cannot be stopped afterwards', () => {
    const done = after(append('a'), finish);
    expect(run(done, {type: 'stopped', turnId: 't'})).to.equal(done);
  });
});

describe('several bubbles in one turn', () => {
  it('open with a further start', () => {
    expect(textsAfter(start('m1'), append('One.'), start('m2'), append('Two.'))).to.deep.equal(['One.', 'Two.']);
    expect(answersAfter(start('m1'), append('One.'), start('m2')).map(({messageId}) => messageId)).to.deep.equal([
      'm1',
      'm2',
    ]);
  });

  it('do not open after a bubble that says nothing yet', () => {
    expect(answersAfter(start('m1'), start('m2'))).to.have.lengthOf(1);
  });

  it('keep what was said before the first start', () => {
    const [answer, ...more] = answersAfter(
      {type: 'status', state: 'active', text: 'Searching'},
      {type: 'notice', level: 'info', text: 'Slow today.'},
      {type: 'answerer', kind: 'search'},
      start('m1'),
    );
    expect(more).to.deep.equal([]);
    expect(answer).to.deep.include({
      messageId: 'm1',
      notices: [{level: 'info', text: 'Slow today.'}],
      answerer: {kind: 'search'},
    });
    expect(answer!.status?.text).to.equal('Searching');
  });

  it('leave a withdrawn one in its place', () => {
    expect(
      answersAfter(
        start('m1'),
        append('Bad.'),
        {type: 'retract', reason: 'content_filter'},
        start('m2'),
        append('Good.'),
      ).map(({retracted}) => retracted),
    ).to.deep.equal(['content_filter', undefined]);
  });

  it('are gone on with by "continue"', () => {
    expect(textsAfter(start('m1'), append('Half '), start('m1', 'continue'), append('and half.'))).to.deep.equal([
      'Half and half.',
    ]);
  });

  it('begin by "continue" where there is none', () => {
    expect(textsAfter(start('m1', 'continue'), append('a'))).to.deep.equal(['a']);
  });

  it('start over by "replay"', () => {
    expect(textsAfter(start('m1'), append('Half'), source('a'), start('m1', 'replay'), append('Whole.'))).to.deep.equal(
      ['Whole.'],
    );
    expect(answersAfter(start('m1'), append('Half'), source('a'), start('m1', 'replay'))[0]!.sources).to.deep.equal([]);
  });

  it('start over from the bubble that the replay names', () => {
    const events = [start('m1'), append('One.'), start('m2'), append('Tw')];
    expect(textsAfter(...events, start('m1', 'replay'), append('One.'), start('m2'), append('Two.'))).to.deep.equal([
      'One.',
      'Two.',
    ]);
    expect(textsAfter(...events, start('m2', 'replay'), append('Two.'))).to.deep.equal(['One.', 'Two.']);
    expect(textsAfter(...events, start(undefined, 'replay'), append('Two.'))).to.deep.equal(['One.', 'Two.']);
  });
});

describe('what is withdrawn from an answer', () => {
  const said = [append('a', 'one'), append('b', 'two'), source('s')];
  for (const [reason, part, texts, sources, retracted] of [
    ['regenerated', undefined, [''], 0, undefined],
    ['content_filter', undefined, [''], 0, 'content_filter'],
    ['empty', undefined, [''], 0, 'empty'],
    ['regenerated', 'one', ['b'], 1, undefined],
    ['content_filter', 'one', ['b'], 1, 'content_filter'],
    ['empty', 'one', ['b'], 1, 'empty'],
    ['content_filter', 'unknown', ['a\n\nb'], 1, 'content_filter'],
  ] as const) {
    it(`goes: ${part === undefined ? 'all' : `part "${part}"`}, ${reason}`, () => {
      const events = [...said, {type: 'retract', reason, ...(part !== undefined && {part})} as const];
      const [answer] = answersAfter(...events);
      expect(textsAfter(...events)).to.deep.equal(texts);
      expect(answer!.sources).to.have.lengthOf(sources);
      expect(answer!.retracted).to.equal(retracted);
    });
  }

  it('is no longer marked as withdrawn when new text comes', () => {
    const [answer] = answersAfter(append('a'), {type: 'retract', reason: 'empty'}, append('b'));
    expect(answer).not.to.have.property('retracted');
    expect(answerText(answer!)).to.equal('b');
  });
});

describe('who answers', () => {
  const human: ChatEvent = {type: 'answerer', kind: 'human', name: 'Eva'};

  it('is what the config says until an event says otherwise', () => {
    const state = run(
      initialState,
      {type: 'configured', config: {...config, answerer: {kind: 'search'}}},
      asked('t'),
      received(append('a')),
    );
    expect(state.answerer).to.deep.equal({kind: 'search'});
    expect(state.turns[0]!.answers[0]!.answerer).to.deep.equal({kind: 'search'});
  });

  it('changes for the answer that begins, and for the ones after it', () => {
    const state = run(after(start('m1'), human, append('Hello.'), finish), asked('t2'), received(append('x'), 't2'));
    expect(state.answerer).to.deep.equal({kind: 'human', name: 'Eva'});
    expect(state.turns.map(({answers}) => answers[0]!.answerer.kind)).to.deep.equal(['human', 'human']);
  });

  it('does not take the mark from what an AI has written', () => {
    const answers = answersAfter(start('m1'), append('By the AI.'), human, start('m2'), append('By Eva.'));
    expect(answers.map(({answerer}) => answerer.kind)).to.deep.equal(['ai', 'human']);
  });
});

describe('a question that comes back', () => {
  it('is a draft again', () => {
    const state = run(after(), {type: 'returned', turnId: 't', keep: false});
    expect(state).to.deep.include({turns: [], draft: 'How?'});
  });

  it('stands before what has been typed since', () => {
    expect(
      run(after(), {type: 'drafted', text: 'And why?'}, {type: 'returned', turnId: 't', keep: false}).draft,
    ).to.equal('How?\n\nAnd why?');
  });

  it('waits for the gate, and leaves what has been typed since alone', () => {
    const state = run(after(), {type: 'drafted', text: 'And why?'}, {type: 'returned', turnId: 't', keep: true});
    expect(state).to.deep.include({turns: [], kept: 'How?', draft: 'And why?'});
    expect(run(state, {type: 'kept-sent'})).not.to.have.property('kept');
  });

  it('that waited is a draft again when the gate closes, before what has been typed since', () => {
    const waiting = run(after(), {type: 'returned', turnId: 't', keep: true});
    const declined = run({...waiting, gate: {phase: 'loading'}}, {type: 'gate', event: {type: 'closed'}});
    expect(declined.draft).to.equal('How?');
    expect(declined).not.to.have.property('kept');
    expect(
      run({...waiting, draft: 'And why?', gate: {phase: 'loading'}}, {type: 'gate', event: {type: 'closed'}}).draft,
    ).to.equal('How?\n\nAnd why?');
  });

  it('comes back once', () => {
    const back = run(after(), {type: 'returned', turnId: 't', keep: false});
    expect(run(back, {type: 'returned', turnId: 't', keep: false})).to.equal(back);
    expect(run(back, {type: 'kept-sent'})).to.equal(back);
  });
});

describe('a turn that is tried again', () => {
  const failed = after(
    {...append('half'), cursor: '3'},
    {type: 'suggestions', items: [{text: 'B?'}]},
    {type: 'error', error: network},
  );
  const retried = run(failed, {type: 'retried', turnId: 't'});

  it('waits again, without its error and its cursor', () => {
    expect(retried.turns[0]).to.include({id: 't', question: 'How?', askedAtMs: nowMs, phase: 'waiting'});
    expect(retried.turns[0]).to.have.property('suggestions').that.deep.equals([]);
    for (const gone of ['error', 'cursor', 'finish']) expect(retried.turns[0]).not.to.have.property(gone);
  });

  it('keeps the half answer until the new one begins', () => {
    expect(answerText(retried.turns[0]!.answers[0]!)).to.equal('half');
    expect(run(retried, received(append('new'))).turns[0]!.answers.map(answerText)).to.deep.equal(['new']);
    expect(
      run(retried, received(start('m2')), received(append('new'))).turns[0]!.answers.map(answerText),
    ).to.deep.equal(['new']);
  });

  it('keeps the half answer when it fails again, or is stopped', () => {
    for (const [action, phase] of [
      [received({type: 'error', error: network}), 'failed'],
      [{type: 'stopped', turnId: 't'}, 'stopped'],
    ] as const) {
      const [turn] = run(retried, action).turns;
      expect(turn!.phase).to.equal(phase);
      expect(turn!.answers.map(answerText)).to.deep.equal(['half']);
    }
  });
});

describe('a ticket form', () => {
  const editing = run(initialState, {type: 'ticket-opened', form, key: 'k1'});
  const sending = run(editing, {type: 'ticket-sending'});
  const created = run(sending, {type: 'ticket-created', key: 'k1', receipt: {id: 'T-1'}});

  it('is edited field by field', () => {
    expect(run(editing, {type: 'ticket-edited', change: {name: 'B'}}).ticket).to.deep.equal({
      phase: 'editing',
      key: 'k1',
      form: {...form, name: 'B'},
    });
  });

  it('takes no changes while it is on its way', () => {
    expect(sending.ticket).to.deep.equal({phase: 'sending', key: 'k1', form});
    for (const action of [
      {type: 'ticket-edited', change: {name: 'B'}},
      {type: 'ticket-closed'},
      {type: 'ticket-sending'},
    ] as const) {
      expect(run(sending, action)).to.equal(sending);
    }
  });

  it('is open again when it failed, and forgets the failure at the next try', () => {
    const failed = run(sending, {type: 'ticket-failed', key: 'k1', error: network});
    expect(failed.ticket).to.deep.equal({phase: 'editing', key: 'k1', form, error: network});
    expect(run(failed, {type: 'ticket-sending'}).ticket).to.deep.equal({phase: 'sending', key: 'k1', form});
  });

  it('is open again, without a failure, when the guard stopped it', () => {
    expect(run(sending, {type: 'ticket-returned', key: 'k1'}).ticket).to.deep.equal({
      phase: 'editing',
      key: 'k1',
      form,
    });
  });

  it('is kept with its key when it is closed', () => {
    expect(run(editing, {type: 'ticket-closed'}).ticket).to.deep.equal({phase: 'closed', key: 'k1', form});
  });

  it('gives way to the receipt, and the receipt to nothing', () => {
    expect(created.ticket).to.deep.equal({phase: 'created', receipt: {id: 'T-1'}});
    expect(run(created, {type: 'ticket-closed'}).ticket).to.deep.equal({phase: 'closed'});
  });

  it('ignores what became of another ticket', () => {
    const late: readonly Action[] = [
      {type: 'ticket-created', key: 'k0', receipt: {id: 'T-0'}},
      {type: 'ticket-failed', key: 'k0', error: network},
      {type: 'ticket-returned', key: 'k0'},
    ];
    for (const action of late) {
      expect(run(sending, action)).to.equal(sending);
      expect(run(editing, action)).to.equal(editing);
      expect(run(initialState, action)).to.equal(initialState);
    }
  });
});

describe('a rating', () => {
  it('belongs to one bubble', () => {
    const rating = {score: 4, phase: 'saved'} as const;
    const state = run(after(start('m1'), append('One.'), start('m2'), append('Two.'), finish), {
      type: 'rated',
      turnId: 't',
      answer: 1,
      rating,
    });
    expect(state.turns[0]!.answers.map((answer) => answer.rating)).to.deep.equal([undefined, rating]);
  });

  it('of an answer that is gone changes nothing', () => {
    expect(run(initialState, {type: 'rated', turnId: 't', answer: 0, rating: {score: 4, phase: 'saved'}})).to.equal(
      initialState,
    );
  });
});

describe('a new conversation', () => {
  const talked: ChatState = {
    ...run(
      {
        ...after(
          {type: 'start', conversationId: 'c1'},
          {type: 'session', state: 1},
          oneOfEach.answerer,
          append('a'),
          finish,
        ),
        acceptance,
      },
      {type: 'configured', config},
    ),
    gate: {phase: 'open', acceptance},
    draft: 'Half',
    kept: screened('K'),
    ticket: {phase: 'closed', form, key: 'k1'},
  };
  const cleared = run(talked, {type: 'cleared'});

  it('forgets what was said and typed', () => {
    expect(cleared).to.deep.include({turns: [], draft: '', ticket: {phase: 'closed'}, answerer: {kind: 'ai'}});
    for (const gone of ['conversationId', 'session', 'kept']) expect(cleared).not.to.have.property(gone);
  });

  it('keeps the acceptance and the config', () => {
    expect(cleared).to.deep.include({acceptance, config, gate: {phase: 'open', acceptance}});
  });

  it('still gets the number of a ticket that is on its way', () => {
    const sending = run(talked, {type: 'ticket-opened', form, key: 'k1'}, {type: 'ticket-sending'}, {type: 'cleared'});
    expect(run(sending, {type: 'ticket-created', key: 'k1', receipt: {id: 'T-1'}}).ticket).to.deep.equal({
      phase: 'created',
      receipt: {id: 'T-1'},
    });
  });

  it('is nothing like taking the acceptance back: then all is gone', () => {
    expect(run(talked, {type: 'withdrawn'})).to.deep.equal(initialState);
  });

  it('taken back does not lift a suspension, nor switch the chat on', () => {
    for (const gate of [{phase: 'suspended'}, {phase: 'disabled'}] as const) {
      expect(run({...talked, gate}, {type: 'withdrawn'})).to.deep.equal({...initialState, gate});
    }
  });
});

describe('the gate in the state', () => {
  it('leaves its acceptance behind when it opens', () => {
    const state = run(
      {...initialState, gate: {phase: 'loading'}},
      {type: 'gate', event: {type: 'accepted', acceptance}},
    );
    expect(state).to.deep.include({acceptance, gate: {phase: 'open', acceptance}});
  });

  it('changes nothing at an event that means nothing', () => {
    expect(run(initialState, {type: 'gate', event: {type: 'accepted', acceptance}})).to.equal(initialState);
  });
});

describe('a draft', () => {
  it('is kept as typed', () => expect(run(initialState, {type: 'drafted', text: ' a '}).draft).to.equal(' a '));

  it('that is the same changes nothing', () => {
    const state = run(initialState, {type: 'drafted', text: 'a'});
    expect(run(state, {type: 'drafted', text: 'a'})).to.equal(state);
  });
});
