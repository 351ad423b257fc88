/**
 * What the adapters of this package are built from, for adapters of your own: a call with its deadlines and retries, the
 * rules of a stream of events, and readers of bytes. See demo/transports/README.md.
 */
export {httpCalls, type HttpCalls} from './calls.js';
export type {Call} from './call.js';
export type {Clock} from './clock.js';
export {fail, filled, isFields, must, natural, string} from './fields.js';
export type {JsonFrame, JsonObject} from './json-frames.js';
export {jsonStreams, type JsonStreams} from './json-streams.js';
export {namedData, readSource} from './named-data.js';
export {ndjsonReader} from './ndjson.js';
export type {GetToken, HttpOptions, Reply, RequestShape} from './request.js';
export {sseReader, type SseFrame} from './sse.js';
export {streamError} from './stream-error.js';
