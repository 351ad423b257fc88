/**
 * When what has focus is taken away, such as a button whose press removes it, focus goes to the screen's field instead
 * of back to the beginning of the page. Focus that the person moved elsewhere stays there.
 *
 * @param root whose focus is kept, for as long as it lives
 * @param next where focus goes
 */
export function keepFocus(root: ShadowRoot, next: () => HTMLElement | null) {
  let at: Element | null = null;
  root.addEventListener('focusin', ({target}) => {
    const element = target as Element;
    // Not after a touch: focus in a field would bring up the keyboard, over the answer.
    at = matchMedia('(any-hover: hover)').matches || element.matches(':focus-visible') ? element : null;
  });
  root.addEventListener('focusout', () => {
    // What is taken away may lose focus by an event too; it is gone by then.
    void Promise.resolve().then(() => {
      if (at?.isConnected) at = root.activeElement;
    });
  });
  new MutationObserver(() => {
    if (!at || at.isConnected) return;
    at = null;
    if (document.activeElement === document.body) next()?.focus({preventScroll: true});
  }).observe(root, {childList: true, subtree: true});
}
