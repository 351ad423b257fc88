import {expect} from '@open-wc/testing';

import {chatError} from '../../src/core/errors.js';
import {createChat} from '../../src/headless.js';
import {shareTabs} from '../../src/storage/tabs.js';
import {
  answeredChat,
  chatAtTerms,
  closedChat,
  config,
  finish,
  openChat,
  text,
  until,
  type ManualChat,
} from '../core/chat-setup.js';
import {manualTransport, settled} from '../support/manual-transport.js';

let name = '';
let stops: (() => void)[] = [];

/** Puts the chat into a tab of its own. */
function tab<Made extends ManualChat>(made: Made): Made {
  stops.push(shareTabs(made.chat, name));
  return made;
}

/** After all that has been told by now is heard. */
async function heard() {
  const channel = new BroadcastChannel(`${name} end`);
  const end = new BroadcastChannel(`${name} end`);
  const over = new Promise((done) => (end.onmessage = done));
  channel.postMessage('');
  await over;
  channel.close();
  end.close();
  await settled();
}

describe('the tabs of one site', () => {
  beforeEach(() => {
    name = `test ${crypto.randomUUID()}`;
  });
  afterEach(() => {
    for (const stop of stops) stop();
    stops = [];
  });

  it('take the acceptance back together', async () => {
    const [one, other] = [tab(await answeredChat()), tab(await openChat())];
    void one.chat.withdraw();
    await until(() => other.gate().phase === 'idle');
    expect(other.state().acceptance).to.equal(undefined);
    expect(other.server.made).not.to.include('withdraw');
  });

  it('end the answer that is arriving when the acceptance is taken back in another', async () => {
    const [one, other] = [tab(await openChat()), tab(await openChat())];
    const {stream} = await other.ask('How?');
    await stream.emit(text('Half'));
    void one.chat.withdraw();
    await until(() => other.gate().phase === 'idle');
    expect(stream.options.signal.aborted).to.equal(true);
    expect(other.turns()).to.deep.equal([]);
  });

  it('need one acceptance of the same terms', async () => {
    const [one, other] = [tab(await chatAtTerms()), tab(await chatAtTerms())];
    const accepting = one.chat.accept();
    await (await one.server.next('accept')).answer({receiptId: 'receipt-1'});
    await accepting;
    await (await other.server.next('config')).answer(config);
    await until(() => other.gate().phase === 'open');
    expect(other.state().acceptance?.receiptId).to.equal('receipt-1');
    expect(other.server.made).not.to.include('accept');
  });

  it('do not take an acceptance of other terms for one of these', async () => {
    const [one, other] = [tab(await chatAtTerms()), tab(await chatAtTerms())];
    const accepting = one.chat.accept();
    await (await one.server.next('accept')).answer({receiptId: 'receipt-1'});
    await accepting;
    const changed = {...config.terms!, version: '4'};
    await (await other.server.next('config')).answer({...config, terms: changed});
    await until(() => other.gate().phase === 'terms');
    expect(other.gate()).to.include({phase: 'terms', reason: 'changed'});
  });

  it('show the same conversation', async () => {
    const one = tab(await answeredChat());
    const other = tab(await openChat());
    other.chat.store.dispatch({type: 'restored', state: {conversationId: 'c1', turns: one.turns()}});
    other.chat.draft('being typed');
    const {stream, over} = await one.ask('And then?');
    await stream.emit(text('So.'), finish);
    await over;
    await until(() => other.turns().length === 2);
    expect(other.turns()[1]).to.deep.include({question: 'And then?', phase: 'done'});
    expect(other.state().draft).to.equal('being typed');
    one.chat.reset();
    await until(() => other.turns().length === 0);
    expect(other.state().draft).to.equal('');
  });

  it('are told nothing of a key that is pressed, and no conversation is written out for them', async () => {
    const {chat} = tab(await answeredChat());
    let written = 0;
    chat.store.dispatch({type: 'restored', state: {session: {toJSON: () => written++}}});
    written = 0;
    chat.draft('a');
    expect(written).to.equal(0);
  });

  it('leave other conversations, and an answer that is arriving, alone', async () => {
    const one = tab(await answeredChat());
    const elsewhere = tab(await openChat());
    const busy = tab(await openChat());
    busy.chat.store.dispatch({type: 'restored', state: {conversationId: 'c1'}});
    const {stream: arriving} = await busy.ask('Mine?');
    await arriving.emit(text('Half'));
    const {stream, over} = await one.ask('And then?');
    await stream.emit(text('So.'), finish);
    await over;
    await heard();
    expect(elsewhere.turns()).to.deep.equal([]);
    expect(busy.turns().map(({question}) => question)).to.deep.equal(['Mine?']);
  });

  it('ask for sign-in together', async () => {
    const signedIn = async () => {
      const it = tab(closedChat({signIn: () => Promise.resolve()}));
      await it.chat.open();
      const signingIn = it.chat.signIn();
      await (await it.server.next('config')).answer(config);
      await signingIn;
      const accepting = it.chat.accept();
      await (await it.server.next('accept')).answer({receiptId: 'receipt-1'});
      await accepting;
      return it;
    };
    const one = await signedIn();
    const other = await signedIn();
    const {stream, over} = await one.ask('How?');
    await stream.emit({type: 'error', error: chatError('auth_expired')});
    await over;
    await until(() => other.gate().phase === 'sign-in');
  });

  it('make one ticket of one form, also when it is sent from both at once', async () => {
    const requests: string[] = [];
    const open = async () => {
      const server = manualTransport();
      const chat = createChat({transport: server.transport, storageKey: name});
      const opening = chat.open();
      await (await server.next('config')).answer(config);
      await opening;
      const accepting = chat.accept();
      await (await server.next('accept')).answer({receiptId: 'receipt-1'});
      await accepting;
      const form = {name: 'Ada', email: 'ada@example.com', description: 'Help', attach: false, transcript: []};
      chat.store.dispatch({type: 'restored', state: {ticket: {phase: 'editing', form, key: `key of ${name}`}}});
      void server.next('createTicket').then((call) => {
        requests.push(call.options.idempotencyKey);
        return call.answer({id: 'T-1'});
      });
      stops.push(() => chat.dispose());
      return chat;
    };
    const chats = [await open(), await open()];
    const outcomes = await Promise.all(chats.map((chat) => chat.sendTicket()));
    expect(outcomes).to.deep.equal([{sent: true}, {sent: true}]);
    expect(requests).to.deep.equal([`key of ${name}`]);
    for (const chat of chats) expect(chat.store.get().ticket).to.deep.equal({phase: 'created', receipt: {id: 'T-1'}});
  });

  it('hear nothing in what is not theirs', async () => {
    const one = tab(await answeredChat());
    const before = one.state();
    const channel = new BroadcastChannel(name);
    for (const strange of [
      null,
      7,
      'withdrawn',
      {type: 'turns'},
      {type: 'turns', conversationId: 'c1', snapshot: '{'},
      {type: 'accepted'},
      {type: 'ticket'},
    ])
      channel.postMessage(strange);
    await heard();
    channel.close();
    expect(one.state()).to.deep.equal(before);
  });

  it('are no longer in step once one is stopped', async () => {
    const [one, other] = [tab(await openChat()), tab(await openChat())];
    stops[1]!();
    void one.chat.withdraw();
    await heard();
    expect(other.gate().phase).to.equal('open');
  });

  it('of one person hear nothing of another', async () => {
    const as = (user: string) => openChat({}, {...config, user});
    const [ada, bo, adaToo] = [tab(await as('ada')), tab(await as('bo')), tab(await as('ada'))];
    void ada.chat.withdraw();
    await until(() => adaToo.gate().phase === 'idle');
    await heard();
    expect(bo.gate().phase).to.equal('open');
  });

  it('ask who is there now when another person accepts, and forget what is not theirs', async () => {
    const ada = tab(await openChat({}, {...config, user: 'ada'}));
    await openTab('bo');
    await (await ada.server.next('config')).answer({...config, user: 'bo'});
    await (await ada.server.next('config')).answer({...config, user: 'bo'});
    await settled();
    expect([ada.gate().phase, ada.state().acceptance, ada.state().user]).to.deep.equal(['terms', undefined, 'bo']);
  });

  async function openTab(user: string) {
    const bo = tab(await chatAtTerms({}, {...config, user}));
    const accepting = bo.chat.accept();
    await (await bo.server.next('accept')).answer({receiptId: 'r2'});
    await accepting;
  }
});
