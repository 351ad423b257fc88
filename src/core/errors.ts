/** The closed list of what can go wrong. Adapters map their backend's errors onto it; the interface has a sentence for each. */
export const errorCodes = [
  'auth_required',
  'auth_expired',
  'forbidden',
  'user_suspended',
  'consent_required',
  'conversation_closed',
  'conversation_not_found',
  'rate_limited',
  'quota_exceeded',
  'content_filtered',
  'too_long',
  'invalid_request',
  'conflict',
  'unsupported',
  'unavailable',
  'timeout',
  'network',
  'interrupted',
  'protocol',
  'server',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** What went wrong, as a code the interface can translate. Never carries what a person wrote. */
export interface ChatError {
  readonly code: ErrorCode;
  /** Whether the same call may succeed if it is made again. */
  readonly retryable: boolean;
  /** How long to wait before trying again, in milliseconds. */
  readonly retryAfterMs?: number;
  readonly requestId?: string;
  /** The HTTP status, where the code alone does not tell a call that was refused (4xx) from a backend that is down. */
  readonly status?: number;
  /** The only server text ever shown, as plain text. */
  readonly display?: string;
  /** When a suspension ends by itself: ISO 8601. */
  readonly until?: string;
  /** Where a suspended person can object: `https:`, `http:` or `mailto:`. Whoever shows it checks it again. */
  readonly appealUrl?: string;
}

/** Why a person may not use the chat, as they are told. */
export type Suspension = Pick<ChatError, 'display' | 'until' | 'appealUrl'>;

const retryableCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'auth_expired',
  'rate_limited',
  'unavailable',
  'timeout',
  'network',
  'interrupted',
  'protocol',
  'server',
]);

export function chatError(code: ErrorCode, more: Partial<Omit<ChatError, 'code'>> = {}): ChatError {
  return {code, retryable: retryableCodes.has(code), ...more};
}

/** The backend could not be reached or could not answer, as far as the code tells: another one may. */
export const isDown = ({code}: ChatError) => /^(unavailable|timeout|network|interrupted|server)$/.test(code);

export const isErrorCode = (value: unknown): value is ErrorCode => errorCodes.includes(value as ErrorCode);

/**
 * How the promise-returning calls of a transport fail. Its message is the code alone, so that nothing a person wrote
 * can reach a console through it.
 */
export class ChatFailure extends Error {
  override readonly name = 'ChatFailure';
  readonly error: ChatError;

  constructor(error: ChatError) {
    super(error.code);
    this.error = error;
  }
}

/** What any caught value means to a person: adapters should throw `ChatFailure`; anything else broke their contract. */
export const errorFrom = (caught: unknown): ChatError =>
  caught instanceof ChatFailure ? caught.error : chatError('protocol');
