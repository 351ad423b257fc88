import {expect} from '@open-wc/testing';

import type {TillitChat} from '../../src/elements/tillit-chat.js';
import {loadAll, one, openChat, renderChat} from '../support/chat.js';
import {contrast} from '../support/contrast.js';

/** Brands as they are: light, dark, loud, grey, and those about which white and black nearly agree. */
const brands = {
  black: '#000000',
  white: '#ffffff',
  'mid grey': '#777777',
  'grey where white and black meet': '#757575',
  'one step lighter': '#767676',
  'light grey': '#c8c8c8',
  yellow: '#ffe600',
  'taxi yellow': '#ffc400',
  lime: '#a4ff00',
  orange: '#ff6a00',
  red: '#e30613',
  'pure red': '#ff0000',
  magenta: '#e20074',
  'pure magenta': '#ff00ff',
  violet: '#7f3fbf',
  blue: '#0057b8',
  'pure blue': '#0000ff',
  sky: '#41b6e6',
  cyan: '#00ffff',
  teal: '#00857c',
  green: '#00a651',
  'pure green': '#00ff00',
  brown: '#6b3f1d',
  'half transparent': 'rgb(200 30 90 / 0.5)',
  'wide gamut': 'color(display-p3 0 1 0.3)',
} as const;

const styleOf = (chat: TillitChat, selector: string) => getComputedStyle(one(chat, selector));

/** What a custom property is as a colour, inside the chat. */
function color(chat: TillitChat, value: string) {
  const probe = document.createElement('i');
  one(chat, '.root').append(probe);
  probe.style.color = value;
  const {color} = getComputedStyle(probe);
  probe.remove();
  return color;
}

describe('the colours of a brand', () => {
  before(loadAll);

  for (const theme of ['light', 'dark'] as const) {
    it(`can be read whatever they are, ${theme}`, async () => {
      const {chat} = await openChat({set: {theme}});
      const failed: string[] = [];
      for (const [name, accent] of Object.entries(brands)) {
        chat.style.setProperty('--tillit-color-accent', accent);
        const of = (token: string) => color(chat, `var(--_${token})`);
        const surface = of('surface');
        const soft = [surface, of('accent-soft')];
        const pairs = {
          'text on the accent': [contrast(of('on-accent'), surface, of('accent')), 4.5],
          'the icon of the launcher': [contrast(styleOf(chat, '.launcher > slot').color, '#fff', of('accent')), 4.5],
          'links on the surface': [contrast(of('link'), surface), 4.5],
          'links on raised things': [contrast(of('link'), of('raised')), 4.5],
          'links on a tint': [contrast(of('link'), ...soft), 4.5],
          'text on a tint': [contrast(of('text'), ...soft), 4.5],
          'the focus ring': [contrast(of('focus'), surface), 3],
        } as const;
        for (const [pair, [ratio, least]] of Object.entries(pairs)) {
          // What shows through a transparent brand colour is not ours to know.
          if (accent.includes('/') && !pair.startsWith('links') && !pair.startsWith('the focus')) continue;
          if (ratio < least) failed.push(`${name}: ${pair} ${ratio.toFixed(2)}`);
        }
      }
      expect(failed).to.deep.equal([]);
    });

    it(`are those of the brand where they can be read, ${theme}`, async () => {
      const {chat} = await openChat({set: {theme}});
      const accent = theme === 'light' ? '#0f5c52' : '#7fd3c3';
      chat.style.setProperty('--tillit-color-accent', accent);
      expect(contrast(color(chat, 'var(--_link)'), accent)).to.be.closeTo(1, 0.02);
    });

    it(`of ours meet what they promise, ${theme}`, async () => {
      const {chat} = await openChat({set: {theme}});
      const of = (token: string) => color(chat, `var(--_${token})`);
      const least = {text: 7, muted: 4.5, link: 4.5, block: 4.5, warn: 4.5, field: 3, star: 3, focus: 3};
      const surface = of('surface');
      const failed = Object.entries(least)
        .map(([token, ratio]) => [token, contrast(of(token), surface), ratio] as const)
        .filter(([, ratio, wanted]) => ratio < wanted);
      expect(failed).to.deep.equal([]);
      expect(contrast(of('block'), of('block-soft'))).to.be.at.least(4.5);
      expect(contrast(of('warn'), of('warn-soft'))).to.be.at.least(4.5);
      expect(contrast(of('muted'), of('raised'))).to.be.at.least(4.5);
    });
  }

  it('go before what is computed of them', async () => {
    const {chat} = await openChat();
    chat.style.setProperty('--tillit-color-accent', 'white');
    chat.style.setProperty('--tillit-color-on-accent', 'rgb(1, 2, 3)');
    chat.style.setProperty('--tillit-color-link', 'rgb(4, 5, 6)');
    expect(styleOf(chat, '.launcher > slot').color).to.equal('rgb(1, 2, 3)');
    expect(color(chat, 'var(--_on-accent)')).to.equal('rgb(1, 2, 3)');
    expect(color(chat, 'var(--_focus)'), 'follows').to.equal('rgb(4, 5, 6)');
  });
});

