/** For Svelte: the types of `<tillit-chat>` in its templates. Nothing else is needed, so nothing else is here. */
import type {TillitAttributes, TillitListeners, TillitProperties} from './elements/properties.js';
import type {TillitChat} from './elements/tillit-chat.js';

type TillitChatTag = TillitProperties & TillitAttributes & TillitListeners;

/* eslint-disable @typescript-eslint/ban-ts-comment, @typescript-eslint/no-redundant-type-constituents -- only a project with Svelte has this module */
/** @ts-ignore */
declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    /** @ts-ignore */
    'tillit-chat': TillitChatTag & HTMLAttributes<TillitChat>;
  }
}
