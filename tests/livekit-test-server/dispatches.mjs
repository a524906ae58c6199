// Dispatches: which agents a room wants. They turn into jobs as the room is made, as callers join and as they publish.

import { AgentDispatch, AgentDispatchState, DisconnectReason, JobType } from '@livekit/protocol';
import { dispatchId } from './ids.mjs';

export class Dispatches {
  #byRoom = new Map();

  constructor(server) {
    this.server = server;
  }

  of(roomName) { return this.#byRoom.get(roomName) ?? []; }

  // A room that names no agents wants the nameless workers: automatic dispatch.
  roomCreated(room, wanted) {
    this.#byRoom.set(room.name, []);
    for (const agent of wanted.length > 0 ? wanted : [{ agentName: '' }]) this.create(room, agent);
  }

  create(room, { agentName = '', metadata = '', deployment = '', attributes = {} }) {
    const dispatch = { id: dispatchId(), room: room.name, agentName, metadata, deployment, attributes, jobs: [], createdAtMs: Date.now(), deletedAtMs: 0 };
    this.of(room.name).push(dispatch);
    this.server.journal.add('dispatch_created', { room: room.name, dispatch: dispatch.id, agentName });
    this.#launch(room, dispatch, JobType.JT_ROOM);
    // Those who were there before it count as well.
    for (const participant of room.participants.values()) {
      if (participant.isAgent) continue;
      this.#launch(room, dispatch, JobType.JT_PARTICIPANT, participant);
      if (participant.publications.size > 0) this.#launch(room, dispatch, JobType.JT_PUBLISHER, participant);
    }
    return dispatch;
  }

  // The workers are told; agents that do not leave by themselves are removed after a while.
  remove(room, id) {
    const dispatch = this.of(room.name).find((candidate) => candidate.id === id);
    if (!dispatch) return null;
    dispatch.deletedAtMs = Date.now();
    this.#byRoom.set(room.name, this.of(room.name).filter((other) => other !== dispatch));
    for (const job of dispatch.jobs) this.server.agents.end(job, 'dispatch deleted');
    const identities = dispatch.jobs.map((job) => job.agentIdentity);
    setTimeout(() => {
      for (const identity of identities) room.participants.get(identity)?.remove(DisconnectReason.PARTICIPANT_REMOVED);
    }, this.server.options.dispatchGraceMs);
    return dispatch;
  }

  participantJoined(participant) {
    if (participant.isAgent) return;
    this.#launchAll(participant, JobType.JT_PARTICIPANT);
  }

  participantPublished(participant) {
    if (participant.isAgent || participant.hadPublished) return;
    participant.hadPublished = true;
    this.#launchAll(participant, JobType.JT_PUBLISHER);
  }

  participantLeft(participant) {
    if (participant.isAgent) this.server.agents.agentLeft(participant);
  }

  roomClosed(room) {
    this.server.agents.roomClosed(room);
    this.#byRoom.delete(room.name);
  }

  forget() { this.#byRoom.clear(); }

  info(dispatch) {
    return new AgentDispatch({
      id: dispatch.id,
      agentName: dispatch.agentName,
      room: dispatch.room,
      metadata: dispatch.metadata,
      deployment: dispatch.deployment,
      attributes: dispatch.attributes,
      state: new AgentDispatchState({
        jobs: dispatch.jobs.map((job) => job.info()),
        createdAt: ns(dispatch.createdAtMs),
        deletedAt: ns(dispatch.deletedAtMs),
      }),
    });
  }

  #launchAll(participant, type) {
    for (const dispatch of this.of(participant.room.name)) this.#launch(participant.room, dispatch, type, participant);
  }

  #launch(room, dispatch, type, participant) {
    const job = this.server.agents.launch({ type, room: room.info(), participant: participant?.info(), dispatch });
    if (job) dispatch.jobs.push(job);
  }
}

const ns = (ms) => BigInt(ms) * 1_000_000n;
