import {expect} from '@open-wc/testing';
import {sendKeys, sendMouse} from '@web/test-runner-commands';

import {
  all,
  count,
  focused,
  focusIsOn,
  found,
  gone,
  hostLog,
  input,
  loadAll,
  one,
  openAnswer,
  openChat,
  saying,
  seen,
  until,
  write,
} from '../support/chat.js';
import {settled, terms} from '../support/scripted-transport.js';

const button = 'tillit-menu .icon-button';
const item = 'tillit-menu li button';

describe('the menu', () => {
  before(loadAll);

  it('opens with Enter, is walked with the arrows, and closes alone with Escape', async () => {
    const {chat} = await openChat();
    one(chat, button).focus();
    await sendKeys({press: 'Enter'});
    await found(chat, item);
    expect(one(chat, button).ariaExpanded).to.equal('true');
    await expect(chat).to.be.accessible();
    const walk = async (key: string) => {
      const before = focused(chat);
      await sendKeys({press: key});
      await until(() => focused(chat) !== before, 'focus moves');
      return focused(chat) && seen(focused(chat)!);
    };
    expect(await walk('ArrowDown')).to.equal('New conversation');
    expect(await walk('ArrowDown')).to.equal('Create a support ticket');
    expect(await walk('ArrowUp')).to.equal('New conversation');
    expect(await walk('ArrowUp')).to.equal('Withdraw your acceptance');
    expect(await walk('ArrowDown')).to.equal('New conversation');
    await sendKeys({press: 'Escape'});
    await gone(chat, item);
    expect(focused(chat)?.matches(button)).to.equal(true);
    expect(chat.open).to.equal(true);
    await sendKeys({press: 'Escape'});
    expect(chat.open).to.equal(false);
  });

  it('may lie over the notice while the frame is drawn again, and the chat stays open', async () => {
    const {chat} = await openChat({set: {strings: {title: 'Help'}}});
    one(chat, button).click();
    await found(chat, item);
    const notice = one(chat, '#notice span').getBoundingClientRect();
    const list = one(chat, '#menu');
    Object.assign(list.style, {
      position: 'fixed',
      insetBlockStart: `${notice.top}px`,
      insetInlineStart: `${notice.left}px`,
    });
    chat.requestUpdate();
    await chat.updateComplete;
    await settled();
    expect(chat.chat!.store.get().gate.phase).to.equal('open');
    expect(count(chat, item)).to.equal(5);
  });

  it('opens with an arrow at its first or last entry', async () => {
    const {chat} = await openChat();
    for (const [key, entry] of [
      ['ArrowDown', 'New conversation'],
      ['ArrowUp', 'Withdraw your acceptance'],
    ] as const) {
      one(chat, button).focus();
      await sendKeys({press: key});
      await until(() => focused(chat)?.matches(item), 'an entry has focus');
      expect(seen(focused(chat)!)).to.equal(entry);
      await sendKeys({press: 'Escape'});
      await gone(chat, item);
    }
  });

  it('closes when focus goes elsewhere', async () => {
    const {chat} = await openChat();
    one(chat, button).click();
    await found(chat, item);
    one(chat, item).focus();
    input(chat).focus();
    await gone(chat, item);
  });

  it('closes when something else is pressed, focusable or not', async () => {
    const {chat} = await openChat();
    one(chat, button).focus();
    one(chat, button).click();
    await found(chat, item);
    const {left, top} = one(chat, '#notice').getBoundingClientRect();
    await sendMouse({type: 'click', position: [Math.round(left + 5), Math.round(top + 5)]});
    await gone(chat, item);
  });

  it('begins a new conversation under the same acceptance', async () => {
    const {chat, server} = await openAnswer();
    await write(input(chat), 'half a quest');
    one(chat, button).click();
    await found(chat, item);
    saying(chat, 'New conversation').click();
    await gone(chat, 'tillit-turn');
    expect(seen(one(chat, 'tillit-welcome h2'))).to.include('Hello');
    expect(input(chat).value).to.equal('');
    expect(server.asked.accept).to.have.length(1);
    expect(seen(one(chat, '[part~="status"]'))).to.equal('');
  });

  it('shows the terms again, with nothing to choose, and leads back', async () => {
    const {chat} = await openAnswer();
    one(chat, button).focus();
    await sendKeys({press: 'ArrowDown'});
    await found(chat, item);
    saying(chat, 'Read the terms').focus();
    await sendKeys({press: 'Enter'});
    await found(chat, 'tillit-terms');
    await focusIsOn(chat, '#terms-title');
    expect(seen(one(chat, 'tillit-terms'))).to.include(terms.title);
    expect(count(chat, '[part~="choice"]')).to.equal(0);
    await expect(chat).to.be.accessible();
    saying(chat, 'Back').focus();
    await sendKeys({press: 'Enter'});
    await found(chat, 'tillit-turn');
    await focusIsOn(chat, '[part~="input"]');
  });

  it('opens the ticket form', async () => {
    const {chat} = await openChat();
    expect(count(chat, '[part~="ticket-open"]')).to.equal(0);
    one(chat, button).click();
    await found(chat, '[part~="ticket-open"]');
    expect(one(chat, '[part~="ticket-open"]').checkVisibility()).to.equal(true);
    one(chat, '[part~="ticket-open"]').click();
    await found(chat, '[part~="ticket-form"]');
    await focusIsOn(chat, '[part~="ticket-name"]');
    expect(count(chat, '[part~="ticket-open"]')).to.equal(0);
  });

  it('takes the acceptance back, closes the chat, and gives the keyboard to the launcher', async () => {
    const {chat, server} = await openAnswer();
    const host = hostLog(chat);
    one(chat, button).focus();
    await sendKeys({press: 'ArrowUp'});
    await until(() => focused(chat)?.matches('[part~="withdraw"]'), 'the entry has focus');
    await sendKeys({press: 'Enter'});
    await until(() => !chat.open, 'the chat closes');
    await focusIsOn(chat, '[part~="launcher"]');
    expect(server.asked.withdraw).to.equal(1);
    expect(host.of('tillit-withdraw')).to.deep.equal([{told: true}]);
    await sendKeys({press: 'Enter'});
    await found(chat, '#accept');
    expect(count(chat, 'tillit-turn')).to.equal(0);
  });

  it('tells the host when the backend could not be told, and forgets everything here all the same', async () => {
    const {chat, server} = await openAnswer();
    const host = hostLog(chat);
    server.fails('withdraw', 'network');
    await chat.withdraw();
    expect(host.of('tillit-withdraw')).to.deep.equal([{told: false}]);
    chat.show();
    await found(chat, '#accept');
  });

  it('lets someone back into the chat who took the acceptance back while reading the terms', async () => {
    const {chat} = await openChat();
    one(chat, button).click();
    await found(chat, item);
    saying(chat, 'Read the terms').click();
    await found(chat, 'tillit-terms');
    await chat.withdraw();
    chat.show();
    (await found(chat, '#accept')).click();
    await found(chat, '[part~="input"]');
    expect(count(chat, 'tillit-terms')).to.equal(0);
  });

  it('makes way for a ticket form that the host opens', async () => {
    const {chat} = await openChat();
    one(chat, button).click();
    await found(chat, item);
    saying(chat, 'Read the terms').click();
    await found(chat, 'tillit-terms');
    await chat.openTicket({description: 'From the page'});
    await found(chat, '[part~="ticket-form"]');
  });

  it('is not there before the terms are accepted', async () => {
    const {chat} = await openChat();
    await chat.withdraw();
    chat.show();
    await found(chat, '#accept');
    expect(count(chat, 'tillit-menu')).to.equal(0);
  });

  it('has no ticket entry where there are no tickets', async () => {
    const {chat} = await openChat({without: ['createTicket']});
    one(chat, button).click();
    await found(chat, item);
    expect(all(chat, item).map(seen)).to.deep.equal([
      'New conversation',
      'Read the terms',
      'Your data',
      'Withdraw your acceptance',
    ]);
  });
});
