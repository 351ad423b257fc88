import {expect} from '@open-wc/testing';

import {createStore} from '../../src/core/store.js';

const counter = () => createStore((count: number, step: number) => count + step, 0);

describe('a store', () => {
  it('tells its followers each new state', () => {
    const store = counter();
    const heard: number[] = [];
    store.subscribe((count) => heard.push(count));
    store.dispatch(2);
    store.dispatch(3);
    expect(heard).to.deep.equal([2, 5]);
    expect(store.get()).to.equal(5);
  });

  it('says nothing when nothing changed', () => {
    const store = counter();
    let calls = 0;
    store.subscribe(() => calls++);
    store.dispatch(0);
    expect(calls).to.equal(0);
  });

  it('stops telling who no longer follows, also in the middle of a round', () => {
    const store = counter();
    const heard: string[] = [];
    const unfollow = store.subscribe(() => {
      heard.push('once');
      unfollow();
    });
    store.subscribe(() => heard.push('always'));
    store.dispatch(1);
    store.dispatch(1);
    expect(heard).to.deep.equal(['once', 'always', 'always']);
  });

  it('never tells an older state after a newer one', () => {
    const store = counter();
    const heard: number[] = [];
    store.subscribe((count) => {
      if (count === 1) store.dispatch(1);
    });
    store.subscribe((count) => heard.push(count));
    store.dispatch(1);
    expect(heard).to.deep.equal([2, 2]);
  });
});
