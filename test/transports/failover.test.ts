import {expect} from '@open-wc/testing';

import {chatError, ChatFailure, type ChatError, type ErrorCode} from '../../src/core/errors.js';
import type {ChatEvent} from '../../src/core/events.js';
import type {CallOptions, ChatRequest, ChatTransport, MessageRef, Rating, ResumeRef} from '../../src/core/transport.js';
import {compose, failover, type FailoverOptions} from '../../src/transports/index.js';
import {request, screened} from './http-setup.js';
import {manualClock, settled} from './manual-clock.js';

const text = (words: string, cursor?: string): ChatEvent => ({
  type: 'text',
  op: 'append',
  text: words,
  ...(cursor !== undefined && {cursor}),
});
const finish: ChatEvent = {type: 'finish', reason: 'stop'};
const error = (code: ErrorCode, more: Partial<Omit<ChatError, 'code'>> = {}): ChatEvent => ({
  type: 'error',
  error: chatError(code, more),
});
const ai: ChatEvent = {type: 'answerer', kind: 'ai'};
const search: ChatEvent = {type: 'answerer', kind: 'search'};
const notice: ChatEvent = {type: 'notice', level: 'info', text: 'Backup'};

const call = (signal = new AbortController().signal): CallOptions => ({signal, locale: 'en'});

/** A backend that answers with one list of events after another; what it is asked is kept. */
function backend(id: string, answers: readonly (readonly ChatEvent[])[], more: Partial<ChatTransport> = {}) {
  const asked: ChatRequest[] = [];
  const resumed: ResumeRef[] = [];
  const stopped: MessageRef[] = [];
  const transport: ChatTransport = {
    id,
    async *send(request) {
      asked.push(request);
      yield* answers[asked.length - 1] ?? [];
    },
    async *resume(ref) {
      resumed.push(ref);
      yield* answers[asked.length + resumed.length - 1] ?? [];
    },
    async stop(ref) {
      stopped.push(ref);
    },
    ...more,
  };
  return {transport, asked, resumed, stopped};
}

function setUp(
  mainAnswers: readonly (readonly ChatEvent[])[],
  reserveAnswers: readonly (readonly ChatEvent[])[],
  options: FailoverOptions = {},
) {
  const clock = manualClock();
  const main = backend('ai', mainAnswers);
  const reserve = backend('search', reserveAnswers);
  const joined = failover(
    main.transport,
    reserve.transport,
    {answerers: {reserve: {kind: 'search'}}, notice: () => 'Backup', ...options},
    clock,
  );
  return {clock, main, reserve, joined};
}

async function collect(events: AsyncIterable<ChatEvent>) {
  const all: ChatEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}
const ask = (transport: ChatTransport, more: Partial<ChatRequest> = {}) =>
  collect(transport.send({...request, ...more}, call()));

