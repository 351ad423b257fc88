/** The relays against servers that answer as the systems' public documentation says they do. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {freshdeskRelay} from '../../demo/relays/freshdesk.js';
import {relayFrom} from '../../demo/relays/from-environment.js';
import {handOn} from '../../demo/relays/hand-on.js';
import {bodyOf, checked, RelayError, singleLine, subjectOf, type Relay} from '../../demo/relays/relay.js';
import {zammadRelay} from '../../demo/relays/zammad.js';
import {zendeskRelay} from '../../demo/relays/zendesk.js';
import {helpDesk, nobodyHome, problemOf, ticket, type Answer, type Asked} from './help-desk.js';

interface System {
  readonly relay: (url: string) => Relay;
  readonly path: string;
  readonly made: unknown;
  /** What the relay makes of it; `{url}` is the system's address. */
  readonly receipt: {readonly id: string; readonly url: string};
  readonly subject: (body: Asked['body']) => unknown;
  readonly maxSubject: number;
  /** A refusal as it is documented, and what it comes to. */
  readonly refusal: Answer;
  readonly refused: string;
}

const systems: Readonly<Record<string, System>> = {
  zendesk: {
    relay: (url) => zendeskRelay({url, email: 'agent@example.com', apiToken: 'secret'}),
    path: '/api/v2/requests.json',
    made: {request: {id: 33, status: 'new', url: 'https://example.zendesk.com/api/v2/requests/33.json'}},
    receipt: {id: '33', url: '{url}/hc/requests/33'},
    subject: ({request}) => (request as {subject: string}).subject,
    maxSubject: 150,
    refusal: {
      status: 422,
      body: {
        error: 'RecordInvalid',
        description: 'Record validation errors',
        details: {requester: [{description: 'Requester: Email: asa is not properly formatted', error: 'InvalidValue'}]},
      },
    },
    refused: 'rejected requester',
  },
  zammad: {
    relay: (url) => zammadRelay({url, token: 'secret', group: 'Users'}),
    path: '/api/v1/tickets',
    made: {id: 19, number: '22019', title: 'x'},
    receipt: {id: '22019', url: '{url}/#ticket/zoom/19'},
    subject: ({title}) => title,
    maxSubject: 250,
    refusal: {status: 422, body: {error: 'No such group', error_human: 'No such group'}},
    refused: 'rejected',
  },
  freshdesk: {
    relay: (url) => freshdeskRelay({url, apiKey: 'secret'}),
    path: '/api/v2/tickets',
    made: {id: 1, subject: 'x', status: 2},
    receipt: {id: '1', url: '{url}/support/tickets/1'},
    subject: ({subject}) => subject,
    maxSubject: 255,
    refusal: {
      status: 400,
      body: {
        description: 'Validation failed',
        errors: [{field: 'email', message: 'It should be a valid email address.', code: 'invalid_value'}],
      },
    },
    refused: 'rejected email',
  },
};

