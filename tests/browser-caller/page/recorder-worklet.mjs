// Runs on the audio thread: gathers a tenth of a second and hands it on.

const CHUNK = sampleRate / 10;

registerProcessor('recorder', class extends AudioWorkletProcessor {
  #pcm = new Int16Array(CHUNK * 2);
  #filled = 0;
  #sums = [0, 0];

  process(inputs) {
    // An input with nothing connected has no channel; a quantum is 128 samples all the same.
    const quantum = inputs.find(([channel]) => channel)?.[0].length ?? 128;
    for (let i = 0; i < quantum; i++) {
      for (const side of [0, 1]) {
        const sample = Math.max(-1, Math.min(1, inputs[side][0]?.[i] ?? 0));
        this.#pcm[this.#filled * 2 + side] = Math.round(sample * 32767);
        this.#sums[side] += sample * sample;
      }
      if (++this.#filled === CHUNK) this.#send();
    }
    return true;
  }

  #send() {
    const [heard, said] = this.#sums.map((sum) => Math.sqrt(sum / CHUNK));
    this.port.postMessage({ pcm: this.#pcm, levels: { heard, said } }, [this.#pcm.buffer]);
    this.#pcm = new Int16Array(CHUNK * 2);
    this.#filled = 0;
    this.#sums = [0, 0];
  }
});
