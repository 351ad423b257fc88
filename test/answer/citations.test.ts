import {expect} from '@open-wc/testing';

import {citedSources, withMarkers} from '../../src/answer/place-citations.js';
import type {Source} from '../../src/core/events.js';
import type {Citation} from '../../src/core/state.js';

const sources: readonly Source[] = [
  {id: 'a', title: 'A'},
  {id: 'b', title: 'B', n: 7},
  {id: 'c', title: 'manual.pdf', url: 'https://example.com/files/manual.pdf'},
];

describe('citations that a backend tells', () => {
  const place = (text: string, ...citations: readonly Citation[]) =>
    withMarkers({parts: [{id: 'p', text}], citations, sources}, true);

  for (const [what, text, citations, expected] of [
    ['after a range', 'One claim. More.', [{sourceId: 'a', start: 0, end: 10}], 'One claim.[1] More.'],
    ['with the number of the source', 'One.', [{sourceId: 'b', end: 4}], 'One.[7]'],
    [
      'in place of the marker the range covers',
      'One 【4†x】. More',
      [{sourceId: 'a', start: 4, end: 9}],
      'One [1]. More',
    ],
    ['after a quote', 'One claim. More.', [{sourceId: 'a', quote: 'One claim'}], 'One claim[1]. More.'],
    ['in place of each marker', 'One [doc9]. Two [doc9].', [{sourceId: 'a', marker: '[doc9]'}], 'One [1]. Two [1].'],
    [
      'several, in any order',
      'One. Two.',
      [
        {sourceId: 'b', end: 9},
        {sourceId: 'a', end: 4},
      ],
      'One.[1] Two.[7]',
    ],
    [
      'once at a place',
      'One.',
      [
        {sourceId: 'a', end: 4},
        {sourceId: 'a', end: 4},
      ],
      'One.[1]',
    ],
    ['not where the marker is already', 'One.[1]', [{sourceId: 'a', end: 4}], 'One.[1]'],
    ['behind the end', 'One.', [{sourceId: 'a', end: 400}], 'One.[1]'],
    ['not within an emoji', '👍 ok', [{sourceId: 'a', end: 1}], '👍 ok'],
    ['not of an unknown source', 'One.', [{sourceId: 'x', end: 4}], 'One.'],
    ['not of a quote that is not there', 'One.', [{sourceId: 'a', quote: 'Two'}], 'One.'],
    ['not of nothing', 'One.', [{sourceId: 'a'}], 'One.'],
  ] as const) {
    it(`stand ${what}`, () => expect(place(text, ...citations)).to.equal(expected));
  }

  it('belong to their part, or to the first', () => {
    const parts = [
      {id: 'p', text: 'One.'},
      {id: 'empty', text: ''},
      {id: 'q', text: 'Two.'},
    ];
    const citations = [
      {sourceId: 'a', part: 'q', end: 4},
      {sourceId: 'b', end: 4},
    ];
    expect(withMarkers({parts, citations, sources}, true)).to.equal('One.[7]\n\nTwo.[1]');
  });
});

describe('citations of an answer that is still arriving', () => {
  const place = (text: string, isWhole: boolean) =>
    withMarkers({parts: [{id: '', text}], citations: [{sourceId: 'a', start: 0, end: 10}], sources}, isWhole);

  it('wait for the text they stand behind, and then stay in their place', () => {
    expect(place('One cla', false)).to.equal('One cla');
    expect(place('One claim.', false)).to.equal('One claim.[1]');
    expect(place('One claim. Mo', false)).to.equal('One claim.[1] Mo');
    expect(place('One cla', true)).to.equal('One cla[1]');
  });
});

describe('the list of sources', () => {
  for (const [markdown, cited] of [
    ['No marker.', []],
    ['One [7] and [1] and [7] again.', ['a', 'b']],
    ['[1, 7]', ['a', 'b']],
    ['[manual.pdf#page=3]', ['c']],
    ['`[1]` and \\[1\\] and\n```\n[7]\n```\n[3]', ['c']],
    ['[99]', []],
  ] as const) {
    it(`knows what is cited in ${JSON.stringify(markdown)}`, () => {
      const {cited: found, others} = citedSources(markdown, sources);
      expect(found.map(({id}) => id)).to.deep.equal(cited);
      expect(others.length).to.equal(sources.length - cited.length);
    });
  }

  it('is in the order of the numbers', () => {
    const unsorted = [
      {id: 'y', n: 9, title: 'Y'},
      {id: 'x', n: 2, title: 'X'},
      {id: 'w', n: 4, title: 'W'},
      {id: 'v', n: 3, title: 'V'},
    ];
    const {cited, others} = citedSources('[9] then [2] and [9]', unsorted);
    expect([cited, others].map((list) => list.map(({n}) => n))).to.deep.equal([
      [2, 9],
      [3, 4],
    ]);
  });
});
