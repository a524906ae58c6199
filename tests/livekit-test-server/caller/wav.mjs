// PCM16 WAV files, in and out.

import { readFileSync, writeFileSync } from 'node:fs';

// Mono: of more channels, the first.
export function readWav(path) {
  const file = readFileSync(path);
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') throw new Error(`${path} is not a WAV file`);
  let format = null;
  for (let at = 12; at + 8 <= file.length;) {
    const id = file.toString('latin1', at, at + 4);
    const size = file.readUInt32LE(at + 4);
    const body = file.subarray(at + 8, at + 8 + size);
    if (id === 'fmt ') format = { code: body.readUInt16LE(0), channels: body.readUInt16LE(2), rate: body.readUInt32LE(4), bits: body.readUInt16LE(14) };
    if (id === 'data') return { rate: format.rate, samples: firstChannel(path, format, body) };
    // Chunks of odd size are padded.
    at += 8 + size + (size & 1);
  }
  throw new Error(`${path} has no samples`);
}

function firstChannel(path, format, body) {
  if (format?.code !== 1 || format.bits !== 16) throw new Error(`${path} is not 16 bit PCM`);
  const frames = Math.floor(body.length / 2 / format.channels);
  const samples = new Int16Array(frames);
  for (let i = 0; i < frames; i++) samples[i] = body.readInt16LE(i * 2 * format.channels);
  return samples;
}

export function writeWav(path, rate, samples) {
  const head = Buffer.alloc(44);
  const bytes = samples.length * 2;
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + bytes, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(bytes, 40);
  writeFileSync(path, Buffer.concat([head, Buffer.from(samples.buffer, samples.byteOffset, bytes)]));
}
