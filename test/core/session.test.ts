import {expect} from '@open-wc/testing';

import {chatError} from '../../src/core/errors.js';
import type {ChatEvent} from '../../src/core/events.js';
import type {RemoteConfig} from '../../src/core/transport.js';
import {settled} from '../support/manual-transport.js';
import {answeredChat, chatAtTerms, closedChat, config, finish, nowMs, openChat, terms, text} from './chat-setup.js';

const half = text('Hel');
const refusal = (code: Parameters<typeof chatError>[0]): ChatEvent => ({type: 'error', error: chatError(code)});

describe('a question', () => {
  it('is sent with what the backend needs to know', async () => {
    const {chat, server, ask} = await openChat({context: () => ({page: '/salary'}), locale: () => 'sv'});
    chat.draft(' How? ');
    const {stream} = await ask(' How? ');
    expect(stream.argument).to.deep.equal({
      text: 'How?',
      clientMessageId: 'id-1',
      history: [],
      trigger: 'user',
      context: {page: '/salary'},
    });
    expect(stream.options).to.include({locale: 'sv', receiptId: 'receipt-1'});
    expect(chat.store.get().draft).to.equal('');
    expect(server.made).to.deep.equal(['config', 'accept', 'send']);
  });

  it('resolves when its answer is over, however it ends', async () => {
    const {ask, turns} = await openChat();
    const {stream, over, outcome} = await ask('How?');
    await stream.emit(half);
    expect(outcome()).to.equal(undefined);
    await stream.emit(refusal('server'));
    expect(await over).to.deep.equal({asked: true, turnId: 'id-1'});
    expect(turns()[0]).to.deep.include({phase: 'failed', error: chatError('server'), askedAtMs: nowMs});
  });

  it('carries on the conversation', async () => {
    const {ask} = await openChat();
    const first = await ask('One?');
    await first.stream.emit(
      {type: 'start', conversationId: 'c1'},
      {type: 'session', state: {step: 2}},
      text('First.'),
      finish,
    );
    await first.over;
    const second = await ask('Two?', {trigger: 'suggestion'});
    expect(second.stream.argument).to.deep.include({
      conversationId: 'c1',
      session: {step: 2},
      trigger: 'suggestion',
      history: [
        {role: 'user', text: 'One?'},
        {role: 'assistant', text: 'First.'},
      ],
    });
  });

  it('takes the last twenty answered questions along, and none that was not answered', async () => {
    const {chat, ask} = await openChat();
    for (let n = 1; n <= 22; n++) {
      const {stream, over} = await ask(`Question ${n}?`);
      await (n === 21 ? stream.emit(refusal('server')) : stream.emit(text(`Answer ${n}.`), finish));
      await over;
    }
    const {stream} = await ask('And?');
    const {history} = stream.argument;
    expect(history).to.have.lengthOf(40);
    expect(history[0]).to.deep.equal({role: 'user', text: 'Question 2?'});
    expect(history.at(-1)).to.deep.equal({role: 'assistant', text: 'Answer 22.'});
    chat.stop();
  });

  it('asked twice by two Enters is one turn', async () => {
    const {chat, server, turns, ask} = await openChat();
    const [{stream, over}, second] = await Promise.all([ask('How?'), chat.ask('How?')]);
    await stream.emit(finish);
    await over;
    expect(second).to.deep.equal({asked: false, reason: 'busy'});
    expect(turns()).to.have.lengthOf(1);
    expect(server.made.filter((method) => method === 'send')).to.have.lengthOf(1);
  });

  it('asked twice while the guard still loads is one turn', async () => {
    const loads: (() => void)[] = [];
    const {chat, server, turns} = await openChat({prepare: () => new Promise((resolve) => loads.push(resolve))});
    const first = chat.ask('How?');
    const second = chat.ask('How?');
    await settled();
    expect(turns()).to.deep.equal([]);
    for (const load of loads) load();
    const stream = await server.next('send');
    expect(await second).to.deep.equal({asked: false, reason: 'busy'});
    await stream.emit(finish);
    expect(await first).to.include({asked: true});
    expect(turns()).to.have.lengthOf(1);
  });

  for (const [what, question, reason] of [
    ['empty', '', 'empty'],
    ['only space', ' \n\t ', 'empty'],
    ['longer than the backend takes', 'x'.repeat(101), 'too-long'],
  ] as const) {
    it(`is not sent when it is ${what}`, async () => {
      const {chat, server, turns} = await openChat({}, {...config, limits: {questionChars: 100}});
      expect(await chat.ask(question)).to.deep.equal({asked: false, reason});
      expect(turns()).to.deep.equal([]);
      expect(server.made).not.to.include('send');
    });
  }

  it('is measured without the space around it', async () => {
    const {ask} = await openChat({}, {...config, limits: {questionChars: 100}});
    expect((await ask(`  ${'x'.repeat(100)}  `)).stream.argument.text).to.have.lengthOf(100);
  });

  it('may be 4000 characters long where the backend says nothing', async () => {
    const {chat} = await openChat();
    expect(chat.limit('questionChars')).to.equal(4000);
    expect(await chat.ask('x'.repeat(10_000))).to.deep.equal({asked: false, reason: 'too-long'});
  });

  it('is not sent before the gate is open', async () => {
    for (const it of [closedChat(), await chatAtTerms()]) {
      it.chat.draft('How?');
      expect(await it.chat.ask('How?')).to.deep.equal({asked: false, reason: 'closed'});
      expect(it.server.made).not.to.include('send');
      expect(it.state().draft).to.equal('How?');
    }
  });

  const closings: readonly [string, (it: Awaited<ReturnType<typeof openChat>>) => void][] = [
    ['the chat is switched off', ({chat}) => chat.switch(false)],
    ['the acceptance is taken back', ({chat}) => void chat.withdraw()],
    ['the chat is disposed of', ({chat}) => chat.dispose()],
  ];
  for (const [what, close] of closings) {
    it(`is not sent when ${what} while the guard loads`, async () => {
      let loaded = () => {};
      const it = await openChat({prepare: () => new Promise((resolve) => (loaded = resolve))});
      const asking = it.chat.ask('How?');
      close(it);
      loaded();
      expect(await asking).to.deep.equal({asked: false, reason: 'closed'});
      expect(it.server.made).not.to.include('send');
    });
  }

  it('of an earlier acceptance is not sent under the next one', async () => {
    let loaded = () => {};
    const {chat, server} = await openChat({prepare: () => new Promise((resolve) => (loaded = resolve))});
    const asking = chat.ask('How?');
    void chat.withdraw();
    void chat.open();
    await (await server.next('config')).answer(config);
    void chat.accept();
    await (await server.next('accept')).answer({receiptId: 'receipt-2'});
    expect(chat.store.get().gate.phase).to.equal('open');
    loaded();
    expect(await asking).to.deep.equal({asked: false, reason: 'closed'});
  });

  it('fails with a sentence when the transport throws instead of yielding', async () => {
    const {chat, server, turns} = await openChat();
    server.transport.send = () => {
      throw new Error('not a stream');
    };
    expect(await chat.ask('How?')).to.include({asked: true});
    expect(turns()[0]).to.deep.include({phase: 'failed', error: chatError('protocol')});
  });

  it('fails with a sentence when the host’s word on the page throws', async () => {
    const {chat, turns} = await openChat({
      context: () => {
        throw new Error('no product');
      },
    });
    expect(await chat.ask('How?')).to.include({asked: true});
    expect(turns()[0]).to.deep.include({phase: 'failed', error: chatError('protocol')});
  });
});

