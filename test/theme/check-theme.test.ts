import {expect} from '@open-wc/testing';

import manifest from '../../custom-elements.json' with {type: 'json'};
import type {TillitChat} from '../../src/elements/tillit-chat.js';
import {tokenNames} from '../../src/theme/token-names.js';
import {loadAll, one, openChat, openTurn, renderChat, until} from '../support/chat.js';
import {finish, settled, text} from '../support/scripted-transport.js';
import {contrast} from '../support/contrast.js';

/** What is said on the console meanwhile. */
async function listen(act: () => Promise<void>) {
  const {error} = console;
  const lines: string[] = [];
  console.error = (line: string) => lines.push(line);
  try {
    await act();
  } finally {
    console.error = error;
  }
  return lines;
}

type Tokens = Readonly<Record<string, string>>;

async function openWith(tokens: Tokens, theme: 'light' | 'dark' = 'light') {
  const {chat} = await openChat({set: {theme}});
  chat.hide();
  await chat.updateComplete;
  for (const [name, value] of Object.entries(tokens)) chat.style.setProperty(`--tillit-${name}`, value);
  chat.show();
  await checked(chat);
  return chat;
}

async function checked(chat: TillitChat) {
  await Promise.all([import('../../src/elements/frame.js'), import('../../src/theme/check-theme.js')]);
  await chat.updateComplete;
  await settled();
  // One import leads to the other, each a task of its own.
  for (let tasks = 0; tasks < 8; tasks++) await settled();
}

const styleOf = (chat: TillitChat, selector: string) => getComputedStyle(one(chat, selector));

const nonsense: Tokens = {
  'color-accent': 'banana',
  'color-surface': '12px',
  'color-text': 'url(x)',
  'font-size': 'huge',
  'line-height': '-3',
  space: '-9rem',
  radius: 'round',
  'panel-width': '30',
  'panel-height': 'tall',
  offset: 'far',
  'z-index': 'top',
  motion: 'fast',
  shadow: 'dark',
  'header-color': 'brand',
  'launcher-size': 'big',
};

describe('a theme that makes no sense', () => {
  before(loadAll);

  it('is known down to the last token', () => {
    const documented = manifest.modules[0]!.declarations[0]!.cssProperties.map(({name}) => name);
    expect([...tokenNames].sort()).to.deep.equal([...documented].sort());
  });

  it('gives way to the defaults, and the console says so once', async () => {
    const looks = (chat: TillitChat) => {
      const panel = styleOf(chat, '.panel');
      const {width, height, right, bottom} = one(chat, '.panel').getBoundingClientRect();
      return [
        panel.backgroundColor,
        panel.color,
        panel.fontSize,
        panel.lineHeight,
        panel.borderRadius,
        panel.boxShadow,
        styleOf(chat, '.launcher').zIndex,
        styleOf(chat, '.launcher').backgroundColor,
        styleOf(chat, '.launcher').width,
        styleOf(chat, 'tillit-welcome').padding,
        [width, height, right, bottom].map(Math.round).join(),
      ];
    };
    const expected = looks(await openWith({motion: '0ms'}));
    let chat!: TillitChat;
    const lines = await listen(async () => {
      chat = await openWith(nonsense);
      await until(() => styleOf(chat, '.panel').borderRadius !== '0px', 'the theme is mended');
    });
    await Promise.all(
      one(chat, '.panel')
        .getAnimations()
        .map(({finished}) => finished),
    );
    expect(looks(chat)).to.deep.equal(expected);
    expect(lines).to.have.length(1);
    for (const name of Object.keys(nonsense)) expect(lines[0]).to.contain(`--tillit-${name}: `);
    const again = await listen(async () => {
      chat.hide();
      await chat.updateComplete;
      chat.show();
      await checked(chat);
    });
    expect(again).to.deep.equal([]);
  });

  it('is taken as it is again once the host has mended it', async () => {
    let chat!: TillitChat;
    await listen(async () => {
      chat = await openWith({radius: 'rounder'});
    });
    expect(styleOf(chat, '.panel').borderRadius).to.equal('18px');
    chat.hide();
    await chat.updateComplete;
    chat.style.setProperty('--tillit-radius', '3px');
    chat.show();
    await checked(chat);
    expect(styleOf(chat, '.panel').borderRadius).to.equal('3px');
  });

  it('is not text of no size', async () => {
    await listen(async () => {
      const chat = await openWith({'font-size': '0px'});
      expect(styleOf(chat, '.panel').fontSize).to.equal('15px');
    });
  });

  it('takes 0 for no length', async () => {
    const lines = await listen(async () => {
      const chat = await openWith({offset: '0', place: 'bottom-end'});
      const {right} = one(chat, '.panel').getBoundingClientRect();
      expect(Math.round(right)).to.equal(document.documentElement.clientWidth);
    });
    expect(lines).to.deep.equal([]);
  });
});

