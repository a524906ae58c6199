// One call: joins, hears the greeting, asks, hears the answers, interrupts, leaves.

import { createInterface } from 'node:readline';
import { DisconnectReason, ParticipantKind, Room, RoomEvent, TrackKind } from '@livekit/rtc-node';
import { Ear } from './ear.mjs';
import { Mouth } from './mouth.mjs';

const LOOK_MS = 20;
// An agent that still speaks so long after the caller's last sound has not been interrupted by it.
const TOO_EARLY_MS = 500;

export class Call {
  #room = new Room();
  #mouth = new Mouth();
  #missing = [];
  #agentHeard;
  #disconnected;
  #over = false;

  constructor(options, print) {
    this.options = options;
    this.startedAt = performance.now();
    this.print = (event, fields = {}, at = performance.now()) => print({ t: this.#seconds(at), event, ...fields });
    this.ear = new Ear({
      startedAt: this.startedAt,
      endSilenceMs: options.endSilenceMs,
      onVoice: ({ what, at }) => this.print(what === 'begin' ? 'agent_audio_started' : 'agent_audio_ended', {}, at),
    });
  }

  // What the caller waited for in vain; empty when all went well.
  get missing() { return this.#missing; }

  async run() {
    const { options } = this;
    const lines = options.in.map(({ path, atSeconds }) => ({ ...Mouth.load(path), atSeconds }));
    this.#watch();
    await this.#room.connect(options.url, options.token, { autoSubscribe: true, dynacast: false });
    this.print('connected', { room: this.#room.name, identity: this.#room.localParticipant.identity });
    await this.#mouth.publish(this.#room);
    if (await this.#within(this.#agentHeard, options.agentTimeoutS, 'agent')) {
      if (options.greeting) await this.#greeting();
      for (const [index, line] of lines.entries()) {
        if (this.#room.isConnected) await this.#exchange(line, { interrupts: options.interruptAfterS !== undefined && index === lines.length - 1 });
      }
      await this.#pause(options.staySeconds * 1000);
      if (options.stdin) await Promise.race([this.#sayWhatIsAsked(options.stdin), this.#disconnected]);
    }
    await this.ear.close();
    await this.#mouth.close();
    await this.#room.disconnect();
    this.print('done', { missing: this.#missing });
  }

  async #sayWhatIsAsked(input) {
    for await (const line of createInterface(input)) {
      if (!this.#room.isConnected) continue;
      if (line.startsWith('keys ')) await this.#press(line.slice('keys '.length));
      else await this.#exchange(Mouth.load(line), { interrupts: false });
    }
  }

  // As a telephone does; the code of a key is its place in the list.
  async #press(keys) {
    for (const key of keys) await this.#room.localParticipant.publishDtmf('0123456789*#ABCD'.indexOf(key), key);
    this.print('pressed', { keys });
  }

  async #greeting() {
    const greeting = await this.#until(() => this.ear.voices[0], this.options.answerTimeoutS);
    if (!greeting) return this.#miss('greeting');
    return await this.#until(() => greeting.end, this.options.answerTimeoutS) ?? this.#miss('end of greeting');
  }

  async #exchange(line, { interrupts }) {
    if (line.atSeconds !== undefined) await this.#pause(this.startedAt + line.atSeconds * 1000 - performance.now());
    if (interrupts) await this.#pause(this.options.interruptAfterS * 1000 - (performance.now() - this.answerBegan));
    const speaking = this.ear.isHearing ? this.ear.voices.at(-1) : undefined;
    let voice;
    await this.#mouth.say(line, (times) => {
      voice = times;
      this.print('speech_started', { file: line.path }, voice.voiceBegins);
    });
    this.print('speech_ended', { file: line.path }, voice.voiceEnds);
    if (interrupts) await this.#interrupted(speaking, voice);

    const answer = await this.#until(() => this.#answerTo(voice), this.options.answerTimeoutS);
    if (!answer) return this.#miss(`answer to ${line.path}`);
    this.answerBegan = answer.begin;
    this.print('answer_started', { file: line.path, latencyMs: Math.round(answer.begin - voice.voiceEnds) }, answer.begin);
    // The line that interrupts is spoken into this answer.
    if (this.#isBeforeInterruption(line)) return undefined;
    if (!await this.#until(() => answer.end, this.options.answerTimeoutS)) return this.#miss(`end of answer to ${line.path}`);
    return this.print('answer_ended', { file: line.path, durationMs: Math.round(answer.end - answer.begin) }, answer.end);
  }

  // The first voice after the caller's own. One that began into the caller's words counts if it goes on after them: an
  // agent that was too early. If it falls silent, it had only been too early for a moment and still owes the answer.
  #answerTo({ voiceBegins, voiceEnds }) {
    return this.ear.voices.find(({ begin, end }) => begin >= voiceEnds
      || (begin >= voiceBegins && (end ?? this.ear.lastVoiceAt) > voiceEnds + TOO_EARLY_MS));
  }

  async #interrupted(speaking, voice) {
    if (!speaking) return this.#miss('an answer to interrupt');
    if (!await this.#until(() => speaking.end, this.options.answerTimeoutS)) return this.#miss('silence after the interruption');
    return this.print('interrupted', { silentAfterMs: Math.round(speaking.end - voice.voiceBegins) }, speaking.end);
  }

  // Looks again and again: the times that are told are those of the audio, not of the looking.
  async #until(find, seconds) {
    const deadline = performance.now() + seconds * 1000;
    for (;;) {
      const found = find();
      if (found || this.#over || performance.now() > deadline) return found;
      await this.#pause(LOOK_MS);
    }
  }

  #isBeforeInterruption(line) {
    const { interruptAfterS, in: lines } = this.options;
    return interruptAfterS !== undefined && lines.length > 1 && lines[lines.length - 2].path === line.path;
  }

  #watch() {
    const room = this.#room;
    const known = ({ identity, kind, attributes }) => ({ identity, agent: kind === ParticipantKind.AGENT, attributes });
    this.#agentHeard = new Promise((resolve) => {
      room.on(RoomEvent.TrackSubscribed, (track, publication, participant) => {
        this.print('track_subscribed', { identity: participant.identity, name: publication.name });
        if (track.kind !== TrackKind.KIND_AUDIO || participant.kind !== ParticipantKind.AGENT) return;
        void this.ear.listen(track);
        resolve(participant);
      });
    });
    this.#disconnected = new Promise((resolve) => {
      room.on(RoomEvent.Disconnected, (reason) => {
        this.#over = true;
        this.print('disconnected', { reason: DisconnectReason[reason] });
        resolve(null);
      });
    });
    room.on(RoomEvent.ParticipantConnected, (participant) => this.print('participant_joined', known(participant)));
    room.on(RoomEvent.ParticipantDisconnected, (participant) => this.print('participant_left', known(participant)));
    room.on(RoomEvent.ParticipantAttributesChanged, (changed, participant) => this.print('attributes', { identity: participant.identity, changed }));
    room.on(RoomEvent.DtmfReceived, (code, digit, { identity }) => this.print('dtmf', { identity, code, digit }));
    room.on(RoomEvent.Reconnecting, () => this.print('reconnecting'));
    room.on(RoomEvent.Reconnected, () => this.print('reconnected'));
    room.on(RoomEvent.Connected, () => {
      for (const participant of room.remoteParticipants.values()) this.print('participant_present', known(participant));
    });
    room.registerTextStreamHandler('lk.transcription', (reader, { identity }) => void this.#transcript(reader, identity));
  }

  async #transcript(reader, identity) {
    const { attributes } = reader.info;
    const began = performance.now();
    const text = await reader.readAll();
    this.print('transcription', {
      identity, segment: attributes['lk.segment_id'], final: attributes['lk.transcription_final'], text, attributes: reader.info.attributes,
      beganAt: this.#seconds(began),
    });
  }

  // A call that is over is not waited for.
  async #within(promise, seconds, what) {
    let timer;
    const late = new Promise((resolve) => { timer = setTimeout(resolve, seconds * 1000, null); });
    const value = await Promise.race([promise, late, this.#disconnected]);
    clearTimeout(timer);
    return value ?? this.#miss(what);
  }

  #miss(what) {
    this.#missing.push(what);
    this.print('missing', { what });
    return null;
  }

  #pause(ms) { return ms > 0 ? new Promise((resolve) => { setTimeout(resolve, ms); }) : undefined; }
  #seconds(at) { return Math.round(at - this.startedAt) / 1000; }
}