describe('an answer', () => {
  it('that is stopped closes at once, and late text is ignored', async () => {
    const {chat, ask, turns, answers} = await openChat();
    const {stream, over} = await ask('How?');
    await stream.emit(half);
    chat.stop();
    expect(turns()[0]!.phase).to.equal('stopped');
    expect(stream.options.signal.aborted).to.equal(true);
    await stream.emit(text('lo'));
    await over;
    expect(answers()).to.deep.equal(['Hel']);
    expect(stream.isDropped).to.equal(true);
  });

  it('that is stopped is stopped at the backend too, by the name it gave or else by ours', async () => {
    const {chat, server, ask} = await openChat();
    const first = await ask('One?');
    chat.stop();
    expect((await server.next('stop')).argument).to.deep.equal({messageId: 'id-1'});
    await first.stream.close();
    const second = await ask('Two?');
    await second.stream.emit({type: 'start', messageId: 'm2', conversationId: 'c1'});
    chat.stop();
    expect((await server.next('stop')).argument).to.deep.equal({messageId: 'm2', conversationId: 'c1'});
  });

  it('stays stopped when the backend cannot be told', async () => {
    const {chat, server, ask, turns} = await openChat();
    await ask('How?');
    chat.stop();
    await (await server.next('stop')).refuse('network');
    expect(turns()[0]!.phase).to.equal('stopped');
  });

  it('can be stopped a second time too', async () => {
    const {chat, ask, turns} = await openChat();
    for (const question of ['One?', 'Two?']) {
      const {stream} = await ask(question);
      await stream.emit(half);
      chat.stop();
    }
    expect(turns().map(({phase}) => phase)).to.deep.equal(['stopped', 'stopped']);
  });

  it('is not disturbed by what a stopped one still says', async () => {
    const {chat, ask, turns, answers} = await openChat();
    const first = await ask('One?');
    chat.stop();
    const second = await ask('Two?');
    await first.stream.emit(text('late'), refusal('server'));
    await first.over;
    expect(second.stream.options.signal.aborted).to.equal(false);
    await second.stream.emit(text('Two.'), finish);
    await second.over;
    expect(turns().map(({phase}) => phase)).to.deep.equal(['stopped', 'done']);
    expect(answers()).to.deep.equal([]);
  });

  it('can be stopped before it has been sent for', async () => {
    const {chat, server, turns} = await openChat();
    const unfollow = chat.store.subscribe((state) => {
      if (state.turns.length > 0) {
        unfollow();
        chat.stop();
      }
    });
    await chat.ask('How?');
    expect(turns()[0]!.phase).to.equal('stopped');
    expect(server.made).not.to.include('send');
  });

  it('that just ends is interrupted, and the half answer stays', async () => {
    const {ask, turns, answers} = await openChat({without: ['resume']});
    const {stream, over} = await ask('How?');
    await stream.emit(half);
    await stream.close();
    await over;
    expect(turns()[0]).to.deep.include({phase: 'failed', error: chatError('interrupted')});
    expect(answers()).to.deep.equal(['Hel']);
  });

  it('that breaks by an exception fails, and the half answer stays', async () => {
    const {ask, turns, answers} = await openChat();
    const {stream, over} = await ask('How?');
    await stream.emit(half);
    await stream.fail(new TypeError('x is undefined'));
    await over;
    expect(turns()[0]).to.deep.include({phase: 'failed', error: chatError('protocol')});
    expect(answers()).to.deep.equal(['Hel']);
  });

  for (const [first, phase] of [
    [finish, 'done'],
    [refusal('server'), 'failed'],
  ] as const) {
    it(`ends with its first terminal event: ${first.type}`, async () => {
      const {ask, turns, answers} = await openChat();
      const {stream, over} = await ask('How?');
      await stream.emit(half, first, text('lo'), refusal('timeout'), finish);
      await over;
      expect(turns()[0]!.phase).to.equal(phase);
      expect(answers()).to.deep.equal(['Hel']);
      expect(stream.isDropped).to.equal(true);
    });
  }

  it('is not harmed by a type of event that nobody knows', async () => {
    const {ask, answers, turns} = await openChat();
    const {stream, over} = await ask('How?');
    await stream.emit(half, {type: 'sparkle', cursor: '2'} as unknown as ChatEvent, text('lo'), finish);
    await over;
    expect(answers()).to.deep.equal(['Hello']);
    expect(turns()[0]!.phase).to.equal('done');
  });

  it('is one at a time', async () => {
    const {chat, ask, turns} = await openChat();
    const {stream, over} = await ask('One?');
    await stream.emit(half);
    expect(await chat.ask('Two?')).to.deep.equal({asked: false, reason: 'busy'});
    await stream.emit(finish);
    await over;
    expect(turns()).to.have.lengthOf(1);
  });

  it('is not followed twice when the chat is opened again while it streams', async () => {
    const {chat, ask, server, turns, answers} = await openChat();
    const {stream, over} = await ask('How?');
    await stream.emit(text('Hel', '1'));
    await chat.open();
    await stream.emit(text('lo', '2'), finish);
    await over;
    expect(server.made).not.to.include('resume');
    expect(turns()[0]!.phase).to.equal('done');
    expect(answers()).to.deep.equal(['Hello']);
  });
});

