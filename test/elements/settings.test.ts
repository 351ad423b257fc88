import {expect} from '@open-wc/testing';

import {choices} from '../../src/elements/settings.js';
import type {TillitChat} from '../../src/elements/tillit-chat.js';
import {found, loadAll, renderChat, until} from '../support/chat.js';
import {settled} from '../support/scripted-transport.js';

describe('an attribute that makes no sense', () => {
  const {error} = console;
  let said: string[] = [];

  before(loadAll);
  before(() => import('../../src/elements/complaint.js'));
  beforeEach(() => {
    said = [];
    console.error = (words: unknown) => said.push(String(words));
  });
  afterEach(() => {
    console.error = error;
  });

  for (const [name, values] of Object.entries(choices) as [keyof typeof choices, readonly string[]][]) {
    it(`is told, with what ${name} may be, and the default is used`, async () => {
      const {chat} = await renderChat();
      chat.setAttribute(name, 'popup');
      await chat.updateComplete;
      await until(() => said.length, 'it is told');
      expect(said).to.deep.equal([
        `<tillit-chat>: ${name}="popup" is none of ${values.join(', ')}. The default, ${values[0]!}, is used.`,
      ]);
      expect(chat[name]).to.equal(values[0]);
      await chat.updateComplete;
      chat.show();
      await found(chat, '#accept');
      expect(said.length).to.equal(1);
    });
  }

  it('is not told when it makes sense, or is taken away', async () => {
    const {chat} = await renderChat();
    for (const [name, values] of Object.entries(choices)) {
      for (const value of values) {
        chat.setAttribute(name, value);
        await chat.updateComplete;
        expect(chat[name as keyof TillitChat]).to.equal(value);
      }
      chat.removeAttribute(name);
      await chat.updateComplete;
      await until(() => chat[name as keyof TillitChat] === values[0], `${name} is its default`);
    }
    await settled();
    await settled();
    expect(said).to.deep.equal([]);
  });

  it('is told of a chat that has nobody to ask, which says so to the person too', async () => {
    const {chat} = await renderChat();
    chat.transport = undefined;
    chat.show();
    await found(chat, '[role="alert"]');
    await until(() => said.length, 'it is told');
    expect(said).to.deep.equal([
      '<tillit-chat>: set the attribute `endpoint` or the property `transport`. There is nobody to ask.',
    ]);
  });
});
