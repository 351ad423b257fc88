/**
 * What the guard finds, for the one who answers for data protection and the one who builds it in: a box to try it in, its
 * limits, and every rule with its source. The rules are read from the package's own catalogue.
 */
import {html, nothing, render} from 'lit';
import {loadAllPacks} from 'tillit-chat/privacy/packs';

import {createLiveBox} from './live-box.js';
import {languagesOf, type LanguagePacks} from './languages.js';
import {packTable} from './pack-table.js';
import {createRuleList} from './rule-list.js';
import {isPageLanguage, pageLanguages, texts, type PageLanguage} from './texts.js';

const root = document.querySelector<HTMLElement>('#page')!;
const policy = document.querySelector<HTMLMetaElement>('meta[http-equiv="content-security-policy"]')?.content ?? '';

let language: PageLanguage = startLanguage();
/** All are fetched before anybody types: afterwards the page has no reason to ask for anything. */
let packs: LanguagePacks | 'loading' | 'failed' = 'loading';

const liveBox = createLiveBox(update);
const ruleList = createRuleList(update);

update();
try {
  packs = await languagesOf(await loadAllPacks());
} catch {
  packs = 'failed';
}
update();

function update() {
  const text = texts[language];
  document.documentElement.lang = language;
  document.title = `Tillit Chat: ${text.title.toLowerCase()}`;
  render(
    html`
      <div class="languages" role="group" aria-label=${text.languageSwitch}>
        ${pageLanguages.map(
          (choice) => html`
            <button
              type="button"
              lang=${choice}
              aria-pressed=${choice === language ? 'true' : 'false'}
              @click=${() => choose(choice)}
            >
              ${texts[choice].ownName}
            </button>
          `,
        )}
      </div>
      <h1>${text.title}</h1>
      <p class="lead">${text.lead}</p>
      <nav aria-label=${text.contents}>
        <a href="#try">${text.tryIt}</a> <a href="#limits">${text.limitsTitle}</a>
        <a href="#how">${text.howTitle}</a> <a href="#rules">${text.rulesTitle}</a>
        <a href="#packs">${text.packsTitle}</a> <a href="#code">${text.codeTitle}</a>
      </nav>

      <h2 id="try">${text.tryIt}</h2>
      <p>${text.nothingLeaves}</p>
      <details class="quiet">
        <summary>${text.proof}</summary>
        <p>${text.proofText}</p>
        <pre tabindex="0"><code>${policy.replaceAll('; ', ';\n')}</code></pre>
      </details>
      ${packs === 'failed' ? html`<p role="alert" class="alert">${text.packsFailed}</p>` : nothing}
      ${liveBox(language, typeof packs === 'object' ? packs : undefined)}

      <h2 id="limits">${text.limitsTitle}</h2>
      <p>${text.limitsLead}</p>
      <ul>
        ${text.limits.map(([what, why]) => html`<li><strong>${what}</strong> ${why}</li>`)}
      </ul>
      <p>${text.limitsEnd}</p>

      <h2 id="how">${text.howTitle}</h2>
      <ol>
        ${text.how.map(([what, why]) => html`<li><strong>${what}</strong> ${why}</li>`)}
      </ol>

      <h2 id="rules">${text.rulesTitle}</h2>
      <p>${text.rulesLead}</p>
      ${ruleList(language, typeof packs === 'object' ? packs.all : [])}

      <h2 id="packs">${text.packsTitle}</h2>
      <p>${text.packsLead}</p>
      ${typeof packs === 'object' ? packTable(language, packs) : nothing}

      <h2 id="code">${text.codeTitle}</h2>
      <p>${text.codeLead}</p>
      <pre tabindex="0"><code>${sample}</code></pre>
    `,
    root,
  );
}

function choose(choice: PageLanguage) {
  language = choice;
  update();
}

function startLanguage(): PageLanguage {
  const asked = new URLSearchParams(location.search).get('lang');
  return [asked, ...navigator.languages].map((tag) => tag?.slice(0, 2).toLowerCase()).find(isPageLanguage) ?? 'en';
}

const sample = `import {findPii, mask} from 'tillit-chat/privacy';
import {loadPacks} from 'tillit-chat/privacy/packs';

const packs = await loadPacks(['de']);
const findings = findPii(text, {packs, policy: {ORG_ID: 'off'}});
const safe = mask(text, findings).text;`;
