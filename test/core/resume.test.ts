import {expect} from '@open-wc/testing';

import {chatError} from '../../src/core/errors.js';
import type {ChatEvent} from '../../src/core/events.js';
import {backoffMs} from '../../src/core/turn-run.js';
import {fromSnapshot, toSnapshot} from '../../src/storage/snapshot.js';
import {settled, type ManualStream} from '../support/manual-transport.js';
import {closedChat, config, finish, openChat, text, until, type ManualChat} from './chat-setup.js';

const start = (cursor?: string, mode?: 'replay' | 'continue'): ChatEvent => ({
  type: 'start',
  messageId: 'm1',
  conversationId: 'c1',
  ...(mode && {mode}),
  ...(cursor !== undefined && {cursor}),
});

/** A question whose answer broke off after "Hel", cursor 2; the pause before the first resumption has begun. */
async function brokenChat() {
  const it = await openChat();
  const {stream, over} = await it.ask('How?');
  await stream.emit(start('1'), text('Hel', '2'));
  await stream.close();
  return {...it, over};
}

/** Lets the pause pass, and takes the resumption that follows. */
async function resumed({server, waits}: ManualChat): Promise<ManualStream<'resume'>> {
  await waits.at(-1)!.end();
  return server.next('resume');
}

describe('an answer whose connection is lost', () => {
  it('goes on after its last cursor', async () => {
    const it = await brokenChat();
    expect(it.turns()[0]!.phase).to.equal('streaming');
    const stream = await resumed(it);
    expect(stream.argument).to.deep.equal({messageId: 'm1', conversationId: 'c1', cursor: '2'});
    await stream.emit(text('lo', '3'), {...finish, cursor: '4'});
    await it.over;
    expect(it.answers()).to.deep.equal(['Hello']);
    expect(it.turns()[0]!.phase).to.equal('done');
    expect(it.turns()).to.have.lengthOf(1);
  });

  for (const code of ['interrupted', 'network', 'timeout'] as const) {
    it(`goes on after the error "${code}" too`, async () => {
      const it = await openChat();
      const {stream, over} = await it.ask('How?');
      await stream.emit(text('Hel', '2'), {type: 'error', error: chatError(code)});
      await (await resumed(it)).emit(text('lo', '3'), finish);
      await over;
      expect(it.answers()).to.deep.equal(['Hello']);
    });
  }

  it('does not go on after an error that is the answer’s own', async () => {
    const it = await openChat();
    const {stream, over} = await it.ask('How?');
    await stream.emit(text('Hel', '2'), {type: 'error', error: chatError('content_filtered')});
    await over;
    expect(it.waits).to.deep.equal([]);
    expect(it.turns()[0]!.error?.code).to.equal('content_filtered');
  });

  it('shows nothing twice when the backend says everything again', async () => {
    const it = await brokenChat();
    const stream = await resumed(it);
    await stream.emit(start('1'), text('Hel', '2'), text('lo', '3'), finish);
    await it.over;
    expect(it.answers()).to.deep.equal(['Hello']);
  });

  it('shows nothing twice when the connection is lost again and again', async () => {
    const it = await brokenChat();
    const said: ChatEvent[] = [start('1'), text('Hel', '2')];
    for (const next of [text('lo', '3'), text(' wor', '4'), text('ld', '5')]) {
      const stream = await resumed(it);
      said.push(next);
      await stream.emit(...said);
      await stream.close();
    }
    await (await resumed(it)).emit(...said, finish);
    await it.over;
    expect(it.answers()).to.deep.equal(['Hello world']);
  });

  it('starts over where the backend says that it does, whatever was heard before', async () => {
    const it = await brokenChat();
    await (await resumed(it)).emit(start('1', 'replay'), text('Hello', '2'), finish);
    await it.over;
    expect(it.answers()).to.deep.equal(['Hello']);
  });

  it('goes on in the same bubble where the backend says so', async () => {
    const it = await brokenChat();
    await (await resumed(it)).emit(start('3', 'continue'), text('lo', '4'), finish);
    await it.over;
    expect(it.answers()).to.deep.equal(['Hello']);
  });

  it('hears every event of one stream, even those that share a cursor', async () => {
    const it = await openChat();
    const {stream, over} = await it.ask('How?');
    await stream.emit(text('He', '1'), text('l', '1'), text('lo', '1'), finish);
    await over;
    expect(it.answers()).to.deep.equal(['Hello']);
  });

  it('gives up after three resumptions that bring nothing new, and offers to ask again with the same key', async () => {
    const it = await brokenChat();
    for (const error of [chatError('interrupted'), chatError('network'), chatError('timeout')])
      await (await resumed(it)).emit({type: 'error', error});
    await it.over;
    expect(it.turns()[0]).to.deep.include({phase: 'failed', error: chatError('timeout')});
    expect(it.answers()).to.deep.equal(['Hel']);
    expect(it.server.made.filter((method) => method === 'resume')).to.have.lengthOf(3);
    void it.chat.retry('id-1');
    expect((await it.server.next('send')).argument).to.include({
      clientMessageId: 'id-1',
      trigger: 'retry',
      text: 'How?',
    });
  });

  it('counts anew after every piece of progress', async () => {
    const it = await brokenChat();
    for (const cursor of ['3', '4', '5', '6', '7']) {
      const stream = await resumed(it);
      await stream.emit(text('.', cursor));
      await stream.close();
    }
    expect(it.turns()[0]!.phase).to.equal('streaming');
    await (await resumed(it)).emit(finish);
    await it.over;
    expect(it.answers()).to.deep.equal(['Hel.....']);
  });

  it('is interrupted, with its half answer, when nothing is running any more', async () => {
    const it = await brokenChat();
    await (await resumed(it)).close();
    await it.over;
    // Within a second: nobody waits for what is not there.
    expect(it.waits.reduce((sum, {ms}) => sum + ms, 0)).to.be.at.most(1_000);
    expect(it.server.made.filter((method) => method === 'resume')).to.have.lengthOf(1);
    expect(it.turns()[0]).to.deep.include({phase: 'failed', error: chatError('interrupted')});
    expect(it.answers()).to.deep.equal(['Hel']);
  });

  it('fails with the backend’s word when it cannot go on', async () => {
    const it = await brokenChat();
    await (await resumed(it)).emit({type: 'error', error: chatError('conversation_not_found')});
    await it.over;
    expect(it.turns()[0]!.error?.code).to.equal('conversation_not_found');
    expect(it.answers()).to.deep.equal(['Hel']);
  });

  it('fails with a sentence when the transport throws instead of yielding', async () => {
    const it = await brokenChat();
    it.server.transport.resume = () => {
      throw new Error('not a stream');
    };
    await it.waits[0]!.end();
    await it.over;
    expect(it.turns()[0]).to.deep.include({phase: 'failed', error: chatError('protocol')});
  });

  it('is stopped at once while it waits for the next attempt', async () => {
    const it = await brokenChat();
    it.chat.stop();
    await it.over;
    expect(it.turns()[0]!.phase).to.equal('stopped');
    expect(it.answers()).to.deep.equal(['Hel']);
    expect(it.server.made).not.to.include('resume');
  });

  it('is stopped while it is taken up again', async () => {
    const it = await brokenChat();
    const stream = await resumed(it);
    it.chat.stop();
    await stream.emit(text('lo', '3'), {type: 'error', error: chatError('network')});
    await it.over;
    expect(it.turns()[0]!.phase).to.equal('stopped');
    expect(it.answers()).to.deep.equal(['Hel']);
    expect(it.waits).to.have.lengthOf(1);
  });

  it('is not taken up where the transport cannot', async () => {
    const it = await openChat({without: ['resume']});
    const {stream, over} = await it.ask('How?');
    await stream.emit(text('Hel', '2'));
    await stream.close();
    await over;
    expect(it.turns()[0]!.error?.code).to.equal('interrupted');
  });

  it('is not taken up without a cursor, which would say everything twice', async () => {
    const it = await openChat();
    const {stream, over} = await it.ask('How?');
    await stream.emit(text('Hel'));
    await stream.close();
    await over;
    expect(it.turns()[0]!.error?.code).to.equal('interrupted');
    expect(it.server.made).not.to.include('resume');
  });

  it('waits longer each time, and not in step with everybody else', () => {
    expect([0, 1, 2, 3, 4, 9].map((attempt) => backoffMs(attempt, 1))).to.deep.equal([
      1000, 2000, 4000, 8000, 8000, 8000,
    ]);
    expect(backoffMs(3, 0)).to.equal(500);
    expect(backoffMs(3, 0.5)).to.equal(4250);
  });
});

