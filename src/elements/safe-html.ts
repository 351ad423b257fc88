/**
 * HTML that a vendor supplies (terms, articles), as nodes that are safe to insert. Only DOMPurify reads it, and only
 * what a document needs passes: no scripts, styles, forms, media, ids or names, and links as answers have them.
 */
import DOMPurify from 'dompurify';

import {safeLink} from '../answer/safe-url.js';

const TAGS = (
  'p br hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre code kbd sub sup b strong i em u s del ins mark small ' +
  'abbr a table caption thead tbody tfoot tr th td div span section article header footer'
).split(' ');
const ATTRIBUTES = ['href', 'lang', 'dir', 'start', 'colspan', 'rowspan', 'scope'];

/**
 * @returns nodes to insert; or plain text, when the page's Trusted Types allow DOMPurify no policy: it then parses
 * nothing, and a text without form is better than none.
 */
export function safeHtml(source: string): DocumentFragment | string {
  const fragment = DOMPurify.sanitize(source, {
    RETURN_DOM_FRAGMENT: true,
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ATTRIBUTES,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
  });
  const text = withoutTags(source);
  if (text !== '' && fragment.textContent.trim() === '') return text;
  fragment.querySelectorAll('a').forEach(guardLink);
  // The chat's own headings end at level 2.
  fragment.querySelectorAll('h1, h2').forEach((heading) => {
    const lower = document.createElement('h3');
    lower.append(...heading.childNodes);
    heading.replaceWith(lower);
  });
  return fragment;
}

function guardLink(link: HTMLAnchorElement) {
  const href = safeLink(link.getAttribute('href') ?? '')?.href;
  if (href === undefined) {
    link.replaceWith(...link.childNodes);
    return;
  }
  link.href = href;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  link.referrerPolicy = 'no-referrer';
}

/** Good enough to read; it becomes a text node, so it need not be exact. */
function withoutTags(source: string): string {
  return source
    .replace(/<(script|style|title|template)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<\/(?:p|div|li|h\d|tr|blockquote)\s*>|<br\s*\/?>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/\n\s*\n\s*/g, '\n\n')
    .trim();
}
