/** The calls of the native protocol that a conversation does without. Loaded with the first of them. */
import type {ChatTransport} from '../core/transport.js';
import {readBlob} from './body.js';
import {parseAcceptedText, parseDeletion, parseSpeechToken} from './parse-rare.js';
import {parseTranscript} from './parse-transcript.js';
import {confirmed, MAX_BODY_BYTES, parsed, type Ask} from './reply.js';
import type {Reply} from './request.js';

export type RareCalls = Required<
  Pick<
    ChatTransport,
    | 'withdraw'
    | 'leaveHuman'
    | 'speechToken'
    | 'load'
    | 'exportConversation'
    | 'deleteConversation'
    | 'exportEverything'
    | 'deleteEverything'
    | 'acceptedText'
  >
>;

export const rareCalls = (ask: Ask): RareCalls => ({
  withdraw: (options) => ask(options, {method: 'DELETE', path: ['acceptances', 'current']}, confirmed),

  leaveHuman: (id, options) => ask(options, {method: 'DELETE', path: ['conversations', id, 'human']}, confirmed),

  speechToken: (options) => ask(options, {method: 'POST', path: ['speech-token']}, parsed(parseSpeechToken)),

  load: (id, options) => ask(options, {path: ['conversations', id]}, parsed(parseTranscript)),

  exportConversation: (id, options) => ask(options, {path: ['conversations', id, 'export']}, asFile),

  deleteConversation: (id, options) => ask(options, {method: 'DELETE', path: ['conversations', id]}, confirmed),

  exportEverything: (format, options) =>
    ask(
      options,
      {path: ['me', 'export'], headers: {accept: format === 'html' ? 'text/html' : 'application/json'}},
      asFile,
    ),

  deleteEverything: (options) => ask(options, {method: 'DELETE', path: ['me']}, parsed(parseDeletion)),

  acceptedText: (options) => ask(options, {path: ['acceptances', 'current']}, parsed(parseAcceptedText)),
});

const asFile = ({next, contentType}: Reply) => readBlob(next, MAX_BODY_BYTES, contentType);
