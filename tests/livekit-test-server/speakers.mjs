// Who speaks, from the level that clients write into each audio packet (RFC 6464): 0 is loud, 127 is silence.

import { SpeakerInfo } from '@livekit/protocol';

const LEVEL_EXTENSION = 'urn:ietf:params:rtp-hdrext:ssrc-audio-level';
const INTERVAL_MS = 400;
// Louder than -35 dB in two fifths of the packets of an interval counts as speaking.
const ACTIVE_LEVEL = 35;
const ACTIVE_SHARE = 0.4;

export class Speakers {
  #heard = new Map();
  #speaking = new Map();

  constructor() {
    this.timer = setInterval(() => this.#decide(), INTERVAL_MS);
    this.timer.unref();
  }

  heard(participant, extensions) {
    const level = extensions?.[LEVEL_EXTENSION]?.level;
    if (level === undefined) return;
    const sum = this.#heard.get(participant) ?? { packets: 0, loud: 0, power: 0 };
    sum.packets++;
    if (level <= ACTIVE_LEVEL) sum.loud++;
    sum.power += 10 ** (-level / 10);
    this.#heard.set(participant, sum);
  }

  close() { clearInterval(this.timer); }

  #decide() {
    const now = new Map();
    for (const [participant, { packets, loud, power }] of this.#heard) {
      if (!participant.isGone && loud / packets >= ACTIVE_SHARE) now.set(participant, Math.sqrt(power / packets));
    }
    this.#heard.clear();
    for (const room of new Set([...now.keys(), ...this.#speaking.keys()].map((participant) => participant.room))) this.#tell(room, now);
    this.#speaking = now;
  }

  #tell(room, now) {
    const changed = [];
    for (const participant of room.participants.values()) {
      if (now.has(participant)) changed.push(new SpeakerInfo({ sid: participant.sid, level: now.get(participant), active: true }));
      else if (this.#speaking.has(participant)) changed.push(new SpeakerInfo({ sid: participant.sid, level: 0, active: false }));
    }
    if (changed.length > 0) for (const participant of room.participants.values()) participant.sayWhoSpeaks(changed);
  }
}
