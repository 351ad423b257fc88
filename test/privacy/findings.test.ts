import {expect} from '@open-wc/testing';

import {findPii, piiTypes} from '../../src/privacy/index.js';
import {loadPacks} from '../../src/privacy/load-packs.js';
import {examples} from './examples.js';

const told = (text: string) =>
  findPii(text).map(({type, severity, start, end}) => [type, severity, text.slice(start, end)]);

describe('A finding', () => {
  it('holds no text, only where it is and why', () => {
    expect(findPii('pnr 811228-9874')).to.deep.equal([
      {
        type: 'PERSON_ID',
        subtype: 'se-personnummer',
        start: 4,
        end: 15,
        confidence: 0.99,
        severity: 'block',
        reason: 'checksum+label',
      },
    ]);
  });

  it('lies within the text, in order, and overlaps no other', async () => {
    for (const [language, text] of examples) {
      let last = 0;
      for (const {start, end, type, confidence} of findPii(text, {
        locales: [language],
        packs: await loadPacks([language]),
      })) {
        expect(start).to.be.at.least(last);
        expect(end).to.be.greaterThan(start).and.at.most(text.length);
        expect(piiTypes).to.include(type);
        expect(confidence).to.be.within(0.5, 1);
        last = end;
      }
    }
  });

  for (const [why, text, expected] of [
    [
      'a labelled number with a slip counts',
      'Mitt personnummer är 811228-9875',
      [['PERSON_ID', 'block', '811228-9875']],
    ],
    ['the same digits after "order" do not', 'Order 811228-9875', []],
    ['a valid number after "order" is the order’s', 'Order 8112289874', []],
    ['the word nearest decides', 'Order 17 för personnummer 811228-9874', [['PERSON_ID', 'block', '811228-9874']]],
    ['"nummer" alone is no other number', 'Mitt nummer är 811228-9874', [['PERSON_ID', 'block', '811228-9874']]],
    [
      'a mobile that passes as a samordningsnummer is a mobile',
      'Nås på 0701740608',
      [['PHONE', 'block', '0701740608']],
    ],
    ['… unless its word says otherwise', 'samordningsnummer 070174-0608', [['PERSON_ID', 'block', '070174-0608']]],
    ['a time of day is no child', 'Skapad 20240512 1330', []],
    ['the format’s own example is nobody', 'Personnummer: 123456-7890', []],
    ['e-mail beats what it holds', 'mejl 811228@example.se', [['EMAIL', 'block', '811228@example.se']]],
    ['an account beats the telephone in it', 'konto 0701234567890', [['BANK', 'block', '0701234567890']]],
    ['an introduced name blocks', 'Jag heter Anna Svensson', [['NAME', 'block', 'Anna Svensson']]],
    ['another name warns', 'Fråga Anna Svensson', [['NAME', 'warn', 'Anna Svensson']]],
    ['an introduced address blocks', 'Jag bor på Storgatan 12', [['ADDRESS', 'block', 'Storgatan 12']]],
    ['another address warns', 'Storgatan 12 är stängd', [['ADDRESS', 'warn', 'Storgatan 12']]],
    ['health of a person warns', 'Jag har diabetes', [['HEALTH', 'warn', 'diabetes']]],
    ['health as a subject passes', 'Har ni en broschyr om diabetes?', []],
    ['a case is no statement', 'Vad gäller om jag är gravid?', []],
    ['union membership of a person warns', 'Jag är medlem i Kommunal', [['UNION', 'warn', 'medlem i Kommunal']]],
    ['a question about unions passes', 'Hur blir man medlem i Kommunal?', []],
    ['an organisation warns', 'org.nr 556012-5790', [['ORG_ID', 'warn', '556012-5790']]],
    ['a version is no machine', 'Version 192.168.1.15', []],
    ['a mask is no machine', 'server 255.255.255.0', []],
    ['a password that a sentence only speaks of', 'Mitt lösenord fungerar inte', []],
    ['a password behind its word', 'lösenord: hunter2', [['SECRET', 'block', 'hunter2']]],
    ['a placeholder is no password', 'password: ********', []],
    [
      'an encrypted key is whole',
      '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,0A1B\n\nMIIB\n-----END RSA PRIVATE KEY-----\nHej',
      [
        [
          'SECRET',
          'block',
          '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,0A1B\n\nMIIB\n-----END RSA PRIVATE KEY-----',
        ],
      ],
    ],
    [
      'a key cut off ends where it stops looking like one',
      '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\nsedan tar det slut',
      [['SECRET', 'block', '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B']],
    ],
    ['a repository is no mailbox', 'git@gitlab.com:grupp/projekt.git', []],
    ['a file is no mailbox', 'icon@3x.png', []],
  ] as const) {
    it(`${why}: ${text}`, () => expect(told(text)).to.deep.equal(expected));
  }
});
