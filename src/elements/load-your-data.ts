import {register} from './register.js';

/** Defines what a person sees and does about their data. A load that failed is tried again the next time. */
export async function loadYourData(): Promise<void> {
  const {TillitYourData, TillitPurposes} = await import('./your-data.js');
  register('tillit-purposes', TillitPurposes);
  register('tillit-your-data', TillitYourData);
}
