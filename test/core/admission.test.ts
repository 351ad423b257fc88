import {expect} from '@open-wc/testing';

import {chatError, ChatFailure} from '../../src/core/errors.js';
import {termsText, type Acceptance, type TermsDocument} from '../../src/core/terms.js';
import {settled, type ManualMethod} from '../support/manual-transport.js';
import {answeredChat, chatAtTerms, closedChat, config, nowMs, openChat, terms, text} from './chat-setup.js';

const newTerms: TermsDocument = {...terms, version: '4'};
const accepted = (of: TermsDocument, textSha256 = `hash of ${termsText(of)}`): Acceptance => ({
  termsId: of.id,
  version: of.version,
  textSha256,
  locale: 'en',
  acceptedAt: '2026-11-01T08:00:00.000Z',
  purposes: {chat: true, analytics: false, device: true},
  receiptId: 'receipt-0',
});

/** A chat that remembers an acceptance from an earlier page. */
function returning(acceptance: Acceptance, setup?: Parameters<typeof closedChat>[0]) {
  const it = closedChat(setup);
  it.chat.store.dispatch({type: 'restored', state: {acceptance}});
  return it;
}

/** A sign-in whose end the test decides, each time it is asked for. */
function manualSignIn() {
  const asked: {readonly succeed: () => Promise<void>; readonly fail: () => Promise<void>}[] = [];
  const signIn = () =>
    new Promise<void>((resolve, reject) => {
      asked.push({
        succeed: () => (resolve(), settled()),
        fail: () => (reject(new Error('window closed')), settled()),
      });
    });
  return {signIn, asked};
}

describe('opening the chat', () => {
  it('asks the backend for nothing before a person opens it', async () => {
    const {server, gate} = closedChat();
    await settled();
    expect(server.made).to.deep.equal([]);
    expect(gate()).to.deep.equal({phase: 'idle'});
  });

  it('shows the terms the first time', async () => {
    const {gate, state} = await chatAtTerms();
    expect(gate()).to.deep.equal({
      phase: 'terms',
      terms,
      textSha256: `hash of ${termsText(terms)}`,
      reason: 'first',
      saving: false,
    });
    expect(state().config).to.equal(config);
  });

  it('once, however often it is asked to while it loads', async () => {
    const {chat, server} = closedChat();
    void chat.open();
    void chat.open();
    await (await server.next('config')).answer(config);
    expect(server.made).to.deep.equal(['config']);
  });

  it('says that it cannot when the config does not come, and can be tried again', async () => {
    const {chat, server, gate} = closedChat();
    const opening = chat.open();
    await (await server.next('config')).refuse('network');
    await opening;
    expect(gate()).to.deep.equal({phase: 'unavailable', error: chatError('network')});
    const again = chat.open();
    expect(gate().phase).to.equal('loading');
    await (await server.next('config')).answer(config);
    await again;
    expect(gate().phase).to.equal('terms');
  });

  it('says that it cannot when the transport breaks its contract', async () => {
    const {chat, server, gate} = closedChat();
    const opening = chat.open();
    await (await server.next('config')).refuse(new TypeError('undefined is not a function'));
    await opening;
    expect(gate()).to.deep.equal({phase: 'unavailable', error: chatError('protocol')});
  });

  it('stays shut without terms', async () => {
    const {terms: _, ...withoutTerms} = config;
    const {gate} = await chatAtTerms({}, withoutTerms);
    expect(gate()).to.deep.equal({phase: 'unavailable', error: chatError('unavailable')});
  });

  it('takes the terms from the host when the backend has none', async () => {
    const {terms: _, ...withoutTerms} = config;
    expect((await chatAtTerms({terms: newTerms}, withoutTerms)).gate()).to.deep.include({
      phase: 'terms',
      terms: newTerms,
    });
    const {gate, state} = await chatAtTerms({terms: newTerms, without: ['config']});
    expect(gate()).to.deep.include({phase: 'terms', terms: newTerms});
    expect(state().answerer).to.deep.equal({kind: 'ai'});
  });

  it('stays shut where the text cannot be hashed', async () => {
    const {gate} = await chatAtTerms({sha256: () => Promise.reject(new ChatFailure(chatError('unsupported')))});
    expect(gate()).to.deep.equal({phase: 'unavailable', error: chatError('unsupported')});
  });

  it('is off when the vendor has switched it off, and asks no more', async () => {
    const {chat, server, gate} = await chatAtTerms({}, {...config, enabled: false});
    expect(gate()).to.deep.equal({phase: 'disabled'});
    await chat.open();
    expect(server.made).to.deep.equal(['config']);
  });

  it('shows a suspension with the backend’s words, and no way around it', async () => {
    const {chat, server, gate} = closedChat();
    const opening = chat.open();
    await (
      await server.next('config')
    ).refuse(new ChatFailure(chatError('user_suspended', {display: 'Write to appeal@example.com.'})));
    await opening;
    expect(gate()).to.deep.equal({phase: 'suspended', display: 'Write to appeal@example.com.'});
    chat.decline();
    expect(gate().phase).to.equal('suspended');
    expect(server.made).to.deep.equal(['config']);
  });

  it('asks a suspension anew when the person tries again, and lets nothing through before the answer', async () => {
    const {chat, server, gate} = await openChat({}, config);
    const refreshing = chat.refresh(chatError('user_suspended'));
    await refreshing;
    expect(gate().phase).to.equal('suspended');
    for (const suspension of [{}, undefined]) {
      const opening = chat.open();
      expect(await chat.ask('How?')).to.deep.equal({asked: false, reason: 'closed'});
      await (await server.next('config')).answer({...config, ...(suspension && {suspension})});
      await opening;
      expect(gate().phase).to.equal(suspension ? 'suspended' : 'open');
    }
    expect(server.made.filter((method) => method === 'send')).to.deep.equal([]);
  });
});

