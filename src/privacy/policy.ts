/** What is done about each type, and what the vendor may decide. That a text is screened at all is not among it. */
import {piiTypes, type PiiPolicy, type PiiType, type Severity} from './types.js';

const warned: readonly PiiType[] = ['NAME', 'ADDRESS', 'ORG_ID', 'IP', 'PLATE', 'HEALTH', 'UNION', 'OTHER'];

/** What is done about a type that no policy names. A rule may be stricter: an introduced name blocks. */
export const defaultSeverity = (type: PiiType): Severity => (warned.includes(type) ? 'warn' : 'block');

/**
 * Reads a policy where it is configured, so that a slip is an error there and not a hole while somebody types.
 *
 * @param policy what a host wrote: type → `block`, `warn` or `off`, such as `{ORG_ID: 'off'}`
 * @returns the same object
 * @throws {TypeError} at anything but an object, at an unknown type or decision; the message names the type.
 */
export function checkPolicy(policy: unknown): PiiPolicy {
  if (typeof policy !== 'object' || policy === null || Array.isArray(policy)) {
    throw new TypeError('piiPolicy must be an object');
  }
  for (const [type, decision] of Object.entries(policy)) {
    if (!(piiTypes as readonly string[]).includes(type)) {
      throw new TypeError(`piiPolicy: unknown type "${type}"`);
    }
    if (!['block', 'warn', 'off', undefined].includes(decision as Severity)) {
      throw new TypeError(`piiPolicy.${type} must be block, warn or off`);
    }
  }
  return policy;
}
