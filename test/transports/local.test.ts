import {expect} from '@open-wc/testing';

import {localTransport, type LocalOptions} from '../../src/transports/local.js';
import {answering, ask, bytes, callOptions, fold, hurried, type Given} from './adapter-setup.js';

const articles = {
  version: 1,
  articles: [
    {
      title: 'Registrera sjukfrånvaro',
      text: 'Välj **Frånvaro** och sjuk.',
      url: 'https://a.example/sjuk',
      updated: '2026-01-02',
      lang: 'sv',
    },
    {
      title: 'Registrera sjukfrånvaro',
      heading: 'Läkarintyg',
      text: '1. Ladda upp intyget.',
      url: 'https://a.example/sjuk',
      lang: 'sv',
    },
    {title: 'Spara kvitton', text: 'Fotografera kvittot för ditt utlägg.', lang: 'sv'},
    {title: 'Skattetabeller', text: 'Skattetabellen hämtas varje år.', lang: 'sv'},
    {title: 'Export files', text: 'Choose export.', lang: 'en'},
  ],
};

function setUp(given: LocalOptions['articles'] | Given = articles) {
  const isGiven = (value: object): value is Given => 'pieces' in value;
  const {fetch, sent} = answering(() =>
    typeof given === 'object' && isGiven(given) ? given : {status: 404, pieces: []},
  );
  const address = typeof given === 'object' && isGiven(given) ? '/help.json?v=1' : given;
  const transport = localTransport({articles: address, fetch}, hurried);
  return {sent, send: (text: string, locale = 'sv-SE') => fold(transport.send(ask(text), {...callOptions(), locale}))};
}

describe('answers from articles in the page', () => {
  it('quotes the article, says that a search made it, and names its source', async () => {
    const {events, text, sources, last} = await setUp().send('Hur registrerar jag sjukfrånvaron?');
    expect(events[1]).to.deep.equal({type: 'answerer', kind: 'search'});
    expect(text).to.match(/^\*\*Registrera sjukfrånvaro\*\*\n\nVälj \*\*Frånvaro\*\* och sjuk\. \[1\]/);
    expect(sources[0]).to.deep.equal({
      id: 'https://a.example/sjuk',
      n: 1,
      title: 'Registrera sjukfrånvaro',
      snippet: 'Välj Frånvaro och sjuk.',
      url: 'https://a.example/sjuk',
      updated: '2026-01-02',
    });
    expect(last).to.equal('stop');
  });

  for (const [question, title] of [
    ['sjukfrånvarp', 'Registrera sjukfrånvaro'],
    ['SJUKFRÅNVARO', 'Registrera sjukfrånvaro'],
    ['registrerade sjukfrånvaro', 'Registrera sjukfrånvaro'],
    ['utläggskvitto', 'Spara kvitton'],
    ['kvittona', 'Spara kvitton'],
    ['skattetabel', 'Skattetabeller'],
  ] as const) {
    it(`finds ${title} for ${question}`, async () => {
      expect((await setUp().send(question)).sources[0]?.title).to.equal(title);
    });
  }

  it('answers in the person’s language', async () => {
    expect((await setUp().send('exporting', 'en')).sources[0]?.title).to.equal('Export files');
  });

  for (const question of [
    'Hur är vädret i Oslo?',
    'Spara pengar på aktier i Norge',
    '',
    '?!',
    'och det',
    'x'.repeat(5000),
  ]) {
    it(`says that nothing fits ${JSON.stringify(question.slice(0, 30))}`, async () => {
      const {text, sources, last} = await setUp().send(question);
      expect([text, sources, last]).to.deep.equal(['', [], 'no_source']);
    });
  }

  it('asks for the index once, and never with the question', async () => {
    const {send, sent} = setUp({type: 'application/json', pieces: [bytes(JSON.stringify(articles))]});
    await send('sjukfrånvaro');
    expect((await send('kvitton')).last).to.equal('stop');
    expect(sent.map(({url, body}) => [url, body])).to.deep.equal([['/help.json?v=1', undefined]]);
  });

  for (const [what, body, last] of [
    ['no JSON', '<html>', 'protocol'],
    ['null', 'null', 'protocol'],
    ['no articles', '{"articles": 7}', 'protocol'],
    [
      'articles of the wrong kind',
      '{"articles": [null, 7, {"title": 7}, {"title": "A"}, {"__proto__": {"title": "A", "text": "A"}}]}',
      'no_source',
    ],
  ] as const) {
    it(`ends as ${last} when the index is ${what}`, async () => {
      expect((await setUp({type: 'application/json', pieces: [bytes(body)]}).send('A')).last).to.equal(last);
    });
  }

  it('says so when the index is not there', async () => {
    expect((await setUp({status: 404, pieces: []}).send('A')).last).to.equal('unavailable');
  });
});
