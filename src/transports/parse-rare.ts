/** What a backend hands back for a wish to speak, to delete everything, or to read again what was accepted. */
import type {Deletion, SpeechToken} from '../core/transport.js';
import {among, filled, must, natural, orElse, shape, some, string} from './fields.js';

/** Nothing passes for deleted unless the backend says so. */
export const parseDeletion: (value: unknown) => Deletion = must(
  shape(
    {
      receiptId: filled,
      status: orElse(among('done'), 'requested'),
      kept: orElse(some(shape({what: filled}, {count: natural, until: string, why: string})), []),
    },
    {},
  ),
);

export const parseAcceptedText = (value: unknown): string => must(shape({text: string}, {}))(value).text;

export const parseSpeechToken: (value: unknown) => SpeechToken = must(
  shape({provider: filled, token: filled, expiresAt: filled}, {region: string}),
);
