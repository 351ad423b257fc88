import {expect} from '@open-wc/testing';

import {partModule, partOf} from '../../src/i18n/catalog-parts.js';

describe('the part of a catalog', () => {
  for (const [key, part] of [
    ['launcherOpen', 'first'],
    ['title', 'first'],
    ['suspendedText', 'first'],
    ['composerHint', 'first'],
    ['error_network', 'first'],
    ['error_too_long', 'rest'],
    ['pii_NAME', 'rest'],
    ['ticketTitle', 'rest'],
    ['copied', 'rest'],
    ['copiedFromAi', 'more'],
    ['suspendedUntil', 'more'],
    ['conversationRatingQuestion', 'more'],
    ['dataTitle', 'more'],
    ['humanWait', 'more'],
    ['voiceStart', 'more'],
    ['purposeVoice', 'more'],
    ['teaserClose', 'more'],
    ['offlineQueued', 'more'],
    ['resizeHandle', 'more'],
    ['diffTitle', 'more'],
    ['failoverNotice', undefined],
    ['launcherFailed', undefined],
  ] as const) {
    it(`that has "${key}" is ${part ?? 'none'}`, () => expect(partOf(key)).to.equal(part));
  }

  it('has its own messages, and the first has the way to the others', () => {
    const json = JSON.stringify({send: 'Send', copied: 'Copied', charsLeft: {one: '1', other: '{n}'}, dataTitle: 'x'});
    expect(partModule(json, 'en.json', 'first')).to.equal(
      [
        'export default {"send":"Send","charsLeft":{"one":"1","other":"{n}"}};',
        "export const rest = () => import('./en.json?rest');",
        "export const more = () => import('./en.json?more');",
      ].join('\n'),
    );
    expect(partModule(json, 'en.json', 'rest')).to.equal('export default {"copied":"Copied"};');
    expect(partModule(json, 'en.json', 'more')).to.equal('export default {"dataTitle":"x"};');
  });
});
