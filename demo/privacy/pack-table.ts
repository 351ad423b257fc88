/** What each pack adds, counted from the packs themselves. */
import {html} from 'lit';

import {packName, type LanguagePacks} from './languages.js';
import {texts, type PageLanguage} from './texts.js';

export function packTable(language: PageLanguage, packs: LanguagePacks) {
  const text = texts[language];
  return html`
    <div class="scrolls" role="region" tabindex="0" aria-label=${text.packsTitle}>
      <table>
        <thead>
          <tr>
            <th scope="col">${text.pack}</th>
            <th scope="col">${text.rules}</th>
            <th scope="col">${text.firstNames}</th>
            <th scope="col">${text.comesWith}</th>
          </tr>
        </thead>
        <tbody>
          ${packs.all.map((pack) => {
            const tags = [...packs.of].filter(([, brought]) => brought.includes(pack)).map(([tag]) => tag);
            return html`
              <tr>
                <th scope="row">${packName(pack, tags, language)} <code>${pack.id}</code></th>
                <td>${pack.rules?.length ?? 0}</td>
                <td>${pack.firstNames?.trim().split(/\s+/).length ?? 0}</td>
                <td>${tags.map((tag, index) => html`${index ? ' ' : ''}<code>${tag}</code>`)}</td>
              </tr>
            `;
          })}
        </tbody>
      </table>
    </div>
  `;
}
