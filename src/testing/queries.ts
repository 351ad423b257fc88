/**
 * Finds what is in the chat as a person or a screen reader would name it: by role and name, label or text. Works in any
 * page with a DOM, and says it as Testing Library does: `get` throws, `query` may find nothing, `find` waits.
 *
 * Knows the roles and names that the chat itself uses: HTML's own roles, `aria-label`, `aria-labelledby`, `<label>`,
 * `title`, and the text inside. What is hidden is not found.
 */

export interface Named {
  /** The whole name, but for white space at its ends; or a pattern that is somewhere in it. */
  readonly name?: string | RegExp;
}

export interface Waiting {
  readonly timeoutMs?: number;
}

export interface ChatQueries {
  getByRole(role: string, named?: Named): HTMLElement;
  getAllByRole(role: string, named?: Named): readonly HTMLElement[];
  queryByRole(role: string, named?: Named): HTMLElement | null;
  findByRole(role: string, named?: Named & Waiting): Promise<HTMLElement>;
  /** The field that has this label. */
  getByLabelText(label: string | RegExp): HTMLElement;
  /** The innermost element with this text, or with it beside other elements. */
  getByText(text: string | RegExp): HTMLElement;
  queryByText(text: string | RegExp): HTMLElement | null;
  findByText(text: string | RegExp, waiting?: Waiting): Promise<HTMLElement>;
  /** The public parts of this name, in the order of the document. */
  parts(name: string): readonly HTMLElement[];
}

/** @param chat the element; its shadow root is looked into */
export function chatQueries(chat: Element): ChatQueries {
  const all = () => [...(chat.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? [])].filter(isShown);
  const byRole = (role: string, {name}: Named = {}) =>
    all().filter((element) => roleOf(element) === role && (name === undefined || fits(nameOf(element), name)));
  const saying = (text: string | RegExp) => (element: Element) =>
    fits(textOf(element), text) || fits(ownTextOf(element), text);
  const byText = (text: string | RegExp) =>
    all()
      .filter(saying(text))
      .filter((element) => ![...element.children].some((child) => isShown(child) && saying(text)(child)));
  const byLabel = (label: string | RegExp) =>
    all().filter((element) => element.matches('input, textarea, select') && fits(nameOf(element), label));

  const the = (found: readonly HTMLElement[], wanted: string) => {
    if (found.length === 1) return found[0]!;
    const there = found.length === 0 ? `There is: ${summary(all())}.` : `It is there ${found.length} times.`;
    throw new Error(`Looked in the chat for one ${wanted}. ${there}`);
  };
  async function waitFor(find: () => HTMLElement, {timeoutMs = 5000}: Waiting = {}) {
    const giveUpAt = Date.now() + timeoutMs;
    for (;;) {
      try {
        return find();
      } catch (error) {
        if (Date.now() > giveUpAt) throw error;
        await new Promise((again) => {
          setTimeout(again, 20);
        });
      }
    }
  }

  const getByRole = (role: string, named?: Named) => the(byRole(role, named), `${role} ${shown(named?.name)}`);
  const getByText = (text: string | RegExp) => the(byText(text), `text ${shown(text)}`);
  return {
    getByRole,
    getAllByRole: byRole,
    queryByRole: (role, named) => byRole(role, named)[0] ?? null,
    findByRole: (role, {timeoutMs, ...named} = {}) =>
      waitFor(() => getByRole(role, named), timeoutMs === undefined ? {} : {timeoutMs}),
    getByLabelText: (label) => the(byLabel(label), `field ${shown(label)}`),
    getByText,
    queryByText: (text) => byText(text)[0] ?? null,
    findByText: (text, waiting) => waitFor(() => getByText(text), waiting),
    parts: (name) => [...(chat.shadowRoot?.querySelectorAll<HTMLElement>(`[part~="${name}"]`) ?? [])],
  };
}