describe('what is typed', () => {
  it('is kept when a suggestion is asked instead', async () => {
    const {chat, ask, state} = await openChat();
    chat.draft('Half a thou');
    await ask('A suggestion?', {trigger: 'suggestion'});
    expect(state().draft).to.equal('Half a thou');
  });

  it('goes on being typed while the guard loads, and is kept', async () => {
    let loaded = () => {};
    const {chat, server, state} = await openChat({prepare: () => new Promise((resolve) => (loaded = resolve))});
    chat.draft('How?');
    void chat.ask('How?');
    chat.draft('How? And');
    loaded();
    expect((await server.next('send')).argument.text).to.equal('How?');
    expect(state().draft).to.equal('How? And');
  });
});

describe('trying again', () => {
  async function failedChat() {
    const it = await openChat({without: ['resume']});
    const {stream, over} = await it.ask('How?');
    await stream.emit(half);
    await stream.close();
    await over;
    return it;
  }

  it('asks the same with the same key, and keeps the half answer until the new one begins', async () => {
    const {chat, server, turns, answers} = await failedChat();
    const retrying = chat.retry('id-1');
    expect(turns()[0]!.phase).to.equal('waiting');
    const stream = await server.next('send');
    expect(stream.argument).to.deep.include({text: 'How?', clientMessageId: 'id-1', trigger: 'retry', history: []});
    expect(answers()).to.deep.equal(['Hel']);
    await stream.emit(text('Hello'), finish);
    await retrying;
    expect(answers()).to.deep.equal(['Hello']);
    expect(turns()).to.have.lengthOf(1);
  });

  it('loses no half answer when it fails again', async () => {
    const {chat, server, turns, answers} = await failedChat();
    const retrying = chat.retry('id-1');
    await (await server.next('send')).emit(refusal('network'));
    await retrying;
    expect(turns()[0]).to.deep.include({phase: 'failed', error: chatError('network')});
    expect(answers()).to.deep.equal(['Hel']);
  });

  it('works for a stopped answer and for an empty one', async () => {
    const {chat, server, ask} = await openChat();
    await ask('One?');
    chat.stop();
    void chat.retry('id-1');
    await (await server.next('send')).emit(finish);
    void chat.retry('id-1');
    expect((await server.next('send')).argument.clientMessageId).to.equal('id-1');
  });

  it('is not for an answer that is arriving, or is gone', async () => {
    const {chat, server, ask} = await answeredChat();
    await chat.retry('id-9');
    await ask('Two?');
    await chat.retry('id-2');
    expect(server.made.filter((method) => method === 'send')).to.have.lengthOf(2);
  });

  it('asks for another answer in place of a whole one, under a key of its own', async () => {
    const {chat, server, turns, answers} = await answeredChat();
    const before = answers();
    const again = chat.retry('id-1');
    const stream = await server.next('send');
    const {clientMessageId} = stream.argument;
    expect(clientMessageId).not.to.equal('id-1');
    expect(stream.argument).to.deep.include({text: 'How?', trigger: 'retry', replaces: 'm1', history: []});
    expect(turns().map(({id, phase}) => [id, phase])).to.deep.equal([[clientMessageId, 'waiting']]);
    expect(answers()).to.deep.equal(before);
    await stream.emit({type: 'start', messageId: 'm2'}, text('Another.'), finish);
    await again;
    expect(answers()).to.deep.equal(['Another.']);
    expect(turns()[0]!.answers[0]).to.deep.include({messageId: 'm2'});
    expect(turns()[0]!.answers[0]!.rating).to.equal(undefined);
  });

  it('keeps the first answer when the other one does not come, and tries again under the same new key', async () => {
    const {chat, server, turns, answers} = await answeredChat({without: ['resume']});
    const before = answers();
    const again = chat.retry('id-1');
    const failing = await server.next('send');
    await failing.emit(refusal('unavailable'));
    await again;
    expect(turns()[0]!.phase).to.equal('failed');
    expect(answers()).to.deep.equal(before);
    void chat.retry(turns()[0]!.id);
    expect((await server.next('send')).argument).to.deep.include({
      clientMessageId: failing.argument.clientMessageId,
      replaces: 'm1',
    });
  });

  it('waits while another answer arrives', async () => {
    const {chat, server, ask} = await failedChat();
    await ask('Two?');
    await chat.retry('id-1');
    expect(server.made.filter((method) => method === 'send')).to.have.lengthOf(2);
  });

  it('may be left: the question goes back to the composer', async () => {
    const {chat, state} = await failedChat();
    chat.takeBack('id-1');
    expect(state()).to.deep.include({turns: [], draft: 'How?'});
  });

  it('leaves an answer alone that did not fail', async () => {
    const {chat, ask, turns} = await answeredChat();
    const {stream, over} = await ask('Two?');
    chat.takeBack('id-1');
    chat.takeBack('id-2');
    await stream.emit(text('Two.'), finish);
    await over;
    expect(turns().map(({phase}) => phase)).to.deep.equal(['done', 'done']);
  });
});

