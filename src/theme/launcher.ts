/**
 * The looks of the launcher, and of the frame of a chat in the page, as text: the pasted script draws them without Lit, and
 * the element draws the same, so that taking over shows no change. A colour that makes no sense leaves an icon that is seen.
 * `em` is the person's own font size here, which no page changes.
 */
export const launcherCss = `
:host{all:initial}
:host([hidden]),:host([disabled]){display:none!important}
.launcher{all:initial;color-scheme:light dark;box-sizing:border-box;position:fixed;inset-block-end:env(safe-area-inset-bottom);inset-inline-end:0;margin:var(--tillit-offset-block,var(--tillit-offset,max(1.25rem,1.25em))) var(--tillit-offset-inline,var(--tillit-offset,max(1.25rem,1.25em)));z-index:var(--tillit-z-index,2147483000);inline-size:var(--tillit-launcher-size,max(3.625rem,3.625em));block-size:var(--tillit-launcher-size,max(3.625rem,3.625em));--_tail:1.25em 1.25em .375em;border-radius:var(--tillit-launcher-radius,var(--_tail));--_launcher:var(--tillit-launcher-color,var(--tillit-color-accent,light-dark(#0f5c52,#7fd3c3)));background:var(--_launcher);color:light-dark(#1c2422,#e8efec);display:grid;place-items:center;cursor:pointer;box-shadow:var(--tillit-launcher-shadow,0 6px 24px rgb(0 0 0/.24))}
:host([place^=top]) .launcher{inset-block:0 auto}
:host([place$=start]) .launcher{inset-inline:0 auto}
:host([place$=start]) .launcher:dir(ltr),:host(:not([place$=start])) .launcher:dir(rtl){--_tail:1.25em 1.25em 1.25em .375em}
:host([theme=light]) :is(.launcher,.frame){color-scheme:light}
:host([theme=dark]) :is(.launcher,.frame){color-scheme:dark}
.launcher:focus-visible{outline:2px solid;outline-color:var(--tillit-color-focus,var(--_launcher));outline-offset:3px}
.launcher>*{display:contents;color:var(--tillit-launcher-text-color,var(--tillit-color-on-accent,color(from var(--_launcher) xyz clamp(0,(0.18 - y)*1e6,0.95) clamp(0,(0.18 - y)*1e6,1) clamp(0,(0.18 - y)*1e6,1.09)/1)))}
.launcher svg{inline-size:max(1.625rem,1.625em);block-size:max(1.625rem,1.625em);fill:none;stroke:currentcolor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
.launcher[aria-busy]{opacity:.6}
.launcher[data-failed]{inline-size:auto;max-inline-size:min(24em,100vi - 2.5em);grid-auto-flow:column;gap:.75em;padding:0 1.25em;font:max(.9375rem,.9375em)/1.3 var(--tillit-font,system-ui,sans-serif)}
:host([mode=inline]){display:block}
:host([mode=inline]) .launcher{position:static}
.frame{all:initial;color-scheme:light dark;box-sizing:border-box;display:grid;place-items:center;block-size:var(--tillit-panel-height,max(42rem,42em));border:1px solid var(--tillit-color-line,#8883);border-radius:var(--tillit-radius,max(1.125rem,1.125em));background:var(--tillit-color-surface,light-dark(#fffefb,#151a19))}
@media(forced-colors:active){.launcher{border:1px solid ButtonText;background:ButtonFace}.launcher>*{color:ButtonText}}
@media print{.launcher{display:none}}
`;
