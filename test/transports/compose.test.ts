import {expect} from '@open-wc/testing';

import {chatError, ChatFailure, type ErrorCode} from '../../src/core/errors.js';
import type {CallOptions, ChatRequest, ChatTransport} from '../../src/core/transport.js';
import {compose} from '../../src/transports/index.js';

const options: CallOptions = {signal: new AbortController().signal, locale: 'sv'};

/** A transport that notes which of its methods are called; as a class, so that a lost `this` shows. */
class Noting implements ChatTransport {
  readonly id: string;
  readonly calls: string[] = [];

  constructor(id: string) {
    this.id = id;
  }

  async *send() {
    this.calls.push('send');
  }
  async *resume() {
    this.calls.push('resume');
  }
  async stop() {
    this.calls.push('stop');
  }
  async config() {
    this.calls.push('config');
    return {enabled: true, answerer: {kind: 'ai'}, features: {}, limits: {}, suggestions: []} as const;
  }
  async withdraw() {
    this.calls.push('withdraw');
  }
  async rate() {
    this.calls.push('rate');
  }
  async load(conversationId: string) {
    this.calls.push('load');
    return {conversationId, turns: []};
  }
  async deleteConversation() {
    this.calls.push('deleteConversation');
  }
  dispose() {
    this.calls.push('dispose');
  }
}

const chatOnly = (): Pick<ChatTransport, 'id' | 'send'> => ({id: 'bare', async *send() {}});

describe('compose', () => {
  it('answers with the chat, and with nothing of the services', async () => {
    const chat = new Noting('chat');
    const services = new Noting('native');
    const joined = compose(chat, services);
    for await (const event of joined.send({} as ChatRequest, options)) expect.fail(`unexpected ${event.type}`);
    for await (const event of joined.resume!({messageId: 'm'}, options)) expect.fail(`unexpected ${event.type}`);
    await joined.stop!({messageId: 'm'}, options);
    expect(chat.calls).to.deep.equal(['send', 'resume', 'stop']);
    expect(services.calls).to.deep.equal([]);
  });

  it('asks the services for terms and ratings even when the chat has its own', async () => {
    const chat = new Noting('chat');
    const services = new Noting('native');
    const joined = compose(chat, services);
    await joined.config!(options);
    await joined.rate!({target: {messageId: 'm'}, score: 5}, options);
    await joined.withdraw!(options);
    expect(services.calls).to.deep.equal(['config', 'rate', 'withdraw']);
    expect(chat.calls).to.deep.equal([]);
  });

  it('leaves stored conversations to the chat that keeps them', async () => {
    const chat = new Noting('chat');
    const services = new Noting('native');
    await compose(chat, services).load!('c', options);
    expect(chat.calls).to.deep.equal(['load']);
    await compose(chatOnly(), services).load!('c', options);
    expect(services.calls).to.deep.equal(['load']);
  });

  it('says who answers in the chat, whatever the services say of themselves', async () => {
    const services: Partial<ChatTransport> = {
      config: async () => ({enabled: true, answerer: {kind: 'search'}, features: {}, limits: {}, suggestions: []}),
    };
    expect((await compose(chatOnly(), services).config!(options)).answerer).to.deep.equal({kind: 'ai'});
    const told = compose(chatOnly(), services, {answerer: {kind: 'human', name: 'Eva'}});
    expect((await told.config!(options)).answerer).to.deep.equal({kind: 'human', name: 'Eva'});
    expect((await compose(new Noting('chat'), {}).config!(options)).answerer).to.deep.equal({kind: 'ai'});
  });

  it('deletes wherever something may be kept, and says so when a part of it was not deleted', async () => {
    const deleted: string[] = [];
    const keeps = (id: string, failure?: ErrorCode): Pick<ChatTransport, 'id' | 'send' | 'deleteConversation'> => ({
      ...chatOnly(),
      deleteConversation: async (conversation) => {
        if (failure) throw new ChatFailure(chatError(failure));
        deleted.push(`${id} ${conversation}`);
      },
    });
    const remove = (chat: ChatTransport, services: ChatTransport) =>
      compose(chat, services).deleteConversation!('c', options).then(
        () => 'ok',
        (caught: unknown) => (caught as ChatFailure).error.code,
      );
    expect(await remove(keeps('chat'), keeps('native'))).to.equal('ok');
    expect(deleted.splice(0)).to.deep.equal(['chat c', 'native c']);
    expect(await remove(keeps('chat', 'conversation_not_found'), keeps('native'))).to.equal('ok');
    expect(deleted.splice(0)).to.deep.equal(['native c']);
    expect(await remove(keeps('chat'), keeps('native', 'server'))).to.equal('server');
    expect(await remove(keeps('chat', 'conversation_not_found'), keeps('native', 'conversation_not_found'))).to.equal(
      'conversation_not_found',
    );
  });

  it('deletes everything wherever there is something, and is done when all are', async () => {
    const deletes = (receiptId: string, status: 'done' | 'requested'): Partial<ChatTransport> => ({
      deleteEverything: async () => ({receiptId, status, kept: [{what: receiptId}]}),
    });
    const joined = compose({...chatOnly(), ...deletes('a', 'done')}, deletes('b', 'requested'));
    expect(await joined.deleteEverything!(options)).to.deep.equal({
      receiptId: 'a, b',
      status: 'requested',
      kept: [{what: 'a'}, {what: 'b'}],
    });
    const refused = compose(
      {...chatOnly(), ...deletes('a', 'done')},
      {
        deleteEverything: () => Promise.reject(new ChatFailure(chatError('server'))),
      },
    );
    const failure = await refused.deleteEverything!(options).catch((caught: unknown) => caught);
    expect((failure as ChatFailure).error.code).to.equal('server');
    expect(compose(chatOnly(), {}).deleteEverything).to.equal(undefined);
  });

  it('does not invent a capability: what neither has is absent', () => {
    const joined = compose(chatOnly(), {rate: async () => {}});
    expect(Object.keys(joined).sort()).to.deep.equal(['dispose', 'id', 'rate', 'send']);
    expect('resume' in compose(chatOnly(), new Noting('native'))).to.equal(false);
  });

  it("takes single methods as services, and the chat's where there is none", async () => {
    const chat = new Noting('chat');
    const native = new Noting('native');
    const joined = compose(chat, {rate: native.rate.bind(native)});
    await joined.rate!({target: {messageId: 'm'}, score: 5}, options);
    await joined.withdraw!(options);
    expect(native.calls).to.deep.equal(['rate']);
    expect(chat.calls).to.deep.equal(['withdraw']);
  });

  it('names both, and disposes of both', () => {
    const chat = new Noting('chat');
    const services = new Noting('native');
    const joined = compose(chat, services);
    expect(joined.id).to.equal('chat+native');
    expect(compose(chat, {}).id).to.equal('chat');
    joined.dispose!();
    expect([...chat.calls, ...services.calls]).to.deep.equal(['dispose', 'dispose']);
  });
});
