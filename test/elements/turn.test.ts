import {expect} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';

import {
  all,
  count,
  focusIsOn,
  found,
  gone,
  hostLog,
  input,
  loadAll,
  one,
  openAnswer,
  openChat,
  openTurn,
  saying,
  seen,
  says,
  until,
  write,
} from '../support/chat.js';
import {finish, settled, source, text} from '../support/scripted-transport.js';
import {chatError} from '../../src/core/errors.js';

const turn = 'tillit-turn';
const answer = '[part~="answer"]';
const ticketOpen = `${turn} [part~="ticket-open"]`;

describe('a turn', () => {
  before(loadAll);

  it('waits, says so, and can be stopped', async () => {
    const {chat, server} = await openTurn();
    expect(seen(await found(chat, '.waiting'))).to.equal('Looking for an answer');
    expect(one(chat, '[part~="turn"]').ariaBusy).to.equal('true');
    await expect(chat).to.be.accessible();
    await server.emit({type: 'status', state: 'active', kind: 'search', text: 'Searching 40 articles'});
    expect(seen(one(chat, '.waiting'))).to.equal('Searching 40 articles');
  });

  it('shows the answer as it arrives, and its sources when it is whole', async () => {
    const {chat, server} = await openTurn();
    await server.emit(text('Open *Pay'), source);
    await says(chat, answer, 'Open');
    expect(count(chat, '[part~="sources"]')).to.equal(0);
    expect(count(chat, 'tillit-rating')).to.equal(0);
    await expect(chat).to.be.accessible();
    await server.emit(text(' slips*. [1]'), finish);
    await until(() => one(chat, answer).querySelector('em')?.textContent === 'Pay slips', 'the whole shows');
    expect(count(chat, '[part~="source"]')).to.equal(1);
    expect(one(chat, '[part~="turn"]').ariaBusy).to.equal('false');
    await expect(chat).to.be.accessible();
  });

  it('marks what an AI wrote, and only that', async () => {
    const ai = await openAnswer();
    expect(one(ai.chat, answer).getAttribute('ai-disclosure')).to.equal('ai-generated');
    const search = await openAnswer({config: {answerer: {kind: 'search'}}});
    expect(one(search.chat, answer).hasAttribute('ai-disclosure')).to.equal(false);
  });

  it('opens a source in a new tab that learns nothing, and tells the host which', async () => {
    const {chat} = await openAnswer();
    const link = one<HTMLAnchorElement>(chat, 'a[part~="source"]');
    expect([link.href, link.target, link.rel]).to.deep.equal([
      'https://help.example/correct',
      '_blank',
      'noopener noreferrer',
    ]);
    expect(seen(link)).to.include('Correct a pay slip').and.include('Sep 2026').and.include('opens in a new tab');
    const host = hostLog(chat);
    link.addEventListener('click', (event) => event.preventDefault());
    link.click();
    expect(host.of('tillit-source-open')).to.deep.equal([{sourceId: 'a1'}]);
  });

  it('makes no link of a source whose address is a script, or none', async () => {
    const sources = ['javascript:alert(1)', 'data:text/html,x', ' java\nscript:alert(1)'].map(
      (url, index) => ({type: 'source', source: {id: `${index}`, title: `Article ${index}`, url}}) as const,
    );
    const {chat} = await openAnswer({}, [
      text('See [1]'),
      ...sources,
      {type: 'source', source: {id: 'n', title: 'No address'}},
      finish,
    ]);
    expect(count(chat, '[part~="source"]')).to.equal(4);
    expect(count(chat, 'a[part~="source"]')).to.equal(0);
  });

  it('numbers sources as the answer does', async () => {
    const {chat} = await openAnswer({}, [
      text('x [2] [1]'),
      {type: 'source', source: {id: 'b', n: 2, title: 'Second'}},
      {type: 'source', source: {id: 'a', n: 1, title: 'First'}},
      finish,
    ]);
    expect(all(chat, '[part~="source"]').map(seen)).to.deep.equal(['1 First', '2 Second']);
  });

  it('stops at once, keeps the half answer, and tells the backend', async () => {
    const {chat, server} = await openTurn();
    await server.emit({type: 'start', messageId: 'm1', conversationId: 'c1'}, text('Half an answer'));
    const stop = await found(chat, '[part~="stop"]');
    stop.focus();
    await sendKeys({press: 'Enter'});
    await gone(chat, '[part~="stop"]');
    await server.emit(text(' and more'));
    expect(seen(one(chat, turn)))
      .to.include('Half an answer')
      .and.include('You stopped the answer.')
      .and.not.include('and more');
    expect(server.asked.stop).to.deep.equal([{messageId: 'm1', conversationId: 'c1'}]);
    expect(server.streams[0]!.signal.aborted).to.equal(true);
    await focusIsOn(chat, '[part~="input"]');
    await expect(chat).to.be.accessible();
  });

  it('says what failed and offers another try, the question back, and a ticket', async () => {
    const {chat, server} = await openTurn();
    const host = hostLog(chat);
    await server.emit({type: 'error', error: chatError('unavailable')});
    const note = await found(chat, `${turn} [role="alert"]`);
    expect(seen(note)).to.include('The service is not answering right now.');
    expect(all(chat, `${turn} [role="alert"] button`).map(seen)).to.deep.equal([
      'Try again',
      'Edit',
      'Make a ticket of the question',
    ]);
    await until(() => host.of('tillit-error').length > 0, 'the host is told');
    expect(host.of('tillit-error')).to.have.length(1);
    expect(host.of('tillit-answer')[0]).to.include({outcome: 'failed'});
    await expect(chat).to.be.accessible();
  });

  it('tries again with the same key, and keeps the keyboard', async () => {
    const {chat, server} = await openTurn();
    await server.emit({type: 'error', error: chatError('unavailable')});
    (await found(chat, '[data-retry]')).focus();
    await sendKeys({press: 'Enter'});
    await until(() => server.asked.send.length === 2, 'the question leaves again');
    expect(server.asked.send[1]).to.include({trigger: 'retry', clientMessageId: server.asked.send[0]!.clientMessageId});
    await focusIsOn(chat, '[part~="input"]');
    await server.emit(text('Now it works'), source, finish);
    await says(chat, turn, 'Now it works');
    expect(count(chat, turn)).to.equal(1);
  });

  it('gives the question back on Edit, with the cursor in it', async () => {
    const {chat, server} = await openTurn();
    await server.emit({type: 'error', error: chatError('invalid_request')});
    expect(count(chat, '[data-retry]')).to.equal(0);
    saying(chat, 'Edit').focus();
    await sendKeys({press: 'Enter'});
    await gone(chat, turn);
    expect(input(chat).value).to.equal('How do I correct a pay slip?');
    await focusIsOn(chat, '[part~="input"]');
  });

  it('keeps the half answer of a stream that broke', async () => {
    const {chat, server} = await openTurn();
    await server.emit(text('Half an answer'));
    await server.cut();
    await found(chat, `${turn} [role="alert"]`);
    expect(seen(one(chat, turn)))
      .to.include('Half an answer')
      .and.include('What arrived is kept.');
    expect(() => saying(chat, 'Edit')).to.throw();
  });

  it('shows the backend’s own sentence as plain text, and how long to wait', async () => {
    const {chat, server} = await openTurn();
    await server.emit({
      type: 'error',
      error: chatError('rate_limited', {display: 'Slow <b>down</b>.', retryAfterMs: 89_500}),
    });
    const note = await found(chat, `${turn} [role="alert"]`);
    expect(seen(note)).to.include('Slow <b>down</b>.').and.include('You can try again in 90 s.');
    expect(note.querySelectorAll('b').length).to.equal(0);
  });

  it('says when no answer came', async () => {
    const {chat} = await openAnswer({}, [finish]);
    expect(seen(one(chat, `${turn} .note`)))
      .to.include('No answer came.')
      .and.include('Try again')
      .and.include('Make a ticket of the question');
    await expect(chat).to.be.accessible();
  });

  it('says when the answer was cut', async () => {
    const {chat} = await openAnswer({}, [text('Long'), source, {type: 'finish', reason: 'length'}]);
    expect(seen(one(chat, turn)))
      .to.include('Long')
      .and.include('The answer was too long and has been cut.');
  });

  it('takes a withdrawn answer away and says so; nothing is left to rate', async () => {
    const {chat, server} = await openTurn();
    await server.emit(text('Forbidden words'), source, {type: 'retract', reason: 'content_filter'}, finish);
    await says(chat, turn, 'The answer was withdrawn.');
    expect(seen(one(chat, turn))).not.to.include('Forbidden');
    expect(count(chat, 'tillit-rating')).to.equal(0);
    expect(count(chat, '[part~="source"]')).to.equal(0);
  });

  it('says that an answer has no source, and offers to make a ticket of the question', async () => {
    const {chat} = await openAnswer({}, [text('Perhaps so.'), {type: 'finish', reason: 'no_source'}]);
    const note = one(chat, `${turn} .note`);
    expect(seen(note)).to.include('The answer has no source.');
    await expect(chat).to.be.accessible();
    saying(chat, 'Make a ticket of the question').click();
    await found(chat, '[part~="ticket-form"]');
    expect(one<HTMLTextAreaElement>(chat, '[part~="ticket-description"]').value).to.equal(
      'How do I correct a pay slip?',
    );
  });

  for (const value of ['low', 0, 0.49]) {
    it(`says that an answer may be unreliable when the backend's confidence is ${value}, and offers a ticket`, async () => {
      const {chat} = await openAnswer({}, [
        text('Perhaps so. [1]'),
        source,
        {type: 'data', name: 'confidence', value},
        finish,
      ]);
      expect(seen(one(chat, `${turn} .note[data-level="warning"]`))).to.equal(
        'The answer may be unreliable. Make a ticket of the question',
      );
      await expect(chat).to.be.accessible();
      saying(chat, 'Make a ticket of the question').click();
      await found(chat, '[part~="ticket-description"]');
      expect(one<HTMLTextAreaElement>(chat, '[part~="ticket-description"]').value).to.equal(
        'How do I correct a pay slip?',
      );
    });
  }

  for (const value of [0.5, 1, -1, 7, NaN, 'high', '0.1', null, {score: 0}]) {
    it(`says nothing of a confidence of ${JSON.stringify(value)}`, async () => {
      const {chat} = await openAnswer({}, [
        text('So it is. [1]'),
        source,
        {type: 'data', name: 'confidence', value},
        {type: 'data', name: 'something', value: 'low'},
        finish,
      ]);
      expect(count(chat, `${turn} .note`)).to.equal(0);
    });
  }

  it('believes the last word on its confidence, and forgets it with the text it was about', async () => {
    const low = {type: 'data', name: 'confidence', value: 'low'} as const;
    const surer = await openAnswer({}, [text('x [1]'), source, low, {...low, value: 0.9}, finish]);
    expect(count(surer.chat, `${turn} .note`)).to.equal(0);
    const {chat} = await openAnswer({}, [
      text('x'),
      low,
      {type: 'retract', reason: 'regenerated'},
      text('y [1]'),
      source,
      finish,
    ]);
    expect(count(chat, `${turn} .note`)).to.equal(0);
  });

  it('says both when an answer is doubtful and has no source, in one note', async () => {
    const {chat} = await openAnswer({}, [text('x'), {type: 'data', name: 'confidence', value: 'low'}, finish]);
    expect(all(chat, `${turn} .note`).map(seen)).to.deep.equal([
      'The answer has no source. The answer may be unreliable. Make a ticket of the question',
    ]);
  });

  it('asks a person’s answer for no source', async () => {
    const {chat} = await openAnswer({}, [
      {type: 'answerer', kind: 'human', name: 'Eva'},
      text('Hello, this is Eva.'),
      finish,
    ]);
    expect(seen(one(chat, turn))).not.to.include('no source');
  });

  it('shows what the backend wants noticed, as text', async () => {
    const {chat} = await openAnswer({}, [
      {type: 'notice', level: 'warning', text: 'Old <i>law</i>'},
      text('x'),
      source,
      finish,
    ]);
    expect(seen(one(chat, '.note[data-level="warning"]'))).to.equal('Old <i>law</i>');
  });

  it('opens another bubble when the backend does', async () => {
    const {chat} = await openAnswer({}, [
      {type: 'start', messageId: '1'},
      text('One'),
      source,
      {type: 'start', messageId: '2'},
      text('Two'),
      source,
      finish,
    ]);
    expect(all(chat, 'tillit-answer-text').map(seen)).to.deep.equal(['One', 'Two']);
  });

  it('has a ticket link when the backend takes none, and no ticket at all without one', async () => {
    const linked = await openAnswer({without: ['createTicket'], set: {ticketUrl: 'https://vendor.example/support'}}, [
      text('x'),
      finish,
    ]);
    const link = one<HTMLAnchorElement>(linked.chat, ticketOpen);
    expect([link.href, link.rel]).to.deep.equal(['https://vendor.example/support', 'noopener noreferrer']);
    const bare = await openAnswer({without: ['createTicket']}, [text('x'), finish]);
    expect(count(bare.chat, '[part~="ticket-open"]')).to.equal(0);
  });

  it('offers the ticket where it is seen, and nowhere else', async () => {
    const {chat, server} = await openChat();
    expect(count(chat, '[part~="ticket-open"]')).to.equal(0);
    await write(input(chat), 'A question');
    await sendKeys({press: 'Enter'});
    await until(() => server.streams.length > 0, 'the question leaves');
    await server.emit(text('An answer [1]'), source, finish);
    await found(chat, ticketOpen);
    expect(all(chat, '[part~="ticket-open"]').every((button) => button.checkVisibility())).to.equal(true);
    one(chat, ticketOpen).click();
    await found(chat, '[part~="ticket-form"]');
    expect(count(chat, '[part~="ticket-open"]')).to.equal(0);
  });
});

