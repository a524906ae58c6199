// Serves the page on loopback: microphone and worklets need a secure context, which a file:// page is not and 127.0.0.1 is.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const CLIENT = join(HERE, 'node_modules/livekit-client/dist/livekit-client.esm.mjs');
const page = (name) => join(HERE, 'page', name);

// A list, not a folder: nothing else of this machine can be asked for.
const FILES = {
  '/': [page('index.html'), 'text/html; charset=utf-8'],
  '/style.css': [page('style.css'), 'text/css; charset=utf-8'],
  '/livekit-client.mjs': [CLIENT, 'text/javascript; charset=utf-8'],
  ...Object.fromEntries(['main', 'call', 'transcripts', 'recorder', 'recorder-worklet']
    .map((name) => [`/${name}.mjs`, [page(`${name}.mjs`), 'text/javascript; charset=utf-8']])),
};

export class Site {
  #server;

  static async open(port) {
    if (!existsSync(CLIENT)) throw new Error(`livekit-client is not installed: run "npm ci" in ${HERE}`);
    const server = createServer((request, response) => void answer(request, response));
    await new Promise((resolve, reject) => { server.once('error', reject).listen(port, '127.0.0.1', resolve); });
    return new Site(server);
  }

  constructor(server) { this.#server = server; }

  // In the fragment, which no browser sends to a server: the token stays out of logs.
  pageFor({ url, token, processing = true, join: joins = false }) {
    const fields = new URLSearchParams();
    if (url) fields.set('serverUrl', url);
    if (token) fields.set('token', token);
    if (!processing) fields.set('processing', 'off');
    if (joins) fields.set('join', '1');
    return `http://127.0.0.1:${this.#server.address().port}/#${fields}`;
  }

  close() {
    this.#server.closeAllConnections();
    return new Promise((resolve) => { this.#server.close(resolve); });
  }
}

async function answer(request, response) {
  const file = FILES[new URL(request.url, 'http://page').pathname];
  if (!file) return response.writeHead(404).end();
  try {
    const body = await readFile(file[0]);
    return response.writeHead(200, { 'content-type': file[1], 'cache-control': 'no-store' }).end(body);
  } catch (error) {
    return response.writeHead(500, { 'content-type': 'text/plain' }).end(error.message);
  }
}
