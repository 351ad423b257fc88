/**
 * What a page can say through `window.tillit`. Loads with the first command, which a page may have given before the
 * pasted script came.
 *
 *   tillit('open')                       the first chat of the page
 *   tillit('support.open')               the one with the id `support`
 *   tillit('close')
 *   tillit('ask', 'How do I …?')
 *   tillit('ticket', {description: '…'})
 *   tillit('set', 'locale', 'sv')        an attribute; a function or an object is a property, `false` or `null` takes away
 *   tillit('on', 'answer', listener)     without an id: of all chats; `off` likewise
 */
import type {TillitChat} from './elements/tillit-chat.js';

export {tellTaken} from './elements/tell-taken.js';

/** Makes the host the element, and has it act. */
export type Begin = (host: HTMLElement, act: (chat: TillitChat) => unknown) => unknown;

const methods: Readonly<Record<string, 'show' | 'hide' | 'ask' | 'openTicket'>> = {
  open: 'show',
  close: 'hide',
  ask: 'ask',
  ticket: 'openTicket',
};
const listens: Readonly<Record<string, 'addEventListener' | 'removeEventListener'>> = {
  on: 'addEventListener',
  off: 'removeEventListener',
};

/**
 * @param call a command and what goes with it
 * @param isBegun whether anything can be open
 * @returns whether there is a chat to do it; a later one may
 */
export function obey([name, what, value]: Iterable<unknown>, begin: Begin, isBegun: boolean): boolean {
  const [command = '', id] = String(name).split('.').reverse();
  const host = id ? document.getElementById(id) : document.querySelector<HTMLElement>('tillit-chat');
  const listen = listens[command];
  if (listen) {
    const event = String(what);
    const target = id ? host : document;
    target?.[listen](event.startsWith('tillit-') ? event : `tillit-${event}`, value as EventListener);
    return target !== null;
  }
  const method = methods[command];
  if (!method && command !== 'set') {
    const known = [...Object.keys(methods), ...Object.keys(listens), 'set'].join(', ');
    console.error(`tillit: there is no command "${String(name)}". Commands are ${known}.`);
    return true;
  }
  if (!host) return false;
  if (!method) set(host, String(what), value);
  else if (isBegun || command !== 'close') begin(host, (chat) => chat[method](what as string));
  return true;
}

function set(host: HTMLElement, name: string, value: unknown) {
  if (value === null || value === undefined || value === false) host.removeAttribute(name);
  else if (typeof value === 'object' || typeof value === 'function') Object.assign(host, {[name]: value});
  else host.setAttribute(name, value === true ? '' : typeof value === 'string' ? value : JSON.stringify(value));
}
