// Access tokens: JWT, HS256, with the claims of LiveKit. Written here with node:crypto, so that the tests' tokens, which
// livekit-server-sdk signs, are checked by code that shares nothing with it.

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

// The real server allows clocks to differ by this much.
const LEEWAY_S = 60;

export class TokenError extends Error {}

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const mac = (text, secret) => createHmac('sha256', secret).update(text).digest();
const nowS = () => Math.floor(Date.now() / 1000);

export class Tokens {
  constructor({ key, secret }) {
    this.key = key;
    this.secret = secret;
  }

  sign(claims, ttlS, secret = this.secret) {
    const head = encode({ alg: 'HS256', typ: 'JWT' });
    const body = encode({ ...claims, iss: this.key, nbf: nowS(), exp: nowS() + ttlS });
    return `${head}.${body}.${mac(`${head}.${body}`, secret).toString('base64url')}`;
  }

  // Same shape, wrong secret: what a worker gets when its server and its peers disagree about the key.
  forge(claims, ttlS) { return this.sign(claims, ttlS, `${this.secret}-not`); }

  verify(token) {
    const parts = (token ?? '').split('.');
    if (parts.length !== 3) throw new TokenError('no token, or not a JWT');
    const [head, body, signature] = parts;
    if (parse(head).alg !== 'HS256') throw new TokenError('not signed with HS256');
    const given = Buffer.from(signature, 'base64url');
    const wanted = mac(`${head}.${body}`, this.secret);
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new TokenError('signature does not match');
    const claims = parse(body);
    if (claims.iss !== this.key) throw new TokenError('unknown API key');
    if (typeof claims.exp !== 'number') throw new TokenError('token has no exp');
    if (claims.exp + LEEWAY_S < nowS()) throw new TokenError('token is expired');
    if ((claims.nbf ?? 0) - LEEWAY_S > nowS()) throw new TokenError('token is not valid yet');
    return claims;
  }

  fromRequest(request, url) {
    const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '');
    return this.verify(bearer?.[1] ?? url.searchParams.get('access_token'));
  }

  // Webhooks carry the token bare and bind it to the body by its hash.
  signBody(body) {
    return this.sign({ sha256: createHash('sha256').update(body).digest('base64') }, 300);
  }
}

function parse(part) {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    throw new TokenError('token is not readable');
  }
}

// What a participant may do. Rights that are absent are granted, except changing one's own metadata.
export function permissionOf(video = {}) {
  const canPublish = video.canPublish ?? true;
  return {
    canSubscribe: video.canSubscribe ?? true,
    canPublish,
    canPublishData: video.canPublishData ?? canPublish,
    canUpdateMetadata: video.canUpdateOwnMetadata ?? false,
    hidden: video.hidden ?? false,
    agent: video.agent ?? false,
    canSubscribeMetrics: video.canSubscribeMetrics ?? false,
  };
}