describe('terms that the backend asks for again in the middle of a conversation', () => {
  const newTerms = {...terms, version: '4'};
  const newConfig: RemoteConfig = {...config, terms: newTerms};

  async function interruptedChat() {
    const it = await answeredChat();
    const {stream, over} = await it.ask('And then?');
    await stream.emit(refusal('consent_required'));
    await (await it.server.next('config')).answer(newConfig);
    await over;
    return it;
  }

  it('are shown, and the question is kept', async () => {
    const {gate, state, turns} = await interruptedChat();
    expect(gate()).to.deep.include({phase: 'terms', reason: 'required', terms: newTerms});
    expect(state().kept).to.equal('And then?');
    expect(turns()).to.have.lengthOf(1);
  });

  it('are asked for even when the acceptance kept here covers them', async () => {
    const {server, gate, ask} = await openChat();
    const {stream, over} = await ask('How?');
    await stream.emit(refusal('consent_required'));
    await (await server.next('config')).answer(config);
    await over;
    expect(gate()).to.include({phase: 'terms', reason: 'required'});
  });

  it('once accepted, the question is sent without being typed again', async () => {
    const {chat, server, state, turns} = await interruptedChat();
    chat.draft('Something else');
    const accepting = chat.accept();
    await (await server.next('accept')).answer({receiptId: 'receipt-2'});
    const stream = await server.next('send');
    expect(stream.argument.text).to.equal('And then?');
    expect(stream.options.receiptId).to.equal('receipt-2');
    await stream.emit(text('So.'), finish);
    await accepting;
    expect(turns().map(({question}) => question)).to.deep.equal(['How?', 'And then?']);
    expect(state()).not.to.have.property('kept');
    expect(state().draft).to.equal('Something else');
  });

  it('once accepted are not asked for again', async () => {
    const {chat, server, gate} = await interruptedChat();
    void chat.accept();
    await (await server.next('accept')).answer({receiptId: 'receipt-2'});
    await (await server.next('send')).emit(finish);
    chat.switch(false);
    chat.switch(true);
    void chat.open();
    await (await server.next('config')).answer(newConfig);
    expect(gate().phase).to.equal('open');
  });

  it('once declined, the question is a draft again', async () => {
    const {chat, state} = await interruptedChat();
    chat.decline();
    expect(state()).to.deep.include({gate: {phase: 'idle'}, draft: 'And then?'});
    expect(state()).not.to.have.property('kept');
  });

  it('keep a half answer where it is, and the question can be tried again', async () => {
    const {chat, server, ask, turns, answers, state} = await openChat();
    const {stream, over} = await ask('How?');
    await stream.emit(half, refusal('consent_required'));
    await (await server.next('config')).answer(config);
    await over;
    expect(answers()).to.deep.equal(['Hel']);
    expect(turns()[0]).to.deep.include({phase: 'failed', error: chatError('consent_required', {retryable: true})});
    expect(state()).not.to.have.property('kept');
    void chat.accept();
    await (await server.next('accept')).answer({receiptId: 'receipt-2'});
    void chat.retry('id-1');
    expect((await server.next('send')).argument.clientMessageId).to.equal('id-1');
  });
});

