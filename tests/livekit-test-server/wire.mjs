// A socket of frames, for participants and workers alike: one at a time in, faults applied on the way out.

export class Wire {
  #frozen = false;
  #chain = Promise.resolve();
  #outgoing = [];

  onFrame = async () => {};
  onClose = () => {};
  onError = () => {};

  constructor(server, socket, { at, who, encode }) {
    this.server = server;
    this.socket = socket;
    this.at = at;
    this.who = who;
    this.encode = encode;
    // Strictly in order: a candidate that overtakes the description it belongs to has no transport to go to.
    socket.on('message', (data, isBinary) => {
      this.#chain = this.#chain.then(() => this.onFrame(data, isBinary)).catch((error) => this.onError(error));
    });
    socket.on('close', () => this.onClose());
    socket.on('error', (error) => this.onError(error));
  }

  send(name, value) {
    const rule = this.server.faults.take(this.at, name, this.who);
    if (rule) this.server.journal.add('fault', { at: this.at, what: name, ...this.who, rule: rule.id });
    if (rule?.drop) return;
    // A rule may change what is said, so that the value can be made for it.
    const frame = this.encode(name, typeof value === 'function' ? value(rule) : value);
    this.#enqueue(() => this.#write(frame), rule?.delayMs);
  }

  // A half-open connection: it stays, nothing comes out of it and what goes in is lost.
  freeze() {
    this.#frozen = true;
    this.socket.pause();
  }

  // Cut, as a broken network does it: no closing handshake.
  terminate() { this.socket.terminate(); }

  close() { if (!this.#frozen) this.#enqueue(() => this.socket.close()); }

  // What is said behind a delayed message waits with it: nothing overtakes on a socket.
  #enqueue(action, delayMs = 0) {
    this.#outgoing.push({ action, delayMs });
    if (this.#outgoing.length === 1) this.#drain();
  }

  #drain() {
    while (this.#outgoing.length > 0) {
      const [first] = this.#outgoing;
      if (first.delayMs > 0) {
        setTimeout(() => this.#drain(), first.delayMs);
        first.delayMs = 0;
        return;
      }
      this.#outgoing.shift();
      first.action();
    }
  }

  #write(frame) {
    if (!this.#frozen && this.socket.readyState === this.socket.OPEN) this.socket.send(frame);
  }
}
