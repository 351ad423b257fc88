/** Lets a test begin behind the terms: the acceptance is put where the chat finds it, as if a person had given it. */
import {initialState} from '../core/state.js';
import {termsText, type Acceptance, type TermsDocument} from '../core/terms.js';
import {toSnapshot} from '../storage/snapshot.js';
import {conversationKey, storageName} from '../storage/keys.js';
import {sampleTerms} from './sample.js';

export interface AcceptTerms {
  /** What tells this chat from others: the element's `id`, else its `endpoint`, else the transport's `id`. */
  readonly storageKey: string;
  /** The very document that the config, or the host, will show. Those of `sampleConfig` when it is not given. */
  readonly terms?: TermsDocument;
  /** Where the chat keeps its conversation: `sessionStorage` when it is not given. */
  readonly storage?: Pick<Storage, 'setItem'>;
  readonly receiptId?: string;
  /** BCP 47. */
  readonly locale?: string;
}

/** Call it before the chat is opened. @returns the acceptance as it is stored */
export async function acceptTerms({
  storageKey,
  terms = sampleTerms,
  storage = globalThis.sessionStorage,
  receiptId = 'receipt-1',
  locale = 'en',
}: AcceptTerms): Promise<Acceptance> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(termsText(terms)));
  const acceptance: Acceptance = {
    termsId: terms.id,
    version: terms.version,
    textSha256: Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join(''),
    locale,
    acceptedAt: new Date().toISOString(),
    purposes: {chat: true, analytics: false, device: true},
    receiptId,
  };
  storage.setItem(conversationKey(storageName(storageKey)), toSnapshot({...initialState, acceptance})!);
  return acceptance;
}
