/**
 * The launcher's looks, as text: the pasted script draws the button without Lit, and the element draws the same one,
 * so that taking over shows no change.
 */
export const launcherCss = `
:host{all:initial}
:host([hidden]),:host([disabled]){display:none!important}
.launcher{all:initial;color-scheme:light dark;box-sizing:border-box;position:fixed;inset-block-end:var(--tillit-offset,1.25rem);inset-inline-end:var(--tillit-offset,1.25rem);z-index:var(--tillit-z-index,2147483000);inline-size:3.625rem;block-size:3.625rem;border-radius:1.25rem 1.25rem .375rem 1.25rem;background:var(--tillit-color-accent,light-dark(#0f5c52,#7fd3c3));color:var(--tillit-color-on-accent,light-dark(#fff,#06231f));display:grid;place-items:center;cursor:pointer;box-shadow:0 6px 24px rgb(0 0 0/.24);-webkit-tap-highlight-color:transparent}
:host([theme=light]) .launcher{color-scheme:light}
:host([theme=dark]) .launcher{color-scheme:dark}
.launcher:focus-visible{outline:2px solid var(--tillit-color-accent,light-dark(#0f5c52,#7fd3c3));outline-offset:3px}
.launcher svg{inline-size:1.625rem;block-size:1.625rem;fill:none;stroke:currentcolor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
@media(forced-colors:active){.launcher{border:1px solid ButtonText}}
@media print{.launcher{display:none}}
`;
