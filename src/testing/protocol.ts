/** What a backend puts on the wire, as far as the conformance checks need to know. */
export interface WireProtocol {
  /** The headers of an answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** One whole answer, message by message, as the backend sends it. */
  readonly answer: readonly string[];
  /** What that answer says. Use characters of several bytes, such as å, € and an emoji. */
  readonly text: string;
  /** How many messages at the end of `answer` mark that it is over; 0 for a protocol without such a mark. */
  readonly endMessages: number;
  /** A message of a kind that does not exist. Without it, that check is left out. */
  readonly unknown?: string;
  /** Answers what an adapter asks beside the question: tokens, new conversations. `undefined` = this is the question. */
  readonly beside?: (request: Request) => Response | undefined | Promise<Response | undefined>;
}

const frame = (type: string, data: unknown, id: number) =>
  `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;

/** The native protocol `tillit/1`. */
export const nativeProtocol: WireProtocol = {
  headers: {'content-type': 'text/event-stream'},
  answer: [
    frame('start', {messageId: 'm1', conversationId: 'c1'}, 1),
    frame('text', {op: 'append', text: 'Öppna *Lön* '}, 2),
    ': keep-alive\n\n',
    frame('source', {source: {id: 's1', n: 1, title: 'Rätta en lön', url: 'https://help.example/lon'}}, 3),
    frame('text', {op: 'append', text: '– €5 👩‍👧 [1]'}, 4),
    frame('finish', {reason: 'stop', rateable: true}, 5),
  ],
  text: 'Öppna *Lön* – €5 👩‍👧 [1]',
  endMessages: 1,
  unknown: frame('telemetry', {x: 1}, 3),
};
