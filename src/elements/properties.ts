/**
 * What a host may set and hear, as types. They are worked out from the element and its events, so that the wrapper for
 * React and the templates of Vue and Svelte know a property as soon as it exists.
 */
import type {LitElement} from 'lit';

import type {TillitEvents} from './emit.js';
import type {TillitChat} from './tillit-chat.js';

/** The properties of `<tillit-chat>`: what it has beside any element, without its methods. */
export type TillitProperties = {
  [
    Name in keyof TillitChat as Name extends keyof LitElement
      ? never
      : TillitChat[Name] extends (...args: never[]) => unknown
        ? never
        : Name
  ]?: TillitChat[Name] | undefined;
};

/** Those that can be written in markup, under their name there: `ticketUrl` is `ticket-url`. */
export type TillitAttributes = {
  [
    Name in keyof TillitProperties as NonNullable<TillitProperties[Name]> extends string | number | boolean
      ? Kebab<Name>
      : never
  ]?: TillitProperties[Name];
};

export type TillitEvent<Name extends keyof TillitEvents> = CustomEvent<TillitEvents[Name]>;

/** `tillit-answer` is heard by `onTillitAnswer`. */
export type TillitHandlers = {
  [Name in keyof TillitEvents as `on${Pascal<Name>}`]?: ((event: TillitEvent<Name>) => void) | undefined;
};

/** `tillit-answer` is heard by `ontillit-answer`, for who writes the name of an event as it is. */
export type TillitListeners = {
  [Name in keyof TillitEvents as `on${Name}`]?: ((event: TillitEvent<Name>) => void) | undefined;
};

type Kebab<Name extends string> = Name extends `${infer Head}${infer Tail}`
  ? Tail extends Uncapitalize<Tail>
    ? `${Lowercase<Head>}${Kebab<Tail>}`
    : `${Lowercase<Head>}-${Kebab<Tail>}`
  : Name;

type Pascal<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Capitalize<Head>}${Pascal<Tail>}`
  : Capitalize<Name>;
