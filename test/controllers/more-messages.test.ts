import {expect, fixture, waitUntil} from '@open-wc/testing';
import {html, LitElement} from 'lit';

import {MoreMessages} from '../../src/controllers/more-messages.js';
import {loadMessages} from '../../src/i18n/locales.js';
import {Messages, type Catalog} from '../../src/i18n/messages.js';

class AppealView extends LitElement {
  static override properties = {messages: {attribute: false}};
  declare messages: Messages | undefined;
  readonly more = new MoreMessages(this);

  override render() {
    return html`${this.more.isMissing ? 'missing' : (this.more.value?.t('suspendedAppeal') ?? 'nothing')}`;
  }
}
customElements.define('test-appeal-view', AppealView);

async function show(messages?: Messages) {
  const view = await fixture<AppealView>(html`<test-appeal-view .messages=${messages}></test-appeal-view>`);
  const seen = () => view.shadowRoot!.textContent.trim();
  const says = (words: string) => waitUntil(() => seen() === words, `"${seen()}" becomes "${words}"`);
  return {view, seen, says};
}

describe('messages that a text conversation does without', () => {
  it('come to the element that says them', async () => {
    const {seen, says} = await show(await loadMessages('en', {}, false));
    expect(seen()).to.equal('nothing');
    await says('Appeal this decision');
  });

  it('follow the language', async () => {
    const {view, says} = await show(await loadMessages('en'));
    await says('Appeal this decision');
    view.messages = await loadMessages('sv');
    await says('Begär omprövning');
  });

  it('are those of the last language, when two were asked for at once', async () => {
    const {view, says} = await show(await loadMessages('en'));
    const [sv, en] = await Promise.all([loadMessages('sv'), loadMessages('en', {suspendedAppeal: 'Object'})]);
    view.messages = sv;
    await view.updateComplete;
    view.messages = en;
    await says('Object');
    await new Promise((done) => setTimeout(done, 50));
    await says('Object');
  });

  it('may fail to come, and be tried again', async () => {
    const broken = new Messages('en', {} as Catalog);
    broken.with = () => {
      throw new Error('no network');
    };
    const {view, says} = await show(broken);
    await says('missing');
    broken.with = Messages.prototype.with.bind(broken);
    view.more.retry();
    await says('Appeal this decision');
  });

  it('are nothing without a language', async () => {
    const {seen} = await show();
    expect(seen()).to.equal('nothing');
  });
});
