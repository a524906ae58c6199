// What happened, in order: tests ask here instead of guessing with sleeps.

const plain = (key, value) => typeof value === 'bigint' ? value.toString() : value;

export const toJson = (value) => JSON.stringify(value, plain);

export class Journal {
  #entries = [];
  #waiting = new Set();
  #next = 1;
  #started = performance.now();

  // A forgotten server of a long test run must not grow without end; the oldest entries go first.
  constructor({ limit = 20_000, onEntry = () => {} } = {}) {
    this.limit = limit;
    this.onEntry = onEntry;
  }

  add(type, fields = {}) {
    const entry = { seq: this.#next++, atMs: Math.round(performance.now() - this.#started), type, ...fields };
    this.#entries.push(entry);
    if (this.#entries.length > this.limit) this.#entries.shift();
    this.onEntry(entry);
    for (const waiter of this.#waiting) waiter(entry);
    return entry;
  }

  // `match` holds the fields an entry must equal; `since` excludes what an earlier step caused.
  entries({ since = 0, ...match } = {}) {
    return this.#entries.filter((entry) => entry.seq > since && fits(entry, match));
  }

  waitFor(match, timeoutMs) {
    const [already] = this.entries(match);
    if (already) return Promise.resolve(already);
    const { since, ...fields } = match;
    return new Promise((resolve) => {
      const done = (entry) => {
        clearTimeout(timer);
        this.#waiting.delete(waiter);
        resolve(entry);
      };
      const timer = setTimeout(() => done(null), timeoutMs);
      const waiter = (entry) => { if (fits(entry, fields)) done(entry); };
      this.#waiting.add(waiter);
    });
  }
}

const fits = (entry, match) => Object.entries(match).every(([key, value]) => String(entry[key]) === String(value));
