import {html, noChange, type TemplateResult} from 'lit';
import {AsyncDirective, directive} from 'lit/async-directive.js';
import {PartType, type ElementPart, type PartInfo} from 'lit/directive.js';

import {safeImage} from '../answer/safe-url.js';

/**
 * An image of an answer, from an origin that the vendor listed. It is fetched when it comes near the view, without
 * credentials or referrer, and not at all if the address leads on to another one: `<img>` would follow. So the origin
 * must allow it (`Access-Control-Allow-Origin`), and a page with a policy needs `img-src blob:`.
 * Where it cannot be shown, its text stands.
 */
export function renderImage(address: string, alt: string, origins: readonly string[]): TemplateResult | string {
  const src = safeImage(address, origins);
  return src === undefined ? alt : html`<img alt=${alt} decoding="async" ${fetched(src)} />`;
}

class FetchedImage extends AsyncDirective {
  #image: HTMLImageElement | undefined;
  #src = '';
  #near: IntersectionObserver | undefined;
  #abort = new AbortController();

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('This belongs on an <img>.');
  }

  render(_src: string) {
    return noChange;
  }

  override update(part: ElementPart, [src]: [src: string]) {
    if (src === this.#src) return noChange;
    this.disconnected();
    this.#image = part.element as HTMLImageElement;
    this.#src = src;
    if (this.isConnected) this.reconnected();
    return noChange;
  }

  override reconnected() {
    const image = this.#image!;
    if (image.src !== '') return;
    this.#abort = new AbortController();
    this.#near = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({isIntersecting}) => isIntersecting)) return;
        this.#near?.disconnect();
        void this.#load(image);
      },
      {rootMargin: '200px'},
    );
    this.#near.observe(image);
  }

  override disconnected() {
    this.#near?.disconnect();
    this.#abort.abort();
    if (this.#image?.src) URL.revokeObjectURL(this.#image.src);
    this.#image?.removeAttribute('src');
  }

  async #load(image: HTMLImageElement) {
    const {signal} = this.#abort;
    try {
      const response = await fetch(this.#src, {
        mode: 'cors',
        credentials: 'omit',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
        signal,
      });
      const blob = await response.blob();
      if (signal.aborted) return;
      if (!response.ok || !blob.type.startsWith('image/')) throw new TypeError(blob.type);
      image.src = URL.createObjectURL(blob);
    } catch {
      // Its text stands.
      image.dataset['failed'] = '';
    }
  }
}

const fetched = directive(FetchedImage);
