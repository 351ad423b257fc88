import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {guard} from 'lit/directives/guard.js';

import {AnswerReader} from '../answer/answer-reader.js';
import type {Block, CodeBlock} from '../answer/tokens.js';
import type {Source} from '../core/events.js';
import {toJson} from '../core/to-json.js';
import type {Messages} from '../i18n/messages.js';
import type {MaskMap} from '../privacy/types.js';
import {answerTextStyles} from './answer-text.styles.js';
import type {CitationPopover, CiteButton, Reason} from './citation-popover.js';
import {OncePerFrame} from './frames.js';
import {renderBlock, type AnswerView} from './markdown-templates.js';
import {TillitElement} from './tillit-element.js';

const COPIED_MS = 2000;
/** So many blocks stand together: with every piece that arrives, what is finished is looked at, and laid out, as one. */
const GROUP_BLOCKS = 16;

/**
 * An answer, drawn from its Markdown while it arrives. Blocks that are finished keep their nodes.
 *
 * @tagname tillit-answer-text
 * @event {CustomEvent<{sourceId: string}>} tillit-source-open - The person opened a source from its citation.
 * @csspart citation - A reference to a source, inside an answer.
 * @csspart citation-popover - What is shown about that source.
 * @cssprop [--tillit-citation-color=var(--tillit-color-accent-soft)] - Behind a citation's number.
 * @cssprop [--tillit-citation-text-color=var(--tillit-color-link)] - The number.
 * @cssprop [--tillit-citation-radius=0.375rem] - Its corners.
 */
export class TillitAnswerText extends TillitElement {
  static override sheet = answerTextStyles;

  static override properties = {
    markdown: {attribute: false},
    streaming: {attribute: false},
    sources: {attribute: false},
    masks: {attribute: false},
    messages: {attribute: false},
    headingLevel: {attribute: false},
    imageOrigins: {attribute: false},
    renderCode: {attribute: false},
    staleAfterDays: {attribute: false},
  };

  /** Raw Markdown, as received so far. */
  declare markdown: string;
  /** More may come: what would flash as raw syntax is held back. */
  declare streaming: boolean;
  /** `[n]` in the answer means the source with that `n`, else that place. */
  declare sources: readonly Source[];
  /** What the person masked, put back on screen. */
  declare masks: MaskMap;
  declare messages: Messages;
  /** Level of an answer's `#` heading, 3 to 6. */
  declare headingLevel: number;
  /** Images are drawn only from these origins, such as `https://help.example.com`. */
  declare imageOrigins: readonly string[];
  /**
   * Draws a finished block of code its own way, such as a diagram (`language` is the word behind the fence) or a formula
   * (`math`, from `$$` and `\[ \]`). `undefined` means as code. The text comes from a model: never make HTML of it.
   */
  declare renderCode: ((block: CodeBlock) => TemplateResult | undefined) | undefined;
  /** A source that has not changed for so long is shown with a warning; `undefined` means never. */
  declare staleAfterDays: number | undefined;

  readonly #frames = new OncePerFrame();
  #reader = new AnswerReader();
  #blocks: readonly Block[] = [];
  #citation: CitationPopover | undefined;
  #renderImage: AnswerView['renderImage'];

