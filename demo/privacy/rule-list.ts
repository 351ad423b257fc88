/** Every rule of the catalogue, by type, with a filter. Native `<details>`: keyboard and screen readers know them. */
import {html, nothing} from 'lit';
import {piiTypes, type Pack, type PiiType} from 'tillit-chat/privacy';
import {ruleCatalog, type RuleEntry} from 'tillit-chat/privacy/catalog';

import {capitalised, placeName} from './languages.js';
import {texts, typeName, type PageLanguage} from './texts.js';

const listed = piiTypes.filter((type) => ruleCatalog.some((entry) => entry.type === type));

export function createRuleList(update: () => void) {
  let filter = '';
  const open = new Set<PiiType>();

  function toggle(type: PiiType, isOpen: boolean) {
    // What the filter opens closes again with it.
    if (filter || isOpen === open.has(type)) return;
    if (isOpen) open.add(type);
    else open.delete(type);
    update();
  }

  const areAllOpen = () => listed.every((type) => open.has(type));

  function toggleAll() {
    if (areAllOpen()) open.clear();
    else for (const type of listed) open.add(type);
    update();
  }

  return (language: PageLanguage, packs: readonly Pack[]) => {
    const text = texts[language];
    const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = ruleCatalog.filter((entry) => {
      const said = searchable(entry, language, packs);
      return words.every((word) => said.includes(word));
    });
    const types = listed.filter((type) => shown.some((entry) => entry.type === type));
    return html`
      <div class="filter">
        <label>
          ${text.filter}
          <input
            id="filter"
            type="search"
            autocomplete="off"
            spellcheck="false"
            placeholder=${text.filterExample}
            @input=${(event: Event) => {
              filter = (event.target as HTMLInputElement).value.trim();
              update();
            }}
          />
        </label>
        <button type="button" id="toggle-all" ?disabled=${filter !== ''} @click=${toggleAll}>
          ${areAllOpen() ? text.closeAll : text.openAll}
        </button>
      </div>
      <p role="status" id="rule-count">${text.ruleCount(shown.length, ruleCatalog.length, types.length)}</p>
      ${types.map(
        (type) => html`
          <details
            class="type"
            data-type=${type}
            ?open=${filter !== '' || open.has(type)}
            @toggle=${(event: Event) => toggle(type, (event.target as HTMLDetailsElement).open)}
          >
            <summary>
              <h3>${capitalised(typeName(type, language))} <code>${type}</code></h3>
              <span class="count">${text.rulesOfType(shown.filter((entry) => entry.type === type).length)}</span>
            </summary>
            <ul class="rules">
              ${shown.filter((entry) => entry.type === type).map((entry) => rule(entry, language, packs))}
            </ul>
          </details>
        `,
      )}
    `;
  };
}

function rule(entry: RuleEntry, language: PageLanguage, packs: readonly Pack[]) {
  const text = texts[language];
  const {title, subtype, rule, source, sourceUrl, severity, locale} = entry;
  const ids = packsOf(entry, packs);
  return html`
    <li data-rule="${entry.type} ${subtype}">
      <p class="title"><strong lang="en">${title}</strong> <code>${subtype}</code></p>
      <p lang="en">${rule}</p>
      <dl>
        <div>
          <dt>${text.source}</dt>
          <dd data-source>
            ${
              sourceUrl
                ? html`<a href=${sourceUrl} target="_blank" rel="noopener noreferrer">${source}</a>`
                : html`<span lang="en">${source}</span>`
            }
          </dd>
        </div>
        <div>
          <dt>${text.byDefault}</dt>
          <dd><span class="badge" data-severity=${severity}>${text.severity[severity]}</span></dd>
        </div>
        <div>
          <dt>${text.place}</dt>
          <dd>${placeName(locale, language)}</dd>
        </div>
        <div>
          <dt>${text.pack}</dt>
          <dd>${ids.length > 0 ? html`<code>${ids.join(', ')}</code>` : packs.length > 0 ? text.core : nothing}</dd>
        </div>
      </dl>
    </li>
  `;
}

/** The packs that bring the rule: two countries may share a numbering plan. None brings the core's. */
const packsOf = ({type, subtype}: RuleEntry, packs: readonly Pack[]) =>
  packs
    .filter(({rules = []}) => rules.some((rule) => rule.type === type && rule.subtype === subtype))
    .map(({id}) => id);

const searchable = (entry: RuleEntry, language: PageLanguage, packs: readonly Pack[]) =>
  [
    entry.title,
    entry.subtype,
    entry.rule,
    entry.source,
    entry.type,
    typeName(entry.type, language),
    texts[language].severity[entry.severity],
    placeName(entry.locale, language),
    packsOf(entry, packs).join(' ') || texts[language].core,
  ]
    .join(' ')
    .toLowerCase();
