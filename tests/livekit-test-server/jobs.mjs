// A job: what a worker is asked to do, and what became of it.

import { Job as JobInfo, JobState, JobStatus, JobType } from '@livekit/protocol';
import { jobId } from './ids.mjs';

const ENDED = new Set([JobStatus.JS_SUCCESS, JobStatus.JS_FAILED]);
// The server's own limit for the token of a job.
const TOKEN_TTL_S = 3600;

export class Job {
  #startedAt = nowNs();
  #updatedAt = nowNs();
  #endedAt = 0n;

  constructor(server, { type, room, participant, dispatch }) {
    this.server = server;
    this.id = jobId();
    this.type = type;
    // As they were then: a job does not follow later changes.
    this.room = room;
    this.participant = participant;
    this.dispatch = dispatch;
    this.status = JobStatus.JS_RUNNING;
    this.error = '';
    this.worker = null;
    this.agentIdentity = '';
    this.reports = [];
  }

  get isEnded() { return ENDED.has(this.status); }
  get roomName() { return this.room?.name ?? ''; }

  info() {
    return new JobInfo({
      id: this.id,
      type: this.type,
      room: this.room,
      participant: this.participant,
      metadata: this.dispatch.metadata,
      agentName: this.dispatch.agentName,
      dispatchId: this.dispatch.id,
      deployment: this.dispatch.deployment,
      attributes: this.dispatch.attributes,
      state: new JobState({
        status: this.status,
        error: this.error,
        startedAt: this.#startedAt,
        updatedAt: this.#updatedAt,
        endedAt: this.#endedAt,
        participantIdentity: this.agentIdentity,
        workerId: this.worker?.id ?? '',
      }),
    });
  }

  setStatus(status, error = '') {
    if (this.isEnded) return;
    this.status = status;
    this.error = error;
    this.#updatedAt = nowNs();
    if (this.isEnded) this.#endedAt = this.#updatedAt;
    this.server.journal.add('job_status', {
      job: this.id, room: this.roomName, worker: this.worker?.id, status: JobStatus[status], error,
    });
  }

  // What the worker answered decides who the agent is in the room; what it registered with decides what it may do there.
  token(answer, permissions, { forged = false } = {}) {
    const claims = {
      sub: answer.participantIdentity || `agent-${this.id}`,
      name: answer.participantName,
      metadata: answer.participantMetadata,
      attributes: { ...answer.participantAttributes, 'lk.agent_name': this.dispatch.agentName },
      kind: 'agent',
      video: {
        roomJoin: true,
        agent: true,
        room: this.roomName,
        canSubscribe: permissions.canSubscribe,
        canPublish: permissions.canPublish,
        canPublishData: permissions.canPublishData,
        canUpdateOwnMetadata: permissions.canUpdateMetadata,
        hidden: permissions.hidden,
      },
    };
    const { tokens } = this.server;
    return forged ? tokens.forge(claims, TOKEN_TTL_S) : tokens.sign(claims, TOKEN_TTL_S);
  }

  snapshot() {
    return {
      id: this.id, type: JobType[this.type], room: this.roomName, status: JobStatus[this.status], error: this.error,
      worker: this.worker?.id ?? null, agentIdentity: this.agentIdentity, agentName: this.dispatch.agentName,
      dispatch: this.dispatch.id, metadata: this.dispatch.metadata, participant: this.participant?.identity ?? null,
      reports: this.reports,
    };
  }
}

function nowNs() { return BigInt(Date.now()) * 1_000_000n; }