describe('a theme that cannot be read', () => {
  before(loadAll);

  it('becomes dark with its surface', async () => {
    const lines = await listen(async () => {
      const chat = await openWith({'color-surface': '#101418'});
      expect(styleOf(chat, '.root').colorScheme).to.equal('dark');
      const {color, backgroundColor} = styleOf(chat, '.panel');
      expect(contrast(color, backgroundColor)).to.be.above(7);
      expect(contrast(styleOf(chat, 'textarea').color, backgroundColor)).to.be.above(7);
    });
    expect(lines).to.deep.equal([]);
  });

  it('becomes light with its surface', async () => {
    const chat = await openWith({'color-surface': '#fff8e7'}, 'dark');
    expect(styleOf(chat, '.root').colorScheme).to.equal('light');
  });

  const pairs: readonly (readonly [name: string, tokens: Tokens, selector: string, least: number])[] = [
    ['text on the surface', {'color-text': '#bbbbbb'}, '.panel', 4.5],
    ['a question', {'question-color': '#ffe600', 'question-text-color': '#ffffff'}, '[part~="question"]', 4.5],
    ['a question in a colour alone', {'question-color': '#fafafa'}, '[part~="question"]', 4.5],
    ['the header', {'header-color': '#0b2239'}, 'header', 4.5],
    ['text on the accent', {'color-accent': '#333333', 'color-on-accent': '#555555'}, '[part~="question"]', 4.5],
    ['text on an accent that shows through', {'color-accent': 'rgb(200 30 90 / 0.4)'}, '[part~="question"]', 4.5],
  ];
  for (const [name, tokens, selector, least] of pairs) {
    it(`gets its nearest readable shade, and the console says so: ${name}`, async () => {
      const lines = await listen(async () => {
        const {chat, server} = await openTurn({set: {theme: 'light'}});
        await server.emit(text('Done.'), finish);
        chat.hide();
        await chat.updateComplete;
        for (const [token, value] of Object.entries(tokens)) chat.style.setProperty(`--tillit-${token}`, value);
        chat.show();
        await checked(chat);
        const {color, backgroundColor} = styleOf(chat, selector);
        expect(contrast(color, styleOf(chat, '.panel').backgroundColor, backgroundColor)).to.be.at.least(least);
      });
      expect(lines).to.have.length(1);
    });
  }

  it('says that a brand colour is too light for links', async () => {
    const lines = await listen(async () => {
      await openWith({'color-accent': '#ffe600'});
    });
    expect(lines).to.have.length(1);
    expect(lines[0]).to.contain('--tillit-color-accent: 1.3:1 on the surface');
  });

  it('says nothing of a colour that can be read', async () => {
    const lines = await listen(async () => {
      await openWith({'color-accent': '#4a3aa7', 'question-color': '#eceafa', 'question-text-color': '#1a1240'});
    });
    expect(lines).to.deep.equal([]);
  });

  it('is not looked at where the host has set nothing', async () => {
    const {chat} = await renderChat({set: {theme: 'light'}});
    chat.removeAttribute('style');
    const lines = await listen(async () => {
      chat.show();
      await settled();
    });
    expect(lines).to.deep.equal([]);
    expect(one(chat, '.root').getAttribute('style')).to.equal(null);
  });
});
