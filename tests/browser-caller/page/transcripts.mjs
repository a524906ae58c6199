// The conversation: one entry for each segment of each sender, in the order in which they began.

export class Transcripts {
  #entries = new Map();

  constructor(list) { this.list = list; }

  write({ segment, identity, from, via, text, open }) {
    const key = `${identity}/${segment}`;
    let entry = this.#entries.get(key);
    if (!entry) {
      entry = document.createElement('li');
      entry.append(document.createElement('small'), document.createElement('span'));
      this.#entries.set(key, entry);
      this.list.append(entry);
    }
    entry.className = `${from === 'caller' ? 'self' : ''} ${open ? 'open' : ''}`;
    entry.firstChild.textContent = `${from} (${identity})${via === 'chat' ? ', written' : ''}`;
    entry.lastChild.textContent = text;
  }
}
