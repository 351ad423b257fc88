/**
 * Registers a tag unless it is taken: a page may load the module twice, or two versions of it. A constructor may have one
 * tag alone, so a second registration of the same class is a no-op too.
 */
export function register(tag: string, constructor: CustomElementConstructor & {version?: string}) {
  const taken = customElements.get(tag);
  if (!taken) customElements.define(tag, constructor);
  else if (taken !== constructor && constructor.version && !isTold) {
    isTold = true;
    const {version} = constructor;
    import('./complaint.js').then(
      ({tellTaken}) => tellTaken(tag, version, taken),
      () => {},
    );
  }
}

let isTold = false;