describe('a person whom the config calls suspended', () => {
  const until = '2026-12-01T08:00:00.000Z';
  const suspension = {display: 'Write to us.', until, appealUrl: 'https://vendor.example/appeal'};

  it('is told so before any terms, with everything that was said of it', async () => {
    const {gate, server, state} = await chatAtTerms({}, {...config, suspension});
    expect(gate()).to.deep.equal({phase: 'suspended', ...suspension});
    expect(server.made).to.deep.equal(['config']);
    expect(state().config?.terms).to.deep.equal(config.terms);
  });

  it('is kept out even where nothing is said of it', async () => {
    const {gate} = await chatAtTerms({}, {...config, suspension: {}});
    expect(gate()).to.deep.equal({phase: 'suspended'});
  });
});

describe('accepting', () => {
  it('sends and keeps the proof of the exact text, and opens', async () => {
    const {chat, server, gate, state} = await chatAtTerms({locale: () => 'sv'});
    const accepting = chat.accept({chat: true, analytics: true});
    expect(gate()).to.include({phase: 'terms', saving: true});
    const call = await server.next('accept');
    const proof = {
      termsId: 'help',
      version: '3',
      textSha256: `hash of ${termsText(terms)}`,
      locale: 'sv',
      acceptedAt: new Date(nowMs).toISOString(),
      purposes: {chat: true, analytics: true, device: true},
    };
    expect(call.argument).to.deep.equal(proof);
    await call.answer({receiptId: 'receipt-1'});
    await accepting;
    expect(gate()).to.deep.equal({phase: 'open', acceptance: {...proof, receiptId: 'receipt-1'}});
    expect(state().acceptance).to.deep.equal({...proof, receiptId: 'receipt-1'});
  });

  it('agrees to the chat alone unless more is said', async () => {
    const {chat, server} = await chatAtTerms();
    void chat.accept();
    expect((await server.next('accept')).argument.purposes).to.deep.equal({
      chat: true,
      analytics: false,
      device: true,
    });
  });

  it('works where the backend keeps no acceptances', async () => {
    const {gate, state} = await openChat({without: ['accept']});
    expect(gate().phase).to.equal('open');
    expect(state().acceptance).not.to.have.property('receiptId');
  });

  it('is done once, however often it is pressed', async () => {
    const {chat, server} = await chatAtTerms();
    const presses = [chat.accept(), chat.accept()];
    await (await server.next('accept')).answer({receiptId: 'r'});
    await Promise.all(presses);
    expect(server.made).to.deep.equal(['config', 'accept']);
  });

  it('means nothing before there are terms to accept', async () => {
    const {chat, server, gate} = closedChat();
    await chat.accept();
    expect(server.made).to.deep.equal([]);
    expect(gate().phase).to.equal('idle');
  });

  it('keeps the gate shut when it cannot be saved, and can be tried again', async () => {
    const {chat, server, gate, state} = await chatAtTerms();
    const accepting = chat.accept();
    await (await server.next('accept')).refuse('network');
    await accepting;
    expect(gate()).to.deep.include({phase: 'terms', saving: false, error: chatError('network')});
    expect(state()).not.to.have.property('acceptance');
    const again = chat.accept();
    expect(gate()).not.to.have.property('error');
    await (await server.next('accept')).answer({receiptId: 'r'});
    await again;
    expect(gate().phase).to.equal('open');
  });

  it('shows the new terms when they changed while the old ones were read', async () => {
    const {chat, server, gate} = await chatAtTerms();
    const accepting = chat.accept();
    await (await server.next('accept')).refuse('consent_required');
    await (await server.next('config')).answer({...config, terms: newTerms});
    await accepting;
    expect(gate()).to.deep.include({phase: 'terms', terms: newTerms, reason: 'changed', saving: false});
  });

  it('shows a suspension that comes in answer to it', async () => {
    const {chat, server, gate} = await chatAtTerms();
    const accepting = chat.accept();
    await (await server.next('accept')).refuse('user_suspended');
    await accepting;
    expect(gate()).to.deep.equal({phase: 'suspended'});
  });

  it('asks for the sign-in that has expired meanwhile', async () => {
    const {signIn, asked} = manualSignIn();
    const {chat, server, gate} = closedChat({signIn});
    await chat.open();
    const signingIn = chat.signIn();
    await asked[0]!.succeed();
    await (await server.next('config')).answer(config);
    await signingIn;
    const accepting = chat.accept();
    await (await server.next('accept')).refuse('auth_expired');
    await accepting;
    expect(gate()).to.deep.equal({phase: 'sign-in', busy: false, error: chatError('auth_expired')});
  });
});

