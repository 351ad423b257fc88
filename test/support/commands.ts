/** What a test may ask of the browser beyond @web/test-runner-commands. The other half is scripts/test-commands.mjs. */
import {executeServerCommand} from '@web/test-runner-commands';

/** Presses keys together, the last one last: `pressTogether('Shift', 'Tab')`. In all engines. */
export const pressTogether = (...keys: readonly string[]) =>
  executeServerCommand<boolean, readonly string[]>('x-chord', keys);
