// LiveKit's server API: POST /twirp/livekit.<Service>/<Method>, JSON (or protobuf) in and out.

import { agentDispatchService, roomService, sipService } from './services.mjs';
import { TokenError } from './tokens.mjs';

const STATUS = {
  bad_route: 404, invalid_argument: 400, malformed: 400, unauthenticated: 401, permission_denied: 403, not_found: 404,
  already_exists: 409, failed_precondition: 412, resource_exhausted: 429, internal: 500, unimplemented: 501, unavailable: 503,
  deadline_exceeded: 408,
};
const MAX_BODY_BYTES = 2 * 1024 * 1024;

export class TwirpError extends Error {
  constructor(code, message, { status = STATUS[code] ?? 500, meta } = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.meta = meta;
  }
}

export class Twirp {
  #methods;

  constructor(server) {
    this.server = server;
    this.#methods = new Map(Object.entries({ ...roomService(server), ...agentDispatchService(server), ...sipService(server) }));
  }

  async handle(request, response, url) {
    const name = url.pathname.replace('/twirp/livekit.', '');
    const binary = (request.headers['content-type'] ?? '').startsWith('application/protobuf');
    try {
      const answer = await this.#call(name, binary, request, url);
      // The Go server writes proto names and every default; readers have to take both spellings.
      if (binary) return reply(response, 200, 'application/protobuf', Buffer.from(answer.toBinary()));
      return reply(response, 200, 'application/json', answer.toJsonString({ useProtoFieldName: true, emitDefaultValues: true }));
    } catch (error) {
      if (error === DROPPED) return undefined;
      const known = asTwirp(error);
      this.server.journal.add('twirp', { method: name, error: known.code, message: known.message });
      const body = { code: known.code, msg: known.message, ...(known.meta && { meta: known.meta }) };
      return reply(response, known.status, 'application/json', JSON.stringify(body));
    }
  }

  async #call(name, binary, request, url) {
    const body = await bodyOf(request);
    const rule = this.server.faults.take('twirp', name);
    if (rule?.drop) throw DROPPED;
    if (rule?.delayMs) await new Promise((resolve) => { setTimeout(resolve, rule.delayMs); });
    if (rule?.code) throw new TwirpError(rule.code, rule.msg ?? 'fault', { status: rule.status, meta: rule.meta });

    const method = this.#methods.get(name);
    if (!method) throw new TwirpError('bad_route', `no handler for path "${url.pathname}"`);
    if (request.method !== 'POST') throw new TwirpError('bad_route', `unsupported method "${request.method}"`);
    const claims = this.server.tokens.fromRequest(request, url);
    const message = parse(method.request, body, binary);
    if (!method.allows(claims, message)) throw new TwirpError('unauthenticated', 'permissions denied');
    this.server.journal.add('twirp', { method: name, request: message.toJson() });
    return method.run(message);
  }
}

// The caller's connection stays open without an answer.
const DROPPED = Symbol('dropped');

function parse(type, body, binary) {
  try {
    return binary ? type.fromBinary(body) : type.fromJsonString(body.toString() || '{}', { ignoreUnknownFields: true });
  } catch (error) {
    throw new TwirpError('malformed', `the request could not be decoded: ${error.message}`);
  }
}

function asTwirp(error) {
  if (error instanceof TwirpError) return error;
  if (error instanceof TokenError) return new TwirpError('unauthenticated', error.message);
  return new TwirpError('internal', String(error?.stack ?? error));
}

export async function bodyOf(request) {
  const parts = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) throw new TwirpError('resource_exhausted', 'request is too large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function reply(response, status, type, body) {
  response.writeHead(status, { 'content-type': type });
  response.end(body);
}
