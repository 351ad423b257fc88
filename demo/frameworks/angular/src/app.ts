import {Component, CUSTOM_ELEMENTS_SCHEMA, signal, viewChild, type ElementRef} from '@angular/core';
import type {TillitChat, TillitEvent} from 'tillit-chat';
import {httpTransport} from 'tillit-chat/transports/http';

@Component({
  selector: 'app-root',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <main>
      <h1>Payroll</h1>
      <label>
        Language
        <select #language (change)="locale.set(language.value)">
          <option value="en">English</option>
          <option value="sv">Svenska</option>
          <option value="">As the page</option>
        </select>
      </label>
      <button type="button" (click)="ask()">Ask about two-factor login</button>
      <button type="button" (click)="isShown.set(!isShown())">
        {{ isShown() ? 'Remove the chat' : 'Show the chat' }}
      </button>
      <p>The chat is {{ isOpen() ? 'open' : 'closed' }}.</p>
      <ul>
        @for (event of events(); track $index) {
          <li>{{ event }}</li>
        }
      </ul>
      @if (isShown()) {
        <tillit-chat
          #chat
          [transport]="transport"
          [locale]="locale() || undefined"
          [open]="isOpen()"
          ticket-url="/support"
          [staleAfterDays]="365"
          (tillit-open)="isOpen.set(true)"
          (tillit-close)="isOpen.set(false)"
          (tillit-answer)="answered($event)"
        >
          <span slot="header">Payroll help</span>
        </tillit-chat>
      }
    </main>
  `,
})
export class App {
  readonly transport = httpTransport({endpoint: '/api', getToken: async () => 'demo-token'});
  readonly chat = viewChild<ElementRef<TillitChat>>('chat');
  readonly locale = signal('en');
  readonly isOpen = signal(false);
  readonly isShown = signal(true);
  readonly events = signal<readonly string[]>([]);

  ask() {
    void this.chat()?.nativeElement.ask('How do I turn on two-factor login?');
  }

  answered({detail}: TillitEvent<'tillit-answer'>) {
    this.events.update((before) => [...before, `answer ${detail.outcome} with ${detail.sources} sources`]);
  }
}
