import {expect} from '@open-wc/testing';

import {chatError} from '../../src/core/errors.js';
import {answeredChat, config, finish, openChat, text, until} from './chat-setup.js';

const ratingOf = ({turns}: Awaited<ReturnType<typeof openChat>>) => turns()[0]!.answers[0]!.rating;

describe('rating an answer', () => {
  it('sends score and comment for the answer’s own id, and says when it is saved', async () => {
    const it = await answeredChat();
    const rating = it.chat.rate('id-1', 4, '  Helped. ');
    const call = await it.server.next('rate');
    expect(call.argument).to.deep.equal({target: {messageId: 'm1'}, score: 4, comment: 'Helped.'});
    expect(call.options.receiptId).to.equal('receipt-1');
    expect(ratingOf(it)).to.deep.equal({score: 4, phase: 'saving'});
    await call.answer();
    expect(await rating).to.deep.equal({rated: true});
    expect(ratingOf(it)).to.deep.equal({score: 4, phase: 'saved'});
  });

  it('sends no comment when there is none, and our id when the backend gave none', async () => {
    const {chat, server, ask} = await openChat();
    const {stream, over} = await ask('How?');
    await stream.emit(text('So.'), finish);
    await over;
    void chat.rate('id-1', 2, '  ');
    expect((await server.next('rate')).argument).to.deep.equal({target: {messageId: 'id-1'}, score: 2});
  });

  it('rates the bubble that was meant', async () => {
    const {chat, server, ask} = await openChat();
    const {stream, over} = await ask('How?');
    await stream.emit(
      {type: 'start', messageId: 'm1'},
      text('One.'),
      {type: 'start', messageId: 'm2'},
      text('Two.'),
      finish,
    );
    await over;
    void chat.rate('id-1', 5, '', 1);
    expect((await server.next('rate')).argument.target).to.deep.equal({messageId: 'm2'});
  });

  it('says when it could not be saved, and can be tried again', async () => {
    const it = await answeredChat();
    const rating = it.chat.rate('id-1', 4);
    await (await it.server.next('rate')).refuse('network');
    expect(await rating).to.deep.equal({rated: false, reason: 'failed'});
    expect(ratingOf(it)).to.deep.equal({score: 4, phase: 'failed', error: chatError('network')});
    const again = it.chat.rate('id-1', 4);
    await (await it.server.next('rate')).answer();
    expect(await again).to.deep.equal({rated: true});
    expect(ratingOf(it)).to.deep.equal({score: 4, phase: 'saved'});
  });

  it('changed in haste: the last one wins, at the backend as on the screen', async () => {
    const it = await answeredChat();
    const first = it.chat.rate('id-1', 1);
    const slow = await it.server.next('rate');
    const second = it.chat.rate('id-1', 3);
    const third = it.chat.rate('id-1', 5);
    await until(() => ratingOf(it)?.score === 5);
    // The second is no longer wanted by the time the first has arrived: it is not sent at all.
    await slow.answer();
    const last = await it.server.next('rate');
    expect(last.argument.score).to.equal(5);
    expect(ratingOf(it)).to.deep.equal({score: 5, phase: 'saving'});
    await last.answer();
    expect(await Promise.all([first, second, third])).to.deep.equal([
      {rated: false, reason: 'replaced'},
      {rated: false, reason: 'replaced'},
      {rated: true},
    ]);
    expect(ratingOf(it)).to.deep.equal({score: 5, phase: 'saved'});
    expect(it.server.made.filter((method) => method === 'rate')).to.have.lengthOf(2);
  });

  it('is not marked as failed when the one it replaced fails', async () => {
    const it = await answeredChat();
    const first = it.chat.rate('id-1', 1);
    const slow = await it.server.next('rate');
    const second = it.chat.rate('id-1', 5);
    await until(() => ratingOf(it)?.score === 5);
    await slow.refuse('timeout');
    await (await it.server.next('rate')).answer();
    await Promise.all([first, second]);
    expect(ratingOf(it)).to.deep.equal({score: 5, phase: 'saved'});
  });

  it('is not there where the vendor does not want it, nor for an answer that does not exist', async () => {
    for (const it of [
      await answeredChat({without: ['rate']}),
      await answeredChat({}, {...config, features: {rating: false}}),
    ]) {
      expect(await it.chat.rate('id-1', 5)).to.deep.equal({rated: false, reason: 'unsupported'});
      expect(it.server.made).not.to.include('rate');
    }
    const {chat} = await answeredChat();
    expect(await chat.rate('id-9', 5)).to.deep.equal({rated: false, reason: 'unsupported'});
    expect(await chat.rate('id-1', 5, '', 7)).to.deep.equal({rated: false, reason: 'unsupported'});
  });

  it('is not sent when the acceptance is taken back while the comment is checked', async () => {
    let isSlow = false;
    let checked = () => {};
    const {chat, server} = await answeredChat({
      prepare: () => (isSlow ? new Promise((resolve) => (checked = resolve)) : Promise.resolve()),
    });
    isSlow = true;
    const rating = chat.rate('id-1', 5, 'Good.');
    void chat.withdraw();
    checked();
    expect((await rating).rated).to.equal(false);
    expect(server.made).not.to.include('rate');
  });

  it('brings the terms back when the backend asks for them', async () => {
    const {chat, server, gate} = await answeredChat();
    const rating = chat.rate('id-1', 5);
    await (await server.next('rate')).refuse('consent_required');
    await (await server.next('config')).answer(config);
    expect(await rating).to.deep.equal({rated: false, reason: 'failed'});
    expect(gate()).to.include({phase: 'terms', reason: 'required'});
  });
});
