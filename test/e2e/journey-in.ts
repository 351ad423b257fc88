/** Open → terms → accept → ask → answer → rating → ticket in any engine, or what the person is left with. */
import type {Engine} from '../engines/engines.js';

/** The page, or the frame in it that the chat lies in. */
const inPage = `const page = document.querySelector('iframe')?.contentDocument ?? document;
  const host = page.querySelector('tillit-chat');
  const all = (selector) => [...(host?.shadowRoot?.querySelectorAll(selector) ?? [])];
  const isSeen = (element) => element.getClientRects().length > 0 && element.checkVisibility({visibilityProperty: true});`;

const here = (body: string) => `(() => { ${inPage} ${body} })()`;

/** Words in place of the chat, if that is all there is. */
const closed = here(`
  const link = host?.querySelector('a');
  if (link && isSeen(link) && !all('button').length) return link.textContent;
  const failed = all('.launcher[data-failed]').find(isSeen);
  if (failed) return failed.innerText.trim();
  const said = all('.message[role=alert], [part~=turn] [role=alert], [part~=problem], .problem, .failure').find(isSeen);
  return said ? said.innerText.replace(/\\s+/g, ' ').trim() : '';`);

const press = (selector: string, at = 0) =>
  here(`const it = all('${selector}').filter(isSeen)[${at}]; it?.click(); return Boolean(it);`);
const write = (selector: string, text: string) =>
  here(`const it = all('${selector}').find(isSeen); if (!it) return false; it.focus(); it.value = ${JSON.stringify(text)};
    it.dispatchEvent(new Event('input', {bubbles: true, composed: true})); return true;`);
const told = (event: string) => here(`return (page.defaultView.seen?.events ?? []).includes('${event}');`);

const steps: readonly (readonly [what: string, expression: string])[] = [
  ['the launcher', press('.launcher')],
  ['the terms', press('#accept')],
  ['the field', write('[part~=input]', 'Hur registrerar jag sjukfrånvaro?')],
  ['a button that sends', here(`return all('[part~=send]').some((it) => it.ariaDisabled !== 'true' && isSeen(it));`)],
  ['the button', press('[part~=send]')],
  ['an answer with its sources', here(`return all('[part~=turn][aria-busy=false] [part~=source]').some(isSeen);`)],
  ['a star', press('[part~=rating-star]', 3)],
  ['that the rating is saved', told('tillit-rate')],
  ['the way to a ticket', press('[part~=ticket-open]')],
  ['a name', write('[part~=ticket-name]', 'Test Testsson')],
  ['an address', write('[part~=ticket-email]', 'test@example.com')],
  ['a button that sends it', press('[part~=ticket-submit]')],
  ['the receipt', here(`return all('[part~=ticket-receipt]').some(isSeen);`)],
];

/** @returns `works`, or the words that the person is left with */
export async function journeyIn(engine: Engine, mayClose = false): Promise<string> {
  for (const [what, expression] of steps) {
    const outcome = await engine.until<string | true>(mayClose ? `(${expression}) || (${closed})` : expression, what);
    if (outcome !== true) return outcome;
  }
  return 'works';
}

/** Errors nobody caught, in the page or the frame. */
export const errorsIn = (engine: Engine) =>
  engine.evaluate<readonly string[]>(here(`return page.defaultView.seen?.errors ?? [];`));
