import {expect} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';

import {
  all,
  ask,
  count,
  focused,
  focusIsOn,
  found,
  gone,
  hostLog,
  input,
  loadAll,
  maybe,
  one,
  openChat,
  openTurn,
  saying,
  seen,
  until,
  write,
} from '../support/chat.js';
import {pressTogether} from '../support/commands.js';
import {finish, held, settled, source, text} from '../support/scripted-transport.js';
import type {TillitChat} from '../../src/elements/tillit-chat.js';
import type {Screening} from '../../src/privacy/types.js';

/** A valid personnummer of the kind the tax authority sets aside for tests. */
const personId = '19811218-9876';
const send = '[part~="send"]';
const finding = '[part~="finding"]';
const alert = `${finding} [role="alert"]`;
const isOff = (element: HTMLElement) => element.getAttribute('aria-disabled') === 'true';

/** A key as an input method sends it: a composition that the Enter ends, or a key that only the method sees. */
const imeEnter = (field: HTMLElement, how: {readonly isComposing?: boolean; readonly keyCode?: number}) =>
  field.dispatchEvent(
    new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, composed: true, cancelable: true, ...how}),
  );

/** After the pause in which a text is looked at again. */
const rechecked = async (chat: TillitChat) => {
  await new Promise((later) => {
    setTimeout(later, 300);
  });
  await chat.updateComplete;
};

describe('the composer', () => {
  before(loadAll);

  it('is accessible, empty and written in', async () => {
    const {chat} = await openChat();
    expect(isOff(one(chat, send))).to.equal(true);
    await expect(chat).to.be.accessible();
    await write(input(chat), 'How do I invite an accountant?');
    expect(isOff(one(chat, send))).to.equal(false);
    await expect(chat).to.be.accessible();
  });

  it('sends once on Enter, and is empty then', async () => {
    const {chat, server} = await openChat();
    const host = hostLog(chat);
    await write(input(chat), '  How do I invite an accountant?  ');
    await sendKeys({press: 'Enter'});
    await until(() => server.asked.send.length > 0, 'the question leaves');
    expect(server.asked.send.map(({text: words}) => words)).to.deep.equal(['How do I invite an accountant?']);
    expect(input(chat).value).to.equal('');
    await until(() => host.of('tillit-ask').length > 0, 'the host is told');
    expect(host.of('tillit-ask')[0]).to.include({questionChars: 30});
  });

  it('sends with the button', async () => {
    const {chat, server} = await openChat();
    await write(input(chat), 'A question');
    one(chat, send).click();
    await until(() => server.asked.send.length === 1, 'the question leaves');
  });

  it('sends nothing when there is nothing but space', async () => {
    const {chat, server} = await openChat();
    await write(input(chat), ' \n ');
    await sendKeys({press: 'Enter'});
    one(chat, send).click();
    await settled();
    expect(server.asked.send).to.have.length(0);
  });

  it('breaks the line on Shift+Enter', async () => {
    const {chat, server} = await openChat();
    input(chat).focus();
    await sendKeys({type: 'a'});
    await pressTogether('Shift', 'Enter');
    await sendKeys({type: 'b'});
    expect(input(chat).value).to.equal('a\nb');
    expect(server.asked.send).to.have.length(0);
  });

  it('leaves the Enter that ends a composition to the input method', async () => {
    const {chat, server} = await openChat();
    await write(input(chat), 'にほんご');
    imeEnter(input(chat), {isComposing: true});
    imeEnter(input(chat), {keyCode: 229});
    await settled();
    expect(server.asked.send).to.have.length(0);
    expect(input(chat).value).to.equal('にほんご');
  });

  it('looks for nothing in a half-composed word, and at the whole when it is composed', async () => {
    const {chat} = await openChat();
    input(chat).dispatchEvent(new CompositionEvent('compositionstart', {bubbles: true}));
    await write(input(chat), personId);
    await new Promise((later) => {
      setTimeout(later, 350);
    });
    expect(count(chat, finding)).to.equal(0);
    input(chat).dispatchEvent(new CompositionEvent('compositionend', {bubbles: true}));
    await found(chat, finding);
  });

  it('makes one turn of two Enters', async () => {
    const {chat, server} = await openChat();
    await write(input(chat), 'A question');
    for (const _ of [1, 2])
      input(chat).dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true}));
    await until(() => server.asked.send.length > 0, 'the question leaves');
    await settled();
    expect(server.asked.send).to.have.length(1);
    expect(count(chat, '[part~="question"]')).to.equal(1);
  });

  it('keeps what is written while an answer arrives: Enter does nothing until it is there', async () => {
    const {chat, server} = await openTurn();
    await server.emit(text('Half'));
    await write(input(chat), 'And the next?');
    await sendKeys({press: 'Enter'});
    await settled();
    expect(server.asked.send).to.have.length(1);
    expect(input(chat).value).to.equal('And the next?');
    await server.emit(source, finish);
    await found(chat, send);
    expect(input(chat).value).to.equal('And the next?');
    await sendKeys({press: 'Enter'});
    await until(() => server.asked.send.length === 2, 'the second question leaves');
  });

  it('shows HTML in a question as text', async () => {
    const words = '<img src=x onerror="boom()"> & <b>bold</b>';
    const {chat, server} = await openTurn({}, words);
    expect(server.asked.send[0]!.text).to.equal(words);
    expect(one(chat, '[part~="question"]').textContent).to.include(words);
    expect(count(chat, '[part~="question"] :is(img, b)')).to.equal(0);
  });

  it('focuses the field when the box around it is pressed', async () => {
    const {chat} = await openChat();
    (document.activeElement as HTMLElement).blur();
    one(chat, '#composer-hint').click();
    await focusIsOn(chat, '[part~="input"]');
  });
});

