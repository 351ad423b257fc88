import type {ChatTransport, Feature, RemoteConfig} from './transport.js';

/** A capability exists when the transport has its method and the config does not switch it off. What is not there shows no button. */
export function can(transport: ChatTransport, config: RemoteConfig | undefined, feature: Feature): boolean {
  return hasMethod(transport, feature) && config?.features[feature] !== false;
}

function hasMethod(transport: ChatTransport, feature: Feature): boolean {
  switch (feature) {
    case 'rating':
      return transport.rate !== undefined;
    case 'tickets':
      return transport.createTicket !== undefined;
    case 'export':
      return transport.exportConversation !== undefined;
    case 'delete':
      return transport.deleteConversation !== undefined;
    case 'speech':
      return transport.speechToken !== undefined;
  }
}
