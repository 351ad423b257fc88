import {css, html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';

import {Announcer} from '../controllers/announcer.js';
import {keepFocus} from '../controllers/keep-focus.js';

import {chatError, ChatFailure} from '../core/errors.js';
import {answerText, type ChatState, type TicketForm} from '../core/state.js';
import type {Purposes, TermsDocument} from '../core/terms.js';
import type {ChatTransport} from '../core/transport.js';
import {loadMessages, matchLocale} from '../i18n/locales.js';
import type {Messages, Strings} from '../i18n/messages.js';
import type {PiiPolicy} from '../privacy/types.js';
import {spokenText} from '../answer/spoken.js';
import type {CodeBlock} from '../answer/tokens.js';
import {base} from '../theme/base.js';
import {panel} from '../theme/panel.js';
import {tokens} from '../theme/tokens.js';
import type {StorageMode} from '../storage/web-storage.js';
import {httpTransport, type GetToken} from '../transports/http.js';
import {version} from '../version.js';
import {wireChat, type HeadlessChat} from '../wiring.js';
import {adopt} from './adopt.js';
import {emit, type HostEvent} from './emit.js';
import {gateEvents} from './gate-events.js';
import {icon} from './icon.js';
import {loadConversation, loadConversationRating, loadSuspension} from './load-conversation.js';
import {loadSituation} from './load-situation.js';
import {lazyGuard, tellPolicyErrors} from './load-privacy.js';
import {launcher, type Launcher} from './launcher.js';
import {loadMenu} from './load-menu.js';
import type {TillitMenu} from './menu.js';
import {isNoticeReadable, renderNotice} from './notice.js';

const openLauncher = css`
  .launcher[aria-expanded='true'] {
    z-index: calc(var(--_z-index) - 1);
  }

  @media (max-width: 30rem), (max-height: 30rem) {
    .launcher[aria-expanded='true'] {
      visibility: hidden;
    }
  }
`;

let sheets: readonly {readonly cssText: string}[] | undefined;

export type Mode = 'launcher' | 'inline' | 'side' | 'fullscreen';
/** The corner of the window, or the side, in the direction of the page's language. */
export type Place = 'bottom-end' | 'bottom-start' | 'top-end' | 'top-start';
export type Theme = 'auto' | 'light' | 'dark';

/**
 * The help chat: launcher, terms, conversation, rating and ticket. Before a person opens it, it requests, stores and
 * moves nothing.
 *
 * @tagname tillit-chat
 * @attr {'enter' | 'mod-enter'} send-on - What sends a question: Enter, with Shift for a new line (default), or Enter with Ctrl or Command.
 * @attr {boolean} back-closes - Where the chat covers the window, going back closes it. Browsers that tell of it need no permission; in others the chat adds a step to the history while it is open, which a router may notice.
 * @attr {string} teaser - A sentence beside the launcher, before the chat is opened. Without it there is none.
 * @attr {number} teaser-after-seconds - When it shows, 5 if not set.
 * @csspart teaser - The sentence beside the launcher.
 * @csspart teaser-text - Its words, which open the chat.
 * @csspart teaser-close - Closes it for good.
 * @slot launcher - In place of the launcher's icon.
 * @slot header - In place of the title.
 * @slot welcome - Under the greeting, before the first question.
 * @slot footer - Under the composer.
 * @csspart launcher - The round button.
 * @csspart panel - The chat's frame.
 * @csspart header - Title, menu and close button.
 * @csspart close - Closes the chat.
 * @csspart ticket-open - Opens the ticket form.
 * @csspart your-data-open - Opens the page about what is kept of a person.
 * @csspart withdraw - Takes the acceptance back.
 * @csspart status - What screen readers are told; not visible.
 * @cssprop [--tillit-launcher-color=var(--tillit-color-accent)] - The launcher.
 * @cssprop [--tillit-launcher-text-color=var(--tillit-color-on-accent)] - Its icon.
 * @cssprop [--tillit-launcher-size=3.625rem] - Its width and height.
 * @cssprop [--tillit-launcher-radius=1.25rem 1.25rem 0.375rem] - Its corners.
 * @cssprop [--tillit-launcher-shadow=0 6px 24px rgb(0 0 0/.24)] - Its shadow.
 * @cssprop [--tillit-header-color=none] - Behind the title.
 * @cssprop [--tillit-header-text-color=var(--tillit-color-text)] - The title and its buttons.
 * @cssprop [--tillit-button-color=var(--tillit-color-accent)] - Primary buttons, and the one that sends.
 * @cssprop [--tillit-button-text-color=var(--tillit-color-on-accent)] - Their text.
 * @cssprop [--tillit-button-radius=var(--tillit-radius-small)] - Corners of all buttons.
 * @event {CustomEvent<TillitEvents['tillit-open']>} tillit-open - The chat was opened.
 * @event {CustomEvent<TillitEvents['tillit-close']>} tillit-close - The chat was closed.
 * @event {CustomEvent<TillitEvents['tillit-disclosure-shown']>} tillit-disclosure-shown - The notice of who answers was shown.
 * @event {CustomEvent<TillitEvents['tillit-terms-accept']>} tillit-terms-accept - The terms were accepted.
 * @event {CustomEvent<TillitEvents['tillit-terms-decline']>} tillit-terms-decline - The terms were declined.
 * @event {CustomEvent<TillitEvents['tillit-ask']>} tillit-ask - A question was sent.
 * @event {CustomEvent<TillitEvents['tillit-answer']>} tillit-answer - An answer is over, however it ended.
 * @event {CustomEvent<TillitEvents['tillit-rate']>} tillit-rate - A rating was saved.
 * @event {CustomEvent<TillitEvents['tillit-ticket']>} tillit-ticket - A ticket was created.
 * @event {CustomEvent<TillitEvents['tillit-pii-found']>} tillit-pii-found - Personal data was found: types and counts only.
 * @event {CustomEvent<TillitEvents['tillit-source-open']>} tillit-source-open - A source was opened.
 * @event {CustomEvent<TillitEvents['tillit-unread']>} tillit-unread - Answers or messages have come while the chat was closed, or have been seen.
 * @event {CustomEvent<TillitEvents['tillit-withdraw']>} tillit-withdraw - The acceptance was taken back.
 * @event {CustomEvent<TillitEvents['tillit-error']>} tillit-error - Something failed: the code alone.
 */
export class TillitChat extends LitElement {
  /** Of this Tillit Chat. */
  static readonly version: string = version;
  /** @internal */
  static launcher: Launcher = launcher;

  static override properties = {
    endpoint: {},
    transport: {attribute: false},
    locale: {},
    mode: {reflect: true},
    place: {reflect: true},
    open: {type: Boolean, reflect: true},
    disabled: {type: Boolean, reflect: true},
    theme: {reflect: true},
    storage: {},
    terms: {attribute: false},
    piiPolicy: {attribute: false},
    getToken: {attribute: false},
    signIn: {attribute: false},
    context: {attribute: false},
    ticketUrl: {attribute: 'ticket-url'},
    strings: {attribute: false},
    imageOrigins: {attribute: false},
    renderCode: {attribute: false},
    staleAfterDays: {type: Number, attribute: 'stale-after-days'},
    chat: {state: true},
    messages: {state: true},
    view: {state: true},
    isStuck: {state: true},
  };

  /** Base URL of the native protocol; short for `transport = httpTransport({endpoint})`. */
  declare endpoint: string | undefined;
  /** Any backend; goes before `endpoint`. */
  declare transport: ChatTransport | undefined;
  /** BCP 47. Without it: the nearest `lang`, then the browser's languages. */
  declare locale: string | undefined;
  /** Where the chat stands: behind a launcher, in the page, at its side, or over it. */
  declare mode: Mode;
  /** The corner that launcher and panel stand in, or with `side` its side. */
  declare place: Place;
  /** Whether the panel is shown. */
  declare open: boolean;
  /** Renders, loads and stores nothing, at any time. */
  declare disabled: boolean;
  /** Follows the system, unless it is set. */
  declare theme: Theme;
  /** Where the conversation is kept after the terms are accepted. */
  declare storage: StorageMode;
  /** The terms, when the backend has no config endpoint. */
  declare terms: TermsDocument | undefined;
  /** What to do with each type of personal data. */
  declare piiPolicy: PiiPolicy | undefined;
  /** Called on demand for a bearer token, and once more after a 401. */
  declare getToken: GetToken | undefined;
  /** Present = people must sign in. */
  declare signIn: (() => Promise<void>) | undefined;
  /** What is said about the page with each question. */
  declare context: (() => Readonly<Record<string, unknown>>) | undefined;
  /** Where people create tickets when the transport cannot. */
  declare ticketUrl: string | undefined;
  /** The vendor's own wording of single messages; the notice of who answers keeps ours. */
  declare strings: Strings | undefined;
  /**
   * Images in answers are drawn only from these origins, spelled like `https://help.example.com`. None are without it:
   * an image's address can carry what was said to whoever serves it.
   */
  declare imageOrigins: readonly string[];
  /**
   * Draws a finished block of code its own way, such as a diagram (`language` is the word behind the fence) or a formula
   * (`math`, from `$$` and `\[ \]`). `undefined` means as code. The text comes from a model: never make HTML of it.
   */
  declare renderCode: ((block: CodeBlock) => TemplateResult | undefined) | undefined;
  /** A source that has not changed for so many days is shown with a warning. */
  declare staleAfterDays: number | undefined;

  /** @internal The conversation; made when the person first opens it. */
  declare chat: HeadlessChat | undefined;
  /** @internal */
  declare messages: Messages | undefined;
  /** @internal What is shown over the conversation. */
  declare view: 'talk' | 'terms' | 'data';
  /** @internal What a conversation is drawn with could not be loaded. */
  declare isStuck: boolean;

  readonly #announcer = new Announcer(this);
  readonly #guard = lazyGuard(() => this.#languages);
  #unfollow = () => {};
  #state: ChatState | undefined;
  #messagesFor = '';
  /** Focus moves only after something a person did. */
  #mayFocus = false;
  #screen = '';
  #pressedAtMs = -Infinity;
  #isSeen = false;
  #disclosed: string | undefined;

  constructor() {
    super();
    this.mode = 'launcher';
    this.place = 'bottom-end';
    this.open = false;
    this.disabled = false;
    this.theme = 'auto';
    this.storage = 'session';
    this.imageOrigins = [];
    this.view = 'talk';
    this.isStuck = false;
  }

  /** Opens the chat. */
  show() {
    this.#setOpen(true, 'script');
  }

  /** @internal The person pressed what the pasted script drew: the launcher, or what says that the rest did not load. */
  press() {
    this.#pressedAtMs = performance.now();
    if (this.mode !== 'inline') this.#setOpen(true, 'launcher');
  }

  /** @internal The person went back, on a phone. */
  shut() {
    this.#setOpen(false, 'person');
  }

  /** @internal The person takes the acceptance back in the menu. */
  leave() {
    return this.#withdraw('person');
  }

  /** Closes the panel; an answer goes on arriving. */
  hide() {
    this.#setOpen(false, 'script');
  }

  /** Opens the chat and asks, after the same checks as a typed question. Resolves when the turn is over. */
  async ask(text: string) {
    this.show();
    await this.updateComplete;
    const outcome = await this.chat?.ask(text);
    // What could not be asked yet waits in the composer, unless the person is writing there.
    if (outcome?.asked === false && this.chat?.store.get().draft === '') this.chat.draft(text);
    return outcome;
  }

  /** Opens the ticket form. */
  async openTicket(draft?: Partial<TicketForm>) {
    this.show();
    await this.updateComplete;
    return this.chat?.openTicket(draft);
  }

  /** Stops the answer that is arriving. */
  stop() {
    this.chat?.stop();
  }

  /** Begins a new conversation under the same acceptance. */
  reset() {
    this.chat?.reset();
  }

  /** Takes the acceptance back and deletes what is stored here. */
  withdraw() {
    return this.#withdraw('script');
  }

  /** The conversation as the backend exports it; `undefined` when it cannot, or nothing has been said. */
  async exportConversation(): Promise<Blob | undefined> {
    return this.chat && (await import('../core/rights.js')).exportConversation(this.chat, this.#locale);
  }

  /** What the person has agreed to; `undefined` as long as they have not. Measure nothing without `analytics`. */
  get purposes(): Purposes | undefined {
    return this.chat?.store.get().acceptance?.purposes;
  }

  protected override createRenderRoot() {
    const root = super.createRenderRoot() as ShadowRoot;
    // What the pasted script has drawn will go, so Lit cannot draw before that. It stays on top until then.
    this.renderOptions.renderBefore = root.insertBefore(new Comment(), root.firstChild);
    // By now the pasted script has handed over the launcher that it has drawn.
    sheets ??= [tokens, TillitChat.launcher, base, panel, openLauncher];
    for (const sheet of sheets) adopt(root, sheet);
    return root;
  }

  override connectedCallback() {
    TillitChat.launcher.takeData(this, TillitChat.observedAttributes);
    super.connectedCallback();
    window.addEventListener('pagehide', this.#leave);
    window.addEventListener('pageshow', this.#comeBack);
    this.#comeBack();
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('pagehide', this.#leave);
    window.removeEventListener('pageshow', this.#comeBack);
    this.chat?.flush();
    this.chat?.listen(false);
    // What only moves in the page is back by then, and its answer goes on arriving.
    setTimeout(() => this.isConnected || this.chat?.follow(false));
  }

  override willUpdate(changed: PropertyValues<this>) {
    const isOther = chatDependsOn.some((name) => changed.has(name));
    if (this.chat && (this.disabled || isOther)) this.#dropChat();
    if (this.disabled) return;
    if (!sensible.test(`${this.mode} ${this.place} ${this.theme} ${this.storage}`))
      complain(({heedChoices}) => heedChoices(this));
    if (!this.chat && (this.open || this.mode === 'inline')) this.#startChat();
    else if (changed.has('open') && this.open && this.#state && isShut(this.#state)) void this.chat?.open();
    const isWhole = this.#state !== undefined && hasBegun(this.#state);
    if (this.chat && (this.#messagesFor !== `${this.#locale} ${isWhole}` || changed.has('strings')))
      void this.#load(isWhole);
  }

  override render(): unknown {
    if (this.disabled) return nothing;
    const isOff = this.#state?.gate.phase === 'disabled';
    const isInline = this.mode === 'inline';
    if (isOff && !isInline) return nothing;
    const isReady = this.chat && this.messages;
    // Without words there is no panel. What stands in the page has its frame from the start.
    const hasLauncher = !/^(inline|side|fullscreen)$/.test(this.mode) || (this.isStuck && !isReady);
    return html`
      <div class="root" dir=${ifDefined(this.messages?.direction)} lang=${ifDefined(this.messages?.locale)}>
        ${hasLauncher && !isInline ? this.#renderLauncher() : nothing}
        ${isReady ? this.#renderPanel(this.chat!, this.messages!) : isInline ? html`<div class="frame">${hasLauncher ? this.#renderLauncher() : nothing}</div>` : nothing}
      </div>
    `;
  }

  override firstUpdated() {
    keepFocus(this.renderRoot as ShadowRoot, () => this.#focusTarget);
    // What the pasted script drew before this element was there.
    for (const drawn of this.renderRoot.querySelectorAll('[data-drawn]')) {
      const takeAway = () => {
        const hadFocus = drawn.contains((this.renderRoot as ShadowRoot).activeElement);
        drawn.remove();
        if (hadFocus) this.#launcher?.focus({preventScroll: true});
      };
      // Between press and release: what is taken away now would not be clicked.
      if (drawn.matches(':active'))
        for (const end of ['pointerup', 'keyup']) addEventListener(end, () => setTimeout(takeAway), {once: true});
      else takeAway();
    }
  }

  override updated() {
    const panel = this.#panel;
    if (panel?.hasAttribute('popover') && panel.isConnected && this.open !== panel.matches(':popover-open')) {
      if (this.open) panel.showPopover();
      else panel.hidePopover();
    }
    const isSeen = !!panel && (this.open || this.mode === 'inline');
    // Without it, the frame stays as it was drawn.
    if (isSeen && !this.#isSeen) import('./frame.js').then(({tendFrame}) => tendFrame(this, panel)).catch(() => {});
    this.#isSeen = isSeen;
    this.#moveFocus();
    this.#tellDisclosure();
  }

  #renderLauncher() {
    const label =
      this.messages?.t(this.open ? 'close' : 'launcherOpen') ?? TillitChat.launcher.label(this.#locale, this.isStuck);
    const isFailed = this.isStuck && !this.messages;
    return html`
      <button class="launcher" part="launcher" type="button" ?data-failed=${isFailed} aria-label=${label} aria-haspopup="dialog"
        aria-expanded=${this.open ? 'true' : 'false'} @click=${this.#toggle}>
        <slot name="launcher">${icon(this.open ? 'close' : 'chat')}</slot>
        ${isFailed ? html`<span>${label}</span>` : nothing}
      </button>
    `;
  }

  #renderPanel(chat: HeadlessChat, messages: Messages) {
    const state = this.#state!;
    const isDialog = this.mode !== 'inline';
    const isTicket = state.gate.phase === 'open' && state.ticket.phase !== 'closed';
    return html`
      <section class="panel" part="panel" popover=${isDialog ? 'manual' : nothing} role=${isDialog ? 'dialog' : 'region'}
        aria-labelledby="title" @keydown=${this.#onKey} @say=${this.#say}>
        <header part="header">
          ${
            isTicket || this.view !== 'talk'
              ? html`<button class="icon-button back" type="button" aria-label=${messages.t('back')} @click=${this.#back}>${icon('back')}</button>`
              : nothing
          }
          <h1 id="title"><slot name="header">${messages.t(isTicket ? 'ticketTitle' : 'title')}</slot></h1>
          ${
            // Who is suspended may still read the terms, and see, delete and take back what is theirs.
            state.gate.phase === 'open' || state.gate.phase === 'suspended'
              ? html`<tillit-menu .host=${this} .messages=${messages} .gate=${state.gate}><button class="icon-button" type="button" aria-label=${messages.t('menu')}
                  aria-expanded="false" aria-controls="menu" @click=${this.#onMenu} @keydown=${this.#onMenu}>${icon('menu')}</button></tillit-menu>`
              : nothing
          }
          ${
            isDialog
              ? html`<button class="icon-button" part="close" type="button" aria-label=${messages.t('close')} @click=${this.#close}>${icon('close')}</button>`
              : nothing
          }
        </header>
        ${renderNotice(isTicket ? 'ticket' : state.answerer.kind, messages)}
        <div class="screen">${this.#renderScreen(chat, state, messages)}</div>
        <slot name="footer"></slot>
        <p class="visually-hidden" part="status" role="status">${this.#announcer.text}</p>
      </section>
    `;
  }

  #renderScreen(chat: HeadlessChat, state: ChatState, messages: Messages) {
    const {gate} = state;
    const terms = this.view === 'terms' && (state.config?.terms ?? this.terms);
    if (terms) return html`<tillit-terms .messages=${messages} .terms=${terms} .readOnly=${true}></tillit-terms>`;
    if (this.view === 'data')
      return html`<tillit-your-data .chat=${chat} .messages=${messages} .terms=${state.config?.terms ?? this.terms}></tillit-your-data>`;
    switch (gate.phase) {
      case 'idle':
        // Declined, or taken back: seen where the chat stands in the page, and by who comes from their data.
        return html`<div class="message"><button class="button primary" type="button" data-focus @click=${this.#retry}>${messages.t('launcherOpen')}</button></div>`;
      case 'loading':
        return html`<div class="message loading"><p class="muted">${messages.t('loading')}</p></div>`;
      case 'disabled':
        return html`<div class="message"><p>${messages.t('disabledText')}</p></div>`;
      case 'sign-in':
        return this.#renderMessage(
          messages,
          'signInTitle',
          gate.error ? messages.t(`error_${gate.error.code}`) : messages.t('signInText'),
          html`<button class="button primary" type="button" aria-disabled=${gate.busy ? 'true' : 'false'} @click=${this.#signIn}>${messages.t('signIn')}</button>`,
        );
      case 'terms':
        return html`<tillit-terms .chat=${chat} .messages=${messages} .terms=${gate.terms} .reason=${gate.reason}
          .saving=${gate.saving} .error=${gate.error}></tillit-terms>`;
      case 'suspended':
        return this.#renderMessage(
          messages,
          'suspendedTitle',
          gate.display ?? messages.t('suspendedText'),
          html`<tillit-suspension .chat=${chat} .messages=${messages} .suspension=${gate}></tillit-suspension>`,
        );
      case 'unavailable':
        return this.#renderMessage(
          messages,
          'unavailableTitle',
          gate.error.display ?? messages.t(`error_${gate.error.code}`),
          html`<button class="button primary" type="button" @click=${this.#retry}>${messages.t('retry')}</button>`,
        );
      case 'open':
        return this.#renderOpen(chat, state, messages);
    }
  }

  #renderOpen(chat: HeadlessChat, state: ChatState, messages: Messages) {
    if (this.isStuck) {
      return this.#renderMessage(
        messages,
        'unavailableTitle',
        messages.t('error_network'),
        html`<button class="button primary" type="button" @click=${this.#reload}>${messages.t('retry')}</button>`,
      );
    }
    if (state.ticket.phase !== 'closed')
      return !messages.isWhole ? nothing : html`<tillit-ticket .chat=${chat} .messages=${messages}></tillit-ticket>`;
    return html`
      <div class="talk">
        ${
          state.turns.length > 0
            ? !messages.isWhole
              ? html`<div></div>`
              : html`<tillit-log .chat=${chat} .messages=${messages} .ticketUrl=${this.ticketUrl}
                  .imageOrigins=${this.imageOrigins} .renderCode=${this.renderCode} .staleAfterDays=${this.staleAfterDays}></tillit-log>`
            : html`<tillit-welcome .chat=${chat} .messages=${messages}></tillit-welcome>`
        }
        <tillit-situation .chat=${chat} .messages=${messages}></tillit-situation>
        ${state.ended ? html`<tillit-conversation-rating .chat=${chat} .messages=${messages}></tillit-conversation-rating>` : nothing}
        <tillit-composer .chat=${chat} .messages=${messages}></tillit-composer>
      </div>
    `;
  }

  #renderMessage(
    messages: Messages,
    title: 'signInTitle' | 'suspendedTitle' | 'unavailableTitle',
    text: string,
    action: unknown,
  ) {
    return html`
      <div class="message" role="alert">
        <h2 tabindex="-1" data-focus>${messages.t(title)}</h2>
        <p>${text}</p>
        <div class="ways">
          ${action}
          ${
            this.ticketUrl
              ? html`<a class="button" part="ticket-open" href=${this.ticketUrl} target="_blank" rel="noopener noreferrer">${messages.t('unavailableTicket')}</a>`
              : nothing
          }
        </div>
      </div>
    `;
  }

  /** The second click of a double click belongs to the first. */
  readonly #toggle = ({detail, timeStamp}: MouseEvent) => {
    // What says in the page that it could not load has nothing to open.
    if (this.mode === 'inline') this.requestUpdate();
    else if (detail < 2 && timeStamp - this.#pressedAtMs > 400) this.#setOpen(!this.open, 'launcher');
  };
  readonly #close = () => this.shut();
  readonly #retry = () => void this.chat?.open();
  // What was under way when it could not be loaded goes on.
  readonly #reload = () => void this.#load(true).then(() => this.chat?.open());
  readonly #signIn = () => void this.chat?.signIn();
  /** The page goes, perhaps to come back as it is: nothing runs meanwhile, and what was running is followed again. */
  readonly #leave = () => {
    this.chat?.flush();
    this.chat?.listen(false);
    this.chat?.follow(false);
  };
  readonly #comeBack = () => {
    this.chat?.listen(true);
    this.chat?.follow(true);
  };

  /** What is in the menu loads with its first press. */
  readonly #onMenu = (event: Event) => {
    const {key} = event as Partial<KeyboardEvent>;
    if (key !== undefined && key !== 'ArrowDown' && key !== 'ArrowUp') return;
    event.preventDefault();
    const menu = (event.currentTarget as Element).parentElement as TillitMenu;
    loadMenu(this.messages!).then(
      () => menu.press(key),
      () => {
        this.isStuck = true;
      },
    );
  };

  readonly #say = ({detail}: CustomEvent<string>) => this.#announcer.say(detail);

  readonly #back = () => {
    this.#mayFocus = true;
    if (this.view === 'talk') this.chat?.closeTicket();
    this.view = 'talk';
  };

  readonly #onKey = (event: KeyboardEvent) => {
    this.#mayFocus = true;
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || this.mode === 'inline') return;
    // Escape closes what is on top: a popover first, by itself.
    if (this.renderRoot.querySelector('.panel :popover-open')) return;
    // And no dialog of the page that the chat stands in.
    event.preventDefault();
    this.#setOpen(false, 'person');
  };

  async #withdraw(by: 'person' | 'script') {
    const told = (await this.chat?.withdraw()) ?? true;
    emit(this, 'tillit-withdraw', {told});
    this.#setOpen(false, by);
  }

  #setOpen(open: boolean, by: 'launcher' | 'person' | 'script') {
    if (open === this.open || this.disabled) return;
    this.open = open;
    this.#mayFocus = by !== 'script';
    if (open) {
      this.#screen = '';
      emit(this, 'tillit-open', {by: by === 'launcher' ? 'launcher' : 'script'});
      return;
    }
    emit(this, 'tillit-close', {by: by === 'script' ? 'script' : 'person'});
    if (by !== 'script') void this.updateComplete.then(() => this.#launcher?.focus({preventScroll: true}));
  }

  #startChat() {
    const transport =
      this.transport ??
      (this.endpoint
        ? httpTransport({endpoint: this.endpoint, ...(this.getToken && {getToken: this.getToken})})
        : noTransport);
    this.chat = wireChat(
      {
        transport,
        locale: () => this.#locale,
        storage: this.storage,
        storageKey: this.id || this.endpoint || transport.id,
        ...(this.piiPolicy && {piiPolicy: this.piiPolicy}),
        ...(this.terms && {terms: this.terms}),
        isPersonal: !!this.getToken,
        ...(this.signIn && {signIn: this.signIn}),
        ...(this.context && {context: this.context}),
      },
      this.#guard,
    );
    if (this.piiPolicy) void tellPolicyErrors(this.piiPolicy);
    this.#state = this.chat.store.get();
    this.#announcer.begin(this.#state);
    this.#unfollow = this.chat.store.subscribe((state) => this.#follow(state));
    void this.chat.open();
  }

  #dropChat() {
    this.#unfollow();
    if (!this.disabled) this.chat?.flush();
    this.chat?.dispose();
    this.chat = undefined;
    this.#state = undefined;
    this.#screen = '';
    this.view = 'talk';
  }

  #follow(state: ChatState) {
    const before = this.#state ?? state;
    this.#state = state;
    this.#tell(gateEvents(before, state));
    if ((before.turns !== state.turns && !isMoreText(before, state)) || before.ticket !== state.ticket) {
      const nowMs = Date.now();
      // Comes in the file that runs a turn: where it cannot be loaded, nothing happens that a host could be told.
      import('./host-events.js').then(
        ({conversationEvents}) => this.#tell(conversationEvents(before, state, nowMs)),
        () => {},
      );
    }
    const {messages} = this;
    if (messages) {
      this.#announcer.follow(state, {
        answering: () => messages.t('statusAnswering'),
        stopped: () => messages.t('statusStopped'),
        answered: ({answers}) =>
          [
            messages.t('statusAnswered', {answer: answers.map((answer) => spokenText(answerText(answer))).join(' ')}),
            messages.t('statusSources', {n: answers.reduce((sum, {sources}) => sum + sources.length, 0)}),
          ].join(' '),
      });
    }
    // Declined or taken back: the chat closes, and the launcher is the way back.
    if (before.gate.phase === 'terms' && state.gate.phase === 'idle' && this.mode !== 'inline')
      this.#setOpen(false, 'person');
    // Another screen comes: the terms that were read over the last one make way.
    if (before.gate !== state.gate || before.ticket.phase !== state.ticket.phase) this.view = 'talk';
    if (state.ended && !before.ended) loadConversationRating();
    if (state.gate.phase === 'suspended') loadSuspension();
    if (state.gate.phase === 'unavailable' && before.gate !== state.gate) complain(({blamePage}) => blamePage(this));
    if (state.keeping || state.answerer.kind === 'human') loadSituation();
    // Text that arrives is the log's business alone; this frame changes with the gate, the ticket and who answers.
    if (frameSlices.some((slice) => slice(before) !== slice(state))) this.requestUpdate();
  }

  #tell(events: readonly HostEvent[]) {
    for (const {name, detail} of events) emit(this, name, detail);
  }

  /** The messages; once a person begins to write, with them what a conversation is drawn with, and the guard. */
  async #load(isWhole: boolean) {
    const locale = this.#locale;
    const wanted = (this.#messagesFor = `${locale} ${isWhole}`);
    try {
      const [messages] = await Promise.all([
        loadMessages(locale, this.strings, isWhole),
        ...(isWhole ? [loadConversation(), this.#guard.prepare()] : []),
      ]);
      if (this.#messagesFor !== wanted) return;
      this.messages = messages;
      this.isStuck = false;
    } catch {
      if (this.#messagesFor !== wanted) return;
      this.isStuck = true;
      if (this.messages) return;
      // No word can be said in the panel: the launcher tells, and its next press tries again.
      this.#messagesFor = '';
      this.open = false;
    }
  }

  /** On a new screen: to its field or heading. */
  #moveFocus() {
    const ticket = this.#state?.ticket.phase;
    // A ticket on its way is the same form.
    const screen = `${this.open || this.mode === 'inline'} ${this.#state?.gate.phase} ${ticket === 'sending' ? 'editing' : ticket} ${this.view}`;
    if (screen === this.#screen || !this.messages || this.#state?.gate.phase === 'loading') return;
    // A form that is still loading has nothing to focus.
    if (ticket !== 'closed' && !this.messages.isWhole) return;
    const isFirst = this.#screen === '';
    this.#screen = screen;
    if (!this.#mayFocus || !(this.open || this.mode === 'inline') || (isFirst && this.mode === 'inline')) return;
    void this.updateComplete.then(async () => {
      await Promise.resolve();
      // The screen may change while the person is elsewhere on the page; there they stay.
      if (document.activeElement === document.body || (this.renderRoot as ShadowRoot).activeElement)
        this.#focusTarget?.focus({preventScroll: true});
    });
  }

  #tellDisclosure() {
    const kind = this.#state?.answerer.kind;
    const panel = this.#panel;
    if (!(this.open || this.mode === 'inline') || !panel || !this.chat) return;
    const {phase} = this.#state!.gate;
    if ((phase === 'terms' || phase === 'open') && !isNoticeReadable(panel, this)) {
      console.error('<tillit-chat>: the page hides the notice of who answers, so the chat stays shut.');
      const {store} = this.chat;
      void Promise.resolve().then(() =>
        store.dispatch({type: 'gate', event: {type: 'refused', error: chatError('unsupported')}}),
      );
      return;
    }
    if (kind === undefined || this.#state?.config === undefined || kind === this.#disclosed) return;
    this.#disclosed = kind;
    emit(this, 'tillit-disclosure-shown', {answerer: kind});
  }

  /** What is spoken here: the vendor's word, the page's, then the person's. BCP 47. */
  get #languages(): readonly string[] {
    const nearest = this.closest('[lang]')?.getAttribute('lang');
    return [this.locale, nearest, navigator.language].filter((tag): tag is string => !!tag);
  }

  /** Of those, and the person's further languages, the first that we have messages in. */
  get #locale(): string {
    return matchLocale([...this.#languages, ...navigator.languages]);
  }

  get #panel() {
    return this.renderRoot.querySelector<HTMLElement>('.panel');
  }

  get #focusTarget() {
    return this.renderRoot.querySelector<HTMLElement>('.screen [data-focus]');
  }

  get #launcher() {
    return this.renderRoot.querySelector<HTMLElement>('button.launcher:not([data-drawn])');
  }
}

/** The person writes, or has written: what a conversation needs is loaded from here on. */
function hasBegun({draft, turns, ticket, ended}: ChatState): boolean {
  return draft !== '' || turns.length > 0 || ticket.phase !== 'closed' || ended !== undefined;
}

/** A streaming turn goes on: a host is told nothing of each word, so nothing is worked out for it. */
function isMoreText({turns: before}: ChatState, {turns: after}: ChatState): boolean {
  const [was, is] = [before.at(-1), after.at(-1)];
  return before.length === after.length && was !== is && was?.phase === 'streaming' && is?.phase === 'streaming';
}

/** The host has named no backend: the gate stays shut, with a sentence. */
const noTransport: ChatTransport = {
  id: 'none',
  config: () => Promise.reject(new ChatFailure(chatError('unavailable'))),
  async *send() {},
};

/** As it is with attributes that settings.ts knows; any other value is told, and its default used. */
const sensible = /^(launcher|inline|side|fullscreen) (bottom|top)-(end|start) (auto|light|dark) (session|local|none)$/;

function complain(tell: (complaint: typeof import('./complaint.js')) => void) {
  import('./complaint.js').then(tell, () => {});
}

/** What the frame around the conversation is drawn from. */
const frameSlices: readonly ((state: ChatState) => unknown)[] = [
  ({gate}) => gate,
  ({config}) => config,
  ({answerer}) => answerer,
  ({ticket}) => ticket.phase,
  ({ended}) => ended,
  ({turns}) => turns.length > 0,
  hasBegun,
];

/** Nobody has been let in, and opening the chat is another try. */
const isShut = ({gate: {phase}}: ChatState) => phase === 'idle' || phase === 'unavailable' || phase === 'suspended';

/** A change of these is another conversation. */
const chatDependsOn = [
  'endpoint',
  'transport',
  'storage',
  'terms',
  'piiPolicy',
  'getToken',
  'signIn',
  'context',
] as const;

declare global {
  interface HTMLElementTagNameMap {
    'tillit-chat': TillitChat;
  }
}
