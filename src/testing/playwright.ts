/**
 * What a person can see and do in the chat, for end-to-end tests of pages that have it. Made for Playwright, whose
 * locators look into the shadow root by themselves; its types are described here, not imported, so that any version
 * fits. Published as `tillit-chat/testing/playwright`.
 */

/** What is used of Playwright's `Locator`. */
export interface LocatorLike<Self> {
  click(): Promise<void>;
  fill(text: string): Promise<void>;
  press(key: string): Promise<void>;
  waitFor(options?: {readonly state?: 'visible' | 'hidden' | 'attached' | 'detached'}): Promise<void>;
  textContent(): Promise<string | null>;
  first(): Self;
  last(): Self;
  nth(index: number): Self;
  and(other: Self): Self;
}

/** A page, a frame or a part of one. */
export interface PlaceLike<Locator> {
  locator(selector: string): Locator;
}

export interface TicketFields {
  readonly name: string;
  readonly email: string;
  /** Instead of what the form suggests. */
  readonly description?: string;
}

export interface ChatPage<Locator> {
  /** The element itself. */
  readonly chat: Locator;
  /** The notice of who answers. */
  readonly notice: Locator;
  /** A public part, by its name; there may be many, such as `source`. */
  part(name: string): Locator;
  /** Presses the launcher; resolves when the terms are shown, or the composer where they are accepted already. */
  open(): Promise<void>;
  close(): Promise<void>;
  accept(): Promise<void>;
  /** Resolves when the chat has closed. */
  decline(): Promise<void>;
  /** Types the question and sends it. */
  ask(question: string): Promise<void>;
  /** Resolves when no answer is arriving. */
  answered(): Promise<void>;
  /** Rates the latest answer. @param score 1 to 5 */
  rate(score: number, comment?: string): Promise<void>;
  /** Opens the ticket form at the latest answer, fills it in and sends it. @returns what the receipt says */
  createTicket(fields: TicketFields): Promise<string>;
  /** Takes the acceptance back; resolves when the chat has closed. */
  withdraw(): Promise<void>;
}

/** @param selector which chat, where a page has more than one */
export function chatPage<Locator extends LocatorLike<Locator>>(
  place: PlaceLike<Locator>,
  selector = 'tillit-chat',
): ChatPage<Locator> {
  const inside = (wanted: string) => place.locator(`${selector} ${wanted}`);
  const part = (name: string) => inside(`[part~="${name}"]`);
  const closed = () => part('panel').waitFor({state: 'hidden'});
  return {
    chat: place.locator(selector),
    notice: inside('#notice'),
    part,
    async open() {
      await part('launcher').click();
      await inside(':is(#accept, [part~="input"])').first().waitFor();
    },
    async close() {
      await part('close').click();
      await closed();
    },
    async accept() {
      await inside('#accept').click();
      await part('input').waitFor();
    },
    async decline() {
      await inside('#decline').click();
      await closed();
    },
    async ask(question) {
      await part('input').fill(question);
      await part('input').press('Enter');
    },
    async answered() {
      await part('turn').last().and(place.locator('[aria-busy="false"]')).waitFor();
    },
    async rate(score, comment) {
      await inside(`tillit-turn [part~="rating-star"]:nth-child(${score})`).last().click();
      if (comment === undefined) return;
      await part('rating-comment').last().fill(comment);
      await part('rating-submit').last().click();
    },
    async createTicket({name, email, description}) {
      await part('ticket-open').last().click();
      await part('ticket-name').fill(name);
      await part('ticket-email').fill(email);
      if (description !== undefined) await part('ticket-description').fill(description);
      await part('ticket-submit').click();
      await part('ticket-receipt').waitFor();
      return ((await part('ticket-receipt').textContent()) ?? '').replace(/\s+/g, ' ').trim();
    },
    async withdraw() {
      await inside('tillit-menu button').first().click();
      await part('withdraw').click();
      await closed();
    },
  };
}
