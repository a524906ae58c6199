// Rooms: who is in them, when they begin and when they end.

import { DisconnectReason, Room as RoomInfo, RoomConfiguration, RoomUpdate } from '@livekit/protocol';
import { roomId } from './ids.mjs';

export class Rooms {
  #rooms = new Map();

  constructor(server) {
    this.server = server;
  }

  get(name) { return this.#rooms.get(name); }
  list() { return [...this.#rooms.values()]; }

  // `config` is a CreateRoomRequest, a token's RoomConfiguration or nothing: the names they share mean the same.
  open(name, config = {}) {
    const existing = this.#rooms.get(name);
    if (existing) return existing;
    const room = new Room(this.server, name, config);
    this.#rooms.set(name, room);
    this.server.journal.add('room_created', { room: name });
    this.server.webhooks.send('room_started', { room: room.info() });
    room.closeWhenEmpty();
    this.server.dispatches.roomCreated(room, config.agents ?? []);
    return room;
  }

  close(room, reason) {
    if (this.#rooms.get(room.name) !== room) return;
    this.#rooms.delete(room.name);
    for (const participant of [...room.participants.values()]) participant.remove(reason);
    room.stopTimer();
    this.server.dispatches.roomClosed(room);
    this.server.journal.add('room_closed', { room: room.name, reason: DisconnectReason[reason] });
    this.server.webhooks.send('room_finished', { room: room.info() });
  }

  // As when the process is killed: nobody is told.
  forget() {
    for (const room of this.#rooms.values()) {
      room.stopTimer();
      for (const participant of room.participants.values()) participant.vanish();
    }
    this.#rooms.clear();
  }
}

class Room {
  #timer;

  constructor(server, name, config) {
    this.server = server;
    this.name = name;
    this.sid = roomId();
    this.metadata = config.metadata ?? '';
    // 0 is "not set" in both messages.
    this.emptyTimeoutS = config.emptyTimeout || server.options.emptyTimeoutS;
    this.departureTimeoutS = config.departureTimeout || server.options.departureTimeoutS;
    this.maxParticipants = config.maxParticipants ?? 0;
    this.createdAtMs = Date.now();
    this.participants = new Map();
    this.hadParticipants = false;
  }

  // Agents come and go with the others: they fill no room and keep none alive.
  get independent() { return [...this.participants.values()].filter((participant) => !participant.isAgent); }
  get isFull() { return this.maxParticipants > 0 && this.independent.length >= this.maxParticipants; }

  info() {
    const present = [...this.participants.values()];
    return new RoomInfo({
      sid: this.sid,
      name: this.name,
      metadata: this.metadata,
      emptyTimeout: Math.ceil(this.emptyTimeoutS),
      departureTimeout: Math.ceil(this.departureTimeoutS),
      maxParticipants: this.maxParticipants,
      creationTime: BigInt(Math.floor(this.createdAtMs / 1000)),
      creationTimeMs: BigInt(this.createdAtMs),
      numParticipants: present.length,
      numPublishers: present.filter((participant) => participant.publications.size > 0).length,
    });
  }

  add(participant) {
    this.participants.get(participant.identity)?.remove(DisconnectReason.DUPLICATE_IDENTITY);
    this.participants.set(participant.identity, participant);
    if (!participant.isAgent) {
      this.hadParticipants = true;
      this.stopTimer();
    }
  }

  drop(participant) {
    if (this.participants.get(participant.identity) === participant) this.participants.delete(participant.identity);
    this.announceRoom();
    this.closeWhenEmpty();
  }

  others(participant) { return [...this.participants.values()].filter((other) => other !== participant); }

  setMetadata(metadata) {
    this.metadata = metadata;
    this.announceRoom();
  }

  announceRoom() {
    const update = new RoomUpdate({ room: this.info() });
    for (const participant of this.participants.values()) participant.send('roomUpdate', update);
  }

  closeWhenEmpty() {
    if (this.independent.length > 0) return;
    this.stopTimer();
    const seconds = this.hadParticipants ? this.departureTimeoutS : this.emptyTimeoutS;
    this.#timer = setTimeout(() => this.server.rooms.close(this, DisconnectReason.ROOM_CLOSED), seconds * 1000);
  }

  stopTimer() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

export const roomConfigOf = (claims) => claims.roomConfig === undefined
  ? {}
  : RoomConfiguration.fromJson(claims.roomConfig, { ignoreUnknownFields: true });
