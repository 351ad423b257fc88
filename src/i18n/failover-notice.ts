/** What is said when another backend answers in place of the usual one: for `failover`, which has no catalog. */
import {loadMessages, loadMore, matchLocale} from './locales.js';

/**
 * @param locale BCP 47; a language without a catalog gets the English sentence
 * @returns `undefined` where it cannot be fetched: the name of who answers changes all the same
 */
export async function failoverNotice(locale: string): Promise<string | undefined> {
  try {
    const messages = await loadMessages(matchLocale([locale]), {}, false);
    return (await loadMore(messages)).t('failoverNotice');
  } catch {
    return undefined;
  }
}
