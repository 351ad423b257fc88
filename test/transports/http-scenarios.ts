import type {ChatEvent} from '../../src/core/events.js';
import {ChatFailure} from '../../src/core/errors.js';
import type {ChatRequest, TicketDraft} from '../../src/core/transport.js';
import type {ScreenedText} from '../../src/privacy/types.js';
import type {Clock} from '../../src/transports/clock.js';

/** Stands for text that has passed the guard, which is not what these tests are about. */
const screened = (text: string) => text as ScreenedText;

export const question = (clientMessageId: string): ChatRequest => ({
  text: screened('Hur gör jag?'),
  clientMessageId,
  history: [],
  trigger: 'user',
});

export const ticket: TicketDraft = {
  name: screened('Ada'),
  email: screened('ada@example.com'),
  description: screened('Det går inte'),
  transcript: [],
};

/** The real clock, run fast: a deadline of 30 s comes after one second, a retry after a few hundredths. */
export const fastClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms / 30);
    return () => {
      clearTimeout(timer);
    };
  },
};

export interface Ending {
  readonly events: readonly ChatEvent[];
  /** All text in the order it came. */
  readonly text: string;
  /** The reason to finish, or the error's code, or `end` for a stream that just ended. */
  readonly last: string;
}

/** Reads an answer to its end, which must come before `withinMs`. Whatever it throws, fails the test. */
export async function endingOf(stream: AsyncIterable<ChatEvent>, withinMs = 10_000): Promise<Ending> {
  const events: ChatEvent[] = [];
  await within(
    withinMs,
    (async () => {
      for await (const event of stream) events.push(event);
    })(),
  );
  const text = events.map((event) => (event.type === 'text' ? event.text : '')).join('');
  const final = events.at(-1);
  const last = final?.type === 'error' ? final.error.code : final?.type === 'finish' ? final.reason : 'end';
  return {events, text, last};
}

/** The code a call failed with, or `ok`. Anything but a `ChatFailure` fails the test. */
export async function outcomeOf(call: Promise<unknown>, withinMs = 10_000): Promise<string> {
  try {
    await within(withinMs, call);
    return 'ok';
  } catch (caught) {
    if (caught instanceof ChatFailure) return caught.error.code;
    throw caught;
  }
}

async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`not over after ${ms} ms`));
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
