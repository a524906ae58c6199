// The caller's microphone: silent until it is given something to say.

import {
  AudioFrame, AudioResampler, AudioResamplerQuality, AudioSource, LocalAudioTrack, TrackPublishOptions, TrackSource,
} from '@livekit/rtc-node';
import { FRAME_MS, voicedSpan } from './voice.mjs';
import { readWav } from './wav.mjs';

const RATE = 48_000;
const FRAME = (RATE * FRAME_MS) / 1000;
// The source is fed this far ahead, so that a late timer tears no hole into the speech.
const LEAD_MS = 80;

export class Mouth {
  #source = new AudioSource(RATE, 1);

  async publish(room) {
    const track = LocalAudioTrack.createAudioTrack('microphone', this.#source);
    await room.localParticipant.publishTrack(track, new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE }));
  }

  static load(path) {
    const { rate, samples } = readWav(path);
    const at48k = rate === RATE ? samples : resample(samples, rate);
    return { path, samples: at48k, ...voicedSpan(at48k, RATE) };
  }

  // Says it in real time and returns when the last sample is out. `onBegin` gets the times at which the voice in it
  // begins and ends: the source plays from the first frame on, so they follow from when that was given to it.
  async say({ samples, beginMs, endMs }, onBegin = () => {}) {
    const start = performance.now();
    onBegin({ voiceBegins: start + beginMs, voiceEnds: start + endMs });
    for (let at = 0; at < samples.length; at += FRAME) {
      const ahead = (at / RATE) * 1000 - (performance.now() - start);
      if (ahead > LEAD_MS) await pause(ahead - LEAD_MS);
      const frame = new Int16Array(FRAME);
      frame.set(samples.subarray(at, at + FRAME));
      await this.#source.captureFrame(new AudioFrame(frame, RATE, 1, FRAME));
    }
    await pause(start + (samples.length / RATE) * 1000 - performance.now());
  }

  close() { return this.#source.close(); }
}

function resample(samples, rate) {
  const resampler = new AudioResampler(rate, RATE, 1, AudioResamplerQuality.HIGH);
  const frames = [...resampler.push(new AudioFrame(samples, rate, 1, samples.length)), ...resampler.flush()];
  resampler.close();
  return Int16Array.from(frames.flatMap((frame) => [...frame.data]));
}

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, Math.max(0, ms)); });
