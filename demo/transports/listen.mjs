/*
 * What the small servers of this folder share: they listen where they are told, let pages of another origin ask, and read
 * a JSON body of a question's size. `node demo/transports/NAME/server.mjs` starts one.
 */
import {createServer} from 'node:http';
import {pathToFileURL} from 'node:url';

const MAX_BODY_CHARS = 100_000;

/** @param answer gets `(request, response, body)`; what it throws is a refusal, without a word about why. */
export function serverOf(answer) {
  return createServer(async (request, response) => {
    response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
    response.setHeader('access-control-allow-headers', 'authorization, content-type, idempotency-key');
    try {
      if (request.method === 'OPTIONS') response.writeHead(204).end();
      else await answer(request, response, await readBody(request));
    } catch {
      if (!response.headersSent) response.writeHead(400);
      response.end();
    }
  });
}

async function readBody(request) {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) {
    text += piece;
    if (text.length > MAX_BODY_CHARS) throw new Error('too long');
  }
  return text === '' ? undefined : JSON.parse(text);
}

/** Starts the server when its file is the one Node was asked to run. */
export function startWhenRun(server, moduleUrl) {
  if (moduleUrl !== pathToFileURL(process.argv[1] ?? '').href) return;
  const port = Number(process.env.PORT ?? 8787);
  server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}`));
}

/** Stands for a model: looks a question up among three articles. */
export function find(question) {
  const words = question.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
  return articles.filter(({title, text}) => {
    const content = `${title} ${text}`.toLowerCase();
    return words.some((word) => word.length > 4 && content.includes(word));
  });
}

const articles = [
  {
    title: 'Export invoices',
    url: 'https://help.example.com/export-invoices',
    text: 'Open **Billing → Invoices** and choose **Export**.',
  },
  {
    title: 'Invite an auditor',
    url: 'https://help.example.com/invite-an-auditor',
    text: 'Open **Settings → Users**, choose **Invite** and the role **Auditor**.',
  },
  {
    title: 'Two-factor login',
    url: 'https://help.example.com/two-factor-login',
    text: 'Open **My account → Security** and scan the code with an authenticator app.',
  },
];
