/** For Vue: which tag its compiler leaves to the browser, and the types of that tag in templates. */
import type {TillitAttributes, TillitHandlers, TillitProperties} from './elements/properties.js';

/** Goes into `template.compilerOptions.isCustomElement` of Vue's plug-in. */
export const isCustomElement = (tag: string) => tag === 'tillit-chat';

/* eslint-disable @typescript-eslint/ban-ts-comment, @typescript-eslint/no-redundant-type-constituents -- only a project with Vue has this module */
/** @ts-ignore */
type AnyTag = import('vue').HTMLAttributes & import('vue').ReservedProps;

/** Vue calls a listener for `@tillit-answer` what React does. */
interface TillitChatTag {
  new (): {readonly $props: TillitProperties & TillitAttributes & TillitHandlers & AnyTag};
}

/** @ts-ignore */
declare module 'vue' {
  interface GlobalComponents {
    'tillit-chat': TillitChatTag;
  }
}
