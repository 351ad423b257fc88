import {css} from 'lit';

/**
 * What sets the mood: a host sets these few, and everything else follows. What only one place needs is documented with
 * that place, as `@cssprop`, and defaults to one of these. Hosts write `--tillit-*`, we read `--_*`.
 * The trailing comment is the public documentation: the manifest is generated from it.
 * Lengths in rem: the person's own font size or the page's, whichever is larger (elements/adopt.ts); times in ms. A value
 * that makes no sense is told, and its default used: see check-theme.ts.
 *
 * Contrast is computed from luminance, the `y` of XYZ: what it promises holds for every hue, and in every engine.
 */
export const tokens = css`
  .root {
    --_accent: var(--tillit-color-accent, light-dark(#0f5c52, #7fd3c3)); /* The brand: questions, send, primary buttons, the launcher. */
    --_on-accent: var(--tillit-color-on-accent, color(from var(--_accent) xyz clamp(0, (0.18 - y) * 1e6, 0.95) clamp(0, (0.18 - y) * 1e6, 1) clamp(0, (0.18 - y) * 1e6, 1.09) / 1)); /* Text on the accent. By itself white or black, whichever can be read: 4.5:1 at least. */
    --_link: var(--tillit-color-link, light-dark(color(from var(--_accent) xyz calc(x * min(1, 0.135 / y)) calc(y * min(1, 0.135 / y)) calc(z * min(1, 0.135 / y)) / 1), color(from var(--_accent) xyz calc(x + max(0, 0.32 - y)) calc(y + max(0, 0.32 - y)) calc(z + max(0, 0.32 - y)) / 1))); /* Links, outlined buttons. By itself the accent, or its nearest shade that can be read on the surface. */
    --_focus: var(--tillit-color-focus, var(--_link)); /* The focus ring; 3:1 on surface. */
    --_surface: var(--tillit-color-surface, light-dark(#fffefb, #151a19)); /* Behind everything. A dark one makes the chat dark. */
    --_text: var(--tillit-color-text, light-dark(#1c2422, #e8efec)); /* Text; 7:1 on surface. */
    --_tint: var(--tillit-notice-tint, var(--_accent)); /* Tints the notice of who answers, which keeps its own text. */
    --_soft: light-dark(oklch(from var(--_tint) 0.95 calc(c * 0.25) h / 1), oklch(from var(--_tint) 0.29 calc(c * 0.4) h / 1));
    --_accent-soft: var(--tillit-color-accent-soft, var(--_soft)); /* Chosen and hovered things, citations. By itself as the notice. */
    --_raised: var(--tillit-color-raised, color-mix(in oklab, var(--_text) 5%, var(--_surface))); /* Notes, code, hovered buttons. */
    --_muted: var(--tillit-color-muted, color-mix(in oklab, var(--_text) 72%, var(--_surface))); /* Secondary text; 4.5:1 on surface. */
    --_line: var(--tillit-color-line, color-mix(in oklab, var(--_text) 13%, var(--_surface))); /* Quiet borders. */
    --_field: var(--tillit-color-field, color-mix(in oklab, var(--_text) 54%, var(--_surface))); /* Borders of fields; 3:1 on surface. */
    --_warn: var(--tillit-color-warn, light-dark(#8a4b00, #ffc36b)); /* Warnings; 4.5:1 on warn-soft. */
    --_warn-soft: var(--tillit-color-warn-soft, light-dark(#fff1dc, #33270f)); /* Behind warnings. */
    --_block: var(--tillit-color-block, light-dark(#a3221b, #ff9b92)); /* What stops a text or failed; 4.5:1 on block-soft. */
    --_block-soft: var(--tillit-color-block-soft, light-dark(#fdeae8, #3a1a18)); /* Behind what stops. */
    --_star: var(--tillit-color-star, light-dark(#b7791f, #f2c14e)); /* A chosen star; 3:1 on surface. */
    --_font: var(--tillit-font, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif); /* Typeface. */
    --_font-heading: var(--tillit-font-heading, var(--_font)); /* Typeface of titles. */
    --_font-size: var(--tillit-font-size, 0.9375rem); /* Body text; smaller and larger text follows. */
    --_line-height: var(--tillit-line-height, 1.55); /* Of body text. */
    --_space: var(--tillit-space, 0.5rem); /* Base gap; all others are multiples of it. */
    --_radius: var(--tillit-radius, 1.125rem); /* Panel. */
    --_radius-small: var(--tillit-radius-small, 0.625rem); /* Buttons, fields, cards. */
    --_shadow: var(--tillit-shadow, 0 1px 2px rgb(0 0 0 / 0.08), 0 12px 40px rgb(0 0 0 / 0.18)); /* Under the panel and what floats in it. */
    --_panel-width: var(--tillit-panel-width, 25rem); /* Panel in launcher and side mode. */
    --_panel-height: var(--tillit-panel-height, 42rem); /* Panel in launcher and inline mode; never higher than the window. */
    --_offset: var(--tillit-offset, 1.25rem); /* From the window's edges to the launcher and the panel. */
    --_offset-block: var(--tillit-offset-block, var(--_offset)); /* The same, from below or above alone. */
    --_offset-inline: var(--tillit-offset-inline, var(--_offset)); /* The same, from the side alone. */
    --_z-index: var(--tillit-z-index, 2147483000); /* Layer of the launcher. */
    --_motion: var(--tillit-motion, 150ms); /* Open, close, fade. */

    --_gutter: calc(var(--_space) * 2.25);
    --_small: calc(var(--_font-size) * 0.934);
    --_tiny: max(calc(var(--_font-size) * 0.84), 12px);
  }

  @media (prefers-contrast: more) {
    .root {
      --_line: var(--_text);
      --_field: var(--_text);
      --_muted: var(--_text);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .root {
      --_motion: 0ms;
    }
  }
`;
