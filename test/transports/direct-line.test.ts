import {expect} from '@open-wc/testing';

import {directLineTransport, type DirectLineOptions} from '../../src/transports/direct-line.js';
import {ask, callOptions, fold, hurried} from './adapter-setup.js';
import {endpoint, fakeDirectLine, json, says, streams, types, type FakeOptions, type Said} from './fake-direct-line.js';

function setUp(bot: FakeOptions['bot'], fake: Partial<FakeOptions> = {}, options: Partial<DirectLineOptions> = {}) {
  const line = fakeDirectLine({bot, ...fake});
  const {fetch, WebSocket} = line;
  const transport = directLineTransport(
    {endpoint, fetch, WebSocket: fake.socket ? WebSocket : false, ...options},
    hurried,
  );
  return {
    line,
    transport,
    send: (request = ask()) => fold(transport.send(request, callOptions())),
    posted: () =>
      line.sent
        .filter(({url, method}) => method === 'POST' && url.endsWith('/activities'))
        .map(({body}) => body as Said),
  };
}
const saying = (...activities: readonly unknown[]) => setUp(() => [activities]);

const claim = (position: number, name: string, url?: string) => ({
  '@type': 'Claim',
  position,
  appearance: {'@type': 'DigitalDocument', name, ...(url && {url})},
});
const citing = (...claims: readonly unknown[]) => ({
  entities: [{type: 'https://schema.org/Message', '@type': 'Message', citation: claims}],
});

