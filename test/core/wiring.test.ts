import {expect} from '@open-wc/testing';

import {createChat, type HeadlessChat, type HeadlessOptions} from '../../src/headless.js';
import {manualTransport} from '../support/manual-transport.js';
import {config, finish, text} from './chat-setup.js';

const key = 'tillit-chat:manual';

/** The chat as a host makes it: real clock, ids, hash, storage and guard. */
async function hostChat(options: Partial<HeadlessOptions> = {storage: 'session'}) {
  const server = manualTransport();
  const chat = createChat({transport: server.transport, ...options});
  const opening = chat.open();
  await (await server.next('config')).answer(config);
  await opening;
  return {chat, server};
}

async function acceptedChat(options?: Partial<HeadlessOptions>) {
  const it = await hostChat(options);
  const accepting = it.chat.accept();
  const call = await it.server.next('accept');
  await call.answer({receiptId: 'receipt-1'});
  await accepting;
  return {...it, acceptance: call.argument};
}

const draftOf = (chat: HeadlessChat) => chat.store.get().draft;

describe('a chat on a page', () => {
  afterEach(() => {
    sessionStorage.clear();
    localStorage.clear();
  });

  it('proves the accepted text by its SHA-256', async () => {
    const {acceptance} = await acceptedChat();
    // printf 'Terms of the help chat\nhelp 3 2026-11-01\n\nYou may ask.\nquestions\tStockholm\t12 months' | sha256sum
    expect(acceptance.textSha256).to.equal('deab91849948c4115f539d8d10743b5475fed71ea5c1e3de2760e30bf2a133b6');
    expect(acceptance.acceptedAt).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(Math.abs(Date.parse(acceptance.acceptedAt) - Date.now())).to.be.below(60_000);
  });

  it('names every question by a UUID of its own', async () => {
    const {chat, server} = await acceptedChat();
    const ids: string[] = [];
    for (const question of ['One?', 'Two?']) {
      const asking = chat.ask(question);
      const stream = await server.next('send');
      ids.push(stream.argument.clientMessageId);
      await stream.emit(text('So.'), finish);
      await asking;
    }
    for (const id of ids) expect(id).to.match(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(ids[0]).not.to.equal(ids[1]);
  });

  it('has the guard in it', async () => {
    const {chat, server} = await acceptedChat();
    expect(await chat.ask('Mitt kort är 4111 1111 1111 1111')).to.deep.include({asked: false, reason: 'blocked'});
    expect(server.made).not.to.include('send');
  });

  it('refuses a policy that names what does not exist', () => {
    const policy = {CREDIT: 'block'} as unknown as NonNullable<HeadlessOptions['piiPolicy']>;
    expect(() => createChat({transport: manualTransport().transport, piiPolicy: policy})).to.throw(TypeError);
  });

  it('stores nothing before the person has accepted', async () => {
    const {chat} = await hostChat();
    chat.draft('typed');
    chat.flush();
    chat.dispose();
    expect(sessionStorage.length + localStorage.length).to.equal(0);
  });

  for (const [mode, session, local] of [
    ['session', 1, 0],
    ['local', 0, 1],
    ['none', 0, 0],
  ] as const) {
    it(`stores where the vendor says: "${mode}"`, async () => {
      const {chat} = await acceptedChat({storage: mode});
      chat.flush();
      expect([sessionStorage.length, localStorage.length]).to.deep.equal([session, local]);
    });
  }

  it('stores nothing where the vendor says nothing', async () => {
    const {chat} = await acceptedChat({});
    chat.flush();
    expect(chat.store.get().gate.phase).to.equal('open');
    expect(sessionStorage.length + localStorage.length).to.equal(0);
  });

  it('keeps what was typed until it is disposed of, when it is told to, and nothing afterwards', async () => {
    const {chat} = await acceptedChat();
    chat.draft('Half');
    chat.flush();
    chat.dispose();
    chat.draft('More');
    chat.flush();
    const next = createChat({transport: manualTransport().transport, storage: 'session'});
    expect(draftOf(next)).to.equal('Half');
  });

  it('keeps two chats of one site apart', async () => {
    const {chat} = await acceptedChat({storage: 'session', storageKey: 'a'});
    chat.draft('for a');
    chat.flush();
    const other = (storageKey: string) =>
      createChat({transport: manualTransport().transport, storage: 'session', storageKey});
    expect(draftOf(other('a'))).to.equal('for a');
    expect(draftOf(other('b'))).to.equal('');
  });

  it('deletes what is stored when the acceptance is taken back', async () => {
    const {chat} = await acceptedChat();
    chat.flush();
    expect(sessionStorage.getItem(key)).to.be.a('string');
    void chat.withdraw();
    expect(sessionStorage.getItem(key)).to.equal(null);
  });

  it('works, and asks again on the next page, where storage is blocked', async () => {
    const {getItem, setItem} = Storage.prototype;
    Storage.prototype.getItem = Storage.prototype.setItem = () => {
      throw new DOMException('no', 'SecurityError');
    };
    try {
      const {chat} = await acceptedChat();
      chat.flush();
      expect(chat.store.get().gate.phase).to.equal('open');
      const next = await hostChat();
      expect(next.chat.store.get().gate).to.include({phase: 'terms', reason: 'first'});
    } finally {
      Object.assign(Storage.prototype, {getItem, setItem});
    }
  });

  it('asks its language anew at each call', async () => {
    let locale = 'sv';
    const {chat, server} = await acceptedChat({locale: () => locale});
    locale = 'en';
    void chat.ask('How?');
    expect((await server.next('send')).options.locale).to.equal('en');
  });

  it('stays shut on a page where texts cannot be hashed', async () => {
    const subtle = Object.getOwnPropertyDescriptor(Crypto.prototype, 'subtle')!;
    Object.defineProperty(Crypto.prototype, 'subtle', {configurable: true, get: () => undefined});
    try {
      const {chat} = await hostChat();
      expect(chat.store.get().gate)
        .to.deep.include({phase: 'unavailable'})
        .and.have.nested.property('error.code', 'unsupported');
    } finally {
      Object.defineProperty(Crypto.prototype, 'subtle', subtle);
    }
  });
});
