/** The guard: finds, judges and masks personal data, in the browser and on the server, with no dependency. */
export {findPii} from './find.js';
export {mask, unmask, type Masked, type MaskMap} from './mask.js';
export {checkPolicy} from './policy.js';
export {screen} from './screen.js';
export {piiTypes} from './types.js';
export type {
  Finding,
  IdRule,
  Pack,
  PiiOptions,
  PiiPolicy,
  PiiType,
  Purpose,
  Screen,
  ScreenedText,
  Screening,
  ScreenOptions,
  Severity,
} from './types.js';
