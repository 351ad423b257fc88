/**
 * What a person accepted before the terms changed. The text is not kept on the device: the backend, which must be able to
 * prove it, has it; and what it gives is held against the acceptance that is kept here.
 */
import type {Chat} from './chat.js';
import type {Ports} from './ports.js';
import type {TermsDocument} from './terms.js';

export type EarlierText =
  | {readonly text: string}
  /** `language`: it was another text. `mismatch`: what the backend has kept is not what was accepted. */
  | {readonly missing: 'unknown' | 'language' | 'mismatch'};

/** @param locale of the terms that are shown. BCP 47 */
export async function earlierText(
  {store, transport}: Chat,
  terms: TermsDocument,
  locale: string,
  sha256: Ports['sha256'],
): Promise<EarlierText> {
  const {acceptance} = store.get();
  if (!acceptance || acceptance.termsId !== terms.id || !transport.acceptedText) return {missing: 'unknown'};
  if (acceptance.locale !== locale) return {missing: 'language'};
  const {termsId, version, textSha256, receiptId} = acceptance;
  try {
    const {signal} = new AbortController();
    const text = await transport.acceptedText({signal, locale, ...(receiptId !== undefined && {receiptId})});
    // Where the backend has called the acceptance stale, only its version is left to tell the text by.
    const isThat = textSha256
      ? (await sha256(text)) === textSha256
      : text.split('\n')[1]?.startsWith(`${termsId} ${version} `);
    return isThat ? {text} : {missing: 'mismatch'};
  } catch {
    return {missing: 'unknown'};
  }
}
