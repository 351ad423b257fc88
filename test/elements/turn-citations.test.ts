import {expect} from '@open-wc/testing';
import {html} from 'lit';

import {all, count, found, hostLog, loadAll, one, openAnswer, openTurn, seen, says, until} from '../support/chat.js';
import {finish, text} from '../support/scripted-transport.js';
import type {ChatEvent} from '../../src/core/events.js';
import type {TillitChat} from '../../src/elements/tillit-chat.js';

const article = (id: string, n: number, more: object = {}): ChatEvent => ({
  type: 'source',
  source: {id, n, title: `Article ${n}`, url: `https://help.example/${n}`, ...more},
});
const cite = (sourceId: string, end: number): ChatEvent => ({type: 'cite', sourceId, start: 0, end});
const cites = (chat: TillitChat) => all(chat, '[part~="citation"]').map(seen);
const listed = (chat: TillitChat, where = '[part~="sources"]') =>
  [...one(chat, where).querySelectorAll('[part~="source"]')].map(seen);

describe('citations that a backend tells beside the text', () => {
  before(loadAll);

  it('stand in the answer and open their source', async () => {
    const {chat} = await openAnswer({}, [
      text('Open the pay slip. Then save.'),
      article('a', 1),
      cite('a', 'Open the pay slip.'.length),
      finish,
    ]);
    expect(seen(one(chat, 'tillit-answer-text'))).to.equal('Open the pay slip.1 Then save.');
    one(chat, '[part~="citation"]').click();
    expect(seen(await found(chat, '[part~="citation-popover"]'))).to.include('Article 1');
  });

  it('leave the answer as it is when nobody knows the source', async () => {
    const {chat} = await openAnswer({}, [text('So it is. [9]'), article('a', 1), cite('x', 9), finish]);
    expect(seen(one(chat, 'tillit-answer-text'))).to.equal('So it is. [9]');
    expect(cites(chat)).to.deep.equal([]);
  });

  it('that come late touch their own block alone', async () => {
    const {chat, server} = await openTurn();
    const blocks = ['First claim.', '- a\n- b', 'Third claim.', '```js\ncode();\n```', 'Fifth claim.'];
    await server.emit(article('a', 1), text(`${blocks.join('\n\n')}\n\nThe end`));
    await says(chat, 'tillit-answer-text', 'The end');
    const answer = one(chat, 'tillit-answer-text');
    const third = [...answer.querySelectorAll('p')].find((paragraph) => seen(paragraph) === 'Third claim.')!;
    const changed: Node[] = [];
    const observer = new MutationObserver((records) => changed.push(...records.map(({target}) => target)));
    observer.observe(answer, {subtree: true, childList: true, characterData: true, attributes: true});
    const end = blocks.slice(0, 3).join('\n\n').length;
    await server.emit(cite('a', end));
    await until(() => cites(chat).length === 1, 'the citation is drawn');
    expect(third.querySelectorAll('[part~="citation"]').length).to.equal(1);
    expect(changed.every((node) => third.contains(node))).to.equal(true);
  });

  it('do not make the vendor draw its blocks again', async () => {
    let drawn = 0;
    const renderCode = () => {
      drawn++;
      return html`<div class="diagram">diagram</div>`;
    };
    const {chat, server} = await openTurn({set: {renderCode}});
    await server.emit(text('Claim.\n\n```mermaid\na-->b\n```\n\nThe end'));
    await found(chat, '.diagram');
    const before = drawn;
    await server.emit(article('a', 1), article('b', 2), cite('a', 6));
    await until(() => cites(chat).length === 1, 'the citation is drawn');
    expect(drawn).to.equal(before);
  });

  it('do not take a long answer away while it is read again', async () => {
    const {chat, server} = await openTurn();
    const body = Array.from({length: 400}, (_, index) => `Paragraph ${index} with words to fill it up.`).join('\n\n');
    await server.emit(article('a', 1), text(`Claim.\n\n${body}\n\n`));
    await says(chat, 'tillit-answer-text', 'Paragraph 399');
    const answer = one(chat, 'tillit-answer-text');
    const {childElementCount} = answer;
    let fewest = childElementCount;
    const observer = new MutationObserver(() => {
      fewest = Math.min(fewest, answer.childElementCount);
    });
    observer.observe(answer, {childList: true, subtree: true});
    await server.emit(cite('a', 6));
    await until(() => cites(chat).length === 1, 'the citation is drawn');
    await server.emit(finish);
    await found(chat, '[part~="sources"]');
    expect(fewest).to.equal(childElementCount);
  });
});

