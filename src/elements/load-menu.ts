import {loadMore} from '../i18n/locales.js';
import type {Messages} from '../i18n/messages.js';
import {register} from './register.js';

/** Defines what is in the menu. A load that failed is tried again the next time. */
export async function loadMenu(messages: Messages): Promise<void> {
  // The list says what only it says: without its words it would open empty.
  const [{TillitMenu}] = await Promise.all([import('./menu.js'), loadMore(messages)]);
  register('tillit-menu', TillitMenu);
}
