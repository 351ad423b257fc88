/**
 * What a request may say. Every body is parsed here once and is typed afterwards; fields nobody asked for are dropped.
 * Lengths here are only what no honest client sends: limits that a person may meet are checked where they can be told.
 */
import * as v from 'valibot';

import {Problem} from './problem.js';

const MAX_TEXT_CHARS = 100_000;

/** Text as Postgres can keep it: no NUL, no half surrogate pairs. */
const text = v.pipe(
  v.string(),
  v.maxLength(MAX_TEXT_CHARS),
  v.transform((value) => value.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD')),
);
const filled = v.pipe(
  text,
  v.check((value) => value.trim() !== ''),
);
const uuid = v.pipe(v.string(), v.regex(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i), v.toLowerCase());
const key = v.pipe(v.string(), v.regex(/^[\w.:-]{1,128}$/));
const turn = v.object({role: v.picklist(['user', 'assistant']), text});
const short = v.pipe(v.string(), v.minLength(1), v.maxLength(100));

export const questionSchema = v.object({
  text: filled,
  clientMessageId: key,
  conversationId: v.optional(uuid),
  history: v.optional(v.pipe(v.array(turn), v.maxLength(1000)), []),
  trigger: v.optional(v.picklist(['user', 'suggestion', 'retry']), 'user'),
  replaces: v.optional(v.string()),
  receiptId: v.optional(uuid),
});
export type Question = v.InferOutput<typeof questionSchema>;

export const acceptanceSchema = v.object({
  termsId: short,
  version: short,
  textSha256: v.pipe(v.string(), v.regex(/^[\da-f]{64}$/i), v.toLowerCase()),
  locale: v.pipe(v.string(), v.regex(/^[a-z]{2,8}(?:-[a-z\d]{1,8})*$/i), v.maxLength(35)),
  acceptedAt: v.pipe(
    v.string(),
    v.regex(/^\d{4}-\d\d-\d\dT/),
    v.check((value) => !Number.isNaN(Date.parse(value))),
  ),
  purposes: v.object({chat: v.literal(true), analytics: v.boolean(), device: v.optional(v.boolean(), false)}),
});
export type AcceptanceBody = v.InferOutput<typeof acceptanceSchema>;

export const receiptSchema = v.object({receiptId: uuid});

const reason = v.picklist(['wrong', 'outdated', 'incomplete', 'unclear', 'off_topic']);

export const ratingSchema = v.object({
  score: v.picklist([1, 2, 3, 4, 5]),
  reasons: v.optional(
    v.pipe(
      v.array(reason),
      v.maxLength(20),
      v.transform((reasons) => [...new Set(reasons)]),
    ),
    [],
  ),
  comment: v.optional(text),
});

export const ticketSchema = v.object({
  category: v.optional(v.picklist(['support', 'rights', 'appeal']), 'support'),
  name: v.pipe(filled, v.maxLength(200)),
  email: v.pipe(text, v.maxLength(320)),
  description: filled,
  transcript: v.optional(v.pipe(v.array(turn), v.maxLength(1000)), []),
  // Not always one of ours: the chat may stand on another backend and come here for its tickets.
  conversationId: v.optional(v.pipe(text, v.maxLength(1000))),
});

/** Header values: the same shapes as in bodies. `undefined` when absent or not of that shape. */
export const asUuid = (value: string | undefined) => parsed(uuid, value);
export const asKey = (value: string | undefined) => parsed(key, value);

export const isEmail = (value: string) => v.is(v.pipe(v.string(), v.rfcEmail()), value) && /\.[^.@]+$/.test(value);

/** @throws Problem `invalid_request` for what is not JSON or not of this shape; it does not say where. */
export async function readBody<Schema extends v.GenericSchema>(
  request: Request,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  // Only JSON: other types reach us from foreign pages without a preflight.
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? ''))
    throw new Problem(415, 'invalid_request');
  const body = await request.text();
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new Problem(400, 'invalid_request');
  }
  const result = v.safeParse(schema, value);
  if (!result.success) throw new Problem(400, 'invalid_request');
  return result.output;
}

function parsed<Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> | undefined {
  const result = v.safeParse(schema, value);
  return result.success ? result.output : undefined;
}
