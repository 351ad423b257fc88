import {expect} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';

import type {ChatEvent} from '../../src/core/events.js';
import '../../src/core/handover.js';
import '../../src/elements/situation.js';
import {
  all,
  ask,
  count,
  focused,
  found,
  gone,
  hostLog,
  loadAll,
  maybe,
  one,
  openAnswer,
  openChat,
  seen,
  says,
  until,
  type Setup,
} from '../support/chat.js';
import {finish, settled, source, text} from '../support/scripted-transport.js';

const joined: ChatEvent = {type: 'answerer', kind: 'human', name: 'Eva'};
const band = '[part~="human"]';
const message = 'tillit-human-message [part~="answer"]';
const said = (id: string, words: string): readonly ChatEvent[] => [{type: 'start', messageId: id}, text(words)];
const withHumans: Setup = {also: ['subscribe', 'leaveHuman'], config: {features: {human: true}}};

/** An answer by an AI, and a human who may join. */
async function answered(setup: Setup = withHumans) {
  const made = await openAnswer(setup, [
    {type: 'start', messageId: 'm1', conversationId: 'c1'},
    text('Open *Pay slips*. [1]'),
    source,
    finish,
  ]);
  await until(() => made.server.asked.subscribe.length > 0, 'the chat listens');
  return made;
}

async function takenOver(setup?: Setup) {
  const made = await answered(setup);
  await made.server.push(joined, ...said('h1', 'Hi, Eva here.'));
  await found(made.chat, band);
  await found(made.chat, message);
  await settled();
  return made;
}

const status = '[part~="status"]';

describe('a human who takes over', () => {
  before(loadAll);

  it('is named, is told to screen readers, and changes the notice', async () => {
    const {chat} = await takenOver();
    expect(seen(one(chat, band))).to.include('Eva is here to help you.');
    expect(seen(one(chat, '#notice'))).to.equal('You are chatting with a human, not with an AI.');
    await says(chat, status, 'Eva is here to help you. You are chatting with a human, not with an AI.');
    await expect(chat).to.be.accessible();
  });

  it('writes without the marking of an AI, whose answer keeps it', async () => {
    const {chat} = await takenOver();
    const answers = all(chat, '[part~="answer"]');
    expect(answers.map((answer) => answer.getAttribute('ai-disclosure'))).to.deep.equal(['ai-generated', null]);
    expect(seen(answers[1]!)).to.match(/^Eva \d{1,2}:\d\d( [AP]M)? Hi, Eva here\.$/);
  });

  it('is heard once by screen readers, with their name', async () => {
    const {chat, server} = await takenOver();
    await server.push(...said('h2', 'Which *month* is it?'));
    await says(chat, status, 'Eva: Which month is it?');
  });

  it('is asked neither “Did this help?” nor again, and no ticket is pushed at the person', async () => {
    const {chat} = await takenOver();
    const turn = all(chat, 'tillit-turn')[1]!;
    expect(turn.querySelectorAll('tillit-rating, [part~="ask-again"], [part~="ticket-open"]').length).to.equal(0);
    expect(turn.querySelector<HTMLElement>('[part~="question"]')?.checkVisibility()).to.equal(false);
  });

  it('may write anything, and it is drawn as safely as what a model writes; line breaks stay', async () => {
    const {chat, server} = await takenOver();
    await server.push(
      ...said('h2', 'One\ntwo <img src=x onerror=alert(1)> [here](javascript:alert(1)) https://help.example/a'),
    );
    const last = await until(() => all(chat, message)[1], 'the message is there');
    await until(() => last.querySelector('br'), 'the line break is there');
    expect(last.querySelectorAll('img').length).to.equal(0);
    expect([...last.querySelectorAll('a')].map(({href}) => href)).to.deep.equal(['https://help.example/a']);
  });

  it('gets what the person writes, which is told as sent and not as an answer without words', async () => {
    const {chat, server} = await takenOver();
    await ask(chat, 'October');
    await until(() => server.streams.length === 2, 'it leaves');
    await server.emit({type: 'start', messageId: 'm2'}, joined, finish);
    await says(chat, '.sent', 'Sent');
    await says(chat, status, 'Sent');
    expect(seen(all(chat, 'tillit-turn')[2]!)).to.equal('Your question: October Sent');
    expect(count(chat, '.waiting')).to.equal(0);
    await expect(chat).to.be.accessible();
  });

  it('can be left with the keyboard: the notice, the marking and the status line go back', async () => {
    const {chat, server} = await takenOver();
    one(chat, '[part~="human-leave"]').focus();
    await sendKeys({press: 'Enter'});
    await gone(chat, band);
    expect(server.asked.leaveHuman).to.deep.equal(['c1']);
    expect(seen(one(chat, '#notice'))).to.include('an AI');
    await says(chat, status, 'Eva has left the conversation. You are chatting with an AI.');
    // The button is gone, and the next thing to do is to write.
    await until(() => focused(chat)?.matches('[part~="input"]'), 'focus is in the field');
    expect(all(chat, message)).to.have.length(1);
  });

  it('stays when the backend cannot be told, and says so', async () => {
    const {chat, server} = await takenOver();
    server.fails('leaveHuman', 'network');
    one(chat, '[part~="human-leave"]').click();
    await says(chat, `${band} [role="alert"]`, 'No contact with the service');
    expect(seen(one(chat, '#notice'))).to.include('a human');
    await expect(chat).to.be.accessible();
  });

  it('cannot be sent away where the backend has no way to', async () => {
    const {chat} = await takenOver({...withHumans, also: ['subscribe']});
    expect(count(chat, '[part~="human-leave"]')).to.equal(0);
  });

  it('leaves by themselves, and that is told too', async () => {
    const {chat, server} = await takenOver();
    await server.push({type: 'answerer', kind: 'ai'});
    await gone(chat, band);
    await says(chat, status, 'Eva has left the conversation.');
  });

  it('without a name is the support', async () => {
    const {chat, server} = await answered();
    await server.push({type: 'answerer', kind: 'human'}, ...said('h1', 'Hi.'));
    await says(chat, band, 'Support is here to help you.');
    await says(chat, message, 'Support');
  });

  it('has a name that no layout and no language can break out of', async () => {
    const name = 'مریم '.repeat(40);
    const {chat, server} = await answered();
    await server.push({type: 'answerer', kind: 'human', name}, ...said('h1', 'Hi.'));
    const bar = await found(chat, band);
    await settled();
    expect(bar.scrollWidth).to.be.at.most(bar.clientWidth);
    expect(count(chat, `${message} bdi`)).to.equal(1);
  });
});

