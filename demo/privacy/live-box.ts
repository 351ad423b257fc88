/**
 * A text, and what the guard says about it at every key. What is typed lives in this closure and in the page, and goes
 * nowhere: it is not stored, sent, logged or put into the address.
 */
import {html, nothing, type TemplateResult} from 'lit';
import {
  mask,
  piiTypes,
  screen,
  type Finding,
  type PiiPolicy,
  type PiiType,
  type Screening,
  type Severity,
} from 'tillit-chat/privacy';
import {ruleCatalog} from 'tillit-chat/privacy/catalog';

import {capitalised, languageName, type LanguagePacks} from './languages.js';
import {reasonInWords, texts, typeName, type PageLanguage} from './texts.js';

type Decision = Severity | 'off';
const decisions: readonly Decision[] = ['block', 'warn', 'off'];

/** What the language select offers beside languages: the core alone, or every pack, as on a server. */
const core = 'core';
const every = 'every';

export function createLiveBox(update: () => void) {
  /** `undefined`: nobody has typed yet, and the example stands in the page's language. */
  let typed: string | undefined;
  let locale: string | undefined;
  let policy: PiiPolicy = {};

  function decide(type: PiiType, decision: string) {
    const {[type]: _, ...others} = policy;
    const chosen = decisions.find((known) => known === decision);
    policy = chosen ? {...others, [type]: chosen} : others;
    update();
  }

  function take(event: Event) {
    // Half a character of an input method is not a text yet.
    if (event instanceof InputEvent && event.isComposing) return;
    typed = (event.target as HTMLTextAreaElement).value;
    update();
  }

  function show(example: string) {
    typed = example;
    update();
  }

  return (language: PageLanguage, packs: LanguagePacks | undefined) => {
    const text = texts[language];
    const draft = typed ?? text.examples[0]![1];
    const chosen = locale ?? language;
    const screening = screen(draft, 'question', {
      policy,
      locales: chosen === core || chosen === every ? [] : [chosen],
      packs: (chosen === every ? packs?.all : packs?.of.get(chosen)) ?? [],
    });
    const findings = screening.verdict === 'failed' ? [] : screening.findings;
    return html`
      <div class="box">
        <label for="draft">${text.yourText}</label>
        <textarea
          id="draft"
          rows="4"
          spellcheck="false"
          autocomplete="off"
          .value=${draft}
          @input=${take}
          @compositionend=${take}
        ></textarea>
        <div class="examples" role="group" aria-label=${text.examplesLabel}>
          ${text.examples.map(
            ([name, example]) => html`<button type="button" @click=${() => show(example)}>${name}</button>`,
          )}
        </div>

        <label for="locale">${text.writtenIn}</label>
        <select
          id="locale"
          @change=${(event: Event) => {
            locale = (event.target as HTMLSelectElement).value;
            update();
          }}
        >
          <option value=${core} ?selected=${chosen === core}>${text.coreOnly}</option>
          <option value=${every} ?selected=${chosen === every}>${text.everyPack}</option>
          ${[...(packs?.of.keys() ?? [language])].map(
            (tag) => html`<option value=${tag} ?selected=${chosen === tag}>${languageName(tag, language)}</option>`,
          )}
        </select>

        <details class="quiet" id="policy">
          <summary>${text.policyTitle(Object.keys(policy).length)}</summary>
          <p>${text.policyLead}</p>
          <div class="policy">
            ${piiTypes.map(
              (type) => html`
                <label>
                  ${capitalised(typeName(type, language))}
                  <select
                    data-type=${type}
                    @change=${(event: Event) => decide(type, (event.target as HTMLSelectElement).value)}
                  >
                    <option value="" ?selected=${!policy[type]}>${text.usual}</option>
                    ${decisions.map(
                      (decision) => html`
                        <option value=${decision} ?selected=${policy[type] === decision}>
                          ${text.severity[decision]}
                        </option>
                      `,
                    )}
                  </select>
                </label>
              `,
            )}
          </div>
          <pre tabindex="0"><code>chat.piiPolicy = ${inCode(policy)};</code></pre>
        </details>

        <p role="status" id="verdict" data-verdict=${verdictName(screening)}>${verdict(screening, language)}</p>
        <h3>${text.marked}</h3>
        <p class="text" id="marked">${marked(draft, findings)}</p>
        <h3>${text.found}</h3>
        ${
          findings.length === 0
            ? html`<p class="muted">${text.nothingFound}</p>`
            : html`
              <ol class="findings" id="findings">
                ${findings.map((finding) => found(finding, draft, language))}
              </ol>
            `
        }
        <h3>${text.maskedTitle}</h3>
        <p class="text" id="masked">${mask(draft, findings).text}</p>
      </div>
    `;
  };
}

function found(
  {type, subtype, start, end, severity, confidence, reason}: Finding,
  draft: string,
  language: PageLanguage,
) {
  const text = texts[language];
  const rule = ruleCatalog.find((entry) => entry.type === type && entry.subtype === subtype);
  const percent = new Intl.NumberFormat(language, {style: 'percent', maximumFractionDigits: 1}).format(confidence);
  return html`
    <li data-finding="${type} ${subtype}">
      <p class="title">
        <mark data-severity=${severity}>${draft.slice(start, end)}</mark>
        <strong>${capitalised(typeName(type, language))}</strong>
        <span class="badge" data-severity=${severity}>${text.severity[severity]}</span>
      </p>
      <p class="muted">
        ${rule ? html`<span lang="en">${rule.title}</span> · ` : nothing}<code>${subtype}</code> · ${text.why}:
        ${reasonInWords(reason, language)} · ${text.confidence}: ${percent}
      </p>
    </li>
  `;
}

/** The text as it stands, with every finding marked. */
function marked(draft: string, findings: readonly Finding[]): readonly (string | TemplateResult)[] {
  const parts: (string | TemplateResult)[] = [];
  let at = 0;
  for (const {start, end, severity} of findings) {
    parts.push(draft.slice(at, start), html`<mark data-severity=${severity}>${draft.slice(start, end)}</mark>`);
    at = end;
  }
  return [...parts, draft.slice(at)];
}

/** Told apart because a warning may be confirmed and a block may not. */
const verdictName = (screening: Screening) =>
  screening.verdict === 'stop'
    ? screening.findings.some(({severity}) => severity === 'block')
      ? 'block'
      : 'warn'
    : screening.verdict;

function verdict(screening: Screening, language: PageLanguage) {
  const text = texts[language];
  switch (screening.verdict) {
    case 'pass':
      return text.passes;
    case 'stop':
      return verdictName(screening) === 'block'
        ? text.stops(screening.findings.length)
        : text.warns(screening.findings.length);
    case 'failed':
      return text.fails;
  }
}

const inCode = (policy: PiiPolicy) =>
  `{${Object.entries(policy)
    .map(([type, decision]) => `${type}: '${decision}'`)
    .join(', ')}}`;
