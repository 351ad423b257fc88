'use client';
/**
 * `<TillitChat>` for React 19: properties and events with their types, a ref to the element, and markup from the server.
 *
 * React hands properties to a custom element only once it is defined, and none when it takes over markup of the server;
 * so they are set here, where they are known to arrive. On a server nothing but the tag with its attributes is drawn.
 */
import {
  createElement,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  type HTMLAttributes,
  type ReactElement,
  type ReactNode,
  type Ref,
} from 'react';

import {defineElements} from '../elements/define-elements.js';
import type {TillitHandlers, TillitProperties} from '../elements/properties.js';
import {TillitChat as TillitChatElement} from '../elements/tillit-chat.js';
import './jsx.js';

export type {TillitEvents} from '../elements/emit.js';
export type {TillitEvent, TillitHandlers, TillitProperties} from '../elements/properties.js';
export type {TillitChatElement};

export type TillitChatProps = TillitProperties &
  TillitHandlers &
  Omit<HTMLAttributes<TillitChatElement>, keyof TillitProperties> & {
    /** The element, with `show()`, `ask()` and the other methods; there from the first effect on. */
    readonly ref?: Ref<TillitChatElement>;
    /** What goes into the slots: `<span slot="header">Help</span>`. */
    readonly children?: ReactNode;
  };

type Values = Readonly<Record<string, unknown>>;

export function TillitChat({ref, children, ...props}: TillitChatProps): ReactElement {
  const {properties, handlers, attributes} = sorted(props);
  const element = useRef<TillitChatElement>(null);
  const listener = useRef(listenerOf());
  const given = useRef<Values>({});

  useLayoutEffect(() => {
    const {current: ears} = listener;
    ears.handlers = handlers;
    // Before it is defined, so that nothing it says is missed. The same listener twice is one.
    for (const name of Object.keys(handlers)) element.current!.addEventListener(eventOf(name), ears);
    defineElements();
    assignChanged(element.current!, given.current, properties);
    given.current = properties;
    // What an element that is gone still says is for nobody.
    return () => {
      ears.handlers = {};
    };
  });
  useImperativeHandle(ref, () => element.current!, []);

  // The element reflects attributes of its own, which no server wrote.
  return createElement('tillit-chat', {...attributes, ref: element, suppressHydrationWarning: true}, children);
}

function sorted(props: Values) {
  const properties: Record<string, unknown> = {};
  const handlers: Record<string, unknown> = {};
  const attributes: Record<string, unknown> = {};
  // Lit collects a class's properties when it is asked for their attributes.
  void TillitChatElement.observedAttributes;
  for (const [name, value] of Object.entries(props)) {
    const property = TillitChatElement.elementProperties.get(name);
    if (property && !property.state) {
      properties[name] = value;
      const {attribute = name} = property;
      if (typeof attribute === 'string') attributes[attribute] = value;
    } else if (/^onTillit[A-Z]/.test(name)) handlers[name] = value;
    else attributes[name] = value;
  }
  return {properties, handlers, attributes};
}

/** Only what changed: a person may have opened the chat meanwhile, which the same `open` as before must not undo. */
function assignChanged(element: TillitChatElement, before: Values, after: Values) {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (Object.is(before[name], after[name])) continue;
    // No longer given: as in an element that never was given it.
    const source: object = after[name] === undefined ? document.createElement('tillit-chat') : after;
    Object.assign(element, {[name]: (source as Values)[name]});
  }
}

/** One for all events and renders, since a handler may be another function each time. */
function listenerOf() {
  return {
    handlers: {} as Values,
    handleEvent(event: Event) {
      for (const [name, handler] of Object.entries(this.handlers)) {
        if (eventOf(name) === event.type) (handler as ((event: Event) => void) | undefined)?.(event);
      }
    },
  };
}

/** `onTillitTermsAccept` → `tillit-terms-accept` */
const eventOf = (handler: string) =>
  handler
    .slice(2)
    .replace(/\B[A-Z]/g, (letter) => `-${letter}`)
    .toLowerCase();
