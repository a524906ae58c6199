// One WAV for the whole call: Chromium's fake microphone plays a single file, from the moment that it is opened.

import { readWav, writeWav } from '../livekit-test-server/caller/wav.mjs';

const RATE = 48_000;

// Returns the second at which all has been said. A file whose time comes while another is spoken waits for it.
export function writeMicrophone(path, lines) {
  const parts = [...lines].sort((a, b) => a.atSeconds - b.atSeconds).map(({ path: file, atSeconds }) => ({ atSeconds, ...readWav(file) }));
  const rate = parts[0]?.rate ?? RATE;
  const other = parts.findIndex((part) => part.rate !== rate);
  if (other >= 0) throw new Error(`all files need one sample rate: there are ${rate} Hz and ${parts[other].rate} Hz`);

  // A second of silence at least: Chromium refuses an empty file.
  let length = rate;
  let end = 0;
  for (const part of parts) {
    part.begin = Math.max(end, Math.round(part.atSeconds * rate));
    end = part.begin + part.samples.length;
    length = Math.max(length, end);
  }
  const all = new Int16Array(length);
  for (const { begin, samples } of parts) all.set(samples, begin);
  writeWav(path, rate, all);
  return end / rate;
}
