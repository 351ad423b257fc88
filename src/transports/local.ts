/**
 * Answers by searching help articles in the browser: no backend, no AI, and no question leaves the page. The articles
 * are one JSON file, made by `npx tillit-chat index DIR`; it and the search load with the first question.
 */
import type {ChatEvent, Source} from '../core/events.js';
import type {CallOptions, ChatRequest, ChatTransport} from '../core/transport.js';
import {readJson} from './body.js';
import type {Call} from './call.js';
import {httpCalls} from './calls.js';
import {systemClock, type Clock} from './clock.js';
import {fail} from './fields.js';
import type {FindSections, Section} from './local-search.js';
import type {HttpOptions} from './request.js';

const MAX_INDEX_BYTES = 32 * 2 ** 20;
const SNIPPET_CHARS = 300;

export interface LocalOptions extends Pick<HttpOptions, 'fetch' | 'getToken'> {
  /** The index's address, or the index itself. */
  readonly articles: string | object;
}

/** @param clock for tests */
export function localTransport({articles, ...http}: LocalOptions, clock: Clock = systemClock): ChatTransport {
  const endpoint = typeof articles === 'string' ? articles : '';
  const {sendRequest, stream, dispose} = httpCalls(
    // The address is the host's to spell, query and all.
    {...http, endpoint, fetch: (_url, init) => (http.fetch ?? globalThis.fetch)(endpoint, init)},
    clock,
  );
  let search: FindSections | undefined;

  async function load(call: Call): Promise<FindSections> {
    const module = import('./local-search.js').catch(() => fail('network'));
    const index = typeof articles === 'string' ? await fetchIndex(call) : articles;
    const {searchIn} = await module;
    return searchIn(index);
  }

  async function fetchIndex(call: Call): Promise<unknown> {
    // Asked each time whether it has changed, which its ETag spares the rest.
    const {next} = await sendRequest(call, {path: [], cache: 'no-cache', headers: {accept: 'application/json'}});
    return readJson(next, MAX_INDEX_BYTES);
  }

  async function* answer(call: Call, {text}: ChatRequest, {locale}: CallOptions): AsyncGenerator<ChatEvent> {
    yield {type: 'start'};
    yield {type: 'answerer', kind: 'search'};
    search ??= await call.limit(120_000, () => load(call), 'timeout', 'protocol');
    const found = search(text, locale);
    const [best, ...others] = found;
    if (!best) {
      yield {type: 'finish', reason: 'no_source'};
      return;
    }
    const quoted = [best, ...others.filter(({title}) => title === best.title)].slice(0, 2);
    const ids = found.map(idOf);
    const sources = found.filter((section, index) => ids.indexOf(idOf(section)) === index).map(sourceOf);
    for (const [index, source] of sources.entries()) yield {type: 'source', source: {...source, n: index + 1}};
    yield {type: 'text', op: 'append', text: quoted.map(quote).join('\n\n')};
    const titles = new Set(others.map(({title}) => title));
    titles.delete(best.title);
    if (titles.size > 0) yield {type: 'suggestions', items: [...titles].map((title) => ({text: title}))};
    yield {type: 'finish', reason: 'stop'};
  }

  return {
    id: 'local',
    send: (request, options) => stream(options, (call) => answer(call, request, options)),
    dispose,
  };
}

/** Several sections of one article are one source. */
const idOf = ({url, title}: Section) => url ?? title;

function sourceOf(section: Section): Source {
  const {title, url, updated, text} = section;
  const snippet = text
    .replace(/[*_`>#|]|\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\s+/g, ' ')
    .slice(0, SNIPPET_CHARS);
  return {id: idOf(section), title, snippet, ...(url && {url}), ...(updated && {updated})};
}

/** All that is quoted is of the best article, which is the first source. The marker goes where the first paragraph ends. */
function quote({heading, title, text}: Section): string {
  const [opening = '', ...rest] = text.split(/\n{2,}/);
  // Behind a list or a table it would be a part of its last line.
  const isProse = !/^\s*([-*+>|]|\d+[.)])/.test(opening.split('\n').at(-1) ?? '');
  const marked = isProse ? `${opening} [1]` : `${opening}\n\n[1]`;
  return [`**${heading ?? title}**`, marked, ...rest].join('\n\n');
}
