import {tokenNames} from './token-names.js';

/**
 * Looks at what a host has set, when the chat opens: a value that makes no sense gives way to its default, a text that
 * cannot be read gets its nearest readable shade, and a dark surface makes the chat dark. The console says so once.
 * Loaded only where a host has set something. It writes on the root alone, through the style object, which a CSP allows.
 */

/** What a value must be: a property whose values it can be, and how it is written there. */
const kinds: readonly (readonly [name: RegExp, property: string, written?: (value: string) => string])[] = [
  [/color|tint/, 'color'],
  [/^--tillit-font(-heading)?$/, 'font-family'],
  [/shadow$/, 'box-shadow'],
  [/radius/, 'border-radius'],
  [/padding$/, 'padding'],
  [/line-height$/, 'line-height'],
  [/z-index$/, 'z-index'],
  [/motion$/, 'transition-duration'],
  // A length that can be counted with: no keyword, and no bare number.
  [/offset/, 'margin', (value) => `calc(1 * ${value})`],
  [/./, 'width', (value) => (value.startsWith('-') ? '' : `calc(1 * ${value})`)],
];

/** Text, what it stands on, and how well it must be told from that. The first is the token that is changed. */
const pairs: readonly (readonly [text: string, ground: string, token: string, least: number])[] = [
  ['--_text', '--_surface', '--tillit-color-text', 4.5],
  ['--_muted', '--_surface', '--tillit-color-muted', 4.5],
  ['--_link', '--_surface', '--tillit-color-link', 4.5],
  ['--_focus', '--_surface', '--tillit-color-focus', 3],
  ['--_field', '--_surface', '--tillit-color-field', 3],
  ['--_warn', '--_warn-soft', '--tillit-color-warn', 4.5],
  ['--_block', '--_block-soft', '--tillit-color-block', 4.5],
  ['--_on-accent', '--_accent', '--tillit-color-on-accent', 4.5],
  [
    '--tillit-question-text-color, --_on-accent',
    '--tillit-question-color, --_accent',
    '--tillit-question-text-color',
    4.5,
  ],
  ['--tillit-button-text-color, --_on-accent', '--tillit-button-color, --_accent', '--tillit-button-text-color', 4.5],
  ['--tillit-header-text-color, --_text', '--tillit-header-color, --_surface', '--tillit-header-text-color', 4.5],
  [
    '--tillit-citation-text-color, --_link',
    '--tillit-citation-color, --_accent-soft',
    '--tillit-citation-text-color',
    4.5,
  ],
];

/** From here on, black is told better than white. */
const middle = 0.18;
/** Text smaller or larger than this is a slip. */
const textPx = {least: 9, most: 64};
const said = new Set<string>();

type Color = readonly [red: number, green: number, blue: number, alpha: number];

/** @param root the chat's own, which everything in it inherits from */
export function checkTheme(root: HTMLElement): void {
  // Off the page, nothing has a colour.
  if (!root.isConnected) return;
  const {style} = root;
  for (const name of tokenNames) style.removeProperty(name);
  style.removeProperty('color-scheme');
  const seen = getComputedStyle(root);
  const probe = root.appendChild(document.createElement('i'));
  const notes: string[] = [];

  for (const name of tokenNames) {
    const value = seen.getPropertyValue(name).trim();
    if (value === '') continue;
    const [, property, written = (same: string) => same] = kinds.find(([pattern]) => pattern.test(name))!;
    const isLength = property === 'width' || property === 'margin';
    // What everybody means by it.
    if (isLength && value === '0') style.setProperty(name, '0px');
    else if (!CSS.supports(property, written(value))) {
      style.setProperty(name, 'initial');
      notes.push(`${name}: “${value}” makes no sense here, the default is used`);
    }
  }
  const sizePx = parseFloat(seen.fontSize);
  if (sizePx < textPx.least || sizePx > textPx.most) {
    style.setProperty('--tillit-font-size', 'initial');
    notes.push('--tillit-font-size: nobody can read that, the default is used');
  }

  const read = (color: string): Color => {
    probe.style.color = '';
    probe.style.color = `color(from ${color} srgb r g b / alpha)`;
    const [red = 0, green = 0, blue = 0, alpha = 1] = (
      getComputedStyle(probe).color.match(/-?[\d.]+(e-?\d+)?/g) ?? []
    ).map(Number);
    return [red, green, blue, alpha];
  };
  const reference = (names: string) =>
    names.split(', ').reduceRight((rest, name) => `var(${name}${rest && `, ${rest}`})`, '');

  const isDark = luminance(read('light-dark(#000, #fff)')) > 0.5;
  const surface = read('var(--_surface)');
  if (surface[3] < 1) {
    style.setProperty('--tillit-color-surface', 'initial');
    notes.push('--tillit-color-surface: the page would show through, the default is used');
  } else if (luminance(surface) < middle !== isDark) {
    style.setProperty('color-scheme', isDark ? 'light' : 'dark');
  }

  for (const [names, groundNames, token, least] of pairs) {
    const ground = over(read(reference(groundNames)), read('var(--_surface)'));
    const text = reference(names);
    const ratio = contrast(over(read(text), ground), ground);
    if (ratio >= least) continue;
    style.setProperty(token, nearestReadable(read(text), luminance(ground), least));
    notes.push(`${token}: ${ratio.toFixed(1)}:1 on its ground, the nearest readable shade is used (${least}:1)`);
  }
  const accent = contrast(over(read('var(--_accent)'), surface), read('var(--_surface)'));
  if (
    accent < 4.5 &&
    seen.getPropertyValue('--tillit-color-link') === '' &&
    seen.getPropertyValue('--tillit-color-accent') !== ''
  )
    notes.push(`--tillit-color-accent: ${accent.toFixed(1)}:1 on the surface, so links are its nearest readable shade`);
  probe.remove();

  const note = notes.join('\n  ');
  if (note === '' || said.has(note)) return;
  said.add(note);
  console.error(`<tillit-chat>: the theme was mended.\n  ${note}`);
}

/** The same hue with less light, or with white mixed in. */
function nearestReadable(color: Color, ground: number, least: number) {
  // A little more than needed: browsers round.
  const wanted = ground > middle ? (ground + 0.05) / (least + 0.1) - 0.05 : (ground + 0.05) * (least + 0.1) - 0.05;
  const y = luminance(color);
  const white = ground > middle ? 0 : between((wanted - y) / (1 - y));
  const own = ground > middle ? between(wanted / y) : 1 - white;
  const axes = [
    ['x', 0.9505],
    ['y', 1],
    ['z', 1.089],
  ].map(([axis, most]) => `calc(${axis} * ${own} + ${Number(most) * white})`);
  return `color(from color(srgb ${color.slice(0, 3).join(' ')}) xyz ${axes.join(' ')})`;
}

const between = (share: number) => Math.max(0, Math.min(1, share));

function luminance([red, green, blue]: Color) {
  const [r, g, b] = [red, green, blue].map((value) => {
    const share = between(value);
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

const over = ([red, green, blue, alpha]: Color, under: Color): Color => {
  const mix = (top: number, below: number) => top * alpha + below * (1 - alpha);
  return [mix(red, under[0]), mix(green, under[1]), mix(blue, under[2]), 1];
};

function contrast(one: Color, other: Color) {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter! + 0.05) / (darker! + 0.05);
}