describe('a person who has accepted before', () => {
  it('is let in without a question when id, version and text are the same', async () => {
    const {chat, server, gate} = returning(accepted(terms));
    const opening = chat.open();
    await (await server.next('config')).answer(config);
    await opening;
    expect(gate()).to.deep.equal({phase: 'open', acceptance: accepted(terms)});
    expect(server.made).to.deep.equal(['config']);
  });

  for (const [what, acceptance] of [
    ['there is a new version', accepted({...terms, version: '2'})],
    ['the text was changed without a new version', accepted(terms, 'hash of an older text')],
    ['they are other terms', accepted({...terms, id: 'other'})],
  ] as const) {
    it(`is asked again when ${what}`, async () => {
      const {chat, server, gate} = returning(acceptance);
      const opening = chat.open();
      await (await server.next('config')).answer(config);
      await opening;
      expect(gate()).to.deep.include({phase: 'terms', reason: 'changed', terms});
    });
  }

  it('makes its calls under the receipt from then', async () => {
    const {chat, server} = returning(accepted(terms));
    void chat.open();
    expect((await server.next('config')).options).to.include({receiptId: 'receipt-0', locale: 'en'});
  });
});

describe('declining', () => {
  it('closes the gate and leaves a way back', async () => {
    const {chat, server, gate} = await chatAtTerms();
    chat.decline();
    expect(gate()).to.deep.equal({phase: 'idle'});
    const opening = chat.open();
    await (await server.next('config')).answer(config);
    await opening;
    expect(gate()).to.include({phase: 'terms', reason: 'first'});
  });

  it('wins over an acceptance that is still being saved', async () => {
    const {chat, server, gate, state} = await chatAtTerms();
    const accepting = chat.accept();
    const call = await server.next('accept');
    chat.decline();
    await call.answer({receiptId: 'late'});
    await accepting;
    expect(gate()).to.deep.equal({phase: 'idle'});
    expect(state()).not.to.have.property('acceptance');
    expect(call.options.signal.aborted).to.equal(true);
  });

  it('of terms that the backend asked for again does not open the chat the next time either', async () => {
    const {chat, server, gate, ask} = await openChat();
    const {stream, over} = await ask('How?');
    await stream.emit({type: 'error', error: chatError('consent_required')});
    await (await server.next('config')).answer(config);
    await over;
    chat.decline();
    const opening = chat.open();
    await (await server.next('config')).answer(config);
    await opening;
    expect(gate()).to.include({phase: 'terms', reason: 'required'});
  });
});