/** The next page: what was stored is there again, and the person's acceptance still holds. */
async function reloaded(it: ManualChat) {
  const next = closedChat();
  next.chat.store.dispatch({type: 'restored', state: fromSnapshot(toSnapshot(it.state())!)!});
  const opening = next.chat.open();
  await (await next.server.next('config')).answer(config);
  return {...next, opening};
}

describe('an answer that was arriving when the page was left', () => {
  async function leftChat(...events: readonly ChatEvent[]) {
    const it = await openChat();
    const {stream} = await it.ask('How?');
    await stream.emit(...events);
    it.chat.dispose();
    return it;
  }

  it('goes on at once on the next page', async () => {
    const it = await reloaded(await leftChat(start('1'), text('Hel', '2')));
    const stream = await it.server.next('resume');
    expect(it.waits).to.deep.equal([]);
    expect(stream.argument).to.deep.equal({messageId: 'm1', conversationId: 'c1', cursor: '2'});
    await stream.emit(text('lo', '3'), finish);
    await it.opening;
    expect(it.answers()).to.deep.equal(['Hello']);
    expect(it.turns()[0]!.phase).to.equal('done');
  });

  it('does not say again what the last page heard last', async () => {
    const it = await reloaded(await leftChat(start('1'), text('Hel', '2')));
    await (await it.server.next('resume')).emit(text('Hel', '2'), text('lo', '3'), finish);
    await it.opening;
    expect(it.answers()).to.deep.equal(['Hello']);
  });

  it('begins from the beginning when nothing had been heard', async () => {
    const it = await reloaded(await leftChat());
    const stream = await it.server.next('resume');
    expect(stream.argument).to.deep.equal({messageId: 'id-1'});
    await stream.emit(start('1'), text('Hello', '2'), finish);
    await it.opening;
    expect(it.answers()).to.deep.equal(['Hello']);
  });

  it('is interrupted when the backend gave no cursor', async () => {
    const it = await reloaded(await leftChat(text('Hel')));
    await it.opening;
    expect(it.turns()[0]).to.deep.include({phase: 'failed', error: chatError('interrupted')});
    expect(it.answers()).to.deep.equal(['Hel']);
    expect(it.server.made).not.to.include('resume');
  });

  it('pauses between attempts like any other', async () => {
    const it = await reloaded(await leftChat(start('1'), text('Hel', '2')));
    await (await it.server.next('resume')).emit(text('lo', '3'), {type: 'error', error: chatError('network')});
    await until(() => it.waits.length > 0);
    expect(it.waits).to.have.lengthOf(1);
    await (await resumed(it)).emit(finish);
    await it.opening;
    expect(it.answers()).to.deep.equal(['Hello']);
  });

  it('keeps the person from asking the next question meanwhile', async () => {
    const it = await reloaded(await leftChat(start('1'), text('Hel', '2')));
    await it.server.next('resume');
    expect(await it.chat.ask('And?')).to.deep.equal({asked: false, reason: 'busy'});
    it.chat.stop();
    expect(it.turns()[0]!.phase).to.equal('stopped');
  });

  it('is not asked for before the person opens the chat', async () => {
    const left = await leftChat(start('1'), text('Hel', '2'));
    const next = closedChat();
    next.chat.store.dispatch({type: 'restored', state: fromSnapshot(toSnapshot(left.state())!)!});
    await settled();
    expect(next.server.made).to.deep.equal([]);
  });
});

