import {expect} from '@open-wc/testing';

import {chatError} from '../../src/core/errors.js';
import {initialState, type ChatState, type TicketForm, type Turn} from '../../src/core/state.js';
import type {Acceptance} from '../../src/core/terms.js';
import type {ScreenedText} from '../../src/privacy/types.js';
import {fromSnapshot, hasSameSnapshot, toSnapshot} from '../../src/storage/snapshot.js';
import {config} from '../core/chat-setup.js';

const acceptance: Acceptance = {
  termsId: 'help',
  version: '3',
  textSha256: 'abc',
  locale: 'sv',
  acceptedAt: '2026-11-20T12:00:00.000Z',
  purposes: {chat: true, analytics: true, device: true},
  receiptId: 'receipt-1',
};
const form: TicketForm = {
  name: 'Kim',
  email: 'kim@example.com',
  description: 'It broke.',
  attach: true,
  transcript: [
    {role: 'user', text: 'How, [NAME_1]?', original: 'How?'},
    {role: 'assistant', text: 'So.'},
  ],
};
/** A turn with every field filled in. */
const turn: Required<Omit<Turn, 'error' | 'retrying' | 'waitsUntilMs'>> = {
  id: 'id-1',
  question: 'How?' as ScreenedText,
  askedAtMs: 1,
  phase: 'done',
  answers: [
    {
      messageId: 'm1',
      answerer: {kind: 'search', name: 'Help centre'},
      parts: [{id: '', text: 'Like **this** [1].'}],
      sources: [
        {
          id: 's',
          n: 1,
          title: 'How',
          url: 'https://example.com',
          snippet: 'Like this',
          site: 'Help',
          updated: '2026-01-01',
        },
      ],
      citations: [{sourceId: 's', part: '', start: 0, end: 4, quote: 'Like', marker: '[1]'}],
      notices: [{level: 'info', text: 'Slow today.'}],
      status: {id: '1', state: 'active', kind: 'tool', text: 'Reading'},
      retracted: 'empty',
      confidence: 0.4,
      rateable: true,
      rating: {score: 4, reasons: ['unclear'], phase: 'saved'},
    },
  ],
  suggestions: [{text: 'And?'}],
  handoff: true,
  replaces: 'm0',
  cursor: '7',
  finish: 'stop',
};
const failed: Turn = {
  ...turn,
  id: 'id-2',
  phase: 'failed',
  error: chatError('rate_limited', {retryAfterMs: 9, requestId: 'r', display: 'Later.'}),
};
const whole: ChatState = {
  ...initialState,
  user: 'ada',
  gate: {phase: 'open', acceptance},
  config,
  acceptance,
  conversationId: 'c1',
  session: {step: [2]},
  draft: 'Half',
  kept: 'Kept?' as ScreenedText,
  turns: [turn, failed, {...turn, id: 'id-3', phase: 'waiting', retrying: true}],
  ticket: {phase: 'editing', form, key: 'k1', error: chatError('network')},
};

const reload = (state: ChatState) => fromSnapshot(toSnapshot(state)!);