describe('suggestions', () => {
  before(loadAll);

  it('greet with questions that are asked at one press, and give the keyboard to the composer', async () => {
    const {chat, server} = await openChat();
    expect(seen(one(chat, 'tillit-welcome h2'))).to.equal('Hello! What do you need help with?');
    saying(chat, 'How do I correct a pay slip?').focus();
    await sendKeys({press: 'Enter'});
    await until(() => server.asked.send.length === 1, 'the question leaves');
    expect(server.asked.send[0]).to.include({text: 'How do I correct a pay slip?', trigger: 'suggestion'});
    await focusIsOn(chat, '[part~="input"]');
  });

  it('follow the last answer only', async () => {
    const suggest = {type: 'suggestions', items: [{text: 'And then?'}]} as const;
    const {chat, server} = await openAnswer({}, [text('One [1]'), source, suggest, finish]);
    saying(chat, 'And then?').focus();
    await sendKeys({press: 'Enter'});
    await until(() => server.asked.send.length === 2, 'the question leaves');
    expect(server.asked.send[1]).to.include({text: 'And then?', trigger: 'suggestion'});
    expect(count(chat, `${turn} .chips`)).to.equal(0);
    await focusIsOn(chat, '[part~="input"]');
    await settled();
  });

  it('may be a page to open, in a tab of its own and without a word about this one', async () => {
    const items = [
      {text: 'Open the price list', url: 'https://help.example/prices'},
      {text: 'Run this', url: 'javascript:alert(1)'},
      {text: 'Our site', url: '/relative'},
      {text: 'And then?'},
    ];
    const {chat, server} = await openAnswer({}, [text('One [1]'), source, {type: 'suggestions', items}, finish]);
    const host = hostLog(chat);
    const links = all<HTMLAnchorElement>(chat, '[part~="suggestion-link"]');
    expect(links.map(({href, target, rel}) => [href, target, rel])).to.deep.equal([
      ['https://help.example/prices', '_blank', 'noopener noreferrer'],
    ]);
    expect(seen(links[0]!)).to.equal('Open the price list (opens in a new tab)');
    expect(all(chat, `${turn} .chips button`).map(seen))
      .to.include('And then?')
      .and.not.include('Run this');
    await expect(chat).to.be.accessible();
    links[0]!.addEventListener('click', (event) => event.preventDefault());
    links[0]!.click();
    expect(host.of('tillit-source-open')).to.deep.equal([{sourceId: 'https://help.example/prices'}]);
    expect(server.asked.send.length).to.equal(1);
  });

  it('are questions before the first one: pages have their place in the slot', async () => {
    const suggestions = [{text: 'Open help', url: 'https://help.example/'}, {text: 'How?'}];
    const {chat} = await openChat({config: {suggestions}});
    expect(all(chat, 'tillit-welcome .chip').map(seen)).to.deep.equal(['How?']);
  });

  it('do not take a half-written question', async () => {
    const {chat, server} = await openAnswer({}, [
      text('One [1]'),
      source,
      {type: 'suggestions', items: [{text: 'And then?'}]},
      finish,
    ]);
    await write(input(chat), 'What I was writ');
    saying(chat, 'And then?').click();
    await until(() => server.asked.send.length === 2, 'the question leaves');
    expect(input(chat).value).to.equal('What I was writ');
  });
});
