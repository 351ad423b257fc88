/**
 * The launcher's looks, as text: the pasted script draws the button without Lit, and the element draws the same one,
 * so that taking over shows no change. A colour that makes no sense leaves an icon that is seen.
 */
export const launcherCss = `
:host{all:initial}
:host([hidden]),:host([disabled]){display:none!important}
.launcher{all:initial;color-scheme:light dark;box-sizing:border-box;position:fixed;inset:auto;inset-block-end:env(safe-area-inset-bottom);inset-inline-end:0;margin:var(--tillit-offset-block,var(--tillit-offset,1.25rem)) var(--tillit-offset-inline,var(--tillit-offset,1.25rem));z-index:var(--tillit-z-index,2147483000);inline-size:var(--tillit-launcher-size,3.625rem);block-size:var(--tillit-launcher-size,3.625rem);--_tail:1.25rem 1.25rem .375rem;border-radius:var(--tillit-launcher-radius,var(--_tail));--_launcher:var(--tillit-launcher-color,var(--tillit-color-accent,light-dark(#0f5c52,#7fd3c3)));background:var(--_launcher);color:light-dark(#1c2422,#e8efec);display:grid;place-items:center;cursor:pointer;box-shadow:var(--tillit-launcher-shadow,0 6px 24px rgb(0 0 0/.24));-webkit-tap-highlight-color:transparent}
:host([place^=top]) .launcher{inset-block:0 auto}
:host([place$=start]) .launcher{inset-inline:0 auto}
:host([place$=start]) .launcher:dir(ltr),:host(:not([place$=start])) .launcher:dir(rtl){--_tail:1.25rem 1.25rem 1.25rem .375rem}
:host([place^=top]) .launcher{--_tail:1.25rem}
:host([theme=light]) .launcher{color-scheme:light}
:host([theme=dark]) .launcher{color-scheme:dark}
.launcher:focus-visible{outline:2px solid;outline-color:var(--tillit-color-focus,var(--_launcher));outline-offset:3px}
.launcher>slot{display:contents;color:var(--tillit-launcher-text-color,var(--tillit-color-on-accent,color(from var(--_launcher) xyz clamp(0,(0.18 - y)*1e6,0.95) clamp(0,(0.18 - y)*1e6,1) clamp(0,(0.18 - y)*1e6,1.09)/1)))}
.launcher svg{inline-size:1.625rem;block-size:1.625rem;fill:none;stroke:currentcolor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
@media(forced-colors:active){.launcher{border:1px solid ButtonText;background:ButtonFace}.launcher>slot{color:ButtonText}}
@media print{.launcher{display:none}}
`;
