// The signalling socket /rtc: who may join, and what it says and is told.

import {
  ClientInfo_Capability, DisconnectReason, JoinResponse, LeaveRequest, LeaveRequest_Action, MuteTrackRequest, ParticipantUpdate, Pong,
  ReconnectResponse, RequestResponse, RequestResponse_Reason, RoomUpdate, ServerInfo, SignalRequest, SignalResponse,
} from '@livekit/protocol';
import { Participant } from './participant.mjs';
import { roomConfigOf } from './rooms.mjs';
import { Wire } from './wire.mjs';

// Clients parse it as semver: RPC needs 1.8.0, the playground's chat 1.8.2.
export const SERVER_VERSION = '1.9.0';
export const serverInfo = () => new ServerInfo({ version: SERVER_VERSION, protocol: 16, agentProtocol: 1, nodeId: 'ND_test' });

// Returns what refuses the caller, as a status and a text, or null.
export function whyNotJoin(server, claims) {
  if (!claims.video?.roomJoin || !claims.video.room) return { status: 401, text: 'permissions denied' };
  if (!claims.sub) return { status: 400, text: 'identity cannot be empty' };
  const room = server.rooms.get(claims.video.room);
  if (!room && !server.options.autoCreate) return { status: 404, text: 'requested room does not exist' };
  if (room?.isFull && claims.kind !== 'agent' && !room.participants.has(claims.sub)) return { status: 503, text: 'room is full' };
  return null;
}

export async function acceptSignal(server, socket, url, claims) {
  const query = url.searchParams;
  const wire = new Wire(server, socket, {
    at: 'signal',
    who: { identity: claims.sub, room: claims.video.room },
    encode: (name, value) => new SignalResponse({ message: { case: name, value } }).toBinary(),
  });
  if (query.get('reconnect') === '1') return resume(server, wire, claims, query.get('sid'));

  const room = server.rooms.open(claims.video.room, roomConfigOf(claims));
  const participant = new Participant(server, room, claims, clientOf(query));
  room.add(participant);
  participant.connection = wire;
  wire.send('join', joinResponse(server, participant));
  server.journal.add('participant_joined', {
    room: room.name, identity: participant.identity, sid: participant.sid, agent: participant.isAgent, sdk: query.get('sdk') ?? '',
  });
  server.webhooks.send('participant_joined', { room: room.info(), participant: participant.info() });
  participant.announce({ toSelf: false });
  room.announceRoom();
  listen(participant, wire);
  server.dispatches.participantJoined(participant);
  await participant.peers.start();
}

function joinResponse(server, participant) {
  return new JoinResponse({
    room: participant.room.info(),
    participant: participant.info(),
    otherParticipants: visibleTo(participant),
    serverVersion: SERVER_VERSION,
    serverInfo: serverInfo(),
    subscriberPrimary: true,
    pingInterval: server.options.pingIntervalS,
    pingTimeout: server.options.pingTimeoutS,
  });
}

async function resume(server, wire, claims, sid) {
  const participant = server.rooms.get(claims.video.room)?.participants.get(claims.sub);
  if (!participant || (sid && participant.sid !== sid)) {
    // A server that was restarted knows nobody: the client has to join anew.
    wire.send('leave', new LeaveRequest({ reason: DisconnectReason.STATE_MISMATCH, action: LeaveRequest_Action.RECONNECT }));
    wire.close();
    return;
  }
  participant.signalBack(wire);
  server.journal.add('participant_resumed', { room: participant.room.name, identity: participant.identity, sid: participant.sid });
  wire.send('reconnect', new ReconnectResponse({ serverInfo: serverInfo() }));
  wire.send('update', new ParticipantUpdate({ participants: [participant.info(), ...visibleTo(participant)] }));
  wire.send('roomUpdate', new RoomUpdate({ room: participant.room.info() }));
  listen(participant, wire);
  await participant.peers.resume();
}

function listen(participant, wire) {
  const { server } = participant;
  wire.onFrame = async (bytes) => {
    // What was still under way when it left finds its connections closed.
    if (participant.isGone) return;
    const { message } = SignalRequest.fromBinary(bytes);
    await handle(participant, wire, message);
  };
  wire.onClose = () => { if (participant.connection === wire) participant.signalLost(); };
  wire.onError = (error) => participant.isGone || server.journal.add('error', { identity: participant.identity, message: String(error?.stack ?? error) });
}

async function handle(participant, wire, { case: name, value }) {
  const { peers, server, room } = participant;
  switch (name) {
    case 'offer': return peers.answerPublisher(value);
    case 'answer': return peers.answeredBySubscriber(value);
    case 'trickle': return peers.addCandidate(value);
    case 'addTrack': return participant.permission.canPublish ? peers.publish(value) : refuse(participant, value.requestId);
    case 'mute': return mute(participant, value.sid, value.muted);
    case 'subscription': return subscribe(participant, value);
    case 'trackSetting': return value.trackSids.forEach((sid) => peers.pauseTrack(sid, value.disabled));
    case 'updateMetadata': return updateMetadata(participant, value);
    case 'pingReq': return wire.send('pongResp', new Pong({ lastPingTimestamp: value.timestamp, timestamp: BigInt(Date.now()) }));
    case 'ping': return wire.send('pong', BigInt(Date.now()));
    case 'leave': return participant.remove(DisconnectReason.CLIENT_INITIATED);
    // What is not in the list above (simulcast layers, track permissions, data tracks …) this server leaves alone.
    default: return server.journal.add('signal_ignored', { room: room.name, identity: participant.identity, what: name });
  }
}

export function mute(participant, trackSid, muted, { tellOwner = false } = {}) {
  const publication = participant.publications.get(trackSid);
  if (!publication) return null;
  publication.info.muted = muted;
  participant.server.journal.add('track_muted', { room: participant.room.name, identity: participant.identity, track: trackSid, muted });
  if (tellOwner) participant.send('mute', new MuteTrackRequest({ sid: trackSid, muted }));
  participant.announce();
  return publication.info;
}

function subscribe(participant, { trackSids, participantTracks, subscribe: wanted }) {
  const sids = new Set([...trackSids, ...participantTracks.flatMap((tracks) => tracks.trackSids)]);
  for (const other of participant.room.others(participant)) {
    for (const publication of other.publications.values()) {
      if (sids.has(publication.info.sid)) participant.peers.wish(publication, wanted);
    }
  }
}

// The Rust client waits five seconds for this answer before it calls the change failed.
function updateMetadata(participant, { requestId, name, metadata, attributes }) {
  if (!participant.permission.canUpdateMetadata) return refuse(participant, requestId);
  participant.update({ name, metadata, attributes });
  participant.send('requestResponse', new RequestResponse({ requestId, reason: RequestResponse_Reason.OK }));
}

function refuse(participant, requestId) {
  participant.send('requestResponse', new RequestResponse({ requestId, reason: RequestResponse_Reason.NOT_ALLOWED, message: 'not allowed' }));
}

const visibleTo = (participant) => participant.room.others(participant)
  .filter((other) => !other.permission.hidden)
  .map((other) => other.info());

// "CAP_COMPRESSION_DEFLATE_RAW,…" in the query; unknown ones are newer than we are and left out.
const clientOf = (query) => ({
  protocol: Number(query.get('client_protocol') ?? 0),
  autoSubscribe: query.get('auto_subscribe') !== '0' && query.get('auto_subscribe') !== 'false',
  capabilities: (query.get('capabilities') ?? '').split(',')
    .map((name) => ClientInfo_Capability[name])
    .filter((value) => typeof value === 'number'),
});