describe('a snapshot', () => {
  it('is not made before the person has accepted', () => {
    const {acceptance: _, ...before} = whole;
    expect(toSnapshot({...before, gate: {phase: 'idle'}})).to.equal(undefined);
  });

  it('brings back everything that was said and accepted', () => {
    const {gate: _g, config: _c, answerer: _a, draft: _d, ...kept} = whole;
    expect(reload(whole)).to.deep.equal(kept);
  });

  it('leaves a question that waited for the network to the person', () => {
    const waiting: ChatState = {...whole, turns: [{...failed, waitsUntilMs: 120_000}]};
    expect(reload(waiting)?.turns).to.deep.equal([failed]);
  });

  it('holds neither the gate nor the config: both are asked for anew', () => {
    expect(reload(whole)).not.to.have.any.keys('gate', 'config', 'answerer');
  });

  it('of a conversation that has not begun is as small as that', () => {
    expect(reload({...initialState, acceptance})).to.deep.equal({
      acceptance,
      turns: [],
      ticket: {phase: 'closed'},
    });
  });

  it('is the acceptance alone, and whose it is, where the person does not let the conversation be kept', () => {
    const silent = {...acceptance, purposes: {...acceptance.purposes, device: false}};
    const state = {...whole, acceptance: silent};
    expect(reload(state)).to.deep.equal({acceptance: silent, user: 'ada', turns: [], ticket: {phase: 'closed'}});
    expect(toSnapshot(state)).not.to.match(/How\?|Kept|Kim|c1|step/);
    expect(hasSameSnapshot(state, {...state, turns: []})).to.equal(true);
    expect(hasSameSnapshot(state, whole)).to.equal(false);
  });

  it('that is too old is not restored, nor one that does not say when it was accepted', () => {
    const text = toSnapshot(whole)!;
    expect(fromSnapshot(text, Date.parse(acceptance.acceptedAt))).not.to.equal(undefined);
    expect(fromSnapshot(text, Date.parse(acceptance.acceptedAt) + 1)).to.equal(undefined);
    expect(fromSnapshot(text.replace(acceptance.acceptedAt, 'yesterday'))).to.equal(undefined);
  });

  it('does not change with what is typed, nor with the gate', () => {
    expect(hasSameSnapshot(whole, {...whole, draft: 'Half a', gate: {phase: 'idle'}})).to.equal(true);
    const {kept: _, ...asked} = whole;
    for (const other of [asked, {...whole, turns: [turn]}, {...whole, session: {step: [3]}}])
      expect(hasSameSnapshot(whole, other)).to.equal(false);
  });

  it('gives a ticket that was on its way back to the person, with its key', () => {
    expect(reload({...whole, ticket: {phase: 'sending', form, key: 'k1'}})?.ticket).to.deep.equal({
      phase: 'editing',
      form,
      key: 'k1',
    });
  });

  for (const ticket of [
    {phase: 'closed'},
    {phase: 'closed', form, key: 'k1'},
    {phase: 'created', receipt: {id: 'T-1', url: 'https://example.com', duplicate: true}},
  ] as const) {
    it(`keeps a ticket as it is: ${ticket.phase}${'form' in ticket ? ' with its form' : ''}`, () => {
      expect(reload({...whole, ticket})?.ticket).to.deep.equal(ticket);
    });
  }

  it('forgets a rating that was on its way: it can be given again', () => {
    const [answer] = turn.answers;
    const rating = (phase: 'saving' | 'failed') =>
      reload({...whole, turns: [{...turn, answers: [{...answer!, rating: {score: 4, phase}}]}]})!.turns![0]!.answers[0]!
        .rating;
    expect(rating('saving')).to.equal(undefined);
    expect(rating('failed')).to.deep.equal({score: 4, phase: 'failed'});
  });
});

type Fields = Record<string, unknown>;

/** The whole snapshot with one place changed; `undefined` removes it. */
function changed(path: string, value: unknown): string {
  const copy = JSON.parse(toSnapshot(whole)!) as Fields;
  const names = path.split('.');
  const last = names.pop()!;
  const place = names.reduce((fields, name) => fields[name] as Fields, copy);
  if (value === undefined) delete place[last];
  else place[last] = value;
  return JSON.stringify(copy);
}

describe('a snapshot of an earlier version', () => {
  // As it was written by the chat of its time, letter for letter.
  const first =
    '{"version":1,"acceptance":{"termsId":"help","version":"3","textSha256":"abc","locale":"sv",' +
    '"acceptedAt":"2026-11-20T12:00:00.000Z","purposes":{"chat":true,"analytics":true},"receiptId":"receipt-1"},' +
    '"conversationId":"c1","session":{"step":[2]},"turns":[{"id":"id-1","question":"How?","askedAtMs":1,"phase":"done",' +
    '"answers":[{"messageId":"m1","answerer":{"kind":"ai"},"parts":[{"id":"","text":"So."}],"sources":[],' +
    '"citations":[],"notices":[],"rateable":true}],"suggestions":[],"handoff":false,"cursor":"7","finish":"stop"}],' +
    '"ticket":{"phase":"closed"}}';

  it('brings everything along, and is nobody’s who has signed in', () => {
    const restored = fromSnapshot(first);
    expect(restored).to.deep.include({conversationId: 'c1', session: {step: [2]}, ticket: {phase: 'closed'}});
    expect(restored?.acceptance?.receiptId).to.equal('receipt-1');
    expect(restored?.turns?.map(({question}) => question)).to.deep.equal(['How?']);
    expect(restored).not.to.have.any.keys('user', 'version');
  });

  it('is written again as one of today', () => {
    const again = toSnapshot({...initialState, ...fromSnapshot(first)})!;
    expect((JSON.parse(again) as {version: number}).version).to.equal(2);
    // Nobody was asked then whether the conversation may be kept on the device.
    expect(fromSnapshot(again)).to.deep.include({acceptance: fromSnapshot(first)?.acceptance, turns: []});
  });
});

