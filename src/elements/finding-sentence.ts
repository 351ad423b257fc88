/** How findings are told in words. */
import type {Messages} from '../i18n/messages.js';
import type {Finding} from '../privacy/types.js';

/** "1 piece of personal data was found. E-mail address." */
export function findingSentence(
  findings: readonly Finding[],
  messages: Messages,
): {readonly title: string; readonly kinds: string} {
  const blocks = findings.filter(({severity}) => severity === 'block').length;
  const title =
    blocks > 0 ? messages.t('findingsBlock', {n: blocks}) : messages.t('findingsWarn', {n: findings.length});
  const kinds = messages.list([...new Set(findings.map(({type}) => messages.t(`pii_${type}`)))]);
  return {title, kinds: sentence(kinds, messages)};
}

/** The words as a sentence of their language. */
export const sentence = (words: string, {locale}: Messages) =>
  `${words.charAt(0).toLocaleUpperCase(locale)}${words.slice(1)}${locale === 'ja' ? '。' : '.'}`;
