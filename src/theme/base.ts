import {css} from 'lit';

/** What every screen shares: the reset, text, buttons, fields. Tokens come first in the root. */
export const base = css`
  /* The rest of what the host needs comes with the launcher's sheet. */
  :host {
    display: contents;
  }

  /* A page can restyle the element itself, with a global "all: revert" for one: in here it has no say. */
  .root {
    all: initial;
    color-scheme: light dark;
    display: contents;
    color: var(--_text);
    font: var(--_font-size) / var(--_line-height) var(--_font);
    overflow-wrap: anywhere;
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
  }

  :host([theme='light']) .root {
    color-scheme: light;
  }

  :host([theme='dark']) .root {
    color-scheme: dark;
  }

  .root *,
  .root *::before,
  .root *::after {
    box-sizing: border-box;
  }

  .root [hidden] {
    display: none;
  }

  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .icon {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    flex: none;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .icon-menu {
    stroke-width: 3.5;
  }

  button,
  input,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }

  button {
    appearance: none;
    border: 0;
    background: none;
    padding: 0;
    cursor: pointer;
    text-align: start;
    hyphens: auto;
    -webkit-tap-highlight-color: transparent;
  }

  a {
    color: var(--_link);
    text-underline-offset: 0.15em;
  }

  :focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }

  h2 {
    font: 650 1.25rem / 1.25 var(--_font-heading);
    letter-spacing: -0.015em;
  }

  h2,
  h3,
  h4,
  p,
  ul,
  ol {
    margin: 0;
  }

  [tabindex='-1']:focus {
    outline: none;
  }

  .icon-button {
    inline-size: 2.25rem;
    block-size: 2.25rem;
    border-radius: var(--tillit-button-radius, var(--_radius-small));
    color: color-mix(in oklab, currentcolor 75%, transparent);
    display: grid;
    place-items: center;
    flex: none;
  }

  .button {
    font-weight: 600;
    font-size: var(--_small);
    line-height: 1.4;
    min-block-size: 2.5rem;
    padding: 0.5rem 1rem;
    border-radius: var(--tillit-button-radius, var(--_radius-small));
    border: 1.5px solid var(--_link);
    background: var(--_surface);
    color: var(--_link);
    text-align: center;
    text-decoration: none;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--_space);
  }

  .button.primary {
    border-color: transparent;
    background: var(--tillit-button-color, var(--_accent));
    color: var(--tillit-button-text-color, var(--_on-accent));
  }

  .button[aria-disabled='true'] {
    opacity: 0.6;
    cursor: default;
  }

  .chip {
    border: 1px solid color-mix(in oklab, currentcolor 28%, transparent);
    background: var(--_surface);
    border-radius: 1.25rem;
    padding: 0.4rem 0.85rem;
    min-block-size: 2.25rem;
    font-size: var(--_small);
    line-height: 1.4;
  }

  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space);
    list-style: none;
    padding: 0;
  }

  .field {
    inline-size: 100%;
    padding: 0.55rem 0.75rem;
    border: 1.5px solid var(--_field);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: var(--_text);
    font-size: var(--_font-size);
  }

  .field:focus-visible {
    outline-offset: -1px;
    border-color: var(--_link);
  }

  .field[aria-invalid='true'] {
    border-color: var(--_block);
  }

  /* iOS zooms into fields below 16 px. */
  @media (pointer: coarse) {
    .field,
    .layers {
      font-size: max(var(--_font-size), 16px);
    }
  }

  .note {
    display: grid;
    gap: 0.6rem;
    justify-items: start;
    padding: 0.7rem 0.8rem;
    border-radius: 0.75rem;
    background: var(--_raised);
    font-size: var(--_small);
  }

  .note[data-level='danger'] {
    background: var(--_block-soft);
  }

  .note[data-level='warning'] {
    background: var(--_warn-soft);
  }

  footer {
    display: grid;
    gap: 0.6rem;
    padding: 0.75rem var(--_gutter) 1rem;
    border-block-start: 1px solid var(--_line);
  }

  .seal {
    inline-size: 3rem;
    block-size: 3rem;
    border-radius: 50%;
    display: grid;
    place-items: center;
    background: var(--_accent-soft);
    color: var(--_link);
  }

  .problem {
    color: var(--_block);
  }

  .muted {
    color: var(--_muted);
    font-size: var(--_tiny);
  }

  @media (hover: hover) {
    .icon-button:not(.send):hover,
    .chip:hover {
      background: color-mix(in oklab, currentcolor 8%, transparent);
      color: inherit;
    }

    .button:hover:not(.primary, [aria-disabled='true']) {
      background: var(--_accent-soft);
    }
  }

  @media (forced-colors: active) {
    .button,
    .chip,
    .icon-button {
      border: 1px solid ButtonText;
    }

    /* What only a colour sets apart. */
    .finding,
    .note,
    .question {
      border: 1px solid;
    }
  }
`;
