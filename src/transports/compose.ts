/**
 * Joins an adapter for the chat with another's services: no chat protocol defines ratings, tickets, terms or config.
 *
 * - What makes the answer comes from `chat` alone: `send`, `resume`, `stop`, `subscribe`, `leaveHuman`.
 * - What concerns a stored conversation comes from `chat` when it keeps one, else from `services`: `load` and
 *   `exportConversation`. `deleteConversation` and `deleteEverything` reach both.
 * - Everything else comes from `services`, else from `chat`.
 *
 * What neither has stays absent, since a method that is present is a capability. Pass an object with single methods as
 * `services` to take only those: `compose(chat, {createTicket: native.createTicket})`.
 *
 * Services hear of conversations and answers by the ids that `chat` gave them, or, where it gave none, by the ids of the
 * person's questions.
 */
import type {Answerer} from '../core/events.js';
import type {ChatTransport} from '../core/transport.js';
import {answering, deleteAllEverywhere, deleteEverywhere, methods, serving, storing} from './methods.js';

export interface ComposeOptions {
  /**
   * Who answers in `chat`, for the notice before the first answer: the config of `services` speaks of what answers there,
   * not of what answers here. AI when it is not given, since an AI must never be taken for anything else.
   */
  readonly answerer?: Answerer;
}

export function compose(
  chat: ChatTransport,
  services: Partial<ChatTransport>,
  {answerer = {kind: 'ai'}}: ComposeOptions = {},
): ChatTransport {
  const config = services.config?.bind(services);
  return {
    ...methods(answering, chat),
    ...methods(storing, services, chat),
    ...deleteEverywhere([chat, services].flatMap((origin) => origin.deleteConversation?.bind(origin) ?? [])),
    ...deleteAllEverywhere([chat, services].flatMap((origin) => origin.deleteEverything?.bind(origin) ?? [])),
    ...methods(serving, chat, services),
    ...(config && {config: async (options) => ({...(await config(options)), answerer})}),
    id: services.id === undefined ? chat.id : `${chat.id}+${services.id}`,
    send: (request, options) => chat.send(request, options),
    dispose() {
      chat.dispose?.();
      services.dispose?.();
    },
  };
}
