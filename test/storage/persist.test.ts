import {expect} from '@open-wc/testing';

import {persist} from '../../src/storage/persist.js';
import {fromSnapshot} from '../../src/storage/snapshot.js';
import type {SafeStorage} from '../../src/storage/web-storage.js';
import {chatAtTerms, closedChat, config, finish, openChat, text} from '../core/chat-setup.js';

/** Storage that counts what is done to it. */
function memory(isFull = false) {
  const texts = new Map<string, string>();
  const done: string[] = [];
  const storage: SafeStorage = {
    read: (key) => texts.get(key),
    write(key, text) {
      done.push(`write ${key}`);
      if (!isFull) texts.set(key, text);
      return !isFull;
    },
    remove(key) {
      done.push(`remove ${key}`);
      texts.delete(key);
    },
  };
  const stored = () => (texts.has('k') ? {...fromSnapshot(texts.get('k')!), draft: texts.get('k:draft')} : undefined);
  return {storage, texts, done, stored};
}

/** Timers that run when the test says so. */
function manualTimers() {
  const {setTimeout: set, clearTimeout: clear} = globalThis;
  const timers = new Map<number, {run: () => void; ms: number | undefined}>();
  let last = 0;
  globalThis.setTimeout = ((run: () => void, ms?: number) => {
    timers.set(++last, {run, ms});
    return last;
  }) as unknown as typeof setTimeout;
  globalThis.clearTimeout = ((id?: number) => timers.delete(id!)) as typeof clearTimeout;
  return {
    pending: () => [...timers.values()].map(({ms}) => ms),
    run() {
      const due = [...timers.values()];
      timers.clear();
      for (const timer of due) timer.run();
    },
    restore() {
      globalThis.setTimeout = set;
      globalThis.clearTimeout = clear;
    },
  };
}

describe('what is stored of a conversation', () => {
  it('is nothing before the person has accepted, whatever is typed', async () => {
    const {chat} = await chatAtTerms();
    const {storage, done} = memory();
    const kept = persist(chat, storage, 'k');
    chat.draft('typed');
    kept.flush();
    chat.decline();
    kept.flush();
    expect(done).to.deep.equal([]);
  });

  it('is everything from the acceptance on', async () => {
    const it = await chatAtTerms();
    const {storage, stored} = memory();
    const kept = persist(it.chat, storage, 'k');
    const accepting = it.chat.accept();
    await (await it.server.next('accept')).answer({receiptId: 'receipt-1'});
    await accepting;
    const {stream, over} = await it.ask('How?');
    await stream.emit(text('So.'), finish);
    await over;
    it.chat.draft('And');
    kept.flush();
    expect(stored()).to.deep.include({draft: 'And', acceptance: it.state().acceptance, turns: it.turns()});
  });

  it('is there again on the next page', async () => {
    const it = await openChat();
    const {storage} = memory();
    const kept = persist(it.chat, storage, 'k');
    it.chat.draft('Half');
    kept.flush();
    const next = closedChat();
    persist(next.chat, storage, 'k');
    expect(next.state()).to.deep.include({draft: 'Half', acceptance: it.state().acceptance, gate: {phase: 'idle'}});
  });

  it('is gone at once when the acceptance is taken back', async () => {
    const {chat} = await openChat();
    const {storage, texts, done} = memory();
    const kept = persist(chat, storage, 'k');
    chat.draft('Half');
    kept.flush();
    void chat.withdraw();
    expect(texts.size).to.equal(0);
    kept.flush();
    expect(done).to.deep.equal(['write k', 'write k:draft', 'remove k', 'remove k:draft']);
  });

  it('is gone at once even while a write is due', async () => {
    const {chat} = await openChat();
    const {storage, texts} = memory();
    const timers = manualTimers();
    try {
      persist(chat, storage, 'k');
      chat.draft('Half');
      void chat.withdraw();
      timers.run();
      expect(texts.size).to.equal(0);
    } finally {
      timers.restore();
    }
  });

  for (const [what, text] of [
    ['broken', '{'],
    ['foreign', '{"theme":"dark"}'],
    ['of a version to come', '{"version":3}'],
  ] as const) {
    it(`is dropped when it is ${what}, and the chat begins anew`, () => {
      const {chat, state} = closedChat();
      const {storage, texts} = memory();
      texts.set('k', text);
      persist(chat, storage, 'k');
      expect(texts.size).to.equal(0);
      expect(state()).to.deep.include({turns: [], draft: '', keeping: 'dropped'});
    });
  }

  it('is the acceptance alone where the person does not let more be kept, whatever is typed and asked', async () => {
    const it = await chatAtTerms();
    const {storage, texts} = memory();
    const kept = persist(it.chat, storage, 'k');
    const accepting = it.chat.accept({device: false});
    await (await it.server.next('accept')).answer({receiptId: 'receipt-1'});
    await accepting;
    const {stream, over} = await it.ask('How?');
    await stream.emit({type: 'start', messageId: 'm1', conversationId: 'c1'}, text('So.'), finish);
    await over;
    it.chat.draft('And');
    kept.flush();
    expect([...texts.keys()]).to.deep.equal(['k']);
    expect(texts.get('k')).not.to.match(/How|So\.|And|c1/);
    expect(fromSnapshot(texts.get('k')!)?.acceptance).to.deep.equal(it.state().acceptance);
    expect(it.turns()).to.have.length(1);
  });

  it('is dropped when it was accepted more than a year ago: the terms are asked for again', async () => {
    const it = await openChat();
    const {storage, texts} = memory();
    const kept = persist(it.chat, storage, 'k');
    it.chat.draft('Half');
    kept.flush();
    kept.stop();
    const {acceptedAt} = it.state().acceptance!;
    const longAgo = new Date(Date.now() - 366 * 86_400_000).toISOString();
    texts.set('k', texts.get('k')!.replace(acceptedAt, longAgo));
    const next = closedChat();
    persist(next.chat, storage, 'k');
    expect(texts.size).to.equal(0);
    expect(next.state()).not.to.have.any.keys('acceptance');
  });

  it('leaves other keys alone', async () => {
    const {chat} = await openChat();
    const {storage, texts} = memory();
    texts.set('other', 'x');
    persist(chat, storage, 'k').flush();
    void chat.withdraw();
    expect([...texts]).to.deep.equal([['other', 'x']]);
  });
});

