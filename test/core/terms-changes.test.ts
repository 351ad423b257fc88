import {expect} from '@open-wc/testing';

import {termsText, type TermsDocument} from '../../src/core/terms.js';
import {termsChanges, type SectionChange} from '../../src/core/terms-changes.js';

const terms: TermsDocument = {
  id: 'help',
  version: '3',
  updated: '2026-11-01',
  title: 'Terms',
  summary: ['You may ask.', 'We keep it for 90 days.'],
  notToEnter: 'No personal data.',
  markdown: '## Storage\n\nEverything is kept for 90 days and then deleted.\n\n## Contact\n\nWrite to us.',
  dataTable: [
    {what: 'Questions', where: 'Stockholm', howLong: '90 days'},
    {what: 'Logs', where: 'Stockholm', howLong: '30 days'},
  ],
};
const changes = (change: Partial<TermsDocument>) =>
  termsChanges(termsText(terms), termsText({...terms, version: '4', updated: '2026-12-01', ...change}));

/** `[-old-]{+new+}`, as word diffs are written. */
const written = ({heading, kind, pieces}: SectionChange) =>
  `${kind} ${typeof heading === 'string' ? heading : `“${heading.text}”`}: ${pieces
    .map(({kind, text}) => (kind === 'same' ? text : kind === 'removed' ? `[-${text}-]` : `{+${text}+}`))
    .join('')
    // Lines end where they end, marks behind that.
    .replace(/\n([-+][\]}])/g, '$1')
    .trimEnd()}`;

describe('what has changed in the terms', () => {
  it('is nothing when only the version and the date are others', () => expect(changes({})).to.deep.equal([]));

  for (const [what, change, expected] of [
    [
      'a word in a section',
      {markdown: terms.markdown!.replace('90', '365')},
      ['changed “Storage”: Everything is kept for[- 90-]{+ 365+} days and then deleted.'],
    ],
    [
      'a section that is new',
      {markdown: `${terms.markdown}\n\n## Suspension\n\nAbuse leads to it.`},
      ['added “Suspension”: {+Abuse leads to it.+}'],
    ],
    [
      'a section that is gone',
      {markdown: terms.markdown!.replace(/\n\n## Contact[^]*/, '')},
      ['removed “Contact”: [-Write to us.-]'],
    ],
    [
      'a section with another name',
      {markdown: terms.markdown!.replace('Contact', 'Ask us')},
      ['added “Ask us”: {+Write to us.+}', 'removed “Contact”: [-Write to us.-]'],
    ],
    [
      'sections in another order, which is no change',
      {markdown: '## Contact\n\nWrite to us.\n\n## Storage\n\nEverything is kept for 90 days and then deleted.'},
      [],
    ],
    ['white space alone, which is no change', {markdown: terms.markdown!.replaceAll('\n\n', '\n\n\n')}, []],
    [
      'the summary',
      {summary: ['You may ask.', 'We keep it for 365 days.'], prohibitedUse: 'No harm.'},
      ['changed summary: Terms\nYou may ask.\nWe keep it for[- 90-]{+ 365+} days.\nNo personal data.\n{+No harm.+}'],
    ],
    [
      'a row of the table',
      {dataTable: [terms.dataTable[0]!, {what: 'Logs', where: 'Dublin', howLong: '30 days'}]},
      ['changed table: Questions · Stockholm · 90 days\nLogs ·[- Stockholm-]{+ Dublin+} · 30 days'],
    ],
    [
      'no table any more',
      {dataTable: []},
      ['removed table: [-Questions · Stockholm · 90 days\nLogs · Stockholm · 30 days-]'],
    ],
  ] as const satisfies readonly (readonly [string, Partial<TermsDocument>, readonly string[]])[]) {
    it(`is told of ${what}`, () => expect(changes(change).map(written)).to.deep.equal(expected));
  }

  it('keeps two sections of one name apart', () => {
    const markdown = '## A\n\none\n\n## A\n\ntwo';
    const before = termsText({...terms, markdown});
    const after = termsText({...terms, markdown: markdown.replace('two', 'three')});
    expect(termsChanges(before, after).map(written)).to.deep.equal(['changed “A”: [-two-]{+three+}']);
  });

  it('reads HTML as text', () => {
    const {markdown: _, ...rest} = terms;
    const html = '<h2 class="x">Storage &amp; more</h2><p>Kept for <b>90</b> days.<script>boom()</script></p>';
    const before = termsText({...rest, html});
    const after = termsText({...rest, html: html.replace('90', '365')});
    expect(termsChanges(before, after).map(written)).to.deep.equal([
      'changed “Storage & more”: Kept for[- 90-]{+ 365+} days.boom()',
    ]);
  });

  it('bears texts that are empty, or are no terms', () => {
    expect(termsChanges('', '')).to.deep.equal([]);
    expect(termsChanges('', termsText(terms)).map(({kind}) => kind)).to.deep.equal([
      'changed',
      'added',
      'added',
      'added',
    ]);
  });

  it('takes no more than a moment for the longest of texts', () => {
    const words = (seed: number) => Array.from({length: 60_000}, (_, n) => `w${(n * seed) % 997}`).join(' ');
    const text = (body: string) => termsText({...terms, markdown: `## A\n\n${body}\n${'<a '.repeat(50_000)}`});
    const start = performance.now();
    const [change] = termsChanges(text(words(7)), text(words(11)));
    expect(change!.pieces.map(({kind}) => kind))
      .to.include('removed')
      .and.include('added');
    expect(performance.now() - start).to.be.below(2000);
  });
});
