import {expect} from '@open-wc/testing';

import * as keys from '../../src/storage/keys.js';
import {keptThings} from '../../src/storage/kept-things.js';

const {storageName, ...all} = keys;
const name = storageName('https://help.example/api');

describe('what is kept on the device', () => {
  it('has a row in the table for every key there is', () => {
    const told = new Set(keptThings.map(({key}) => key(name)));
    expect([...told].sort()).to.deep.equal(
      Object.values(all)
        .map((key) => key(name))
        .sort(),
    );
  });

  it('is told by its keys to be ours, and whose', () => {
    for (const {key} of keptThings) expect(key(name)).to.match(/^tillit-chat:https:\/\/help\.example\/api(:|$)/);
  });
});
