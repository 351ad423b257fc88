/** What is wrong with a page, told on the console to whoever made it. Loads only then. */
import {choices} from './settings.js';

export {tellTaken} from './tell-taken.js';

/** Puts the default in the place of a value that makes no sense. */
export function heedChoices(chat: Record<keyof typeof choices, string>) {
  for (const name of Object.keys(choices) as (keyof typeof choices)[]) {
    const values: readonly string[] = choices[name];
    // Lit gives `null` for an attribute that is taken away.
    const value: string | null = chat[name];
    if (value !== null && values.includes(value)) continue;
    const [usual = ''] = values;
    chat[name] = usual;
    if (value === null) continue;
    console.error(`<tillit-chat>: ${name}="${value}" is none of ${values.join(', ')}. The default, ${usual}, is used.`);
  }
}

/** Why nobody can be asked, if the page is to blame. */
export function blamePage({
  endpoint,
  transport,
}: {
  readonly endpoint?: string | undefined;
  readonly transport?: unknown;
}) {
  if (transport) return;
  if (!endpoint)
    console.error('<tillit-chat>: set the attribute `endpoint` or the property `transport`. There is nobody to ask.');
  else if (location.protocol === 'https:' && /^http:/i.test(endpoint))
    console.error(
      `<tillit-chat>: endpoint="${endpoint}" is not encrypted, but this page is, so browsers send nothing there. Use https.`,
    );
}
