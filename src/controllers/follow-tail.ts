import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** Within this many pixels of the end counts as being at the end: zoomed pages scroll by fractions. */
const slackPx = 24;

/**
 * Where a scroll box stands while its content grows: a question that was just asked stays at the top, so that a long
 * answer is read from its beginning; a reader who goes to the end is kept there; anyone else is left where they are.
 * Never scrolls anything but that box, and never slowly, so that there is nothing to reduce.
 */
export class FollowTail implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #box: () => HTMLElement | null;
  #follows = true;
  /** What stays at the top until the reader scrolls. */
  #pinned: Element | undefined;
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
    this.#pinned = undefined;
    this.#scroll(box, box.scrollHeight);
    this.#set(true, false);
  }

  /** Brings this to the top, and keeps it there until the reader scrolls. */
  pin(element: Element) {
    const box = this.#box();
    if (!box) return;
    this.#pinned = element;
    this.#set(false, false);
    this.#toPinned(box, element);
  }

  #toPinned(box: HTMLElement, element: Element) {
    const above = element.getBoundingClientRect().top - box.getBoundingClientRect().top;
    this.#scroll(box, box.scrollTop + above - parseFloat(getComputedStyle(box).paddingBlockStart));
  }

  #scroll(box: HTMLElement, top: number) {
    box.scrollTop = top;
    // Its event comes later, and the reader may have scrolled by then.
    this.#lastTop = box.scrollTop;
  }

  readonly #follow = () => {
    const box = this.#box();
    if (!box) return;
    const hasGrown = box.scrollHeight > this.#lastHeight;
    this.#lastHeight = box.scrollHeight;
    if (this.#pinned?.isConnected) this.#toPinned(box, this.#pinned);
    else if (this.#follows) this.#scroll(box, box.scrollHeight);
    if (hasGrown && !this.#follows && !isAtEnd(box)) this.#set(false, true);
  };

  readonly #onScroll = () => {
    const box = this.#box();
    if (!box) return;
    const moved = box.scrollTop - this.#lastTop;
    this.#lastTop = box.scrollTop;
    // Our own; browsers round what they are told to a fraction of a pixel.
    if (Math.abs(moved) < 1) return;
    this.#pinned = undefined;
    const isThere = isAtEnd(box);
    // Content that grows leaves the end without anyone scrolling: only a move upwards is the reader's.
    if (isThere || moved < 0) this.#set(isThere, !isThere && this.#hasNews);
  };

  #set(follows: boolean, hasNews: boolean) {
    this.#follows = follows;
    if (hasNews === this.#hasNews) return;
    this.#hasNews = hasNews;
    this.#host.requestUpdate();
  }
}

const isAtEnd = (box: HTMLElement) => box.scrollHeight - box.scrollTop - box.clientHeight <= slackPx;
