/** The guard, which comes with the first key a person presses. */
import type {Guard} from '../core/options.js';
import type {Pack, PiiPolicy} from '../privacy/types.js';

export const loadPrivacy = () => import('../privacy/guard.js');

/**
 * Until the guard is there, with what the languages of the page and of the person add, and if it cannot come, nothing
 * passes.
 *
 * @param languages BCP 47: what is spoken on the page, then by the person
 */
export function lazyGuard(languages: () => readonly string[]): Required<Guard> {
  let loaded: {readonly guard: Awaited<ReturnType<typeof loadPrivacy>>; readonly packs: readonly Pack[]} | undefined;
  let loadedFor: string | undefined;
  return {
    screen: (text, purpose, options) =>
      loaded
        ? loaded.guard.screen(text, purpose, {...options, locales: languages(), packs: loaded.packs})
        : {verdict: 'failed'},
    mask: (...what) => loaded!.guard.mask(...what),
    async prepare() {
      const wanted = languages();
      if (loadedFor === wanted.join()) return;
      const guard = await loadPrivacy();
      loaded = {guard, packs: await guard.loadPacks(wanted)};
      loadedFor = wanted.join();
    },
  };
}

/** A slip in the policy is told where it is configured, and not when somebody types. */
export const tellPolicyErrors = (policy: PiiPolicy) =>
  loadPrivacy()
    .then(({checkPolicy}) => void checkPolicy(policy))
    .catch(console.error);
