/**
 * Registers a tag unless it is taken: a page may load the module twice, or two versions of it.
 * A constructor may have one tag alone, so a second registration of the same class is a no-op too.
 */
export function register(tag: string, constructor: CustomElementConstructor) {
  if (!customElements.get(tag)) customElements.define(tag, constructor);
}
