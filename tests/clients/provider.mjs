// An OpenID provider that is not ours: oidc-provider, as strict as it comes. Prints {"issuer": …} once it listens, and takes the redirect
// addresses of its one client, one a line, from its input: tests know their ports late. Anybody who signs in there is who they say.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';

const { VOICE_CLIENT_ID: client_id, VOICE_CLIENT_SECRET: client_secret } = process.env;
const allowed = new Set();
const server = createServer();
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const issuer = `http://127.0.0.1:${server.address().port}`;
const { privateKey } = await generateKeyPair('ES256', { extractable: true });
const provider = new Provider(issuer, {
  clients: [{
    client_id, client_secret, redirect_uris: ['http://127.0.0.1/not-known-yet'], response_types: ['code'], grant_types: ['authorization_code'],
    id_token_signed_response_alg: 'ES256', token_endpoint_auth_method: 'client_secret_basic',
  }],
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'independent', use: 'sig', alg: 'ES256' }] },
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  // No claims of the address in the id_token: they are asked for at the userinfo endpoint.
  conformIdTokenClaims: true,
  pkce: { required: () => true, methods: ['S256'] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@example.com`, email_verified: !id.startsWith('unverified'), name: id }) }),
  cookies: { keys: ['only for tests'] },
});
provider.Client.prototype.redirectUriAllowed = (address) => allowed.has(address);
server.on('request', provider.callback());
const lines = createInterface({ input: process.stdin });
lines.on('line', (address) => {
  allowed.add(address);
  console.log(JSON.stringify({ allowed: address }));
});
lines.on('close', () => process.exit(0));
console.log(JSON.stringify({ issuer }));
