import {html, nothing} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';

import {ChatSlice} from '../controllers/chat-slice.js';
import type {ChatError} from '../core/errors.js';
import {createRights, exportHere, type Outcome, type Rights} from '../core/rights.js';
import type {TermsDocument} from '../core/terms.js';
import type {Deletion} from '../core/transport.js';
import type {PlainKey} from '../i18n/keys.js';
import {loadMessages, loadMore} from '../i18n/locales.js';
import type {Messages} from '../i18n/messages.js';
import {keptThings} from '../storage/kept-things.js';
import {webStorage} from '../storage/web-storage.js';
import {platform, type HeadlessChat} from '../wiring.js';
import {download, fileName} from './download.js';
import {emit} from './emit.js';
import {exportPage} from './export-page.js';
import {TillitPurposes} from './purposes.js';
import {TillitElement} from './tillit-element.js';
import {yourDataSheet} from './your-data.styles.js';

export {TillitPurposes};

type Spot = 'receipt' | 'choices' | 'export' | 'delete' | 'contact' | 'withdraw';

/** What came of what a person asked for, said where they asked for it. */
interface Result {
  readonly spot: Spot;
  readonly text: string;
  readonly isBad?: boolean;
  readonly list?: readonly string[];
  readonly ways?: readonly {readonly label: PlainKey; readonly act: () => void}[];
}

type Deletable = 'conversation' | 'everything';

/**
 * A person's own data: what is kept where and how long, and what they can do about it. What is local works while the
 * backend is down. Loaded when it is opened.
 *
 * @tagname tillit-your-data
 * @csspart your-data - The box that scrolls.
 * @csspart receipt - Downloads the receipt of the acceptance.
 * @csspart export - Downloads what is held here, or at the vendor.
 * @csspart delete - Deletes the conversation, or everything.
 * @csspart rectify - Asks for a correction, in a ticket.
 * @csspart object - Objects to how data is used, or asks to restrict it, in a ticket.
 */
export class TillitYourData extends TillitElement {
  static override sheet = yourDataSheet;

  static override properties = {
    chat: {attribute: false},
    messages: {attribute: false},
    terms: {attribute: false},
    more: {state: true},
    result: {state: true},
    sure: {state: true},
    busy: {state: true},
    isOver: {state: true},
    isStuck: {state: true},
  };

  declare chat: HeadlessChat;
  declare messages: Messages;
  declare terms: TermsDocument | undefined;
  declare more: Messages | undefined;
  declare result: Result | undefined;
  /** What is deleted if the person says so once more. */
  declare sure: Deletable | undefined;
  declare busy: boolean;
  /** The acceptance is gone, and with it everything here: what is left is what came of it. */
  declare isOver: boolean;
  /** What is said here could not be fetched. */
  declare isStuck: boolean;

  readonly #acceptance = new ChatSlice(this, ({acceptance}) => acceptance);
  readonly #gate = new ChatSlice(this, ({gate}) => gate.phase);
  readonly #ticket = new ChatSlice(this, ({ticket}) => ticket);
  #unfollow = () => {};
  #rightsOf: {readonly chat: HeadlessChat; readonly rights: Rights} | undefined;

  constructor() {
    super();
    this.busy = false;
    this.isOver = false;
    this.isStuck = false;
  }

