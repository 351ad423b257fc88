import {expect} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';

import {
  all,
  count,
  found,
  gone,
  hostLog,
  loadAll,
  one,
  openAnswer,
  openTurn,
  seen,
  says,
  until,
  write,
} from '../support/chat.js';
import {finish, settled, source, text} from '../support/scripted-transport.js';
import type {TillitChat} from '../../src/elements/tillit-chat.js';

const stars = (chat: TillitChat) => all<HTMLInputElement>(chat, '[part~="rating-star"] input');
const chosen = (chat: TillitChat) => stars(chat).findIndex(({checked}) => checked) + 1;
const comment = (chat: TillitChat) => one<HTMLTextAreaElement>(chat, '[part~="rating-comment"]');
const submit = '[part~="rating-submit"]';

describe('the rating', () => {
  before(loadAll);

  it('asks for 1 to 5 with names that can be read out', async () => {
    const {chat} = await openAnswer();
    expect(stars(chat).map(({labels}) => seen(labels![0]!))).to.deep.equal([
      '1 of 5 ★',
      '2 of 5 ★',
      '3 of 5 ★',
      '4 of 5 ★',
      '5 of 5 ★',
    ]);
    expect(seen(one(chat, 'tillit-rating legend'))).to.equal('Did this help?');
    expect(count(chat, submit)).to.equal(0);
    await expect(chat).to.be.accessible();
  });

  it('is saved as soon as a star is pressed', async () => {
    const {chat, server} = await openAnswer({}, [{type: 'start', messageId: 'm1'}, text('x [1]'), source, finish]);
    const host = hostLog(chat);
    all(chat, '[part~="rating-star"]')[3]!.click();
    await says(chat, 'tillit-rating', 'Thank you');
    expect(server.asked.rate).to.deep.equal([{target: {messageId: 'm1'}, score: 4}]);
    await until(() => host.of('tillit-rate').length > 0, 'the host is told');
    expect(host.of('tillit-rate')).to.have.length(1);
    expect(host.of('tillit-rate')[0]!.score).to.equal(4);
    expect(all(chat, '[part~="rating-star"][data-on]')).to.have.length(4);
    await expect(chat).to.be.accessible();
  });

  it('is chosen with the arrow keys, and the last choice stands', async () => {
    const {chat, server} = await openAnswer();
    stars(chat)[1]!.focus();
    await sendKeys({press: ' '});
    await until(() => server.asked.rate.length === 1, 'the first choice is sent');
    for (const _ of [1, 2]) {
      await sendKeys({press: 'ArrowRight'});
      await settled();
    }
    await until(() => server.asked.rate.at(-1)?.score === 4, 'the last choice is sent');
    await says(chat, 'tillit-rating', 'Thank you');
    expect(chosen(chat)).to.equal(4);
    expect(stars(chat)[3]!.matches(':focus')).to.equal(true);
  });

  it('shows the last choice when an earlier one is saved late', async () => {
    const {chat, server} = await openAnswer();
    const slow = server.will('rate');
    stars(chat)[1]!.click();
    await until(() => server.asked.rate.length === 1, 'the first choice is on its way');
    stars(chat)[4]!.click();
    await until(() => chat.chat!.store.get().turns[0]!.answers[0]!.rating?.score === 5, 'the last choice is taken');
    slow.release();
    await says(chat, 'tillit-rating', 'Thank you');
    expect(chosen(chat)).to.equal(5);
    expect(server.asked.rate.at(-1)!.score).to.equal(5);
  });

  it('takes a comment afterwards, with the score', async () => {
    const {chat, server} = await openAnswer();
    stars(chat)[2]!.click();
    await found(chat, submit);
    await write(comment(chat), 'Step 3 was unclear.');
    one(chat, submit).focus();
    await sendKeys({press: 'Enter'});
    await gone(chat, submit);
    expect(server.asked.rate.at(-1)).to.deep.include({score: 3, comment: 'Step 3 was unclear.'});
    expect(seen(one(chat, 'tillit-rating'))).to.include('Thank you for your rating.');
    await expect(chat).to.be.accessible();
  });

  it('keeps a comment that was sent when the score changes', async () => {
    const {chat, server} = await openAnswer();
    stars(chat)[2]!.click();
    await found(chat, submit);
    await write(comment(chat), 'Step 3 was unclear.');
    one(chat, submit).click();
    await gone(chat, submit);
    stars(chat)[3]!.click();
    await until(() => server.asked.rate.at(-1)?.score === 4, 'the score is sent');
    expect(server.asked.rate.at(-1)!.comment).to.equal('Step 3 was unclear.');
  });

  it('sends no comment that was only begun', async () => {
    const {chat, server} = await openAnswer();
    stars(chat)[2]!.click();
    await found(chat, submit);
    await write(comment(chat), 'Half a thou');
    stars(chat)[3]!.click();
    await until(() => server.asked.rate.at(-1)?.score === 4, 'the score is sent');
    expect(server.asked.rate.at(-1)!.comment).to.equal(undefined);
    expect(comment(chat).value).to.equal('Half a thou');
  });

  it('says that it could not be saved, and is sent again with the button', async () => {
    const {chat, server} = await openAnswer();
    server.fails('rate', 'network');
    stars(chat)[0]!.click();
    const alert = await found(chat, 'tillit-rating [role="alert"]');
    expect(seen(alert)).to.include('The rating could not be saved.').and.include('No contact with the service');
    await expect(chat).to.be.accessible();
    await write(comment(chat), 'Still here');
    one(chat, submit).click();
    await gone(chat, 'tillit-rating [role="alert"]');
    expect(server.asked.rate.at(-1)).to.deep.include({score: 1, comment: 'Still here'});
  });

  it('sends no comment with personal data, and says why where the comment is', async () => {
    const {chat, server} = await openAnswer();
    stars(chat)[0]!.click();
    await found(chat, submit);
    await write(comment(chat), 'Ask for 19811218-9876');
    one(chat, submit).click();
    const alert = await found(chat, 'tillit-rating [role="alert"]');
    expect(seen(alert)).to.include('1 piece of personal data was found.').and.include('Nothing has been sent.');
    expect(server.asked.rate).to.have.length(1);
    expect(comment(chat).value).to.equal('Ask for 19811218-9876');
    expect(comment(chat).ariaInvalid).to.equal('true');
    expect(one(chat, `#${comment(chat).getAttribute('aria-describedby')!}`).contains(alert)).to.equal(true);
    await expect(chat).to.be.accessible();
    await write(comment(chat), 'Ask for someone');
    expect(count(chat, 'tillit-rating [role="alert"]')).to.equal(0);
    one(chat, submit).click();
    await gone(chat, submit);
  });

  it('is not asked for while the answer arrives, nor for what cannot be rated', async () => {
    const {chat, server} = await openTurn();
    await server.emit(text('x'), source);
    expect(count(chat, 'tillit-rating')).to.equal(0);
    await server.emit({type: 'finish', reason: 'stop', rateable: false});
    expect(count(chat, 'tillit-rating')).to.equal(0);
    const switchedOff = await openAnswer({config: {features: {rating: false}}});
    expect(count(switchedOff.chat, 'tillit-rating')).to.equal(0);
    const unable = await openAnswer({without: ['rate']});
    expect(count(unable.chat, 'tillit-rating')).to.equal(0);
  });
});
