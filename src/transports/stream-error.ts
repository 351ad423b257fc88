/** Reads an error that a backend tells in its stream, in words or a status of its own: codes and `display` as in a problem body. */
import {chatError, type ChatError} from '../core/errors.js';
import {foreignError, foreignRefusal} from './foreign-codes.js';
import {isFields} from './fields.js';
import {bodyError} from './problem.js';

/** @param error an object, an object that holds one as `error`, or a text */
export function streamError(error: unknown): ChatError {
  const {code, status} = isFields(error) && isFields(error.error) ? error.error : isFields(error) ? error : {};
  const httpStatus = [code, status].map(Number).find((number) => number >= 400 && number < 600);
  const told =
    httpStatus === undefined
      ? foreignError(error, 'server')
      : foreignRefusal({
          status: httpStatus,
          body: error,
          headers: {retryAfterMs: undefined, requestId: null},
          conversation: false,
          signedIn: true,
        });
  return bodyError(error, told.code);
}

/** What a text says that may be JSON. Its words never go further than the code they mean. */
export function textError(text: unknown): ChatError {
  try {
    return streamError(JSON.parse(text as string) as unknown);
  } catch {
    return chatError(streamError(text).code);
  }
}
