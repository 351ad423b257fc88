/** Drawing at most once in a frame, for what changes with every piece of an answer. */

const hiddenMs = 250;

/** Counts the frames that somebody here has waited for. */
let frame = 0;
let next: Promise<void> | undefined;

/** A page in the background gets no frames; its text must be there when it comes back, and for those who only listen. */
function nextFrame(): Promise<void> {
  return (next ??= new Promise((done) => {
    const begin = () => {
      next = undefined;
      frame++;
      done();
    };
    if (document.hidden) setTimeout(begin, hiddenMs);
    else requestAnimationFrame(begin);
  }));
}

export class OncePerFrame {
  #drawnIn: number | undefined;

  /**
   * Resolves when it may be drawn: in the next frame, unless this one has begun for something around it. What is drawn
   * inside of what was waited for does not wait another frame.
   */
  async turn(): Promise<void> {
    if (this.#drawnIn === frame) await nextFrame();
    this.#drawnIn = frame;
  }

  /** It is drawn without waiting. */
  mark() {
    this.#drawnIn = frame;
  }
}
