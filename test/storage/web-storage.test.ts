import {expect} from '@open-wc/testing';

import {webStorage, type StoragePage} from '../../src/storage/web-storage.js';

const key = 'tillit-chat:test';

function refuse(): never {
  throw new DOMException('no', 'SecurityError');
}

/** Pages that keep nothing. */
const pages: readonly [string, StoragePage][] = [
  [
    'is blocked',
    {
      get localStorage() {
        return refuse();
      },
      get sessionStorage() {
        return refuse();
      },
    },
  ],
  ['is missing', {}],
  ['is switched off', {localStorage: null, sessionStorage: null}],
  ['is full, or broken', {localStorage: broken(), sessionStorage: broken()}],
];

function broken(): Storage {
  return {length: 0, key: refuse, clear: refuse, setItem: refuse, getItem: refuse, removeItem: refuse};
}

describe('web storage', () => {
  afterEach(() => {
    localStorage.clear();
    sessionStorage.clear();
  });

  for (const [mode, here, there] of [
    ['local', localStorage, sessionStorage],
    ['session', sessionStorage, localStorage],
  ] as const) {
    it(`"${mode}" keeps, reads and removes a text, in one place only`, () => {
      const storage = webStorage(mode);
      expect(storage.read(key)).to.equal(undefined);
      expect(storage.write(key, 'text')).to.equal(true);
      expect([here.getItem(key), there.getItem(key)]).to.deep.equal(['text', null]);
      expect(storage.read(key)).to.equal('text');
      storage.remove(key);
      expect(here.getItem(key)).to.equal(null);
    });

    for (const [what, page] of pages) {
      it(`"${mode}" keeps nothing and says so where it ${what}`, () => {
        const storage = webStorage(mode, page);
        expect(storage.write(key, 'text')).to.equal(false);
        storage.remove(key);
        expect(storage.read(key)).to.equal(undefined);
      });
    }
  }

  it('"none" keeps nothing anywhere', () => {
    const storage = webStorage('none');
    expect(storage.write(key, 'text')).to.equal(false);
    expect(storage.read(key)).to.equal(undefined);
    storage.remove(key);
    expect(localStorage.length + sessionStorage.length).to.equal(0);
  });
});