describe('a person who', () => {
  it('is suspended learns so, and has the question back', async () => {
    const {ask, gate, state} = await openChat();
    const {stream, over} = await ask('How?');
    await stream.emit({type: 'error', error: chatError('user_suspended', {display: 'Write to us.'})});
    await over;
    expect(gate()).to.deep.equal({phase: 'suspended', display: 'Write to us.'});
    expect(state()).to.deep.include({turns: [], draft: 'How?'});
  });

  it('must sign in again does, and the question is sent by itself', async () => {
    let signIns = 0;
    const signIn = () => {
      signIns++;
      return Promise.resolve();
    };
    const {chat, server, gate, state, ask} = closedChat({signIn});
    await chat.open();
    void chat.signIn();
    await (await server.next('config')).answer(config);
    void chat.accept();
    await (await server.next('accept')).answer({receiptId: 'receipt-1'});
    const {stream, over} = await ask('How?');
    await stream.emit(refusal('auth_expired'));
    await over;
    expect(gate()).to.deep.equal({phase: 'sign-in', busy: false, error: chatError('auth_expired')});
    expect(state().kept).to.equal('How?');
    void chat.signIn();
    await (await server.next('config')).answer(config);
    expect((await server.next('send')).argument.text).to.equal('How?');
    expect(signIns).to.equal(2);
  });

  it('cannot sign in here is told that the question failed', async () => {
    const {ask, gate, turns} = await openChat();
    const {stream, over} = await ask('How?');
    await stream.emit(refusal('auth_required'));
    await over;
    expect(gate().phase).to.equal('open');
    expect(turns()[0]).to.deep.include({phase: 'failed', error: chatError('auth_required')});
  });
});

