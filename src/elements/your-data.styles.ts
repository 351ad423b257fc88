import {css} from 'lit';

export const yourDataSheet = css`
  tillit-your-data {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-block-size: 0;

    .scroll {
      overflow: auto;
      padding: 0.25rem 1.125rem 1.125rem;
      scrollbar-width: thin;
    }

    h2 {
      font-size: 1.25rem;
      font-weight: 650;
      letter-spacing: -0.015em;
      line-height: 1.25;
      margin-block: 0.9rem 0.15rem;
    }

    section {
      margin-block-start: 1rem;
      padding-block-start: 0.75rem;
      border-block-start: 1px solid var(--_line);
    }

    h2 + section {
      border: 0;
      padding: 0;
      margin-block-start: 0.5rem;
    }

    h3 {
      font-size: 1rem;
      font-weight: 650;
      line-height: 1.35;
    }

    table {
      inline-size: 100%;
      border-collapse: collapse;
      font-size: 0.8125rem;
      margin-block-start: 0.4rem;
    }

    th,
    td {
      text-align: start;
      vertical-align: top;
      padding-block: 0.4rem;
      padding-inline-end: 0.75rem;
      border-block-end: 1px solid var(--_line);
    }

    tbody tr:last-child td {
      border: 0;
      padding-block-end: 0;
    }

    th {
      font-weight: 600;
      color: var(--_muted);
    }

    code {
      display: block;
      font: 0.75rem/1.4 ui-monospace, monospace;
      color: var(--_muted);
      overflow-wrap: anywhere;
    }

    .ways {
      margin-block-start: 0.6rem;
      align-items: center;
    }

    .ways > span {
      flex-basis: 100%;
      font-size: 0.875rem;
    }

    .labelled {
      display: grid;
      gap: 0.25rem;
      margin-block-start: 0.6rem;
      font-size: 0.875rem;
    }

    .result {
      margin-block-start: 0.6rem;
      padding: 0.65rem 0.8rem;
      border-radius: var(--_radius-small);
      background: var(--_accent-soft);
      font-size: 0.875rem;
    }

    .result.bad {
      background: var(--_block-soft);
    }

    .result ul {
      padding-inline-start: 1.125rem;
    }
  }
`;
