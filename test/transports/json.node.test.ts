import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {server} from '../../demo/transports/json/server.mjs';
import {jsonTransport} from '../../src/transports/json.js';
import {ask, callOptions, fold} from './adapter-setup.js';
import {running} from './demo-servers.js';

interface Reply {
  readonly reply: string;
  readonly articles: readonly {readonly name: string; readonly link: string}[];
  readonly next: readonly string[];
}

describe('the demo of the JSON transport', async () => {
  const transport = jsonTransport({
    endpoint: await running(server),
    request: ({text}) => ({question: text}),
    answer(json) {
      const {reply, articles, next} = json as Reply;
      return {text: reply, sources: articles.map(({name, link}) => ({title: name, url: link})), suggestions: next};
    },
  });

  it('answers with a source', async () => {
    const answer = await fold(transport.send(ask(), callOptions()));
    assert.equal(answer.text, 'Open **Billing → Invoices** and choose **Export**. [1]');
    assert.deepEqual(
      answer.sources.map(({title, url}) => [title, url]),
      [['Export invoices', 'https://help.example.com/export-invoices']],
    );
    assert.deepEqual([answer.suggestions, answer.last], [[{text: 'Invite an auditor'}], 'stop']);
  });

  it('says when there is none', async () => {
    assert.equal((await fold(transport.send(ask('Weather?'), callOptions()))).last, 'no_source');
  });
});