describe('personal data in the composer', () => {
  before(loadAll);

  it('is marked in place soon after it is typed, and cannot be sent', async () => {
    const {chat, server} = await openChat();
    const host = hostLog(chat);
    input(chat).focus();
    await sendKeys({type: `Pay slip for ${personId}`});
    const box = await found(chat, finding);
    expect(seen(box))
      .to.include('1 piece of personal data was found.')
      .and.include('Personal identity number')
      .and.include('Nothing has been sent.');
    expect((await found(chat, 'mark')).textContent).to.equal(personId);
    expect(isOff(one(chat, send))).to.equal(true);
    expect(input(chat).ariaInvalid).to.equal('true');
    expect(seen(one(chat, `#${one(chat, send).getAttribute('aria-describedby')!}`))).to.equal(
      'Cannot be sent yet, see above',
    );
    await expect(chat).to.be.accessible();
    await sendKeys({press: 'Enter'});
    one(chat, send).click();
    await settled();
    expect(server.asked.send).to.have.length(0);
    expect(input(chat).value).to.equal(`Pay slip for ${personId}`);
    expect(host.of('tillit-pii-found')).to.deep.equal([{counts: {PERSON_ID: 1}}]);
  });

  it('is found at Enter when it is pasted and sent at once', async () => {
    const {chat, server} = await openChat();
    await write(input(chat), `My number is ${personId}`);
    await sendKeys({press: 'Enter'});
    await found(chat, finding);
    expect(server.asked.send).to.have.length(0);
  });

  it('is not told of a text that has been changed since', async () => {
    const {chat} = await openChat();
    const verdicts = [held<Screening>(), held<Screening>()];
    let asked = 0;
    Object.assign(chat.chat!, {screen: () => verdicts[asked++]!.promise});
    await write(input(chat), personId);
    await until(() => asked === 1, 'the text is looked at');
    await write(input(chat), 'harmless');
    verdicts[0]!.release({
      verdict: 'stop',
      findings: [{type: 'PERSON_ID', subtype: 'x', start: 0, end: 5, confidence: 1, severity: 'block', reason: 'x'}],
    });
    await settled();
    expect(count(chat, finding)).to.equal(0);
  });

  it('is told to screen readers', async () => {
    const {chat} = await openChat();
    await write(input(chat), personId);
    await found(chat, finding);
    expect(seen(one(chat, alert))).to.include('Personal identity number');
  });

  it('is told once, and not again at each key', async () => {
    const {chat} = await openChat();
    await write(input(chat), `For ${personId}`);
    await found(chat, finding);
    let told = 0;
    const observer = new MutationObserver((changes) => (told += changes.length));
    observer.observe(one(chat, alert), {childList: true, characterData: true, subtree: true});
    for (const more of [' a', ' an', ' and', ' and what']) {
      await write(input(chat), `For ${personId}${more}`);
      await until(() => seen(one(chat, '.under')).endsWith(more.trim()), 'it is drawn');
      await rechecked(chat);
    }
    expect(told).to.equal(0);
    await write(input(chat), `For ${personId} and eva@firma.se`);
    await until(() => seen(one(chat, alert)).includes('2 pieces'), 'what is new is told');
    observer.disconnect();
  });

  it('lies exactly under the words that are marked', async () => {
    const {chat} = await openChat();
    await write(input(chat), `Line one\n  My number is ${personId}, what now?`);
    await found(chat, 'mark');
    const under = one(chat, '.under');
    expect(under.textContent).to.equal(input(chat).value);
    for (const name of ['font', 'padding', 'line-height', 'letter-spacing', 'white-space', 'width', 'overflow-wrap']) {
      expect(getComputedStyle(under).getPropertyValue(name), name).to.equal(
        getComputedStyle(input(chat)).getPropertyValue(name),
      );
    }
  });

  it('is masked on request, and then the question can be sent', async () => {
    const {chat, server} = await openChat();
    await write(input(chat), ` Correct the pay slip of ${personId}`);
    (await found(chat, '[part~="mask"]')).focus();
    await sendKeys({press: 'Enter'});
    await gone(chat, finding);
    expect(input(chat).value).to.match(/^ Correct the pay slip of \[[A-Z_]+_1\]$/);
    await focusIsOn(chat, '[part~="input"]');
    await sendKeys({press: 'Enter'});
    await until(() => server.asked.send.length > 0, 'the question leaves');
    expect(server.asked.send[0]!.text).to.match(/^Correct the pay slip of \[[A-Z_]+_1\]$/);
  });

  it('is masked where it stands now, when the text has just been changed', async () => {
    const {chat} = await openChat();
    await write(input(chat), `For ${personId}`);
    await found(chat, finding);
    input(chat).value = `A longer question for ${personId}`;
    input(chat).dispatchEvent(new InputEvent('input', {bubbles: true}));
    one(chat, '[part~="mask"]').click();
    await until(() => input(chat).value.includes('['), 'it is masked');
    expect(input(chat).value).to.match(/^A longer question for \[[A-Z_]+_1\]$/);
  });

  it('is listed: what it is, and why it is taken for that', async () => {
    const {chat} = await openChat();
    await write(input(chat), `My personal number is ${personId}, mail eva@firma.se`);
    await found(chat, finding);
    expect(all(chat, `${finding} li`).map((item) => seen(item))).to.deep.equal([
      `${personId} Personal identity number or other ID number. The words beside it say what it is, and the check digit is right. Mask`,
      'eva@firma.se E-mail address. It is written the way such data is written. Mask',
    ]);
    expect(all(chat, `${finding} li button`)[1]!.ariaLabel).to.equal('Mask: e-mail address, eva@firma.se');
    await expect(chat).to.be.accessible();
  });

  it('is masked one by one, wherever the same value stands, or all at once', async () => {
    const {chat} = await openChat();
    await write(input(chat), `${personId} or ${personId}, mail eva@firma.se`);
    await found(chat, finding);
    all(chat, `${finding} li button`)[0]!.click();
    await until(() => input(chat).value === '[PERSONNUMMER_1] or [PERSONNUMMER_1], mail eva@firma.se', 'one is masked');
    await until(() => count(chat, `${finding} li`) === 1, 'the other is left');
    expect(isOff(one(chat, send))).to.equal(true);
    saying(chat, 'Mask').click();
    await gone(chat, finding);
    expect(input(chat).value).to.equal('[PERSONNUMMER_1] or [PERSONNUMMER_1], mail [EMAIL_1]');
    await write(input(chat), `Again ${personId}`);
    await found(chat, finding);
    saying(chat, 'Mask').click();
    await until(() => input(chat).value === 'Again [PERSONNUMMER_1]', 'the same value has the same placeholder');
  });

  it('is back when the masking is undone', async () => {
    const {chat} = await openChat();
    input(chat).focus();
    await sendKeys({type: `For ${personId}`});
    await found(chat, finding);
    saying(chat, 'Mask').click();
    await gone(chat, finding);
    document.execCommand('undo');
    await until(() => input(chat).value === `For ${personId}`, 'the text is as it was');
    await found(chat, finding);
    expect(isOff(one(chat, send))).to.equal(true);
  });

  it('is not listed without end, and masked all the same: a pasted list of customers', async () => {
    const {chat} = await openChat({config: {limits: {questionChars: 200_000}}});
    const mails = Array.from({length: 5000}, (_, n) => `kund${n}@firma${n}.se`);
    await write(input(chat), mails.join('\n'));
    expect(input(chat).value.length).to.be.above(90_000);
    await found(chat, finding);
    expect(count(chat, `${finding} li`)).to.equal(6);
    expect(all(chat, `${finding} li`).map((item) => seen(item))[5]).to.equal('4,995 more in the text');
    saying(chat, 'Mask all').click();
    await gone(chat, finding);
    expect(input(chat).value).not.to.include('@');
    expect(input(chat).value.split('\n')).to.have.length(5000);
  });

  it('is looked for in what is not typed: dictated, or put there by the page', async () => {
    const {chat, server} = await openChat();
    chat.chat!.draft(`Pay slip for ${personId}`);
    await found(chat, finding);
    expect(isOff(one(chat, send))).to.equal(true);
    expect(server.asked.send).to.have.length(0);
  });

  it('is handled as the page says, then as the backend says, type by type', async () => {
    const {chat} = await openChat({
      config: {piiPolicy: {EMAIL: 'warn', PHONE: 'off'}},
      set: {piiPolicy: {PHONE: 'block'}},
    });
    await write(input(chat), 'Mail eva@firma.se');
    expect((await found(chat, `${finding}`)).dataset['severity']).to.equal('warn');
    await write(input(chat), 'Call 070-174 06 05');
    await until(() => maybe(chat, finding)?.dataset['severity'] === 'block', 'a phone number blocks');
  });

  it('tells the vendor of a policy that names what does not exist, when the chat is opened', async () => {
    const before = console.error;
    const told: string[] = [];
    console.error = (error: unknown) => told.push(String(error));
    try {
      await openChat({set: {piiPolicy: {NAMN: 'block'} as never}});
      await until(() => told.length > 0, 'it is told');
    } finally {
      console.error = before;
    }
    expect(told).to.deep.equal(['TypeError: piiPolicy: unknown type "NAMN"']);
  });

  it("knows what the page's country writes, from its own pack", async () => {
    const {chat} = await openChat({set: {locale: 'de'}});
    await write(input(chat), 'Meine Steuer-ID: 86095742719');
    await found(chat, finding);
    expect((await found(chat, 'mark')).textContent).to.equal('86095742719');
  });

  it('is selected on Edit, so that the next key replaces it', async () => {
    const {chat} = await openChat();
    await write(input(chat), `For ${personId} please`);
    await found(chat, finding);
    saying(chat, 'Edit').click();
    await focusIsOn(chat, '[part~="input"]');
    await sendKeys({type: 'X'});
    expect(input(chat).value).to.equal('For X please');
    await gone(chat, finding);
    expect(isOff(one(chat, send))).to.equal(false);
  });

  it('shows every place at once', async () => {
    const {chat} = await openChat();
    const host = hostLog(chat);
    await write(input(chat), `${personId} and eva@firma.se`);
    await found(chat, finding);
    await found(chat, 'mark');
    expect(count(chat, 'mark')).to.equal(2);
    expect(host.of('tillit-pii-found')).to.deep.equal([{counts: {PERSON_ID: 1, EMAIL: 1}}]);
  });

  it('can be called no personal data when it is only suspected', async () => {
    const {chat, server} = await openChat();
    await write(input(chat), 'The server is 192.168.13.37');
    const box = await found(chat, finding);
    expect(box.dataset['severity']).to.equal('warn');
    await expect(chat).to.be.accessible();
    saying(chat, 'This is not personal data').focus();
    await sendKeys({press: 'Enter'});
    await until(() => server.asked.send.length > 0, 'the question leaves');
    expect(server.asked.send[0]!.text).to.equal('The server is 192.168.13.37');
    await focusIsOn(chat, '[part~="input"]');
  });

  it('cannot be called no personal data when it is certain', async () => {
    const {chat} = await openChat();
    await write(input(chat), personId);
    await found(chat, finding);
    expect(() => saying(chat, 'This is not personal data')).to.throw();
  });

  it('never reaches the host: no event holds a word that was typed', async () => {
    const {chat, server} = await openChat();
    const host = hostLog(chat);
    await write(input(chat), `Zanzibar ${personId}`);
    await found(chat, finding);
    await ask(chat, 'Zanzibar pay slip');
    await until(() => server.asked.send.length > 0, 'the question leaves');
    await server.emit(text('Quokka answer'), source, finish);
    await until(() => host.of('tillit-answer').length > 0, 'the host is told');
    expect(host.events.map(({name}) => name)).to.include.members(['tillit-pii-found', 'tillit-ask', 'tillit-answer']);
    expect(JSON.stringify(host.events)).not.to.match(/Zanzibar|Quokka|9876|slip/);
  });

  it('stops a host that asks from script too, and leaves the text to the person', async () => {
    const {chat, server} = await openChat();
    const outcome = await chat.ask(`Pay slip for ${personId}`);
    expect(outcome).to.include({asked: false, reason: 'blocked'});
    expect(server.asked.send).to.have.length(0);
    await until(() => input(chat).value === `Pay slip for ${personId}`, 'the text is in the field');
  });
});