  constructor() {
    super();
    this.markdown = '';
    this.streaming = false;
    this.sources = [];
    this.masks = new Map();
    this.headingLevel = 4;
    this.imageOrigins = [];
    this.addEventListener('click', this.#click);
    this.addEventListener('pointerover', this.#hover);
    this.addEventListener('focusin', this.#focus);
  }

  /** While text arrives, once per frame is enough; what arrives at once is drawn at once, as far as it is not too long. */
  protected override async scheduleUpdate() {
    if ((this.streaming && this.hasUpdated) || this.#reader.isBehind) await this.#frames.turn();
    else this.#frames.mark();
    await super.scheduleUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>) {
    if (changed.has('imageOrigins')) this.#loadImages(this.imageOrigins);
    if (!this.#reader.goesOn(this.markdown)) this.#reader = new AnswerReader(this.#reader);
    this.#blocks = this.#reader.read(this.markdown, this.streaming);
  }

  protected override updated() {
    if (this.#reader.isBehind) this.requestUpdate();
  }

  override render(): unknown {
    const {messages, sources, masks, headingLevel, renderCode} = this;
    const renderImage = this.#renderImage;
    const view = {messages, sources, masks, headingLevel, renderCode, renderImage};
    const all = [messages, sources, masks, headingLevel, renderCode, renderImage];
    const groups: unknown[] = [];
    for (let from = 0; from < this.#blocks.length; from += GROUP_BLOCKS) {
      const group = this.#blocks.slice(from, from + GROUP_BLOCKS);
      const isWhole = from + GROUP_BLOCKS < this.#blocks.length;
      groups.push(
        guard(
          [...all, isWhole, ...group],
          () =>
            html`<div class=${isWhole ? 'blocks whole' : 'blocks'}>${group.map((block) =>
              // A source that arrives concerns the blocks that cite.
              guard(
                [block, messages, masks, headingLevel, renderCode, renderImage, hasCitation(block) && sources],
                () => renderBlock(block, view),
              ),
            )}</div>`,
        ),
      );
    }
    const {isCut, isPlain} = this.#reader;
    return [
      groups,
      isCut ? this.#renderNote('cut') : nothing,
      isPlain ? this.#renderNote('plainNote') : nothing,
      this.#citation?.render(),
    ];
  }

  #renderNote(key: 'cut' | 'plainNote') {
    return html`<p class="answer-note">${this.messages.t(key)}</p>`;
  }

  readonly #click = ({target}: Event) => {
    const button = (target as Element).closest('button');
    if (button?.matches('.copy')) void this.#copy(button);
    this.#cite(button, 'press');
  };

  readonly #hover = ({target, pointerType}: PointerEvent) => {
    if (pointerType === 'mouse') this.#cite(target as Element, 'hover');
  };

  readonly #focus = ({target}: FocusEvent) => {
    if ((target as Element).matches(':focus-visible')) this.#cite(target as Element, 'focus');
  };

  #cite(target: Element | null, reason: Reason) {
    const button = target?.closest<CiteButton>('.cite');
    if (!button) return;
    if (this.#citation) return this.#citation.show(button, reason);
    import('./citation-popover.js').then(
      ({CitationPopover}) => (this.#citation ??= new CitationPopover(this)).show(button, reason),
      // The list of sources under the answer says the same; the next touch tries again.
      () => {},
    );
  }

  #loadImages(origins: readonly string[]) {
    this.#renderImage = undefined;
    if (origins.length === 0) return;
    import('./answer-image.js').then(
      ({renderImage}) => {
        if (origins !== this.imageOrigins) return;
        this.#renderImage = (address, alt) => renderImage(address, alt, origins);
        this.requestUpdate();
      },
      // Their text stands for them.
      () => {},
    );
  }

  async #copy(button: HTMLElement) {
    const code = button.closest('.code')!.querySelector('code')!;
    try {
      await navigator.clipboard.writeText(code.textContent);
    } catch {
      // No permission: the person can still press the keys.
      getSelection()?.selectAllChildren(code);
      return;
    }
    button.dataset['copied'] = '';
    button.ariaLabel = this.messages.t('copied');
    setTimeout(() => {
      delete button.dataset['copied'];
      button.ariaLabel = this.messages.t('copyCode');
    }, COPIED_MS);
  }
}

/** The blocks of a whole answer, read at once. */
export function readAnswer(markdown: string): readonly Block[] {
  const reader = new AnswerReader();
  let blocks = reader.read(markdown, false);
  while (reader.isBehind) blocks = reader.read(markdown, false);
  return blocks;
}

const citing = new WeakMap<Block, boolean>();

/** Found once per block: each is looked at with every piece of text that arrives. */
function hasCitation(block: Block): boolean {
  const known = citing.get(block);
  if (known !== undefined) return known;
  const has = toJson(block)!.includes('"type":"cite"');
  citing.set(block, has);
  return has;
}

// A long text is drawn in several frames: one update asks for the next on purpose.
TillitAnswerText.disableWarning?.('change-in-update');

declare global {
  interface HTMLElementTagNameMap {
    'tillit-answer-text': TillitAnswerText;
  }
}
