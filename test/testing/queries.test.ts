import {expect} from '@open-wc/testing';

import {chatQueries} from '../../src/testing/queries.js';
import {loadAll, openAnswer, openChat, openTerms, openTicket, renderChat, write} from '../support/chat.js';

describe('queries of the test kit', () => {
  before(loadAll);

  it('find by role and name what a person could press, and nothing that is hidden', async () => {
    const {chat} = await renderChat();
    const {getByRole, queryByRole} = chatQueries(chat);
    expect(getByRole('button', {name: 'Open the help chat'}).part.contains('launcher')).to.equal(true);
    expect(queryByRole('button', {name: 'Accept'})).to.equal(null);
  });

  it('wait for what is to come', async () => {
    const {chat} = await renderChat();
    const {getByRole, findByRole} = chatQueries(chat);
    getByRole('button', {name: 'Open the help chat'}).click();
    (await findByRole('button', {name: 'Accept'})).click();
    expect((await findByRole('textbox')).part.contains('input')).to.equal(true);
  });

  it('name a dialog after its heading', async () => {
    const {chat} = await openTerms();
    const {getByRole} = chatQueries(chat);
    expect(getByRole('dialog', {name: 'Help centre'}).part.contains('panel')).to.equal(true);
    expect(getByRole('heading', {name: /Terms for the help chat/}).localName).to.match(/^h\d$/);
  });

  it('find fields by their labels', async () => {
    const {chat} = await openTicket();
    const {getByLabelText, parts} = chatQueries(chat);
    expect(getByLabelText(/^Name/)).to.equal(parts('ticket-name')[0]);
    expect(getByLabelText(/^E-mail/)).to.equal(parts('ticket-email')[0]);
  });

  it('find text where it stands, and stars by what they say', async () => {
    const {chat} = await openAnswer();
    const {getByText, getByRole, getAllByRole} = chatQueries(chat);
    expect(getByText('How do I correct a pay slip?').part.contains('question')).to.equal(true);
    expect(getByRole('radio', {name: '4 of 5'}).getAttribute('value')).to.equal('4');
    expect(getAllByRole('radio').length).to.equal(5);
  });

  it('say what there is when they find nothing, without what a person wrote', async () => {
    const {chat} = await openChat();
    const {getByRole, getByLabelText, parts} = chatQueries(chat);
    await write(parts('input')[0] as HTMLTextAreaElement, 'a secret');
    expect(() => getByRole('button', {name: 'Accept'})).to.throw(
      /one button Accept\. There is: .*button “Close”.*textbox “/,
    );
    expect(() => getByRole('button')).to.throw(/It is there \d+ times/);
    try {
      getByLabelText('Nothing');
    } catch (error) {
      expect((error as Error).message).not.to.contain('secret');
    }
  });
});
