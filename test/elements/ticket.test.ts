import {expect} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';

import type {TillitChat} from '../../src/elements/tillit-chat.js';
import {
  all,
  count,
  focused,
  focusIsOn,
  found,
  gone,
  hostLog,
  loadAll,
  maybe,
  one,
  openAnswer,
  openTicket,
  saying,
  seen,
  until,
  write,
  type Setup,
} from '../support/chat.js';
import {finish, settled, source, text} from '../support/scripted-transport.js';

const personId = '19811218-9876';
const field = (chat: TillitChat, name: 'name' | 'email' | 'description') =>
  one<HTMLInputElement>(chat, `[part~="ticket-${name}"]`);
const lines = (chat: TillitChat) => all<HTMLTextAreaElement>(chat, 'tillit-ticket .line textarea');
const submit = (chat: TillitChat) => one<HTMLButtonElement>(chat, '[part~="ticket-submit"]');
/** What a screen reader says after the field's name. */
const description = (chat: TillitChat, element: HTMLElement) =>
  seen(one(chat, `#${element.getAttribute('aria-describedby')!}`));

async function filled(setup?: Setup) {
  const made = await openTicket(setup);
  await write(field(made.chat, 'name'), 'Eva Åberg');
  await write(field(made.chat, 'email'), 'eva@firma.example');
  return made;
}

