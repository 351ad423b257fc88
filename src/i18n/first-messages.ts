/**
 * Which messages a person may read before they have begun to type. A catalog is sent in two halves: these first, the
 * rest with what a conversation is drawn with.
 */
const later =
  /^(answer|askAgain|cite|code|conversation|copied|copy|cut|edit|emptyAnswer|error_(?!auth|forbidden|user|consent|unsupported|unavailable|timeout|network|protocol|server|rate)|findings|mask|newAnswer|noSource|notHelped|notPersonal|pii_|plain|question|rating|reason|restored|retracted|retryIn|source|status|stopped|table|task|ticket|waiting|why_)/;

export const isFirst = (key: string) => !later.test(key);

/** What is sent with a catalog at all: two messages come with what says them, see the other files here. */
export const isSent = (key: string) => key !== 'failoverNotice' && key !== 'launcherFailed';
