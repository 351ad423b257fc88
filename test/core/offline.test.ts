/** A question that did not reach the backend: who sends it, and when. */
import {expect} from '@open-wc/testing';

import {chatError, type ErrorCode} from '../../src/core/errors.js';
import {leave, patienceMs, sendWhenBack} from '../../src/core/offline.js';
import {settled} from '../support/manual-transport.js';
import {finish, openChat, text, until} from './chat-setup.js';

/** A network in the hands of the test, on a clock that only moves when a pause ends. */
function manualNetwork(isThere: boolean) {
  let nowMs = 0;
  const pauses: {readonly ms: number; readonly end: () => void}[] = [];
  const next = async () => {
    await until(() => pauses.length > 0);
    return pauses.shift()!;
  };
  return {
    network: {
      isThere: () => isThere,
      nowMs: () => nowMs,
      change: (ms: number, signal: AbortSignal) =>
        new Promise<void>((end) => {
          pauses.push({ms, end});
          signal.addEventListener('abort', () => end());
        }),
    },
    pauses,
    /** The device finds a network, or loses it. */
    async turns(on: boolean) {
      isThere = on;
      (await next()).end();
      await settled();
    },
    /** The pause goes by; tells how long it was. */
    async passes() {
      const {ms, end} = await next();
      nowMs += ms;
      end();
      await settled();
      return ms;
    },
  };
}

async function cutOff(isThere = false, code: ErrorCode = 'network') {
  const it = await openChat();
  const {stream, over} = await it.ask('How?');
  await stream.emit({type: 'error', error: chatError(code)});
  await over;
  const device = manualNetwork(isThere);
  let isOver = false;
  const wait = () => {
    void sendWhenBack(it.chat, 'id-1', device.network).then(() => (isOver = true));
  };
  const sends = () => it.server.made.filter((method) => method === 'send').length;
  return {...it, network: device, wait, sends, isOver: () => isOver};
}

describe('a question without a network', () => {
  it('waits, and tries nothing while the device is offline', async () => {
    const {
      wait,
      turns,
      network: {pauses},
      sends,
    } = await cutOff();
    wait();
    await until(() => pauses.length > 0);
    expect(turns()[0]).to.deep.include({phase: 'failed', waitsUntilMs: patienceMs});
    expect(pauses[0]!.ms).to.equal(patienceMs);
    expect(sends()).to.equal(1);
  });

  it('is sent as soon as the device is online again, under its own key', async () => {
    const {wait, network, server, turns, isOver} = await cutOff();
    wait();
    await network.turns(true);
    const again = await server.next('send');
    expect(again.argument).to.deep.include({text: 'How?', clientMessageId: 'id-1', trigger: 'retry'});
    await again.emit(text('So.'), finish);
    await until(isOver);
    expect(turns()).to.have.length(1);
    expect(turns()[0]).to.include({phase: 'done'}).and.not.have.property('waitsUntilMs');
  });

  it('is tried now and then where the device believes that it is online', async () => {
    const {wait, network, server, turns, isOver} = await cutOff(true);
    wait();
    const pauses = [];
    for (let failures = 0; failures < 3; failures++) {
      pauses.push(await network.passes());
      const again = await server.next('send');
      expect(turns()[0]).to.include({phase: 'waiting'});
      await again.emit({type: 'error', error: chatError('network')});
      await until(() => turns()[0]?.waitsUntilMs !== undefined);
    }
    expect(pauses).to.deep.equal([5_000, 7_500, 11_250]);
    await network.passes();
    await (await server.next('send')).emit(text('So.'), finish);
    await until(isOver);
    expect(turns()[0]).to.include({phase: 'done'});
  });

  it('waits two minutes and no longer: then it is the person who sends it', async () => {
    const {wait, network, turns, sends, isOver, chat, server} = await cutOff();
    wait();
    expect(await network.passes()).to.equal(patienceMs);
    await until(isOver);
    expect(turns()[0]).to.deep.include({phase: 'failed', waitsUntilMs: undefined});
    expect(sends()).to.equal(1);
    void chat.retry('id-1');
    await server.next('send');
  });

  it('does not wait on a refusal: what the backend says is what counts', async () => {
    const {wait, network, server, turns, isOver} = await cutOff();
    wait();
    await network.turns(true);
    await (await server.next('send')).emit({type: 'error', error: chatError('rate_limited')});
    await until(isOver);
    expect(turns()[0]).to.deep.include({phase: 'failed', error: chatError('rate_limited')});
    expect(turns()[0]?.waitsUntilMs).to.equal(undefined);
  });

  for (const [what, act] of [
    ['the person does not want it to', (chat) => leave(chat, 'id-1')],
    ['the person takes it back to change it', (chat) => chat.takeBack('id-1')],
    ['a new conversation begins', (chat) => chat.reset()],
    ['the person takes everything back', (chat) => void chat.withdraw()],
  ] as const satisfies readonly (readonly [string, (chat: Awaited<ReturnType<typeof cutOff>>['chat']) => void])[]) {
    it(`is not sent when ${what}, and nothing goes on waiting`, async () => {
      const {wait, chat, network, sends, isOver} = await cutOff();
      wait();
      await until(() => network.pauses.length > 0);
      act(chat);
      await until(isOver);
      expect(sends()).to.equal(1);
    });
  }

  it('is not sent when the person has gone on with another', async () => {
    const {wait, chat, network, server, isOver} = await cutOff();
    wait();
    await until(() => network.pauses.length > 0);
    void chat.ask('And this?');
    const other = await server.next('send');
    await until(isOver);
    expect(other.argument.text).to.equal('And this?');
  });

  it('is not sent while the gate is shut', async () => {
    const {wait, chat, network, sends, turns} = await cutOff();
    wait();
    chat.store.dispatch({type: 'gate', event: {type: 'refused', error: chatError('unavailable')}});
    await network.turns(true);
    await until(() => network.pauses.length > 0);
    expect(sends()).to.equal(1);
    expect(turns()[0]).to.include({phase: 'failed'});
  });

  it('is not sent once the chat is disposed', async () => {
    const {wait, chat, network, sends} = await cutOff();
    wait();
    await until(() => network.pauses.length > 0);
    chat.dispose();
    await network.turns(true);
    expect(sends()).to.equal(1);
  });

  it('keeps its half answer until the whole one comes', async () => {
    const {chat, ask, server, answers} = await openChat();
    const {stream, over} = await ask('How?');
    await stream.emit(text('Hal'), {type: 'error', error: chatError('network')});
    await over;
    const network = manualNetwork(false);
    void sendWhenBack(chat, 'id-1', network.network);
    await network.turns(true);
    const again = await server.next('send');
    expect(answers()).to.deep.equal(['Hal']);
    await again.emit(text('Whole.'), finish);
    expect(answers()).to.deep.equal(['Whole.']);
  });
});
