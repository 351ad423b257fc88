import {expect} from '@open-wc/testing';

import {chatError} from '../../src/core/errors.js';
import type {TicketForm} from '../../src/core/state.js';
import {fromSnapshot, toSnapshot} from '../../src/storage/snapshot.js';
import {answeredChat, closedChat, config, finish, openChat, text, until, type ManualChat} from './chat-setup.js';

const filledIn = {name: 'Kim', email: 'kim@example.com', description: 'It does not work.'};

function formOf({state}: ManualChat): TicketForm {
  const {ticket} = state();
  if (ticket.phase !== 'editing') throw new Error(`no form: ${ticket.phase}`);
  return ticket.form;
}

const linesOf = (it: ManualChat) => formOf(it).transcript.map(({role, text}) => `${role}: ${text}`);
const changeLine = (it: ManualChat, index: number, text: string) =>
  it.chat.editTicket({transcript: formOf(it).transcript.map((line, at) => (at === index ? {...line, text} : line))});

async function askAndAnswer(it: ManualChat, question: string, answer: string) {
  const {stream, over} = await it.ask(question);
  await stream.emit(text(answer), finish);
  await over;
}

describe('a ticket', () => {
  it('opens with the conversation in it, and asks for the rest', async () => {
    const it = await answeredChat();
    await it.chat.openTicket();
    expect(formOf(it)).to.deep.include({name: '', email: '', description: '', attach: true});
    expect(linesOf(it)).to.deep.equal(['user: How?', 'assistant: Like this.']);
  });

  it('attaches nothing before anything was said', async () => {
    const it = await openChat();
    await it.chat.openTicket({description: 'Help'});
    expect(formOf(it)).to.deep.equal({name: '', email: '', description: 'Help', attach: false, transcript: []});
  });

  it('shows a long answer by its beginning, which is still the vendor’s own text', async () => {
    const it = await openChat();
    const long = 'SECRET '.repeat(10_000);
    await askAndAnswer(it, 'How?', long);
    await it.chat.openTicket(filledIn);
    expect(formOf(it).transcript[1]!.text).to.equal(long.slice(0, 8000));
    void it.chat.sendTicket();
    expect((await it.server.next('createTicket')).argument.transcript[1]!.text).to.equal(long.slice(0, 8000));
  });

  it('is sent as the person left it, and its number is shown', async () => {
    const it = await answeredChat();
    await it.chat.openTicket({...filledIn, name: ' Kim '});
    changeLine(it, 0, 'How exactly?');
    const sending = it.chat.sendTicket();
    const call = await it.server.next('createTicket');
    expect(it.state().ticket.phase).to.equal('sending');
    expect(call.argument).to.deep.equal({
      ...filledIn,
      conversationId: 'c1',
      transcript: [
        {role: 'user', text: 'How exactly?'},
        {role: 'assistant', text: 'Like this.'},
      ],
    });
    await call.answer({id: 'T-1', url: 'https://example.com/T-1'});
    expect(await sending).to.deep.equal({sent: true});
    expect(it.state().ticket).to.deep.equal({phase: 'created', receipt: {id: 'T-1', url: 'https://example.com/T-1'}});
  });

  it('leaves out lines that the person emptied', async () => {
    const it = await answeredChat();
    await it.chat.openTicket(filledIn);
    changeLine(it, 0, '  ');
    void it.chat.sendTicket();
    expect((await it.server.next('createTicket')).argument.transcript).to.deep.equal([
      {role: 'assistant', text: 'Like this.'},
    ]);
  });

  it('is one ticket, however often it is pressed', async () => {
    const {chat, server} = await answeredChat();
    await chat.openTicket(filledIn);
    const [first, second] = [chat.sendTicket(), chat.sendTicket()];
    await (await server.next('createTicket')).answer({id: 'T-1'});
    expect(await first).to.deep.equal({sent: true});
    expect(await second).to.deep.equal({sent: false, reason: 'not-editing'});
    expect(server.made.filter((method) => method === 'createTicket')).to.have.lengthOf(1);
  });

  it('keeps its form and its key through failures', async () => {
    const it = await answeredChat();
    await it.chat.openTicket(filledIn);
    const keys: string[] = [];
    for (const code of ['network', 'timeout', 'server'] as const) {
      const sending = it.chat.sendTicket();
      const call = await it.server.next('createTicket');
      keys.push(call.options.idempotencyKey);
      await call.refuse(code);
      expect(await sending).to.deep.equal({sent: false, reason: 'failed'});
      expect(it.state().ticket).to.deep.include({phase: 'editing', error: chatError(code)});
      expect(formOf(it)).to.deep.include(filledIn);
    }
    it.chat.editTicket({description: 'It still does not work.'});
    void it.chat.sendTicket();
    const call = await it.server.next('createTicket');
    expect(call.argument.description).to.equal('It still does not work.');
    expect(new Set([...keys, call.options.idempotencyKey])).to.have.property('size', 1);
  });

  it('keeps its form and its key when the page is left while it is on its way', async () => {
    const it = await answeredChat();
    await it.chat.openTicket(filledIn);
    void it.chat.sendTicket();
    const {idempotencyKey} = (await it.server.next('createTicket')).options;
    const next = closedChat();
    next.chat.store.dispatch({type: 'restored', state: fromSnapshot(toSnapshot(it.state())!)!});
    void next.chat.open();
    await (await next.server.next('config')).answer(config);
    expect(formOf(next)).to.deep.include(filledIn);
    void next.chat.sendTicket();
    const call = await next.server.next('createTicket');
    expect(call.options.idempotencyKey).to.equal(idempotencyKey);
    expect(call.argument).to.deep.include(filledIn);
  });

  it('has a new key after one that was created', async () => {
    const {chat, server} = await answeredChat();
    const keys: string[] = [];
    for (const id of ['T-1', 'T-2']) {
      await chat.openTicket(filledIn);
      const sending = chat.sendTicket();
      const call = await server.next('createTicket');
      keys.push(call.options.idempotencyKey);
      await call.answer({id});
      await sending;
      chat.closeTicket();
    }
    expect(keys[0]).not.to.equal(keys[1]);
  });

  it('that was created opens as an empty form the next time', async () => {
    const it = await answeredChat();
    await it.chat.openTicket(filledIn);
    const sending = it.chat.sendTicket();
    await (await it.server.next('createTicket')).answer({id: 'T-1'});
    await sending;
    await it.chat.openTicket();
    expect(formOf(it)).to.include({name: '', description: ''});
  });

  it('is not sent where the transport cannot, or before a form is open', async () => {
    const without = await answeredChat({without: ['createTicket']});
    await without.chat.openTicket(filledIn);
    expect(await without.chat.sendTicket()).to.deep.equal({sent: false, reason: 'not-editing'});
    const {chat} = await answeredChat();
    expect(await chat.sendTicket()).to.deep.equal({sent: false, reason: 'not-editing'});
  });

  it('brings the terms back when the backend asks for them, and keeps the form', async () => {
    const it = await answeredChat();
    await it.chat.openTicket(filledIn);
    const sending = it.chat.sendTicket();
    await (await it.server.next('createTicket')).refuse('consent_required');
    await (await it.server.next('config')).answer(config);
    expect(await sending).to.deep.equal({sent: false, reason: 'failed'});
    expect(it.gate()).to.include({phase: 'terms', reason: 'required'});
    expect(formOf(it)).to.deep.include(filledIn);
  });

  const ends: readonly [string, (it: ManualChat) => void][] = [
    ['switched off', ({chat}) => chat.switch(false)],
    ['taken back', ({chat}) => void chat.withdraw()],
    ['disposed of', ({chat}) => chat.dispose()],
  ];
  for (const [how, end] of ends) {
    it(`is not sent when the chat is ${how} while the form is checked`, async () => {
      let isSlow = false;
      let checked = () => {};
      const it = await answeredChat({
        prepare: () => (isSlow ? new Promise((resolve) => (checked = resolve)) : Promise.resolve()),
      });
      await it.chat.openTicket(filledIn);
      isSlow = true;
      const sending = it.chat.sendTicket();
      await until(() => it.state().ticket.phase === 'sending');
      isSlow = false;
      end(it);
      checked();
      expect(await sending).to.deep.equal({sent: false, reason: 'not-editing'});
      expect(it.server.made).not.to.include('createTicket');
    });
  }

  it('that is on its way when the chat is switched off is left, and its form is open again', async () => {
    const it = await answeredChat();
    await it.chat.openTicket(filledIn);
    const sending = it.chat.sendTicket();
    const call = await it.server.next('createTicket');
    it.chat.switch(false);
    expect(call.options.signal.aborted).to.equal(true);
    await call.refuse(new DOMException('aborted', 'AbortError'));
    await sending;
    expect(it.state().ticket).to.include({phase: 'editing'});
    expect(it.state().ticket).not.to.have.property('error');
  });

  it('that is answered after the acceptance was taken back shows nothing', async () => {
    const it = await answeredChat();
    await it.chat.openTicket(filledIn);
    const sending = it.chat.sendTicket();
    const call = await it.server.next('createTicket');
    void it.chat.withdraw();
    await call.answer({id: 'T-1'});
    await sending;
    expect(it.state().ticket).to.deep.equal({phase: 'closed'});
  });
});

