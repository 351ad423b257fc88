import {expect} from '@open-wc/testing';

import {all, found, loadAll, openAnswer, openChat, until} from '../support/chat.js';
import {finish, settled, source, text} from '../support/scripted-transport.js';

interface Shift extends PerformanceEntry {
  readonly value: number;
}

/** Only Chromium tells of what moves. */
const canTell = PerformanceObserver.supportedEntryTypes.includes('layout-shift');

/** How much has moved while this ran, of what stood there before. */
async function shiftsDuring(run: () => Promise<void>) {
  const shifts: Shift[] = [];
  const observer = new PerformanceObserver((list) => shifts.push(...(list.getEntries() as Shift[])));
  observer.observe({type: 'layout-shift'});
  await run();
  await frames(4);
  shifts.push(...(observer.takeRecords() as Shift[]));
  observer.disconnect();
  return shifts.reduce((sum, {value}) => sum + value, 0);
}

async function frames(count: number) {
  for (let left = count; left > 0; left--) await new Promise(requestAnimationFrame);
}

// What cannot be told cannot be tested: the two other engines run none of these.
if (canTell)
  describe('while an answer streams', () => {
    before(loadAll);

    it('nothing that stands there moves', async () => {
      const {chat, server} = await openAnswer();
      await frames(3);
      void chat.ask('How do I export a SIE file?');
      await until(() => server.streams.length === 2, 'the question leaves');
      await frames(5);
      const moved = await shiftsDuring(async () => {
        for (let piece = 0; piece < 40; piece++) {
          await server.emit(text(piece % 4 === 3 ? `\n\n- Step ${piece} of many [1]` : `word ${piece} and some more `));
          await frames(1);
        }
        await server.emit(source, {type: 'suggestions', items: [{text: 'And then?'}]}, finish);
        await until(() => all(chat, 'tillit-actions').length > 1, 'the answer is whole');
        await settled();
      });
      expect(moved).to.equal(0);
    });

    it('nor while the first one does', async () => {
      const {chat, server} = await openChat();
      await frames(3);
      void chat.ask('How do I export a SIE file?');
      await until(() => server.streams.length === 1, 'the question leaves');
      await found(chat, '[part~="turn"]');
      await frames(5);
      const moved = await shiftsDuring(async () => {
        for (let piece = 0; piece < 10; piece++) {
          await server.emit(text(`word ${piece} and some more `));
          await frames(1);
        }
        await server.emit(finish);
        await found(chat, 'tillit-actions');
      });
      expect(moved).to.equal(0);
    });

    it('what does move would be told', async () => {
      const {chat} = await openAnswer();
      await frames(3);
      const moved = await shiftsDuring(async () => {
        const [answer] = all(chat, '[part~="answer"]');
        answer!.style.marginBlockStart = '120px';
        await frames(3);
      });
      expect(moved).to.be.above(0);
    });
  });