describe('a new conversation', () => {
  it('begins empty under the same acceptance, and ends the answer that is arriving', async () => {
    const {chat, ask, state, gate} = await answeredChat();
    const {stream, over} = await ask('Two?');
    chat.reset();
    expect(stream.options.signal.aborted).to.equal(true);
    await stream.emit(text('late'));
    await over;
    expect(state().turns).to.deep.equal([]);
    expect(gate().phase).to.equal('open');
    const next = await ask('Three?');
    expect(next.stream.argument).not.to.have.property('conversationId');
    expect(next.stream.argument.history).to.deep.equal([]);
  });
});

describe('taking the acceptance back', () => {
  it('forgets everything here at once, and tells the backend under the receipt', async () => {
    const {chat, server, state} = await answeredChat();
    const withdrawing = chat.withdraw();
    expect(state()).to.deep.include({gate: {phase: 'idle'}, turns: [], draft: ''});
    expect(state()).not.to.have.property('acceptance');
    const call = await server.next('withdraw');
    expect(call.options.receiptId).to.equal('receipt-1');
    await call.answer();
    expect(await withdrawing).to.equal(true);
  });

  it('says when the backend could not be told', async () => {
    const {chat, server, state} = await answeredChat();
    const withdrawing = chat.withdraw();
    await (await server.next('withdraw')).refuse('network');
    expect(await withdrawing).to.equal(false);
    expect(state()).not.to.have.property('acceptance');
  });

  it('ends the answer that is arriving', async () => {
    const {chat, server, ask, turns} = await openChat();
    const {stream, over} = await ask('How?');
    await stream.emit({type: 'start', messageId: 'm1'}, half);
    void chat.withdraw();
    await stream.emit(text('lo'), refusal('consent_required'));
    await over;
    expect(turns()).to.deep.equal([]);
    expect((await server.next('stop')).argument.messageId).to.equal('m1');
    expect(server.made.filter((method) => method === 'config')).to.have.lengthOf(1);
  });

  it('asks for the terms from the beginning the next time', async () => {
    const {chat, server, gate} = await openChat();
    void chat.withdraw();
    void chat.open();
    await (await server.next('config')).answer(config);
    expect(gate()).to.include({phase: 'terms', reason: 'first'});
  });
});

describe('disposing of a chat', () => {
  it('ends what is under way and the transport', async () => {
    const {chat, server, ask, answers} = await openChat();
    const {stream, over} = await ask('How?');
    await stream.emit(half);
    chat.dispose();
    await stream.emit(text('lo'), refusal('consent_required'));
    await over;
    expect(stream.options.signal.aborted).to.equal(true);
    expect(answers()).to.deep.equal(['Hel']);
    expect(server.isDisposed).to.equal(true);
    expect(server.made).to.deep.equal(['config', 'accept', 'send']);
  });

  it('is the end of it, even for a host that opens it again', async () => {
    const {chat, server, ask} = await openChat();
    const {stream} = await ask('How?');
    await stream.emit(text('Hel', '1'));
    chat.dispose();
    await chat.open();
    await chat.retry('id-1');
    expect(server.made).to.deep.equal(['config', 'accept', 'send']);
  });

  it('leaves a running answer running, so that the next page can take it up', async () => {
    const {chat, ask, turns} = await openChat();
    const {stream} = await ask('How?');
    await stream.emit(half);
    chat.dispose();
    expect(turns()[0]!.phase).to.equal('streaming');
  });
});

describe('what there is to offer', () => {
  for (const [what, without, features, expected] of [
    ['the backend can rate', [], {}, true],
    ['the config says so', [], {rating: true}, true],
    ['the config switches it off', [], {rating: false}, false],
    ['the backend cannot', ['rate'], {rating: true}, false],
  ] as const) {
    it(`is a rating: ${expected}, when ${what}`, async () => {
      const {chat} = await openChat({without}, {...config, features});
      expect(chat.can('rating')).to.equal(expected);
    });
  }

  it('follows the methods of the transport', async () => {
    const {chat} = await openChat({without: ['exportConversation']});
    expect((['rating', 'tickets', 'export', 'delete', 'speech'] as const).filter(chat.can)).to.deep.equal([
      'rating',
      'tickets',
      'delete',
    ]);
  });
});
