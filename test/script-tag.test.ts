import {expect} from '@open-wc/testing';
import {sendKeys, sendMouse} from '@web/test-runner-commands';

import {until} from './support/chat.js';
import {closePages, openPage, type Page, type PageSetup} from './support/page.js';

const script = '<script type="module" src="/src/script-tag.ts"></script>';
const elements = '/src/elements/define-elements.ts';
/** Gives the pasted element a backend before a person comes to it. */
const backend = `<script type="module">
  import {scriptedTransport} from '/test/support/scripted-transport.ts';
  for (const chat of document.querySelectorAll('tillit-chat')) chat.transport = scriptedTransport().transport;
</script>`;

const hosts = (page: Page) => [...page.document.querySelectorAll('tillit-chat')] as HTMLElement[];
const launcher = (page: Page, at = 0) =>
  hosts(page)[at]?.shadowRoot?.querySelector<HTMLElement>('.launcher') ?? undefined;
const drawnLauncher = (page: Page) => until(() => launcher(page), 'the launcher is drawn');
const terms = (page: Page) =>
  until(() => hosts(page)[0]!.shadowRoot?.querySelector<HTMLElement>('#accept'), 'the terms show');
const isDefined = (page: Page) => page.window.customElements.get('tillit-chat') !== undefined;

async function paste(setup: Partial<PageSetup> = {}) {
  const page = await openPage({body: '<tillit-chat locale="en"></tillit-chat>', head: script, ...setup});
  return {page, button: await drawnLauncher(page)};
}

/** Without the font, which nothing in the launcher is written in: WebKit lets it through `all: initial`. */
const styleOf = (page: Page, element: Element) => {
  const computed = page.window.getComputedStyle(element);
  return Object.fromEntries(
    [...computed]
      .filter((name) => !/^--|^font-family$/.test(name))
      .map((name) => [name, computed.getPropertyValue(name)]),
  );
};
const box = (element: Element) => {
  const {x, y, width, height} = element.getBoundingClientRect();
  return {x, y, width, height};
};

