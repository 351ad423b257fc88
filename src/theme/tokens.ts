import {css} from 'lit';

/**
 * Every custom property a host may set, once. Hosts write `--tillit-*`, we read `--_*`.
 * The trailing comment is the public documentation: the manifest is generated from it.
 * Lengths in rem, so that the person's font size counts; times in ms.
 */
export const tokens = css`
  :host {
    --_accent: var(--tillit-color-accent, light-dark(#0f5c52, #7fd3c3)); /* Links, send, chips, focus ring; 4.5:1 on surface. */
    --_on-accent: var(--tillit-color-on-accent, light-dark(#ffffff, #06231f)); /* Text on the accent; 4.5:1. */
    --_accent-soft: var(--tillit-color-accent-soft, light-dark(#e3f1ee, #17332f)); /* The notice and citation chips. */
    --_surface: var(--tillit-color-surface, light-dark(#fffefb, #151a19)); /* Panel background. */
    --_raised: var(--tillit-color-raised, light-dark(#f6f4ee, #1d2423)); /* Code, hovered buttons. */
    --_text: var(--tillit-color-text, light-dark(#1c2422, #e8efec)); /* Body text; 7:1 on surface. */
    --_muted: var(--tillit-color-muted, light-dark(#5b6663, #9fb0ab)); /* Secondary text; 4.5:1 on surface. */
    --_line: var(--tillit-color-line, light-dark(#e2dfd6, #2b3533)); /* Quiet borders. */
    --_field: var(--tillit-color-field, light-dark(#85908c, #6f807b)); /* Borders of fields; 3:1 on surface. */
    --_warn: var(--tillit-color-warn, light-dark(#8a4b00, #ffc36b)); /* Warnings; 4.5:1 on warn-soft. */
    --_warn-soft: var(--tillit-color-warn-soft, light-dark(#fff1dc, #33270f)); /* Behind warnings. */
    --_block: var(--tillit-color-block, light-dark(#a3221b, #ff9b92)); /* What stops a text or failed; 4.5:1 on block-soft. */
    --_block-soft: var(--tillit-color-block-soft, light-dark(#fdeae8, #3a1a18)); /* Behind what stops. */
    --_star: var(--tillit-color-star, light-dark(#b7791f, #f2c14e)); /* A chosen star. */
    --_font: var(--tillit-font, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif); /* Typeface. */
    --_font-size: var(--tillit-font-size, 0.9375rem); /* Body text. */
    --_space: var(--tillit-space, 0.5rem); /* Base gap; all others are multiples of it. */
    --_radius: var(--tillit-radius, 1.125rem); /* Panel. */
    --_radius-small: var(--tillit-radius-small, 0.625rem); /* Buttons, fields, cards. */
    --_panel-width: var(--tillit-panel-width, 25rem); /* Panel in launcher mode. */
    --_panel-height: var(--tillit-panel-height, 42rem); /* Panel in launcher mode; never higher than the window. */
    --_offset: var(--tillit-offset, 1.25rem); /* From the window's edge to the launcher and the panel. */
    --_z-index: var(--tillit-z-index, 2147483000); /* Layer of the launcher and the panel. */
    --_motion: var(--tillit-motion, 150ms); /* Open, close, fade. */
  }

  @media (prefers-reduced-motion: reduce) {
    :host {
      --_motion: 0ms;
    }
  }
`;
