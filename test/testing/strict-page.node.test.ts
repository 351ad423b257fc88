import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {strictPage} from 'tillit-chat/testing';

const directives = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    headers['content-security-policy']!.split('; ').map((directive): [string, string] => [
      directive.split(' ')[0]!,
      directive.replace(/^\S+ /, ''),
    ]),
  );

describe('the page under a strict policy', () => {
  it('trusts its own origin, and the backend’s for requests', () => {
    const {html, headers} = strictPage({script: '/tillit/tillit-chat.js', endpoint: 'https://help.example.se/api'});
    assert.deepEqual(directives(headers), {
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'connect-src': 'https://help.example.se',
      'img-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'require-trusted-types-for': "'script'",
      'trusted-types': 'tillit-chat lit-html dompurify',
    });
    assert.equal(headers['cross-origin-embedder-policy'], 'require-corp');
    assert.match(html, /<script src="\/tillit\/tillit-chat\.js" type="module"><\/script>/);
    assert.match(html, /<tillit-chat endpoint="https:\/\/help\.example\.se\/api"><\/tillit-chat>/);
  });

  it('trusts by nonce alone when it has one', () => {
    const {html, headers} = strictPage({script: '/tillit-chat.classic.js', endpoint: '/api', nonce: 'abc'});
    assert.equal(directives(headers)['script-src'], "'strict-dynamic' 'nonce-abc'");
    assert.equal(directives(headers)['connect-src'], "'self'");
    assert.match(html, /<script src="\/tillit-chat\.classic\.js" async="" nonce="abc"><\/script>/);
  });

  it('writes attributes as text', () => {
    const {html} = strictPage({
      script: '/a.js',
      endpoint: '/api',
      attributes: {locale: '"><script>'},
      isIsolated: false,
    });
    assert.match(html, /locale="&#34;>&#60;script>"/);
  });
});
