/**
 * What is kept on the device, one row a key, for people to read: in the panel "Your data", and in SECURITY.md, whose
 * table `npm run manifest` writes from here. A test fails when a key of keys.ts has no row.
 */
import {conversationKey, draftKey} from './keys.js';

export interface KeptThing {
  /** Its message says what is kept, and what for: `dataKept_` and this. */
  readonly name: 'acceptance' | 'conversation' | 'draft';
  readonly key: (name: string) => string;
  /** Kept with the acceptance itself, or only where the person lets the conversation be kept on the device. */
  readonly needs: 'acceptance' | 'device';
}

export const keptThings: readonly KeptThing[] = [
  {name: 'acceptance', key: conversationKey, needs: 'acceptance'},
  {name: 'conversation', key: conversationKey, needs: 'device'},
  {name: 'draft', key: draftKey, needs: 'device'},
];
