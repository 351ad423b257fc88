/** What joins transports. The adapters themselves have an entry each, so that a page loads only the one it uses. */
export {compose} from './compose.js';
