/**
 * A person's rights in their data: see it, take it along, change what they agreed to, have it deleted. What is local works
 * while the backend is down; what the backend must do is done, or the person is told that it is not.
 *
 * Loaded when a person opens "Your data".
 */
import {AI_MARK, EXPORT_CONTEXT, isMadeByAi} from './ai-marking.js';
import type {Chat} from './chat.js';
import {chatError, errorFrom, type ChatError} from './errors.js';
import type {Ports} from './ports.js';
import {answerText, type Answer, type ChatState, type Turn} from './state.js';
import {covers, termsText, type Acceptance, type Purposes, type TermsDocument} from './terms.js';
import type {CallOptions, Deletion} from './transport.js';

export type Outcome<Done extends object = object> =
  ({readonly isDone: true} & Done) | {readonly isDone: false; readonly error: ChatError};

/** `isTold`: the backend knows it, too, as far as there is something for it to know. */
export type ConversationDeleted = Outcome<{readonly isTold: boolean}>;
/** `deletion` is what the backend said of its part; without it, only what is here was deleted. */
export type EverythingDeleted = Outcome<{readonly deletion?: Deletion; readonly isWithdrawalTold: boolean}>;

export interface Rights {
  readonly canExportEverything: boolean;
  readonly canDeleteConversation: boolean;
  readonly canDeleteEverything: boolean;
  /** The proof of what was accepted, as JSON; with the exact text, if it is the one that is shown now. */
  receipt(terms: TermsDocument | undefined): Promise<string | undefined>;
  /** All that is held about the person by the backend. */
  exportEverything(format: 'json' | 'html'): Promise<Outcome<{readonly file: Blob}>>;
  /**
   * Takes leave for a purpose back at once, whether the backend hears of it or not; gives it only once the backend has it.
   */
  choose(change: Partial<Omit<Purposes, 'chat'>>): Promise<Outcome<{readonly isTold: boolean}>>;
  /** Here only once the backend has deleted its part, so that the person can try again; `isOnlyHere` leaves it that. */
  deleteConversation(isOnlyHere?: boolean): Promise<ConversationDeleted>;
  /** The same for everything, the acceptance with it: the chat is shut afterwards. */
  deleteEverything(isOnlyHere?: boolean): Promise<EverythingDeleted>;
  withdraw(): Promise<{readonly isTold: boolean}>;
  /** Tells the backend of a withdrawal again. */
  tellWithdrawal(): Promise<{readonly isTold: boolean}>;
}