describe('what a human writes while the chat is closed', () => {
  before(loadAll);

  it('is counted on the launcher, told to the host, and has a line above it', async () => {
    const {chat, server} = await takenOver();
    const host = hostLog(chat);
    const launcher = () => one(chat, 'button.launcher');
    await until(
      () =>
        (chat.renderRoot as ShadowRoot).adoptedStyleSheets.some(({cssRules}) =>
          cssRules[0]?.cssText.includes('data-unread'),
        ),
      'the log is looked after',
    );
    chat.hide();
    await chat.updateComplete;
    await server.push(...said('h2', 'Are you there?'));
    await server.push(...said('h3', 'Hello?'));
    await until(() => launcher().dataset['unread'] === '2', 'both are counted');
    expect(host.of('tillit-unread')).to.deep.equal([{count: 1}, {count: 2}]);
    const line = await found(chat, '[part~="unread"]');
    expect(seen(line.closest('tillit-turn')!)).to.include('Are you there?');
    chat.show();
    await until(() => launcher().dataset['unread'] === undefined, 'they are seen');
    expect(host.of('tillit-unread').at(-1)).to.deep.equal({count: 0});
    await server.push(...said('h4', 'There you are.'));
    await settled();
    expect(host.of('tillit-unread')).to.have.length(3);
  });
});

describe('a chat where humans answer from the start', () => {
  before(loadAll);

  it('speaks of nobody who has taken over', async () => {
    const {chat} = await openChat({...withHumans, config: {answerer: {kind: 'human', name: 'Eva'}}});
    await settled();
    expect(count(chat, band)).to.equal(0);
    expect(seen(one(chat, '#notice'))).to.include('a human');
  });
});

describe('a conversation with an AI alone', () => {
  before(loadAll);

  it('listens for nobody', async () => {
    const {server, chat} = await openAnswer({also: ['subscribe', 'leaveHuman']});
    await settled();
    expect(server.asked.subscribe).to.have.length(0);
    expect(maybe(chat, 'tillit-situation')?.childElementCount).to.equal(0);
  });
});
