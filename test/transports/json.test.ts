import {expect} from '@open-wc/testing';

import {jsonTransport, type JsonAnswer, type JsonOptions} from '../../src/transports/json.js';
import {answering, ask, bytes, callOptions, cuts, fold, hurried, screened, type Given} from './adapter-setup.js';

const endpoint = 'https://help.example/ask/?v=2';
const given = (body: unknown, more: Partial<Given> = {}): Given => ({
  type: 'application/json',
  pieces: [bytes(typeof body === 'string' ? body : JSON.stringify(body))],
  ...more,
});

function setUp(answer: Given | ((count: number) => Given), options: Partial<JsonOptions> = {}) {
  const {fetch, sent} = answering((_sent, count) => (typeof answer === 'function' ? answer(count) : answer));
  const read = (json: unknown) => json as JsonAnswer;
  const transport = jsonTransport({endpoint, fetch, answer: read, ...options}, hurried);
  return {sent, send: (request = ask()) => fold(transport.send(request, callOptions()))};
}

describe('a backend that answers in plain JSON', () => {
  it('is asked in the shape the host says, at exactly its address', async () => {
    const {sent, send} = setUp(given({text: 'Hej'}), {
      request: ({text, history}, {locale}) => ({q: text, lang: locale, before: history.length}),
      getToken: async () => 'secret',
    });
    await send(ask('Hur?', {history: [{role: 'user', text: screened('Hej')}]}));
    expect(sent[0]).to.deep.include({url: endpoint, method: 'POST', body: {q: 'Hur?', lang: 'sv-SE', before: 1}});
    expect(sent[0]!.headers.get('authorization')).to.equal('Bearer secret');
    expect(sent[0]!.headers.get('idempotency-key')).to.equal(ask().clientMessageId);
  });

  it('is asked with all there is, when the host says nothing', async () => {
    const {sent, send} = setUp(given({text: 'Hej'}));
    await send(ask('Hur?', {conversationId: 'c1', session: 7, context: {page: '/a'}}));
    expect(sent[0]!.body).to.deep.equal({
      text: 'Hur?',
      history: [],
      locale: 'sv-SE',
      conversationId: 'c1',
      session: 7,
      context: {page: '/a'},
    });
  });

  it('gives an answer with sources and suggestions, in the shape the host reads', async () => {
    const {send} = setUp(
      given({choices: [{message: 'Under **Fakturor** [1].'}], docs: [{t: 'A', u: 'https://a.example/'}]}),
      {
        answer: (json) => {
          const {choices, docs} = json as {choices: {message: string}[]; docs: {t: string; u: string}[]};
          return {
            text: choices[0]!.message,
            sources: docs.map(({t, u}) => ({title: t, url: u})),
            suggestions: ['Och sedan?', {text: 'Varför?'}],
          };
        },
      },
    );
    const answer = await send();
    expect(answer).to.deep.include({
      text: 'Under **Fakturor** [1].',
      last: 'stop',
      sources: [{id: 'https://a.example/', url: 'https://a.example/', title: 'A'}],
      suggestions: [{text: 'Och sedan?'}, {text: 'Varför?'}],
    });
  });

  it('names the conversation, keeps its state, says who answers and offers a human', async () => {
    const {send} = setUp(
      given({
        text: 'Hej',
        conversationId: 'c1',
        messageId: 'm1',
        session: {a: 1},
        answerer: {kind: 'search'},
        handoff: true,
      }),
    );
    const {events, session, handoff} = await send();
    expect(events).to.deep.include({type: 'start', conversationId: 'c1', messageId: 'm1'});
    expect(events).to.deep.include({type: 'answerer', kind: 'search'});
    expect([session, handoff]).to.deep.equal([{a: 1}, true]);
  });

  it('says that nothing was found when the text is empty', async () => {
    expect((await setUp(given({text: ''})).send()).last).to.equal('no_source');
  });

  it('reads the answer however the network cuts it', async () => {
    const whole = bytes(JSON.stringify({text: 'Großkunden 🗓️ å', sources: [{title: 'Ä'}]}));
    for (const [how, pieces] of cuts(whole)) {
      const {text, sources} = await setUp({type: 'application/json', pieces}).send();
      expect([text, sources], how).to.deep.equal(['Großkunden 🗓️ å', [{id: 'Ä', title: 'Ä'}]]);
    }
  });

  it('says what the host’s function made an error of, and shows only what is meant to be shown', async () => {
    const {send} = setUp(given({}), {answer: () => ({error: {code: 'quota_exceeded', display: 'Slut för i dag.'}})});
    const {events} = await send();
    expect(events).to.deep.equal([
      {type: 'error', error: {code: 'quota_exceeded', retryable: false, display: 'Slut för i dag.'}},
    ]);
  });

  for (const [what, body] of [
    ['no JSON', '<html>'],
    ['half of it', '{"text": "Hej'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number as text', {text: 7}],
    ['no text', {}],
    ['a prototype', '{"__proto__": {"text": "Hej"}}'],
    ['another type', '"Hej"'],
  ] as const) {
    it(`calls it a broken promise when it is given ${what}`, async () => {
      expect((await setUp(given(body)).send()).last).to.equal('protocol');
    });
  }

  it('takes from sources and suggestions only what is right', async () => {
    const {send} = setUp(
      given({
        text: 'Hej',
        sources: [null, 7, {}, {title: 7}, {title: 'A', n: '1', url: 7}, {id: '', title: 'B'}],
        suggestions: [null, '', 7, {text: 7}, 'C'],
        handoff: 'yes',
        answerer: {kind: 'boss'},
      }),
    );
    expect(await send()).to.deep.include({
      sources: [
        {id: 'A', title: 'A'},
        {id: 'B', title: 'B'},
      ],
      suggestions: [{text: 'C'}],
      handoff: false,
      last: 'stop',
    });
  });

  it('calls it a broken promise when the host’s function throws', async () => {
    const {send} = setUp(given({}), {
      answer: () => {
        throw new TypeError('no such field');
      },
    });
    expect((await send()).last).to.equal('protocol');
  });

  it('gives an endless answer up', async () => {
    const megabyte = new Uint8Array(2 ** 20).fill(0x20);
    const {send} = setUp({type: 'application/json', pieces: Array.from({length: 20}, () => megabyte)});
    expect((await send()).last).to.equal('protocol');
  });

  it('keeps no half answer when the connection breaks', async () => {
    const {send} = setUp({type: 'application/json', pieces: [bytes('{"text": "He'), null]});
    expect(await send()).to.deep.include({text: '', last: 'interrupted'});
  });

  it('asks again while the backend is not there yet', async () => {
    const {send, sent} = setUp((count) => (count < 3 ? given('', {status: 503}) : given({text: 'Hej'})));
    expect((await send()).text).to.equal('Hej');
    expect(sent.length).to.equal(3);
  });

  for (const [status, body, code] of [
    [401, {}, 'auth_required'],
    [400, {error: {code: 'content_filter'}}, 'content_filtered'],
    [500, {error: 'boom'}, 'server'],
    [404, undefined, 'unavailable'],
  ] as const) {
    it(`says ${code} when it is refused with ${status}`, async () => {
      expect((await setUp(given(body ?? '', {status})).send()).last).to.equal(code);
    });
  }
});
