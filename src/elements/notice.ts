import {html, type TemplateResult} from 'lit';

import type {Answerer} from '../core/events.js';
import type {Messages} from '../i18n/messages.js';
import {icon} from './icon.js';

/** Who answers, in one sentence. A band that stays; it has no part, and inherits nothing that hides it. */
export function renderNotice(who: Answerer['kind'] | 'ticket', messages: Messages): TemplateResult {
  return html`<p id="notice">${icon(icons[who])}<span>${messages.t(sentences[who])}</span></p>`;
}

/**
 * Whether a person who sees the panel sees the notice: at its full size, and with nothing of ours, or of the host's slots,
 * on top of it. What the page itself puts over everything is between the page and the person.
 */
export function isNoticeReadable(panel: HTMLElement, host: HTMLElement): boolean {
  const root = panel.getRootNode() as ShadowRoot;
  const notice = panel.querySelector<HTMLElement>('#notice')!;
  const around = panel.getBoundingClientRect();
  // Nobody reads, or writes, in a panel that is not drawn.
  if (around.width === 0 || !panel.checkVisibility(seen)) return true;
  const {left, top, width, height, bottom} = notice.querySelector('span')!.getBoundingClientRect();
  if (!notice.checkVisibility(seen) || width < 40 || height < 12 || bottom > around.bottom + 1) return false;
  const [x, y] = [left + width / 2, top + height / 2];
  const ours = root.elementFromPoint(x, y);
  const theirs = (host.getRootNode() as Document | ShadowRoot).elementFromPoint(x, y);
  // A list or a source that the person has opened may lie over it: it goes with the next press.
  const isOpened = ours?.closest('#menu, [part~="citation-popover"]');
  const isUnderOurs = ours !== null && root.contains(ours) && !notice.contains(ours) && !isOpened;
  return !isUnderOurs && !(theirs && theirs !== host && host.contains(theirs));
}

const seen = {opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true};

const icons = {ai: 'spark', search: 'search', human: 'person', ticket: 'person'} as const;
const sentences = {ai: 'noticeAi', search: 'noticeSearch', human: 'noticeHuman', ticket: 'noticeTicket'} as const;
