// Webhooks: the same signed posts as the real server sends, in order, each tried a few times.

import { WebhookEvent } from '@livekit/protocol';
import { newId } from './ids.mjs';

const TRIES = 3;
const PAUSE_MS = 200;
const ANSWER_MS = 5000;

export class Webhooks {
  #queue = Promise.resolve();

  constructor(server) {
    this.server = server;
  }

  send(event, fields) {
    const { webhook } = this.server.options;
    if (!webhook) return;
    const body = new WebhookEvent({ event, id: newId('EV_'), createdAt: BigInt(Math.floor(Date.now() / 1000)), ...fields }).toJsonString();
    this.#queue = this.#queue.then(() => this.#post(webhook, event, body));
  }

  async #post(webhook, event, body) {
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const result = await this.#once(webhook, body);
      this.server.journal.add('webhook', { event, attempt, result });
      if (result === 200) return;
      await new Promise((resolve) => { setTimeout(resolve, PAUSE_MS); });
    }
  }

  // The header carries the token bare, without "Bearer"; receivers must check the hash of the raw body.
  async #once(webhook, body) {
    try {
      const response = await fetch(webhook, {
        method: 'POST',
        headers: { 'content-type': 'application/webhook+json', authorization: this.server.tokens.signBody(body), 'user-agent': 'LiveKit' },
        body,
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      return response.ok ? 200 : response.status;
    } catch (error) {
      return String(error?.cause?.code ?? error);
    }
  }
}
