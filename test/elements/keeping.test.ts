/** A person is told when the browser keeps nothing of the conversation, and when an earlier one could not be read. */
import {expect} from '@open-wc/testing';

import '../../src/elements/situation.js';
import {count, found, loadAll, one, openChat, renderChat, seen, says, until} from '../support/chat.js';

const sentence = 'tillit-situation .keeping';

/** Puts something in the place of storage; returns what puts it back. */
function withStorage(name: 'localStorage' | 'sessionStorage', get: () => Storage) {
  const own = Object.getOwnPropertyDescriptor(window, name)!;
  Object.defineProperty(window, name, {configurable: true, get});
  return () => Object.defineProperty(window, name, own);
}

const full = () =>
  ({
    getItem: () => null,
    removeItem() {},
    setItem() {
      throw new DOMException('Full.', 'QuotaExceededError');
    },
  }) as unknown as Storage;

describe('a conversation that cannot be kept', () => {
  before(loadAll);
  let restore = () => {};
  afterEach(() => restore());

  for (const [what, get] of [
    [
      'is blocked',
      () => {
        throw new DOMException('Insecure.', 'SecurityError');
      },
    ],
    ['is full', full],
  ] as const) {
    it(`goes on where storage ${what}, and the person is told so, quietly`, async () => {
      restore = withStorage('sessionStorage', get);
      const {chat, server} = await openChat({set: {storage: 'session'}});
      const words = 'The conversation cannot be kept here and is gone when you leave the page.';
      await says(chat, sentence, words);
      await says(chat, '[part~="status"]', words);
      expect(one(chat, sentence).closest('[role="alert"]')).to.equal(null);
      await expect(chat).to.be.accessible();
      void chat.ask('How?');
      await until(() => server.asked.send.length === 1, 'the question leaves');
      // Nothing is written out, into the real storage, by a chat that is switched off.
      chat.disabled = true;
      await chat.updateComplete;
    });
  }

  it('is not spoken of where the host wants nothing kept', async () => {
    restore = withStorage('sessionStorage', full);
    const {chat} = await openChat({set: {storage: 'none'}});
    chat.chat?.flush();
    await new Promise((later) => {
      setTimeout(later, 350);
    });
    expect(count(chat, sentence)).to.equal(0);
  });
});

describe('an earlier conversation that cannot be read', () => {
  before(loadAll);

  for (const [what, stored] of [
    ['is broken', '{"version":2,'],
    ['is another’s', '{"theme":"dark"}'],
    ['was written by a chat to come', '{"version":3}'],
  ] as const) {
    it(`and ${what} is removed, and the person is told`, async () => {
      const {chat} = await renderChat();
      chat.id = `test-${crypto.randomUUID()}`;
      const key = `tillit-chat:${chat.id}`;
      sessionStorage.setItem(key, stored);
      sessionStorage.setItem(`${key}:draft`, 'Half a question');
      chat.storage = 'session';
      await chat.updateComplete;
      chat.show();
      (await found(chat, '#accept')).click();
      await says(chat, sentence, 'An earlier conversation could not be read and has been removed.');
      expect(seen(one(chat, '[part~="input"]'))).to.equal('');
      chat.chat?.flush();
      await until(() => sessionStorage.getItem(key)?.startsWith('{"version":2,"acceptance"'), 'the new one is kept');
      expect(sessionStorage.getItem(`${key}:draft`)).to.equal(null);
      // Nothing is written out by a chat that is switched off.
      chat.disabled = true;
      await chat.updateComplete;
      sessionStorage.removeItem(key);
    });
  }
});
