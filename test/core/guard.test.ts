import {expect} from '@open-wc/testing';

import type {Screen, ScreenOptions} from '../../src/privacy/types.js';
import {answeredChat, closedChat, openChat, screen} from './chat-setup.js';

const filledIn = {name: 'Kim', email: 'kim@example.com', description: 'It does not work.'};

describe('the guard', () => {
  it('stops a question: nothing is sent, nothing is said, and the person learns what was found', async () => {
    const {chat, server, turns, state} = await openChat();
    chat.draft('My SECRET');
    const outcome = await chat.ask('My SECRET');
    expect(outcome).to.deep.include({asked: false, reason: 'blocked'});
    expect(outcome).to.have.nested.property('findings[0].type', 'PERSON_ID');
    expect(turns()).to.deep.equal([]);
    expect(state().draft).to.equal('My SECRET');
    expect(server.made).to.deep.equal(['config', 'accept']);
  });

  it('lets a warning pass when the person says that it is nothing, but never a block', async () => {
    const {chat, ask} = await openChat();
    expect(await chat.ask('MAYBE')).to.include({asked: false, reason: 'blocked'});
    expect(await chat.ask('MAYBE SECRET', {warningsConfirmed: true})).to.include({asked: false, reason: 'blocked'});
    expect((await ask('MAYBE', {warningsConfirmed: true})).stream.argument.text).to.equal('MAYBE');
  });

  it('stops a suggestion like any other question', async () => {
    const {chat} = await openChat();
    expect(await chat.ask('SECRET', {trigger: 'suggestion'})).to.include({asked: false, reason: 'blocked'});
  });

  it('stops a comment: the rating is not sent either', async () => {
    const {chat, server, turns} = await answeredChat();
    expect(await chat.rate('id-1', 5, 'SECRET')).to.deep.include({rated: false, reason: 'blocked'});
    expect(turns()[0]!.answers[0]).not.to.have.property('rating');
    expect(server.made).not.to.include('rate');
  });

  for (const field of ['name', 'email', 'description'] as const) {
    it(`stops a ticket for its ${field}, which stays as it was`, async () => {
      const {chat, server, state} = await answeredChat();
      await chat.openTicket({...filledIn, [field]: 'SECRET'});
      const outcome = await chat.sendTicket();
      expect(outcome).to.deep.include({sent: false, reason: 'blocked'});
      expect('fields' in outcome && outcome.fields.map((blocked) => blocked.field)).to.deep.equal([field]);
      expect(state().ticket).to.have.nested.property(`form.${field}`, 'SECRET');
      expect(state().ticket.phase).to.equal('editing');
      expect(server.made).not.to.include('createTicket');
    });
  }

  it('stops a ticket for every line of the transcript that the person has changed', async () => {
    const {chat, server, state} = await answeredChat();
    await chat.openTicket(filledIn);
    const {ticket} = state();
    if (ticket.phase !== 'editing') throw new Error('no form');
    chat.editTicket({transcript: ticket.form.transcript.map((line) => ({...line, text: `${line.text} SECRET`}))});
    const outcome = await chat.sendTicket();
    expect('fields' in outcome && outcome.fields.map((blocked) => blocked.field)).to.deep.equal([0, 1]);
    expect(server.made).not.to.include('createTicket');
  });

  it('stops a changed answer that only claims to be unchanged', async () => {
    const {chat, server} = await answeredChat();
    await chat.openTicket({
      ...filledIn,
      attach: true,
      transcript: [{role: 'assistant', text: 'SECRET', original: 'SECRET'}],
    });
    expect(await chat.sendTicket()).to.include({sent: false, reason: 'blocked'});
    expect(server.made).not.to.include('createTicket');
  });

  it('does not look at lines that are not attached, and does not send them', async () => {
    const {chat, server} = await answeredChat();
    await chat.openTicket({...filledIn, attach: false, transcript: [{role: 'user', text: 'SECRET'}]});
    void chat.sendTicket();
    expect((await server.next('createTicket')).argument.transcript).to.deep.equal([]);
  });

  it('lets a field’s warnings pass when the person says so of that field', async () => {
    const {chat, server} = await answeredChat();
    await chat.openTicket({...filledIn, name: 'MAYBE', description: 'MAYBE'});
    const outcome = await chat.sendTicket(['name']);
    expect('fields' in outcome && outcome.fields.map(({field}) => field)).to.deep.equal(['description']);
    void chat.sendTicket(['name', 'description']);
    expect((await server.next('createTicket')).argument).to.include({name: 'MAYBE', description: 'MAYBE'});
  });

  const unusable = {
    throws: {
      screen: () => {
        throw new Error('a rule broke');
      },
    },
    'says that it failed': {screen: () => ({verdict: 'failed'})},
    'cannot be loaded': {screen, prepare: () => Promise.reject(new Error('offline'))},
  } as const satisfies Record<string, {screen: Screen; prepare?: () => Promise<void>}>;

  for (const [how, guard] of Object.entries(unusable)) {
    it(`that ${how} sends no question, no comment and no ticket`, async () => {
      const {chat, server, state} = await openChat(guard);
      expect(await chat.ask('How?')).to.deep.equal({asked: false, reason: 'check-failed'});
      await chat.openTicket(filledIn);
      expect(await chat.sendTicket()).to.deep.equal({
        sent: false,
        reason: 'blocked',
        fields: ['name', 'email', 'description'].map((field) => ({field, findings: []})),
      });
      expect(state().ticket.phase).to.equal('editing');
      expect(server.made).to.deep.equal(['config', 'accept']);
    });
  }

  it('that breaks on a comment sends no rating', async () => {
    const {chat, server} = await answeredChat();
    expect(await chat.rate('id-1', 5, 'BROKEN')).to.deep.equal({rated: false, reason: 'check-failed'});
    expect(server.made).not.to.include('rate');
  });

  it('is waited for until it has loaded', async () => {
    const order: string[] = [];
    const {ask} = await openChat({
      prepare: () => Promise.resolve().then(() => void order.push('loaded')),
      screen: (...args) => {
        order.push('asked');
        return screen(...args);
      },
    });
    await ask('How?');
    expect(order).to.deep.equal(['loaded', 'asked']);
  });

  it('is tried again after it could not be loaded', async () => {
    let isOffline = true;
    const {chat, ask} = await openChat({
      prepare: () => (isOffline ? Promise.reject(new Error('offline')) : Promise.resolve()),
    });
    expect(await chat.ask('How?')).to.include({reason: 'check-failed'});
    isOffline = false;
    await ask('How?');
  });

  it('judges by the vendor’s policy and the language of the moment', async () => {
    const asked: [string, ScreenOptions | undefined][] = [];
    let locale = 'sv';
    const {chat} = closedChat({
      locale: () => locale,
      piiPolicy: {IP: 'block'},
      screen: (text, purpose, options) => {
        asked.push([purpose, options]);
        return screen(text, purpose, options);
      },
    });
    expect(await chat.screen('text', 'question')).to.include({verdict: 'pass'});
    locale = 'fi';
    await chat.screen('text', 'voice');
    expect(asked).to.deep.equal([
      ['question', {policy: {IP: 'block'}, locales: ['sv'], warningsConfirmed: false}],
      ['voice', {policy: {IP: 'block'}, locales: ['fi'], warningsConfirmed: false}],
    ]);
  });
});
