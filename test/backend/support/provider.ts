/** A real OpenID Connect provider on a free port, whose clients stand for people: each gets tokens in its own name. */
import {generateKeyPairSync, type JsonWebKey} from 'node:crypto';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';

import type Provider from 'oidc-provider';

export const AUDIENCE = 'https://chat.example/';
const OTHER_AUDIENCE = 'https://other.example/';
const SECRET = 'a secret between a test and itself';

/** What the provider says of a person beyond who they are. */
export type Claims = Readonly<Record<string, unknown>>;

export async function startProvider(people: Readonly<Record<string, Claims>>) {
  const {default: OidcProvider} = await loadQuietly();
  // The address is part of the tokens, so it must be known first.
  const made: {provider?: Provider} = {};
  let isDown = false;
  const server = createServer((request, response) => {
    if (isDown) response.writeHead(500).end();
    else void made.provider?.callback()(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const {privateKey} = generateKeyPairSync('rsa', {modulusLength: 2048});
  const key = {
    ...(privateKey.export({format: 'jwk'}) as JsonWebKey & {kty: 'RSA'}),
    kid: 'k1',
    alg: 'RS256',
    use: 'sig',
  };
  made.provider = new OidcProvider(issuer, {
    jwks: {keys: [key]},
    clients: Object.keys(people).map((name) => ({
      client_id: name,
      client_secret: SECRET,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    })),
    extraTokenClaims: (_context, token) => ({...people[token.clientId ?? '']}),
    ttl: {ClientCredentials: 600},
    features: {
      devInteractions: {enabled: false},
      clientCredentials: {enabled: true},
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, resource) => ({
          scope: '',
          audience: resource,
          accessTokenFormat: 'jwt',
          jwt: {sign: {alg: 'RS256'}},
        }),
      },
    },
  });

  async function tokenFor(name: string, resource = AUDIENCE): Promise<string> {
    const response = await fetch(`${issuer}/token`, {
      method: 'POST',
      headers: {authorization: `Basic ${btoa(`${name}:${encodeURIComponent(SECRET)}`)}`},
      body: new URLSearchParams({grant_type: 'client_credentials', resource}),
    });
    const {access_token: token} = (await response.json()) as {access_token?: string};
    if (token === undefined) throw new Error(`the provider gave ${response.status} and no token`);
    return token;
  }

  return {
    issuer,
    tokenFor,
    /** A token that is as valid, for somebody else. */
    tokenForOthers: (name: string) => tokenFor(name, OTHER_AUDIENCE),
    fail(down: boolean) {
      isDown = down;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** It says at import that it likes newer runtimes more; what is used here works in all of ours. */
async function loadQuietly() {
  const {info, warn} = console;
  console.info = console.warn = () => {};
  try {
    return await import('oidc-provider');
  } finally {
    Object.assign(console, {info, warn});
  }
}
