/** Everything held about a person as one page to read, print or keep, without script or links to us. Plain text throughout. */
/* eslint-disable no-restricted-syntax -- a file of its own, with a policy of its own: it has no sheet to adopt */
import {html} from 'hono/html';
import {AI_SOURCE_TYPE, IPTC, isMadeByAi, SCHEMA} from 'tillit-chat/core';

import type {Locale} from './locale.js';
import {sentences, type ExportSentences} from './sentences.js';
import type {PersonData} from './store/person-data.js';

type Turn = PersonData['conversations'][number]['turns'][number];

export function exportPage(data: PersonData, exportedAt: Date, locale: Locale) {
  const says = sentences[locale].export;
  const time = (date: Date | string) => {
    const iso = new Date(date).toISOString();
    return html`<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;
  };
  const table = (head: readonly string[], rows: readonly (readonly unknown[])[]) =>
    rows.length === 0
      ? html`<p>${says.nothing}</p>`
      : html`<table>
          <thead>
            <tr>
              ${head.map((cell) => html`<th scope="col">${cell}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              (row) =>
                html`<tr>
                  ${row.map((cell) => html`<td>${cell}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>`;

  return html`<!doctype html>
    <html lang="${locale}" prefix="iptc: ${IPTC} schema: ${SCHEMA}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="referrer" content="no-referrer" />
        <title>${says.title}</title>
        <style>
          body {
            max-width: 48rem;
            margin: 2rem auto;
            padding: 0 1rem;
            font:
              1rem/1.5 system-ui,
              sans-serif;
            color-scheme: light dark;
          }
          .words {
            white-space: pre-wrap;
            overflow-wrap: anywhere;
          }
          .turn {
            border-inline-start: 0.25rem solid;
            padding-inline-start: 1rem;
            margin-block: 1.5rem;
          }
          table {
            border-collapse: collapse;
            display: block;
            overflow-x: auto;
          }
          th,
          td {
            padding: 0.25rem 0.75rem 0.25rem 0;
            text-align: start;
            vertical-align: top;
          }
        </style>
      </head>
      <body>
        <main>
          <h1>${says.title}</h1>
          <p>${says.made} ${time(exportedAt)}.</p>
          <h2>${says.conversations}</h2>
          ${data.conversations.length === 0 ? html`<p>${says.nothing}</p>` : ''}
          ${data.conversations.map(
            ({createdAt, turns, rating}) =>
              html`<section>
                <h3>${time(createdAt)}</h3>
                ${turns.map((turn) => turnPart(turn, says))} ${rating ? ratingPart(rating, says) : ''}
              </section>`,
          )}
          <h2>${says.tickets}</h2>
          ${data.tickets.length === 0 ? html`<p>${says.nothing}</p>` : ''}
          ${data.tickets.map(
            (ticket) =>
              html`<section>
                <h3>${ticket.id}, ${time(ticket.createdAt)}</h3>
                <p>${ticket.name}, ${ticket.email}</p>
                <p class="words">${ticket.description}</p>
                ${ticket.transcript.map(
                  ({role, text}) =>
                    html`<p class="words">${role === 'user' ? says.question : says.answer}: ${text}</p>`,
                )}
              </section>`,
          )}
          <h2>${says.acceptances}</h2>
          ${table(
            says.acceptanceColumns,
            data.acceptances.map(({recordedAt, kind, termsId, version, receiptId, textSha256}) => [
              time(recordedAt),
              says.kinds[kind],
              `${termsId} ${version}`,
              receiptId,
              textSha256,
            ]),
          )}
          <h2>${says.log}</h2>
          ${table(
            says.logColumns,
            data.log.map(({at, what, status, code}) => [time(at), what, code ?? String(status)]),
          )}
        </main>
      </body>
    </html>`;
}

function turnPart({question, answer, answerer, sources, rating}: Turn, says: ExportSentences) {
  const isAi = isMadeByAi(answerer);
  return html`<div class="turn" typeof="schema:Question">
    ${
      // Nobody asks what a human writes unasked.
      question === ''
        ? ''
        : html`<h4>${says.question}</h4>
            <p class="words" dir="auto" property="schema:text">${question}</p>`
    }
    <div property="schema:suggestedAnswer" typeof="schema:Answer" ${isAi ? html`ai-disclosure="ai-generated"` : ''}>
      ${isAi ? html`<link property="iptc:DigitalSourceType" href="${AI_SOURCE_TYPE}" />` : ''}
      <h4>${isAi ? says.aiAnswer : says.answer}</h4>
      <p class="words" dir="auto" property="schema:text">${answer}</p>
    </div>
    ${
      sources.length > 0
        ? html`<h4>${says.sources}</h4>
          <ol>
            ${sources.map(({n, title, url}) => html`<li value="${n ?? 1}">${title}${url ? `, ${url}` : ''}</li>`)}
          </ol>`
        : ''
    }
    ${rating ? ratingPart(rating, says) : ''}
  </div>`;
}

const ratingPart = (rating: {readonly score: number; readonly comment?: string | null}, says: ExportSentences) =>
  html`<p class="words">${says.rating}: ${rating.score}/5 ${rating.comment ?? ''}</p>`;
