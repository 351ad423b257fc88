/**
 * For those who build on the chat: a backend that a test directs, terms that are accepted already, and checks that an
 * adapter keeps its contract; ways to find what is in the chat, and a page under a strict policy. Published as `tillit-chat/testing`; belongs to no test runner; not in the pasted script.
 */
export {acceptTerms, type AcceptTerms} from './accept-terms.js';
export {conformance, type ConformanceCheck, type ConformanceOptions, type TestWire} from './conformance.js';
export {chatQueries, type ChatQueries} from './queries.js';
export {nativeProtocol, type WireProtocol} from './protocol.js';
export {sampleConfig, sampleTerms} from './sample.js';
export {strictPage, type StrictPage} from './strict-page.js';
export {held, scriptedTransport, type Held, type Script, type ScriptedTransport} from './scripted-transport.js';
