/** Whatever happens in whatever order: nothing a person wrote leaves without an acceptance in force and the guard's word. */
import {expect} from '@open-wc/testing';

import {walk, type Sabotage, type Walked} from './gate-walk.js';

const walks = 1000;
const steps = 60;

const {port1, port2} = new MessageChannel();

/** A turn of the event loop, without the pause that browsers put between nested timers. */
const breathe = () =>
  new Promise<void>((done) => {
    port1.onmessage = () => done();
    port2.postMessage(null);
  });

const told = ({violations, steps}: Walked, seed: number) =>
  `seed ${seed}: ${violations.join('; ')}\n  after ${steps.join(' → ')}`;

describe('a chat that anything may happen to', () => {
  it(`sends only what the guard has passed, and only through an open gate: ${walks} random walks`, async function () {
    this.timeout(120_000);
    const calls = new Map<string, number>();
    let taken = 0;
    for (let seed = 1; seed <= walks; seed++) {
      const walked = await walk(seed, steps, breathe);
      expect(walked.violations, told(walked, seed)).to.deep.equal([]);
      taken += walked.steps.length;
      for (const [method, count] of walked.calls) calls.set(method, (calls.get(method) ?? 0) + count);
    }
    console.info(
      `${walks} walks, ${taken} steps; calls: ${[...calls].map(([method, count]) => `${method} ${count}`).join(', ')}`,
    );
    // A walk that never gets anywhere proves nothing.
    for (const method of [
      'send',
      'resume',
      'rate',
      'createTicket',
      'accept',
      'withdraw',
      'stop',
      'config',
      'sent by itself',
      'subscribe',
      'leaveHuman',
    ])
      // These two wait for what others do, and come less often in a slow engine.
      expect(calls.get(method), method).to.be.above(method === 'leaveHuman' || method === 'resume' ? 30 : 100);
  });

  const broken: Readonly<Record<string, Sabotage>> = {
    'a guard that is not asked': {
      screen: () => (text) => ({verdict: 'pass', text: text as never, findings: []}),
    },
    'warnings that count as confirmed': {
      screen: (honest) => (text, purpose, options) => honest(text, purpose, {...options, warningsConfirmed: true}),
    },
    'a hash that does not see an edit': {sha256: () => Promise.resolve('the same')},
    'an acceptance that is taken back only on the screen': {
      chat: (honest) => ({...honest, withdraw: () => Promise.resolve(true)}),
    },
    'an acceptance that is never compared with the terms of today': {
      chat(honest) {
        const {store} = honest;
        store.subscribe(({gate, acceptance, config}) => {
          if (gate.phase === 'loading' && config && acceptance)
            store.dispatch({type: 'gate', event: {type: 'accepted', acceptance}});
        });
        return honest;
      },
    },
    'a chat that is switched off only in name': {
      chat: (honest) => ({...honest, switch: (on) => (on ? honest.switch(on) : undefined)}),
    },
  };
  for (const [what, sabotage] of Object.entries(broken)) {
    it(`would be caught with ${what}`, async function () {
      this.timeout(120_000);
      for (let seed = 1; seed <= walks; seed++)
        if ((await walk(seed, steps, breathe, sabotage)).violations.length > 0) return;
      expect.fail(`not in ${walks} walks`);
    });
  }
});
