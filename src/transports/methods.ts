/** Takes methods over from one transport to another, bound to where they come from. */
import {ChatFailure} from '../core/errors.js';
import type {ChatTransport} from '../core/transport.js';

type Method = Exclude<keyof ChatTransport, 'id'>;

/** What makes the answer. */
export const answering = ['send', 'resume', 'stop', 'subscribe', 'leaveHuman'] as const;
/** What concerns a conversation that a backend keeps. */
export const storing = ['load', 'exportConversation', 'deleteConversation'] as const;
export const serving = [
  'config',
  'accept',
  'withdraw',
  'acceptedText',
  'rate',
  'createTicket',
  'speechToken',
  'exportEverything',
] as const;

/** The methods of these names; a later origin wins. A method that none has is absent. */
export function methods<Name extends Method>(
  names: readonly Name[],
  ...origins: readonly Partial<ChatTransport>[]
): Partial<Pick<ChatTransport, Name>> {
  return Object.fromEntries(
    origins.flatMap((origin) => names.flatMap((name) => (origin[name] ? [[name, origin[name].bind(origin)]] : []))),
  ) as Partial<Pick<ChatTransport, Name>>;
}

type Delete = NonNullable<ChatTransport['deleteConversation']>;

/**
 * Deletes wherever something may be kept. One that has nothing under this id has nothing to delete; only when none has
 * it, the person is told. Every other failure is one: what was not deleted must not pass for deleted.
 */
export function deleteEverywhere(deletes: readonly Delete[]): {deleteConversation?: Delete} {
  const [only, ...others] = deletes;
  if (!only) return {};
  if (others.length === 0) return {deleteConversation: only};
  return {
    async deleteConversation(id, options) {
      const results = await Promise.allSettled(deletes.map(async (remove) => remove(id, options)));
      const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
      const failure =
        failures.find((reason) => !isNotThere(reason)) ?? (failures.length === deletes.length && failures[0]);
      if (failure) throw failure as Error;
    },
  };
}

type DeleteAll = NonNullable<ChatTransport['deleteEverything']>;

/** Deletes wherever something may be kept; it is done when all have done it. */
export function deleteAllEverywhere(deletes: readonly DeleteAll[]): {deleteEverything?: DeleteAll} {
  if (deletes.length === 0) return {};
  return {
    async deleteEverything(options) {
      const deletions = await Promise.all(deletes.map((remove) => remove(options)));
      return {
        receiptId: deletions.map(({receiptId}) => receiptId).join(', '),
        status: deletions.every(({status}) => status === 'done') ? 'done' : 'requested',
        kept: deletions.flatMap(({kept}) => kept),
      };
    },
  };
}

const isNotThere = (reason: unknown) => reason instanceof ChatFailure && reason.error.code === 'conversation_not_found';
