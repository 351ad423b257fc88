/** What a chat needs of the guard, as one file that it can load late. */
export {loadPacks} from './load-packs.js';
export {mask} from './mask.js';
export {checkPolicy} from './policy.js';
export {screen} from './screen.js';
