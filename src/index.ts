/** What a single-page app imports. Registers nothing, touches no DOM: `tillit-chat/define` does that. */
export {TillitChat, type Mode, type Theme} from './elements/tillit-chat.js';
export {defineElements} from './elements/define-elements.js';
export type {TillitEvents} from './elements/emit.js';
export type {TillitAttributes, TillitEvent, TillitHandlers, TillitProperties} from './elements/properties.js';
export type {CodeBlock} from './answer/tokens.js';
export type {Strings} from './i18n/messages.js';
export type {PiiPolicy, PiiType, ScreenedText} from './privacy/types.js';
export {httpTransport, type GetToken, type HttpOptions} from './transports/http.js';
export * from './headless.js';
