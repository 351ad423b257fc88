import {expect} from '@open-wc/testing';

import {until} from './support/chat.js';
import {closePages, openPage, type Page} from './support/page.js';

const script = '<script type="module" src="/src/script-tag.ts"></script>';
const elements = '/src/elements/define-elements.ts';
/** As the README has it. */
const stub = `<script>window.tillit=window.tillit||function(){(tillit.q=tillit.q||[]).push(arguments)};</script>`;
const say = (commands: string) => `${stub}<script>${commands}</script>`;
const backend = `<script type="module">
  import {scriptedTransport} from '/test/support/scripted-transport.ts';
  window.servers = [...document.querySelectorAll('tillit-chat')].map((chat) => {
    const server = scriptedTransport();
    chat.transport = server.transport;
    return server;
  });
</script>`;
const chats = '<tillit-chat locale="en"></tillit-chat><tillit-chat locale="sv" id="support"></tillit-chat>';

type Window = Page['window'] & {readonly events?: readonly string[]; readonly errors?: readonly string[]};
const hosts = (page: Page) => [...page.document.querySelectorAll('tillit-chat')] as HTMLElement[];
const part = (page: Page, selector: string, at = 0) =>
  hosts(page)[at]?.shadowRoot?.querySelector<HTMLElement>(selector) ?? undefined;
const found = (page: Page, selector: string, at = 0) => until(() => part(page, selector, at), `${selector} shows`);
const tell = (page: Page, ...command: unknown[]) => page.window.tillit!(...command);
const isObeyed = (page: Page) => until(() => page.requests().includes('/src/commands.ts'), 'commands are obeyed');

async function openChats(commands = '', body = chats) {
  const page = await openPage({head: say(commands) + backend + script, body});
  await until(() => page.window.tillit?.version, 'the script is there');
  return page;
}

describe('window.tillit', () => {
  afterEach(closePages);

  it('opens the first chat, said before the script has come', async () => {
    const page = await openChats(`tillit('open')`);
    await found(page, '#accept');
    expect(hosts(page).map((host) => host.hasAttribute('open'))).to.deep.equal([true, false]);
  });

  it('opens the chat that is named', async () => {
    const page = await openChats(`tillit('support.open')`);
    await found(page, '#accept', 1);
    expect(hosts(page).map((host) => host.hasAttribute('open'))).to.deep.equal([false, true]);
  });

  it('closes it again, in the order it was said', async () => {
    const page = await openChats(`tillit('open'); tillit('close'); tillit('support.open')`);
    await found(page, '#accept', 1);
    expect(hosts(page)[0]!.hasAttribute('open')).to.equal(false);
    tell(page, 'support.close');
    await until(() => !hosts(page)[1]!.hasAttribute('open'), 'it closes');
  });

  it('keeps a question for when the terms are accepted', async () => {
    const page = await openChats(`tillit('ask', 'How do I export a SIE file?')`);
    (await found(page, '#accept')).click();
    const words = 'How do I export a SIE file?';
    // It waits in the composer, or is asked if the person is quick.
    await until(
      () =>
        (part(page, '[part~="input"]') as HTMLTextAreaElement | undefined)?.value === words ||
        part(page, '[part~="question"]')?.innerText.includes(words),
      'the question is there',
    );
  });

  it('opens the ticket form with what is known', async () => {
    const page = await openChats();
    tell(page, 'open');
    (await found(page, '#accept')).click();
    await found(page, '[part~="input"]');
    tell(page, 'ticket', {description: 'The export is empty'});
    const field = (await found(page, '[part~="ticket-description"]')) as HTMLTextAreaElement;
    expect(field.value).to.equal('The export is empty');
  });

  it('tells of events, of all chats or of one, until it is to stop', async () => {
    const page = await openChats(`
      window.events = [];
      const take = ({type, target}) => events.push(type + ' ' + target.id);
      tillit('on', 'open', take);
      tillit('support.on', 'tillit-close', take);
      tillit('stop.off', 'x', take);`);
    const {events} = page.window as Window;
    tell(page, 'open');
    tell(page, 'support.open');
    await found(page, '#accept', 1);
    await found(page, '#accept');
    tell(page, 'close');
    tell(page, 'support.close');
    await until(() => events!.length > 2, 'it tells');
    expect(events).to.deep.equal(['tillit-open ', 'tillit-open support', 'tillit-close support']);
  });

  it('stops telling', async () => {
    const page = await openChats(`
      window.events = [];
      const take = ({type}) => events.push(type);
      tillit('on', 'open', take);
      tillit('off', 'open', take);
      tillit('on', 'close', take);`);
    tell(page, 'open');
    await found(page, '#accept');
    tell(page, 'close');
    const {events} = page.window as Window;
    await until(() => events!.length > 0, 'it tells');
    expect(events).to.deep.equal(['tillit-close']);
  });

  it('sets attributes and properties, and loads nothing for it but what obeys', async () => {
    const page = await openChats(`
      window.events = [];
      tillit('set', 'locale', 'sv');
      tillit('support.set', 'disabled', true);
      tillit('set', 'context', () => ({product: 'payroll'}));
      tillit('set', 'theme', 'dark');
      tillit('set', 'theme', null);
      tillit('close');`);
    await isObeyed(page);
    await until(() => hosts(page)[1]!.hasAttribute('disabled'), 'it is set');
    const [first] = hosts(page);
    expect(first!.getAttribute('locale')).to.equal('sv');
    expect(first!.hasAttribute('theme')).to.equal(false);
    expect(page.requests().includes(elements)).to.equal(false);
    tell(page, 'open');
    await found(page, '#accept');
    expect((first as HTMLElement & {context?: () => unknown}).context!()).to.deep.equal({product: 'payroll'});
    tell(page, 'support.set', 'disabled', false);
    await until(() => part(page, '.launcher', 1), 'it is enabled');
  });

  it('waits for a chat that comes later, before and after the element is there', async () => {
    const page = await openChats(`tillit('late.open')`);
    await isObeyed(page);
    const add = (id: string) => {
      const chat = page.document.createElement('tillit-chat');
      chat.id = id;
      page.document.body.append(chat);
    };
    add('late');
    await until(() => hosts(page)[2]?.hasAttribute('open'), 'it opens');
    tell(page, 'later.open');
    add('later');
    await until(() => hosts(page)[3]?.hasAttribute('open'), 'the other opens');
  });

  it('names the commands there are when it hears another', async () => {
    const page = await openChats(`
      window.errors = [];
      console.error = (words) => errors.push(words);
      tillit('opne');`);
    const {errors} = page.window as Window;
    await until(() => errors!.length > 0, 'it says so');
    expect(errors).to.deep.equal([
      'tillit: there is no command "opne". Commands are open, close, ask, ticket, on, off, set.',
    ]);
  });
});