for (const [name, system] of Object.entries(systems)) {
  const {relay, path, made, receipt, subject, maxSubject, refusal, refused} = system;
  const answering = (...answers: readonly (Answer | 'break')[]) => {
    let count = 0;
    return helpDesk(() => answers[Math.min(count++, answers.length - 1)]!);
  };

  describe(`the relay to ${name}`, () => {
    it('hands a ticket on, and tells where it is', async () => {
      const {url, asked} = await answering({status: 201, body: made});
      assert.deepEqual(await relay(url)(ticket), {...receipt, url: receipt.url.replace('{url}', url)});
      assert.equal(asked[0]?.path, path);
      assert.match(asked[0]?.headers.authorization ?? '', /^(Basic [\w+/=]+|Token token=secret)$/);
      assert.equal(subject(asked[0].body), '[T-12] Exporten blir tom.');
      const sent = JSON.stringify(asked[0].body);
      for (const part of ['Åsa Öberg-Łukasik', 'asa@example.com', 'två gånger', 'Välj *Export*. 👩‍👧'])
        assert.ok(sent.includes(part), part);
    });

    it('cuts a very long subject between characters', async () => {
      const {url, asked} = await answering({status: 201, body: made});
      await relay(url)({...ticket, description: '👩'.repeat(500)});
      const sent = subject(asked[0]!.body) as string;
      assert.ok(sent.length <= maxSubject && sent.length > maxSubject - 3 && sent.endsWith('👩…'), sent);
    });

    for (const [what, answer, problem] of [
      ['a refusal', refusal, refused],
      ['a rate limit that says when', {status: 429, headers: {'retry-after': '93'}}, 'busy 93000'],
      ['a rate limit that does not say when', {status: 429, headers: {'retry-after': 'soon'}}, 'busy'],
      [
        'a rate limit of a day, which nobody waits for',
        {status: 429, headers: {'retry-after': '86400'}},
        'busy 3600000',
      ],
      ['maintenance', {status: 503}, 'busy'],
      ['wrong credentials', {status: 401, body: {error: "Couldn't authenticate you"}}, 'not-allowed'],
      ['missing rights', {status: 403, body: {error: 'Not authorized'}}, 'not-allowed'],
      ['a wrong address', {status: 404}, 'not-allowed'],
      ['an error of the server, which may have made it', {status: 500, body: {error: 'at line 42'}}, 'uncertain'],
      ['a gateway that gave up', {status: 504}, 'uncertain'],
      ['an answer without a number', {status: 201, body: {}}, 'uncertain'],
      ['an answer that is no JSON', {status: 201}, 'uncertain'],
      ['a connection that breaks after the ticket was sent', 'break', 'uncertain'],
      [
        'a way elsewhere, where credentials do not go',
        {status: 307, headers: {location: 'http://127.0.0.1:9/'}},
        'uncertain',
      ],
    ] as const) {
      it(`understands ${what}`, async () => {
        const {url, asked} = await answering(answer);
        assert.equal(await problemOf(relay(url)(ticket)), problem);
        assert.equal(asked.length, 1);
      });
    }

    it('calls nobody at home busy: nothing was made', async () => {
      assert.equal(await problemOf(relay(await nobodyHome())(ticket)), 'busy');
    });

    it('says nothing of what a person wrote, or the server said, in its error', async () => {
      const {url} = await answering({status: 500, body: {error: ticket.description}});
      const error = await relay(url)(ticket).catch((caught: Error) => caught);
      assert.ok(error instanceof Error);
      assert.equal(error.message, 'uncertain');
      assert.equal(error.cause, undefined);
    });

    for (const [what, changes, field] of [
      ['two addresses', {email: 'a@example.com,b@example.com'}, 'email'],
      ['an address with a line break', {email: 'a@example.com\r\nBcc: b@example.com'}, 'email'],
      ['no address', {email: 'Åsa'}, 'email'],
      ['an attachment', {attachments: [{path: '/etc/passwd'}]}, 'attachments'],
    ] as const) {
      it(`refuses ${what}, and sends nothing`, async () => {
        const {url, asked} = await answering({status: 201, body: made});
        assert.equal(await problemOf(relay(url)({...ticket, ...changes})), `rejected ${field}`);
        assert.equal(asked.length, 0);
      });
    }
  });
}

it('Zendesk is asked with the key of the ticket, and anonymously where there is no token', async () => {
  const {url, asked} = await helpDesk(() => ({status: 201, body: {request: {id: 1}}}));
  await zendeskRelay({url})(ticket);
  assert.equal(asked[0]?.headers['idempotency-key'], ticket.idempotencyKey);
  assert.equal(asked[0]?.headers.authorization, undefined);
});

it('Freshdesk reads HTML, so what a person wrote is escaped', async () => {
  const {url, asked} = await helpDesk(() => ({status: 201, body: {id: 1}}));
  await freshdeskRelay({url, apiKey: 'k'})(ticket);
  assert.match(String(asked[0]?.body['description']), /^Exporten blir tom\.<br>Jag .* &lt;b&gt;nu&lt;\/b&gt;\./);
});

it('Zammad reads plain text of the customer', async () => {
  const {url, asked} = await helpDesk(() => ({status: 201, body: {id: 1, number: '2'}}));
  await zammadRelay({url, token: 't', group: 'Users'})(ticket);
  const {customer_id: customer, article} = asked[0]!.body as {customer_id: string; article: {content_type: string}};
  assert.equal(customer, 'guess:asa@example.com');
  assert.equal(article.content_type, 'text/plain');
});

