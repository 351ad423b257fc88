/** What a person sees when a part of the chat cannot be fetched. Each test is a page of its own, so that nothing is loaded yet. */
import {expect} from '@open-wc/testing';

import type {TillitChat} from '../../src/elements/tillit-chat.js';
import {count, found, input, maybe, one, saying, seen, says, until, write} from '../support/chat.js';
import {closePages, openPage} from '../support/page.js';
import {finish, source, text, type ScriptedTransport} from '../support/scripted-transport.js';

async function openWithout(...missing: string[]) {
  const page = await openPage({
    missing,
    width: 500,
    height: 600,
    head: `<script type="module">
      import {scriptedTransport} from '/test/support/scripted-transport.ts';
      import '/src/define.ts';
      window.server = scriptedTransport();
      document.querySelector('tillit-chat').transport = server.transport;
    </script>`,
    body: '<tillit-chat locale="en" storage="none" style="--tillit-motion: 0ms"></tillit-chat>',
  });
  const chat = page.document.querySelector<TillitChat>('tillit-chat')!;
  const {server} = page.window as unknown as {readonly server: ScriptedTransport};
  return {page, chat, server};
}

async function accepted(...missing: string[]) {
  const made = await openWithout(...missing);
  made.chat.show();
  (await found(made.chat, '#accept')).click();
  await found(made.chat, '[part~="input"]');
  return made;
}

async function sent(chat: TillitChat, words: string) {
  await write(input(chat), words);
  // What is missing may have been missed already, and said so in the composer's place.
  maybe(chat, '[part~="send"]')?.click();
}

describe('when a part cannot be fetched', () => {
  afterEach(closePages);

  it('an answer is shown as plain text, with its sources', async () => {
    const {chat, server} = await accepted('/src/elements/answer-text.ts');
    await sent(chat, 'A question');
    await until(() => server.streams.length > 0, 'the question leaves');
    await server.emit(text('Open *Pay slips* <b>now</b>. [1]'), source, finish);
    const answer = await found(chat, '[part~="answer"]');
    await found(chat, '[part~="source"]');
    expect(seen(answer)).to.include('Open *Pay slips* <b>now</b>. [1]');
    expect(count(chat, '.plain *')).to.equal(0);
    await found(chat, 'tillit-rating');
  });

  it('the terms are shown as plain text, so that they can be read before they are accepted', async () => {
    const {chat} = await openWithout('/src/elements/answer-text.ts');
    chat.show();
    await found(chat, '#accept');
    saying(chat, 'Read the full terms').click();
    await says(chat, '.full', 'The vendor **Lön AB** is.');
  });

  for (const [what, file] of [
    ['the guard', '/src/privacy/guard.ts'],
    ["what the guard knows of the page's language", '/src/privacy/packs/en.ts'],
  ] as const) {
    it(`no question leaves without ${what}, and the text stays`, async () => {
      const {chat, server} = await accepted(file);
      await sent(chat, 'A question');
      await until(
        () => seen(one(chat, '.screen')).match(/could not be checked|No contact with the service/),
        'it says so',
      );
      expect(server.asked.send).to.have.length(0);
      expect(chat.chat!.store.get().draft).to.equal('A question');
    });
  }

  it('a conversation that cannot be drawn says so, keeps the question, and can be tried again', async () => {
    const {chat} = await accepted('/src/elements/conversation.ts');
    await write(input(chat), 'A question');
    const alert = await found(chat, '.screen [role="alert"]');
    expect(seen(alert)).to.include('No contact with the service').and.include('Try again');
    expect(chat.chat!.store.get().draft).to.equal('A question');
  });

  it('a chat without its texts closes again, says so on the launcher, and tries again with the next press', async () => {
    const {chat, page} = await openWithout('/locales/en.first.js');
    const launcher = () => one(chat, '[part~="launcher"]');
    for (const _ of [1, 2]) {
      launcher().click();
      await until(
        () => !chat.open && launcher().ariaLabel === 'The chat could not be loaded. Press to try again.',
        'it says so',
      );
      expect(seen(launcher())).to.equal('The chat could not be loaded. Press to try again.');
      expect(launcher().getBoundingClientRect().width).to.be.above(200);
      expect(count(chat, '.panel')).to.equal(0);
    }
    expect(page.requests().filter((path) => path.includes('no-such-file')).length).to.be.above(0);
  });
});
