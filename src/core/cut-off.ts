import type {Turn} from './state.js';

/**
 * Whether it is for want of a network that the turn has failed.
 *
 * @param isThere whether the device says that it has one
 */
export function isCutOff({phase, error}: Turn, isThere: boolean): boolean {
  const code = phase === 'failed' ? error?.code : undefined;
  return code === 'network' || (!isThere && (code === 'interrupted' || code === 'timeout'));
}