describe('masked values in the answer', () => {
  before(loadAll);

  it('are put back on screen, and nowhere else', async () => {
    const {chat, server} = await openChat();
    await write(input(chat), `Correct the pay slip of ${personId}`);
    await found(chat, finding);
    saying(chat, 'Mask').click();
    await gone(chat, finding);
    await sendKeys({press: 'Enter'});
    await until(() => server.streams.length > 0, 'the question leaves');
    await server.emit(
      text(
        'Search for [PERSONNUMMER_1] under **staff, [PERSONNUMMER_1]**. [See](https://help.example.se/?q=[PERSONNUMMER_1]) [PERSONNUMMER_2]',
      ),
      source,
      finish,
    );
    const answer = await found(chat, 'tillit-answer-text p');
    await until(() => answer.querySelectorAll('.restored').length === 2, 'the values are shown');
    expect(seen(answer)).to.equal(`Search for ${personId} under staff, ${personId}. See [PERSONNUMMER_2]`);
    expect(answer.querySelector('a')!.href).not.to.include('9876');
    expect(seen(one(chat, '[part~="question"]'))).to.include('[PERSONNUMMER_1]');
    expect(JSON.stringify(server.asked)).not.to.include('9876');
    expect(JSON.stringify(chat.chat!.store.get())).not.to.include('9876');
    chat.reset();
    expect(chat.chat!.masks().size).to.equal(0);
  });
});