describe('the pasted script', () => {
  afterEach(closePages);

  it('draws the launcher and requests nothing but itself', async () => {
    const {page, button} = await paste();
    expect(isDefined(page)).to.equal(false);
    expect(button.ariaLabel).to.equal('Open the help chat');
    expect(hosts(page)[0]!.shadowRoot!.querySelectorAll('button').length).to.equal(1);
    const own = page.requests().filter((path) => path.startsWith('/src/') || path.startsWith('/locales/'));
    expect(
      own.every((path) => /script-tag|launcher|icons|tell-taken|take-data|version|i18n\/languages/.test(path)),
      own.join(),
    ).to.equal(true);
    expect(page.document.cookie).to.equal('');
    expect(page.document.activeElement === page.document.body).to.equal(true);
  });

  it('moves nothing on the page', async () => {
    const plain = await openPage({body: '<p>before</p><p id="after">after</p>'});
    const top = plain.document.querySelector('#after')!.getBoundingClientRect().top;
    const pasted = await paste({body: '<p>before</p><tillit-chat locale="en"></tillit-chat><p id="after">after</p>'});
    expect(pasted.page.document.querySelector('#after')!.getBoundingClientRect().top).to.equal(top);
  });

  it('draws the same launcher as the element', async () => {
    const {page, button} = await paste();
    const own = await openPage({
      body: '<tillit-chat locale="en"></tillit-chat>',
      head: '<script type="module" src="/src/define.ts"></script>',
    });
    const ownButton = await drawnLauncher(own);
    expect(styleOf(page, button)).to.deep.equal(styleOf(own, ownButton));
    expect(box(button)).to.deep.equal(box(ownButton));
    for (const selector of ['svg', 'path']) {
      const [drawn, real] = [button.querySelector(selector)!, ownButton.querySelector(selector)!];
      expect(box(drawn), selector).to.deep.equal(box(real));
      const [drawnStyle, realStyle] = [styleOf(page, drawn), styleOf(own, real)];
      for (const name of [
        'color',
        'fill',
        'stroke',
        'stroke-width',
        'stroke-linecap',
        'stroke-linejoin',
        'opacity',
        'visibility',
      ]) {
        expect(drawnStyle[name], `${selector} ${name}`).to.equal(realStyle[name]);
      }
    }
    expect(button.innerHTML.replace(/<!--.*?-->|\s+class="[^"]*"/g, '').trim()).to.equal(
      ownButton.innerHTML.replace(/<!--.*?-->|\s+class="[^"]*"/g, '').trim(),
    );
    for (const name of ['aria-label', 'aria-haspopup', 'aria-expanded', 'part', 'type']) {
      expect(button.getAttribute(name), name).to.equal(ownButton.getAttribute(name));
    }
  });

  it('draws it the same under the page’s own CSS', async () => {
    const {page, button} = await paste();
    const before = styleOf(page, button);
    const style = page.document.createElement('style');
    style.textContent = `body, body * {all: revert !important; visibility: hidden !important; pointer-events: none !important; font: italic 40px fantasy !important}
      .launcher, button, svg {display: none !important; background: magenta !important}`;
    page.document.head.append(style);
    expect(styleOf(page, button)).to.deep.equal(before);
  });

  for (const intent of ['hover', 'focus'] as const) {
    it(`fetches the rest on ${intent}, takes no focus, and opens nothing`, async () => {
      const {page, button} = await paste();
      if (intent === 'focus') button.focus();
      else {
        const {x, y, width, height} = button.getBoundingClientRect();
        await sendMouse({
          type: 'move',
          position: [Math.round(page.corner.x + x + width / 2), Math.round(page.corner.y + y + height / 2)],
        });
      }
      await until(() => page.requests().includes(elements), 'the rest is requested');
      const active = page.document.activeElement;
      expect(active === (intent === 'focus' ? hosts(page)[0] : page.document.body)).to.equal(true);
      expect(hosts(page)[0]!.hasAttribute('open')).to.equal(false);
      expect(isDefined(page)).to.equal(false);
    });
  }

  it('opens the chat with one press', async () => {
    const {page, button} = await paste({head: script + backend});
    button.click();
    await terms(page);
    expect(hosts(page)[0]!.hasAttribute('open')).to.equal(true);
    expect(hosts(page)[0]!.shadowRoot!.querySelectorAll('.launcher').length).to.equal(1);
    expect(launcher(page)!.hasAttribute('data-drawn')).to.equal(false);
    await until(() => hosts(page)[0]!.shadowRoot!.activeElement?.id === 'terms-title', 'focus is on the terms');
  });

  for (const key of ['Enter', ' ']) {
    it(`opens the chat with ${key === ' ' ? 'Space' : key}, and gives focus back to the launcher with Escape`, async () => {
      const {page, button} = await paste({head: script + backend});
      page.window.focus();
      button.focus();
      await sendKeys({press: key});
      await terms(page);
      await until(() => hosts(page)[0]!.shadowRoot!.activeElement?.id === 'terms-title', 'focus is on the terms');
      await sendKeys({press: 'Escape'});
      await until(() => hosts(page)[0]!.shadowRoot!.activeElement === launcher(page), 'focus is on the launcher');
    });
  }

  it('keeps focus on the launcher of another chat that is taken over', async () => {
    const {page} = await paste({
      head: script + backend,
      body: '<tillit-chat locale="en"></tillit-chat><tillit-chat locale="sv" id="two"></tillit-chat>',
    });
    const second = launcher(page, 1)!;
    expect(second.ariaLabel).to.equal('Öppna hjälpchatten');
    page.window.focus();
    second.focus();
    launcher(page)!.click();
    await until(() => launcher(page, 1) !== second, 'the second is taken over');
    expect(hosts(page)[1]!.shadowRoot!.activeElement === launcher(page, 1)).to.equal(true);
    expect(hosts(page)[1]!.hasAttribute('open')).to.equal(false);
  });

  it('says that the rest could not be fetched, on the button that tries again', async () => {
    const {page, button} = await paste({missing: [elements, elements.replace('.ts', '.js')]});
    button.click();
    const words = 'The chat could not be loaded. Press to try again.';
    await until(() => button.innerText.trim() === words, 'it says so');
    expect(button.ariaLabel).to.equal(words);
    const {left, top, width, height} = button.getBoundingClientRect();
    expect([width > 200, left >= 0, top >= 0, height < 100]).to.deep.equal([true, true, true, true]);
    button.click();
    expect(button.ariaBusy).to.equal('true');
    await until(() => button.ariaBusy === null, 'the second try is over');
    expect(button.innerText.trim()).to.equal(words);
    expect(isDefined(page)).to.equal(false);
  });

  for (const mode of ['side', 'inline']) {
    it(`says so too where nothing is pressed, in ${mode} mode`, async () => {
      const page = await openPage({
        head: script,
        missing: [elements, elements.replace('.ts', '.js')],
        body: `<tillit-chat locale="sv" mode="${mode}" open></tillit-chat>`,
      });
      const button = await drawnLauncher(page);
      expect(button.innerText.trim()).to.equal('Chatten kunde inte laddas. Tryck för att försöka igen.');
      expect(button.checkVisibility()).to.equal(true);
    });
  }

  it('shows that it is on its way', async () => {
    const {page, button} = await paste({head: script + backend});
    button.click();
    expect(button.ariaBusy).to.equal('true');
    await terms(page);
    expect(launcher(page)!.ariaBusy).to.equal(null);
  });

  it('opens once, however often it is pressed while it loads', async () => {
    const {page, button} = await paste({head: script + backend});
    let opened = 0;
    page.document.addEventListener('tillit-open', () => opened++);
    for (let press = 0; press < 3; press++) button.click();
    await terms(page);
    expect([opened, hosts(page)[0]!.hasAttribute('open')]).to.deep.equal([1, true]);
  });

  it('stays open when the second half of a double click meets the element', async () => {
    const {page, button} = await paste({head: script + backend});
    new MutationObserver((_, observer) => {
      const next = launcher(page);
      if (!next || next === button) return;
      observer.disconnect();
      next.click();
    }).observe(hosts(page)[0]!.shadowRoot!, {childList: true, subtree: true});
    button.click();
    await terms(page);
    expect(hosts(page)[0]!.hasAttribute('open')).to.equal(true);
    launcher(page)!.dispatchEvent(new page.window.MouseEvent('click', {detail: 2, bubbles: true}));
    expect(hosts(page)[0]!.hasAttribute('open')).to.equal(true);
  });

  it('loses no press that is under way when the element comes', async () => {
    const {page, button} = await paste({
      head: script + backend,
      body: '<tillit-chat locale="en"></tillit-chat><tillit-chat locale="sv" id="two" place="bottom-start"></tillit-chat>',
    });
    const second = launcher(page, 1)!;
    const {x, y, width, height} = second.getBoundingClientRect();
    const position: [number, number] = [
      Math.round(page.corner.x + x + width / 2),
      Math.round(page.corner.y + y + height / 2),
    ];
    await sendMouse({type: 'move', position});
    await sendMouse({type: 'down'});
    button.click();
    await terms(page);
    expect(hosts(page)[1]!.hasAttribute('open')).to.equal(false);
    await sendMouse({type: 'up'});
    await until(() => hosts(page)[1]!.hasAttribute('open'), 'the second opens');
    await until(() => hosts(page)[1]!.shadowRoot!.querySelectorAll('.launcher').length === 1, 'one launcher is left');
  });

  it('draws a chat that comes to the page later', async () => {
    const page = await openPage({body: '<main></main>', head: script});
    page.document.querySelector('main')!.innerHTML = '<tillit-chat locale="en"></tillit-chat>';
    await drawnLauncher(page);
  });

  it('draws nothing for a disabled chat, and draws it when it is enabled', async () => {
    const page = await openPage({
      body: '<tillit-chat disabled></tillit-chat><tillit-chat></tillit-chat>',
      head: script,
    });
    await until(() => launcher(page, 1), 'the other is drawn');
    expect(hosts(page)[0]!.shadowRoot === null).to.equal(true);
    hosts(page)[0]!.removeAttribute('disabled');
    await drawnLauncher(page);
  });

  it('takes the launcher away when the chat is disabled before it was opened', async () => {
    const {page, button} = await paste();
    hosts(page)[0]!.setAttribute('disabled', '');
    expect(button.checkVisibility()).to.equal(false);
    button.focus();
    expect(hosts(page)[0]!.shadowRoot!.activeElement === null).to.equal(true);
    hosts(page)[0]!.removeAttribute('disabled');
    expect(button.checkVisibility()).to.equal(true);
  });

  it('loads a chat that is to be open from the start, or is opened by its attribute', async () => {
    const {page} = await paste({head: script + backend});
    hosts(page)[0]!.setAttribute('open', '');
    await terms(page);
    const start = await openPage({body: '<tillit-chat locale="en" open></tillit-chat>', head: backend + script});
    await terms(start);
    expect(start.document.activeElement === start.document.body).to.equal(true);
  });

  /** Notes what the frame looks like as soon as it is there: on a fast machine the chat takes its place before anybody asks. */
  const watchFrame = `<script>
    window.look = (element) => {
      const {x, y, width, height} = element.getBoundingClientRect();
      const {backgroundColor, borderRadius, borderWidth} = getComputedStyle(element);
      return [x, y, width, height, backgroundColor, borderRadius, borderWidth].join();
    };
    const {attachShadow} = Element.prototype;
    Element.prototype.attachShadow = function (init) {
      const root = attachShadow.call(this, init);
      new MutationObserver(() => {
        const frame = root.querySelector('.frame');
        if (frame) window.drawn ??= look(frame);
      }).observe(root, {childList: true});
      return root;
    };
  </script>`;

  it('loads a chat that stands in the page, in a frame that is there at once', async () => {
    const page = await openPage({
      height: 900,
      body: '<tillit-chat locale="en" mode="inline" style="--tillit-panel-height: 30rem"></tillit-chat><p id="after">x</p>',
      head: watchFrame + backend + script,
    });
    const part = (selector: string) => hosts(page)[0]!.shadowRoot?.querySelector(selector);
    const watched = page.window as unknown as {drawn?: unknown; look: (element: Element) => unknown};
    const tops = new Set<number>();
    const follow = () => {
      tops.add(page.document.querySelector('#after')!.getBoundingClientRect().top);
      page.window.requestAnimationFrame(follow);
    };
    follow();
    const drawn = await until(() => watched.drawn, 'the frame is drawn');
    await terms(page);
    expect(watched.look(part('.panel')!)).to.deep.equal(drawn);
    expect(part('.frame') === null).to.equal(true);
    expect(tops.size).to.equal(1);
    expect(launcher(page) === undefined).to.equal(true);
  });

  it('loads nothing for a chat without a launcher until it is opened', async () => {
    const page = await openPage({
      head: backend + script,
      body: '<tillit-chat locale="en" mode="side"></tillit-chat><tillit-chat locale="sv"></tillit-chat>',
    });
    await until(() => launcher(page, 1), 'the other is drawn');
    expect(launcher(page) === undefined).to.equal(true);
    expect(page.requests().includes(elements)).to.equal(false);
    hosts(page)[0]!.setAttribute('open', '');
    await terms(page);
  });

  it('asks once for a chat that is to be open, however much the page changes', async () => {
    const {page} = await paste({
      missing: [elements, elements.replace('.ts', '.js')],
      body: '<tillit-chat locale="en" open></tillit-chat><p></p>',
    });
    const asked = () => page.requests().filter((path) => path.includes('no-such-file')).length;
    await until(asked, 'it is asked for');
    // A browser may note a failed request late, and twice.
    await new Promise((later) => {
      setTimeout(later, 300);
    });
    const before = asked();
    for (let round = 0; round < 5; round++) {
      page.document.querySelector('p')!.append('x');
      await new Promise((later) => {
        setTimeout(later, 20);
      });
    }
    expect(asked()).to.equal(before);
    expect(launcher(page)!.checkVisibility()).to.equal(true);
  });

  it('takes attributes that are given as data, and none that could do harm', async () => {
    const page = await openPage({
      head: script + backend,
      body: `<tillit-chat data-locale="sv" data-place="top-start" data-storage="none" data-disabled="false"
        data-onclick="parent.document.title = 'hit'" data-style="color: red" data-id="x"></tillit-chat>`,
    });
    const button = await drawnLauncher(page);
    expect(button.ariaLabel).to.equal('Öppna hjälpchatten');
    expect(button.getBoundingClientRect().top).to.be.lessThan(100);
    button.click();
    await terms(page);
    const {attributes} = hosts(page)[0]!;
    const own = [...attributes].map(({name}) => name).filter((name) => !name.startsWith('data-'));
    expect(own.toSorted()).to.deep.equal(['locale', 'mode', 'open', 'place', 'storage', 'theme']);
  });

  it('puts a chat on a page that has none, from what stands on the script', async () => {
    const page = await openPage({
      head: script.replace('.ts"', '.ts?tillit" data-endpoint="/api" data-locale="sv" data-mode="launcher"'),
      body: '<main>x</main>',
    });
    expect((await drawnLauncher(page)).ariaLabel).to.equal('Öppna hjälpchatten');
    expect(hosts(page).length).to.equal(1);
    expect(hosts(page)[0]!.parentElement === page.document.body).to.equal(true);
    const other = await openPage({
      head: script.replace('.ts"', '.ts?tillit" data-endpoint="/api" data-locale="sv"'),
      body: '<main><tillit-chat locale="en"></tillit-chat></main>',
    });
    expect((await drawnLauncher(other)).ariaLabel).to.equal('Open the help chat');
    expect(hosts(other).length).to.equal(1);
  });

  it('keeps what stands in the element where the browser is too old', async () => {
    const page = await openPage({
      head: `<script>delete Document.prototype.adoptedStyleSheets; delete ShadowRoot.prototype.adoptedStyleSheets;</script>${script}`,
      body: '<tillit-chat locale="en"><a href="/help">Help centre</a></tillit-chat>',
    });
    await until(() => page.requests().some((path) => path.includes('launcher-label')), 'the script is there');
    await new Promise((later) => {
      setTimeout(later, 100);
    });
    expect(hosts(page)[0]!.shadowRoot === null).to.equal(true);
    expect(page.document.querySelector('a')!.checkVisibility()).to.equal(true);
  });

  it('shows its launcher in the place of what stands in the element', async () => {
    const {page} = await paste({body: '<tillit-chat locale="en"><a href="/help">Help centre</a></tillit-chat>'});
    expect(page.document.querySelector('a')!.getClientRects().length).to.equal(0);
  });

  it('leaves the page one name, and nothing else', async () => {
    const plain = await openPage({body: '<p>x</p>'});
    const {page, button} = await paste({head: script + backend});
    button.click();
    await terms(page);
    const before = new Set(Object.getOwnPropertyNames(plain.window));
    const added = Object.getOwnPropertyNames(page.window).filter(
      (name) => !before.has(name) && !/^(lit|reactiveElement)/.test(name),
    );
    expect(added).to.deep.equal(['tillit']);
  });

  it('lets the first of two scripts have the page, and says so once', async () => {
    const {page} = await paste({
      head: `<script>window.warnings = []; console.warn = (words) => words.includes('dev mode') || warnings.push(words);</script>${script}${script.replace('.ts', '.ts?again')}`,
    });
    const {warnings} = page.window as Window & {warnings?: readonly string[]};
    await until(() => warnings?.length, 'it says so');
    expect(warnings!.length).to.equal(1);
    expect(warnings![0]).to.match(
      /^<tillit-chat>: version (\d+\.\d+\.\d+) is ignored, since version \1 is on this page\.$/,
    );
    expect(hosts(page)[0]!.shadowRoot!.querySelectorAll('button').length).to.equal(1);
  });

  it('leaves a chat alone that a bundle has defined', async () => {
    const page = await openPage({
      body: '<tillit-chat locale="en"></tillit-chat>',
      head: `<script type="module" src="/src/define.ts"></script>${script}`,
    });
    await drawnLauncher(page);
    expect(launcher(page)!.hasAttribute('data-drawn')).to.equal(false);
    expect(hosts(page)[0]!.shadowRoot!.querySelectorAll('button').length).to.equal(1);
  });
});
