/**
 * Joins an adapter for the chat with another's services: no chat protocol defines ratings, tickets, terms or config.
 *
 * - What makes the answer comes from `chat` alone: `send`, `resume`, `stop`, `subscribe`.
 * - What concerns a stored conversation comes from `chat` when it keeps one, else from `services`: `load`,
 *   `exportConversation`, `deleteConversation`.
 * - Everything else comes from `services`, else from `chat`.
 *
 * What neither has stays absent, since a method that is present is a capability. Pass an object with single methods as
 * `services` to take only those: `compose(chat, {createTicket: native.createTicket})`.
 */
import type {ChatTransport} from '../core/transport.js';

type Method = Exclude<keyof ChatTransport, 'id'>;

const answering = ['send', 'resume', 'stop', 'subscribe'] as const;
const storing = ['load', 'exportConversation', 'deleteConversation'] as const;
const serving = ['config', 'accept', 'withdraw', 'rate', 'createTicket', 'speechToken'] as const;

export function compose(chat: ChatTransport, services: Partial<ChatTransport>): ChatTransport {
  return {
    ...methods(answering, chat),
    ...methods(storing, services, chat),
    ...methods(serving, chat, services),
    id: services.id === undefined ? chat.id : `${chat.id}+${services.id}`,
    send: (request, options) => chat.send(request, options),
    dispose() {
      chat.dispose?.();
      services.dispose?.();
    },
  };
}

/** The methods of these names, bound to where they come from; a later origin wins. */
function methods(names: readonly Method[], ...origins: readonly Partial<ChatTransport>[]): Partial<ChatTransport> {
  return Object.fromEntries(
    origins.flatMap((origin) => names.flatMap((name) => (origin[name] ? [[name, origin[name].bind(origin)]] : []))),
  );
}
