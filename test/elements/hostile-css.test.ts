import {expect} from '@open-wc/testing';

import type {TillitChat} from '../../src/elements/tillit-chat.js';
import {all, ask, found, loadAll, one, renderChat, until} from '../support/chat.js';
import {finish, settled, source, text} from '../support/scripted-transport.js';

/** What pages do to everything on them, on purpose or not. */
const attacks = {
  'reverts everything': '* {all: revert !important}',
  'unsets everything': '* {all: unset !important}',
  'restyles buttons, links and fields': `
    button, a, input, textarea, select, label, h1, h2, h3, p, ul, li, section, header, footer, svg, path {
      all: revert !important; background: magenta !important; color: lime !important; border: 9px dotted cyan !important;
      font: italic 40px fantasy !important; display: inline !important; padding: 40px !important; fill: red !important;
    }`,
  'hides what has our names': `
    .panel, .launcher, .root, .button, .screen, #notice, #accept, #decline, [part], dialog, [popover], [role] {
      display: none !important; visibility: hidden !important; opacity: 0 !important;
    }`,
  'passes its own text style down': `
    body, body * {
      font: italic bold 31px cursive !important; color: magenta !important; text-align: right !important; letter-spacing: 9px !important;
      text-transform: uppercase !important; line-height: 4 !important; cursor: crosshair !important; text-indent: 50px !important;
      word-spacing: 20px !important; white-space: pre !important; pointer-events: none !important; user-select: none !important;
      visibility: hidden !important; list-style: square inside !important; direction: rtl !important;
    }`,
  'sizes and moves every box': `
    body, body * {
      box-sizing: content-box !important; min-width: 500px !important; max-width: 10px !important; margin: 30px !important;
      padding: 30px !important; float: right !important; outline: 5px solid red !important;
    }
    *::before, *::after {content: 'x' !important}`,
};

const parts = [
  '.launcher',
  '.launcher svg',
  '.panel',
  '[part="header"]',
  '#title',
  '#notice',
  '#notice span',
  '#accept',
  '#decline',
  '#terms-title',
  'td',
];
const partsOfTalk = [
  '[part~="question"]',
  '[part~="answer"]',
  '[part~="source"]',
  '.star',
  '[part~="composer"]',
  '[part~="input"]',
  '[part~="send"]',
  '.chip',
  '.icon-button',
];

/** Counted from the window's other edge, which a scrollbar of the page's own moves; `box` is counted from the same edge as we place by. */
const isFromFarEdge = (name: string) => /^(left|top|inset-(block|inline)-start)$/.test(name);

/** Everything the browser has computed for them. */
function look(chat: TillitChat, selectors: readonly string[]) {
  const computed = new Map<string, string>();
  const {clientWidth, clientHeight} = document.documentElement;
  for (const selector of selectors) {
    const style = getComputedStyle(one(chat, selector));
    for (const name of style) {
      if (!isFromFarEdge(name)) computed.set(`${selector} ${name}`, style.getPropertyValue(name));
    }
    const {width, height, right, bottom} = one(chat, selector).getBoundingClientRect();
    computed.set(
      `${selector} box`,
      [width, height, clientWidth - right, clientHeight - bottom].map(Math.round).join(' '),
    );
  }
  return computed;
}

const differences = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>) =>
  [...before]
    .filter(([key, value]) => after.get(key) !== value)
    .map(([key, value]) => `${key}: ${value} → ${after.get(key)!}`);

function attack(css: string) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

async function openTerms() {
  const {chat, server} = await renderChat();
  chat.show();
  await found(chat, '#accept');
  await settled();
  return {chat, server};
}

async function openTalk() {
  const {chat, server} = await openTerms();
  one(chat, '#accept').click();
  await found(chat, '[part~="input"]');
  await ask(chat, 'A question');
  await until(() => server.streams.length > 0, 'the question leaves');
  await server.emit(text('An answer [1]'), source, finish);
  await found(chat, '.star');
  (document.activeElement as HTMLElement).blur();
  await settled();
  return chat;
}

describe('the CSS of the page', () => {
  before(loadAll);

  afterEach(() => {
    document.adoptedStyleSheets = [];
  });

  for (const [what, css] of Object.entries(attacks)) {
    it(`changes nothing in the chat when it ${what}`, async () => {
      const {chat} = await openTerms();
      (document.activeElement as HTMLElement | null)?.blur();
      const before = look(chat, parts);
      attack(css);
      expect(differences(before, look(chat, parts))).to.deep.equal([]);
      document.adoptedStyleSheets = [];
      chat.remove();

      const talk = await openTalk();
      const beforeTalk = look(talk, partsOfTalk);
      attack(css);
      expect(differences(beforeTalk, look(talk, partsOfTalk))).to.deep.equal([]);
    });
  }

  it('is not changed by the chat', async () => {
    const before =
      document.adoptedStyleSheets.length + document.styleSheets.length + document.querySelectorAll('style').length;
    const chat = await openTalk();
    expect(
      document.adoptedStyleSheets.length + document.styleSheets.length + document.querySelectorAll('style').length,
    ).to.equal(before);
    expect(all(chat, 'style, [style]').length).to.equal(0);
  });
});
