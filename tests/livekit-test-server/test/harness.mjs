// Starts the server as its users do, as a process of its own, and gives tests its addresses, its tokens and its control.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { AccessToken } from 'livekit-server-sdk';

export const KEY = 'devkey';
export const SECRET = 'a-secret-of-the-tests-only-0123456789';
const SERVER = fileURLToPath(new URL('../server.mjs', import.meta.url));

const cleanups = new WeakMap();

// Node runs t.after in the order of registration; participants must leave before their server goes.
export function atEnd(t, cleanup) {
  if (!cleanups.has(t)) {
    const stack = [];
    cleanups.set(t, stack);
    t.after(async () => { while (stack.length > 0) await stack.pop()(); });
  }
  cleanups.get(t).push(cleanup);
}

export async function startServer(t, ...args) {
  const child = spawn(process.execPath, [SERVER, '--key', KEY, '--secret', SECRET, '--exit-with-stdin', ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { url, control } = JSON.parse(line);
  atEnd(t, async () => {
    const exited = once(child, 'exit');
    child.stdin.end();
    await exited;
  });
  return new Running(child, url, control);
}

class Running {
  #since = 0;

  constructor(child, url, control) {
    this.child = child;
    this.url = url;
    this.http = url.replace(/^ws/, 'http');
    this.controlUrl = control;
  }

  async control(method, path, body) {
    const response = await fetch(`${this.controlUrl}/${path}`, { method, body: body === undefined ? undefined : JSON.stringify(body) });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${answer.error}`);
    return answer;
  }

  post(path, body = {}) { return this.control('POST', path, body); }
  state() { return this.control('GET', 'state'); }

  // Each call looks only behind the entry that the last one found, so that a test reads like the course of events.
  async wait(match, timeoutMs = 10_000) {
    const { entry } = await this.post('wait', { since: this.#since, timeoutMs, ...match });
    if (!entry) throw new Error(`nothing like ${JSON.stringify(match)} in the journal within ${timeoutMs} ms`);
    this.#since = entry.seq;
    return entry;
  }

  token(identity, { room = 'room', video = {}, kind = 'standard', ...rest } = {}) {
    const token = new AccessToken(KEY, SECRET, { identity, ...rest });
    token.kind = kind;
    token.addGrant({ roomJoin: true, room, canUpdateOwnMetadata: true, ...video });
    return token.toJwt();
  }
}
