/** The relay by e-mail, against a real SMTP server on this machine. */
import assert from 'node:assert/strict';
import {createServer, type AddressInfo} from 'node:net';
import {after, describe, it} from 'node:test';

import {SMTPServer, type SMTPServerOptions} from 'smtp-server';

import {smtpRelay} from '../../demo/relays/smtp.js';
import {problemOf, ticket} from './help-desk.js';

interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  /** Header lines, unfolded, as they travel. */
  readonly headers: readonly string[];
  readonly body: string;
}

async function mailServer(options: SMTPServerOptions = {}) {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    logger: false,
    onData(stream, session, callback) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const text = Buffer.concat(parts).toString();
        const end = text.indexOf('\r\n\r\n');
        const {mailFrom, rcptTo} = session.envelope;
        mails.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({address}) => address),
          headers: text
            .slice(0, end)
            .replace(/\r\n[ \t]+/g, ' ')
            .split('\r\n'),
          body: text.slice(end + 4),
        });
        callback();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  after(() => new Promise<void>((resolve) => server.close(resolve)));
  const {port} = server.server.address() as AddressInfo;
  const relay = (user = '') =>
    smtpRelay({url: `smtp://${user}127.0.0.1:${port}`, from: 'chat@vendor.example', to: 'support@vendor.example'});
  return {mails, relay};
}

const header = ({headers}: Mail, name: string) =>
  headers.filter((line) => line.toLowerCase().startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).trim());

/** RFC 2047 words, as a mail program shows them. */
const decoded = (text: string) =>
  text.replace(/\?=\s+=\?/g, '?==?').replace(/((?:=\?utf-8\?[qb]\?[^?]*\?=)+)/gi, (words) =>
    Buffer.concat(
      [...words.matchAll(/=\?utf-8\?([qb])\?([^?]*)\?=/gi)].map(([, how, word]) =>
        how!.toLowerCase() === 'b'
          ? Buffer.from(word!, 'base64')
          : Buffer.from(
              word!
                .replaceAll('_', ' ')
                .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
              'latin1',
            ),
      ),
    ).toString(),
  );

const readable = ({headers, body}: Mail) => {
  const encoding = headers.find((line) => /^content-transfer-encoding:/i.test(line)) ?? '';
  if (/base64/i.test(encoding)) return Buffer.from(body, 'base64').toString();
  if (!/quoted-printable/i.test(encoding)) return body;
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
};