describe('a very long answer', () => {
  const half = 'x'.repeat(1_000_000);

  it('is cut at two million characters, says so, and stays', async () => {
    const it = await openChat();
    const {stream, over} = await it.ask('How?');
    await stream.emit(text(half), text(half), text('y'), text('z'), {type: 'error', error: chatError('server')});
    await over;
    expect(it.turns()[0]).to.include({phase: 'done', finish: 'length'});
    expect(it.answers()[0]).to.have.lengthOf(2_000_000);
    expect(stream.isDropped).to.equal(true);
    expect(stream.options.signal.aborted).to.equal(true);
  });

  it('is measured over all its bubbles and parts', async () => {
    const it = await openChat();
    const {stream, over} = await it.ask('How?');
    await stream.emit(
      {type: 'start'},
      text(half),
      {type: 'start'},
      {type: 'text', op: 'append', part: 'b', text: half},
      text('y'),
    );
    await over;
    expect(it.turns()[0]).to.include({phase: 'done', finish: 'length'});
  });

  it('may be replaced as often as the backend likes', async () => {
    const it = await openChat();
    const {stream, over} = await it.ask('How?');
    const whole: ChatEvent = {type: 'text', op: 'replace', text: `${half}${half}`};
    await stream.emit(whole, whole, whole, finish);
    await over;
    expect(it.turns()[0]).to.include({phase: 'done', finish: 'stop'});
  });

  it('may be said again from the beginning', async () => {
    const it = await openChat();
    const {stream, over} = await it.ask('How?');
    await stream.emit(start('1'), text(half, '2'), text(half, '3'));
    await stream.close();
    await (await resumed(it)).emit(start('1', 'replay'), text(half, '2'), text(half, '3'), finish);
    await over;
    expect(it.turns()[0]).to.include({phase: 'done', finish: 'stop'});
    expect(it.answers()[0]).to.have.lengthOf(2_000_000);
  });
});
