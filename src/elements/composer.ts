import {css, html, nothing} from 'lit';

import {ChatSlice} from '../controllers/chat-slice.js';
import type {Chat} from '../core/session.js';
import {openTurn} from '../core/state.js';
import type {Messages} from '../i18n/messages.js';
import {emit} from './emit.js';
import type {Check, Writing} from './findings.js';
import {icon} from './icon.js';
import {loadFindings} from './load-findings.js';
import {TillitElement} from './tillit-element.js';

/** The text is checked this long after the last key. */
const checkDelayMs = 250;
/** The count is shown from this share of the limit on. */
const counterShare = 0.8;
/**
 * Where a person writes. Personal data is found while they type and marked in place; nothing is sent while it is there.
 *
 * @tagname tillit-composer
 * @csspart composer - The box around the field.
 * @csspart input - The field.
 * @csspart send - Sends the question.
 * @csspart stop - Stops the answer.
 * @cssprop [--tillit-composer-color=var(--tillit-color-surface)] - Behind the field.
 * @cssprop [--tillit-composer-radius=0.875rem] - Its corners.
 */
export class TillitComposer extends TillitElement implements Writing {
  static override sheet = css`
    tillit-composer {
      display: block;
      min-block-size: 0;
      overflow: auto;

      .box {
        margin: 0 0.75rem 0.75rem;
        border: 1.5px solid var(--_field);
        border-radius: var(--tillit-composer-radius, 0.875rem);
        background: var(--tillit-composer-color, var(--_surface));
      }

      .box:focus-within {
        border-color: var(--_link);
        outline: 1px solid var(--_focus);
      }

      .box[data-blocked] {
        border-color: var(--_block);
        outline-color: var(--_block);
      }

      .layers {
        display: grid;
        max-block-size: 10.5rem;
        overflow: auto;
        scrollbar-width: thin;
      }

      /* Both layers lie in one cell with the same metrics: the marks are exactly under the words. */
      .layers > * {
        grid-area: 1 / 1;
        font: inherit;
        line-height: var(--_line-height);
        padding: 0.65rem 0.875rem 0.25rem;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        min-block-size: 2.5rem;
      }

      .under {
        color: transparent;
        pointer-events: none;
      }

      .under::after {
        content: '\\200b';
      }

      mark {
        color: transparent;
        background: var(--_block-soft);
        border-block-end: 2px solid var(--_block);
        border-radius: 3px;
      }

      mark[data-severity='warn'] {
        background: var(--_warn-soft);
        border-color: var(--_warn);
      }

      textarea {
        resize: none;
        border: 0;
        background: none;
        outline: none;
        overflow: hidden;
        inline-size: 100%;
        position: relative;
      }

      textarea::placeholder {
        color: var(--_muted);
        opacity: 1;
      }

      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.25rem;
        padding: 0.25rem 0.375rem 0.375rem;
      }

      .hint {
        flex: 1 1 6rem;
        padding-inline-start: 0.5rem;
        font-size: var(--_tiny);
        color: var(--_muted);
      }

      .hint.problem {
        color: var(--_block);
      }

      .send {
        margin-inline-start: auto;
        background: var(--tillit-button-color, var(--_accent));
        color: var(--tillit-button-text-color, var(--_on-accent));
      }

      .send[aria-disabled='true'] {
        background: var(--_raised);
        color: var(--_muted);
        cursor: default;
      }

      .stop {
        margin-inline-start: auto;
        min-block-size: 2.25rem;
        padding: 0.35rem 0.8rem;
      }

      @media (forced-colors: active) {
        .box,
        .send {
          border: 1px solid ButtonText;
        }
      }
    }
  `;

  static override properties = {
    chat: {attribute: false},
    messages: {attribute: false},
    check: {state: true},
    isRefused: {state: true},
  };

  declare chat: Chat;
  declare messages: Messages;
  /** Files were dropped or pasted: see frame.ts. */
  declare isRefused: boolean;
  /** What the guard says of the text as it stands. */
  declare check: Check;

  readonly #draft = new ChatSlice(this, ({draft}) => draft);
  readonly #isAnswering = new ChatSlice(this, (state) => openTurn(state) !== undefined);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isComposing = false;
  /** A text was sent and not taken: from then on it is checked at each key, so that the way out shows at once. */
  #isInsisting = false;
  /** What findings are shown with: most questions never need it. */
  #findings: Awaited<ReturnType<typeof loadFindings>> | undefined;
  /** The text as this field last saw it. */
  #written = '';