/** Roles that come with the element. https://www.w3.org/TR/html-aria/#docconformance */
const roles: readonly (readonly [selector: string, role: string])[] = [
  ['button, summary, input:is([type=button], [type=submit])', 'button'],
  ['a[href]', 'link'],
  ['textarea, input:not([type]), input:is([type=text], [type=email], [type=tel], [type=url])', 'textbox'],
  ['input[type=search]', 'searchbox'],
  ['input[type=radio]', 'radio'],
  ['input[type=checkbox]', 'checkbox'],
  ['select', 'combobox'],
  ['option', 'option'],
  ['h1, h2, h3, h4, h5, h6', 'heading'],
  ['ul, ol', 'list'],
  ['li', 'listitem'],
  ['fieldset', 'group'],
  ['form', 'form'],
  ['table', 'table'],
  ['img', 'img'],
  ['output', 'status'],
  ['dialog', 'dialog'],
];

const roleOf = (element: Element) =>
  element.getAttribute('role') ?? roles.find(([selector]) => element.matches(selector))?.[1];

function isShown(element: Element): boolean {
  if (element.closest('[hidden], [inert], [aria-hidden=true], template, style, script')) return false;
  // Tells of `display: none` and a closed popover as well, where the page is drawn at all.
  return typeof element.checkVisibility !== 'function' || element.checkVisibility({visibilityProperty: true});
}

/** https://www.w3.org/TR/accname-1.2/, as far as the chat goes. */
function nameOf(element: HTMLElement): string {
  const root = element.getRootNode() as Document | ShadowRoot;
  const labelledBy = (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter((id) => id !== '');
  const byOthers = labelledBy.map((id) => root.getElementById(id)).filter((other) => other !== null);
  if (byOthers.length > 0) return byOthers.map(textOf).join(' ');
  const label = element.getAttribute('aria-label');
  if (label !== null && label.trim() !== '') return tidy(label);
  if (element.matches('fieldset')) return textOf(element.querySelector('legend'));
  if (element.matches('img')) return tidy(element.getAttribute('alt') ?? '');
  if (element.matches('input, textarea, select')) {
    const labels = [...((element as HTMLInputElement).labels ?? [])].map(textOf).join(' ');
    return labels || tidy(element.getAttribute('title') ?? '');
  }
  return textOf(element) || tidy(element.getAttribute('title') ?? '');
}

/** The words in it, slotted ones included, as a screen reader reads them. */
function textOf(node: Node | null): string {
  if (node === null) return '';
  if (node.nodeType === Node.TEXT_NODE) return node.nodeValue ?? '';
  if (node instanceof Element && node.closest('[aria-hidden=true], [hidden]')) return '';
  if (node instanceof HTMLElement && node.matches('textarea, select')) return '';
  const slotted = node instanceof HTMLSlotElement ? node.assignedNodes() : [];
  const children = slotted.length > 0 ? slotted : [...node.childNodes];
  return tidy(
    children.map((child) => (child.nodeType === Node.TEXT_NODE ? child.nodeValue : ` ${textOf(child)} `)).join(''),
  );
}

/** Without what stands in elements inside, such as words for screen readers alone. */
const ownTextOf = (element: Element) =>
  tidy([...element.childNodes].map((node) => (node.nodeType === Node.TEXT_NODE ? node.nodeValue : '')).join(''));

const tidy = (text: string) => text.replace(/\s+/g, ' ').trim();
const fits = (text: string, wanted: string | RegExp) =>
  typeof wanted === 'string' ? text === tidy(wanted) : wanted.test(text);
const shown = (wanted: string | RegExp | undefined) => (wanted === undefined ? '' : String(wanted));

/** What could have been meant: roles and names, without what a person wrote. */
const summary = (elements: readonly HTMLElement[]) =>
  elements
    .filter((element) =>
      ['button', 'link', 'textbox', 'heading', 'dialog', 'region', 'radio'].includes(roleOf(element) ?? ''),
    )
    .map((element) => `${roleOf(element)} “${nameOf(element)}”`)
    .slice(0, 20)
    .join(', ') || 'nothing';