describe('a snapshot that is broken, foreign or of another version is dropped as a whole:', () => {
  const good = toSnapshot(whole)!;
  for (const [what, text] of [
    ['no text', ''],
    ['no JSON', '{'],
    ['cut off', good.slice(0, -1)],
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"hello"'],
    ['a number', '7'],
    ['somebody else’s record', '{"theme":"dark"}'],
    ['a list in place of the record', `[${good}]`],
    ['only a prototype', '{"__proto__":' + good + '}'],
  ] as const) {
    it(what, () => expect(fromSnapshot(text)).to.equal(undefined));
  }

  for (const [path, value] of [
    ['version', undefined],
    ['version', 0],
    ['version', 3],
    ['user', 7],
    ['version', '1'],
    ['acceptance', undefined],
    ['acceptance', null],
    ['acceptance', 'yes'],
    ['acceptance.termsId', 7],
    ['acceptance.version', undefined],
    ['acceptance.textSha256', null],
    ['acceptance.receiptId', {}],
    ['conversationId', 7],
    ['kept', false],
    ['turns', undefined],
    ['turns', {}],
    ['turns', {length: 1, 0: {}}],
    ['turns', [null]],
    ['turns.0.id', 1],
    ['turns.0.question', undefined],
    ['turns.0.question', {toString: 'x'}],
    ['turns.0.askedAtMs', '1'],
    ['turns.0.askedAtMs', null],
    ['turns.0.phase', 'sleeping'],
    ['turns.0.phase', undefined],
    ['turns.0.phase', 'failed'],
    ['turns.0.cursor', 7],
    ['turns.0.handoff', undefined],
    ['turns.0.answers', 'none'],
    ['turns.0.answers.0', null],
    ['turns.0.answers.0.messageId', 7],
    ['turns.0.answers.0.answerer', undefined],
    ['turns.0.answers.0.answerer.kind', 'oracle'],
    ['turns.0.answers.0.parts', undefined],
    ['turns.0.answers.0.parts.0.text', 7],
    ['turns.0.answers.0.parts.0.id', undefined],
    ['turns.0.answers.0.sources.0.title', undefined],
    ['turns.0.answers.0.sources.0.url', 7],
    ['turns.0.answers.0.citations', {}],
    ['turns.0.answers.0.citations.0', 'x'],
    ['turns.0.answers.0.notices.0.text', null],
    ['turns.0.answers.0.rateable', 'yes'],
    ['turns.0.answers.0.rating', 5],
    ['turns.0.answers.0.rating.score', 6],
    ['turns.0.answers.0.rating.reasons', 'unclear'],
    ['turns.0.answers.0.rating.reasons.0', 7],
    ['turns.0.replaces', 7],
    ['turns.0.suggestions', undefined],
    ['turns.0.suggestions.0', {}],
    ['turns.1.error', undefined],
    ['turns.1.error', 'network'],
    ['turns.1.error.code', 'no_such_code'],
    ['turns.1.error.display', {html: '<b>'}],
    ['ticket', undefined],
    ['ticket', []],
    ['ticket.phase', 'lost'],
    ['ticket.phase', 'created'],
    ['ticket.key', undefined],
    ['ticket.form', undefined],
    ['ticket.form.name', null],
    ['ticket.form.attach', 'yes'],
    ['ticket.form.transcript', undefined],
    ['ticket.form.transcript.0.role', 'system'],
    ['ticket.form.transcript.0.text', 7],
    ['ticket.error.code', 'no_such_code'],
  ] as const) {
    it(`${path} is ${value === undefined ? 'missing' : JSON.stringify(value)}`, () => {
      expect(fromSnapshot(changed(path, value))).to.equal(undefined);
    });
  }

  it('and nothing in it reaches the prototype of anything', () => {
    const poison = good
      .replace('{"version"', '{"__proto__":{"polluted":true},"version"')
      .replace('"turns":[{', '"turns":[{"__proto__":{"polluted":true},')
      .replace('"ticket":{', '"ticket":{"constructor":{"prototype":{"polluted":true}},');
    const state = fromSnapshot(poison);
    const reached = [{}, state ?? {}, state?.turns?.[0] ?? {}, state?.ticket ?? {}].map(
      (value) => (value as Fields)['polluted'],
    );
    expect(reached).to.deep.equal([undefined, undefined, undefined, undefined]);
  });
});
