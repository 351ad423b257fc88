/**
 * Attributes given as `data-*`, for editors of pages that let no others pass. An attribute of its own name goes before.
 *
 * @param names which are taken. Never all there are: `data-onclick` passes where `onclick` would not
 */
export function takeData(chat: Element, names: readonly string[]) {
  for (const name of names) {
    const value = chat.getAttribute(`data-${name}`);
    if (value !== null && value !== 'false' && !chat.hasAttribute(name)) chat.setAttribute(name, value);
  }
}
