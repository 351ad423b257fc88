/** What the element needs of the guard: one chunk, loaded with the first key. */
export {mask} from '../privacy/mask.js';
export {screen} from '../privacy/screen.js';
