import {expect} from '@open-wc/testing';

import {place} from '../../src/elements/placement.js';

const room = {left: 0, top: 0, right: 400, bottom: 600};
const at = (left: number, top: number) => ({left, top, right: left + 20, bottom: top + 20});

describe('the place of a popover', () => {
  for (const [what, anchor, size, expected] of [
    ['is below its citation', at(100, 100), {width: 200, height: 120}, {left: 100, top: 126}],
    ['is above it when there is no room below', at(100, 560), {width: 200, height: 120}, {left: 100, top: 434}],
    [
      'stays below when there is room nowhere and more of it below',
      at(100, 200),
      {width: 200, height: 500},
      {left: 100, top: 92},
    ],
    ['does not pass the right edge', at(350, 100), {width: 200, height: 120}, {left: 192, top: 126}],
    ['does not pass the left edge', at(-30, 100), {width: 200, height: 120}, {left: 8, top: 126}],
    ['shows its beginning when it is larger than the room', at(100, 100), {width: 900, height: 900}, {left: 8, top: 8}],
  ] as const) {
    it(what, () => expect(place(anchor, size, room)).to.deep.equal(expected));
  }
});
