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
  const wishes = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';');
      const q = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return {locale: localeOf(tag), q: q === undefined ? 1 : Number(q)};
    });
  let best: {locale: Locale; q: number} | undefined;
  for (const {locale, q} of wishes) {
    if (locale && q > (best?.q ?? 0)) best = {locale, q};
  }
  return best?.locale ?? locales[0];
}
