import {expect} from '@open-wc/testing';

import {bridgeAnalytics, type AnalyticsEvent} from '../../src/analytics.js';
import {ask, found, loadAll, one, openChat, openTerms, until, type Setup} from '../support/chat.js';
import {finish, settled, source, terms, text} from '../support/scripted-transport.js';

const measured: Setup = {config: {terms: {...terms, analytics: 'We count how the chat is used.'}}};

async function accept(chat: Awaited<ReturnType<typeof openTerms>>['chat'], isMeasured: boolean) {
  const box = (await found(chat, 'tillit-purposes input[name="analytics"]')) as HTMLInputElement;
  if (isMeasured) box.click();
  one(chat, '#accept').click();
  await found(chat, '[part~="input"]');
}

async function converse({chat, server}: Awaited<ReturnType<typeof openTerms>>) {
  await ask(chat, 'How do I correct a pay slip?');
  await until(() => server.streams.length > 0, 'the question leaves');
  await server.emit(text('Like this.'), source, finish);
  await settled();
}

describe('what a host measures', () => {
  before(loadAll);

  it('is nothing unless the person chose it, whatever happens', async () => {
    const made = await openTerms(measured);
    const told: AnalyticsEvent[] = [];
    bridgeAnalytics(made.chat, (event) => told.push(event));
    await accept(made.chat, false);
    await converse(made);
    made.chat.hide();
    expect(made.chat.purposes).to.deep.include({analytics: false});
    expect(told).to.deep.equal([]);
  });

  it('is names, counts and durations from the choice on, and neither words nor ids', async () => {
    const made = await openTerms(measured);
    const told: AnalyticsEvent[] = [];
    bridgeAnalytics(made.chat, (event) => told.push(event));
    expect(made.chat.purposes).to.equal(undefined);
    await accept(made.chat, true);
    await converse(made);
    await until(() => told.length === 3, 'the answer is told');
    expect(told.map(({name}) => name)).to.deep.equal(['tillit-terms-accept', 'tillit-ask', 'tillit-answer']);
    expect(told[1]!.detail).to.deep.equal({questionChars: 28});
    expect(JSON.stringify(told)).not.to.match(/pay slip|receipt-1|turnId|Id":"[^h]/);
  });

  it('stops with the acceptance, with the choice, and when the host is done', async () => {
    const made = await openTerms(measured);
    const told: string[] = [];
    const stop = bridgeAnalytics(made.chat, ({name}) => told.push(name));
    await accept(made.chat, true);
    await settled();
    stop();
    made.chat.hide();
    expect(told).to.deep.equal(['tillit-terms-accept']);
    bridgeAnalytics(made.chat, ({name}) => told.push(name));
    await made.chat.withdraw();
    expect(told).to.deep.equal(['tillit-terms-accept']);
  });

  it('is nothing where the terms do not speak of it', async () => {
    const {chat} = await openChat();
    const told: string[] = [];
    bridgeAnalytics(chat, ({name}) => told.push(name));
    chat.hide();
    expect(told).to.deep.equal([]);
  });
});
