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
import {chatError} from '../../src/core/errors.js';
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
      '1 of 5 ☆',
      '2 of 5 ☆',
      '3 of 5 ☆',
      '4 of 5 ☆',
      '5 of 5 ☆',
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

describe('the reasons for a low rating', () => {
  before(loadAll);

  const boxes = (chat: TillitChat) => all<HTMLInputElement>(chat, '[part~="rating-reason"] input');
  const rate = async (chat: TillitChat, score: number) => {
    stars(chat)[score - 1]!.click();
    await found(chat, submit);
  };

  it('are offered for 1 to 3 and nobody has to give one', async () => {
    const {chat, server} = await openAnswer();
    await rate(chat, 3);
    expect(boxes(chat).map(({labels}) => seen(labels![0]!))).to.deep.equal([
      'Wrong',
      'Outdated',
      'Incomplete',
      'Hard to understand',
      'Not what I asked',
    ]);
    await expect(chat).to.be.accessible();
    await says(chat, 'tillit-rating', 'Thank you');
    expect(server.asked.rate).to.have.length(1);
    expect(server.asked.rate[0]).not.to.have.property('reasons');
    stars(chat)[3]!.click();
    await until(() => boxes(chat).length === 0, 'the reasons go away');
  });

  it('are saved as they are chosen, and go along with the comment', async () => {
    const {chat, server} = await openAnswer();
    await rate(chat, 2);
    boxes(chat)[1]!.focus();
    await sendKeys({press: ' '});
    await until(() => server.asked.rate.length === 2, 'the reason is sent');
    expect(server.asked.rate.at(-1)).to.deep.include({score: 2, reasons: ['outdated']});
    boxes(chat)[3]!.click();
    await until(() => server.asked.rate.length === 3, 'both are sent');
    await write(comment(chat), 'Old picture.');
    one(chat, submit).click();
    await gone(chat, submit);
    expect(server.asked.rate.at(-1)).to.deep.include({
      score: 2,
      reasons: ['outdated', 'unclear'],
      comment: 'Old picture.',
    });
    boxes(chat)[1]!.click();
    await until(() => server.asked.rate.length === 5, 'the change is sent');
    expect(server.asked.rate.at(-1)).to.deep.include({reasons: ['unclear'], comment: 'Old picture.'});
  });

  it('stay chosen when they could not be saved, and go with the next try', async () => {
    const {chat, server} = await openAnswer();
    await rate(chat, 1);
    await says(chat, 'tillit-rating', 'Thank you');
    server.fails('rate', 'network');
    boxes(chat)[0]!.click();
    await found(chat, 'tillit-rating [role="alert"]');
    expect(boxes(chat).map(({checked}) => checked)).to.deep.equal([true, false, false, false, false]);
    one(chat, submit).click();
    await gone(chat, 'tillit-rating [role="alert"]');
    expect(server.asked.rate.at(-1)).to.deep.include({score: 1, reasons: ['wrong']});
  });

  it('are forgotten with a high score', async () => {
    const {chat, server} = await openAnswer();
    await rate(chat, 1);
    boxes(chat)[0]!.click();
    await until(() => server.asked.rate.length === 2, 'the reason is sent');
    stars(chat)[4]!.click();
    await until(() => server.asked.rate.at(-1)?.score === 5, 'the score is sent');
    expect(server.asked.rate.at(-1)).not.to.have.property('reasons');
  });
});

describe('the rating of a conversation', () => {
  before(loadAll);

  const card = '[part~="conversation-rating"]';
  const begin = {type: 'start', messageId: 'm1', conversationId: 'c1'} as const;
  const ended = async (setup?: Parameters<typeof openAnswer>[0], isAsked = true) => {
    const made = await openAnswer(setup, [begin, text('x [1]'), source, finish]);
    made.chat.reset();
    await found(made.chat, 'tillit-welcome');
    if (isAsked) await found(made.chat, `${card} [part~="rating-star"]`);
    return made;
  };

  it('is asked for once, when the person begins a new one', async () => {
    const {chat, server} = await ended();
    expect(seen(await found(chat, `${card} legend`))).to.equal('How was the conversation?');
    // The part of the catalog that a person reads before they type does not have these words.
    expect(chat.messages!.isWhole).to.equal(true);
    await expect(chat).to.be.accessible();
    await found(chat, `${card} [part~="rating-star"]`);
    all(chat, `${card} [part~="rating-star"]`)[4]!.click();
    await says(chat, card, 'Thank you');
    expect(server.asked.rate).to.deep.equal([{target: {conversationId: 'c1'}, score: 5}]);
    expect(count(chat, '[part~="rating-reason"]')).to.equal(0);
    chat.reset();
    await gone(chat, card);
  });

  it('takes a comment, screened like any other', async () => {
    const {chat, server} = await ended();
    await found(chat, `${card} [part~="rating-star"]`);
    all(chat, `${card} [part~="rating-star"]`)[1]!.click();
    await found(chat, `${card} form`);
    await write(comment(chat), 'Ask for 19811218-9876');
    one(chat, submit).click();
    await found(chat, `${card} [role="alert"]`);
    expect(server.asked.rate).to.have.length(1);
    await write(comment(chat), 'Slow.');
    one(chat, submit).click();
    await gone(chat, submit);
    expect(server.asked.rate.at(-1)).to.deep.equal({target: {conversationId: 'c1'}, score: 2, comment: 'Slow.'});
  });

  it('can be closed, and goes with the next question', async () => {
    const closed = await ended();
    (await found(closed.chat, `${card} .icon-button`)).click();
    await gone(closed.chat, card);
    const {chat, server} = await ended();
    await found(chat, card);
    void chat.ask('Something else');
    await until(() => server.streams.length === 2, 'the question leaves');
    await server.emit({...begin, conversationId: 'c2'});
    await gone(chat, card);
  });

  it('is asked for where the backend has closed the conversation, and not again after that', async () => {
    const {chat, server} = await openAnswer({}, [begin, text('x [1]'), source, finish]);
    void chat.ask('More?');
    await until(() => server.streams.length === 2, 'the question leaves');
    await server.emit({type: 'error', error: chatError('conversation_closed')});
    await found(chat, card);
    expect(count(chat, 'tillit-turn')).to.equal(2);
    one(chat, `${card} .icon-button`).click();
    await gone(chat, card);
    chat.reset();
    await found(chat, 'tillit-welcome');
    expect(count(chat, card)).to.equal(0);
  });

  it('is not asked for where nothing was answered, or nobody can take it', async () => {
    for (const setup of [{without: ['rate']}, {config: {features: {rating: false}}}] as const) {
      const {chat} = await ended(setup, false);
      expect(count(chat, card)).to.equal(0);
    }
    const {chat} = await openAnswer({}, [begin, finish]);
    chat.reset();
    await found(chat, 'tillit-welcome');
    expect(count(chat, card)).to.equal(0);
  });

  it('says when it could not be saved', async () => {
    const {chat, server} = await ended();
    server.fails('rate', 'network');
    await found(chat, `${card} [part~="rating-star"]`);
    all(chat, `${card} [part~="rating-star"]`)[0]!.click();
    await says(chat, `${card} [role="alert"]`, 'The rating could not be saved.');
    one(chat, submit).click();
    await gone(chat, `${card} [role="alert"]`);
    expect(server.asked.rate.at(-1)).to.deep.equal({target: {conversationId: 'c1'}, score: 1});
  });
});
