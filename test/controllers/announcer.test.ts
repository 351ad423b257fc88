import {expect} from '@open-wc/testing';

import {Announcer, type Announcements} from '../../src/controllers/announcer.js';
import {initialState, type ChatState, type Turn} from '../../src/core/state.js';
import type {ScreenedText} from '../../src/privacy/types.js';

const turn = (id: string, phase: Turn['phase']): Turn => ({
  id,
  phase,
  question: 'q' as ScreenedText,
  askedAtMs: 0,
  answers: [],
  suggestions: [],
  handoff: false,
});
const conversation = (...turns: Turn[]): ChatState => ({...initialState, turns});
const say: Announcements = {answering: () => 'answering', stopped: () => 'stopped', answered: ({id}) => `answer ${id}`};

function announcer() {
  let updates = 0;
  const made = new Announcer({
    addController() {},
    removeController() {},
    requestUpdate() {
      updates++;
    },
    updateComplete: Promise.resolve(true),
  });
  return {made, updates: () => updates};
}

/** What is said, each time it changes. */
function heard(states: readonly ChatState[], begin: ChatState = initialState) {
  const {made} = announcer();
  made.begin(begin);
  return states.map((state) => {
    made.follow(state, say);
    return made.text;
  });
}

describe('the announcer', () => {
  for (const [what, states, expected] of [
    [
      'says that an answer begins, and the whole answer',
      ['waiting', 'streaming', 'streaming', 'done'],
      ['answering', 'answering', 'answering', 'answer a'],
    ],
    ['says that it was stopped', ['waiting', 'stopped'], ['answering', 'stopped']],
    ['leaves a failure to its alert', ['waiting', 'failed'], ['answering', '']],
    ['speaks again after another try', ['failed', 'waiting', 'done'], ['', 'answering', 'answer a']],
  ] as const) {
    it(what, () => expect(heard(states.map((phase) => conversation(turn('a', phase))))).to.deep.equal(expected));
  }

  it('reads no conversation out that was there before', () => {
    const there = conversation(turn('a', 'done'));
    expect(heard([there, {...there, draft: 'x'}], there)).to.deep.equal(['', '']);
  });

  it('forgets what it said with the conversation', () => {
    expect(heard([conversation(turn('a', 'done')), conversation()])).to.deep.equal(['answer a', '']);
  });

  it('changes nothing while text arrives', () => {
    const {made, updates} = announcer();
    made.begin(initialState);
    for (let round = 0; round < 50; round++) made.follow(conversation(turn('a', 'streaming')), say);
    expect(updates()).to.equal(1);
  });
});
