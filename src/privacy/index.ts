/**
 * The guard: finds, judges and masks personal data, in the browser and on the server, with no dependency.
 *
 * Nordic and generic rules are in here. Other countries' come from `tillit-chat/privacy/packs`, and a list of all rules
 * with their sources from `tillit-chat/privacy/catalog`.
 */
export {findPii} from './find.js';
export {mask, unmask} from './mask.js';
export {checkPolicy} from './policy.js';
export {screen} from './screen.js';
export {piiTypes} from './types.js';
export type {
  Finding,
  IdRule,
  Mask,
  Masked,
  MaskMap,
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
