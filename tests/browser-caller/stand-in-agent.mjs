// A participant that behaves to a frontend as an agent does, without any of the thinking: states, sound, transcripts, chat.
// With it the caller is tested where no AICO runs.

import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
  AudioFrame, AudioSource, AudioStream, LocalAudioTrack, ParticipantKind, Room, RoomEvent, TrackKind, TrackPublishOptions, TrackSource, dispose,
} from '@livekit/rtc-node';
import { FRAME_MS, isVoiced } from '../livekit-test-server/caller/voice.mjs';
import { Tokens } from '../livekit-test-server/tokens.mjs';

const USAGE = 'node stand-in-agent.mjs --url ws://host:port --key KEY --secret SECRET --room ROOM [--seconds 60]';
const RATE = 24_000;
const FRAME = (RATE * FRAME_MS) / 1000;
const END_SILENCE_MS = 700;
const GREETING = { hz: 440, words: 'Hello, I am a tone of 440 hertz.' };
const ANSWER = { hz: 660, words: 'I heard you and answer with 660 hertz.' };

class Agent {
  #room = new Room();
  #source = new AudioSource(RATE, 1, 200);
  #segments = 0;
  #talking = Promise.resolve();

  async join({ url, key, secret, room }) {
    const token = new Tokens({ key, secret }).sign({
      sub: 'agent-stand-in', kind: 'agent',
      video: { roomJoin: true, agent: true, room, canPublish: true, canSubscribe: true, canPublishData: true, canUpdateOwnMetadata: true },
    }, 3600);
    this.#room.on(RoomEvent.TrackSubscribed, (track, publication, participant) => {
      if (track.kind === TrackKind.KIND_AUDIO && participant.kind !== ParticipantKind.AGENT) void this.#listen(track, participant.identity);
    });
    this.#room.registerTextStreamHandler('lk.chat', (reader, { identity }) => void this.#read(reader, identity));
    await this.#room.connect(url, token, { autoSubscribe: true, dynacast: false });
    await this.#state('initializing');
    this.track = LocalAudioTrack.createAudioTrack('roomio_audio', this.#source);
    await this.#room.localParticipant.publishTrack(this.track, new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE }));
    this.#room.on(RoomEvent.LocalTrackSubscribed, () => this.#say(GREETING));
  }

  async leave() {
    await this.#source.close();
    await this.#room.disconnect();
  }

  #state(state) { return this.#room.localParticipant.setAttributes({ 'lk.agent.state': state }); }

  // One after the other, never two at once.
  #say(what) {
    this.#talking = this.#talking.then(() => this.#speak(what));
    return this.#talking;
  }

  async #speak({ hz, words }) {
    await this.#state('speaking');
    const writer = await this.#room.localParticipant.streamText({ topic: 'lk.transcription', attributes: this.#segment('false') });
    for (const [index, word] of words.split(' ').entries()) {
      await writer.write(`${index ? ' ' : ''}${word}`);
      await this.#tone(hz, 200, index * 200);
    }
    await writer.close();
    await this.#source.waitForPlayout();
    await this.#state('listening');
  }

  async #tone(hz, ms, fromMs) {
    for (let at = 0; at < ms; at += FRAME_MS) {
      const first = ((fromMs + at) * RATE) / 1000;
      const samples = Int16Array.from({ length: FRAME }, (_, i) => 8000 * Math.sin((2 * Math.PI * hz * (first + i)) / RATE));
      await this.#source.captureFrame(new AudioFrame(samples, RATE, 1, FRAME));
    }
  }

  async #listen(track, identity) {
    let voicedMs = 0;
    let silentMs = 0;
    for await (const { data } of new AudioStream(track, RATE, 1)) {
      for (let at = 0; at + FRAME <= data.length; at += FRAME) {
        if (isVoiced(data.subarray(at, at + FRAME))) [voicedMs, silentMs] = [voicedMs + FRAME_MS, 0];
        else silentMs += FRAME_MS;
        if (voicedMs === 0 || silentMs < END_SILENCE_MS) continue;
        // A cough is no question.
        if (voicedMs > 200) void this.#answer(identity, `(${(voicedMs / 1000).toFixed(1)} seconds of voice)`);
        voicedMs = 0;
      }
    }
  }

  // What the caller said goes out in the caller's name: first a guess, then instead of it the final words.
  async #answer(identity, heard) {
    const attributes = this.#segment('false');
    await this.#send('(voice)', attributes, identity);
    await this.#send(heard, { ...attributes, 'lk.transcription_final': 'true' }, identity);
    await this.#state('thinking');
    await pause(100);
    await this.#say(ANSWER);
  }

  // Not sendText: rtc-node 1.1.0 leaves senderIdentity out of that.
  async #send(text, attributes, senderIdentity) {
    const writer = await this.#room.localParticipant.streamText({ topic: 'lk.transcription', attributes, senderIdentity });
    await writer.write(text);
    await writer.close();
  }

  async #read(reader, identity) {
    const text = await reader.readAll();
    await this.#state('thinking');
    await this.#say({ hz: ANSWER.hz, words: `${identity} wrote: ${text}` });
  }

  #segment(final) {
    this.#segments++;
    return { 'lk.segment_id': `SG_${this.#segments}`, 'lk.transcription_final': final };
  }
}

async function main() {
  const text = { type: 'string' };
  const { values } = parseArgs({ options: { url: text, key: text, secret: text, room: text, seconds: text } });
  if (!values.url || !values.key || !values.secret || !values.room) throw new Error(USAGE);
  const agent = new Agent();
  await agent.join(values);
  process.stdout.write('in the room\n');
  const ended = new AbortController();
  process.once('SIGINT', () => ended.abort()).once('SIGTERM', () => ended.abort());
  await pause(Number(values.seconds ?? 60) * 1000, undefined, { signal: ended.signal }).catch(() => undefined);
  await agent.leave();
  await dispose();
}

main().then(() => process.exit(0), (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
