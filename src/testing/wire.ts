/** A backend behind `fetch` whose every byte the caller sends by hand. Like a real `fetch`, it listens to the signal. */

export interface Exchange {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  /** The request's body as it was sent; empty when there was none. */
  readonly body: string;
  /** The adapter has given the connection back. */
  readonly isFreed: boolean;
  /** Answers with headers and leaves the body open. */
  open(headers: Readonly<Record<string, string>>, status?: number): void;
  write(bytes: Uint8Array): void;
  end(): void;
  /** Breaks the connection, before or after the headers. */
  break(): void;
}

export interface Wire {
  readonly fetch: (url: string, init?: RequestInit) => Promise<Response>;
  /** Requests that `answerAtOnce` has left for the caller, oldest first. */
  readonly exchanges: readonly Exchange[];
  /** Every request, those answered at once among them. */
  readonly requests: readonly Request[];
}

type AnswerAtOnce = (request: Request) => Response | undefined | Promise<Response | undefined>;

export function openWire(answerAtOnce: AnswerAtOnce = () => undefined): Wire {
  const exchanges: Exchange[] = [];
  const requests: Request[] = [];
  return {
    exchanges,
    requests,
    async fetch(url, init = {}) {
      const request = new Request(new URL(url, 'https://backend.example/'), {...init, signal: null});
      requests.push(request.clone());
      init.signal?.throwIfAborted();
      const answered = await answerAtOnce(request.clone());
      if (answered) return answered;
      const body = await request.text();
      return new Promise<Response>((resolve, reject) => {
        exchanges.push(exchangeOf(request, body, init.signal ?? undefined, resolve, reject));
      });
    },
  };
}

function exchangeOf(
  {url, method, headers}: Request,
  body: string,
  signal: AbortSignal | undefined,
  resolve: (response: Response) => void,
  reject: (reason: unknown) => void,
): Exchange {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let isFreed = false;
  let isOver = false;
  const close = () => {
    isOver = true;
    signal?.removeEventListener('abort', aborted);
  };
  const breakWith = (reason: unknown) => {
    if (isOver) return;
    close();
    if (controller) controller.error(reason);
    else reject(reason);
  };
  const aborted = () => {
    isFreed = true;
    breakWith(signal?.reason);
  };
  if (signal?.aborted) aborted();
  else signal?.addEventListener('abort', aborted);
  return {
    url,
    method,
    headers,
    body,
    get isFreed() {
      return isFreed;
    },
    open(responseHeaders, status = 200) {
      if (isOver) return;
      const stream = new ReadableStream<Uint8Array>({
        start(own) {
          controller = own;
        },
        cancel() {
          isFreed = true;
          close();
        },
      });
      resolve(new Response(stream, {status, headers: responseHeaders}));
    },
    write(bytes) {
      if (!isOver) controller?.enqueue(bytes);
    },
    end() {
      if (isOver) return;
      controller?.close();
      close();
    },
    break() {
      breakWith(new TypeError('Failed to fetch'));
    },
  };
}
