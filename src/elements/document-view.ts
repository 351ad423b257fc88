/**
 * Draws a vendor's document: Markdown through the answer's own renderer, HTML through the sanitiser, an address as a link.
 * The first two load when they are needed; if they cannot, the text is shown as it is written.
 */
import {html} from 'lit';

import type {TermsDocument} from '../core/terms.js';
import {loadMessages} from '../i18n/locales.js';
import type {Messages} from '../i18n/messages.js';
import {loadAnswerText} from './load-answer-text.js';

export async function drawDocument({markdown, html: source, url}: TermsDocument, messages: Messages): Promise<unknown> {
  try {
    if (markdown !== undefined) {
      // The labels of tables and code are in the part of the catalog that comes with a conversation.
      const [whole] = await Promise.all([loadMessages(messages.locale), loadAnswerText()]);
      return html`<tillit-answer-text .markdown=${markdown} .messages=${whole} .headingLevel=${2} .sources=${[]}></tillit-answer-text>`;
    }
    // A page, here or elsewhere; never a script.
    if (source === undefined && url !== undefined && /^(https?:\/)?\//i.test(url))
      return html`<p><a class="link" href=${url} target="_blank" rel="noopener noreferrer">${messages.t('termsReadElsewhere')}
        <span class="visually-hidden">(${messages.t('opensInNewTab')})</span></a></p>`;
    if (source !== undefined) return (await import('./safe-html.js')).safeHtml(source);
  } catch {
    // Better plain than not at all: a person must be able to read what they agree to.
  }
  return html`<div class="plain">${markdown ?? source ?? url ?? ''}</div>`;
}
