// Data packets: user data, streams (text and bytes), RPC, transcriptions, DTMF. We read the envelope and pass the rest on.

import { DataPacket, DataPacket_Kind } from '@livekit/protocol';

export function relayData(from, channel, bytes) {
  const { room, server } = from;
  if (from.isGone || !from.permission.canPublishData) return;
  const packet = DataPacket.fromBinary(bytes);
  // The old packets of transcription are believed from agents only.
  if (packet.value.case === 'transcription' && !from.isAgent) return;
  speakFor(from, packet);
  packet.participantSid = from.sid;
  packet.kind = channel === '_lossy' ? DataPacket_Kind.LOSSY : DataPacket_Kind.RELIABLE;
  server.journal.add('data', { room: room.name, identity: from.identity, kind: packet.value.case, topic: topicOf(packet), bytes: bytes.length });
  deliver(room, packet, channel, room.others(from));
}

// From the server's API: no participant sent it.
export function sendFromServer(room, packet) {
  deliver(room, packet, packet.kind === DataPacket_Kind.LOSSY ? '_lossy' : '_reliable', [...room.participants.values()]);
}

function deliver(room, packet, channel, recipients) {
  const bytes = Buffer.from(packet.toBinary());
  const wanted = new Set(packet.destinationIdentities);
  for (const recipient of recipients) {
    if (wanted.size > 0 && !wanted.has(recipient.identity)) continue;
    if (recipient.peers.sendData(channel, bytes)) continue;
    room.server.journal.add('data_undelivered', { room: room.name, identity: recipient.identity, kind: packet.value.case });
  }
}

// An agent may write in another's name (the transcript of what the caller said); then its text is marked as generated.
function speakFor(from, packet) {
  const mayDiffer = from.isAgent && (packet.value.case === 'streamHeader' || packet.value.case === 'chatMessage');
  if (!mayDiffer || !packet.participantIdentity || packet.participantIdentity === from.identity) {
    packet.participantIdentity = from.identity;
    return;
  }
  if (packet.value.case === 'chatMessage') packet.value.value.generated = true;
  else if (packet.value.value.contentHeader.case === 'textHeader') packet.value.value.contentHeader.value.generated = true;
}

const topicOf = (packet) => packet.value.value?.topic ?? '';