describe('the length of a question', () => {
  before(loadAll);

  it('is counted near the limit, not before', async () => {
    const {chat} = await openChat({config: {limits: {questionChars: 100}}});
    await write(input(chat), 'x'.repeat(79));
    expect(seen(one(chat, '#composer-hint'))).to.equal('Enter no personal data');
    await write(input(chat), 'x'.repeat(99));
    expect(seen(one(chat, '#composer-hint'))).to.equal('1 character left');
    await expect(chat).to.be.accessible();
  });

  it('stops what is too long, says by how much, and keeps every word', async () => {
    const {chat, server} = await openChat({config: {limits: {questionChars: 4000}}});
    const words = 'How do I? '.repeat(1000);
    await write(input(chat), words);
    await sendKeys({press: 'Enter'});
    await settled();
    expect(server.asked.send).to.have.length(0);
    expect(seen(one(chat, '#composer-hint'))).to.equal('5,999 characters too long');
    expect(isOff(one(chat, send))).to.equal(true);
    expect(input(chat).value).to.equal(words);
    expect(input(chat).hasAttribute('maxlength')).to.equal(false);
    await write(input(chat), words.slice(0, 3000));
    expect(isOff(one(chat, send))).to.equal(false);
  });

  it('lets the field grow to a bound, and scroll in itself from there', async () => {
    const {chat} = await openChat();
    const empty = input(chat).offsetHeight;
    await write(input(chat), 'one\ntwo\nthree');
    expect(input(chat).offsetHeight).to.be.above(empty * 1.5);
    await write(input(chat), 'line\n'.repeat(60));
    const box = one(chat, '.layers');
    expect(box.clientHeight).to.be.below(200);
    expect(box.scrollHeight).to.be.above(1000);
    expect(one(chat, send).checkVisibility()).to.equal(true);
    expect(focused(chat)).to.equal(input(chat));
  });
});
