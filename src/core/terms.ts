/** The vendor's terms, and the record that a person accepted one version of them. */

/** One row of the table "what is stored where and how long". */
export interface DataTableRow {
  readonly what: string;
  readonly where: string;
  readonly howLong: string;
}

export interface TermsDocument {
  readonly id: string;
  readonly version: string;
  /** When this version was made: ISO 8601 date. */
  readonly updated: string;
  readonly title: string;
  /** The terms in a few short sentences, plain text, shown first. */
  readonly summary?: readonly string[];
  /** What a person must not enter, in one sentence. */
  readonly notToEnter?: string;
  /** What the chat must not be used for, in one sentence. */
  readonly prohibitedUse?: string;
  /**
   * What is measured of how the chat is used, by whom and what for, in one sentence. People are asked for it apart from the
   * chat; without it nobody is asked, and nothing is measured.
   */
  readonly analytics?: string;
  /** The full text: Markdown, or HTML (shown sanitised), or a link. */
  readonly markdown?: string;
  readonly html?: string;
  readonly url?: string;
  readonly dataTable: readonly DataTableRow[];
}

/** What a person has agreed to, each apart from the others; all but the first can be changed at any time. */
export interface Purposes {
  /** The chat itself; without it there is no chat. */
  readonly chat: true;
  /** That a host measures how the chat is used: `tillit-chat/analytics`. */
  readonly analytics: boolean;
  /** That the conversation is kept on this device; without it the conversation is in memory alone. */
  readonly device: boolean;
}

export interface Acceptance {
  readonly termsId: string;
  readonly version: string;
  /** Hex SHA-256 of `termsText(terms)` in UTF-8: the exact text that was shown. */
  readonly textSha256: string;
  /** BCP 47 tag of the text that was shown. */
  readonly locale: string;
  /** ISO 8601, UTC. */
  readonly acceptedAt: string;
  readonly purposes: Purposes;
  /** The backend's proof that it has the record. */
  readonly receiptId?: string;
}

export interface AcceptanceReceipt {
  readonly receiptId: string;
}

/**
 * Everything a person agrees to as one text, in a fixed order: what the acceptance's hash is taken over.
 * The backend computes the same, so that it can prove which text it was.
 */
export function termsText(terms: TermsDocument): string {
  return [
    terms.title,
    `${terms.id} ${terms.version} ${terms.updated}`,
    ...(terms.summary ?? []),
    terms.notToEnter ?? '',
    // These came later: who has accepted a text without them has accepted the same text still.
    ...[terms.prohibitedUse, terms.analytics].filter((sentence) => sentence !== undefined),
    terms.markdown ?? terms.html ?? terms.url ?? '',
    ...terms.dataTable.map(({what, where, howLong}) => `${what}\t${where}\t${howLong}`),
  ].join('\n');
}

/** Whether this acceptance covers these terms. The hash decides with the version: a silent edit asks again. */
export const covers = (acceptance: Acceptance, terms: TermsDocument, textSha256: string) =>
  acceptance.termsId === terms.id && acceptance.version === terms.version && acceptance.textSha256 === textSha256;
