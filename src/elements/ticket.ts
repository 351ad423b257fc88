import {css, html, nothing} from 'lit';

import {ChatSlice} from '../controllers/chat-slice.js';
import type {ChatError} from '../core/errors.js';
import type {Chat} from '../core/session.js';
import type {TicketForm, TicketLine} from '../core/state.js';
import type {BlockedField, TicketField} from '../core/ticketing.js';
import type {TicketReceipt} from '../core/transport.js';
import type {Messages} from '../i18n/messages.js';
import {findingSentence} from './finding-sentence.js';
import {icon} from './icon.js';
import {TillitElement} from './tillit-element.js';

type TextField = 'name' | 'email' | 'description';

/** HTML's own definition of a valid e-mail address, shortened: someone, an at sign, a domain with a dot. */
const emailShape = /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/;

/**
 * A support case from the conversation: what was said is there already, shown, and can be changed before it is sent.
 *
 * @tagname tillit-ticket
 * @csspart ticket-form - The form.
 * @csspart ticket-name - The name's field.
 * @csspart ticket-email - The e-mail's field.
 * @csspart ticket-description - The description's field.
 * @csspart ticket-submit - Sends the ticket.
 * @csspart ticket-receipt - The receipt with the ticket's number.
 */
export class TillitTicket extends TillitElement {
  static override sheet = css`
    tillit-ticket {
      display: grid;
      min-block-size: 0;

      form {
        display: grid;
        grid-template-rows: minmax(0, 1fr) auto;
        min-block-size: 0;
      }

      .scroll {
        overflow: auto;
        scrollbar-width: thin;
        padding: 1rem var(--_gutter);
        display: grid;
        align-content: start;
        gap: 0.9rem;
      }

      .labelled {
        display: grid;
        gap: 0.3rem;
      }

      label {
        font-size: var(--_small);
        font-weight: 600;
      }

      textarea {
        resize: vertical;
        min-block-size: 6.5rem;
      }

      .line textarea {
        min-block-size: 3.5rem;
        field-sizing: content;
        max-block-size: 12rem;
      }

      .check {
        display: flex;
        gap: 0.6rem;
        align-items: center;
        font-weight: 400;
        font-size: var(--_small);
        min-block-size: 1.75rem;
      }

      .check input {
        inline-size: 1.15rem;
        block-size: 1.15rem;
        margin: 0;
        accent-color: var(--_link);
        flex: none;
      }

      fieldset {
        border: 0;
        padding: 0 0 0 0.9rem;
        margin: 0;
        min-inline-size: 0;
        border-inline-start: 2px solid var(--_line);
        display: grid;
        gap: 0.75rem;
      }

      .problem {
        font-size: var(--_tiny);
        display: flex;
        flex-wrap: wrap;
        gap: 0.3rem 0.75rem;
        align-items: center;
      }

      .small {
        min-block-size: 2rem;
        padding: 0.2rem 0.7rem;
        font-size: var(--_tiny);
      }

      .receipt {
        padding: 1.5rem var(--_gutter);
        display: grid;
        gap: 0.75rem;
        align-content: start;
        justify-items: start;
      }

      .number {
        font-weight: 600;
        font-size: 1.0625rem;
      }
    }
  `;

  static override properties = {
    chat: {attribute: false},
    messages: {attribute: false},
    problems: {state: true},
    blocked: {state: true},
  };

  declare chat: Chat;
  declare messages: Messages;
  /** What a field lacks, told when the form was sent. */
  declare problems: Readonly<Partial<Record<TextField, string>>>;
  /** Fields the guard stopped. */
  declare blocked: readonly BlockedField[];

  readonly #ticket = new ChatSlice(this, ({ticket}) => ticket);
  /** Fields as they stand, whose warnings the person has called no personal data. */
  readonly #confirmed = new Set<TicketField>();

  constructor() {
    super();
    this.problems = {};
    this.blocked = [];
  }

  override render(): unknown {
    const ticket = this.#ticket.value;
    switch (ticket?.phase) {
      case undefined:
      case 'closed':
        return nothing;
      case 'editing':
        return this.#renderForm(ticket.form, false, ticket.error);
      case 'sending':
        return this.#renderForm(ticket.form, true, undefined);
      case 'created':
        return this.#renderReceipt(ticket.receipt);
    }
  }

