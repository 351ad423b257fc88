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
    ['failoverNotice', 'more'],
    ['menu', 'first'],
    ['menuTerms', 'more'],
    ['pii_NAME', 'guard'],
    ['why_shape', 'guard'],
    ['findingsNothingSent', 'guard'],
    ['noticeAi', 'first'],
    ['noticeTicket', 'first'],
    ['charsLeft', 'first'],
  ] as const) {
    it(`that has "${key}" is ${part}`, () => expect(partOf(key)).to.equal(part));
  }

  it('has its own messages, and the first has the way to the others', () => {
    const json = JSON.stringify({send: 'Send', copied: 'Copied', mask: 'Mask', dataTitle: 'x'});
    expect(partModule(json, 'en.json', 'first')).to.equal(
      [
        'export default {"send":"Send"};',
        "export const rest = () => import('./en.json?rest');",
        "export const guard = () => import('./en.json?guard');",
        "export const more = () => import('./en.json?more');",
      ].join('\n'),
    );
    expect(partModule(json, 'en.json', 'rest')).to.equal('export default {"copied":"Copied"};');
    expect(partModule(json, 'en.json', 'guard')).to.equal('export default {"mask":"Mask"};');
    expect(partModule(json, 'en.json', 'more')).to.equal('export default {"dataTitle":"x"};');
  });

  it('leaves out the forms of a plural that are spelled like the general one', () => {
    const json = JSON.stringify({
      sourcesMore: {one: 'noch {n}', other: 'noch {n}'},
      statusSources: {one: '{n} source.', many: '{n} sources.', other: '{n} sources.'},
    });
    expect(partModule(json, 'fr.json', 'rest')).to.equal(
      'export default {"sourcesMore":{"other":"noch {n}"},"statusSources":{"one":"{n} source.","other":"{n} sources."}};',
    );
  });
});
