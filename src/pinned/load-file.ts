/**
 * How the pasted build loads its files: each is pinned by the SHA-256 of its bytes, and one that was changed on its way
 * does not run. The script has the only copy and hands it to the elements: a page's Trusted Types allow a policy's name
 * once.
 *
 * A `<script type="module">` and not a preload link, whose `integrity` WebKit ignores. What a file imports statically is
 * fetched without a pin, so whoever asks for a file has asked for those first, and has waited: Chromium and WebKit fetch
 * again, unpinned, what has failed.
 */
export type LoadFile = (name: string, pin?: string) => Promise<Readonly<Record<string, unknown>>>;

interface Policy {
  createScriptURL(url: string): string;
}

declare global {
  interface Window {
    // Not in TypeScript's DOM. A policy gives objects; whoever takes them takes strings as well.
    readonly trustedTypes?: {createPolicy(name: string, rules: Policy): Policy};
  }
}

// Read as the script runs: the classic build knows only then where it is.
const here = import.meta.url;
/** `null` is refused. Asked for once, since each refusal is reported. */
let policy: Policy | null | undefined;
const loads: Record<string, Promise<unknown>> = {};

/**
 * @param name of a file in `chunks`, without `.js`
 * @param pin in Base64url; a file that nothing imports statically is called by its pin
 */
export const loadFile: LoadFile = async (name, pin = name) => {
  const url = new URL(`chunks/${name}.js`, here).href;
  // What failed is asked for again the next time.
  await (loads[name] ??= run(url, pin).catch((error: unknown) => {
    delete loads[name];
    throw error;
  }));
  return import(/* @vite-ignore */ url) as ReturnType<LoadFile>;
};

function run(url: string, pin: string): Promise<unknown> {
  const script = document.createElement('script');
  return new Promise((resolve, reject) => {
    script.type = 'module';
    script.crossOrigin = '';
    script.integrity = `sha256-${pin}`;
    // A page whose CSP knows nonces and no 'strict-dynamic'.
    script.nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
    // Where the policy is refused and Trusted Types are required, this throws, and nothing is loaded.
    script.src = policyOnce()?.createScriptURL(url) ?? url;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  }).finally(() => script.remove());
}

function policyOnce() {
  if (policy === undefined) {
    policy = null;
    try {
      policy = window.trustedTypes?.createPolicy('tillit-chat', {createScriptURL: (own) => own}) ?? null;
    } catch {
      // It stays refused.
    }
  }
  return policy;
}

/** Lets a file that was loaded load others. */
export const handOver = <Module extends object>(module: Module): Module => {
  (module as Module & {take(load: LoadFile): void}).take(loadFile);
  return module;
};