describe('the relay by e-mail', () => {
  it('sends one plain mail from our own address, and answers go to the person', async () => {
    const {mails, relay} = await mailServer();
    assert.deepEqual(await relay()(ticket), {id: 'T-12'});
    const [mail] = mails;
    assert.ok(mail && mails.length === 1);
    assert.deepEqual([mail.from, mail.to], ['chat@vendor.example', ['support@vendor.example']]);
    assert.deepEqual(header(mail, 'from'), ['chat@vendor.example']);
    assert.equal(decoded(header(mail, 'reply-to')[0]!).replaceAll('"', ''), 'Åsa Öberg-Łukasik <asa@example.com>');
    assert.equal(decoded(header(mail, 'subject')[0]!), '[T-12] Exporten blir tom.');
    assert.deepEqual(header(mail, 'message-id'), [`<${ticket.idempotencyKey}@vendor.example>`]);
    assert.match(header(mail, 'content-type')[0]!, /^text\/plain/);
    assert.match(readable(mail), /Jag har provat två gånger <b>nu<\/b>\.[^]*Chat: Välj \*Export\*\. 👩‍👧/);
  });

  it('has the same Message-ID on a second try', async () => {
    const {mails, relay} = await mailServer();
    await relay()(ticket);
    await relay()(ticket);
    assert.equal(new Set(mails.map((mail) => header(mail, 'message-id')[0])).size, 1);
  });

  it('lets nothing a person wrote become a header', async () => {
    const {mails, relay} = await mailServer();
    await relay()({
      ...ticket,
      name: 'Åsa\r\nBcc: victim@example.com\r\nX-Evil: 1',
      description: 'Hej\rBcc: victim@example.com\nX-Evil: 1\r\n\r\n.\r\nMAIL FROM:<a@example.com>',
      idempotencyKey: 'key>\r\nX-Evil: 1',
    });
    const [mail] = mails;
    assert.ok(mail && mails.length === 1);
    assert.deepEqual(mail.to, ['support@vendor.example']);
    assert.deepEqual([...header(mail, 'bcc'), ...header(mail, 'x-evil'), ...header(mail, 'cc')], []);
    assert.match(readable(mail), /\r?\n\.\r?\nMAIL FROM/);
  });

  it('folds a very long subject, and cuts it between characters', async () => {
    const {mails, relay} = await mailServer();
    await relay()({...ticket, description: 'å👩'.repeat(1000)});
    const subject = decoded(header(mails[0]!, 'subject')[0]!);
    assert.ok(subject.length <= 200 && subject.startsWith('[T-12] å👩å👩') && !subject.includes('\ufffd'), subject);
  });

  for (const [what, changes, field] of [
    ['an attachment', {attachments: [{path: '/etc/passwd'}]}, 'attachments'],
    ['a second recipient', {email: 'a@example.com, b@example.com'}, 'email'],
    ['a line break in the address', {email: 'a@example.com\r\nRCPT TO:<b@example.com>'}, 'email'],
  ] as const) {
    it(`refuses ${what}, and sends nothing`, async () => {
      const {mails, relay} = await mailServer();
      assert.equal(await problemOf(relay()({...ticket, ...changes})), `rejected ${field}`);
      assert.equal(mails.length, 0);
    });
  }

  const refusing = (responseCode: number): SMTPServerOptions => ({
    onRcptTo: (_address, _session, callback) => callback(Object.assign(new Error('no'), {responseCode})),
  });
  for (const [what, options, problem, user] of [
    ['a full mailbox', refusing(452), 'busy'],
    ['greylisting', refusing(451), 'busy'],
    ['an unknown mailbox', refusing(550), 'rejected'],
    [
      'a refused login',
      {authOptional: false, allowInsecureAuth: true, onAuth: (_auth, _session, callback) => callback(new Error('no'))},
      'not-allowed',
      'a:b@',
    ],
    [
      'a mail that is too long',
      {
        onData(stream, _session, callback) {
          stream.resume();
          stream.on('end', () => callback(Object.assign(new Error('too long'), {responseCode: 552})));
        },
      },
      'rejected',
    ],
  ] as const satisfies readonly (readonly [string, SMTPServerOptions, string, string?])[]) {
    it(`understands ${what}`, async () => {
      const {relay} = await mailServer(options);
      assert.equal(await problemOf(relay(user)(ticket)), problem);
    });
  }

  it('calls nobody at home busy', async () => {
    const relay = smtpRelay({url: 'smtp://127.0.0.1:9', from: 'chat@vendor.example', to: 'support@vendor.example'});
    assert.equal(await problemOf(relay(ticket)), 'busy');
  });

  it('does not know whether a mail has come after the connection broke under it', async () => {
    const server = createServer((socket) => {
      let isData = false;
      socket.on('error', () => {});
      socket.write('220 here\r\n');
      socket.on('data', (data: Buffer) => {
        if (isData) return socket.destroy();
        isData = data.toString().startsWith('DATA');
        socket.write(isData ? '354 go on\r\n' : '250 ok\r\n');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    after(() => server.close());
    const {port} = server.address() as AddressInfo;
    const broken = smtpRelay({
      url: `smtp://127.0.0.1:${port}`,
      from: 'chat@vendor.example',
      to: 'support@vendor.example',
    });
    assert.equal(await problemOf(broken(ticket)), 'uncertain');
  });
});
