/** Who makes a call, and whether they may: by receipt, by account, by what they have accepted, unless suspended. */
import {receiptOf, type ApiContext, type Services} from './api.js';
import {locales} from './locale.js';
import {Problem} from './problem.js';
import {personOf, personOfAccount, suspensionAt, type Person} from './store/people.js';

/**
 * Who makes this call. A receipt names its person. Who has signed in is known by their account, and a receipt that is not
 * theirs, such as one that somebody else left in the browser, counts for nothing.
 */
export async function personIn(
  c: ApiContext,
  {database}: Services,
  receiptId = receiptOf(c),
): Promise<Person | undefined> {
  const {account} = c.var;
  const person = receiptId === undefined ? undefined : await personOf(database, receiptId);
  if (!account) return person;
  const isTheirs = person?.account?.issuer === account.issuer && person.account.subject === account.subject;
  return isTheirs ? person : personOfAccount(database, account);
}

/** A call about a person's data. Those that the law gives to everyone are open to who is suspended, too. */
export interface DataCall {
  readonly whileSuspended?: boolean;
}

/**
 * Whose data this is about, for calls that name a conversation or a message. A withdrawn receipt still opens what was
 * stored under it: the right to see and delete one's data outlives the consent.
 *
 * @returns `undefined` when no receipt is named and none is required: then the unguessable id in the call is the key.
 */
export async function ownerOf(c: ApiContext, services: Services, call: DataCall = {}): Promise<string | undefined> {
  if (mayGoUnnamed(c, services)) return undefined;
  return (await dataSubjectOf(c, services, call)).userId;
}

/** Whose data this is about, when nothing else in the call can tell. */
export async function dataSubjectOf(
  c: ApiContext,
  services: Services,
  {whileSuspended = false}: DataCall = {},
): Promise<Person> {
  const person = known(c, await personIn(c, services));
  if (!whileSuspended) refuseSuspended(c, services, person);
  return person;
}

/** Who rates, which is something new that is stored about them. @returns as `ownerOf` */
export async function raterOf(c: ApiContext, services: Services): Promise<string | undefined> {
  if (mayGoUnnamed(c, services)) return undefined;
  return (await consentingPerson(c, services)).userId;
}

const mayGoUnnamed = (c: ApiContext, {settings}: Services) =>
  !settings.requireReceipt && receiptOf(c) === undefined && !c.var.account;

/** Who asks, if they may: the terms they accepted are the current ones, not withdrawn, and they are not suspended. */
export async function consentingPerson(c: ApiContext, services: Services, receiptId = receiptOf(c)): Promise<Person> {
  const person = known(c, await personIn(c, services, receiptId));
  refuseSuspended(c, services, person);
  const isCurrent = locales.some((locale) => services.terms[locale].textSha256 === person.textSha256);
  if (person.isWithdrawn || !isCurrent) throw new Problem(409, 'consent_required');
  return person;
}

function known(c: ApiContext, person: Person | undefined): Person {
  if (!person) throw new Problem(409, 'consent_required');
  c.set('userId', person.userId);
  return person;
}

/** What a suspended person is told, in every place where they are told. */
export function suspensionOf({clock}: Services, person: Person) {
  const suspension = suspensionAt(clock(), person);
  return (
    suspension && {
      display: suspension.reason,
      until: suspension.until?.toISOString(),
      appealUrl: suspension.appealUrl,
    }
  );
}

export function refuseSuspended(c: ApiContext, services: Services, person: Person) {
  const suspension = suspensionOf(services, person);
  if (!suspension) return;
  c.set('userId', person.userId);
  throw new Problem(403, 'user_suspended', suspension);
}
