import {register} from './register.js';

/** Defines what is in the menu. A load that failed is tried again the next time. */
export async function loadMenu(): Promise<void> {
  const {TillitMenu} = await import('./menu.js');
  register('tillit-menu', TillitMenu);
}
