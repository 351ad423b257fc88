import {useEffect, useRef, useState} from 'react';
import {httpTransport} from 'tillit-chat/transports/http';
import {TillitChat, type TillitChatElement} from 'tillit-chat/react';

// Outside of the component: another transport is another conversation.
const transport = httpTransport({endpoint: '/api', getToken: async () => 'demo-token'});

export function App() {
  const chat = useRef<TillitChatElement>(null);
  const [locale, setLocale] = useState('en');
  const [isShown, show] = useState(true);
  const [isOpen, setOpen] = useState(false);
  const [events, setEvents] = useState<readonly string[]>([]);
  const note = (event: string) => setEvents((before) => [...before, event]);

  useEffect(() => {
    // The element is there, and is more than a tag, from the first effect on.
    note(`ready ${typeof chat.current?.ask}`);
  }, []);

  return (
    <main>
      <h1>Payroll</h1>
      <label>
        Language{' '}
        <select value={locale} onChange={(event) => setLocale(event.target.value)}>
          <option value="en">English</option>
          <option value="sv">Svenska</option>
          <option value="">As the page</option>
        </select>
      </label>
      <button type="button" onClick={() => void chat.current?.ask('How do I turn on two-factor login?')}>
        Ask about two-factor login
      </button>
      <button type="button" onClick={() => show(!isShown)}>
        {isShown ? 'Remove the chat' : 'Show the chat'}
      </button>
      <p>The chat is {isOpen ? 'open' : 'closed'}.</p>
      <ul>
        {events.map((event, index) => (
          <li key={index}>{event}</li>
        ))}
      </ul>
      {isShown && (
        <TillitChat
          ref={chat}
          className="help"
          transport={transport}
          locale={locale || undefined}
          open={isOpen}
          ticketUrl="/support"
          staleAfterDays={365}
          onTillitOpen={() => setOpen(true)}
          onTillitClose={() => setOpen(false)}
          onTillitAnswer={({detail}) => note(`answer ${detail.outcome} with ${detail.sources} sources`)}
        >
          <span slot="header">Payroll help</span>
        </TillitChat>
      )}
    </main>
  );
}
