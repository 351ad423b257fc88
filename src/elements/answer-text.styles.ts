import {css} from 'lit';

export const answerTextStyles = css`
  tillit-answer-text {
    display: block;
    overflow-wrap: anywhere;

    /* Space stands before a block, never after the last one: ":last-child" would restyle all when one is added. */
    .blocks > * {
      margin: 0;
    }

    /* Far from view, what is finished is neither laid out nor painted, and keeps the size it had. */
    .blocks {
      contain-intrinsic-block-size: auto 48rem;
    }

    .whole {
      content-visibility: auto;
      overflow-clip-margin: 0.25rem;
    }

    @media print {
      .whole {
        content-visibility: visible;
      }
    }

    h3,
    h4,
    h5,
    h6 {
      margin: 0;
      font-size: 1em;
      font-weight: 650;
      line-height: 1.35;
      letter-spacing: -0.01em;
    }

    h3,
    h4 {
      font-size: 1.125em;
    }


    ul,
    ol {
      padding-inline-start: 1.25rem;
    }

    li + li,
    li > :is(ul, ol) {
      margin-block-start: 0.25rem;
    }

    .task {
      list-style: none;
      margin-inline-start: -1.25rem;

      > :is(ul, ol) {
        margin-inline-start: 1.25rem;
      }
    }

    .blocks > * + :is(p, ul, ol, blockquote, .code, .table),
    .blocks + .blocks > :first-child,
    > .answer-note,
    blockquote > * + *,
    li > * + :is(p, blockquote, .code, .table) {
      margin-block-start: 0.625rem;
    }

    .blocks > * + :is(h3, h4, h5, h6, hr),
    .blocks + .blocks > :is(h3, h4, h5, h6, hr):first-child,
    .blocks > hr + * {
      margin-block-start: 1rem;
    }

    .host {
      color: var(--_muted);
      font-size: var(--_tiny);
    }

    blockquote {
      margin: 0;
      border-inline-start: 3px solid var(--_line);
      padding-inline-start: 0.75rem;
      color: var(--_muted);
    }

    hr {
      border: 0;
      border-block-start: 1px solid var(--_line);
    }

    .restored {
      text-decoration: underline dotted;
    }

    code,
    kbd {
      font: 0.875em / 1.5 ui-monospace, Menlo, Consolas, monospace;
      background: var(--_raised);
      border-radius: 0.25rem;
      padding: 0.1em 0.3em;
    }

    kbd {
      border: 1px solid var(--_line);
    }

    .code {
      border: 1px solid var(--_line);
      border-radius: var(--_radius-small);
      background: var(--_raised);
      overflow: hidden;
    }

    .code-bar {
      display: flex;
      align-items: center;
      justify-content: space-between;
      padding-inline-start: 0.75rem;
      color: var(--_muted);
      font-size: var(--_tiny);
    }

    pre {
      margin: 0;
      padding: 0 0.75rem 0.75rem;
      overflow: auto;
      scrollbar-width: thin;
      overflow-wrap: normal;

      code {
        padding: 0;
        background: none;
      }
    }

    .copy[data-copied] {
      color: var(--_link);
    }

    .table {
      overflow-x: auto;
      scrollbar-width: thin;
    }

    table {
      min-inline-size: 100%;
      border-collapse: collapse;
      font-size: var(--_small);
      overflow-wrap: normal;
    }

    th,
    td {
      text-align: start;
      vertical-align: top;
      padding: 0.4375rem 0.75rem 0.4375rem 0;
      border-block-end: 1px solid var(--_line);
    }

    th {
      color: var(--_muted);
      font-weight: 600;
    }

    [data-align='right'] {
      text-align: end;
    }

    [data-align='center'] {
      text-align: center;
    }

    img:not([data-failed]) {
      display: block;
      inline-size: 20rem;
      max-inline-size: 100%;
      aspect-ratio: 16 / 9;
      object-fit: contain;
      background: var(--_raised);
      border-radius: var(--_radius-small);
    }

    .plain {
      white-space: pre-wrap;
    }

    .answer-note {
      color: var(--_muted);
      font-size: var(--_tiny);
    }

    .cite {
      position: relative;
      min-inline-size: 1.25rem;
      min-block-size: 1.25rem;
      padding: 0 0.3rem;
      margin-inline-start: 2px;
      text-align: center;
      border: 0;
      border-radius: var(--tillit-citation-radius, 0.375rem);
      background: var(--tillit-citation-color, var(--_accent-soft));
      color: var(--tillit-citation-text-color, var(--_link));
      font: 600 max(0.75rem, 12px) / 1 var(--_font);
      vertical-align: 1px;
      cursor: pointer;
    }

    /* A fingertip is wider than the chip. */
    .cite::after {
      content: '';
      position: absolute;
      inset: -0.125rem;
    }
  }
`;
