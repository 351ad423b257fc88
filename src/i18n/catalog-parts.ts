/**
 * The three parts that a catalog is sent in. Translators keep one file; the build cuts it by what is said here, and so
 * does the server of the tests.
 *
 * - `first`: what a person may read before they have begun to type.
 * - `rest`: what a text conversation says. Comes with what a conversation is drawn with.
 * - `more`: what is said outside of a text conversation. Whoever says it has it loaded: `loadMore(messages)`, or in an
 *   element of its own `MoreMessages` (src/controllers/more-messages.ts), which follows the person's language too.
 *
 * A key belongs to a part by how it begins. What is not named below is in `first`.
 */
export type Part = 'first' | 'rest' | 'more';

const more =
  /^(conversationRating|copiedFromAi|data|diff|human|offline|purpose|resize|suspended(Until|Appeal)|teaser|voice)/;

const rest =
  /^(answer|askAgain|cite|code|copied|copy|cut|edit|emptyAnswer|error_(?!auth|forbidden|user|consent|unsupported|unavailable|timeout|network|protocol|server|rate)|findings|mask|newAnswer|noSource|notHelped|notPersonal|pii_|plain|question|rating|reason|restored|retracted|retryIn|source|status|stopped|table|task|ticket|waiting|why_)/;

/** Not sent with a catalog: these come with what says them, see the other files here. */
const apart = /^(failoverNotice|launcherFailed)$/;

export function partOf(key: string): Part | undefined {
  if (apart.test(key)) return undefined;
  return more.test(key) ? 'more' : rest.test(key) ? 'rest' : 'first';
}

/**
 * One part of a catalog as a JavaScript module. The first knows where its others are: one address for each language is
 * all that opening the chat has to carry.
 *
 * @param json the catalog's text
 * @param name the catalog's file beside the module, such as `sv.json`
 */
export function partModule(json: string, name: string, part: Part): string {
  const messages = Object.entries(JSON.parse(json) as Readonly<Record<string, unknown>>);
  const own = Object.fromEntries(messages.filter(([key]) => partOf(key) === part));
  const others = part === 'first' ? ['rest', 'more'] : [];
  return [
    `export default ${JSON.stringify(own)};`,
    ...others.map((other) => `export const ${other} = () => import('./${name}?${other}');`),
  ].join('\n');
}
