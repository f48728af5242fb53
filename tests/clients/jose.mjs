// Verifies an access token the way a partner would: by the published keys, with a library that is not ours.
import { createRemoteJWKSet, jwtVerify } from 'jose';

const { VOICE_URL: base, VOICE_KEY: token } = process.env;
const metadata = await (await fetch(new URL('/.well-known/openid-configuration', base))).json();
const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', base));
const { payload, protectedHeader } = await jwtVerify(token, keys, {
  issuer: metadata.issuer, audience: 'voiceaspire', typ: 'at+jwt', algorithms: ['ES256'], requiredClaims: ['sub', 'sid', 'org', 'scope', 'jti', 'exp', 'iat'],
});
console.log(JSON.stringify({ payload, protectedHeader }));
