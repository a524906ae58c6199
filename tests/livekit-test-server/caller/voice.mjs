// Where there is voice in a sound: the same rule for what the caller says and for what it hears, so that their times compare.

export const FRAME_MS = 10;

// Below this a frame is silence. Opus leaves silence far below it, recorded speech stays above.
const THRESHOLD_DB = -45;

export function isVoiced(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return 10 * Math.log10(sum / samples.length / 32768 ** 2 + 1e-12) > THRESHOLD_DB;
}

// In milliseconds from the beginning: where the first voice begins and the last one ends.
export function voicedSpan(samples, rate) {
  const frame = (rate * FRAME_MS) / 1000;
  let first = -1;
  let last = -1;
  for (let n = 0; (n + 1) * frame <= samples.length; n++) {
    if (!isVoiced(samples.subarray(n * frame, (n + 1) * frame))) continue;
    if (first < 0) first = n;
    last = n;
  }
  if (first < 0) throw new Error('there is no voice in it');
  return { beginMs: first * FRAME_MS, endMs: (last + 1) * FRAME_MS };
}
