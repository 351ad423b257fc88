/** The pasted script for a classic `<script async>`: imports the module that lies beside it. */
const here = (document.currentScript as HTMLScriptElement | null)?.src ?? document.baseURI;
void import(/* @vite-ignore */ new URL('tillit-chat.js', here).href);

export {};
