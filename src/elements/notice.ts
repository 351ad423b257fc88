import {html, type TemplateResult} from 'lit';

import type {Answerer} from '../core/events.js';
import type {Messages} from '../i18n/messages.js';
import {icon} from './icon.js';

/** Who answers, in one sentence. A band that stays; it has no part, so that no host can restyle it away. */
export function renderNotice(who: Answerer['kind'] | 'ticket', messages: Messages): TemplateResult {
  return html`<p id="notice">${icon(icons[who])}<span>${messages.t(sentences[who])}</span></p>`;
}

const icons = {ai: 'spark', search: 'search', human: 'person', ticket: 'person'} as const;
const sentences = {ai: 'noticeAi', search: 'noticeSearch', human: 'noticeHuman', ticket: 'noticeTicket'} as const;
