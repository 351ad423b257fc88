/** Which Tillit Chat this is, so that two on one page can be told apart. */
export {version} from '../package.json';
