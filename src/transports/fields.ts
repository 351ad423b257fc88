/**
 * Reads JSON that came from outside, field by field: a reader gives the value typed, or `undefined` when it is not what
 * it should be. Objects are built from the names we know, never copied, so that `__proto__` is a name like any other.
 */
import {ChatFailure, chatError, type ErrorCode} from '../core/errors.js';

export type Read<Value> = (value: unknown) => Value | undefined;
type Readers = Readonly<Record<string, Read<unknown>>>;
type ValueOf<Reader> = Reader extends Read<infer Value> ? Exclude<Value, undefined> : never;
type Shape<Needed extends Readers, Wanted extends Readers> = {[Name in keyof Needed]: ValueOf<Needed[Name]>} & {
  [Name in keyof Wanted]?: ValueOf<Wanted[Name]>;
};

/** How everything in this folder gives up: whoever runs the call makes an `error` event or a rejection of it. */
export function fail(code: ErrorCode): never {
  throw new ChatFailure(chatError(code));
}

export const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const string: Read<string> = (value) => (typeof value === 'string' ? value : undefined);
export const filled: Read<string> = (value) => string(value) || undefined;
export const boolean: Read<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);

/** A whole number, zero or more. */
export const natural: Read<number> = (value) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
export const positive: Read<number> = (value) => natural(value) || undefined;

export const among =
  <const Item extends string | number>(...items: readonly Item[]): Read<Item> =>
  (value) =>
    items.find((item) => item === value);

/** An object with all of `needed` and what there is of `wanted`. Keys without a value are absent. */
export function shape<const Needed extends Readers, const Wanted extends Readers>(needed: Needed, wanted: Wanted) {
  const readers = Object.entries({...wanted, ...needed});
  return (value: unknown): Shape<Needed, Wanted> | undefined => {
    if (!isFields(value)) return undefined;
    const fields = readers.map(([name, read]) => [name, read(value[name])] as const);
    const isWhole = fields.every(([name, field]) => field !== undefined || !(name in needed));
    if (!isWhole) return undefined;
    return Object.fromEntries(fields.filter(([, field]) => field !== undefined)) as Shape<Needed, Wanted>;
  };
}

/** The items that `read` understands. */
export const some =
  <Item>(read: Read<Item>): Read<Item[]> =>
  (value) =>
    Array.isArray(value) ? value.map((item) => read(item)).filter((item) => item !== undefined) : undefined;

/** All items, or nothing when there is one that `read` does not understand. */
export const every =
  <Item>(read: Read<Item>): Read<Item[]> =>
  (value) => {
    const items = some(read)(value);
    return Array.isArray(value) && items?.length === value.length ? items : undefined;
  };

export const orElse =
  <Value>(read: Read<Value>, fallback: Value) =>
  (value: unknown): Value =>
    read(value) ?? fallback;

export const must =
  <Value>(read: Read<Value>) =>
  (value: unknown): Value =>
    read(value) ?? fail('protocol');

/** What is there must be right; only `null` and nothing at all are nothing. */
export const strict =
  <Value>(read: Read<Value>): Read<Value> =>
  (value) =>
    value === undefined || value === null ? undefined : must(read)(value);
