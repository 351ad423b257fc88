import {expect} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';

import type {TillitChat} from '../../src/elements/tillit-chat.js';
import {storageName} from '../../src/storage/keys.js';
import {
  all,
  ask,
  count,
  focused,
  focusIsOn,
  found,
  gone,
  hostLog,
  input,
  loadAll,
  maybe,
  one,
  openAnswer,
  openChat,
  saying,
  seen,
  says,
  until,
  write,
  type Setup,
} from '../support/chat.js';
import {finish, settled, source, terms, text} from '../support/scripted-transport.js';

const rights = ['exportEverything', 'deleteEverything', 'deleteConversation'] as const;

async function openPanel(chat: TillitChat) {
  one(chat, 'tillit-menu .icon-button').click();
  (await found(chat, '[part~="your-data-open"]')).click();
  await found(chat, '[part~="your-data"]');
  await settled();
}

/** The panel over a conversation of one answered question, "How do I correct a pay slip?". */
async function openData(setup: Setup = {}) {
  const made = await openAnswer({also: rights, ...setup}, [
    {type: 'start', messageId: 'm1', conversationId: 'c1'},
    text('Open *Pay slips*. [1]'),
    source,
    finish,
  ]);
  await openPanel(made.chat);
  await settled();
  return made;
}

const panel = (chat: TillitChat) => seen(one(chat, '[part~="your-data"]'));
const result = (chat: TillitChat) => maybe(chat, '[data-result]') && seen(one(chat, '[data-result]'));
const told = (chat: TillitChat, words: string) => until(() => result(chat)?.includes(words), `it is told: ${words}`);

/** What is handed over as files, instead of to the person's disk. */
function downloads() {
  const files: {name: string; text: () => Promise<string>; type: string}[] = [];
  const blobs = new Map<string, Blob>();
  const {createObjectURL} = URL;
  const {click} = HTMLAnchorElement.prototype;
  URL.createObjectURL = (blob) => {
    const url = createObjectURL.call(URL, blob);
    blobs.set(url, blob as Blob);
    return url;
  };
  HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
    const blob = blobs.get(this.href);
    if (!blob) return click.call(this);
    files.push({name: this.download, text: () => blob.text(), type: blob.type});
  };
  return {
    files,
    async last() {
      const file = files.at(-1)!;
      return {...file, text: await file.text()};
    },
    restore() {
      URL.createObjectURL = createObjectURL;
      HTMLAnchorElement.prototype.click = click;
    },
  };
}

async function deleting(chat: TillitChat, label: string) {
  saying(chat, label).click();
  await found(chat, '[data-cancel]');
  saying(chat, label).click();
}

