// What the scripts of LiveKit's plugins share.
import { initializeLogger } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { rate, tone } from './tone.mjs';

export function quiet() {
  initializeLogger({ pretty: false, level: 'warn' });
}

// What a stream of speech gave: seconds of audio, and the words whose times came along.
export async function spoken(stream, text) {
  stream.pushText(text);
  stream.flush();
  stream.endInput();
  return await heard(stream);
}

export async function heard(stream) {
  let samples = 0;
  let heardRate = 0;
  let words = '';
  for await (const item of stream) {
    if (typeof item === 'symbol') {
      break;
    }
    samples += item.frame.samplesPerChannel;
    heardRate = item.frame.sampleRate;
    words += (item.timedTranscripts ?? []).map((word) => word.text).join('');
  }
  return { seconds: samples / heardRate, rate: heardRate, words };
}

export function* frames() {
  for (const samples of tone()) {
    yield new AudioFrame(samples, rate, 1, samples.length);
  }
}
