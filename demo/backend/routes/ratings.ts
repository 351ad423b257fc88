/** What a comment to a rating must pass, whether it is about an answer or about the conversation. */
import type {ApiContext, Services} from '../api.js';
import {Problem} from '../problem.js';
import {sentences} from '../sentences.js';

/** @returns the comment, or `undefined` when there is none */
export function screenedComment(comment: string | undefined, c: ApiContext, {guard, settings}: Services) {
  const text = comment?.trim();
  if (!text) return undefined;
  const {commentChars} = settings.limits;
  if (text.length > commentChars)
    throw new Problem(413, 'too_long', {display: sentences[c.var.locale].tooLong(commentChars)});
  guard.refusePersonalData(text, 'comment', c.var);
  return text;
}
