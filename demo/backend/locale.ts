/** The languages the backend speaks, and which one a request asks for (RFC 9110 §12.5.4). */

export const locales = ['sv', 'en'] as const;
export type Locale = (typeof locales)[number];

export const isLocale = (value: unknown): value is Locale => locales.includes(value as Locale);

/** `sv-SE` speaks `sv`; what we do not speak is `undefined`. */
export function localeOf(tag: string): Locale | undefined {
  const language = tag.trim().toLowerCase().split('-')[0];
  return isLocale(language) ? language : undefined;
}

/** @param header `Accept-Language`. Without one, or with none that we speak, the first of our languages. */
export function negotiate(header: string | null | undefined): Locale {
  let best: {locale: Locale; q: number} | undefined;
  for (const {tag, q} of wishesIn(header)) {
    const locale = localeOf(tag);
    if (locale && q > (best?.q ?? 0)) best = {locale, q};
  }
  return best?.locale ?? locales[0];
}

/** Every language that is wished for, whether we speak it or not. */
export const languagesIn = (header: string | null | undefined): readonly string[] =>
  wishesIn(header)
    .map(({tag}) => tag)
    .filter((tag) => /^[a-z]{2,8}(?:-[a-z\d]{1,8})*$/i.test(tag));

const wishesIn = (header: string | null | undefined) =>
  (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';');
      const q = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return {tag: tag.trim(), q: q === undefined ? 1 : Number(q)};
    });