describe('failover', () => {
  it('asks the reserve nothing while the main backend answers', async () => {
    const {joined, reserve, clock} = setUp([[text('Hi'), finish]], []);
    expect(await ask(joined)).to.deep.equal([text('Hi'), finish]);
    expect(reserve.asked).to.have.length(0);
    expect(clock.pending).to.equal(0);
  });

  for (const code of ['network', 'timeout', 'unavailable', 'server', 'interrupted'] as const) {
    it(`has the reserve answer when the main backend is down: ${code}`, async () => {
      const {joined, main, reserve, clock} = setUp([[error(code)]], [[text('Found'), finish]]);
      expect(await ask(joined)).to.deep.equal([search, notice, text('Found'), finish]);
      expect(reserve.asked[0]).to.deep.equal(main.asked[0]);
      expect(clock.pending).to.equal(0);
    });
  }

  it('counts a stream that ends before anything was said as down', async () => {
    const {joined} = setUp([[{type: 'start', messageId: 'm1', cursor: '1'}]], [[text('Found'), finish]]);
    expect(await ask(joined)).to.deep.equal([search, notice, text('Found'), finish]);
  });

  for (const [what, refusal] of [
    ['400', error('invalid_request')],
    ['401', error('auth_required')],
    ['404', error('unavailable', {status: 404})],
    ['408', error('timeout', {status: 408})],
    ['409', error('consent_required')],
    ['429', error('rate_limited')],
  ] as const) {
    it(`leaves a refusal what it is: ${what}`, async () => {
      const {joined, reserve} = setUp([[refusal]], []);
      expect(await ask(joined)).to.deep.equal([refusal]);
      expect(reserve.asked).to.have.length(0);
    });
  }

  for (const shown of [
    text('H'),
    {type: 'source', source: {id: 's', title: 'S'}},
    {type: 'notice', level: 'info', text: 'Note'},
    {type: 'retract', reason: 'empty'},
  ] as const satisfies readonly ChatEvent[]) {
    it(`never changes backend once something was shown: ${shown.type}`, async () => {
      const {joined, reserve} = setUp([[shown, error('network')]], []);
      expect(await ask(joined)).to.deep.equal([shown, error('network')]);
      expect(reserve.asked).to.have.length(0);
    });
  }

  it('shows at once what the main backend is doing, and still changes when that comes to nothing', async () => {
    const working: ChatEvent = {type: 'status', state: 'active', kind: 'search'};
    const {joined} = setUp([[working, error('server')]], [[text('Found'), finish]]);
    expect(await ask(joined)).to.deep.equal([working, search, notice, text('Found'), finish]);
  });

  it('lets the reserve say itself who answers, after what is said of it', async () => {
    const {joined} = setUp(
      [[error('network')]],
      [[{type: 'answerer', kind: 'human', name: 'Eva'}, text('Hi'), finish]],
    );
    expect((await ask(joined)).slice(0, 3)).to.deep.equal([
      search,
      notice,
      {type: 'answerer', kind: 'human', name: 'Eva'},
    ]);
  });

  it('calls an unknown reserve an AI, and says so in the language of the person', async () => {
    const joined = failover(
      backend('a', [[error('network')]]).transport,
      backend('b', [[text('Hej'), finish]]).transport,
    );
    const [first, second] = await collect(joined.send(request, {...call(), locale: 'sv-SE'}));
    expect(first).to.deep.equal(ai);
    expect((second as {text: string}).text).to.contain('reservtjänst');
  });

  it('leaves the main backend alone for a while, without a timer, and then says that it answers again', async () => {
    const {joined, main, clock} = setUp(
      [[error('network')], [text('Back'), finish], [text('Still'), finish]],
      [
        [text('1'), finish],
        [text('2'), finish],
      ],
    );
    await ask(joined);
    await clock.pass(29_000);
    // The notice is said once; who answers, each time, since a new conversation begins with what the config says.
    expect(await ask(joined)).to.deep.equal([search, text('2'), finish]);
    expect(main.asked).to.have.length(1);
    expect(clock.pending).to.equal(0);
    await clock.pass(1_000);
    expect(await ask(joined)).to.deep.equal([ai, text('Back'), finish]);
    expect(await ask(joined)).to.deep.equal([text('Still'), finish]);
  });

  it('gives the main backend the time it asked for, but not for ever', async () => {
    const {joined, main, clock} = setUp(
      [[error('unavailable', {retryAfterMs: 86_400_000})], [text('Back'), finish]],
      [[text('1'), finish]],
    );
    await ask(joined);
    await clock.pass(300_000);
    await ask(joined);
    expect(main.asked).to.have.length(2);
  });

  it('begins with the main backend again when both are down, and says why', async () => {
    const {joined, main} = setUp([[error('network')], [text('Back'), finish]], [[error('timeout')]]);
    expect(await ask(joined)).to.deep.equal([error('timeout')]);
    expect(await ask(joined)).to.deep.equal([text('Back'), finish]);
    expect(main.asked).to.have.length(2);
  });

  it('asks nobody else after the person has left', async () => {
    const abort = new AbortController();
    const reserve = backend('b', []);
    const main: ChatTransport = {
      id: 'a',
      async *send(_request, {signal}) {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        yield error('network');
      },
    };
    const reading = collect(failover(main, reserve.transport).send(request, call(abort.signal)));
    await settled();
    abort.abort();
    expect(await reading).to.deep.equal([]);
    expect(reserve.asked).to.have.length(0);
  });

  it('ends the call under way when the reader leaves the loop', async () => {
    let signal: AbortSignal | undefined;
    const main: ChatTransport = {
      id: 'a',
      async *send(_request, options) {
        signal = options.signal;
        yield text('Hi');
        await new Promise(() => {});
      },
    };
    for await (const _ of failover(main, backend('b', []).transport).send(request, call())) break;
    expect(signal?.aborted).to.equal(true);
  });

  it('gives each backend its own conversation and session back, also after a reload', async () => {
    const mainStart: ChatEvent = {type: 'start', messageId: 'm1', conversationId: 'c-main'};
    const reserveStart: ChatEvent = {type: 'start', messageId: 'r1', conversationId: 'c-reserve'};
    const first = setUp(
      [[mainStart, {type: 'session', state: 'S'}, text('1'), finish], [error('network')]],
      [[reserveStart, text('2'), finish]],
    );
    const kept: {session?: unknown; conversationId?: string} = {};
    for (let turn = 0; turn < 2; turn++) {
      for (const event of await ask(first.joined, {...kept})) {
        if (event.type === 'session') kept.session = event.state;
        if (event.type === 'start' && event.conversationId) kept.conversationId = event.conversationId;
      }
    }
    const restored = JSON.parse(JSON.stringify(kept)) as typeof kept;
    const second = setUp([[error('network')]], [[text('3'), finish]]);
    await ask(second.joined, restored);
    expect(second.main.asked[0]).to.include({conversationId: 'c-main', session: 'S'});
    expect(second.reserve.asked[0]).to.include({conversationId: 'c-reserve'});
    expect(second.reserve.asked[0]).not.to.have.property('session');
  });

  it('takes a conversation from before there was a reserve for the main backend’s', async () => {
    const {joined, main, reserve} = setUp([[error('network')]], [[text('1'), finish]]);
    await ask(joined, {conversationId: 'c', session: {turn: 3}});
    expect(main.asked[0]).to.deep.include({conversationId: 'c', session: {turn: 3}});
    expect(reserve.asked[0]).not.to.have.any.keys('conversationId', 'session');
  });

  it('resumes an answer where it came from, also after a reload', async () => {
    const {joined} = setUp([[error('network')]], [[text('Half', '7')]]);
    const half = await ask(joined);
    expect(half.at(-1)?.cursor).to.equal('reserve:7');
    const after = setUp([], [[text(' and whole', '8'), finish]]);
    const events = await collect(after.joined.resume!({messageId: 'r1', cursor: half.at(-1)!.cursor!}, call()));
    expect(events).to.deep.equal([search, text(' and whole', 'reserve:8'), finish]);
    expect(after.reserve.resumed).to.deep.equal([{messageId: 'r1', cursor: '7'}]);
    expect(after.main.resumed).to.have.length(0);
  });

  it('asks both for an answer of which nothing had come, and is silent when neither has it', async () => {
    const {joined, main, reserve} = setUp([[]], [[text('Here'), finish], []]);
    expect(await collect(joined.resume!({messageId: 'q1'}, call()))).to.deep.equal([search, text('Here'), finish]);
    expect([main.resumed.length, reserve.resumed.length]).to.deep.equal([1, 1]);
    expect(await collect(joined.resume!({messageId: 'q2'}, call()))).to.deep.equal([]);
  });

  it('stops and rates the answer where it came from', async () => {
    const rated: string[] = [];
    const rate = (id: string) => async (rating: Rating) => {
      rated.push(`${id} ${JSON.stringify(rating.target)}`);
    };
    const main = backend('ai', [[{type: 'start', messageId: 'm1'}, text('1'), finish], [error('network')]], {
      rate: rate('main'),
    });
    const reserve = backend('search', [[{type: 'start', messageId: 'r1'}, text('2'), finish]], {rate: rate('reserve')});
    const joined = failover(main.transport, reserve.transport);
    await ask(joined);
    await ask(joined);
    for (const messageId of ['m1', 'r1']) {
      await joined.stop!({messageId}, call());
      await joined.rate!({target: {messageId}, score: 5}, call());
    }
    expect(main.stopped).to.deep.equal([{messageId: 'm1'}]);
    expect(reserve.stopped).to.deep.equal([{messageId: 'r1'}]);
    expect(rated).to.deep.equal(['main {"messageId":"m1"}', 'reserve {"messageId":"r1"}']);
  });

  it('deletes the conversation of both under one id', async () => {
    const deleted: string[] = [];
    const keeps = (id: string) => ({
      deleteConversation: async (conversationId: string) => {
        deleted.push(`${id} ${conversationId}`);
      },
    });
    const start = (conversationId: string): ChatEvent => ({type: 'start', conversationId});
    const main = backend('ai', [[start('c-main'), text('1'), finish], [error('network')]], keeps('main'));
    const reserve = backend('search', [[start('c-reserve'), text('2'), finish]], keeps('reserve'));
    const joined = failover(main.transport, reserve.transport);
    const first = await ask(joined);
    const session = first.find((event) => event.type === 'session')!.state;
    const second = await ask(joined, {conversationId: 'c-main', session});
    const id = second.find((event) => event.type === 'start')!.conversationId!;
    // After a reload there is nothing but the id.
    await failover(main.transport, reserve.transport).deleteConversation!(id, call());
    expect(deleted).to.deep.equal(['main c-main', 'reserve c-reserve']);
  });

  it('invents no capability, and leaves services to what is joined around it', async () => {
    const bare = (id: string): ChatTransport => ({id, async *send() {}});
    expect(Object.keys(failover(bare('a'), bare('b'))).sort()).to.deep.equal(['dispose', 'id', 'send']);
    const joined = compose(failover(bare('a'), bare('b')), {rate: async () => {}});
    expect(Object.keys(joined).sort()).to.deep.equal(['dispose', 'id', 'rate', 'send']);
  });

  it('has what the person wrote go to nobody but the two', async () => {
    const {joined, main, reserve} = setUp([[error('network')]], [[text('1'), finish]]);
    const events = await ask(joined, {text: screened('Hemlig fråga')});
    expect(JSON.stringify(events)).not.to.contain('Hemlig');
    expect([main.asked.length, reserve.asked.length]).to.deep.equal([1, 1]);
  });

  it('takes a thrown error for what it says', async () => {
    const main: ChatTransport = {
      id: 'a',
      async *send() {
        throw new ChatFailure(chatError('network'));
      },
    };
    const events = await collect(failover(main, backend('b', [[text('1'), finish]]).transport).send(request, call()));
    expect(events.at(-2)).to.deep.equal(text('1'));
  });
});
