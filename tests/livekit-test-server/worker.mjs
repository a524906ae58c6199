// One agent worker on the socket /agent.

import {
  AvailabilityRequest, JobAssignment, JobTermination, JobType, ParticipantPermission, RegisterWorkerResponse, ServerMessage,
  WorkerMessage, WorkerPong, WorkerStatus,
} from '@livekit/protocol';
import { workerId } from './ids.mjs';
import { serverInfo } from './signal.mjs';
import { Wire } from './wire.mjs';

// A WebSocket ping, not the protocol's: it finds dead connections.
const SOCKET_PING_MS = 10_000;
const MAX_DEPLOYMENT_BYTES = 64;

export class Worker {
  #asJson = false;
  #asked = new Map();
  #timers = [];

  constructor(server, socket) {
    this.server = server;
    this.id = workerId();
    this.registered = null;
    this.status = WorkerStatus.WS_AVAILABLE;
    this.load = 0;
    this.jobCount = 0;
    this.isOpen = true;
    this.wire = new Wire(server, socket, {
      at: 'agent',
      who: {},
      encode: (name, value) => this.#encode(new ServerMessage({ message: { case: name, value } })),
    });
    this.wire.onFrame = async (data, isBinary) => this.#handle(this.#decode(data, isBinary));
    this.wire.onClose = () => this.#closed();
    this.wire.onError = (error) => this.#fail(String(error?.message ?? error));
    const ping = setInterval(() => socket.ping(), SOCKET_PING_MS);
    this.#timers.push(ping, setTimeout(() => this.#fail('not registered in time'), server.options.registerTimeoutMs));
  }

  get agentName() { return this.registered?.agentName ?? ''; }

  canTake({ type, agentName, deployment }) {
    return this.isOpen && this.registered !== null && this.status === WorkerStatus.WS_AVAILABLE
      && this.registered.type === type && this.agentName === agentName && this.registered.deployment === deployment;
  }

  // The answer, or 'timeout' or 'closed'.
  ask(job) {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#answered(job.id, 'timeout'), this.server.options.availabilityTimeoutMs);
      this.#asked.set(job.id, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      this.server.journal.add('job_offered', { job: job.id, room: job.roomName, worker: this.id, agentName: this.agentName });
      this.wire.send('availability', new AvailabilityRequest({ job: job.info() }));
    });
  }

  assign(job, answer) {
    const permissions = this.registered.allowedPermissions ?? new ParticipantPermission({ canSubscribe: true, canPublish: true, canPublishData: true });
    this.server.journal.add('job_assigned', { job: job.id, room: job.roomName, worker: this.id, identity: job.agentIdentity });
    this.wire.send('assignment', (rule) =>
      new JobAssignment({ job: job.info(), token: job.token(answer, permissions, { forged: rule?.forge ?? false }) }));
  }

  terminate(job) {
    this.server.journal.add('job_terminated', { job: job.id, worker: this.id });
    this.wire.send('termination', new JobTermination({ jobId: job.id }));
  }

  snapshot() {
    return {
      id: this.id, agentName: this.agentName, type: this.registered ? JobType[this.registered.type] : null,
      deployment: this.registered?.deployment ?? '', version: this.registered?.version ?? '',
      permissions: this.registered?.allowedPermissions ?? null,
      status: WorkerStatus[this.status], load: this.load, jobCount: this.jobCount, open: this.isOpen,
    };
  }

  #handle({ case: name, value }) {
    if (!this.registered && name !== 'register') return this.#fail(`first message is ${name}, not register`);
    switch (name) {
      case 'register': return this.#register(value);
      case 'availability': return this.#answered(value.jobId, value);
      case 'updateWorker': return this.#update(value);
      case 'updateJob': return this.server.agents.reported(this, value);
      case 'ping': return this.wire.send('pong', new WorkerPong({ lastTimestamp: value.timestamp, timestamp: BigInt(Date.now()) }));
      case 'simulateJob': return this.server.agents.simulate(this, value);
      // The open-source server moves nothing; what is listed shows that the worker remembers its jobs.
      case 'migrateJob': return this.server.journal.add('worker_migrate', { worker: this.id, jobs: value.jobIds });
      default: return this.#fail(`unknown message ${name}`);
    }
  }

  #register(request) {
    if (JobType[request.type] === undefined) return this.#fail('unknown job type');
    const { deployment } = request;
    if (Buffer.byteLength(deployment) > MAX_DEPLOYMENT_BYTES || /[_\s\p{Cc}]/u.test(deployment)) return this.#fail('bad deployment');
    this.registered = request;
    clearTimeout(this.#timers[1]);
    this.server.journal.add('worker_registered', {
      worker: this.id, agentName: request.agentName, jobType: JobType[request.type], version: request.version,
    });
    this.wire.send('register', new RegisterWorkerResponse({ workerId: this.id, serverInfo: serverInfo() }));
  }

  #update({ status, load, jobCount }) {
    if (status !== undefined) this.status = status;
    this.load = load;
    this.jobCount = jobCount;
    this.server.journal.add('worker_updated', { worker: this.id, status: WorkerStatus[this.status], load, jobCount });
  }

  #answered(jobId, answer) {
    const asked = this.#asked.get(jobId);
    if (!asked) return this.server.journal.add('late_answer', { worker: this.id, job: jobId });
    this.#asked.delete(jobId);
    asked(answer);
  }

  #closed() {
    if (!this.isOpen) return;
    this.isOpen = false;
    clearInterval(this.#timers[0]);
    clearTimeout(this.#timers[1]);
    this.server.journal.add('worker_closed', { worker: this.id, agentName: this.agentName });
    this.server.agents.closed(this);
    for (const jobId of [...this.#asked.keys()]) this.#answered(jobId, 'closed');
  }

  #fail(message) {
    this.server.journal.add('worker_refused', { worker: this.id, message });
    this.wire.close();
    this.#closed();
  }

  // A worker that writes text is answered in text: protojson can be typed by hand.
  #decode(data, isBinary) {
    this.#asJson = !isBinary;
    return (isBinary ? WorkerMessage.fromBinary(data) : WorkerMessage.fromJsonString(data.toString(), { ignoreUnknownFields: true })).message;
  }

  #encode(message) { return this.#asJson ? message.toJsonString() : message.toBinary(); }
}
