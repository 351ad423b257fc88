/**
 * What is held here as one page to read, print or keep: without script, requests or links of ours. Whatever a person or a
 * backend wrote is text in it, never HTML. Answers that AI has made are marked for machines as they are in the chat.
 */
import {AI_SOURCE_TYPE, IPTC, isMadeByAi, SCHEMA} from '../core/ai-marking.js';
import {answerText, type Answer, type ChatState, type Turn} from '../core/state.js';
import type {Messages} from '../i18n/messages.js';

/** What is HTML already, so that it is not written as text again. */
class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | number | Html | readonly Html[] | undefined;

const characters: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function written(value: Value): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(({text}) => text).join('');
  return String(value).replace(/[&<>"']/g, (character) => characters[character]!);
}

const page = (parts: TemplateStringsArray, ...values: readonly Value[]) =>
  new Html(parts.map((part, at) => part + written(values[at])).join(''));

export function exportPage(state: ChatState, messages: Messages, now: Date): string {
  const {acceptance, turns, draft, ticket} = state;
  const form = 'form' in ticket ? ticket.form : undefined;
  const purposes = acceptance && Object.entries(acceptance.purposes).filter(([, isOn]) => isOn);
  return page`<!doctype html>
<html lang="${messages.locale}" dir="${messages.direction}" prefix="iptc: ${IPTC} schema: ${SCHEMA}">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<title>${messages.t('menuData')}</title>
<style>
body { max-width: 48rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color-scheme: light dark; }
p { white-space: pre-wrap; overflow-wrap: anywhere; }
.turn { border-inline-start: 0.25rem solid; padding-inline-start: 1rem; margin-block: 1.5rem; }
.mark { font-style: italic; }
</style>
</head>
<body>
<main>
<h1>${messages.t('menuData')}</h1>
<p>${now.toISOString()}</p>
${
  acceptance &&
  page`<h2>${messages.t('dataAcceptance')}</h2>
<p>${messages.t('dataAccepted', {version: acceptance.version, date: messages.date(acceptance.acceptedAt)})}
${acceptance.termsId} · ${acceptance.locale} · ${acceptance.acceptedAt}
SHA-256 ${acceptance.textSha256}
${purposes!.map(([purpose]) => purpose).join(', ')}${acceptance.receiptId === undefined ? '' : `\n${messages.t('dataReceiptId', {id: acceptance.receiptId})}`}</p>
`
}<h2>${messages.t('logLabel')}</h2>
${turns.length === 0 ? page`<p>${messages.t('dataNothingSaid')}</p>\n` : turns.map((turn) => turnPart(turn, messages))}${
    draft && page`<h2>${messages.t('composerLabel')}</h2>\n<p dir="auto">${draft}</p>\n`
  }${
    form &&
    page`<h2>${messages.t('ticketTitle')}</h2>\n<p dir="auto">${[form.name, form.email, form.description].join('\n')}</p>\n`
  }</main>
</body>
</html>
`.text;
}

const turnPart = (
  {question, askedAtMs, answers}: Turn,
  messages: Messages,
) => page`<div class="turn" typeof="schema:Question">
<h3>${messages.t('question')}, ${new Intl.DateTimeFormat(messages.locale, {dateStyle: 'long', timeStyle: 'short'}).format(askedAtMs)}</h3>
<p dir="auto" property="schema:text">${question}</p>
${answers.map((answer) => answerPart(answer, messages))}</div>
`;

function answerPart(answer: Answer, messages: Messages) {
  const {answerer, sources, rating} = answer;
  const isAi = isMadeByAi(answerer);
  return page`<div property="schema:suggestedAnswer" typeof="schema:Answer"${isAi ? page` ai-disclosure="ai-generated"` : ''}>
${isAi ? page`<link property="iptc:DigitalSourceType" href="${AI_SOURCE_TYPE}">\n` : ''}<h4>${messages.t('answer')}${answerer.name === undefined ? '' : `, ${answerer.name}`}</h4>
${isAi ? page`<p class="mark">${messages.t('copiedFromAi')}</p>\n` : ''}<p dir="auto" property="schema:text">${answerText(answer)}</p>
</div>
${
  sources.length > 0
    ? page`<h4>${messages.t('sources')}</h4>
<ul>
${sources.map(({n, title, url}) => page`<li dir="auto">${n === undefined ? '' : `[${n}] `}${title}${url === undefined ? '' : `, ${url}`}</li>\n`)}</ul>
`
    : ''
}${rating && page`<p>${messages.t('dataRating', {n: rating.score})}</p>\n`}`;
}
