/**
 * The same detector as in the browser, once more: what it blocks is refused before anything is stored or passed on.
 * It knows every country's rules, since it does not know who will write.
 */
import type {Pack, PiiPolicy, Purpose} from 'tillit-chat/privacy';
import {screen} from 'tillit-chat/privacy';

import type {Locale} from './locale.js';
import {Problem} from './problem.js';
import {sentences} from './sentences.js';

/** Who wrote the text: the language we answer in, and all that they speak, as BCP 47 tags. */
export interface Writer {
  readonly locale: Locale;
  readonly languages: readonly string[];
}

export interface Guard {
  /** @throws Problem `content_filtered`; it does not say what was found. */
  refusePersonalData(text: string, purpose: Purpose, writer: Writer): void;
}

export interface GuardOptions {
  readonly packs?: readonly Pack[] | undefined;
  readonly policy?: PiiPolicy | undefined;
}

export function createGuard({packs = [], policy = {}}: GuardOptions = {}): Guard {
  return {
    refusePersonalData(text, purpose, {locale, languages}) {
      // A warning is the person's to confirm, and they have: the browser does not send it otherwise.
      const {verdict} = screen(text, purpose, {warningsConfirmed: true, policy, packs, locales: languages});
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
