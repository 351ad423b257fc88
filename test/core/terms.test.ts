import {expect} from '@open-wc/testing';

import {covers, termsText, type Acceptance, type TermsDocument} from '../../src/core/terms.js';

const terms: TermsDocument = {
  id: 'help',
  version: '3',
  updated: '2026-11-01',
  title: 'Terms',
  summary: ['You may ask.', 'We store what you ask.'],
  notToEnter: 'No personal data.',
  markdown: '# Terms',
  html: '<h1>Terms</h1>',
  url: 'https://example.com/terms',
  dataTable: [{what: 'questions', where: 'Stockholm', howLong: '12 months'}],
};
const acceptance: Acceptance = {
  termsId: 'help',
  version: '3',
  textSha256: 'abc',
  locale: 'en',
  acceptedAt: '2026-11-20T12:00:00.000Z',
  purposes: {chat: true, analytics: false, device: true},
};

describe('the text that is agreed to', () => {
  it('is everything that is shown, in a fixed order', () => {
    expect(termsText(terms)).to.equal(
      'Terms\nhelp 3 2026-11-01\nYou may ask.\nWe store what you ask.\nNo personal data.\n# Terms\nquestions\tStockholm\t12 months',
    );
  });

  it('is the HTML or the link where there is no Markdown', () => {
    const {markdown: _m, ...withoutMarkdown} = terms;
    expect(termsText(withoutMarkdown)).to.include('<h1>Terms</h1>').and.not.to.include('https://');
    const {html: _h, ...withoutHtml} = withoutMarkdown;
    expect(termsText(withoutHtml)).to.include('https://example.com/terms');
  });

  it('can be as short as a title', () => {
    expect(termsText({id: 'a', version: '1', updated: 'now', title: 'T', dataTable: []})).to.equal('T\na 1 now\n\n');
  });

  it('has further sentences in their place, and is the text it was without them', () => {
    const more = {...terms, prohibitedUse: 'No harm.', analytics: 'We count visits.'};
    expect(termsText(more)).to.include('No personal data.\nNo harm.\nWe count visits.\n# Terms');
    const {prohibitedUse: _p, analytics: _a, ...same} = more;
    expect(termsText(same)).to.equal(termsText(terms));
  });

  const changes: readonly Partial<TermsDocument>[] = [
    {title: 'Other'},
    {version: '4'},
    {updated: '2026-11-02'},
    {summary: ['You may ask.']},
    {notToEnter: 'Nothing.'},
    {prohibitedUse: 'No harm.'},
    {analytics: 'We count visits.'},
    {markdown: '# terms'},
    {dataTable: [{what: 'questions', where: 'Stockholm', howLong: '24 months'}]},
  ];
  for (const change of changes) {
    it(`is another text when this is another: ${Object.keys(change)[0]}`, () => {
      expect(termsText({...terms, ...change})).not.to.equal(termsText(terms));
    });
  }
});

describe('an acceptance', () => {
  for (const [what, change, sha, expected] of [
    ['the same terms', {}, 'abc', true],
    ['another version', {version: '4'}, 'abc', false],
    ['other terms', {id: 'other'}, 'abc', false],
    ['a text that was silently edited', {}, 'abd', false],
  ] as const) {
    it(`covers ${what}: ${expected}`, () => expect(covers(acceptance, {...terms, ...change}, sha)).to.equal(expected));
  }
});
