import {expect} from '@open-wc/testing';

import {until} from '../support/chat.js';
import {closePages, openPage, type Page} from '../support/page.js';

const chatWith = (rule: string) =>
  openPage({
    height: 700,
    head: `<style>${rule}</style><script type="module">
      import '/src/define.ts';
      import {scriptedTransport} from '/test/support/scripted-transport.ts';
      const chat = document.querySelector('tillit-chat');
      chat.transport = scriptedTransport().transport;
      chat.show();
    </script>`,
    body: '<tillit-chat locale="en" storage="none"></tillit-chat>',
  });

/** Where text stands, and its size in px. */
async function textSizes(page: Page) {
  const {shadowRoot} = page.document.querySelector('tillit-chat')!;
  await until(() => shadowRoot!.querySelector('#accept'), 'the terms show');
  const withText = [...shadowRoot!.querySelectorAll('.panel *')].filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()),
  );
  return Object.fromEntries(
    withText.map((element) => [
      element.textContent.trim(),
      Number.parseFloat(page.window.getComputedStyle(element).fontSize),
    ]),
  );
}

async function boxes(page: Page) {
  await textSizes(page);
  const {shadowRoot} = page.document.querySelector('tillit-chat')!;
  return ['.launcher', '.panel', '[part="header"]', '#accept', '#notice'].map((selector) => {
    const {width, height, right} = shadowRoot!.querySelector(selector)!.getBoundingClientRect();
    return [selector, ...[width, height, right].map(Math.round)].join(' ');
  });
}

describe('the size of text', () => {
  afterEach(closePages);

  it('is the same on a page that counts in tens of pixels', async () => {
    const plain = await textSizes(await chatWith(''));
    const counted = await textSizes(await chatWith('html {font-size: 62.5%} body {font-size: 1.6rem}'));
    expect(Object.keys(plain).length).to.be.greaterThan(10);
    expect(counted).to.deep.equal(plain);
    expect(Math.min(...Object.values(counted))).to.be.at.least(12);
  });

  it('comes with boxes that fit it', async () => {
    expect(await boxes(await chatWith('html {font-size: 62.5%}'))).to.deep.equal(await boxes(await chatWith('')));
  });

  it('grows with the page’s own', async () => {
    const plain = await textSizes(await chatWith(''));
    const large = await textSizes(await chatWith('html {font-size: 200%}'));
    for (const [text, size] of Object.entries(plain)) expect(large[text], text).to.be.closeTo(size * 2, 0.01);
  });
});