  override connectedCallback() {
    super.connectedCallback();
    const {host} = this.getRootNode() as ShadowRoot & {readonly host?: HTMLElement & {view?: string}};
    this.#unfollow = this.chat.store.subscribe(({gate}) => {
      // Whoever takes everything back here stays here, and is told what came of it.
      if (gate.phase === 'idle' && host) host.view = 'data';
    });
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#unfollow();
  }

  override willUpdate(changed: Map<PropertyKey, unknown>) {
    if (changed.has('messages')) void this.#loadMore();
  }

  override render(): unknown {
    const {messages, more} = this;
    return html`
      <div class="scroll" part="your-data" tabindex="0" role="region" aria-labelledby="data-title">
        <h2 id="data-title" tabindex="-1" data-focus>${more?.t('menuData')}</h2>
        ${
          !more
            ? this.isStuck
              ? html`<p role="alert">${messages.t('error_network')}</p>
                <div class="ways"><button class="button" type="button" @click=${() => void this.#loadMore()}>${messages.t('retry')}</button></div>`
              : nothing
            : this.isOver
              ? html`<section>${this.#renderResult(more, 'delete')}${this.#renderResult(more, 'withdraw')}</section>`
              : [
                  this.#renderHere(more),
                  this.#renderVendor(more),
                  this.#renderAcceptance(more),
                  this.#renderExport(more),
                  this.#renderDelete(more),
                  this.#renderRights(more),
                  this.#renderWithdraw(more),
                ]
        }
      </div>
    `;
  }

  /** What is there, and not what might be: where storage is blocked, nothing is. */
  #renderHere(more: Messages) {
    const {storage, storageName} = this.chat;
    const stored = webStorage(storage);
    const mayKeep = this.#acceptance.value?.purposes.device === true;
    const rows = keptThings.filter(
      ({needs, key}) => (needs === 'acceptance' || mayKeep) && stored.read(key(storageName)) !== undefined,
    );
    return html`
      <section>
        <h3>${more.t('dataHere')}</h3>
        ${
          rows.length === 0
            ? html`<p>${more.t('dataNothingHere')}</p>`
            : html`<table>
              <thead><tr><th scope="col">${more.t('termsWhat')}</th><th scope="col">${more.t('termsHowLong')}</th></tr></thead>
              <tbody>
                ${rows.map(
                  ({name, key}) =>
                    html`<tr><td>${more.t(`dataKept_${name}`)}<code>${key(storageName)}</code></td>
                      <td>${more.t(storage === 'local' ? 'dataUntilDeleted' : 'dataUntilTab')}</td></tr>`,
                )}
              </tbody>
            </table>`
        }
      </section>
    `;
  }

  #renderVendor(more: Messages) {
    const rows = this.terms?.dataTable ?? [];
    return html`
      <section>
        <h3>${more.t('dataVendor')}</h3>
        ${
          rows.length === 0
            ? html`<p>${more.t('dataVendorUnsaid')}</p>`
            : html`<table>
              <thead><tr><th scope="col">${more.t('termsWhat')}</th><th scope="col">${more.t('termsWhere')}</th><th scope="col">${more.t('termsHowLong')}</th></tr></thead>
              <tbody>${rows.map(({what, where, howLong}) => html`<tr><td>${what}</td><td>${where}</td><td>${howLong}</td></tr>`)}</tbody>
            </table>`
        }
      </section>
    `;
  }

  #renderAcceptance(more: Messages) {
    const acceptance = this.#acceptance.value;
    if (!acceptance) return nothing;
    const {version, acceptedAt, receiptId, purposes} = acceptance;
    const {storage} = this.chat;
    const kept = storage === 'none' ? undefined : storage;
    return html`
      <section>
        <h3>${more.t('dataAcceptance')}</h3>
        <p>${more.t('dataAccepted', {version, date: more.date(acceptedAt)})}</p>
        ${receiptId === undefined ? nothing : html`<p class="muted">${more.t('dataReceiptId', {id: receiptId})}</p>`}
        <div class="ways"><button class="button" part="receipt" type="button" @click=${this.#takeReceipt}>${more.t('dataReceiptDownload')}</button></div>
        ${this.#renderResult(more, 'receipt')}
        ${
          this.#gate.value === 'open'
            ? html`<tillit-purposes .messages=${more} .terms=${this.terms} .storage=${kept} .chosen=${purposes} .busy=${this.busy} @change=${this.#choose}></tillit-purposes>`
            : nothing
        }
        ${this.#renderResult(more, 'choices')}
      </section>
    `;
  }

  #renderExport(more: Messages) {
    const pair = (label: PlainKey, act: (format: 'json' | 'html') => void) => html`
      <div class="ways" role="group" aria-label=${more.t(label)}>
        <span>${more.t(label)}</span>
        <button class="button" part="export" type="button" @click=${() => act('html')}>${more.t('dataAsPage')}</button>
        <button class="button" part="export" type="button" @click=${() => act('json')}>${more.t('dataAsJson')}</button>
      </div>
    `;
    return html`
      <section>
        <h3>${more.t('dataExport')}</h3>
        ${pair('dataExportHere', this.#exportHere)}
        ${this.#rights.canExportEverything ? pair('dataExportAll', (format) => void this.#exportAll(format)) : nothing}
        ${this.#renderResult(more, 'export')}
      </section>
    `;
  }

  #renderDelete(more: Messages) {
    const {sure} = this;
    const ask = (what: Deletable, label: PlainKey) =>
      html`<button class="button" part="delete" type="button" @click=${() => this.#askWhetherSure(what)}>${more.t(label)}</button>`;
    return html`
      <section>
        <h3>${more.t('dataDelete')}</h3>
        ${
          sure
            ? html`<p>${more.t('dataSure')}</p>
              <div class="ways" role="group" aria-label=${more.t('dataSure')}>
                <button class="button" type="button" data-cancel @click=${() => this.#askWhetherSure(undefined)}>${more.t('dataCancel')}</button>
                <button class="button primary" part="delete" type="button" aria-disabled=${this.busy ? 'true' : 'false'} @click=${() => void this.#delete(sure)}>
                  ${more.t(sure === 'conversation' ? 'dataDeleteConversation' : 'dataDeleteAll')}
                </button>
              </div>`
            : html`<div class="ways">${ask('conversation', 'dataDeleteConversation')} ${ask('everything', 'dataDeleteAll')}</div>`
        }
        ${this.#renderResult(more, 'delete')}
      </section>
    `;
  }

  #renderRights(more: Messages) {
    const ticket = this.#ticket.value;
    const form = ticket?.phase === 'closed' ? ticket.form : undefined;
    const mayAsk = this.#gate.value === 'open' && this.chat.can('tickets');
    const hasContact = form !== undefined && (form.name !== '' || form.email !== '');
    if (!mayAsk && !hasContact) return nothing;
    return html`
      <section>
        <h3>${more.t('dataRights')}</h3>
        ${
          mayAsk
            ? html`<p class="muted">${more.t('dataRightsText')}</p>
              <div class="ways">
                <button class="button" part="rectify" type="button" @click=${() => this.#request('dataRectifyText')}>${more.t('dataRectify')}</button>
                <button class="button" part="object" type="button" @click=${() => this.#request('dataObjectText')}>${more.t('dataObject')}</button>
              </div>`
            : nothing
        }
        ${
          hasContact
            ? html`<div role="group" aria-labelledby="data-contact">
              <p id="data-contact" class="labelled">${more.t('dataContact')}</p>
              <div class="labelled"><label for="data-name">${more.t('ticketName')}</label>
                <input id="data-name" class="field" autocomplete="name" dir="auto" .value=${form.name} /></div>
              <div class="labelled"><label for="data-email">${more.t('ticketEmail')}</label>
                <input id="data-email" class="field" type="email" autocomplete="email" dir="auto" .value=${form.email} /></div>
              <div class="ways"><button class="button" type="button" data-save @click=${this.#saveContact}>${more.t('dataSave')}</button></div>
            </div>`
            : nothing
        }
        ${this.#renderResult(more, 'contact')}
      </section>
    `;
  }

  #renderWithdraw(more: Messages) {
    if (!this.#acceptance.value) return nothing;
    return html`
      <section>
        <h3>${more.t('menuWithdraw')}</h3>
        <p>${more.t('dataWithdrawText')}</p>
        <div class="ways"><button class="button" part="withdraw" type="button" @click=${() => void this.#withdraw()}>${more.t('menuWithdraw')}</button></div>
        ${this.#renderResult(more, 'withdraw')}
      </section>
    `;
  }

  #renderResult(more: Messages, spot: Spot) {
    const {result} = this;
    if (result?.spot !== spot) return nothing;
    const {text, isBad, list = [], ways = []} = result;
    return html`
      <div class="result ${isBad ? 'bad' : ''}" role=${ifDefined(isBad ? 'alert' : undefined)}>
        <p tabindex="-1" data-result>${text}</p>
        ${list.length > 0 ? html`<ul>${list.map((line) => html`<li>${line}</li>`)}</ul>` : nothing}
        ${
          ways.length > 0
            ? html`<div class="ways">${ways.map(({label, act}) => html`<button class="button" type="button" aria-disabled=${this.busy ? 'true' : 'false'} @click=${() => !this.busy && act()}>${more.t(label)}</button>`)}</div>`
            : nothing
        }
      </div>
    `;
  }

  get #rights(): Rights {
    if (this.#rightsOf?.chat !== this.chat)
      this.#rightsOf = {chat: this.chat, rights: createRights(this.chat, platform, () => this.messages.locale)};
    return this.#rightsOf.rights;
  }

  async #loadMore() {
    const {messages} = this;
    this.isStuck = false;
    try {
      // Some of what is said here belongs to a conversation, which may not have begun.
      const whole = messages.isWhole ? messages : await loadMessages(messages.locale);
      const more = await loadMore(whole);
      if (messages === this.messages) this.more = more;
    } catch {
      if (messages === this.messages) this.isStuck = true;
    }
  }

  readonly #takeReceipt = async () => {
    const receipt = await this.#rights.receipt(this.terms);
    if (receipt !== undefined)
      this.#hand(new Blob([receipt], {type: 'application/json'}), 'receipt', 'json', 'receipt');
  };

  readonly #exportHere = (format: 'json' | 'html') => {
    // What is in the memory of this page, and so what is stored: the newest of both.
    const state = this.chat.store.get();
    const now = new Date();
    const file =
      format === 'json'
        ? new Blob([exportHere(state, now.getTime())], {type: 'application/ld+json'})
        : new Blob([exportPage(state, this.more!, now)], {type: 'text/html'});
    this.#hand(file, 'chat', format, 'export');
  };

  async #exportAll(format: 'json' | 'html') {
    const got = await this.#during(() => this.#rights.exportEverything(format));
    if (!got) return;
    if (got.isDone) this.#hand(got.file, 'everything', format, 'export');
    else this.#tell(this.#failure('export', got.error, [{label: 'retry', act: () => void this.#exportAll(format)}]));
  }

  readonly #choose = async (event: Event) => {
    const asked = event.currentTarget as TillitPurposes;
    const {name, checked} = event.target as HTMLInputElement;
    const done = await this.#during(() => this.#rights.choose({[name]: checked}));
    if (!done) return;
    // What is no longer to be kept is gone now, and not after a pause.
    this.chat.flush();
    asked.chosen = this.#acceptance.value?.purposes ?? {};
    if (done.isDone) this.#say('choices', done.isTold ? 'purposeSaved' : 'purposeNotTold');
    else this.#tell({...this.#failure('choices', done.error), text: this.more!.t('purposeFailed')});
  };

  async #delete(what: Deletable, isOnlyHere = false) {
    if (what === 'conversation') {
      const done = await this.#during(() => this.#rights.deleteConversation(isOnlyHere));
      if (!done) return;
      this.chat.flush();
      if (done.isDone) this.#say('delete', done.isTold ? 'dataDeleted' : 'dataDeletedHere');
      else this.#tellRefusal(what, done.error);
      return;
    }
    const done = await this.#during(() => this.#rights.deleteEverything(isOnlyHere));
    if (!done) return;
    if (!done.isDone) return this.#tellRefusal(what, done.error);
    emit(this, 'tillit-withdraw', {told: done.isWithdrawalTold});
    this.isOver = true;
    if (done.deletion) this.#tellDeletion(done.deletion);
    else this.#say('delete', 'dataDeletedHere');
  }

  #tellDeletion({receiptId, status, kept}: Deletion) {
    const more = this.more!;
    this.#tell({
      spot: 'delete',
      text: more.t(status === 'done' ? 'dataAllDeleted' : 'dataRequested', {id: receiptId}),
      list: kept
        .filter(({count}) => count !== 0)
        .map(({what, until, why}) =>
          [until === undefined ? '' : more.t('dataStays', {date: more.date(until)}), why ?? what].join(' ').trim(),
        ),
    });
  }

  /** Nothing is gone here either, so that it can be tried again; or else the person has it deleted here alone. */
  #tellRefusal(what: Deletable, error: ChatError) {
    this.#tell(
      this.#failure('delete', error, [
        {label: 'retry', act: () => void this.#delete(what)},
        {label: 'dataDeleteHere', act: () => void this.#delete(what, true)},
      ]),
    );
  }

  #request(description: 'dataRectifyText' | 'dataObjectText') {
    void this.chat.openTicket({category: 'rights', description: `${this.more!.t(description)}\n`, attach: false});
  }

  readonly #saveContact = () => {
    const {ticket} = this.chat.store.get();
    if (ticket.phase !== 'closed' || !ticket.form) return;
    const value = (id: string) => this.querySelector<HTMLInputElement>(`#${id}`)?.value.trim() ?? '';
    const form = {...ticket.form, name: value('data-name'), email: value('data-email')};
    this.chat.store.dispatch({type: 'restored', state: {ticket: {...ticket, form}}});
    this.chat.flush();
    this.#say('contact', 'purposeSaved');
  };

  async #withdraw(isAgain = false) {
    const told = await this.#during(() => (isAgain ? this.#rights.tellWithdrawal() : this.#rights.withdraw()));
    if (!told) return;
    if (!isAgain) emit(this, 'tillit-withdraw', {told: told.isTold});
    this.isOver = true;
    if (told.isTold) this.#say('withdraw', 'dataWithdrawn');
    else
      this.#tell({
        spot: 'withdraw',
        text: this.more!.t('dataNotTold'),
        isBad: true,
        ways: [{label: 'retry', act: () => void this.#withdraw(true)}],
      });
  }

  /** One thing at a time. @returns nothing when another is under way */
  async #during<Result>(act: () => Promise<Result>): Promise<Result | undefined> {
    if (this.busy) return undefined;
    this.busy = true;
    this.result = undefined;
    try {
      return await act();
    } finally {
      this.busy = false;
      this.sure = undefined;
    }
  }

  #hand(file: Blob, what: string, type: string, spot: Spot) {
    const name = fileName(what, type, new Date());
    download(file, name);
    this.#tell({spot, text: this.more!.t('dataDownloaded', {file: name})});
  }

  #failure(spot: Spot, error: Extract<Outcome, {isDone: false}>['error'], ways: Result['ways'] = []): Result {
    const more = this.more!;
    const why = error.display ?? more.t(`error_${error.code}`);
    return {spot, text: `${more.t('dataFailed')} ${why}`, isBad: true, ways};
  }

  #say(spot: Spot, message: PlainKey) {
    this.#tell({spot, text: this.more!.t(message)});
  }

  /** Shown, focused where what was pressed is gone, and told to screen readers. */
  #tell(result: Result) {
    this.result = result;
    if (!result.isBad)
      this.dispatchEvent(
        new CustomEvent('say', {detail: [result.text, ...(result.list ?? [])].join(' '), bubbles: true}),
      );
    void this.updateComplete.then(() => {
      const said = this.querySelector<HTMLElement>('[data-result]');
      said?.scrollIntoView({block: 'nearest'});
      // What was pressed is gone.
      if (result.spot === 'delete' || result.spot === 'withdraw') said?.focus({preventScroll: true});
    });
  }

  #askWhetherSure(what: Deletable | undefined) {
    if (this.busy) return;
    this.result = undefined;
    this.sure = what;
    void this.updateComplete.then(() => {
      this.querySelector<HTMLElement>(what ? '[data-cancel]' : '[part="delete"]')?.focus();
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tillit-your-data': TillitYourData;
  }
}
