import {expect} from '@open-wc/testing';

import {ChatFailure, chatError} from '../../src/core/errors.js';
import {startCall} from '../../src/transports/call.js';
import {manualClock, settled} from './manual-clock.js';

const never = () => new Promise<never>(() => {});
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'resolved',
    (caught: unknown) => (caught instanceof ChatFailure ? caught.error.code : caught),
  );

describe('a call', () => {
  it('waits for its work, and leaves neither timer nor listener behind', async () => {
    const clock = manualClock();
    const call = startCall([], clock);
    const listeners = new Set<unknown>();
    call.signal.addEventListener = (_type: string, listener: unknown) => listeners.add(listener);
    call.signal.removeEventListener = (_type: string, listener: unknown) => listeners.delete(listener);
    let finish = (_result: string) => {};
    const work = () => new Promise<string>((resolve) => (finish = resolve));
    const limited = call.limit(1000, work, 'timeout');
    expect([clock.pending, listeners.size]).to.deep.equal([1, 1]);
    finish('done');
    expect(await limited).to.equal('done');
    expect([clock.pending, listeners.size]).to.deep.equal([0, 0]);
  });

  it('fails as late when its time is up', async () => {
    const clock = manualClock();
    const code = codeOf(startCall([], clock).limit(1000, never, 'timeout', 'network'));
    await clock.pass(1000);
    expect(await code).to.equal('timeout');
  });

  it('fails as broken when its work throws, unless the work says what it is', async () => {
    const call = startCall([], manualClock());
    const broken = () => Promise.reject(new TypeError('secret'));
    const told = () => Promise.reject(new ChatFailure(chatError('forbidden')));
    expect(await codeOf(call.limit(1000, broken, 'timeout', 'network'))).to.equal('network');
    expect(await codeOf(call.limit(1000, broken, 'timeout'))).to.equal('timeout');
    expect(await codeOf(call.limit(1000, told, 'timeout', 'network'))).to.equal('forbidden');
  });

  it('ends with any of its parents, for that parent’s reason', async () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const clock = manualClock();
    const code = codeOf(startCall([first.signal, second.signal], clock).limit(1000, never, 'timeout'));
    second.abort('gone');
    expect(await code).to.equal('gone');
    await settled();
    expect(clock.pending).to.equal(0);
  });

  it('starts no work once it has ended', async () => {
    const call = startCall([AbortSignal.abort('gone')], manualClock());
    let started = false;
    const work = async () => {
      started = true;
    };
    expect(await codeOf(call.limit(1000, work, 'timeout'))).to.equal('gone');
    expect(started).to.equal(false);
  });
});
