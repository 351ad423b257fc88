/*
 * The server side of test/support/commands.ts: what @web/test-runner-commands cannot do in every engine. The names are
 * our own, since its plug-ins are asked first and throw.
 */
export const testCommands = () => ({
  name: 'tillit-test-commands',
  async executeCommand({command, payload, session: {id, browser}}) {
    if (command !== 'x-chord') return undefined;
    if (browser.type !== 'puppeteer') {
      await browser.chord(payload);
      return true;
    }
    const {keyboard} = browser.getPage(id);
    const held = payload.slice(0, -1);
    for (const key of held) await keyboard.down(key);
    await keyboard.press(payload.at(-1));
    for (const key of held.toReversed()) await keyboard.up(key);
    return true;
  },
});
