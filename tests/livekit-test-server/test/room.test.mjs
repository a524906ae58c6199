import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { RoomEvent, dispose } from '@livekit/rtc-node';
import { join, next, subscribed } from './clients.mjs';
import { startServer } from './harness.mjs';
import { hearTone, playTone } from './tones.mjs';

after(() => dispose());

test('A tone of one participant is heard by the other, both ways', async (t) => {
  const server = await startServer(t);
  const ann = await join(t, server, 'ann');
  const bob = await join(t, server, 'bob');

  const high = await playTone(t, ann, 800);
  const low = await playTone(t, bob, 440);
  const [atBob, atAnn] = await Promise.all([
    subscribed(bob, 'ann').then((track) => hearTone(track)),
    subscribed(ann, 'bob').then((track) => hearTone(track)),
  ]);
  await Promise.all([high.stop(), low.stop()]);

  assert.equal(atBob.hz, 800);
  assert.equal(atAnn.hz, 440);
});

test('Who speaks is told to the room', async (t) => {
  const server = await startServer(t);
  const ann = await join(t, server, 'ann');
  const bob = await join(t, server, 'bob');

  const told = next(bob, RoomEvent.ActiveSpeakersChanged, (speakers) => speakers.some(({ identity }) => identity === 'ann'));
  const tone = await playTone(t, ann, 500);
  await told;
  const silent = next(bob, RoomEvent.ActiveSpeakersChanged, (speakers) => speakers.length === 0);
  await tone.stop();
  await silent;
});

test('Text and byte streams arrive whole, with their attributes', async (t) => {
  const server = await startServer(t);
  const ann = await join(t, server, 'ann');
  const bob = await join(t, server, 'bob');
  const long = 'A sentence that is said again and again. '.repeat(2000);

  const text = new Promise((resolve) => bob.registerTextStreamHandler('letters', async (reader, { identity }) =>
    resolve({ text: await reader.readAll(), attributes: reader.info.attributes, identity })));
  const bytes = new Promise((resolve) => bob.registerByteStreamHandler('parcels', async (reader) => resolve(Buffer.concat(await reader.readAll()))));
  await ann.localParticipant.sendText(long, { topic: 'letters', attributes: { mood: 'good' } });
  const writer = await ann.localParticipant.streamBytes({ topic: 'parcels', name: 'parcel' });
  await writer.write(new Uint8Array([1, 2, 3]));
  await writer.close();

  assert.deepEqual(await text, { text: long, attributes: { mood: 'good' }, identity: 'ann' });
  assert.deepEqual([...await bytes], [1, 2, 3]);
});

test('Data goes to those it is meant for', async (t) => {
  const server = await startServer(t);
  const ann = await join(t, server, 'ann');
  const bob = await join(t, server, 'bob');
  const eve = await join(t, server, 'eve');
  const overheard = [];
  eve.on(RoomEvent.DataReceived, (payload) => overheard.push(Buffer.from(payload).toString()));

  const got = next(bob, RoomEvent.DataReceived);
  const public_ = next(eve, RoomEvent.DataReceived);
  await ann.localParticipant.publishData(Buffer.from('for bob'), { reliable: true, topic: 'note', destination_identities: ['bob'] });
  const [payload, from, , topic] = await got;
  await ann.localParticipant.publishData(Buffer.from('for all'), { reliable: true });
  await public_;

  assert.equal(Buffer.from(payload).toString(), 'for bob');
  assert.equal(from.identity, 'ann');
  assert.equal(topic, 'note');
  assert.deepEqual(overheard, ['for all']);
});

test('A call of a procedure is answered, and so is its error', async (t) => {
  const server = await startServer(t);
  const ann = await join(t, server, 'ann');
  const bob = await join(t, server, 'bob');
  bob.localParticipant.registerRpcMethod('double', async ({ payload }) => String(2 * Number(payload)));

  const answer = await ann.localParticipant.performRpc({ destinationIdentity: 'bob', method: 'double', payload: '21' });
  const unknown = ann.localParticipant.performRpc({ destinationIdentity: 'bob', method: 'halve', payload: '21' });

  assert.equal(answer, '42');
  await assert.rejects(unknown, { code: 1400 });
});

test('Attributes are seen by the other, an empty one is deleted', async (t) => {
  const server = await startServer(t);
  const ann = await join(t, server, 'ann', { attributes: { colour: 'red', 'lk.agent.state': 'idle' } });
  const bob = await join(t, server, 'bob');
  assert.equal(bob.remoteParticipants.get('ann').attributes.colour, 'red');

  const changed = next(bob, RoomEvent.ParticipantAttributesChanged);
  await ann.localParticipant.setAttributes({ 'lk.agent.state': 'listening', colour: '' });
  await changed;

  assert.deepEqual(bob.remoteParticipants.get('ann').attributes, { 'lk.agent.state': 'listening' });
});

test('Without the right to it, attributes are not changed', async (t) => {
  const server = await startServer(t);
  const ann = await join(t, server, 'ann', { video: { canUpdateOwnMetadata: false } });

  // rtc-node keeps the refusal to itself.
  await ann.localParticipant.setAttributes({ colour: 'red' });

  const [room] = (await server.state()).rooms;
  assert.deepEqual(room.participants[0].attributes ?? {}, {});
});

test('Mute and unmute are told, and nothing is heard between', async (t) => {
  const server = await startServer(t);
  const ann = await join(t, server, 'ann');
  const bob = await join(t, server, 'bob');
  const tone = await playTone(t, ann, 600);
  const track = await subscribed(bob, 'ann');

  // rtc-node cannot mute by itself; the server's own call ends in the same place.
  const muted = next(bob, RoomEvent.TrackMuted);
  await server.post('participants/room/ann/mute', { track: tone.publication.sid, muted: true });
  await muted;
  const during = await hearTone(track, { seconds: 1, skip: 0.5 });
  const unmuted = next(bob, RoomEvent.TrackUnmuted);
  await server.post('participants/room/ann/mute', { track: tone.publication.sid, muted: false });
  await unmuted;

  assert.equal(during.hz, 0);
  assert.equal((await hearTone(track)).hz, 600);
});

test('A track that ends and another that takes its place are both told and heard', async (t) => {
  const server = await startServer(t);
  const ann = await join(t, server, 'ann');
  const bob = await join(t, server, 'bob');
  const first = await playTone(t, ann, 700);
  await subscribed(bob, 'ann');

  const ended = next(bob, RoomEvent.TrackUnpublished);
  await first.stop();
  await ann.localParticipant.unpublishTrack(first.publication.sid);
  await ended;
  const second = await playTone(t, ann, 900);
  const heard = await hearTone(await subscribed(bob, 'ann'));
  await second.stop();

  assert.equal(heard.hz, 900);
});

test('Without automatic subscription a track is heard from when it is asked for until it is not', async (t) => {
  const server = await startServer(t);
  const ann = await join(t, server, 'ann');
  const bob = await join(t, server, 'bob', { options: { autoSubscribe: false } });
  const published = next(bob, RoomEvent.TrackPublished);
  const tone = await playTone(t, ann, 1000);
  const [publication] = await published;
  assert.equal(publication.track, undefined);

  publication.setSubscribed(true);
  const heard = await hearTone(await subscribed(bob, 'ann'));
  publication.setSubscribed(false);
  await next(bob, RoomEvent.TrackUnsubscribed);
  publication.setSubscribed(true);
  const again = await hearTone(await subscribed(bob, 'ann'));
  await tone.stop();

  assert.equal(heard.hz, 1000);
  assert.equal(again.hz, 1000);
});