export function createRights(chat: Chat, ports: Pick<Ports, 'nowMs' | 'sha256'>, locale: () => string): Rights {
  const {store, transport} = chat;
  const features = () => store.get().config?.features ?? {};
  /** Nobody takes a wish back by looking elsewhere. */
  const {signal} = new AbortController();
  /** Under which receipt the acceptance was taken back, for another try to tell of it. */
  let withdrawn: CallOptions | undefined;

  function call(): CallOptions {
    const receiptId = store.get().acceptance?.receiptId;
    return {signal, locale: locale(), ...(receiptId !== undefined && {receiptId})};
  }

  const keep = (acceptance: Acceptance) => store.dispatch({type: 'restored', state: {acceptance}});

  /** A conversation that was deleted is not asked about. */
  function clear() {
    chat.reset();
    store.dispatch({type: 'ended-dismissed'});
  }

  async function withdraw() {
    withdrawn = call();
    return {isTold: await chat.withdraw()};
  }

  return {
    get canExportEverything() {
      return transport.exportEverything !== undefined && features().export !== false;
    },
    get canDeleteConversation() {
      return chat.can('delete');
    },
    get canDeleteEverything() {
      return transport.deleteEverything !== undefined && features().delete !== false;
    },

    async receipt(terms) {
      const {acceptance} = store.get();
      if (!acceptance) return undefined;
      const text = terms && termsText(terms);
      const isThat = text !== undefined && covers(acceptance, terms!, await ports.sha256(text));
      return JSON.stringify({format: 'tillit-receipt/1', ...acceptance, ...(isThat && {text})}, null, 2);
    },

    exportEverything: (format) => tried(async () => ({file: await transport.exportEverything!(format, call())})),

    async choose(change) {
      const {acceptance: before, gate} = store.get();
      if (!before || gate.phase !== 'open') return {isDone: false, error: chatError('consent_required')};
      const isGiven = Object.values(change).includes(true);
      const {receiptId: _, ...record} = before;
      const acceptedAt = new Date(ports.nowMs()).toISOString();
      const after: Acceptance = {...record, purposes: {...before.purposes, ...change}, acceptedAt};
      if (!isGiven) keep({...before, ...after});
      try {
        const receipt = await transport.accept?.(after, call());
        // The whole acceptance may be gone by now, here or in another tab.
        if (store.get().acceptance?.receiptId !== before.receiptId)
          return {isDone: false, error: chatError('conflict')};
        keep({...after, ...(receipt && {receiptId: receipt.receiptId})});
        return {isDone: true, isTold: true};
      } catch (caught) {
        const error = errorFrom(caught);
        if (error.code === 'consent_required') void chat.refresh(error);
        return isGiven ? {isDone: false, error} : {isDone: true, isTold: false};
      }
    },

    async deleteConversation(isOnlyHere = false) {
      chat.stop();
      const {conversationId, turns} = store.get();
      const mayTell = conversationId !== undefined && !isOnlyHere && chat.can('delete');
      if (mayTell) {
        const told = await tried(async () => {
          await transport.deleteConversation!(conversationId, call());
          return {};
        });
        // What is not there any more is deleted.
        if (!told.isDone && told.error.code !== 'conversation_not_found') return told;
      }
      if (store.get().conversationId === conversationId) clear();
      return {isDone: true, isTold: mayTell || turns.length === 0};
    },

    async deleteEverything(isOnlyHere = false) {
      chat.stop();
      if (isOnlyHere || !transport.deleteEverything) {
        const {isTold} = await withdraw();
        return {isDone: true, isWithdrawalTold: isTold};
      }
      const told = await tried(async () => ({deletion: await transport.deleteEverything!(call())}));
      if (!told.isDone) return told;
      const {isTold} = await withdraw();
      return {...told, isWithdrawalTold: isTold};
    },

    withdraw,
    async tellWithdrawal() {
      const told = await tried(async () => {
        if (withdrawn) await transport.withdraw?.(withdrawn);
        return {};
      });
      return {isTold: told.isDone};
    },
  };
}

/** What a call of the transport came to. */
async function tried<Done extends object>(act: () => Promise<Done>): Promise<Outcome<Done>> {
  try {
    return {isDone: true, ...(await act())};
  } catch (caught) {
    return {isDone: false, error: errorFrom(caught)};
  }
}

/** The conversation as the backend exports it; `undefined` when it cannot, or nothing has been said. */
export async function exportConversation({store, transport, can}: Chat, locale: string): Promise<Blob | undefined> {
  const {conversationId, acceptance} = store.get();
  if (!can('export') || conversationId === undefined) return undefined;
  const {signal} = new AbortController();
  const receiptId = acceptance?.receiptId;
  return transport.exportConversation!(conversationId, {signal, locale, ...(receiptId !== undefined && {receiptId})});
}

/** What is held here, for machines: JSON-LD that tells what AI has made. */
export function exportHere(state: ChatState, nowMs: number): string {
  const {acceptance, conversationId, turns, draft, ticket} = state;
  return JSON.stringify(
    {
      '@context': EXPORT_CONTEXT,
      format: 'tillit-device/1',
      exportedAt: new Date(nowMs).toISOString(),
      ...(conversationId !== undefined && {conversationId}),
      turns: turns.map(exportedTurn),
      acceptances: acceptance ? [acceptance] : [],
      ...(draft !== '' && {draft}),
      ...('form' in ticket && ticket.form && {ticket: ticket.form}),
    },
    null,
    2,
  );
}

const exportedTurn = ({id, question, askedAtMs, phase, answers}: Turn) => ({
  '@type': 'Question',
  id,
  question,
  askedAt: new Date(askedAtMs).toISOString(),
  phase,
  answer: answers.map(exportedAnswer),
});

function exportedAnswer(answer: Answer) {
  const {messageId, answerer, sources, citations, rating} = answer;
  return {
    '@type': 'Answer',
    ...(messageId !== undefined && {messageId}),
    text: answerText(answer),
    answerer,
    sources,
    citations,
    ...(rating && {rating: {score: rating.score, ...(rating.reasons && {reasons: rating.reasons})}}),
    ...(isMadeByAi(answerer) && AI_MARK),
  };
}