describe('your data', () => {
  let files: ReturnType<typeof downloads>;
  before(loadAll);
  beforeEach(() => {
    files = downloads();
  });
  afterEach(() => {
    files.restore();
    sessionStorage.clear();
    localStorage.clear();
  });

  it('opens from the menu with the keyboard, takes focus, and leads back to the conversation', async () => {
    const {chat} = await openAnswer({also: rights});
    one(chat, 'tillit-menu .icon-button').focus();
    await sendKeys({press: 'Enter'});
    (await found(chat, '[part~="your-data-open"]')).focus();
    await sendKeys({press: 'Enter'});
    await found(chat, '[part~="your-data"]');
    await focusIsOn(chat, '#data-title');
    await until(() => seen(one(chat, '#data-title')), 'its words are there');
    await expect(chat).to.be.accessible();
    one(chat, '.back').click();
    await gone(chat, '[part~="your-data"]');
    expect(count(chat, '[part~="answer"]')).to.equal(1);
  });

  it('says what the vendor keeps, as the terms do', async () => {
    const {chat} = await openData();
    expect(panel(chat)).to.include('Questions').and.include('Stockholm').and.include('90 days');
  });

  it('says so when the terms say nothing of it', async () => {
    const {chat} = await openData({config: {terms: {...terms, dataTable: []}}});
    expect(panel(chat)).to.include('The terms do not say what is stored.');
  });

  it('shows every key that is kept here, with what it is for and how long; and that there is none', async () => {
    const {chat} = await openData();
    expect(panel(chat)).to.include('Nothing is stored on this device.');
    const kept = await openAnswer({also: rights, set: {storage: 'session', id: 'kept'}});
    await write(input(kept.chat), 'Half a question');
    kept.chat.chat!.flush();
    await openPanel(kept.chat);
    const shown = all(kept.chat, '[part~="your-data"] code').map(seen);
    const stored = Object.keys(sessionStorage).filter((key) => key.startsWith(storageName('kept')));
    expect([...new Set(shown)].sort()).to.deep.equal(stored.sort());
    expect(panel(kept.chat)).to.include('The conversation, with sources').and.include('Until the tab is closed');
  });

  it('hands out the receipt, with the hash, the text, the version, the language and what was agreed to', async () => {
    const {chat} = await openData();
    one(chat, '[part~="receipt"]').click();
    await told(chat, 'is downloaded');
    const {name, text, type} = await files.last();
    expect(name).to.match(/^receipt-\d{4}-\d\d-\d\d\.json$/);
    expect(type).to.equal('application/json');
    const receipt = JSON.parse(text) as Record<string, string>;
    expect(receipt).to.deep.include({
      format: 'tillit-receipt/1',
      termsId: terms.id,
      version: terms.version,
      locale: 'en',
      receiptId: 'receipt-1',
      purposes: {chat: true, analytics: false, device: false},
    });
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(receipt['text']));
    const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    expect(receipt['textSha256']).to.equal(hex);
  });

  it('hands out what is here as JSON that tells what AI made, with sources, ratings and the acceptance', async () => {
    const {chat} = await openData();
    saying(chat, 'As JSON').click();
    await told(chat, 'is downloaded');
    const {text: words, type} = await files.last();
    expect(type).to.equal('application/ld+json');
    const data = JSON.parse(words) as {
      turns: readonly {question: string; answer: readonly Record<string, unknown>[]}[];
      acceptances: readonly object[];
    };
    expect(data.turns[0]!.question).to.equal('How do I correct a pay slip?');
    expect(data.turns[0]!.answer[0]).to.deep.include({
      text: 'Open *Pay slips*. [1]',
      aiDisclosure: 'ai-generated',
      digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
    });
    expect(JSON.stringify(data.turns[0]!.answer[0]!['sources'])).to.include('https://help.example/correct');
    expect(data.acceptances).to.have.length(1);
  });

  it('hands out what is here as a page that runs nothing and tells what AI made', async () => {
    const {chat, server} = await openChat({also: rights});
    void ask(chat, 'Is <script>boom()</script> & "this" safe?');
    await until(() => server.streams.length > 0, 'the question leaves');
    await server.emit(
      {type: 'text', op: 'append', text: '<img src=x onerror=boom()>'},
      {type: 'finish', reason: 'stop'},
    );
    await settled();
    await openPanel(chat);
    saying(chat, 'As a page').click();
    await told(chat, 'is downloaded');
    const {name, text} = await files.last();
    expect(name).to.match(/^chat-.*\.html$/);
    const page = new DOMParser().parseFromString(text, 'text/html');
    expect(page.querySelectorAll('script, img, a').length).to.equal(0);
    expect(page.body.textContent).to.include('Is <script>boom()</script> & "this" safe?');
    expect(page.querySelector('[ai-disclosure="ai-generated"]')?.textContent).to.include('<img src=x onerror=boom()>');
    expect(page.querySelector('[property="iptc:DigitalSourceType"]')?.getAttribute('href')).to.match(/trainedAlg/);
  });

  it('hands out a conversation that is empty', async () => {
    const {chat} = await openChat({also: rights});
    await openPanel(chat);
    saying(chat, 'As a page').click();
    await told(chat, 'is downloaded');
    expect((await files.last()).text).to.include('There is no conversation here.');
    saying(chat, 'As JSON').click();
    await until(() => files.files.length === 2, 'the second file');
    expect((JSON.parse((await files.last()).text) as {turns: object[]}).turns).to.deep.equal([]);
  });

  it('hands out what the vendor has, and says so when it cannot be reached; what is here still works', async () => {
    const {chat, server} = await openData();
    const [, everything] = all(chat, '[role="group"]');
    server.fails('exportEverything', 'network');
    everything!.querySelectorAll('button')[1]!.click();
    await told(chat, 'It did not work.');
    expect(result(chat)).to.include('No contact with the service');
    expect(one(chat, '.result').role).to.equal('alert');
    await expect(chat).to.be.accessible();
    saying(chat, 'Try again').click();
    await told(chat, 'everything-');
    expect(server.asked.exportEverything).to.deep.equal(['json', 'json']);
    expect((await files.last()).text).to.equal('{}');
  });

  it('shows no button for what the backend cannot do', async () => {
    const {chat} = await openData({also: [], without: ['createTicket']});
    expect(all(chat, '[part~="export"]').length).to.equal(2);
    expect(count(chat, '[part~="object"], [part~="rectify"]')).to.equal(0);
    expect(count(chat, '[part~="delete"]')).to.equal(2);
  });

  it('deletes the conversation there and here, after asking once more, and asks for no rating of it', async () => {
    const {chat, server} = await openData();
    saying(chat, 'Delete the conversation').click();
    await focusIsOn(chat, '[data-cancel]');
    await expect(chat).to.be.accessible();
    saying(chat, 'Cancel').click();
    await settled();
    expect(server.asked.deleteConversation).to.deep.equal([]);
    await deleting(chat, 'Delete the conversation');
    await told(chat, 'The conversation is deleted.');
    await focusIsOn(chat, '[data-result]');
    expect(server.asked.deleteConversation).to.deep.equal(['c1']);
    expect(chat.chat!.store.get().turns).to.deep.equal([]);
    one(chat, '.back').click();
    await found(chat, 'tillit-welcome');
    await settled();
    expect(count(chat, '[part~="conversation-rating"]')).to.equal(0);
  });

  it('keeps the conversation when the backend refuses to delete it, says so, and lets it be deleted here alone', async () => {
    const {chat, server} = await openData();
    server.fails('deleteConversation', 'forbidden', {display: 'A case is open about it.'});
    await deleting(chat, 'Delete the conversation');
    await told(chat, 'A case is open about it.');
    expect(chat.chat!.store.get().turns).to.have.length(1);
    server.fails('deleteConversation', 'network');
    saying(chat, 'Try again').click();
    await told(chat, 'No contact with the service');
    saying(chat, 'Delete only here').click();
    await told(chat, 'Deleted here. What the vendor has remains.');
    expect(chat.chat!.store.get().turns).to.deep.equal([]);
    expect(server.asked.deleteConversation).to.have.length(2);
  });

  it('calls a conversation deleted that the backend does not know any more', async () => {
    const {chat, server} = await openData();
    server.fails('deleteConversation', 'conversation_not_found');
    await deleting(chat, 'Delete the conversation');
    await told(chat, 'The conversation is deleted.');
  });

  it('says that only what is here was deleted where the backend cannot delete', async () => {
    const {chat} = await openData({also: []});
    await deleting(chat, 'Delete the conversation');
    await told(chat, 'Deleted here. What the vendor has remains.');
  });

  it('deletes everything, gives the receipt and what stays, and leaves nothing here', async () => {
    const {chat, server} = await openAnswer({also: rights, set: {storage: 'session', id: 'gone'}});
    const host = hostLog(chat);
    chat.chat!.flush();
    await openPanel(chat);
    server.will('deleteEverything').release({
      receiptId: 'd-7',
      status: 'done',
      kept: [
        {what: 'acceptances', count: 1, until: '2027-11-20T00:00:00Z', why: 'To prove what you accepted.'},
        {what: 'tickets', count: 0},
      ],
    });
    await deleting(chat, 'Delete everything');
    await told(chat, 'Everything is deleted. Receipt d-7.');
    expect(panel(chat))
      .to.include('Kept until November 20, 2027: To prove what you accepted.')
      .and.not.include('tickets');
    expect(server.asked.deleteEverything).to.deep.equal(['receipt-1']);
    expect(Object.keys(sessionStorage)).to.deep.equal([]);
    expect(host.of('tillit-withdraw')).to.deep.equal([{told: true}]);
    expect(chat.chat!.store.get()).to.deep.include({turns: [], gate: {phase: 'idle'}});
    await focusIsOn(chat, '[data-result]');
    await expect(chat).to.be.accessible();
    one(chat, '.back').click();
    await gone(chat, '[part~="your-data"]');
    saying(chat, 'Open the help chat').click();
    await found(chat, '#accept');
  });

  it('says that a deletion is only requested, with its number', async () => {
    const {chat, server} = await openData();
    server.will('deleteEverything').release({receiptId: 'd-8', status: 'requested', kept: []});
    await deleting(chat, 'Delete everything');
    await told(chat, 'The deletion is requested. Receipt d-8.');
  });

  it('keeps everything when the vendor cannot be reached, until the person has it deleted here alone', async () => {
    const {chat, server} = await openData();
    server.fails('deleteEverything', 'network');
    await deleting(chat, 'Delete everything');
    await told(chat, 'No contact with the service');
    expect(chat.chat!.store.get().turns).to.have.length(1);
    saying(chat, 'Delete only here').click();
    await told(chat, 'Deleted here. What the vendor has remains.');
    expect(chat.chat!.store.get()).to.deep.include({turns: [], gate: {phase: 'idle'}});
  });

  for (const [label, words] of [
    ['Object or restrict', 'I object to how my data is used'],
    ['Ask for a correction', 'I want a detail about me to be corrected'],
  ] as const) {
    it(`opens a ticket about rights: ${label}, and gives its number`, async () => {
      const {chat, server} = await openData();
      saying(chat, label).click();
      const description = await found(chat, '[part~="ticket-description"]');
      expect((description as HTMLTextAreaElement).value).to.include(words);
      await write(one<HTMLInputElement>(chat, '[part~="ticket-name"]'), 'Test Testsson');
      await write(one<HTMLInputElement>(chat, '[part~="ticket-email"]'), 'test@example.com');
      one(chat, '[part~="ticket-submit"]').click();
      await says(chat, '[part~="ticket-receipt"]', 'T-1042');
      expect(server.asked.createTicket[0]).to.deep.include({category: 'rights', transcript: []});
    });
  }

  it('shows the contact details of a ticket that was not sent, and lets them be corrected', async () => {
    const {chat} = await openAnswer({also: rights});
    await chat.openTicket({name: 'Kim', email: 'kim@example.com'});
    await found(chat, '[part~="ticket-form"]');
    one(chat, '.back').click();
    await gone(chat, '[part~="ticket-form"]');
    await openPanel(chat);
    await write(one<HTMLInputElement>(chat, '#data-name'), 'Kim Bo');
    one(chat, '[data-save]').click();
    await told(chat, 'Saved.');
    const {ticket} = chat.chat!.store.get();
    expect(ticket.phase === 'closed' && ticket.form).to.deep.include({name: 'Kim Bo', email: 'kim@example.com'});
  });

  it('takes the acceptance back, and says so', async () => {
    const {chat, server} = await openData();
    const host = hostLog(chat);
    one(chat, '[part~="withdraw"]').click();
    await told(chat, 'Your acceptance is withdrawn.');
    expect(server.asked.withdraw).to.equal(1);
    expect(host.of('tillit-withdraw')).to.deep.equal([{told: true}]);
  });

  it('takes the acceptance back here when the vendor cannot be told, says so, and tells it later', async () => {
    const {chat, server} = await openData();
    server.fails('withdraw', 'network');
    one(chat, '[part~="withdraw"]').click();
    await told(chat, 'the vendor could not be reached');
    expect(chat.chat!.store.get()).to.deep.include({turns: [], gate: {phase: 'idle'}});
    saying(chat, 'Try again').click();
    await told(chat, 'Your acceptance is withdrawn.');
    expect(server.asked.withdraw).to.equal(2);
  });

  it('does one thing at a time', async () => {
    const {chat, server} = await openData();
    const deletion = server.will('deleteConversation');
    await deleting(chat, 'Delete the conversation');
    await settled();
    one(chat, '[part~="withdraw"]').click();
    saying(chat, 'Delete the conversation').click();
    await settled();
    deletion.release(undefined);
    await told(chat, 'The conversation is deleted.');
    expect([server.asked.deleteConversation.length, server.asked.withdraw]).to.deep.equal([1, 0]);
  });

  describe('what a person chose', () => {
    const measured = {...terms, analytics: 'We count how the chat is used.'};
    const box = (chat: TillitChat, name: string) => one<HTMLInputElement>(chat, `input[name="${name}"]`);

    it('can be changed, and is told to the backend with a new receipt', async () => {
      const {chat, server} = await openData({config: {terms: measured}});
      server.will('accept').release({receiptId: 'receipt-2'});
      await found(chat, 'tillit-purposes input');
      box(chat, 'analytics').focus();
      await sendKeys({type: ' '});
      await told(chat, 'Saved.');
      expect(server.asked.accept.at(-1)!.purposes).to.deep.include({analytics: true});
      expect(chat.purposes).to.deep.include({analytics: true});
      expect(panel(chat)).to.include('Receipt receipt-2');
      await expect(chat).to.be.accessible();
    });

    it('is not given when the backend does not have it', async () => {
      const {chat, server} = await openData({config: {terms: measured}});
      server.fails('accept', 'network');
      await found(chat, 'tillit-purposes input');
      box(chat, 'analytics').click();
      await told(chat, 'The choice could not be saved and does not hold.');
      expect(chat.purposes?.analytics).to.equal(false);
      expect(box(chat, 'analytics').checked).to.equal(false);
    });

    it('is taken back at once, also when the backend cannot be told', async () => {
      const {chat, server} = await openData({config: {terms: measured}});
      await found(chat, 'tillit-purposes input');
      box(chat, 'analytics').click();
      await told(chat, 'Saved.');
      const saving = server.will('accept');
      box(chat, 'analytics').click();
      await settled();
      expect(chat.purposes?.analytics).to.equal(false);
      saving.fail('network');
      await told(chat, 'It holds here. The vendor could not be told.');
      expect(chat.purposes?.analytics).to.equal(false);
      expect(box(chat, 'analytics').checked).to.equal(false);
    });

    it('takes the conversation off the device at once, and leaves it on the screen', async () => {
      const {chat} = await openAnswer({also: rights, set: {storage: 'session', id: 'device'}});
      await write(input(chat), 'Half a question');
      chat.chat!.flush();
      const stored = () => Object.entries(sessionStorage).filter(([key]) => key.startsWith(storageName('device')));
      expect(JSON.stringify(stored())).to.include('pay slip').and.include('Half');
      await openPanel(chat);
      await found(chat, 'tillit-purposes input');
      box(chat, 'device').click();
      await told(chat, 'Saved.');
      expect(stored()).to.have.length(1);
      expect(JSON.stringify(stored())).not.to.match(/pay slip|Half/);
      expect(panel(chat)).not.to.include('The conversation, with sources');
      one(chat, '.back').click();
      await found(chat, '[part~="answer"]');
      expect(input(chat).value).to.equal('Half a question');
      expect(focused(chat)).not.to.equal(null);
    });
  });
});
