/**
 * Writes an answer's events as `text/event-stream` (WHATWG HTML §9.2): `event:` is the type, `id:` the cursor,
 * `data:` the rest as JSON; a comment while nothing happens, so that no proxy and no client takes silence for an end.
 */
import type {NumberedEvent} from './store/messages.js';

export interface EventStreamOptions {
  readonly keepAliveMs: number;
  /** Called once, when the reader has gone or the events are over. */
  readonly onClose: () => void;
}

export function eventStream(
  events: AsyncIterable<NumberedEvent>,
  {keepAliveMs, onClose}: EventStreamOptions,
): Response {
  const encoder = new TextEncoder();
  let keepAlive: NodeJS.Timeout | undefined;
  let isOpen = true;
  function close() {
    if (!isOpen) return;
    isOpen = false;
    clearInterval(keepAlive);
    onClose();
  }
  // An answer is at most a few hundred kB and is held in memory anyway, so a slow reader needs no back-pressure.
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      keepAlive = setInterval(() => controller.enqueue(encoder.encode(': \n\n')), keepAliveMs);
      void (async () => {
        try {
          for await (const numbered of events) {
            if (!isOpen) return;
            controller.enqueue(encoder.encode(frame(numbered)));
          }
          if (isOpen) controller.close();
        } catch (error) {
          // The reader sees a stream that breaks off, and may resume it.
          if (isOpen) controller.error(error);
        } finally {
          close();
        }
      })();
    },
    cancel: close,
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      // nginx collects answers otherwise.
      'x-accel-buffering': 'no',
    },
  });
}

/** JSON has no line breaks of its own, so one `data:` line is enough. */
export function frame({cursor, event: {type, cursor: _cursor, ...data}}: NumberedEvent): string {
  return `event: ${type}\nid: ${cursor}\ndata: ${JSON.stringify(data)}\n\n`;
}