describe('a launcher', () => {
  const place = (chat: TillitChat) => {
    const {left, right, top, bottom} = one(chat, '.launcher').getBoundingClientRect();
    return {
      inline: left < window.innerWidth - right ? 'left' : 'right',
      block: top < window.innerHeight - bottom ? 'top' : 'bottom',
      gap: Math.round(Math.min(left, document.documentElement.clientWidth - right)),
    };
  };

  it('stands in the corner that the host names', async () => {
    const {chat} = await renderChat();
    expect(place(chat)).to.deep.equal({inline: 'right', block: 'bottom', gap: 20});
    chat.place = 'top-start';
    await chat.updateComplete;
    expect(place(chat)).to.deep.equal({inline: 'left', block: 'top', gap: 20});
    chat.setAttribute('place', 'top-end');
    await chat.updateComplete;
    expect(place(chat)).to.deep.equal({inline: 'right', block: 'top', gap: 20});
    chat.dir = 'rtl';
    expect(place(chat)).to.deep.include({inline: 'left', block: 'top'});
    chat.place = 'bottom-start';
    await chat.updateComplete;
    expect(place(chat)).to.deep.include({inline: 'right', block: 'bottom'});
  });

  it('keeps the distance that the host names', async () => {
    const {chat} = await renderChat();
    chat.style.setProperty('--tillit-offset', '4rem');
    expect(place(chat).gap).to.equal(64);
    chat.style.setProperty('--tillit-offset-inline', '8px');
    expect(place(chat).gap).to.equal(8);
  });

  it('brings its panel along', async () => {
    const {chat} = await openChat({set: {place: 'top-start'}});
    const launcher = one(chat, '.launcher').getBoundingClientRect();
    const panel = one(chat, '.panel').getBoundingClientRect();
    expect(Math.round(panel.left)).to.equal(20);
    expect(panel.top).to.be.at.least(launcher.bottom);
    expect(panel.bottom).to.be.at.most(window.innerHeight);
  });

  it('is seen in colours, sizes and places that make no sense', async () => {
    const {chat} = await renderChat({set: {theme: 'light'}});
    const before = one(chat, '.launcher').getBoundingClientRect();
    for (const token of [
      'launcher-color',
      'color-accent',
      'launcher-text-color',
      'offset',
      'z-index',
      'launcher-radius',
    ])
      chat.style.setProperty(`--tillit-${token}`, 'banana');
    expect(contrast(styleOf(chat, '.launcher > slot').color, '#fff')).to.be.above(4.5);
    const after = one(chat, '.launcher').getBoundingClientRect();
    expect([after.width, after.height]).to.deep.equal([before.width, before.height]);
    expect(after.right).to.be.at.most(window.innerWidth);
    expect(after.bottom).to.equal(window.innerHeight);
  });
});

describe('a host that restyles', () => {
  before(loadAll);

  it('meets no rule that it cannot override', async () => {
    const {chat} = await openChat();
    const rules = (chat.renderRoot as ShadowRoot).adoptedStyleSheets.flatMap(({cssRules}) => [...cssRules]);
    const important = rules.filter(({cssText}) => cssText.includes('!important')).map(({cssText}) => cssText);
    // A chat that is hidden or switched off stays so.
    expect(important).to.have.length(1);
    expect(important[0]).to.match(/^:host\(\[hidden\]\), :host\(\[disabled\]\) \{\s*display: none !important;\s*\}$/);
  });
});
