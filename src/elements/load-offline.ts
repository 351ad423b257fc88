import {register} from './register.js';

/** Defines what shows a question that waits for the network. Loaded before it is needed: then there is no network. */
export function loadOffline(): void {
  import('./offline.js').then(
    ({TillitOffline}) => register('tillit-offline', TillitOffline),
    // The question can be sent again all the same.
    () => {},
  );
}
