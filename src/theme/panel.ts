import {css} from 'lit';

/** The panel around every screen, in each mode. */
export const panel = css`
  .panel {
    position: fixed;
    inset: auto;
    /* Above the launcher, or below. */
    --_beside: calc(var(--_offset-block) + var(--tillit-launcher-size, 3.625rem) + 0.875rem);
    inset-block-end: var(--_beside);
    inset-inline-end: var(--_offset-inline);
    inline-size: min(var(--_panel-width), calc(100vi - 2 * var(--_offset-inline)));
    block-size: min(var(--_panel-height), calc(100dvb - var(--_offset-block) - var(--_beside)));
    margin: 0;
    padding: 0;
    border: 0;
    overflow: auto;
    overscroll-behavior: contain;
    color: var(--_text);
    background: var(--_surface);
    border-radius: var(--_radius);
    box-shadow: var(--_shadow);
    /* Where large text leaves less, the panel scrolls as a whole, and nothing is squeezed. */
    grid-template: auto auto minmax(18rem, 1fr) auto / minmax(0, 1fr);
  }

  :host([place^='top']) .panel {
    inset-block: var(--_beside) auto;
  }

  :host([place$='start']) .panel {
    inset-inline: var(--_offset-inline) auto;
  }

  .panel:popover-open,
  .panel:not([popover]) {
    display: grid;
  }

  .panel:popover-open {
    transition: opacity var(--_motion), transform var(--_motion);

    @starting-style {
      opacity: 0;
      transform: translateY(0.5rem);
    }
  }

  header {
    display: flex;
    align-items: center;
    gap: 0.25rem;
    min-block-size: 3.75rem;
    padding-block: 0.6rem;
    padding-inline: var(--_gutter) 0.625rem;
    background: var(--tillit-header-color, none);
    color: var(--tillit-header-text-color, inherit);
  }

  header h1 {
    flex: 1;
    margin: 0;
    font-size: max(var(--_font-size), 1rem);
    font-family: var(--_font-heading);
    font-weight: 650;
    letter-spacing: -0.01em;
    line-height: 1.3;
    hyphens: auto;
    /* However long a product's name. */
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
  }

  header .back {
    margin-inline-start: -0.6rem;
  }

  /* Readable whatever a host sets: its accent only tints, and the person's font size only enlarges. */
  #notice {
    all: initial;
    color-scheme: inherit;
    display: flex;
    gap: 0.5rem;
    align-items: center;
    padding: 0.45rem 1.125rem;
    background: var(--_soft);
    color: light-dark(#1c2422, #e8efec);
    font: max(0.8125rem, 12px) / 1.4 var(--_font), sans-serif;
    overflow-wrap: anywhere;
  }

  #notice .icon {
    inline-size: 1rem;
    block-size: 1rem;
    color: var(--_link);
  }

  .screen {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-block-size: 0;
  }

  .talk {
    display: grid;
    grid-template-rows: minmax(0, 1fr) minmax(0, auto);
    min-block-size: 0;
  }

  .message {
    padding: 1.5rem var(--_gutter);
    display: grid;
    align-content: start;
    justify-items: start;
    gap: 0.75rem;
    overflow: auto;
  }

  /* What comes, as it will stand. */
  .loading::after {
    content: '';
    inline-size: 100%;
    block-size: 12rem;
    background: repeating-linear-gradient(var(--_raised) 0 1rem, transparent 0 2rem);
  }

  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space);
  }

  :host([mode='inline']) .panel {
    position: relative;
    inset: auto;
    inline-size: 100%;
    block-size: var(--_panel-height);
    box-shadow: none;
    border: 1px solid var(--_line);
  }

  :host([mode='inline']) {
    display: block;
  }

  :host([mode='side']) .panel {
    inset-block: 0;
    inset-inline-end: 0;
    block-size: 100dvb;
    border-radius: 0;
  }

  :host([mode='side'][place$='start']) .panel {
    inset-inline: 0 auto;
  }

  :host([mode='fullscreen']) .panel {
    inset: var(--_top, 0) 0 auto;
    inline-size: 100%;
    block-size: var(--_height, 100dvb);
    border-radius: 0;
  }

  /* Narrow or low windows, which zoomed pages are too: the whole window, so that nothing is squeezed. */
  @media (max-width: 30rem), (max-height: 30rem) {
    :host(:not([mode='inline'])) .panel {
      inset: var(--_top, 0) 0 auto;
      inline-size: 100%;
      block-size: var(--_height, 100dvb);
      border-radius: 0;
    }
  }

  @media (forced-colors: active) {
    .panel {
      border: 1px solid CanvasText;
    }

    #notice {
      border-block: 1px solid CanvasText;
    }
  }
`;
