// What the caller hears of one participant: recorded, and cut into stretches of voice.

import { AudioStream } from '@livekit/rtc-node';
import { FRAME_MS, isVoiced } from './voice.mjs';

export const RATE = 24_000;
const FRAME = (RATE * FRAME_MS) / 1000;
// Three frames in a row are a voice, one is a click.
const ONSET_FRAMES = 3;
// Frames that come later than the recording's clock by more than this were not sent: the pause belongs into the recording.
const MAX_DRIFT_MS = 250;

export class Ear {
  #chunks = [];
  #samples = 0;
  #voicedRun = 0;
  #speaking = false;
  #streams = new Set();

  // A stretch of voice ends after `endSilenceMs` without any; shorter pauses are within it.
  constructor({ startedAt, endSilenceMs, onVoice }) {
    this.startedAt = startedAt;
    this.endSilenceMs = endSilenceMs;
    this.onVoice = onVoice;
    this.lastVoiceAt = 0;
    // The stretches of voice so far: when each began and, once it has, ended.
    this.voices = [];
  }

  get isHearing() { return this.#speaking; }

  async listen(track) {
    const stream = new AudioStream(track, RATE, 1);
    this.#streams.add(stream);
    for await (const { data } of stream) {
      const now = performance.now();
      this.#record(data, now);
      for (let at = 0; at < data.length; at += FRAME) this.#hear(isVoiced(data.subarray(at, at + FRAME)), now);
    }
    this.#streams.delete(stream);
  }

  recording() {
    const all = new Int16Array(this.#samples);
    let at = 0;
    for (const chunk of this.#chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all;
  }

  async close() { await Promise.all([...this.#streams].map((stream) => stream.cancel().catch(() => undefined))); }

  #record(data, now) {
    const due = Math.round(((now - this.startedAt) * RATE) / 1000) - data.length;
    if (due - this.#samples > (MAX_DRIFT_MS * RATE) / 1000) this.#append(new Int16Array(due - this.#samples));
    this.#append(Int16Array.from(data));
  }

  #append(chunk) {
    this.#chunks.push(chunk);
    this.#samples += chunk.length;
  }

  #hear(voiced, now) {
    this.#voicedRun = voiced ? this.#voicedRun + 1 : 0;
    if (voiced) this.lastVoiceAt = now;
    if (!this.#speaking && this.#voicedRun >= ONSET_FRAMES) {
      this.#speaking = true;
      this.#tell({ what: 'begin', at: now - (ONSET_FRAMES - 1) * FRAME_MS });
    } else if (this.#speaking && now - this.lastVoiceAt >= this.endSilenceMs) {
      this.#speaking = false;
      this.#tell({ what: 'end', at: this.lastVoiceAt });
    }
  }

  #tell(event) {
    if (event.what === 'begin') this.voices.push({ begin: event.at });
    else this.voices.at(-1).end = event.at;
    this.onVoice(event);
  }
}
