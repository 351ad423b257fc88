/** What a person does in the chat, in any of the three engines: see engines.ts. */
import type {Engine} from './engines.js';

const find = (selector: string) =>
  `document.querySelector('tillit-chat')?.shadowRoot?.querySelector(${JSON.stringify(selector)})`;

export function personIn(engine: Engine) {
  const press = (selector: string) =>
    engine.until(
      `(() => { const it = ${find(selector)}; it?.click(); return Boolean(it); })()`,
      `${selector} is there`,
    );
  const see = (selector: string) => engine.until<boolean>(`Boolean(${find(selector)})`, `${selector} is there`);
  const type = (text: string) =>
    engine.until(
      `(() => { const field = ${find('[part~=input]')}; if (!field) return false;
        field.value = ${JSON.stringify(text)}; field.dispatchEvent(new Event('input', {bubbles: true})); return true; })()`,
      'there is a field to write in',
    );
  return {
    press,
    see,
    type,
    text: (selector: string) => engine.evaluate<string>(`${find(selector)}?.textContent ?? ''`),
    isThere: (selector: string) => engine.evaluate<boolean>(`Boolean(${find(selector)})`),
    openChat: async () => {
      await press('.launcher');
      await see('#accept');
    },
    accept: async () => {
      await press('#accept');
      await see('[part~=input]');
    },
    /** Sends the text and waits for the whole answer. */
    ask: async (text: string) => {
      await type(text);
      await engine.until(`${find('[part~=send]')}?.getAttribute('aria-disabled') === 'false'`, 'it may be sent');
      await press('[part~=send]');
      await engine.until(`${find('[part~=turn][aria-busy=false] [part~=answer]')}?.textContent`, 'it is answered');
    },
  };
}
