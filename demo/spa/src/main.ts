import 'tillit-chat/define';
import type {TillitEvents} from 'tillit-chat';
import {httpTransport} from 'tillit-chat/transports/http';

const chat = document.createElement('tillit-chat');
chat.transport = httpTransport({endpoint: '/api'});
chat.context = () => ({page: location.pathname});
document.body.append(chat);

const names: readonly (keyof TillitEvents)[] = [
  'tillit-open',
  'tillit-close',
  'tillit-disclosure-shown',
  'tillit-terms-accept',
  'tillit-terms-decline',
  'tillit-ask',
  'tillit-answer',
  'tillit-rate',
  'tillit-ticket',
  'tillit-pii-found',
  'tillit-source-open',
  'tillit-withdraw',
  'tillit-error',
];
const list = document.querySelector('#events')!;
for (const name of names) {
  chat.addEventListener(name, ({detail}) => {
    const item = document.createElement('li');
    item.textContent = `${name} ${JSON.stringify(detail)}`;
    list.append(item);
  });
}

document.querySelector('#locale')!.addEventListener('change', (event) => {
  chat.locale = (event.target as HTMLSelectElement).value;
});
document.querySelector('#ask')!.addEventListener('click', () => {
  void chat.ask('How do I turn on two-factor login?');
});