  #renderForm(form: TicketForm, isSending: boolean, error: ChatError | undefined) {
    const {messages} = this;
    return html`
      <form part="ticket-form" novalidate aria-label=${messages.t('ticketTitle')} @submit=${this.#submit}>
        <div class="scroll">
          ${this.#renderField('name', form, 'text', 'name', isSending)}
          ${this.#renderField('email', form, 'email', 'email', isSending)}
          <p class="muted">${messages.t('ticketPrivacy')}</p>
          ${this.#renderField('description', form, 'textarea', 'off', isSending)}
          ${form.transcript.length > 0 ? this.#renderTranscript(form, isSending) : nothing}
        </div>
        <footer>
          ${error ? html`<p class="problem" role="alert">${error.display ?? messages.t(`error_${error.code}`)}</p>` : nothing}
          ${this.blocked.length > 0 ? html`<p class="problem" role="alert">${messages.t('findingsNothingSent')} ${messages.t('ticketFindings')}</p>` : nothing}
          <button class="button primary" part="ticket-submit" type="submit" @click=${this.#submit} aria-disabled=${isSending ? 'true' : 'false'}>
            ${isSending ? messages.t('ticketSending') : error ? messages.t('retry') : messages.t('ticketSubmit')}
          </button>
        </footer>
      </form>
    `;
  }

  #renderField(
    field: TextField,
    form: TicketForm,
    type: 'text' | 'email' | 'textarea',
    autocomplete: 'name' | 'email' | 'off',
    isSending: boolean,
  ) {
    const {messages} = this;
    const label = field === 'name' ? 'ticketName' : field === 'email' ? 'ticketEmail' : 'ticketDescription';
    const isBad = this.problems[field] !== undefined || this.#blockedOf(field) !== undefined;
    const id = `ticket-${field}`;
    const onInput = (event: Event) => this.#write(field, (event.target as HTMLInputElement).value);
    return html`
      <div class="labelled">
        <label for=${id}>${messages.t(label)}</label>
        ${
          type === 'textarea'
            ? html`<textarea id=${id} class="field" part="ticket-description" rows="4" dir="auto" required ?readonly=${isSending} aria-invalid=${isBad ? 'true' : 'false'}
              aria-describedby="${id}-problem" .value=${form[field]} @input=${onInput}></textarea>`
            : html`<input id=${id} class="field" part=${id} type=${type} autocomplete=${autocomplete} dir="auto" required ?readonly=${isSending} ?data-focus=${field === 'name'}
              aria-invalid=${isBad ? 'true' : 'false'} aria-describedby="${id}-problem" .value=${form[field]} @input=${onInput} />`
        }
        <div id="${id}-problem">${this.#renderProblem(field, form[field])}</div>
      </div>
    `;
  }

  #renderTranscript(form: TicketForm, isSending: boolean) {
    const {messages} = this;
    return html`
      <label class="check">
        <input type="checkbox" ?disabled=${isSending} .checked=${form.attach} @change=${this.#toggleAttach} />
        <span>${messages.t('ticketAttach', {n: form.transcript.length})}</span>
      </label>
      ${
        form.attach
          ? html`<fieldset>
            <legend class="visually-hidden">${messages.t('ticketTranscript')}</legend>
            ${form.transcript.map((line, index) => this.#renderLine(line, index, isSending))}
          </fieldset>`
          : nothing
      }
    `;
  }

  #renderLine({role, text}: TicketLine, index: number, isSending: boolean) {
    const label = this.messages.t(role === 'user' ? 'ticketLineUser' : 'ticketLineAssistant');
    return html`
      <div class="labelled line">
        <label for="ticket-line-${index}">${label}</label>
        <textarea id="ticket-line-${index}" class="field" rows="2" dir="auto" ?readonly=${isSending} aria-describedby="ticket-line-${index}-problem"
          aria-invalid=${this.#blockedOf(index) ? 'true' : 'false'} .value=${text}
          @input=${(event: Event) => this.#write(index, (event.target as HTMLTextAreaElement).value)}></textarea>
        <div id="ticket-line-${index}-problem">${this.#renderProblem(index, text)}</div>
      </div>
    `;
  }

  #renderProblem(field: TicketField, text: string) {
    const {messages} = this;
    const problem = typeof field === 'number' ? undefined : this.problems[field];
    if (problem !== undefined) return html`<p class="problem">${problem}</p>`;
    const blocked = this.#blockedOf(field);
    if (!blocked) return nothing;
    if (blocked.findings.length === 0) return html`<p class="problem">${messages.t('findingsCheckFailed')}</p>`;
    const {title, kinds} = findingSentence(blocked.findings, messages);
    const areWarnings = blocked.findings.every(({severity}) => severity === 'warn');
    return html`
      <p class="problem">
        <span>${title} ${kinds}</span>
        <button class="button small" part="mask" type="button" @click=${() => this.#mask(blocked, text)}>${messages.t('mask')}</button>
        ${areWarnings ? html`<button class="button small" type="button" @click=${() => this.#confirm(field)}>${messages.t('notPersonal')}</button>` : nothing}
      </p>
    `;
  }

  #renderReceipt({id, url}: TicketReceipt) {
    const {messages} = this;
    return html`
      <div class="receipt" part="ticket-receipt" role="status">
        <span class="seal">${icon('check')}</span>
        <h2 tabindex="-1" data-focus>${messages.t('ticketReceipt')}</h2>
        <p class="number">${messages.t('ticketNumber', {id})}</p>
        <p>${messages.t('ticketReceiptText')}</p>
        ${url && /^https?:\/\//.test(url) ? html`<p><a href=${url} target="_blank" rel="noopener noreferrer">${id}</a></p>` : nothing}
        <button class="button" type="button" @click=${this.#close}>${messages.t('ticketDone')}</button>
      </div>
    `;
  }

  // By the button too, which Enter presses: a frame whose sandbox forbids forms submits none.
  readonly #submit = (event: Event) => {
    event.preventDefault();
    void this.#send();
  };

  readonly #close = () => this.chat.closeTicket();

  readonly #toggleAttach = (event: Event) => {
    this.chat.editTicket({attach: (event.target as HTMLInputElement).checked});
    this.blocked = this.blocked.filter(({field}) => typeof field !== 'number');
  };

  async #send() {
    const ticket = this.chat.store.get().ticket;
    if (ticket.phase !== 'editing') return;
    this.problems = this.#problemsOf(ticket.form);
    if (Object.keys(this.problems).length > 0) return this.#focusFirstBad();
    const outcome = await this.chat.sendTicket([...this.#confirmed]);
    this.blocked = !outcome.sent && outcome.reason === 'blocked' ? outcome.fields : [];
    if (this.blocked.length > 0) await this.#focusFirstBad();
  }

  #problemsOf({name, email, description}: TicketForm) {
    const {messages} = this;
    const required = messages.t('ticketRequired');
    const over = description.length - this.chat.limit('ticketChars');
    return {
      ...(name.trim() === '' && {name: required}),
      ...(email.trim() === ''
        ? {email: required}
        : !emailShape.test(email.trim()) && {email: messages.t('ticketEmailInvalid')}),
      ...(description.trim() === ''
        ? {description: required}
        : over > 0 && {description: messages.t('ticketTooLong', {n: over})}),
    };
  }

  #write(field: TicketField, text: string) {
    const ticket = this.chat.store.get().ticket;
    if (ticket.phase !== 'editing') return;
    this.blocked = this.blocked.filter((blocked) => blocked.field !== field);
    this.#confirmed.delete(field);
    if (typeof field === 'number') {
      const transcript = ticket.form.transcript.map((line, index) => (index === field ? {...line, text} : line));
      this.chat.editTicket({transcript});
      return;
    }
    const {[field]: _, ...problems} = this.problems;
    this.problems = problems;
    this.chat.editTicket({[field]: text});
  }

  async #mask({field, findings}: BlockedField, text: string) {
    // The form's own fields are checked, and sent, without the space around their text; places are counted in that.
    const isLine = typeof field === 'number';
    this.#write(field, await this.chat.mask(isLine ? text : text.trim(), findings));
    this.renderRoot.querySelector<HTMLElement>(isLine ? `#ticket-line-${field}` : `#ticket-${field}`)?.focus();
  }

  #confirm(field: TicketField) {
    this.#confirmed.add(field);
    void this.#send();
  }

  async #focusFirstBad() {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  #blockedOf(field: TicketField) {
    return this.blocked.find((blocked) => blocked.field === field);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tillit-ticket': TillitTicket;
  }
}
