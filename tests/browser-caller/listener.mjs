// Takes the page's recording, left what it heard and right what its microphone sent, and tells who spoke when.

import { FRAME_MS, isVoiced } from '../livekit-test-server/caller/voice.mjs';

const RATE = 24_000;
const FRAME = (RATE * FRAME_MS) / 1000;
// Three frames in a row are a voice, one is a click.
const ONSET_FRAMES = 3;

export class Listener {
  #chunks = [];
  #waitsForAnswer = false;

  constructor({ endSilenceMs, print }) {
    this.print = print;
    this.agent = new Voice(endSilenceMs, (what, t) => this.#agentVoice(what, t));
    this.caller = new Voice(endSilenceMs, (what, t) => this.#callerVoice(what, t));
  }

  get rate() { return RATE; }

  // Interleaved PCM16 whose last sample was played or recorded at second `t` of the page's clock.
  take(bytes, t) {
    const frames = bytes.length / 4;
    const heard = new Int16Array(frames);
    const said = new Int16Array(frames);
    for (let i = 0; i < frames; i++) {
      heard[i] = bytes.readInt16LE(i * 4);
      said[i] = bytes.readInt16LE(i * 4 + 2);
    }
    this.#chunks.push(heard);
    const began = t - frames / RATE;
    this.beganAt ??= round(began);
    for (let at = 0; at + FRAME <= frames; at += FRAME) {
      this.caller.hear(said.subarray(at, at + FRAME), began + at / RATE);
      this.agent.hear(heard.subarray(at, at + FRAME), began + at / RATE);
    }
  }

  // A voice that the end of the call cuts off has ended too.
  end() {
    this.agent.end();
    this.caller.end();
  }

  heard() {
    const all = new Int16Array(this.#chunks.reduce((sum, chunk) => sum + chunk.length, 0));
    let at = 0;
    for (const chunk of this.#chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all;
  }

  #callerVoice(what, t) {
    this.print({ t: round(t), event: what === 'begin' ? 'speech_started' : 'speech_ended' });
    this.#waitsForAnswer = true;
  }

  // The latency counts from the last sound of the caller, which is known before the silence that ends the voice.
  #agentVoice(what, t) {
    const event = { t: round(t), event: what === 'begin' ? 'agent_audio_started' : 'agent_audio_ended' };
    if (what === 'begin' && this.#waitsForAnswer && t > this.caller.lastVoiceAt) {
      event.latencyMs = Math.round((t - this.caller.lastVoiceAt) * 1000);
      this.#waitsForAnswer = false;
    }
    this.print(event);
  }
}

class Voice {
  #run = 0;

  constructor(endSilenceMs, tell) {
    this.endSilenceS = endSilenceMs / 1000;
    this.tell = tell;
    this.voices = [];
    this.isSpeaking = false;
    this.lastVoiceAt = -Infinity;
  }

  // One frame, which began at second `t`.
  hear(samples, t) {
    const voiced = isVoiced(samples);
    this.#run = voiced ? this.#run + 1 : 0;
    if (voiced) this.lastVoiceAt = t + FRAME_MS / 1000;
    if (!this.isSpeaking && this.#run >= ONSET_FRAMES) {
      this.isSpeaking = true;
      const begin = t - ((ONSET_FRAMES - 1) * FRAME_MS) / 1000;
      this.voices.push({ begin });
      this.tell('begin', begin);
    } else if (this.isSpeaking && t - this.lastVoiceAt >= this.endSilenceS) {
      this.end();
    }
  }

  end() {
    if (!this.isSpeaking) return;
    this.isSpeaking = false;
    this.voices.at(-1).end = this.lastVoiceAt;
    this.tell('end', this.lastVoiceAt);
  }
}

const round = (t) => Math.round(t * 1000) / 1000;
