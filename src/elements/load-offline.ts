import {loadMore} from '../i18n/locales.js';
import type {Messages} from '../i18n/messages.js';
import {register} from './register.js';

/**
 * Defines what shows a question that waits for the network, and fetches what it says: both before they are needed, for then
 * there is no network.
 */
export function loadOffline(messages: Messages): void {
  Promise.all([import('./offline.js'), loadMore(messages)]).then(
    ([{TillitOffline}]) => register('tillit-offline', TillitOffline),
    // The question can be sent again all the same.
    () => {},
  );
}