describe('a ticket form that is closed and opened again', () => {
  async function closedForm() {
    const it = await answeredChat();
    await it.chat.openTicket(filledIn);
    return it;
  }

  it('holds what was typed', async () => {
    const it = await closedForm();
    it.chat.editTicket({attach: false});
    it.chat.closeTicket();
    await it.chat.openTicket();
    expect(formOf(it)).to.deep.include({...filledIn, attach: false});
  });

  it('holds the lines as they were changed, and what has been said since', async () => {
    const it = await closedForm();
    changeLine(it, 0, 'How, in [NAME_1]’s case?');
    it.chat.closeTicket();
    await askAndAnswer(it, 'And then?', 'So.');
    await it.chat.openTicket();
    expect(linesOf(it)).to.deep.equal([
      'user: How, in [NAME_1]’s case?',
      'assistant: Like this.',
      'user: And then?',
      'assistant: So.',
    ]);
  });

  it('holds what was typed when it is opened for another question', async () => {
    const it = await closedForm();
    it.chat.closeTicket();
    await it.chat.openTicket({name: 'Someone', description: 'How?'});
    expect(formOf(it)).to.include(filledIn);
  });

  it('takes the other question when only a question stood there', async () => {
    const it = await answeredChat();
    await it.chat.openTicket({description: 'How?'});
    it.chat.closeTicket();
    await askAndAnswer(it, 'And then?', 'So.');
    await it.chat.openTicket({description: 'And then?'});
    expect(formOf(it).description).to.equal('And then?');
    it.chat.closeTicket();
    await it.chat.openTicket();
    expect(formOf(it).description).to.equal('And then?');
  });

  it('that is open already is left as it is', async () => {
    const it = await closedForm();
    await it.chat.openTicket({description: 'Other'});
    expect(formOf(it).description).to.equal(filledIn.description);
  });

  it('has the same key', async () => {
    const it = await closedForm();
    const key = () => {
      const {ticket} = it.state();
      return 'key' in ticket ? ticket.key : undefined;
    };
    const before = key();
    it.chat.closeTicket();
    await it.chat.openTicket();
    expect(before).to.be.a('string');
    expect(key()).to.equal(before);
  });
});
