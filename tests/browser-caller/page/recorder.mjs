// What the page hears of the agent and what its microphone sends, on one clock.

// The rate of the recording; Web Audio resamples.
const RATE = 24_000;

export class Recorder {
  #context;
  #node;

  constructor(onAudio) { this.onAudio = onAudio; }

  async open() {
    this.#context = new AudioContext({ sampleRate: RATE });
    await this.#context.audioWorklet.addModule('recorder-worklet.mjs');
    this.#node = new AudioWorkletNode(this.#context, 'recorder', {
      numberOfInputs: 2, numberOfOutputs: 1, channelCount: 1, channelCountMode: 'explicit',
    });
    this.#node.port.onmessage = ({ data: { pcm, levels } }) => this.onAudio(pcm, levels);
    // Its output is silence: connected, since a node that leads nowhere need not run.
    this.#node.connect(this.#context.destination);
    await this.#context.resume();
  }

  listenTo(track) { this.#connect(track, 0); }
  listenToMicrophone(track) { this.#connect(track, 1); }

  async close() {
    if (this.#context && this.#context.state !== 'closed') await this.#context.close();
  }

  // Several tracks on one input are added up.
  #connect(track, input) {
    this.#context.createMediaStreamSource(new MediaStream([track])).connect(this.#node, 0, input);
  }
}