describe('late answers of an admission that is over', () => {
  const ends: readonly [string, (it: ReturnType<typeof closedChat>) => void, 'idle' | 'disabled'][] = [
    ['declined', ({chat}) => chat.decline(), 'idle'],
    ['taken back', ({chat}) => void chat.withdraw(), 'idle'],
    ['switched off', ({chat}) => chat.switch(false), 'disabled'],
  ];
  for (const [how, end, phase] of ends) {
    it(`change nothing: ${how}, then a config comes`, async () => {
      const it = closedChat();
      const opening = it.chat.open();
      const call = await it.server.next('config');
      end(it);
      await call.answer(config);
      await opening;
      expect(it.gate()).to.deep.equal({phase});
      expect(it.state()).not.to.have.property('config');
      expect(call.options.signal.aborted).to.equal(true);
    });

    it(`change nothing: ${how}, then the config fails`, async () => {
      const it = closedChat();
      const opening = it.chat.open();
      const call = await it.server.next('config');
      end(it);
      await call.refuse('network');
      await opening;
      expect(it.gate()).to.deep.equal({phase});
    });

    it(`change nothing: ${how}, then the acceptance cannot be saved`, async () => {
      const it = await chatAtTerms();
      const accepting = it.chat.accept();
      const call = await it.server.next('accept');
      end(it);
      await call.refuse('consent_required');
      await accepting;
      expect(it.gate()).to.deep.equal({phase});
      expect(it.server.made.filter((method) => method === 'config')).to.have.lengthOf(1);
    });

    it(`change nothing: ${how}, then the person has signed in`, async () => {
      const {signIn, asked} = manualSignIn();
      const it = closedChat({signIn});
      await it.chat.open();
      const signingIn = it.chat.signIn();
      end(it);
      await asked[0]!.succeed();
      await signingIn;
      expect(it.gate()).to.deep.equal({phase});
      expect(it.server.made.filter((method) => method === 'config')).to.deep.equal([]);
    });

    it(`change nothing: ${how}, then the sign-in fails`, async () => {
      const {signIn, asked} = manualSignIn();
      const it = closedChat({signIn});
      await it.chat.open();
      const signingIn = it.chat.signIn();
      end(it);
      await asked[0]!.fail();
      await signingIn;
      expect(it.gate()).to.deep.equal({phase});
    });
  }

  it('change nothing when the chat was opened again meanwhile', async () => {
    const {chat, server, gate} = closedChat();
    void chat.open();
    const first = await server.next('config');
    chat.decline();
    const again = chat.open();
    const second = await server.next('config');
    await second.answer({...config, terms: newTerms});
    await again;
    await first.answer(config);
    expect(gate()).to.deep.include({phase: 'terms', terms: newTerms});
  });

  it('change nothing when two calls at once brought the terms back', async () => {
    const {chat, server, gate, ask} = await answeredChat();
    const {stream} = await ask('And then?');
    void chat.rate('id-1', 5);
    await (await server.next('rate')).refuse('consent_required');
    const first = await server.next('config');
    await stream.emit({type: 'error', error: chatError('consent_required')});
    const second = await server.next('config');
    await second.answer({...config, terms: newTerms});
    await first.refuse('network');
    expect(gate()).to.deep.include({phase: 'terms', terms: newTerms});
  });
});

