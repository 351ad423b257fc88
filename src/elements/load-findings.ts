import {register} from './register.js';

/** Defines what shows the guard's findings: most questions never need it. A load that failed is tried again the next time. */
export async function loadFindings() {
  const {TillitFindings, countTypes, markFindings} = await import('./findings.js');
  register('tillit-findings', TillitFindings);
  return {countTypes, markFindings};
}
