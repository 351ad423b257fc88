/** For Vue: which tag its compiler leaves to the browser, and the types of that tag in templates. */
import type {TillitAttributes, TillitHandlers, TillitProperties} from './elements/properties.js';

/** Goes into `template.compilerOptions.isCustomElement` of Vue's plug-in. */
export const isCustomElement = (tag: string) => tag === 'tillit-chat';

/** Vue calls a listener for `@tillit-answer` what React does. */
interface TillitChatTag {
  new (): {readonly $props: TillitProperties & TillitAttributes & TillitHandlers};
}

// eslint-disable-next-line @typescript-eslint/ban-ts-comment -- only a project with Vue has this module
/** @ts-ignore */
declare module 'vue' {
  interface GlobalComponents {
    'tillit-chat': TillitChatTag;
  }
}
