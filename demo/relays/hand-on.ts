/** Hands stored tickets on, one after another, without keeping anyone waiting. */
import {setTimeout as delay} from 'node:timers/promises';

import {RelayError, type Relay, type StoredTicket} from './relay.js';

const MOST_TRIES = 5;
const USUAL_WAIT_MS = 5_000;

export interface HandOnPorts {
  /** Takes what the operator must know: numbers and problems, nothing that a person wrote. */
  readonly log: (line: string) => void;
  readonly wait?: (ms: number) => Promise<unknown>;
}

/**
 * What is `busy` is tried again; everything else is told once and left to the operator, since sending it again could make
 * a second ticket, or never succeed. The ticket itself is stored in any case.
 *
 * @returns a function that takes a ticket and resolves when it is handed on or given up
 */
export function handOn(relay: Relay, {log, wait = waitUnref}: HandOnPorts): (ticket: StoredTicket) => Promise<void> {
  let before: Promise<void> = Promise.resolve();

  async function send(ticket: StoredTicket) {
    for (let tries = 1; ; tries++) {
      try {
        const {id} = await relay(ticket);
        log(`ticket ${ticket.id} was handed on as ${id}`);
        return;
      } catch (caught) {
        const problem = caught instanceof RelayError ? caught : new RelayError('uncertain');
        if (problem.problem !== 'busy' || tries === MOST_TRIES) {
          log(`ticket ${ticket.id} was not handed on: ${[problem.message, ...problem.fields].join(' ')}`);
          return;
        }
        await wait(problem.retryAfterMs ?? USUAL_WAIT_MS * 2 ** (tries - 1));
      }
    }
  }

  return (ticket) => (before = before.then(() => send(ticket)));
}

/** A pause that lets the process end. */
const waitUnref = (ms: number) => delay(ms, undefined, {ref: false});
