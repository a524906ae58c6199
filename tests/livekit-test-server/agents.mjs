// All workers and all jobs: who is asked, who gets the job, how it ends.

import { JobStatus, JobType } from '@livekit/protocol';
import { Job } from './jobs.mjs';
import { Worker } from './worker.mjs';

export class Agents {
  #workers = new Set();
  // Ended ones stay: tests ask what became of them.
  #jobs = new Map();

  constructor(server) {
    this.server = server;
  }

  get workers() { return [...this.#workers]; }
  get jobs() { return [...this.#jobs.values()]; }
  worker(id) { return this.workers.find((worker) => worker.id === id); }
  job(id) { return this.#jobs.get(id); }

  accept(socket) { this.#workers.add(new Worker(this.server, socket)); }
  closed(worker) { this.#workers.delete(worker); }

  // A restarted server knows no job; workers keep theirs.
  forget() {
    for (const worker of this.workers) worker.wire.terminate();
    this.#jobs.clear();
  }

  // Null when nobody can take it: the real server then makes no job at all.
  launch(wish) {
    const key = { type: wish.type, agentName: wish.dispatch.agentName, deployment: wish.dispatch.deployment };
    if (!this.#choose(key, new Set())) {
      this.server.journal.add('job_without_worker', { room: wish.room.name, agentName: key.agentName, jobType: JobType[key.type] });
      return null;
    }
    const job = this.#keep(new Job(this.server, wish));
    void this.#place(job, key);
    return job;
  }

  simulate(worker, { type, room, participant }) {
    const dispatch = { id: '', agentName: worker.agentName, metadata: '', deployment: '', attributes: {} };
    const job = this.#keep(new Job(this.server, { type, room, participant, dispatch }));
    void this.#offer(job, worker);
  }

  reported(worker, { jobId, status, error }) {
    const job = this.#jobs.get(jobId);
    this.server.journal.add('update_job', { worker: worker.id, job: jobId, status: JobStatus[status], error, known: job !== undefined });
    if (!job) return;
    job.reports.push({ status: JobStatus[status], error });
    job.setStatus(status, error);
  }

  agentLeft(participant) {
    for (const job of this.#running(participant.room.name)) {
      if (job.agentIdentity !== participant.identity) continue;
      job.setStatus(JobStatus.JS_FAILED, 'agent worker left the room');
      job.worker?.terminate(job);
    }
  }

  // Also those whose agent has not joined yet.
  roomClosed(room) {
    for (const job of this.#running(room.name)) this.end(job, 'room closed');
  }

  end(job, reason) {
    if (job.isEnded) return;
    job.setStatus(JobStatus.JS_FAILED, reason);
    job.worker?.terminate(job);
  }

  #running(roomName) { return this.jobs.filter((job) => !job.isEnded && job.roomName === roomName); }

  #keep(job) {
    this.#jobs.set(job.id, job);
    return job;
  }

  async #place(job, key) {
    const tried = new Set();
    for (let worker = this.#choose(key, tried); worker; worker = this.#choose(key, tried)) {
      tried.add(worker);
      if (await this.#offer(job, worker)) return;
      if (job.isEnded) return;
    }
    job.setStatus(JobStatus.JS_FAILED, 'no worker takes the job');
  }

  // False: ask the next one. A worker that rejects or is gone is passed over; one that says nothing costs the job.
  async #offer(job, worker) {
    const answer = await worker.ask(job);
    if (job.isEnded) return true;
    if (answer === 'timeout') {
      job.setStatus(JobStatus.JS_FAILED, 'assignment timed out');
      return true;
    }
    if (answer === 'closed') return false;
    this.server.journal.add('job_answered', { job: job.id, room: job.roomName, worker: worker.id, available: answer.available, terminate: answer.terminate });
    if (answer.terminate) {
      job.setStatus(JobStatus.JS_SUCCESS);
      return true;
    }
    if (!answer.available) return false;
    job.worker = worker;
    job.agentIdentity = answer.participantIdentity || `agent-${job.id}`;
    worker.assign(job, answer);
    return true;
  }

  // By chance, the idle ones more often.
  #choose(key, tried) {
    const candidates = this.workers.filter((worker) => !tried.has(worker) && worker.canTake(key));
    const weights = candidates.map((worker) => Math.max(0, 1 - worker.load));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    if (total === 0) return candidates[0];
    let rest = this.server.faults.random() * total;
    return candidates.find((_, index) => (rest -= weights[index]) < 0) ?? candidates.at(-1);
  }
}
