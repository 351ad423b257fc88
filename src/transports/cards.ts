/**
 * The words of a Bot Framework card (hero, thumbnail, receipt, sign-in, Adaptive), and what can be pressed on it. Cards
 * are not drawn: a person must not miss an answer because it came on one.
 */
import {filled, isFields} from './fields.js';

type Fields = Readonly<Record<string, unknown>>;

export interface Press {
  readonly title: string;
  /** A page to open. */
  readonly url?: string;
  /** What the bot wants to hear instead of the title. */
  readonly value?: unknown;
}

/** Deep enough for every card a person could read, too shallow for one made to hang a page. */
const MAX_DEPTH = 10;
const MAX_WORDS = 200;

export function cardText({content}: Fields): string {
  const words: string[] = [];
  const walk = (value: unknown, depth: number) => {
    if (depth > MAX_DEPTH || words.length > MAX_WORDS) return;
    if (Array.isArray(value)) for (const item of value) walk(item, depth + 1);
    if (!isFields(value)) return;
    const {title, subtitle, text, value: fact} = value;
    const own = [title, subtitle, text].filter((word) => filled(word));
    if (filled(fact) && own.length > 0) own.push(fact);
    if (own.length > 0) words.push(own.join(' – '));
    for (const inner of ['body', 'items', 'columns', 'facts', 'inlines', 'rows', 'cells'])
      walk(value[inner], depth + 1);
  };
  walk(content, 0);
  return words.join('\n\n') || (isFields(content) && filled(content.fallbackText)) || '';
}

/** Suggested actions, a card's buttons, an Adaptive Card's actions. */
export function pressesOf(actions: unknown): Press[] {
  if (!Array.isArray(actions)) return [];
  return actions.filter(isFields).flatMap((action): Press[] => {
    const {type, text, value, data, url} = action;
    const title = [action.title, text, value].find((word) => filled(word)) as string | undefined;
    if (title === undefined) return [];
    const leads = /^(action\.)?(openUrl|downloadFile|showImage|play\w+|signin|call)$/i.test(String(type));
    const page = filled(url) ?? filled(value);
    if (leads) return page ? [{title, url: page}] : [];
    return [{title, value: value ?? data ?? text}];
  });
}
