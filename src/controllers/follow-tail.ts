import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** Within this many pixels of the end counts as being at the end: zoomed pages scroll by fractions. */
const slackPx = 24;

/**
 * Keeps a scroll box at its end while its content grows, and only while the reader is there.
 * Never scrolls anything but that box.
 */
export class FollowTail implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #box: () => HTMLElement | null;
  #isAtEnd = true;
  #hasNews = false;
  #lastTop = 0;
  #lastHeight = 0;
  #observer: ResizeObserver | undefined;
  #observed: HTMLElement | null = null;

  /** @param box the scroll box; its first child is what grows */
  constructor(host: ReactiveControllerHost & Element, box: () => HTMLElement | null) {
    this.#host = host;
    this.#box = box;
    host.addController(this);
  }

  /** The reader has scrolled up, and since then something has come that is out of sight. */
  get hasNews() {
    return this.#hasNews;
  }

  hostUpdated() {
    const box = this.#box();
    if (box === this.#observed) return;
    this.hostDisconnected();
    this.#observed = box;
    if (!box) return;
    box.addEventListener('scroll', this.#onScroll, {passive: true});
    this.#observer = new ResizeObserver(this.#follow);
    this.#observer.observe(box);
    if (box.firstElementChild) this.#observer.observe(box.firstElementChild);
  }

  hostDisconnected() {
    this.#observed?.removeEventListener('scroll', this.#onScroll);
    this.#observer?.disconnect();
    this.#observed = null;
  }

  toEnd() {
    const box = this.#box();
    if (!box) return;
    this.#scrollToEnd(box);
    this.#set(true, false);
  }

  #scrollToEnd(box: HTMLElement) {
    box.scrollTop = box.scrollHeight;
    // Its event comes later, and the reader may have scrolled up by then.
    this.#lastTop = box.scrollTop;
  }

  readonly #follow = () => {
    const box = this.#box();
    if (!box) return;
    const hasGrown = box.scrollHeight > this.#lastHeight;
    this.#lastHeight = box.scrollHeight;
    if (this.#isAtEnd) this.#scrollToEnd(box);
    else if (hasGrown) this.#set(false, true);
  };

  readonly #onScroll = () => {
    const box = this.#box();
    if (!box) return;
    const isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight <= slackPx;
    // Content that grows leaves the end without anyone scrolling: only a move upwards is the reader's.
    if (isAtEnd || box.scrollTop < this.#lastTop) this.#set(isAtEnd, !isAtEnd && this.#hasNews);
    this.#lastTop = box.scrollTop;
  };

  #set(isAtEnd: boolean, hasNews: boolean) {
    this.#isAtEnd = isAtEnd;
    if (hasNews === this.#hasNews) return;
    this.#hasNews = hasNews;
    this.#host.requestUpdate();
  }
}
