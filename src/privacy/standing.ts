/** Alone in its file, so that a pack that needs it brings no more of the core along. */

/** A pattern that stands on its own: no part of a word, of a longer number, of a decimal or of a version. */
export const standing = (source: string, flags = 'gu') =>
  new RegExp(`(?<![\\p{L}\\d]|\\d[-.,:])(?:${source})(?![\\p{L}\\d]|[-.,:]\\d)`, flags);
