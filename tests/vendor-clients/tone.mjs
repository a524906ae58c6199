// A tone of a second and silence of another, in pieces of 20 ms: the fakes take what is loud for speech.
export const rate = 16000;

export function* tone() {
  const size = rate / 50;
  for (let piece = 0; piece < 100; piece++) {
    const samples = new Int16Array(size);
    if (piece < 50) {
      for (let i = 0; i < size; i++) {
        samples[i] = 8000 * Math.sin(((piece * size + i) * 2 * Math.PI * 440) / rate);
      }
    }
    yield samples;
  }
}