describe('signing in', () => {
  it('comes before anything is asked of the backend', async () => {
    const {signIn, asked} = manualSignIn();
    const {chat, server, gate} = closedChat({signIn});
    await chat.open();
    expect(gate()).to.deep.equal({phase: 'sign-in', busy: false});
    expect(asked).to.have.lengthOf(0);
    const signingIn = chat.signIn();
    expect(gate()).to.deep.equal({phase: 'sign-in', busy: true});
    expect(server.made).to.deep.equal([]);
    await asked[0]!.succeed();
    await (await server.next('config')).answer(config);
    await signingIn;
    expect(gate().phase).to.equal('terms');
  });

  it('is begun once, however often it is pressed', async () => {
    const {signIn, asked} = manualSignIn();
    const {chat} = closedChat({signIn});
    await chat.open();
    void chat.signIn();
    void chat.signIn();
    expect(asked).to.have.lengthOf(1);
  });

  it('that fails says so and can be tried again', async () => {
    const {signIn, asked} = manualSignIn();
    const {chat, server, gate} = closedChat({signIn});
    await chat.open();
    const signingIn = chat.signIn();
    await asked[0]!.fail();
    await signingIn;
    expect(gate()).to.deep.equal({phase: 'sign-in', busy: false, error: chatError('auth_required')});
    const again = chat.signIn();
    await asked[1]!.succeed();
    await (await server.next('config')).answer(config);
    await again;
    expect(gate().phase).to.equal('terms');
  });

  it('is asked for again when the backend says so', async () => {
    const {signIn, asked} = manualSignIn();
    const {chat, server, gate} = closedChat({signIn});
    await chat.open();
    const signingIn = chat.signIn();
    await asked[0]!.succeed();
    await (await server.next('config')).refuse('auth_required');
    await signingIn;
    expect(gate()).to.deep.equal({phase: 'sign-in', busy: false, error: chatError('auth_required')});
  });

  it('is no way out where the host offers none', async () => {
    const {chat, server, gate} = closedChat();
    const opening = chat.open();
    await (await server.next('config')).refuse('auth_required');
    await opening;
    expect(gate()).to.deep.equal({phase: 'unavailable', error: chatError('auth_required')});
    await chat.signIn();
    expect(gate().phase).to.equal('unavailable');
  });
});

describe('switching the chat off', () => {
  it('keeps it off until it is switched on, and then waits for a person', async () => {
    const {chat, server, gate} = closedChat();
    chat.switch(false);
    await chat.open();
    expect(gate().phase).to.equal('disabled');
    chat.switch(true);
    expect(gate().phase).to.equal('idle');
    expect(server.made).to.deep.equal([]);
  });

  it('changes nothing when it is on already', async () => {
    const {chat, gate} = await openChat();
    chat.switch(true);
    expect(gate().phase).to.equal('open');
  });

  it('while an answer streams ends it, and what comes late is not shown', async () => {
    const {chat, server, gate, turns, answers, ask} = await openChat();
    const {stream, over} = await ask('How?');
    await stream.emit(text('Hal'));
    chat.switch(false);
    await stream.emit(text('f'), {type: 'error', error: chatError('consent_required')});
    await over;
    expect(gate().phase).to.equal('disabled');
    expect(turns()[0]!.phase).to.equal('stopped');
    expect(answers()).to.deep.equal(['Hal']);
    expect(stream.options.signal.aborted).to.equal(true);
    expect(server.made).to.deep.equal(['config', 'accept', 'send', 'stop'] satisfies ManualMethod[]);
  });
});
