/** What joins transports. The adapters themselves have an entry each, so that a page loads only the one it uses. */
export {compose, type ComposeOptions} from './compose.js';
export {failover, type FailoverOptions} from './failover.js';
