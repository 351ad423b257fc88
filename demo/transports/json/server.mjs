/* A backend that answers a question with one JSON value, in a shape of its own. */
import {find, serverOf, startWhenRun} from '../listen.mjs';

export const server = serverOf((_request, response, {question}) => {
  const [article] = find(question);
  response.writeHead(200, {'content-type': 'application/json'});
  response.end(
    JSON.stringify(
      article
        ? {
            reply: `${article.text} [1]`,
            articles: [{name: article.title, link: article.url}],
            next: ['Invite an auditor'],
          }
        : {reply: '', articles: [], next: []},
    ),
  );
});

startWhenRun(server, import.meta.url);
