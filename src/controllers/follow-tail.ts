import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** Within this many pixels of the end counts as being at the end: zoomed pages scroll by fractions. */
const slackPx = 24;

/** A reader who has not scrolled for so long has come to rest. */
const restMs = 150;

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
  /** What fills the box, so that it can stand at the top before there is enough below it, and nothing jumps. */
  #roomy: HTMLElement | undefined;
  #roomHeight = 0;
  /** Gives it its height: `style` attributes are what a strict page refuses, so we have none. */
  readonly #room = new CSSStyleSheet();
  #hasNews = false;
  /** Something has come that the reader has not been at the end of; what is drawn anew grows without that. */
  #isMore = false;
  /** What stood first in sight when the reader came to rest, and how far below the box's top it is to be. */
  #first: Element | undefined;
  #firstBelow = 0;
  #looking: ReturnType<typeof setTimeout> | undefined;
  #lastTop = 0;
  #lastHeight = 0;
  #observer: ResizeObserver | undefined;
  #observed: HTMLElement | null = null;

  /** @param box the scroll box; its first child is what grows, and holds groups */
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
    if (typeof ResizeObserver !== 'function') return;
    this.#observer = new ResizeObserver(this.#follow);
    this.#observer.observe(box);
    if (box.firstElementChild) this.#observer.observe(box.firstElementChild);
  }

  hostDisconnected() {
    this.#observed?.removeEventListener('scroll', this.#onScroll);
    this.#observer?.disconnect();
    clearTimeout(this.#looking);
    this.#observed = null;
  }

  /** Something has come, and will be drawn. */
  expectMore() {
    this.#isMore = !this.#follows;
  }

  toEnd() {
    const box = this.#box();
    if (!box) return;
    this.#pinned = undefined;
    this.#scroll(box, box.scrollHeight);
    this.#set(true, false);
  }

  /** Brings this to the top, and keeps it there until the reader scrolls. */
  pin(element: HTMLElement) {
    const box = this.#box();
    if (!box) return;
    this.#pinned = element;
    this.#roomy?.removeAttribute('data-roomy');
    this.#roomy = element;
    element.setAttribute('data-roomy', '');
    const {adoptedStyleSheets} = element.getRootNode() as ShadowRoot;
    if (!adoptedStyleSheets.includes(this.#room)) adoptedStyleSheets.push(this.#room);
    this.#fill(box);
    this.#set(false, false);
    this.#toPinned(box, element);
  }

  /** Not in the unit of a size container: with every piece that arrives, its style would be worked out twice more. */
  #fill(box: HTMLElement) {
    const {paddingBlockStart, paddingBlockEnd} = getComputedStyle(box);
    this.#roomHeight = box.clientHeight;
    const room = this.#roomHeight - parseFloat(paddingBlockStart) - parseFloat(paddingBlockEnd);
    this.#room.replaceSync(`[data-roomy]{min-block-size:${room}px}`);
  }

  #toPinned(box: HTMLElement, element: Element) {
    const above = below(box, element);
    this.#scroll(box, box.scrollTop + above - parseFloat(getComputedStyle(box).paddingBlockStart));
  }

  #scroll(box: HTMLElement, top: number) {
    box.scrollTop = top;
    // Its event comes later, and the reader may have scrolled by then. What is held on to has moved along.
    if (!canAnchor) this.#firstBelow -= box.scrollTop - this.#lastTop;
    this.#lastTop = box.scrollTop;
  }

  readonly #follow = () => {
    const box = this.#box();
    if (!box) return;
    // In the next frame: what is observed must not change while it is told of.
    if (this.#roomy && box.clientHeight !== this.#roomHeight) requestAnimationFrame(() => this.#fill(box));
    // What comes, comes last; above it things grow when they are drawn.
    const {offsetHeight = 0} = (box.firstElementChild?.lastElementChild ?? {}) as Partial<HTMLElement>;
    const hasGrown = offsetHeight > this.#lastHeight;
    this.#lastHeight = offsetHeight;
    if (this.#pinned?.isConnected) this.#toPinned(box, this.#pinned);
    else if (this.#follows) this.#scroll(box, box.scrollHeight);
    else this.#hold(box);
    if (hasGrown && this.#isMore && !this.#follows && !isAtEnd(box)) this.#set(false, true);
  };

  /** Something above has got its real height: not every browser makes up for that, and none always. */
  #hold(box: HTMLElement) {
    // A scroll that was not told of yet is the reader's: nothing has jumped, and they must not be taken back.
    if (!this.#first?.isConnected || box.scrollTop === 0 || box.scrollTop !== this.#lastTop) return;
    const at = below(box, this.#first);
    const moved = at - this.#firstBelow;
    // Who has gone far has nothing left in sight that could jump.
    if (Math.abs(moved) >= 1 && Math.abs(at) < 2 * box.clientHeight) this.#scroll(box, box.scrollTop + moved);
    this.#firstBelow = below(box, this.#first);
  }

  readonly #look = () => {
    const box = this.#box();
    // Where frames take long, what has moved is told of later than this, and would be held on to where it must not stay.
    if (box && !this.#follows && !this.#pinned) this.#hold(box);
    this.#first = box ? firstInSight(box) : undefined;
    if (box && this.#first) this.#firstBelow = below(box, this.#first);
  };

  readonly #onScroll = () => {
    const box = this.#box();
    if (!box) return;
    const moved = box.scrollTop - this.#lastTop;
    this.#lastTop = box.scrollTop;
    if (!canAnchor) this.#firstBelow -= moved;
    else if (this.#first) this.#firstBelow = below(box, this.#first);
    // What the move brings into sight gets its height some frames later, and until then is nothing to hold on to.
    clearTimeout(this.#looking);
    this.#looking = setTimeout(this.#look, restMs);
    // Our own; browsers round what they are told to a fraction of a pixel.
    if (Math.abs(moved) < 1) return;
    this.#pinned = undefined;
    const isThere = isAtEnd(box);
    // Content that grows leaves the end without anyone scrolling: only a move upwards is the reader's.
    if (isThere || moved < 0) this.#set(isThere, !isThere && this.#hasNews);
  };

  #set(follows: boolean, hasNews: boolean) {
    this.#follows = follows;
    if (follows) this.#isMore = false;
    if (hasNews === this.#hasNews) return;
    this.#hasNews = hasNews;
    this.#host.requestUpdate();
  }
}

/** Then a scroll is not the reader's alone. Safari does not, and may have moved things when it tells of a scroll. */
const canAnchor = globalThis.CSS?.supports('overflow-anchor: auto');

/** How far an element's top is below the box's, in pixels. */
const below = (box: Element, element: Element) => element.getBoundingClientRect().top - box.getBoundingClientRect().top;

/** Of what grows, in its groups. */
function firstInSight(box: Element): Element | undefined {
  const {top} = box.getBoundingClientRect();
  const find = (parent: Element | null | undefined) =>
    [...(parent?.children ?? [])].find((child) => child.getBoundingClientRect().bottom > top);
  return find(find(box.firstElementChild));
}

const isAtEnd = (box: HTMLElement) => box.scrollHeight - box.scrollTop - box.clientHeight <= slackPx;