describe('Direct Line', () => {
  it('is told who asks what, in which language, and where from', async () => {
    const {send, posted} = setUp(() => [[says('Hej')]], {}, {userId: 'u-1'});
    await send(ask('Hur?', {context: {page: '/a'}}));
    expect(posted()).to.deep.equal([
      {
        type: 'message',
        from: {id: 'u-1', role: 'user'},
        text: 'Hur?',
        locale: 'sv-SE',
        channelData: {clientActivityID: ask().clientMessageId, context: {page: '/a'}},
      },
    ]);
  });

  for (const [how, fake] of [
    ['by polling', {}],
    ['over a socket', {socket: undefined}],
    ['by polling, when the socket is refused', {socket: 'refused'}],
    ['by polling, when the socket stays silent', {socket: 'silent'}],
    ['by polling on, when the socket breaks', {breakAfter: 3}],
  ] as const) {
    it(`is heard ${how}`, async () => {
      const bot = () => [
        [streams('informative', 'Söker…', 1)],
        [streams('streaming', 'Under', 2)],
        [streams('streaming', 'Under **Fakturor**', 3)],
        [streams('final', 'Under **Fakturor** [1].', undefined, citing(claim(1, 'A', 'https://a.example/')))],
      ];
      const socket = how === 'by polling' ? {} : {socket: ('socket' in fake && fake.socket) || 'open'};
      const {send, line} = setUp(bot, {...fake, ...socket} as Partial<FakeOptions>);
      const answer = await send();
      expect(answer).to.deep.include({
        text: 'Under **Fakturor** [1].',
        last: 'stop',
        sources: [{id: 'https://a.example/', n: 1, title: 'A', url: 'https://a.example/'}],
      });
      expect(line.sockets).to.equal(how === 'by polling' ? 0 : 1);
      expect(answer.events[0]).to.deep.equal({type: 'start', conversationId: 'c1'});
    });
  }

  it('goes on in the same conversation, where it was left', async () => {
    for (const socket of ['none', 'open'] as const) {
      const {send, line} = setUp(({text}) => [[says(`Svar på ${String(text)}`)]], {socket}, {WebSocket: undefined});
      const {events} = await send(ask('ett'));
      const [start] = events;
      const conversationId = start?.type === 'start' ? start.conversationId! : '';
      expect((await send(ask('två', {conversationId, clientMessageId: 'b'}))).text).to.equal('Svar på två');
      expect(line.sent.filter(({url}) => url.endsWith('/conversations')).length).to.equal(1);
    }
  });

  it('says in pieces what comes in pieces, also out of order', async () => {
    const delta = {channelData: {chunkType: 'delta'}};
    const answer = await saying(
      streams('streaming', 'Hej', 1, delta),
      streams('streaming', ' där', 3, delta),
      streams('streaming', ' du', 2, delta),
      streams('streaming', ' du', 2, delta),
      streams('final', 'Hej du där.'),
    ).send();
    expect(answer.events.flatMap((event) => (event.type === 'text' ? [[event.op, event.text]] : []))).to.deep.equal([
      ['append', 'Hej'],
      ['append', ' där'],
      ['replace', 'Hej du där'],
      ['replace', 'Hej du där.'],
    ]);
  });

  it('ignores what a livestream says too late, twice or after its end', async () => {
    const answer = await saying(
      streams('streaming', 'A', 1),
      streams('streaming', 'ABC', 3),
      streams('streaming', 'AB', 2),
      streams('final', 'ABCD'),
      streams('streaming', 'ABC', 4),
    ).send();
    expect([answer.text, answer.bubbles.length]).to.deep.equal(['ABCD', 1]);
  });

  it('knows a livestream again by the id of its first activity, even if a gateway has changed that', async () => {
    for (const streamId of ['s1', 'other']) {
      const answer = await saying(
        {...streams('streaming', 'A', 1, {channelData: {streamId: undefined}}), id: 's1'},
        streams('streaming', 'AB', 2, {channelData: {streamId}}),
        streams('final', 'ABC', undefined, {channelData: {streamId}}),
      ).send();
      expect(answer.text).to.equal('ABC');
    }
  });

  it('keeps livestreams apart that run at once, and opens a bubble for what comes after them', async () => {
    const other = {channelData: {streamId: 'other'}};
    const answer = await saying(
      streams('streaming', 'A', 1),
      streams('streaming', 'X', 1, other),
      streams('streaming', 'AB', 2),
      streams('final', 'XY', undefined, other),
      streams('final', 'ABC'),
      says('Klart.'),
    ).send();
    expect(answer.bubbles).to.deep.equal(['ABC\n\nXY', 'Klart.']);
  });

  it('withdraws a livestream that ends without a text', async () => {
    const answer = await saying(streams('streaming', 'Hemligt', 1), streams('final', undefined)).send();
    expect(answer).to.deep.include({text: '', retracted: 'empty', last: 'stop'});
  });

  it('waits for more while the bot is typing', async () => {
    const {send} = setUp(() => [[says('Ett'), types()]], {
      instead: (() => {
        let polls = 0;
        return ({url}) =>
          url.includes('watermark') && ++polls === 3 ? json({activities: [says('Två')], watermark: '9'}) : undefined;
      })(),
    });
    expect((await send()).bubbles).to.deep.equal(['Ett', 'Två']);
  });

  it('gives every document its number, also two places on one page', async () => {
    const url = 'https://a.example/';
    const {sources} = await saying(
      says('[1] [2] [3]', citing(claim(1, 'A', url), claim(2, 'B', url), claim(3, 'C'))),
    ).send();
    expect(sources.map(({id, n}) => [id, n])).to.deep.equal([
      [url, 1],
      [`${url}#2`, 2],
      ['C', 3],
    ]);
  });

  it('finds the documents of older bots in their link definitions', async () => {
    const text = 'Under Fakturor[1].\n\n[1]: https://a.example/x "Fakturor"\n[2]: cite:2 "Inget"';
    expect((await saying(says(text)).send()).sources).to.deep.equal([
      {id: 'https://a.example/x', n: 1, title: 'Fakturor', url: 'https://a.example/x'},
    ]);
  });

  it('reads cards out, and offers their buttons', async () => {
    const {send, posted} = setUp(({text}) =>
      text === 'ja-värde'
        ? [[says('Tack.')]]
        : [
            [
              says(undefined, {
                attachments: [
                  {
                    contentType: 'application/vnd.microsoft.card.adaptive',
                    content: {
                      body: [
                        {type: 'TextBlock', text: 'Fråga'},
                        {columns: [{items: [{facts: [{title: 'Pris', value: '5'}]}]}]},
                      ],
                      actions: [{type: 'Action.OpenUrl', title: 'Läs', url: 'https://a.example/'}],
                    },
                  },
                  {
                    contentType: 'application/vnd.microsoft.card.hero',
                    content: {title: 'Säker?', buttons: [{type: 'imBack', title: 'Ja', value: 'ja-värde'}]},
                  },
                  {contentType: 'image/png', contentUrl: 'https://a.example/b.png'},
                ],
              }),
            ],
          ],
    );
    const {text, suggestions, events} = await send();
    expect(text).to.equal('Fråga\n\nPris – 5\n\nSäker?');
    expect(suggestions).to.deep.equal([{text: 'Läs', url: 'https://a.example/'}, {text: 'Ja'}]);
    expect(events.some(({type}) => type === 'data')).to.equal(true);
    expect((await send(ask('Ja', {trigger: 'suggestion', conversationId: 'c1'}))).text).to.equal('Tack.');
    expect(posted().at(-1)!.text).to.equal('ja-värde');
  });

  it('offers a human, and says when one has come', async () => {
    const {handoff, events} = await saying(
      says('Jag kopplar dig.'),
      {type: 'event', name: 'handoff.initiate', from: {id: 'bot'}, value: {va_AgentMessage: 'hemligt'}},
      {type: 'event', name: 'handoff.status', from: {id: 'bot'}, value: {state: 'accepted'}},
    ).send();
    expect(handoff).to.equal(true);
    expect(events.some((event) => event.type === 'answerer' && event.kind === 'human')).to.equal(true);
    expect(JSON.stringify(events)).not.to.include('hemligt');
  });

  for (const [code, last] of [
    ['completedSuccessfully', 'stop'],
    ['userCancelled', 'cancelled'],
    ['botTimedOut', 'timeout'],
    ['channelFailed', 'server'],
    [undefined, 'stop'],
  ] as const) {
    it(`ends as ${last} when the bot closes the conversation: ${code}, and begins another the next time`, async () => {
      const {send, line} = saying(says('Hej'), {type: 'endOfConversation', code, from: {id: 'bot'}}, says('för sent'));
      expect(await send()).to.deep.include({text: 'Hej', last});
      line.sent.length = 0;
      await send();
      expect(line.sent[0]!.url).to.equal(`${endpoint}/conversations`);
    });
  }

  for (const [what, activity] of [
    ['null', null],
    ['a number', 7],
    ['no type', {from: {id: 'bot'}, text: 'x'}],
    ['another type', {type: 'trace', from: {id: 'bot'}, text: 'x'}],
    ['a number as text', says(7)],
    [
      'entities of the wrong kind',
      says(undefined, {entities: 7, attachments: 'x', suggestedActions: null, channelData: []}),
    ],
    [
      'a prototype',
      JSON.parse('{"type":"message","__proto__":{"text":"x"},"from":{"__proto__":{"role":"user"}}}') as unknown,
    ],
    ['a livestream of the wrong kind', {...types(), channelData: {streamType: 7}}],
    ['what the person said elsewhere', {type: 'message', text: 'x', from: {id: 'other', role: 'user'}}],
  ] as const) {
    it(`is not confused by ${what}`, async () => {
      const {text, last} = await saying(activity, says('Hej')).send();
      expect([text, last]).to.deep.equal(['Hej', 'stop']);
    });
  }

  it('leaves out what the person said, though the token names them otherwise', async () => {
    const line = fakeDirectLine({bot: () => [[says('Hej')]]});
    const fetch = async (url: string, init: RequestInit) => {
      const body = typeof init.body === 'string' ? (JSON.parse(init.body) as Said) : undefined;
      return line.fetch(url, body ? {...init, body: JSON.stringify({...body, from: {id: 'dl_7'}})} : init);
    };
    const transport = directLineTransport({endpoint, fetch, WebSocket: false}, hurried);
    expect((await fold(transport.send(ask(), callOptions()))).text).to.equal('Hej');
  });

  it('reads the cursor where everything of a set has been said', async () => {
    const {events} = await saying(says('Ett'), says('Två')).send();
    expect(events.filter(({cursor}) => cursor !== undefined).map(({type, cursor}) => [type, cursor])).to.deep.equal([
      ['text', '3'],
    ]);
  });

  it('takes a broken answer up again, and says nothing when there is none', async () => {
    const {send, transport} = setUp(() => [[says('Ett')], [says('Två')]]);
    await send();
    const resumed = (cursor: string) =>
      fold(transport.resume!({messageId: 'm', conversationId: 'c1', cursor}, callOptions()));
    expect(await resumed('3')).to.deep.include({text: '', last: 'end'});
    expect((await fold(transport.resume!({messageId: 'm'}, callOptions()))).events).to.deep.equal([]);
  });
});

