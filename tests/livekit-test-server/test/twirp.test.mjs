import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DisconnectReason, RoomEvent, dispose } from '@livekit/rtc-node';
import { AccessToken, DataPacket_Kind, RoomServiceClient, SipClient } from 'livekit-server-sdk';
import { join, next, subscribed } from './clients.mjs';
import { KEY, SECRET, startServer } from './harness.mjs';
import { playTone } from './tones.mjs';

after(() => dispose());

const rooms = (server) => new RoomServiceClient(server.http, KEY, SECRET);
const call = async (server, method, body, grant) => {
  const token = new AccessToken(KEY, SECRET);
  token.addGrant(grant);
  const response = await fetch(`${server.http}/twirp/livekit.${method}`, {
    method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${await token.toJwt()}` }, body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
};

test('Rooms are made once, listed and deleted', async (t) => {
  const server = await startServer(t);
  const first = await rooms(server).createRoom({ name: 'one', metadata: 'm', emptyTimeout: 60, maxParticipants: 3 });
  const again = await rooms(server).createRoom({ name: 'one' });
  await rooms(server).createRoom({ name: 'two' });

  assert.equal(again.sid, first.sid);
  assert.deepEqual([first.metadata, first.emptyTimeout, first.maxParticipants], ['m', 60, 3]);
  assert.deepEqual((await rooms(server).listRooms()).map(({ name }) => name), ['one', 'two']);
  assert.deepEqual((await rooms(server).listRooms(['two'])).map(({ name }) => name), ['two']);
  await rooms(server).deleteRoom('one');
  assert.deepEqual((await rooms(server).listRooms()).map(({ name }) => name), ['two']);
  await assert.rejects(rooms(server).deleteRoom('one'), { status: 404, code: 'not_found' });
});

test('Answers have proto names and every default', async (t) => {
  const server = await startServer(t);

  const { status, body } = await call(server, 'RoomService/CreateRoom', { name: 'one', empty_timeout: 5 }, { roomCreate: true });

  assert.equal(status, 200);
  assert.deepEqual([body.name, body.empty_timeout, body.num_participants, body.metadata], ['one', 5, 0, '']);
  assert.match(body.creation_time, /^\d+$/);
});

test('What a token does not grant is refused', async (t) => {
  const server = await startServer(t);
  await rooms(server).createRoom({ name: 'one' });

  for (const [method, body, grant] of [
    ['RoomService/CreateRoom', { name: 'x' }, { roomList: true }],
    ['RoomService/ListRooms', {}, { roomCreate: true }],
    ['RoomService/DeleteRoom', { room: 'one' }, { roomAdmin: true, room: 'one' }],
    ['RoomService/ListParticipants', { room: 'one' }, { roomAdmin: true, room: 'two' }],
    ['AgentDispatchService/ListDispatch', { room: 'one' }, { roomAdmin: true, room: 'two' }],
    ['SIP/TransferSIPParticipant', { roomName: 'one' }, { roomAdmin: true, room: 'one' }],
  ]) assert.deepEqual(await call(server, method, body, grant), { status: 401, body: { code: 'unauthenticated', msg: 'permissions denied' } }, method);
});

test('Unknown methods and unreadable requests are named as such', async (t) => {
  const server = await startServer(t);

  assert.equal((await call(server, 'RoomService/Nothing', {}, {})).body.code, 'bad_route');
  assert.equal((await call(server, 'RoomService/CreateRoom', { name: 7 }, { roomCreate: true })).body.code, 'malformed');
});

test('Participants are listed, changed, muted, written to and removed', async (t) => {
  const server = await startServer(t);
  const ann = await join(t, server, 'ann');
  const bob = await join(t, server, 'bob');
  const api = rooms(server);
  const tone = await playTone(t, ann, 500);
  await subscribed(bob, 'ann');

  assert.deepEqual((await api.listParticipants('room')).map(({ identity }) => identity), ['ann', 'bob']);
  const changed = next(bob, RoomEvent.ParticipantAttributesChanged);
  await api.updateParticipant('room', 'ann', { attributes: { colour: 'blue' }, name: 'Ann' });
  await changed;
  assert.deepEqual((await api.getParticipant('room', 'ann')).attributes, { colour: 'blue' });

  const metadata = next(bob, RoomEvent.RoomMetadataChanged);
  await api.updateRoomMetadata('room', 'news');
  assert.equal((await metadata)[0], 'news');

  const muted = next(bob, RoomEvent.TrackMuted);
  await api.mutePublishedTrack('room', 'ann', tone.publication.sid, true);
  await muted;

  const data = next(bob, RoomEvent.DataReceived);
  await api.sendData('room', Buffer.from('hi'), DataPacket_Kind.RELIABLE, { destinationIdentities: ['bob'], topic: 'note' });
  const [payload, , , topic] = await data;
  assert.deepEqual([Buffer.from(payload).toString(), topic], ['hi', 'note']);

  const gone = next(ann, RoomEvent.Disconnected);
  await api.removeParticipant('room', 'ann');
  assert.equal((await gone)[0], DisconnectReason.PARTICIPANT_REMOVED);
  await assert.rejects(api.getParticipant('room', 'ann'), { status: 404, code: 'not_found' });
});

test('A transfer is kept in the journal, and fails on command as a telephone would', async (t) => {
  const server = await startServer(t);
  await join(t, server, 'phone', { kind: 'sip', attributes: { 'sip.callStatus': 'active' } });
  const sip = new SipClient(server.http, KEY, SECRET);

  await sip.transferSipParticipant('room', 'phone', 'tel:+15551234', { playDialtone: true });
  const { request } = await server.wait({ type: 'twirp', method: 'SIP/TransferSIPParticipant' });
  await server.post('rules', {
    at: 'twirp', what: 'SIP/TransferSIPParticipant', status: 503, code: 'unavailable', msg: 'busy', meta: { sip_status_code: '486', sip_status: 'Busy Here' }, times: 1,
  });

  assert.equal(request.transferTo, 'tel:+15551234');
  await assert.rejects(sip.transferSipParticipant('room', 'phone', 'tel:+15551234'), { code: 'unavailable', metadata: { sip_status_code: '486', sip_status: 'Busy Here' } });
});
