// Tones to send and to recognize: what a test hears must be what was played, not merely something.

import { AudioFrame, AudioSource, AudioStream, LocalAudioTrack, TrackPublishOptions, TrackSource } from '@livekit/rtc-node';
import { atEnd } from './harness.mjs';
import { strongest } from './spectrum.mjs';

const SAMPLE_RATE = 48_000;
const FRAME = SAMPLE_RATE / 100;

// Plays until it is stopped, at the latest when the test ends.
export async function playTone(t, room, hz, name = 'tone') {
  const source = new AudioSource(SAMPLE_RATE, 1);
  const track = LocalAudioTrack.createAudioTrack(name, source);
  const publication = await room.localParticipant.publishTrack(track, new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE }));
  let playing = true;
  const loop = (async () => {
    for (let n = 0; playing; n += FRAME) {
      const samples = Int16Array.from({ length: FRAME }, (_, i) => 12_000 * Math.sin((2 * Math.PI * hz * (n + i)) / SAMPLE_RATE));
      await source.captureFrame(new AudioFrame(samples, SAMPLE_RATE, 1, FRAME));
    }
  })();
  const stop = async () => {
    playing = false;
    await loop;
  };
  atEnd(t, stop);
  return { publication, track, stop };
}

// Listens until a tone is there (or the time is over) and says which.
export async function hearTone(track, { seconds = 10, skip = 0, block = 9600 } = {}) {
  const stream = new AudioStream(track, SAMPLE_RATE, 1);
  const reader = stream.getReader();
  let heard = new Float64Array(0);
  try {
    for (let left = seconds * SAMPLE_RATE; left > 0;) {
      const { value, done } = await reader.read();
      if (done) break;
      left -= value.data.length;
      if ((seconds * SAMPLE_RATE - left) < skip * SAMPLE_RATE) continue;
      heard = Float64Array.from([...heard, ...value.data]);
      if (heard.length < block) continue;
      const rms = Math.sqrt(heard.reduce((sum, x) => sum + x * x, 0) / heard.length);
      if (rms > 1000) return { rms, hz: strongest(heard, SAMPLE_RATE) };
      heard = new Float64Array(0);
    }
    return { rms: 0, hz: 0 };
  } finally {
    reader.releaseLock();
    await stream.cancel();
  }
}
