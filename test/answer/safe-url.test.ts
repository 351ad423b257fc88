import {expect} from '@open-wc/testing';

import {hidesItsHost, safeImage, safeLink} from '../../src/answer/safe-url.js';

describe('addresses of links', () => {
  for (const [written, href, host] of [
    ['https://example.com/a?b=c&d=e#f', 'https://example.com/a?b=c&d=e#f', 'example.com'],
    [' HTTPS://Example.COM ', 'https://example.com/', 'example.com'],
    ['http://example.com:8080/', 'http://example.com:8080/', 'example.com'],
    ['https://no.wikipedia.org/wiki/Pi_(tall)', 'https://no.wikipedia.org/wiki/Pi_(tall)', 'no.wikipedia.org'],
    ['https://user:secret@example.com/', 'https://example.com/', 'example.com'],
    ['https://example.com@attacker.invalid/', 'https://attacker.invalid/', 'attacker.invalid'],
    ['https://räksmörgås.se/', 'https://xn--rksmrgs-5wao1o.se/', 'xn--rksmrgs-5wao1o.se'],
    ['http://0x7f.1/', 'http://127.0.0.1/', '127.0.0.1'],
    ['mailto:help@example.com', 'mailto:help@example.com', undefined],
    ['mailto:help@example.com?subject=x&bcc=y@z', 'mailto:help@example.com', undefined],
    ['tel:+46 8-765 43 21', 'tel:+4687654321', undefined],
    ['tel:+15550100;ext=1', 'tel:+15550100', undefined],
  ] as const) {
    it(`leads to ${written}`, () => {
      expect(safeLink(written)?.href).to.equal(href);
      expect(safeLink(written)?.host).to.equal(host);
    });
  }

  for (const written of [
    '',
    '#a',
    '/a',
    '//example.com',
    'a.html',
    '?q',
    '../a',
    'example.com',
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'java\nscript:alert(1)',
    ' javascript:alert(1)',
    '\u0001javascript:alert(1)',
    'vbscript:x',
    'data:text/html,x',
    'blob:https://example.com/1',
    'file:///etc/passwd',
    'ftp://example.com/',
    'sms:+1',
    'intent://x',
    'ws://x',
    'https:example.com',
    'https:/example.com',
    'https:\\\\example.com',
    'https:///example.com',
    'https://',
    'https://a b/',
    'https://[',
    'https://example.com:99999/',
    'https://example.com/%F3%A0%81%88',
    'mailto:',
    'mailto:?to=a@b.c',
    'mailto:a@b@c',
    'mailto:"a"@b.c',
    'tel:',
    'tel:*21#',
    'tel:call-me',
  ]) {
    it(`refuses ${JSON.stringify(written)}`, () => expect(safeLink(written)).to.equal(undefined));
  }
});

describe('words of links', () => {
  for (const [text, host, hides] of [
    ['the guide', 'example.com', false],
    ['example.com', 'example.com', false],
    ['www.example.com/x', 'example.com', false],
    ['https://www.example.com/x', 'www.example.com', false],
    ['docs.example.com', 'example.com', true],
    ['bank.example', 'attacker.invalid', true],
    ['Sign in at bank.example now', 'attacker.invalid', true],
    ['b\u00adank.example', 'attacker.invalid', true],
    ['Reset your password', 'attacker.invalid', false],
    ['guide', 'xn--80ak6aa92e.com', true],
    ['version 2.0 of it', 'example.com', false],
  ] as const) {
    it(`"${text}" ${hides ? 'hides' : 'does not hide'} ${host}`, () =>
      expect(hidesItsHost(text, host)).to.equal(hides));
  }
});

describe('addresses of images', () => {
  const origins = ['https://img.example.com'];

  it('need an origin that is listed, exactly', () => {
    expect(safeImage('https://img.example.com/a.png', origins)).to.equal('https://img.example.com/a.png');
    for (const other of [
      'http://img.example.com/a.png',
      'https://img.example.com:8443/a.png',
      'https://x.img.example.com/',
      'https://img.example.com.attacker.invalid/',
      'https://img.example.com@attacker.invalid/',
      'data:image/png;base64,AA',
      '/a.png',
      'mailto:a@img.example.com',
    ])
      expect(safeImage(other, origins), other).to.equal(undefined);
    expect(safeImage('https://img.example.com/a.png', [])).to.equal(undefined);
  });
});
