/** The floor: Lit and `marked`, one flush per frame, finished blocks frozen, and nothing else. Not safe, not complete. */
import {html, render} from 'lit';
import {guard} from 'lit/directives/guard.js';
import {unsafeHTML} from 'lit/directives/unsafe-html.js';
import {marked, type Token} from 'marked';

import {expose} from './streaming-page.js';

expose(() => {
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  const frozen: string[] = [];
  let read = 0;
  let text = '';
  let flush: Promise<void> | undefined;
  const toHtml = (token: Token) => marked.parser([token]);

  const draw = (isOpen: boolean) => {
    const tokens = marked.lexer(text.slice(read));
    while (tokens.length > (isOpen ? 1 : 0)) {
      const token = tokens.shift()!;
      frozen.push(toHtml(token));
      read += token.raw.length;
    }
    const open = tokens.map(toHtml);
    render(html`${[...frozen, ...open].map((block) => guard([block], () => unsafeHTML(block)))}`, root);
  };

  return {
    root,
    take(markdown, streaming) {
      text = markdown;
      flush ??= new Promise(requestAnimationFrame).then(() => {
        flush = undefined;
        draw(streaming);
      });
    },
    drawn: async () => flush,
  };
});
