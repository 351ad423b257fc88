/** Alone in its file, so that a pack that needs it brings no more of the core along. */

/**
 * A pattern that stands on its own: no part of a word, of a longer number, of a decimal or of a version. A slip of the
 * space bar is forgiven: "my id code is811228-9874".
 */
export const standing = (source: string, flags = 'gu') =>
  new RegExp(`(?<!\\p{L}(?<!(?<!\\p{L})(?:is|är|er|on))|\\d|\\d[-.,:])(?:${source})(?![\\p{L}\\d]|[-.,:]\\d)`, flags);
