/** Reads `GET conversations/{id}`. A turn that is not whole refuses all of it: a transcript with a gap misleads. */
import type {Transcript} from '../core/transport.js';
import {among, every, must, orElse, shape, some, string} from './fields.js';
import {parseAnswerer, parseSource} from './parse-source.js';

const parseTurn = shape(
  {
    id: string,
    question: string,
    answer: string,
    askedAt: string,
    sources: orElse(some(parseSource), []),
    // An answer whose maker is unknown carries the AI marking.
    answerer: orElse(parseAnswerer, {kind: 'ai'}),
  },
  {
    messageId: string,
    rating: shape(
      {score: among(1, 2, 3, 4, 5)},
      {comment: string, reasons: some(among('wrong', 'outdated', 'incomplete', 'unclear', 'off_topic'))},
    ),
  },
);

export const parseTranscript: (value: unknown) => Transcript = must(
  shape({conversationId: string, turns: every(parseTurn)}, {}),
);
