import {expect, fixture} from '@open-wc/testing';
import {html, LitElement} from 'lit';

import {ChatSlice} from '../../src/controllers/chat-slice.js';
import {reduce} from '../../src/core/reducer.js';
import {initialState} from '../../src/core/state.js';
import {createStore} from '../../src/core/store.js';
import type {Chat} from '../../src/core/session.js';

/** All of a conversation that a slice needs. */
function chatWith(draft: string) {
  const store = createStore(reduce, {...initialState, draft});
  return {store, draft: (text: string) => store.dispatch({type: 'drafted', text})} as Pick<
    Chat,
    'store' | 'draft'
  > as Chat;
}

class DraftView extends LitElement {
  static override properties = {chat: {attribute: false}};
  declare chat: Chat | undefined;
  renders = 0;
  readonly draft = new ChatSlice(this, (state) => state.draft);

  override render() {
    this.renders++;
    return html`${this.draft.value ?? 'no chat'}`;
  }
}
customElements.define('test-draft-view', DraftView);

async function follow(chat: Chat | undefined) {
  const view = await fixture<DraftView>(html`<test-draft-view .chat=${chat}></test-draft-view>`);
  const shown = async () => {
    await view.updateComplete;
    return view.shadowRoot!.textContent.trim();
  };
  return {view, shown};
}

describe('a slice of the chat', () => {
  it('is there at the first render, and follows', async () => {
    const chat = chatWith('one');
    const {shown} = await follow(chat);
    expect(await shown()).to.equal('one');
    chat.draft('two');
    expect(await shown()).to.equal('two');
  });

  it('renders nothing again when something else changes', async () => {
    const chat = chatWith('one');
    const {view, shown} = await follow(chat);
    const {renders} = view;
    chat.store.dispatch({type: 'gate', event: {type: 'loading'}});
    chat.draft('one');
    expect(await shown()).to.equal('one');
    expect(view.renders).to.equal(renders);
  });

  it('moves with the host to another chat, and lets the first go', async () => {
    const [first, second] = [chatWith('first'), chatWith('second')];
    const {view, shown} = await follow(first);
    view.chat = second;
    expect(await shown()).to.equal('second');
    const {renders} = view;
    first.draft('late');
    expect(await shown()).to.equal('second');
    expect(view.renders).to.equal(renders);
    view.chat = undefined;
    expect(await shown()).to.equal('no chat');
  });

  it('rests while the host is out of the document, and catches up when it is back', async () => {
    const chat = chatWith('one');
    const {view, shown} = await follow(chat);
    const parent = view.parentElement!;
    view.remove();
    const {renders} = view;
    chat.draft('two');
    await view.updateComplete;
    expect(view.renders).to.equal(renders);
    parent.append(view);
    expect(await shown()).to.equal('two');
  });
});
