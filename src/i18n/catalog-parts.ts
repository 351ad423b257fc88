import type {Plural} from './messages.js';

/**
 * The four parts that a catalog is sent in. Translators keep one file; the build cuts it by what is said here, and so
 * does the server of the tests.
 *
 * - `first`: what a person may read before they have begun to type.
 * - `rest`: what a text conversation says. Comes with what a conversation is drawn with.
 * - `guard`: what is said of personal data that was found. Comes with the guard, at the same time as `rest`.
 * - `more`: what is said outside of a text conversation. Whoever says it has it loaded: `loadMore(messages)`, or in an
 *   element of its own `MoreMessages` (src/controllers/more-messages.ts), which follows the person's language too.
 *
 * A key belongs to a part by how it begins. What is not named below is in `first`.
 */
export type Part = 'first' | 'rest' | 'guard' | 'more';

const more =
  /^(conversationRating|copiedFromAi|data|diff|failoverNotice|human|keeping|launcherFailed|menu[A-Z]|offline|purpose|resize|suspended(Until|Appeal)|teaser|voice)/;

const rest =
  /^(answer|askAgain|cite|code|composerAnswering|copied|copy|cut|edit|emptyAnswer|error_(?!auth|forbidden|user|consent|unsupported|unavailable|timeout|network|protocol|server|rate)|newAnswer|noSource|notHelped|plain|question|rating|reason|retracted|retryIn|source|status|stop|table|task|ticket|unread|waiting)/;

const guard = /^(composerBlocked|findings|mask|notPersonal|pii_|restored|ticketFindings|why_)/;

export const partOf = (key: string): Part =>
  more.test(key) ? 'more' : guard.test(key) ? 'guard' : rest.test(key) ? 'rest' : 'first';

/**
 * One part of a catalog as a JavaScript module. The first knows where its others are: one address for each language is
 * all that opening the chat has to carry.
 *
 * @param json the catalog's text
 * @param name the catalog's file beside the module, such as `sv.json`
 */
export function partModule(json: string, name: string, part: Part): string {
  const messages = Object.entries(JSON.parse(json) as Readonly<Record<string, string | Plural>>);
  const own = messages.filter(([key]) => partOf(key) === part).map(([key, message]) => [key, shortened(message)]);
  const others = part === 'first' ? ['rest', 'guard', 'more'] : [];
  return [
    `export default ${JSON.stringify(Object.fromEntries(own))};`,
    ...others.map((other) => `export const ${other} = () => import('./${name}?${other}');`),
  ].join('\n');
}

/** Without the forms that are spelled like the general one, which stands in for what is missing. */
const shortened = (message: string | Plural) =>
  typeof message === 'string'
    ? message
    : Object.fromEntries(Object.entries(message).filter(([form, text]) => form === 'other' || text !== message.other));