describe('what goes into a ticket', () => {
  it('has no line break or other control in a name or a subject', () => {
    assert.equal(checked({...ticket, name: 'Åsa\r\nBcc: x@example.com\u0000\u202e'}).name, 'Åsa Bcc: x@example.com');
    assert.equal(subjectOf({...ticket, description: '\u2028Hej\tdär\u0007'}, 100), '[T-12] Hej där');
    assert.equal(singleLine(' a \u200b b '), 'a b');
  });

  it('is cut where it is too long, and says so', () => {
    const long = bodyOf({...ticket, transcript: [{role: 'assistant', text: 'x'.repeat(1000)}]}, 200);
    assert.equal(long.length, 200);
    assert.ok(long.endsWith('…'));
  });
});

describe('the operator’s choice', () => {
  it('is none without a word', async () => assert.equal(await relayFrom({}), undefined));

  for (const [env, sentence] of [
    [{TILLIT_TICKET_RELAY: 'jira'}, /must be zendesk, zammad, freshdesk or smtp/],
    [{TILLIT_TICKET_RELAY: 'zammad', ZAMMAD_URL: 'https://a.example'}, /needs ZAMMAD_TOKEN/],
    [{TILLIT_TICKET_RELAY: 'zendesk', ZENDESK_URL: 'example.zendesk.com'}, /ZENDESK_URL must be an address/],
    [{TILLIT_TICKET_RELAY: 'smtp', SMTP_URL: 'https://mail.example'}, /smtps:\/\/ or smtp:\/\//],
  ] as const) {
    it(`is told what is missing: ${JSON.stringify(env)}`, () => assert.rejects(relayFrom(env), sentence));
  }

  it('is taken', async () => {
    const {url, asked} = await helpDesk(() => ({status: 201, body: {id: 7}}));
    const relay = await relayFrom({TILLIT_TICKET_RELAY: 'freshdesk', FRESHDESK_URL: `${url}/`, FRESHDESK_API_KEY: 'k'});
    assert.equal((await relay!(ticket)).id, '7');
    assert.equal(asked.length, 1);
  });
});

describe('handing on', () => {
  /** A relay that fails in these ways, one after another, and then works. */
  function failing(...problems: readonly RelayError[]) {
    const lines: string[] = [];
    const waits: number[] = [];
    const sent: string[] = [];
    const relay: Relay = async ({id}) => {
      sent.push(id);
      const problem = problems[sent.length - 1];
      if (problem) throw problem;
      return {id: `Z-${sent.length}`};
    };
    const wait = async (ms: number) => waits.push(ms);
    return {lines, waits, sent, hand: handOn(relay, {log: (line) => lines.push(line), wait})};
  }

  it('tries again what is busy, after the time it was told', async () => {
    const {hand, lines, waits} = failing(new RelayError('busy', {retryAfterMs: 93_000}), new RelayError('busy'));
    await hand(ticket);
    assert.deepEqual(waits, [93_000, 10_000]);
    assert.deepEqual(lines, ['ticket T-12 was handed on as Z-3']);
  });

  for (const problem of ['uncertain', 'rejected', 'not-allowed'] as const) {
    it(`does not send again what is ${problem}, and tells the operator without a word of the person’s`, async () => {
      const {hand, lines, sent} = failing(new RelayError(problem));
      await hand(ticket);
      assert.deepEqual(sent, ['T-12']);
      assert.deepEqual(lines, [`ticket T-12 was not handed on: ${problem}`]);
    });
  }

  it('gives up in the end, and goes on with the next', async () => {
    const {hand, lines, sent} = failing(...Array.from({length: 5}, () => new RelayError('busy')));
    await Promise.all([hand(ticket), hand({...ticket, id: 'T-13'})]);
    assert.equal(sent.length, 6);
    assert.deepEqual(lines, ['ticket T-12 was not handed on: busy', 'ticket T-13 was handed on as Z-6']);
  });
});
