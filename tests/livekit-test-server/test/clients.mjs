// Participants of the Rust client: npm @livekit/rtc-node.

import { Room, RoomEvent } from '@livekit/rtc-node';
import { atEnd } from './harness.mjs';

export async function join(t, server, identity, { options = {}, on = {}, ...token } = {}) {
  const room = new Room();
  for (const [event, handler] of Object.entries(on)) room.on(event, handler);
  await room.connect(server.url, await server.token(identity, token), { autoSubscribe: true, dynacast: false, ...options });
  atEnd(t, () => room.disconnect().catch(() => undefined));
  return room;
}

// The arguments of the next event (that fits).
export function next(room, event, fits = () => true, timeoutMs = 15_000) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      room.off(event, listener);
      reject(new Error(`no ${event} within ${timeoutMs} ms`));
    }, timeoutMs);
    const listener = (...args) => {
      if (!fits(...args)) return;
      clearTimeout(timer);
      room.off(event, listener);
      resolve(args);
    };
    room.on(event, listener);
  });
}

export const subscribed = async (room, identity) => {
  for (const participant of room.remoteParticipants.values()) {
    for (const publication of participant.trackPublications.values()) {
      if (participant.identity === identity && publication.track) return publication.track;
    }
  }
  const [track] = await next(room, RoomEvent.TrackSubscribed, (_track, _publication, participant) => participant.identity === identity);
  return track;
};
