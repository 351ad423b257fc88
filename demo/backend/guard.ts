/** The same detector as in the browser, once more: what it blocks is refused before anything is stored. */
import type {PiiPolicy, Purpose} from 'tillit-chat/privacy';
import {screen} from 'tillit-chat/privacy';

import type {Locale} from './locale.js';
import {Problem} from './problem.js';
import {sentences} from './sentences.js';

export interface Guard {
  /** @throws Problem `content_filtered`; it does not say what was found. */
  refusePersonalData(text: string, purpose: Purpose, locale: Locale): void;
}

export function createGuard(policy?: PiiPolicy): Guard {
  return {
    refusePersonalData(text, purpose, locale) {
      // A warning is the person's to confirm, and they have: the browser does not send it otherwise.
      const {verdict} = screen(text, purpose, {warningsConfirmed: true, ...(policy && {policy})});
      switch (verdict) {
        case 'pass':
          return;
        case 'stop':
          throw new Problem(422, 'content_filtered', {display: sentences[locale].personalData});
        case 'failed':
          throw new Problem(500, 'server');
      }
    },
  };
}
