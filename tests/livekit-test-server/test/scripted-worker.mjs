// A worker that does what the test says: a raw socket and the messages, no framework.

import { JobType, ParticipantPermission, ServerMessage, WorkerMessage } from '@livekit/protocol';
import { AccessToken } from 'livekit-server-sdk';
import { WebSocket } from 'ws';
import { KEY, SECRET, atEnd } from './harness.mjs';

export class ScriptedWorker {
  #inbox = [];
  #waiting = [];

  static async open(t, server) {
    const token = new AccessToken(KEY, SECRET);
    token.addGrant({ agent: true });
    const socket = new WebSocket(`${server.url}/agent`, { headers: { authorization: `Bearer ${await token.toJwt()}` } });
    atEnd(t, () => socket.terminate());
    await new Promise((resolve, reject) => { socket.on('open', resolve).on('error', reject); });
    return new ScriptedWorker(socket);
  }

  static async connect(t, server, { agentName = '', type = JobType.JT_ROOM, ...rest } = {}) {
    const worker = await ScriptedWorker.open(t, server);
    worker.send('register', {
      type, agentName, version: '0', ...rest,
      allowedPermissions: new ParticipantPermission({ canPublish: true, canSubscribe: true, canPublishData: true, canUpdateMetadata: true }),
    });
    const { workerId } = await worker.next('register');
    worker.id = workerId;
    return worker;
  }

  constructor(socket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => { socket.on('close', resolve); });
    socket.on('message', (data) => {
      const { message } = ServerMessage.fromBinary(data);
      const waiting = this.#waiting.findIndex(({ name }) => name === message.case);
      if (waiting < 0) this.#inbox.push(message);
      else this.#waiting.splice(waiting, 1)[0].resolve(message.value);
    });
  }

  send(name, value) { this.socket.send(new WorkerMessage({ message: { case: name, value } }).toBinary()); }

  next(name, timeoutMs = 5000) {
    const index = this.#inbox.findIndex((message) => message.case === name);
    if (index >= 0) return Promise.resolve(this.#inbox.splice(index, 1)[0].value);
    return new Promise((resolve, reject) => {
      const entry = { name, resolve: (value) => { clearTimeout(timer); resolve(value); } };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(entry), 1);
        reject(new Error(`no ${name} within ${timeoutMs} ms`));
      }, timeoutMs);
      this.#waiting.push(entry);
    });
  }

  // Takes the next job that is offered and returns its assignment.
  async take(answer = {}) {
    const { job } = await this.next('availability');
    this.send('availability', { jobId: job.id, available: true, participantIdentity: `agent-${job.id}`, ...answer });
    return this.next('assignment');
  }
}
