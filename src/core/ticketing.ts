/** A ticket from the conversation to the backend: nothing retyped, nothing lost, nothing sent twice. */
import type {Finding, Purpose, ScreenedText, Screening} from '../privacy/types.js';
import {errorFrom, type ChatError} from './errors.js';
import type {Ports} from './ports.js';
import type {Action} from './reducer.js';
import {answerText, hasText, type ChatState, type TicketForm, type TicketLine} from './state.js';
import type {Store} from './store.js';
import type {CallOptions, ChatTransport, TicketDraft, TurnText} from './transport.js';

/** Which field of the form: a number is a line of the transcript. */
export type TicketField = 'name' | 'email' | 'description' | number;

/** Of a long answer, a person can read and change its beginning. UTF-16 units. */
const maxLineChars = 8_000;

export interface BlockedField {
  readonly field: TicketField;
  /** Empty when the check itself failed. */
  readonly findings: readonly Finding[];
}

export type TicketOutcome =
  | {readonly sent: true}
  | {readonly sent: false; readonly reason: 'blocked'; readonly fields: readonly BlockedField[]}
  | {readonly sent: false; readonly reason: 'failed' | 'not-editing'};

export interface Ticketing {
  open(draft?: Partial<TicketForm>): void;
  send(confirmed?: readonly TicketField[]): Promise<TicketOutcome>;
}

export interface TicketingPorts {
  readonly transport: ChatTransport;
  readonly ports: Pick<Ports, 'newId' | 'alone'>;
  readonly screen: (text: string, purpose: Purpose, warningsConfirmed: boolean) => Promise<Screening>;
  readonly call: (signal: AbortSignal) => CallOptions;
  /** The chat may be switched off, or the acceptance taken back, while the form is screened. */
  readonly mayLeave: (signal: AbortSignal) => boolean;
  /** Brings the gate back where an error asks for that. */
  readonly heed: (error: ChatError) => Promise<void>;
}

export function createTicketing(
  store: Store<ChatState, Action>,
  {transport, ports, screen, call, mayLeave, heed}: TicketingPorts,
  signal: AbortSignal,
): Ticketing {
  // Without it, nobody else is there.
  const alone: Ports['alone'] = ports.alone ?? ((_, work) => work());

  /** @param confirmed fields whose warnings the person has called no personal data */
  async function screenForm(
    form: TicketForm,
    confirmed: readonly TicketField[],
  ): Promise<TicketDraft | readonly BlockedField[]> {
    const blocked: BlockedField[] = [];
    const pass = async (text: string, field: TicketField): Promise<ScreenedText> => {
      const result = await screen(text, 'ticket', confirmed.includes(field));
      if (result.verdict === 'pass') return result.text;
      blocked.push({field, findings: result.verdict === 'stop' ? result.findings : []});
      // Never sent: a form with a blocked field makes no draft.
      return '' as ScreenedText;
    };
    const own = new Set(
      transcriptOf(store.get())
        .filter(({role}) => role === 'assistant')
        .map(({text}) => text),
    );
    const line = async ({role, text}: TicketLine, index: number): Promise<TurnText> => {
      // An answer as it came is the vendor's own text; one the person changed is theirs and is screened.
      if (role === 'assistant' && own.has(text)) return {role, text};
      return {role, text: await pass(text, index)};
    };
    const {conversationId} = store.get();
    const draft: TicketDraft = {
      ...(form.category && {category: form.category}),
      name: await pass(form.name.trim(), 'name'),
      email: await pass(form.email.trim(), 'email'),
      description: await pass(form.description.trim(), 'description'),
      transcript: form.attach
        ? (await Promise.all(form.transcript.map(line))).filter(({text}) => text.trim() !== '')
        : [],
      ...(conversationId !== undefined && {conversationId}),
    };
    return blocked.length > 0 ? blocked : draft;
  }

  return {
    open(draft = {}) {
      const {ticket} = store.get();
      if (ticket.phase === 'editing' || ticket.phase === 'sending') return;
      const earlier = ticket.phase === 'closed' ? ticket : undefined;
      // What was begun about something else is another ticket; who asks is the same.
      const kept = earlier?.form?.category === draft.category ? earlier : undefined;
      const typed = kept?.form;
      const now = transcriptOf(store.get());
      // What the person has typed or changed goes before what is filled in for them.
      const isTyped = typed && !now.some(({text}) => text === typed.description);
      const form: TicketForm = {
        ...(draft.category && {category: draft.category}),
        name: earlier?.form?.name || (draft.name ?? ''),
        email: earlier?.form?.email || (draft.email ?? ''),
        description: (isTyped && typed.description) || (draft.description ?? typed?.description ?? ''),
        attach: typed?.attach ?? draft.attach ?? now.length > 0,
        transcript: draft.transcript ?? now.map((line) => typed?.transcript.find(isSameAs(line)) ?? line),
      };
      store.dispatch({type: 'ticket-opened', form, key: kept?.key ?? ports.newId()});
    },
    async send(confirmed = []) {
      const {ticket} = store.get();
      if (ticket.phase !== 'editing' || !mayLeave(signal) || !transport.createTicket)
        return {sent: false, reason: 'not-editing'};
      const {key} = ticket;
      // From here on the form is closed to changes: what is screened is what is sent.
      store.dispatch({type: 'ticket-sending'});
      const draft = await screenForm(ticket.form, confirmed);
      if (isBlocked(draft) || !mayLeave(signal)) {
        store.dispatch({type: 'ticket-returned', key});
        return isBlocked(draft)
          ? {sent: false, reason: 'blocked', fields: draft}
          : {sent: false, reason: 'not-editing'};
      }
      try {
        return await alone(`ticket ${key}`, async (): Promise<TicketOutcome> => {
          // Another tab with the same form may have been quicker.
          if (store.get().ticket.phase === 'created') return {sent: true};
          // And while this one waited for it, the gate may have shut.
          if (!mayLeave(signal)) {
            store.dispatch({type: 'ticket-returned', key});
            return {sent: false, reason: 'not-editing'};
          }
          const receipt = await transport.createTicket!(draft, {...call(signal), idempotencyKey: key});
          store.dispatch({type: 'ticket-created', key, receipt});
          return {sent: true};
        });
      } catch (caught) {
        const error = errorFrom(caught);
        store.dispatch(signal.aborted ? {type: 'ticket-returned', key} : {type: 'ticket-failed', key, error});
        if (!signal.aborted) await heed(error);
        return {sent: false, reason: 'failed'};
      }
    },
  };
}

const isBlocked = (result: TicketDraft | readonly BlockedField[]): result is readonly BlockedField[] =>
  Array.isArray(result);

function transcriptOf(state: ChatState): readonly TicketLine[] {
  return state.turns.flatMap((turn): TicketLine[] => [
    ...(turn.question ? [lineOf('user', turn.question)] : []),
    ...(hasText(turn) ? [lineOf('assistant', turn.answers.map(answerText).join('\n\n').slice(0, maxLineChars))] : []),
  ]);
}

const lineOf = (role: TicketLine['role'], text: string): TicketLine => ({role, text, original: text});

const isSameAs =
  ({role, original}: TicketLine) =>
  (line: TicketLine) =>
    line.role === role && line.original === original;
