// The tests' own door, on a port of its own: it stays open when the server is made to vanish. README.md lists it.

import { createServer } from 'node:http';
import { DisconnectReason, ServerMessage, SignalResponse } from '@livekit/protocol';
import { toJson } from './journal.mjs';
import { mute } from './signal.mjs';
import { bodyOf } from './twirp.mjs';

const WAIT_MS = 10_000;

class Missing extends Error {}

export class Control {
  #http = createServer((request, response) => void this.#handle(request, response));

  constructor(server) {
    this.server = server;
  }

  // Loopback only, whatever the server itself listens on: who reaches this can do anything to it.
  listen(port) {
    return new Promise((resolve, reject) => {
      this.#http.once('error', reject);
      this.#http.listen(port, '127.0.0.1', () => resolve(this.#http.address().port));
    });
  }

  close() {
    this.#http.close();
    this.#http.closeAllConnections();
  }

  async #handle(request, response) {
    const url = new URL(request.url, 'http://control');
    const path = url.pathname.split('/').filter(Boolean).slice(1).map(decodeURIComponent);
    try {
      const text = (await bodyOf(request)).toString();
      const answer = await this.#route(request.method, path, text ? JSON.parse(text) : {}, Object.fromEntries(url.searchParams));
      write(response, 200, answer ?? {});
    } catch (error) {
      write(response, error instanceof Missing ? 404 : 500, { error: String(error?.message ?? error) });
    }
  }

  #route(method, [what, ...rest], body, query) {
    const { server } = this;
    switch (`${method} ${what}`) {
      case 'GET state': return this.#state();
      case 'GET journal': return server.journal.entries({ ...query, since: Number(query.since ?? 0) });
      case 'POST wait': return this.#wait(body);
      case 'GET rules': return { rules: server.faults.rules, loss: server.faults.loss };
      case 'POST rules': return server.faults.add(body);
      case 'DELETE rules': return server.faults.clear();
      case 'POST loss': return server.faults.lose(body);
      case 'POST participants': return this.#participant(rest, body);
      case 'POST rooms': return this.#room(rest, body);
      case 'POST workers': return this.#worker(rest, body);
      case 'POST jobs': return this.#job(rest);
      case 'POST webhook': return this.#webhook(body);
      case 'POST vanish': return server.vanish(body);
      case 'POST listen': return server.listenAgain();
      default: throw new Missing(`no ${method} ${what}`);
    }
  }

  #state() {
    const { server } = this;
    return {
      listening: server.isListening,
      workers: server.agents.workers.map((worker) => worker.snapshot()),
      jobs: server.agents.jobs.map((job) => job.snapshot()),
      rooms: server.rooms.list().map((room) => ({
        ...room.info().toJson(),
        dispatches: server.dispatches.of(room.name).map(({ id, agentName, metadata }) => ({ id, agentName, metadata })),
        participants: [...room.participants.values()].map((participant) => ({
          ...participant.info().toJson(),
          connected: participant.connection !== null,
          tracks: [...participant.publications.values()].map((publication) => ({
            ...publication.info.toJson(), live: publication.live, packets: publication.packets, lost: publication.lost,
            listeners: [...publication.listeners].map((listener) => listener.identity),
          })),
        })),
      })),
    };
  }

  // The first entry of the journal, old or to come, that has these fields; null after the time is up.
  #wait({ timeoutMs = WAIT_MS, ...match }) {
    return this.server.journal.waitFor(match, timeoutMs).then((entry) => ({ entry }));
  }

  #participant([roomName, identity, verb], body) {
    const participant = this.server.rooms.get(roomName)?.participants.get(identity);
    if (!participant) throw new Missing(`no participant ${identity} in ${roomName}`);
    switch (verb) {
      case 'drop': return participant.connection?.terminate();
      case 'freeze': return participant.connection?.freeze();
      case 'kick': return participant.remove(DisconnectReason[body.reason ?? 'PARTICIPANT_REMOVED']);
      case 'mute': return { track: mute(participant, body.track, body.muted, { tellOwner: true })?.toJson() ?? null };
      case 'send': return this.#raw(participant.connection, SignalResponse.fromJson(body));
      default: throw new Missing(`no ${verb} for a participant`);
    }
  }

  #room([name, verb], body) {
    const room = this.server.rooms.get(name);
    if (!room) throw new Missing(`no room ${name}`);
    if (verb !== 'close') throw new Missing(`no ${verb} for a room`);
    return this.server.rooms.close(room, DisconnectReason[body.reason ?? 'ROOM_DELETED']);
  }

  #worker([id, verb], body) {
    const worker = this.server.agents.worker(id);
    if (!worker) throw new Missing(`no worker ${id}`);
    switch (verb) {
      case 'drop': return worker.wire.terminate();
      case 'close': return worker.wire.close();
      case 'freeze': return worker.wire.freeze();
      case 'send': return this.#raw(worker.wire, ServerMessage.fromJson(body));
      default: throw new Missing(`no ${verb} for a worker`);
    }
  }

  // Who receives the webhooks may need to know this server's address first.
  #webhook({ url }) { this.server.options.webhook = url ?? ''; }

  #job([id, verb]) {
    const job = this.server.agents.job(id);
    if (!job) throw new Missing(`no job ${id}`);
    if (verb !== 'terminate') throw new Missing(`no ${verb} for a job`);
    return this.server.agents.end(job, 'terminated');
  }

  // Any message at all, written as protojson: what the real server might say and we have no verb for.
  #raw(wire, { message }) { wire?.send(message.case, message.value); }
}

function write(response, status, value) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(toJson(value));
}
