// Faults on command. A rule names one kind of message or request and what becomes of it:
//   at      'signal' (to a participant), 'agent' (to a worker), 'twirp', 'upgrade' (a WebSocket that asks to be let in)
//   what    the message ('join', 'answer', 'assignment' …), the method ('RoomService/CreateRoom'), the path ('/rtc'); absent: all
//   identity, room   only for this participant, only in this room
//   times   how often it applies; absent: until the rules are cleared
// and what happens, any of:
//   delayMs   it waits, and what is said behind it on the same socket
//   drop      it never comes
//   forge     (assignment) the token is signed with a wrong secret
//   status, code, msg, meta   (twirp, upgrade) it is answered with this error

export class Faults {
  #rules = [];
  #loss = [];
  #next = 1;

  constructor({ seed = 1 } = {}) {
    this.random = mulberry32(seed);
  }

  add(rule) {
    const added = { ...rule, id: this.#next++ };
    this.#rules.push(added);
    return added;
  }

  clear() {
    this.#rules = [];
    this.#loss = [];
  }

  get rules() { return this.#rules; }
  get loss() { return this.#loss; }

  take(at, what, who = {}) {
    const rule = this.#rules.find((candidate) => candidate.at === at
      && (candidate.what ?? what) === what
      && (candidate.identity ?? who.identity) === who.identity
      && (candidate.room ?? who.room) === who.room);
    if (rule?.times !== undefined && --rule.times <= 0) this.#rules = this.#rules.filter((other) => other !== rule);
    return rule;
  }

  // direction: 'up' from a participant to the server, 'down' from the server to a participant.
  lose({ percent, direction, identity }) {
    this.#loss = this.#loss.filter((other) => other.direction !== direction || other.identity !== identity);
    if (percent > 0) this.#loss.push({ percent, direction, identity });
  }

  losesPacket(direction, identity) {
    const rule = this.#loss.find((candidate) => (candidate.direction ?? direction) === direction
      && (candidate.identity ?? identity) === identity);
    return rule !== undefined && this.random() * 100 < rule.percent;
  }
}

// Seeded, so that a run with lost packets and a choice between workers can be had again.
function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
