// Composes the server, listens, and routes what comes in. `node server.mjs --key K --secret S` prints one line of JSON
// with its addresses and serves until it is ended.

import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import { WebSocketServer } from 'ws';
import { Agents } from './agents.mjs';
import { Control } from './control.mjs';
import { Dispatches } from './dispatches.mjs';
import { Faults } from './faults.mjs';
import { Journal, toJson } from './journal.mjs';
import { OptionsError, optionsFrom, withDefaults } from './options.mjs';
import { Rooms } from './rooms.mjs';
import { acceptSignal, whyNotJoin } from './signal.mjs';
import { Speakers } from './speakers.mjs';
import { TokenError, Tokens } from './tokens.mjs';
import { Twirp } from './twirp.mjs';
import { Webhooks } from './webhooks.mjs';

// The limit of the real server for one message.
const MAX_MESSAGE_BYTES = 2 * 1024 * 1024;

export class TestServer {
  #http;
  #sockets = new Set();
  #webSockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });

  constructor(given) {
    this.options = withDefaults(given);
    this.journal = new Journal({ onEntry: this.options.verbose ? (entry) => process.stderr.write(`${toJson(entry)}\n`) : undefined });
    this.tokens = new Tokens(this.options);
    this.faults = new Faults(this.options);
    this.webhooks = new Webhooks(this);
    this.agents = new Agents(this);
    this.dispatches = new Dispatches(this);
    this.rooms = new Rooms(this);
    this.speakers = new Speakers();
    this.twirp = new Twirp(this);
    this.control = new Control(this);
  }

  get isListening() { return this.#http?.listening ?? false; }
  get url() { return `ws://${this.options.host}:${this.port}`; }

  async start() {
    this.port = this.options.port;
    await this.listenAgain();
    this.controlPort = await this.control.listen(this.options.controlPort);
    return { url: this.url, control: `http://127.0.0.1:${this.controlPort}/control` };
  }

  // On the port it had, so that clients find it where it was.
  async listenAgain() {
    if (this.isListening) return;
    this.#http = createServer((request, response) => void this.#request(request, response));
    this.#http.on('upgrade', (request, socket, head) => void this.#upgrade(request, socket, head));
    this.#http.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    await new Promise((resolve, reject) => {
      this.#http.once('error', reject);
      this.#http.listen(this.port, this.options.host, resolve);
    });
    this.port = this.#http.address().port;
    this.journal.add('listening', { port: this.port });
  }

  // Gone without a word, as if killed. What it knew is lost (rooms, workers, jobs) unless the sockets alone shall break.
  vanish({ forget = true, backAfterMs } = {}) {
    this.journal.add('vanished', { forget });
    this.#http.close();
    if (forget) {
      this.rooms.forget();
      this.agents.forget();
      this.dispatches.forget();
    }
    for (const socket of this.#sockets) socket.destroy();
    if (backAfterMs !== undefined) setTimeout(() => void this.listenAgain(), backAfterMs);
  }

  close() {
    this.vanish();
    this.speakers.close();
    this.control.close();
  }

  async #request(request, response) {
    const url = new URL(request.url, 'http://server');
    // Browsers fetch /rtc/validate to learn why a socket was refused; without this header they cannot read the answer.
    response.setHeader('access-control-allow-origin', '*');
    if (url.pathname.startsWith('/twirp/')) return this.twirp.handle(request, response, url);
    if (url.pathname === '/rtc/validate') {
      const refusal = this.#whyNotRtc(request, url).refusal ?? { status: 200, text: 'success' };
      return plain(response, refusal.status, refusal.text);
    }
    // 404 at /rtc/v1 is what makes new clients fall back to two peer connections.
    return url.pathname === '/' ? plain(response, 200, 'OK') : plain(response, 404, 'not found');
  }

  async #upgrade(request, socket, head) {
    socket.on('error', () => socket.destroy());
    const url = new URL(request.url, 'http://server');
    const { refusal, claims } = this.#mayUpgrade(request, url);
    const rule = this.faults.take('upgrade', url.pathname, { identity: claims?.sub, room: claims?.video?.room });
    if (rule?.drop) return;
    if (rule?.delayMs) await new Promise((resolve) => { setTimeout(resolve, rule.delayMs); });
    const refused = rule?.status ? { status: rule.status, text: rule.msg ?? 'fault' } : refusal;
    if (refused) {
      this.journal.add('upgrade_refused', { path: url.pathname, ...refused });
      const { status, text } = refused;
      const head = ['Content-Type: text/plain', `Content-Length: ${Buffer.byteLength(text)}`, 'Connection: close'];
      socket.end(`HTTP/1.1 ${status} Refused\r\n${head.join('\r\n')}\r\n\r\n${text}`);
      return;
    }
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      if (url.pathname === '/agent') return this.agents.accept(webSocket);
      return acceptSignal(this, webSocket, url, claims).catch((error) => {
        this.journal.add('error', { identity: claims.sub, message: String(error?.stack ?? error) });
        webSocket.terminate();
      });
    });
  }

  #mayUpgrade(request, url) {
    if (url.pathname === '/rtc') return this.#whyNotRtc(request, url);
    if (url.pathname !== '/agent') return { refusal: { status: 404, text: 'not found' } };
    return this.#withClaims(request, url, (claims) => claims.video?.agent ? null : { status: 401, text: 'permissions denied' });
  }

  #whyNotRtc(request, url) { return this.#withClaims(request, url, (claims) => whyNotJoin(this, claims)); }

  #withClaims(request, url, check) {
    try {
      const claims = this.tokens.fromRequest(request, url);
      return { claims, refusal: check(claims) };
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      return { refusal: { status: 401, text: error.message } };
    }
  }
}

function plain(response, status, text) {
  response.writeHead(status, { 'content-type': 'text/plain' });
  response.end(text);
}

async function main() {
  const server = new TestServer(optionsFrom(process.argv.slice(2)));
  if (server.options.exitWithStdin) {
    // Whoever started it holds the other end: when that one dies, however it dies, this ends.
    process.stdin.on('end', () => process.exit(0)).on('error', () => process.exit(0)).resume();
  }
  process.stdout.write(`${JSON.stringify(await server.start())}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main().catch((error) => {
    process.stderr.write(`${error instanceof OptionsError ? error.message : error?.stack}\n`);
    process.exitCode = 2;
    process.stdin.destroy();
  });
}
