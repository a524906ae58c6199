import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DisconnectReason, RoomEvent, dispose } from '@livekit/rtc-node';
import { join, next, subscribed } from './clients.mjs';
import { startServer } from './harness.mjs';
import { hearTone, playTone } from './tones.mjs';

after(() => dispose());

const reasonOf = async (room) => DisconnectReason[(await next(room, RoomEvent.Disconnected))[0]];

test('A kicked participant learns why, the other sees it go', async (t) => {
  const server = await startServer(t);
  const ann = await join(t, server, 'ann');
  const bob = await join(t, server, 'bob');

  const gone = next(bob, RoomEvent.ParticipantDisconnected);
  const reason = reasonOf(ann);
  await server.post('participants/room/ann/kick');

  assert.equal(await reason, 'PARTICIPANT_REMOVED');
  assert.equal((await gone)[0].identity, 'ann');
});

test('A room that is deleted puts everybody out and is no more', async (t) => {
  const server = await startServer(t);
  const ann = await join(t, server, 'ann');
  const bob = await join(t, server, 'bob');

  const reasons = Promise.all([reasonOf(ann), reasonOf(bob)]);
  await server.post('rooms/room/close');

  assert.deepEqual(await reasons, ['ROOM_DELETED', 'ROOM_DELETED']);
  assert.deepEqual((await server.state()).rooms, []);
});

test('Who joins under a name that is taken takes it over', async (t) => {
  const server = await startServer(t);
  const first = await join(t, server, 'ann');

  const reason = reasonOf(first);
  await join(t, server, 'ann');

  assert.equal(await reason, 'DUPLICATE_IDENTITY');
  assert.equal((await server.state()).rooms[0].participants.length, 1);
});

test('A room closes after the last one left, an agent does not keep it', async (t) => {
  const server = await startServer(t, '--departure-timeout-s', '0.2');
  const agent = await join(t, server, 'agent', { kind: 'agent', video: { agent: true } });
  const ann = await join(t, server, 'ann');

  const reason = reasonOf(agent);
  await ann.disconnect();

  assert.equal(await reason, 'ROOM_CLOSED');
  await server.wait({ type: 'room_closed', room: 'room' });
});

test('A dropped socket is resumed: same participant, same media', async (t) => {
  const server = await startServer(t);
  const ann = await join(t, server, 'ann');
  const bob = await join(t, server, 'bob');
  const tone = await playTone(t, ann, 800);
  await hearTone(await subscribed(bob, 'ann'));
  const { sid } = ann.localParticipant;
  const left = [];
  bob.on(RoomEvent.ParticipantDisconnected, (participant) => left.push(participant.identity));

  const back = next(ann, RoomEvent.Reconnected);
  await server.post('participants/room/ann/drop');
  await server.wait({ type: 'participant_resumed', identity: 'ann' });
  await back;
  const changed = next(bob, RoomEvent.ParticipantAttributesChanged);
  await ann.localParticipant.setAttributes({ after: 'yes' });
  await changed;

  assert.equal(ann.localParticipant.sid, sid);
  assert.equal((await hearTone(await subscribed(bob, 'ann'))).hz, 800);
  assert.deepEqual(left, []);
  await tone.stop();
});

test('A listener that was dropped hears the tracks that come after its return', async (t) => {
  const server = await startServer(t);
  const ann = await join(t, server, 'ann');
  const bob = await join(t, server, 'bob');

  const back = next(bob, RoomEvent.Reconnected);
  await server.post('participants/room/bob/drop');
  await back;
  const tone = await playTone(t, ann, 700);

  assert.equal((await hearTone(await subscribed(bob, 'ann'))).hz, 700);
  await tone.stop();
});

test('Who is not resumed in time has left', async (t) => {
  const server = await startServer(t, '--resume-grace-ms', '300');
  const ann = await join(t, server, 'ann');
  const bob = await join(t, server, 'bob');
  await server.post('rules', { at: 'upgrade', identity: 'ann', drop: true });

  const gone = next(bob, RoomEvent.ParticipantDisconnected);
  await server.post('participants/room/ann/drop');
  const [participant] = await gone;
  await server.control('DELETE', 'rules');

  assert.equal(participant.identity, 'ann');
  assert.equal((await server.wait({ type: 'participant_left', identity: 'ann' })).reason, 'SIGNAL_CLOSE');
  assert.equal(ann.localParticipant.identity, 'ann');
});

// The Rust client notices after the ping time-out, but then waits for the old socket to end before it dials again.
test('A socket that is half open is noticed by its client, which comes back when the socket ends', async (t) => {
  const server = await startServer(t, '--ping-interval-s', '1', '--ping-timeout-s', '2');
  const ann = await join(t, server, 'ann');

  const noticed = next(ann, RoomEvent.Reconnecting);
  const back = next(ann, RoomEvent.Reconnected, undefined, 30_000);
  await server.post('participants/room/ann/freeze');
  await noticed;
  await server.post('participants/room/ann/drop');
  await back;

  await server.wait({ type: 'participant_resumed', identity: 'ann' });
});

test('A server that vanishes and comes back is joined anew, with the track', async (t) => {
  const server = await startServer(t);
  const ann = await join(t, server, 'ann');
  const bob = await join(t, server, 'bob');
  const tone = await playTone(t, ann, 800);
  await hearTone(await subscribed(bob, 'ann'));

  const back = [next(ann, RoomEvent.Reconnected, undefined, 40_000), next(bob, RoomEvent.Reconnected, undefined, 40_000)];
  await server.post('vanish', { backAfterMs: 1000 });
  await Promise.all(back);
  await server.wait({ type: 'track_subscribed', identity: 'bob' }, 20_000);

  assert.equal((await hearTone(await subscribed(bob, 'ann'))).hz, 800);
  await tone.stop();
});

test('Lost packets are lost, about as many as asked for', async (t) => {
  const server = await startServer(t);
  const ann = await join(t, server, 'ann');
  const bob = await join(t, server, 'bob');
  await server.post('loss', { percent: 40, direction: 'up', identity: 'ann' });
  const tone = await playTone(t, ann, 800);
  const heard = await hearTone(await subscribed(bob, 'ann'), { seconds: 3, skip: 2 });
  await tone.stop();

  const [{ packets, lost }] = (await server.state()).rooms[0].participants.find(({ identity }) => identity === 'ann').tracks;
  assert.equal(heard.hz, 800);
  assert.ok(packets > 50 && lost / packets > 0.2 && lost / packets < 0.6, `${lost} of ${packets}`);
});