  constructor() {
    super();
    this.check = {verdict: 'pass'};
    this.isRefused = false;
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  override willUpdate() {
    // What was dictated, put back or restored is looked at like what is typed.
    const text = this.#draft.value ?? '';
    if (text !== this.#written) {
      this.#written = text;
      void this.look();
    }
    // What was sent, or cleared, has nothing left to find.
    if (text === '' && this.check.verdict !== 'pass') this.#tell({verdict: 'pass'});
  }

  override render(): unknown {
    const {messages} = this;
    const text = this.#draft.value ?? '';
    const findings = this.check.verdict === 'stop' ? this.check.findings : [];
    const over = text.trim().length - this.chat.limit('questionChars');
    const isBlocked = this.check.verdict !== 'pass' || over > 0;
    /* eslint-disable lit-a11y/click-events-have-key-events -- a press beside the field leads to it, as Tab does */
    return html`
      ${this.#renderFindings(text)}
      <div class="box" part="composer" ?data-blocked=${isBlocked} @click=${this.#focusField}>
        <div class="layers">
          <div class="under" dir="auto" aria-hidden="true">${this.#findings?.markFindings(text, findings) ?? text}</div>
          <textarea part="input" rows="1" dir="auto" enterkeyhint="send" autocomplete="off" data-focus
            aria-label=${messages.t('composerLabel')} aria-describedby="composer-hint"
            aria-invalid=${isBlocked ? 'true' : 'false'} placeholder=${messages.t('composerPlaceholder')}
            .value=${text} @input=${this.#write} @keydown=${this.#onKey}
            @compositionstart=${this.#composition} @compositionend=${this.#composition}></textarea>
        </div>
        <div class="row">
          ${this.#renderHint(over, text.length)}
          ${
            this.#isAnswering.value
              ? html`<button class="button stop" part="stop" type="button" @click=${this.#stop}>${messages.t('stop')}</button>`
              : html`<button class="icon-button send" part="send" type="button" aria-label=${messages.t('send')} aria-describedby="composer-hint"
                aria-disabled=${isBlocked || text.trim() === '' ? 'true' : 'false'} @click=${this.#send}>${icon('send')}</button>`
          }
        </div>
      </div>
    `;
  }

  #renderHint(over: number, length: number) {
    const {messages} = this;
    const limit = this.chat.limit('questionChars');
    if (over > 0)
      return html`<span id="composer-hint" class="hint problem" role="status">${messages.t('charsOver', {n: over})}</span>`;
    if (this.isRefused)
      return html`<span id="composer-hint" class="hint problem" role="status">${messages.t('composerFiles')}</span>`;
    if (this.check.verdict !== 'pass')
      return html`<span id="composer-hint" class="hint problem">${messages.t('composerBlocked')}</span>`;
    const hint = this.#isAnswering.value ? 'composerAnswering' : 'composerHint';
    return html`<span id="composer-hint" class="hint">${
      length > limit * counterShare ? messages.t('charsLeft', {n: -over}) : messages.t(hint)
    }</span>`;
  }

  #renderFindings(text: string) {
    const {check, messages} = this;
    if (check.verdict === 'pass' || !messages.isWhole) return nothing;
    return html`<tillit-findings .chat=${this.chat} .messages=${messages} .check=${check} .text=${text} .writing=${this}></tillit-findings>`;
  }

  readonly #write = (event: Event) => {
    this.isRefused = false;
    this.#written = (event.target as HTMLTextAreaElement).value;
    this.chat.draft(this.#written);
    clearTimeout(this.#timer);
    // A half-composed word is not yet what the person means to write.
    if (this.#isComposing) return;
    this.#timer = setTimeout(() => void this.look(), this.#isInsisting ? 0 : checkDelayMs);
  };

  readonly #composition = (event: Event) => {
    this.#isComposing = event.type === 'compositionstart';
    if (!this.#isComposing) this.#write(event);
  };

  readonly #onKey = (event: KeyboardEvent) => {
    // keyCode 229: Safari ends a composition before the Enter that ended it arrives.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#send();
  };

  /** Looks at the text as it stands. */
  async look() {
    clearTimeout(this.#timer);
    const {draft} = this.chat.store.get();
    const result = await this.chat.screen(draft, 'question');
    // What has been typed since is looked at by itself.
    if (this.chat.store.get().draft !== draft) return;
    this.#tell(result.verdict === 'stop' ? {verdict: 'stop', findings: result.findings} : {verdict: result.verdict});
  }

  #tell(check: Check) {
    const before = this.check;
    this.check = check;
    if (check.verdict === 'pass') this.#isInsisting = false;
    else void this.#show(check, before);
  }

  async #show(check: Check, before: Check) {
    // Where it cannot come, the hint still says that nothing is sent.
    this.#findings ??= await loadFindings().catch(() => undefined);
    this.requestUpdate();
    // Once per finding, not once per key.
    if (check.verdict === 'stop' && (before.verdict !== 'stop' || before.findings.length !== check.findings.length)) {
      const counts = this.#findings?.countTypes(check.findings);
      if (counts) emit(this, 'tillit-pii-found', {counts});
    }
  }

  readonly #send = () => void this.ask(false);

  /** @param warningsConfirmed the person says that what is only suspected is no personal data */
  async ask(warningsConfirmed: boolean) {
    clearTimeout(this.#timer);
    const text = this.chat.store.get().draft;
    const outcome = await this.chat.ask(text, {warningsConfirmed});
    if (outcome.asked || (outcome.reason !== 'blocked' && outcome.reason !== 'check-failed')) return;
    this.#isInsisting = true;
    // The offsets are those of the trimmed question; the field still holds what was typed.
    await this.look();
  }

  readonly #stop = () => {
    this.chat.stop();
    this.#focusField();
  };

  readonly #focusField = () => this.field?.focus({preventScroll: true});

  get field() {
    return this.renderRoot.querySelector('textarea');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tillit-composer': TillitComposer;
  }
}
