// One participant: what the others see of it, and its leaving. Its socket comes and goes (signal.mjs), its media stays (sfu.mjs).

import {
  DisconnectReason, LeaveRequest, LeaveRequest_Action, ParticipantInfo, ParticipantInfo_Kind, ParticipantInfo_State,
  ParticipantPermission, ParticipantUpdate, SpeakersChanged,
} from '@livekit/protocol';
import { Peers } from './sfu.mjs';
import { participantId } from './ids.mjs';
import { permissionOf } from './tokens.mjs';

const KINDS = {
  standard: ParticipantInfo_Kind.STANDARD, ingress: ParticipantInfo_Kind.INGRESS, egress: ParticipantInfo_Kind.EGRESS,
  sip: ParticipantInfo_Kind.SIP, agent: ParticipantInfo_Kind.AGENT, connector: ParticipantInfo_Kind.CONNECTOR,
};

export class Participant {
  #version = 0;
  #joinedAtMs = Date.now();
  #graceTimer;
  #gone = false;

  constructor(server, room, claims, client) {
    this.server = server;
    this.room = room;
    this.sid = participantId();
    this.claims = claims;
    this.identity = claims.sub;
    this.name = claims.name ?? '';
    this.metadata = claims.metadata ?? '';
    this.attributes = { ...claims.attributes };
    this.kind = KINDS[claims.kind ?? 'standard'] ?? ParticipantInfo_Kind.STANDARD;
    this.permission = new ParticipantPermission(permissionOf(claims.video));
    this.client = client;
    this.state = ParticipantInfo_State.JOINED;
    this.publications = new Map();
    this.peers = new Peers(this);
    this.connection = null;
  }

  get isAgent() { return this.kind === ParticipantInfo_Kind.AGENT; }
  get isGone() { return this.#gone; }
  get isActive() { return this.state === ParticipantInfo_State.ACTIVE; }

  info(disconnectReason = DisconnectReason.UNKNOWN_REASON) {
    return new ParticipantInfo({
      sid: this.sid,
      identity: this.identity,
      name: this.name,
      metadata: this.metadata,
      attributes: this.attributes,
      state: this.state,
      kind: this.kind,
      permission: this.permission,
      tracks: [...this.publications.values()].map((publication) => publication.info),
      isPublisher: this.publications.size > 0,
      joinedAt: BigInt(Math.floor(this.#joinedAtMs / 1000)),
      joinedAtMs: BigInt(this.#joinedAtMs),
      version: ++this.#version,
      // Peers choose how to send streams and RPC by these two.
      clientProtocol: this.client.protocol,
      capabilities: this.client.capabilities,
      disconnectReason,
    });
  }

  send(name, value) { this.connection?.send(name, value); }

  announce({ toSelf = true, disconnectReason } = {}) {
    const update = new ParticipantUpdate({ participants: [this.info(disconnectReason)] });
    for (const other of this.room.participants.values()) {
      if (other === this ? toSelf : !this.permission.hidden) other.send('update', update);
    }
  }

  activate() {
    if (this.state !== ParticipantInfo_State.JOINED) return;
    this.state = ParticipantInfo_State.ACTIVE;
    this.server.journal.add('participant_active', { room: this.room.name, identity: this.identity, sid: this.sid });
    this.announce();
    for (const other of this.room.others(this)) {
      for (const publication of other.publications.values()) this.peers.offerTrack(publication);
    }
  }

  // Empty values delete an attribute, as an empty metadata or name in this message means "unchanged".
  update({ name, metadata, attributes = {} }) {
    if (name) this.name = name;
    if (metadata) this.metadata = metadata;
    for (const [key, value] of Object.entries(attributes)) {
      if (value === '') delete this.attributes[key];
      else this.attributes[key] = value;
    }
    this.server.journal.add('participant_updated', {
      room: this.room.name, identity: this.identity, attributes, metadata: this.metadata, name: this.name,
    });
    this.announce();
  }

  // The socket closed without a leave: the client may come back to the same media.
  signalLost() {
    this.connection = null;
    if (this.#gone) return;
    this.server.journal.add('signal_lost', { room: this.room.name, identity: this.identity });
    this.#graceTimer = setTimeout(() => this.remove(DisconnectReason.SIGNAL_CLOSE), this.server.options.resumeGraceMs);
  }

  signalBack(connection) {
    clearTimeout(this.#graceTimer);
    // The old socket may be half open, and its client waits for its end.
    this.connection?.terminate();
    this.connection = connection;
  }

  // The one way out of a room. A kicked client is told; one that left by itself or was lost is not there to hear it.
  remove(reason) {
    if (this.#gone) return;
    this.#gone = true;
    clearTimeout(this.#graceTimer);
    if (reason !== DisconnectReason.CLIENT_INITIATED) {
      this.send('leave', new LeaveRequest({ reason, action: LeaveRequest_Action.DISCONNECT }));
    }
    this.connection?.close();
    this.connection = null;
    this.state = ParticipantInfo_State.DISCONNECTED;
    for (const publication of [...this.publications.values()]) this.peers.unpublish(publication, { announce: false });
    this.announce({ toSelf: false, disconnectReason: reason });
    this.peers.close();
    this.room.drop(this);
    this.server.journal.add('participant_left', {
      room: this.room.name, identity: this.identity, sid: this.sid, reason: DisconnectReason[reason],
    });
    this.server.webhooks.send('participant_left', { room: this.room.info(), participant: this.info(reason) });
    this.server.dispatches.participantLeft(this);
  }

  vanish() {
    this.#gone = true;
    clearTimeout(this.#graceTimer);
    this.connection?.terminate();
    this.connection = null;
    this.peers.vanish();
  }

  sayWhoSpeaks(speakers) { this.send('speakersChanged', new SpeakersChanged({ speakers })); }
}
