import {expect} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';

import {until} from '../support/chat.js';
import {closePages, openPage, type Page} from '../support/page.js';

const script = '<script type="module" src="/src/script-tag.ts"></script>';
const define = '<script type="module" src="/src/define.ts"></script>';
const backend = `<script type="module">
  import {scriptedTransport} from '/test/support/scripted-transport.ts';
  for (const chat of document.querySelectorAll('tillit-chat')) chat.transport = scriptedTransport().transport;
</script>`;
const words = 'Frågor om lönen? Vi svarar här.';
const chatWith = (attributes: string) => `<tillit-chat locale="sv" ${attributes}></tillit-chat>${backend}`;
const soon = `teaser="${words}" teaser-after-seconds="0"`;

const host = (page: Page) => page.document.querySelector('tillit-chat')!;
const part = (page: Page, name: string) => host(page).shadowRoot?.querySelector<HTMLElement>(`[part~="${name}"]`);
const due = (page: Page) => until(() => part(page, 'teaser'), 'the sentence shows');
const later = (ms: number) =>
  new Promise((again) => {
    setTimeout(again, ms);
  });

describe('a teaser', () => {
  afterEach(() => {
    closePages();
    sessionStorage.clear();
  });

  for (const [how, head] of Object.entries({'the pasted script': script, 'the element': define})) {
    it(`says the host’s words beside the launcher and leaves everything else alone: ${how}`, async () => {
      const page = await openPage({body: chatWith(soon), head});
      const teaser = await due(page);
      expect(teaser.textContent).to.equal(words);
      const launcher = part(page, 'launcher')!.getBoundingClientRect();
      const box = teaser.getBoundingClientRect();
      expect(box.bottom).to.be.below(launcher.top);
      expect(Math.round(box.right)).to.equal(Math.round(launcher.right));
      expect(page.document.activeElement === page.document.body).to.equal(true);
      expect([page.window.sessionStorage.length, page.window.localStorage.length, page.document.cookie]).to.deep.equal([
        0,
        0,
        '',
      ]);
    });

    it(`opens the chat when it is pressed: ${how}`, async () => {
      const page = await openPage({body: chatWith(soon), head});
      await due(page);
      part(page, 'teaser-text')!.click();
      await until(() => host(page).shadowRoot!.querySelector('#accept'), 'the terms show');
      expect(part(page, 'teaser') === null).to.equal(true);
      expect(page.window.sessionStorage.getItem('tillit-chat:teaser')).to.equal(null);
    });
  }

  it('is closed for good, and focus stays beside it', async () => {
    const page = await openPage({body: chatWith(soon), head: script});
    await due(page);
    const close = part(page, 'teaser-close')!;
    expect(close.getAttribute('aria-label')).to.equal('Stäng');
    close.focus();
    await sendKeys({press: 'Enter'});
    await until(() => !part(page, 'teaser'), 'it is gone');
    expect(host(page).shadowRoot!.activeElement === part(page, 'launcher')).to.equal(true);
    expect(page.window.sessionStorage.getItem('tillit-chat:teaser')).to.equal('1');
    const next = await openPage({body: chatWith(soon), head: script});
    await until(() => part(next, 'launcher'), 'the launcher is drawn');
    await later(300);
    expect(part(next, 'teaser') === null).to.equal(true);
  });

  it('is closed by Escape too, and nothing is stored where the host allows no storage', async () => {
    const page = await openPage({body: chatWith(`${soon} storage="none"`), head: script});
    await due(page);
    part(page, 'teaser-text')!.focus();
    await sendKeys({press: 'Escape'});
    await until(() => !part(page, 'teaser'), 'it is gone');
    expect(page.window.sessionStorage.length).to.equal(0);
  });

  it('does not come to someone who has opened the chat, nor without being asked for', async () => {
    const page = await openPage({body: chatWith(`teaser="${words}" teaser-after-seconds="0.5"`), head: script});
    (await until(() => part(page, 'launcher'), 'the launcher is drawn')).click();
    await until(() => host(page).hasAttribute('open'), 'it is open');
    part(page, 'launcher')!.click();
    await later(700);
    expect(part(page, 'teaser') === null).to.equal(true);
    const plain = await openPage({body: chatWith(''), head: script});
    await until(() => part(plain, 'launcher'), 'the launcher is drawn');
    await later(100);
    expect(plain.requests().some((path) => path.includes('teaser'))).to.equal(false);
  });

  it('goes when the chat is opened some other way', async () => {
    const page = await openPage({body: chatWith(soon), head: define});
    await due(page);
    (host(page) as HTMLElement & {show(): void}).show();
    await until(() => !part(page, 'teaser'), 'it is gone');
  });
});