describe('the sources under an answer', () => {
  before(loadAll);

  it('begin with those it cites, in the order of their numbers; the rest is folded away', async () => {
    const {chat} = await openAnswer({}, [
      text('One [3] and two [1] and one again [3].'),
      article('c', 3),
      article('b', 2),
      article('a', 1),
      finish,
    ]);
    expect(listed(chat).map((line) => line[0])).to.deep.equal(['1', '3']);
    const more = one<HTMLDetailsElement>(chat, 'details');
    expect(more.open).to.equal(false);
    expect(seen(one(chat, 'summary'))).to.equal('1 more source');
    one(chat, 'summary').click();
    expect(more.open).to.equal(true);
    expect(listed(chat, 'details').map((line) => line[0])).to.deep.equal(['2']);
    const host = hostLog(chat);
    const link = more.querySelector('a')!;
    link.addEventListener('click', (event) => event.preventDefault());
    link.click();
    expect(host.of('tillit-source-open')).to.deep.equal([{sourceId: 'b'}]);
    await expect(chat).to.be.accessible();
  });

  it('are all shown when the answer cites none', async () => {
    const {chat} = await openAnswer({}, [text('So it is.'), article('b', 2), article('a', 1), finish]);
    expect(listed(chat).map((line) => line[0])).to.deep.equal(['1', '2']);
    expect(count(chat, 'details')).to.equal(0);
  });

  it('warn of what has not been updated for long, in the list and beside the citation', async () => {
    const {chat} = await openAnswer({set: {staleAfterDays: 365}}, [
      text('One [1] two [2].'),
      article('a', 1, {updated: '2019-01-01'}),
      article('b', 2, {updated: new Date().toISOString().slice(0, 10)}),
      finish,
    ]);
    const [old, fresh] = listed(chat);
    expect(old).to.include('has not been updated for a long time');
    expect(fresh).not.to.include('has not been updated');
    one(chat, '[part~="citation"]').click();
    expect(seen(await found(chat, '[part~="citation-popover"]'))).to.include('has not been updated for a long time');
    await expect(chat).to.be.accessible();
  });

  it('warn of nothing unless the vendor says when', async () => {
    const {chat} = await openAnswer({}, [text('One [1].'), article('a', 1, {updated: '1999-01-01'}), finish]);
    expect(listed(chat)[0]).not.to.include('has not been updated');
  });
});

describe('what a vendor says about drawing answers', () => {
  before(loadAll);

  it('takes stale-after-days as an attribute', async () => {
    const {chat} = await openAnswer();
    chat.setAttribute('stale-after-days', '90');
    expect(chat.staleAfterDays).to.equal(90);
  });

  it('loads no image, and only from the origins it lists when it does', async () => {
    const markdown = text(`![Ours](${location.origin}/no-such.png) ![Theirs](https://tracker.example/x.png) [1]`);
    const off = await openAnswer({}, [markdown, article('a', 1), finish]);
    expect(count(off.chat, 'tillit-answer-text img')).to.equal(0);
    expect(seen(one(off.chat, 'tillit-answer-text')))
      .to.include('Ours')
      .and.include('Theirs');
    const on = await openAnswer({set: {imageOrigins: [location.origin]}}, [markdown, article('a', 1), finish]);
    await found(on.chat, 'tillit-answer-text img');
    expect(all<HTMLImageElement>(on.chat, 'tillit-answer-text img').map(({alt}) => alt)).to.deep.equal(['Ours']);
  });

  it('draws formulas and diagrams with the vendor’s own renderer, code without', async () => {
    const {chat} = await openAnswer(
      {set: {renderCode: ({language, text}) => (language === 'math' ? html`<var>${text}</var>` : undefined)}},
      [text('$$\nx^2 <b>\n$$\n\n```js\ncode()\n```\n\n[1]'), article('a', 1), finish],
    );
    expect(seen(one(chat, 'tillit-answer-text var'))).to.equal('x^2 <b>');
    expect(seen(one(chat, 'tillit-answer-text pre'))).to.equal('code()');
  });

  it('keeps the answer when the vendor’s renderer breaks, and lets the page know', async () => {
    const reported: unknown[] = [];
    const report = window.reportError;
    window.reportError = (error) => reported.push(error);
    try {
      const broken = new Error('no diagram today');
      const renderCode = () => {
        throw broken;
      };
      const {chat} = await openAnswer({set: {renderCode}}, [
        text('Before.\n\n```mermaid\na-->b\n```\n\nAfter. [1]'),
        article('a', 1),
        finish,
      ]);
      expect(seen(one(chat, 'tillit-answer-text')))
        .to.include('Before.')
        .and.include('a-->b')
        .and.include('After.');
      expect(reported).to.deep.equal([broken]);
    } finally {
      window.reportError = report;
    }
  });
});
