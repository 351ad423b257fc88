import {expect, fixture, html} from '@open-wc/testing';

import {keepFocus} from '../../src/controllers/keep-focus.js';
import {settled} from '../support/scripted-transport.js';

async function render() {
  const page = await fixture<HTMLElement>(html`<div><p tabindex="-1">page</p><section></section></div>`);
  const root = page.querySelector('section')!.attachShadow({mode: 'open'});
  root.innerHTML =
    '<button id="retry">Retry</button><button id="other">Other</button><textarea aria-label="Question"></textarea>';
  keepFocus(root, () => root.querySelector('textarea'));
  return {page, root, get: (selector: string) => root.querySelector<HTMLElement>(selector)!};
}

describe('focus', () => {
  it('goes to the field when the button that has it is taken away', async () => {
    const {root, get} = await render();
    get('#retry').focus();
    get('#retry').remove();
    await settled();
    expect(root.activeElement?.localName).to.equal('textarea');
  });

  it('stays with the person who moved on before the button was taken away', async () => {
    const {root, get} = await render();
    get('#retry').focus();
    get('#other').focus();
    await settled();
    get('#retry').remove();
    await settled();
    expect(root.activeElement?.id).to.equal('other');
  });

  it('stays where the person is on the page', async () => {
    const {page, root, get} = await render();
    get('#retry').focus();
    page.querySelector('p')!.focus();
    await settled();
    get('#retry').remove();
    await settled();
    expect(root.activeElement === null).to.equal(true);
    expect(document.activeElement === page.querySelector('p')).to.equal(true);
  });

  it('is not taken back by a chat that the person left for nothing in particular', async () => {
    const {root, get} = await render();
    get('#retry').focus();
    get('#retry').blur();
    await settled();
    get('#retry').remove();
    await settled();
    expect(root.activeElement === null).to.equal(true);
  });

  it('stays in a control that is moved and not taken away', async () => {
    const {root, get} = await render();
    get('#other').focus();
    get('#retry').remove();
    await settled();
    expect(root.activeElement?.id).to.equal('other');
  });
});