describe('the ticket', () => {
  before(loadAll);

  it('begins with the question and what was said, and the cursor in the first field', async () => {
    const {chat} = await openTicket();
    await focusIsOn(chat, '[part~="ticket-name"]');
    expect(field(chat, 'description').value).to.equal('How do I correct a pay slip?');
    expect(lines(chat).map(({value}) => value)).to.deep.equal([
      'How do I correct a pay slip?',
      'Open *Pay slips*. [1]',
    ]);
    expect(lines(chat).map(({labels}) => seen(labels[0]!))).to.deep.equal(['You wrote', 'The chat answered']);
    expect(seen(one(chat, '#title'))).to.equal('New support ticket');
    expect(seen(one(chat, '#notice'))).to.equal('A human reads the ticket.');
    await expect(chat).to.be.accessible();
  });

  it('is sent with what was written and what was attached, as the person left it', async () => {
    const {chat, server} = await filled();
    const host = hostLog(chat);
    await write(field(chat, 'description'), 'The button is grey.');
    await write(lines(chat)[1]!, 'The answer was about something else.');
    submit(chat).focus();
    await sendKeys({press: 'Enter'});
    await found(chat, '[part~="ticket-receipt"]');
    const {key, ...sent} = server.asked.createTicket[0]!;
    expect(sent).to.deep.equal({
      name: 'Eva Åberg',
      email: 'eva@firma.example',
      description: 'The button is grey.',
      transcript: [
        {role: 'user', text: 'How do I correct a pay slip?'},
        {role: 'assistant', text: 'The answer was about something else.'},
      ],
    });
    expect(key).to.match(/^[0-9a-f-]{36}$/);
    await until(() => host.of('tillit-ticket').length > 0, 'the host is told');
    expect(host.of('tillit-ticket')).to.deep.equal([{ticketId: 'T-1042', duplicate: false}]);
    expect(JSON.stringify(host.events)).not.to.match(/Eva|grey|firma/);
  });

  it('attaches nothing when the person does not want it', async () => {
    const {chat, server} = await filled();
    const attach = one<HTMLInputElement>(chat, 'tillit-ticket [type="checkbox"]');
    expect(seen(attach.labels![0]!)).to.equal('Attach the conversation (2 messages, view and edit)');
    attach.focus();
    await sendKeys({press: ' '});
    await gone(chat, 'tillit-ticket .line');
    submit(chat).click();
    await found(chat, '[part~="ticket-receipt"]');
    expect(server.asked.createTicket[0]!.transcript).to.deep.equal([]);
  });

  it('shows the number on its receipt, takes focus there, and leads back to the conversation', async () => {
    const {chat} = await filled();
    submit(chat).click();
    await found(chat, '[part~="ticket-receipt"]');
    await focusIsOn(chat, '[part~="ticket-receipt"] h2');
    expect(seen(one(chat, '[part~="ticket-receipt"]'))).to.include('Your ticket number is T-1042.');
    await expect(chat).to.be.accessible();
    saying(chat, 'Back to the chat').focus();
    await sendKeys({press: 'Enter'});
    await found(chat, 'tillit-turn');
    expect(count(chat, 'tillit-ticket')).to.equal(0);
    await focusIsOn(chat, '[part~="input"]');
  });

  it('says what is missing at each field, and leads to the first', async () => {
    const {chat, server} = await openTicket();
    await write(field(chat, 'email'), 'eva(at)firma');
    await write(field(chat, 'description'), '  ');
    submit(chat).click();
    await focusIsOn(chat, '[part~="ticket-name"]');
    expect(description(chat, field(chat, 'name'))).to.equal('Fill in this field.');
    expect(description(chat, field(chat, 'email'))).to.equal('Enter an e-mail address, such as name@example.com.');
    expect(description(chat, field(chat, 'description'))).to.equal('Fill in this field.');
    expect(all(chat, 'tillit-ticket [aria-invalid="true"]')).to.have.length(3);
    expect(server.asked.createTicket).to.have.length(0);
    await expect(chat).to.be.accessible();
    await write(field(chat, 'name'), 'Eva');
    expect(field(chat, 'name').ariaInvalid).to.equal('false');
    submit(chat).click();
    await focusIsOn(chat, '[part~="ticket-email"]');
  });

  for (const address of ['eva@firma.se', 'eva.åberg+chat@mail.firma.co.uk', ' eva@firma.se ']) {
    it(`takes “${address}” for an e-mail address`, async () => {
      const {chat, server} = await filled();
      await write(field(chat, 'email'), address);
      submit(chat).click();
      await found(chat, '[part~="ticket-receipt"]');
      expect(server.asked.createTicket[0]!.email).to.equal(address.trim());
    });
  }

  for (const address of ['eva', 'eva@', '@firma.se', 'eva@firma', 'eva@firma.', 'eva åberg@firma.se', 'a@b@c.se']) {
    it(`does not take “${address}” for an e-mail address`, async () => {
      const {chat} = await filled();
      await write(field(chat, 'email'), address);
      submit(chat).click();
      await focusIsOn(chat, '[part~="ticket-email"]');
    });
  }

  it('says by how much it is too long', async () => {
    const {chat, server} = await filled({config: {limits: {ticketChars: 100}}});
    await write(field(chat, 'description'), 'x'.repeat(103));
    submit(chat).click();
    await focusIsOn(chat, '[part~="ticket-description"]');
    expect(description(chat, field(chat, 'description'))).to.equal('The text is 3 characters too long.');
    expect(server.asked.createTicket).to.have.length(0);
  });

  it('keeps everything when it could not be sent, and tries again with the same key', async () => {
    const {chat, server} = await filled();
    server.fails('createTicket', 'network');
    submit(chat).focus();
    await sendKeys({press: 'Enter'});
    const alert = await found(chat, 'tillit-ticket [role="alert"]');
    expect(seen(alert)).to.equal('No contact with the service. Check your network and try again.');
    expect(field(chat, 'name').value).to.equal('Eva Åberg');
    expect(lines(chat)[1]!.value).to.equal('Open *Pay slips*. [1]');
    expect(seen(submit(chat))).to.equal('Try again');
    expect(focused(chat) === submit(chat)).to.equal(true);
    await expect(chat).to.be.accessible();
    await sendKeys({press: 'Enter'});
    await found(chat, '[part~="ticket-receipt"]');
    const [first, second] = server.asked.createTicket;
    expect(second).to.deep.equal(first);
  });

  it('is sent once, however often the button is pressed, and cannot be changed on its way', async () => {
    const {chat, server} = await filled();
    const sending = server.will('createTicket');
    submit(chat).click();
    await until(() => server.asked.createTicket.length === 1, 'the ticket leaves');
    submit(chat).click();
    expect(seen(submit(chat))).to.equal('Sending …');
    expect(submit(chat).getAttribute('aria-disabled')).to.equal('true');
    expect(
      all<HTMLInputElement>(chat, 'tillit-ticket :is(input:not([type="checkbox"]), textarea)').every(
        ({readOnly}) => readOnly,
      ),
    ).to.equal(true);
    expect(one<HTMLInputElement>(chat, 'tillit-ticket [type="checkbox"]').disabled).to.equal(true);
    sending.fail('server');
    await found(chat, 'tillit-ticket [role="alert"]');
    expect(server.asked.createTicket).to.have.length(1);
    expect(field(chat, 'name').readOnly).to.equal(false);
  });

  it('may hold the name and the e-mail that it asks for, in every field', async () => {
    const {chat, server} = await filled();
    await write(field(chat, 'description'), 'Mail me at eva@firma.example, my name is Eva Åberg.');
    submit(chat).click();
    await found(chat, '[part~="ticket-receipt"]');
    expect(server.asked.createTicket).to.have.length(1);
  });

  it('refuses a personal identity number, says where, and masks it', async () => {
    const {chat, server} = await filled();
    await write(field(chat, 'description'), `\n   The pay slip of ${personId} is wrong.`);
    submit(chat).focus();
    await sendKeys({press: 'Enter'});
    await focusIsOn(chat, '[part~="ticket-description"]');
    expect(description(chat, field(chat, 'description')))
      .to.include('1 piece of personal data was found.')
      .and.include('Personal identity number');
    expect(seen(one(chat, 'tillit-ticket [role="alert"]'))).to.include('Nothing has been sent.');
    expect(server.asked.createTicket).to.have.length(0);
    await expect(chat).to.be.accessible();
    one(chat, 'tillit-ticket [part~="mask"]').focus();
    await sendKeys({press: 'Enter'});
    await gone(chat, 'tillit-ticket [part~="mask"]');
    expect(field(chat, 'description').value).to.match(/^The pay slip of \[[A-Z_]+_1\] is wrong\.$/);
    await focusIsOn(chat, '[part~="ticket-description"]');
    submit(chat).click();
    await found(chat, '[part~="ticket-receipt"]');
    expect(JSON.stringify(server.asked.createTicket)).not.to.include('9876');
  });

  it('refuses one that was written into the transcript too', async () => {
    const {chat, server} = await filled();
    await write(lines(chat)[0]!, `  For ${personId}?`);
    submit(chat).click();
    await found(chat, 'tillit-ticket [part~="mask"]');
    expect(focused(chat) === lines(chat)[0]).to.equal(true);
    one(chat, 'tillit-ticket [part~="mask"]').click();
    await gone(chat, 'tillit-ticket [part~="mask"]');
    expect(lines(chat)[0]!.value).to.match(/^ {2}For \[[A-Z_]+_1\]\?$/);
    submit(chat).click();
    await found(chat, '[part~="ticket-receipt"]');
    expect(server.asked.createTicket).to.have.length(1);
  });

  it('may hold what is only suspected, once each place has been called no personal data', async () => {
    const {chat, server} = await filled();
    await write(field(chat, 'description'), 'The server is 192.168.13.37');
    await write(lines(chat)[0]!, 'Is 192.168.13.38 down?');
    submit(chat).click();
    await until(() => all(chat, 'tillit-ticket [part~="mask"]').length === 2, 'both places are told');
    saying(chat, 'This is not personal data').click();
    await until(() => all(chat, 'tillit-ticket [part~="mask"]').length === 1, 'one place is left');
    saying(chat, 'This is not personal data').click();
    await found(chat, '[part~="ticket-receipt"]');
    expect(server.asked.createTicket[0]).to.deep.include({description: 'The server is 192.168.13.37'});
  });

  it('asks again about a place that was changed after it had been called no personal data', async () => {
    const {chat, server} = await filled();
    server.fails('createTicket', 'network');
    await write(field(chat, 'description'), 'The server is 192.168.13.37');
    submit(chat).click();
    await found(chat, 'tillit-ticket [part~="mask"]');
    saying(chat, 'This is not personal data').click();
    await until(() => seen(submit(chat)) === 'Try again', 'it fails');
    await write(field(chat, 'description'), 'The server is 192.168.99.99');
    submit(chat).click();
    await found(chat, 'tillit-ticket [part~="mask"]');
    expect(server.asked.createTicket).to.have.length(1);
  });

  it('is still there after Back, with every word', async () => {
    const {chat} = await filled();
    await write(field(chat, 'description'), 'Half a descript');
    saying(chat, 'Back').focus();
    await sendKeys({press: 'Enter'});
    await found(chat, 'tillit-turn');
    await focusIsOn(chat, '[part~="input"]');
    one(chat, '.chips [part~="ticket-open"]').click();
    await found(chat, '[part~="ticket-form"]');
    expect(field(chat, 'name').value).to.equal('Eva Åberg');
    expect(field(chat, 'description').value).to.equal('Half a descript');
  });

  it('can be opened by the host, filled in', async () => {
    const {chat} = await openAnswer();
    await chat.openTicket({description: 'From the error page', name: 'Eva'});
    await found(chat, '[part~="ticket-form"]');
    expect(field(chat, 'description').value).to.equal('From the error page');
    expect(field(chat, 'name').value).to.equal('Eva');
  });

  it('needs no conversation: without one there is nothing to attach', async () => {
    const {chat} = await openAnswer({}, [text('x'), source, finish]);
    chat.reset();
    await settled();
    await chat.openTicket();
    await found(chat, '[part~="ticket-form"]');
    expect(maybe(chat, 'tillit-ticket [type="checkbox"]') === undefined).to.equal(true);
  });

  it('does not follow an address of the receipt that is a script', async () => {
    const {chat, server} = await filled();
    server.will('createTicket').release({id: 'T-7', url: 'javascript:alert(1)'});
    submit(chat).click();
    await found(chat, '[part~="ticket-receipt"]');
    expect(count(chat, '[part~="ticket-receipt"] a')).to.equal(0);
  });
});