describe('Direct Line that fails', () => {
  const refuse = (status: number, code: string, when: (url: string, method: string) => boolean, times = Infinity) => {
    let left = times;
    return {
      instead: ({url, method}: {url: string; method: string}) =>
        when(url, method) && left-- > 0 ? json({error: {code, message: 'secret'}}, status) : undefined,
    };
  };
  const isPost = (url: string, method: string) => method === 'POST' && url.endsWith('/activities');

  it('is asked with a renewed token before the old one runs out', async () => {
    const {send, line} = setUp(() => [[says('Hej')]], {tokenSeconds: 60}, {getToken: async () => 'first'});
    await send();
    const used = line.sent.map(({url, headers}) => [
      url.slice(endpoint.length).split('?')[0],
      headers.get('authorization'),
    ]);
    expect(used.slice(0, 3)).to.deep.equal([
      ['/conversations', 'Bearer first'],
      ['/tokens/refresh', 'Bearer token-1'],
      ['/conversations/c1/activities', 'Bearer token-2'],
    ]);
  });

  it('is asked once more with a new token when the old one has run out', async () => {
    const reasons: string[] = [];
    const {send, posted} = setUp(() => [[says('Hej')]], refuse(403, 'TokenExpired', isPost, 1), {
      getToken: async ({reason}) => {
        reasons.push(reason);
        return reason;
      },
    });
    expect((await send()).text).to.equal('Hej');
    expect([reasons, posted().length]).to.deep.equal([['initial', 'expired'], 2]);
  });

  for (const [status, code] of [
    [404, 'NotFound'],
    [403, 'TokenExpired'],
  ] as const) {
    it(`begins anew when a conversation is gone: ${status}`, async () => {
      const isOld = (url: string) => url.includes('/c0');
      const {send} = setUp(() => [[says('Hej')]], refuse(status, code, isOld), {getToken: async () => 'token'});
      const {text, events} = await send(ask('Hur?', {conversationId: 'c0'}));
      expect(text).to.equal('Hej');
      expect(events[0]).to.deep.equal({type: 'start', conversationId: 'c1'});
    });
  }

  it('asks a bot once only, and takes its answer though the service has given it up', async () => {
    const line = {current: undefined as ReturnType<typeof setUp> | undefined};
    const late = setUp(
      () => [[says('Till slut.')]],
      {socket: 'open'},
      {
        fetch: async (url, init) => {
          const {fetch, WebSocket: _} = line.current!.line;
          const response = await fetch(url, init);
          return isPost(url, init.method ?? '') ? new Response('{}', {status: 502}) : response;
        },
      },
    );
    line.current = late;
    expect(await late.send()).to.deep.include({text: 'Till slut.', last: 'stop'});
    expect(late.posted().length).to.equal(1);
  });

  for (const [what, given, last] of [
    ['the service gives the bot up, and nothing comes', refuse(502, 'BotError', isPost), 'unavailable'],
    ['it has had too much', refuse(429, 'TooManyRequests', isPost), 'rate_limited'],
    ['it says no', refuse(400, 'MissingProperty', isPost), 'invalid_request'],
    ['no conversation can be begun', refuse(401, 'x', (url) => url.endsWith('/conversations')), 'auth_required'],
    ['there is no such service', refuse(404, 'x', (url) => url.endsWith('/conversations')), 'unavailable'],
  ] as const) {
    it(`says ${last} when ${what}, and shows nothing of why`, async () => {
      const answer = await setUp(() => [], given).send();
      expect([answer.last, JSON.stringify(answer.events).includes('secret')]).to.deep.equal([last, false]);
    });
  }

  it('says that it took too long when the bot says nothing', async () => {
    expect((await setUp(() => []).send()).last).to.equal('timeout');
  });

  it('says that an answer is cut when a livestream is not ended', async () => {
    expect(await saying(streams('streaming', 'Hal', 1)).send()).to.deep.include({text: 'Hal', last: 'interrupted'});
  });

  for (const [what, body] of [
    ['no JSON', '<html>'],
    ['null', 'null'],
    ['an endless set', JSON.stringify({activities: [{text: 'x'.repeat(5 * 2 ** 20)}]})],
  ] as const) {
    it(`calls it a broken promise when a set is ${what}`, async () => {
      const isSet = (url: string, method: string) => method === 'GET' && url.includes('/activities');
      const {send} = setUp(() => [], {instead: ({url, method}) => (isSet(url, method) ? json(body) : undefined)});
      expect((await send()).last).to.equal('protocol');
    });
  }

  it('hears everything though the service gives the same set again and again', async () => {
    const set = {activities: [says('Hej')], watermark: '1'};
    const {send} = setUp(() => [], {
      instead: ({url, method}) => (method === 'GET' && url.includes('/activities') ? json(set) : undefined),
    });
    expect(await send()).to.deep.include({text: 'Hej', last: 'stop'});
  });

  it('hangs up when the person stops', async () => {
    const {transport} = setUp(() => []);
    const abort = new AbortController();
    const events = transport.send(ask(), callOptions(abort.signal))[Symbol.asyncIterator]();
    await events.next();
    const pending = events.next();
    abort.abort();
    expect((await pending).done).to.equal(true);
  });
});
