/** Two people at one device: what one has accepted and said is nothing to the other. */
import {expect} from '@open-wc/testing';

import {chatError} from '../../src/core/errors.js';
import {fromSnapshot, toSnapshot} from '../../src/storage/snapshot.js';
import {answeredChat, closedChat, config, finding, until} from './chat-setup.js';

describe('another person at the same device', () => {
  const as = (user: string | undefined) => ({...config, ...(user !== undefined && {user})});

  /** On the next page, with what the first has left there. */
  async function next(before: Awaited<ReturnType<typeof answeredChat>>, user: string | undefined, setup = {}) {
    const it = closedChat(setup);
    it.chat.store.dispatch({type: 'restored', state: {...fromSnapshot(toSnapshot(before.state())!)!, draft: 'My dra'}});
    void it.chat.open();
    await (await it.server.next('config')).answer(as(user));
    return it;
  }

  for (const [first, second] of [
    ['ada', 'bo'],
    ['ada', undefined],
    [undefined, 'bo'],
  ] as const) {
    it(`${second ?? 'nobody'} sees nothing of ${first ?? 'nobody'}, and is asked for the terms`, async () => {
      const it = await next(await answeredChat({}, as(first)), second);
      // The config was made for the receipt of the first.
      const again = await it.server.next('config');
      expect(again.options.receiptId).to.equal(undefined);
      await again.answer(as(second));
      expect(it.state()).to.deep.include({turns: [], draft: '', user: second});
      expect(it.gate()).to.deep.include({phase: 'terms', reason: 'first'});
      expect(it.state()).not.to.have.any.keys('acceptance', 'conversationId');
    });
  }

  it('is not the same person, who goes on where they were', async () => {
    const it = await next(await answeredChat({}, as('ada')), 'ada');
    expect([it.gate().phase, it.turns().length, it.state().draft]).to.deep.equal(['open', 1, 'My dra']);
  });

  it('may be anyone where people sign in and the backend does not say who', async () => {
    for (const setup of [{isPersonal: true}, {signIn: () => Promise.resolve()}]) {
      const before = await answeredChat({isPersonal: true});
      const it = closedChat(setup);
      it.chat.store.dispatch({
        type: 'restored',
        state: {...fromSnapshot(toSnapshot(before.state())!), user: 'an id of the page before'},
      });
      void it.chat.open();
      if ('signIn' in setup) void it.chat.signIn();
      await (await it.server.next('config')).answer(config);
      await (await it.server.next('config')).answer(config);
      expect([it.gate().phase, it.turns()]).to.deep.equal(['terms', []]);
    }
  });

  it('gets nothing of what waited to be sent, nor of what placeholders stood for', async () => {
    const {chat, server, state, ask, gate} = closedChat({signIn: () => Promise.resolve()});
    const signInAs = async (user: string) => {
      void chat.open();
      void chat.signIn();
      await (await server.next('config')).answer(as(user));
    };
    await signInAs('ada');
    const accepting = chat.accept();
    await (await server.next('accept')).answer({receiptId: 'r1'});
    await accepting;
    await chat.mask('SECRET', [finding('block')]);
    expect(chat.masks().size).to.equal(1);
    const {stream} = await ask('How?');
    await stream.emit({type: 'error', error: chatError('auth_expired')});
    await until(() => gate().phase === 'sign-in');
    expect(state().kept).to.equal('How?');
    await signInAs('bo');
    await (await server.next('config')).answer(as('bo'));
    expect(gate().phase).to.equal('terms');
    expect(state()).not.to.have.any.keys('kept', 'acceptance');
    expect(chat.masks().size).to.equal(0);
    expect(server.made.filter((method) => method === 'send')).to.have.length(1);
  });
});