describe('storing', () => {
  it('waits for a pause of 300 ms in what happens, and happens once', async () => {
    const {chat} = await openChat();
    const {storage, done, stored} = memory();
    const timers = manualTimers();
    try {
      const kept = persist(chat, storage, 'k');
      for (const draft of ['a', 'ab', 'abc']) chat.draft(draft);
      expect(done).to.deep.equal([]);
      expect(timers.pending()).to.deep.equal([300]);
      timers.run();
      expect(done).to.deep.equal(['write k', 'write k:draft']);
      expect(stored()?.draft).to.equal('abc');
      expect(timers.pending()).to.deep.equal([]);
      chat.draft('abcd');
      expect(timers.pending()).to.deep.equal([300]);
      kept.flush();
      expect(stored()?.draft).to.equal('abcd');
      expect(timers.pending()).to.deep.equal([]);
    } finally {
      timers.restore();
    }
  });

  it('writes nothing that is stored already', async () => {
    const {chat} = await openChat();
    const {storage, done} = memory();
    const kept = persist(chat, storage, 'k');
    kept.flush();
    kept.flush();
    chat.draft('a');
    chat.draft('');
    kept.flush();
    expect(done).to.deep.equal(['write k']);
  });

  it('of what is typed leaves the conversation alone, and leaves nothing of a draft that was sent', async () => {
    const {chat, ask} = await openChat();
    const {storage, texts, done} = memory();
    const kept = persist(chat, storage, 'k');
    const {stream, over} = await ask('How?');
    await stream.emit(text('So.'), finish);
    await over;
    kept.flush();
    const conversation = texts.get('k');
    done.length = 0;
    for (const draft of ['a', 'ab', '']) {
      chat.draft(draft);
      kept.flush();
    }
    expect(done).to.deep.equal(['write k:draft', 'write k:draft', 'remove k:draft']);
    expect([...texts]).to.deep.equal([['k', conversation]]);
  });

  it('that fails keeps the conversation going, and is tried again with the next change', async () => {
    const {chat, ask, turns} = await openChat();
    const {storage, done} = memory(true);
    const kept = persist(chat, storage, 'k');
    const {stream, over} = await ask('How?');
    await stream.emit(text('So.'), finish);
    await over;
    expect(turns()[0]!.phase).to.equal('done');
    const tries = done.length;
    chat.draft('And?');
    kept.flush();
    expect(done).to.have.length(tries + 1);
  });

  it('that fails is told once, and no longer when it works again', async () => {
    const {chat, state} = await openChat();
    let isFull = true;
    const {storage, done, stored} = memory();
    const kept = persist(chat, {...storage, write: (...what) => !isFull && storage.write(...what)}, 'k');
    const told: unknown[] = [];
    chat.store.subscribe(({keeping}) => {
      if (told.at(-1) !== keeping) told.push(keeping);
    });
    kept.flush();
    kept.flush();
    expect(told).to.deep.equal(['failed']);
    isFull = false;
    kept.flush();
    expect([told, state().keeping, done, stored()?.acceptance]).to.deep.equal([
      ['failed', undefined],
      undefined,
      ['write k'],
      state().acceptance,
    ]);
    kept.stop();
  });

  it('that was possible all along tells nothing', async () => {
    const {chat, state} = await openChat();
    persist(chat, memory().storage, 'k').flush();
    expect(state().keeping).to.equal(undefined);
  });

  it('does not wait when something is on its way to the backend, nor when it is over', async () => {
    const {chat, ask} = await openChat();
    const {storage, done, stored} = memory();
    const kept = persist(chat, storage, 'k');
    const {stream, over} = await ask('How?');
    expect(stored()?.turns?.[0]?.phase).to.equal('waiting');
    await stream.emit(text('So.'), finish);
    await over;
    expect(stored()?.turns?.[0]?.phase).to.equal('done');
    expect(done).to.deep.equal(['write k', 'write k']);
    kept.stop();
  });

  it('stops when it is told to; what is stored stays', async () => {
    const {chat} = await openChat();
    const {storage, stored, done} = memory();
    const timers = manualTimers();
    try {
      const kept = persist(chat, storage, 'k');
      chat.draft('kept');
      kept.flush();
      chat.draft('not kept');
      kept.stop();
      timers.run();
      chat.draft('not kept either');
      expect(timers.pending()).to.deep.equal([]);
      expect(done).to.deep.equal(['write k', 'write k:draft']);
      expect(stored()?.draft).to.equal('kept');
    } finally {
      timers.restore();
    }
  });

  it('keeps the acceptance for the next page: who has accepted is not asked again', async () => {
    const {chat} = await openChat();
    const {storage} = memory();
    persist(chat, storage, 'k').flush();
    const next = closedChat();
    persist(next.chat, storage, 'k');
    const opening = next.chat.open();
    await (await next.server.next('config')).answer(config);
    await opening;
    expect(next.gate().phase).to.equal('open');
  });
});
