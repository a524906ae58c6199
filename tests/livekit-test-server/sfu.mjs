// The two peer connections of a participant: it publishes on one (it offers) and hears the others on the other (we offer).

import {
  SessionDescription, SignalTarget, TrackInfo, TrackPublishedResponse, TrackSubscribed, TrackType, TrickleRequest,
} from '@livekit/protocol';
import { RTCPeerConnection, RTCRtpCodecParameters, useAudioLevelIndication } from 'werift';
import { relayData } from './data.mjs';
import { Downlink } from './downlink.mjs';
import { trackId } from './ids.mjs';
import { keepInactive, openSections, sendingMids } from './sdp.mjs';

const audio = () => [new RTCRtpCodecParameters({ mimeType: 'audio/opus', clockRate: 48_000, channels: 2, payloadType: 111 })];
// Clients that fall back from the single peer connection still offer empty video sections; without a codec in common
// werift refuses the whole offer.
const video = () => [new RTCRtpCodecParameters({ mimeType: 'video/VP8', clockRate: 90_000, payloadType: 96 })];

export class Peers {
  #publisher;
  #subscriber;
  #downlink;
  #uplinkTracks = new Map();
  #wishes = new Map();
  #closed = false;

  constructor(participant) {
    this.participant = participant;
    const ice = { iceUseIpv6: false };
    this.#subscriber = new RTCPeerConnection({ ...ice, codecs: { audio: audio() } });
    this.#publisher = new RTCPeerConnection({
      ...ice, codecs: { audio: audio(), video: video() }, headerExtensions: { audio: [useAudioLevelIndication()] },
    });
    this.#downlink = new Downlink(participant, this.#subscriber, (publication) => this.#heard(publication));
    this.#trickle(this.#subscriber, SignalTarget.SUBSCRIBER);
    this.#trickle(this.#publisher, SignalTarget.PUBLISHER);
    this.#subscriber.connectionStateChange.subscribe((state) => {
      participant.server.journal.add('peer', { identity: participant.identity, peer: 'subscriber', state });
      if (state === 'connected') participant.activate();
    });
    this.#publisher.connectionStateChange.subscribe((state) =>
      participant.server.journal.add('peer', { identity: participant.identity, peer: 'publisher', state }));
    this.#publisher.onDataChannel.subscribe((channel) =>
      channel.onMessage.subscribe((message) => relayData(participant, channel.label, Buffer.from(message))));
    this.#publisher.ontrack = ({ transceiver }) => this.#trackArrived(transceiver);
  }

  // Even a client that will never hear anybody waits for this connection before it says "connected".
  start() { return this.#downlink.negotiate(); }

  // The client lost its socket and came back. Its media went on; a new offer gives it back its place in the negotiation.
  resume() { return this.#downlink.restart(); }

  sendData(kind, bytes) { return this.#downlink.sendData(kind, bytes); }

  async answerPublisher(offer) {
    const pc = this.#publisher;
    keepInactive(pc);
    await pc.setRemoteDescription({ type: 'offer', sdp: offer.sdp });
    this.#unpublishEnded(offer.sdp);
    await pc.setLocalDescription(await pc.createAnswer());
    this.participant.send('answer', new SessionDescription({ type: 'answer', sdp: openSections(pc.localDescription.sdp), id: offer.id }));
  }

  answeredBySubscriber(answer) { return this.#downlink.answered(answer); }

  async addCandidate({ candidateInit, target }) {
    const candidate = JSON.parse(candidateInit);
    if (!candidate.candidate) return;
    await (target === SignalTarget.PUBLISHER ? this.#publisher : this.#subscriber).addIceCandidate(candidate);
  }

  publish(request) {
    const { participant } = this;
    const info = new TrackInfo({
      sid: trackId(),
      type: request.type,
      name: request.name,
      source: request.source,
      muted: request.muted,
      mimeType: request.type === TrackType.AUDIO ? 'audio/opus' : 'video/VP8',
      stream: request.stream,
      stereo: request.stereo,
      disableDtx: request.disableDtx,
      audioFeatures: request.audioFeatures,
    });
    participant.publications.set(info.sid, { participant, info, cid: request.cid, live: false, packets: 0, lost: 0, listeners: new Set() });
    participant.server.journal.add('track_published', {
      room: participant.room.name, identity: participant.identity, track: info.sid, name: info.name,
    });
    participant.send('trackPublished', new TrackPublishedResponse({ cid: request.cid, track: info }));
    participant.announce();
  }

  unpublish(publication, { announce = true } = {}) {
    const { participant } = this;
    if (!participant.publications.delete(publication.info.sid)) return;
    for (const listener of [...publication.listeners]) listener.peers.withdrawTrack(publication);
    for (const [mid, other] of this.#uplinkTracks) if (other === publication) this.#uplinkTracks.delete(mid);
    participant.server.journal.add('track_unpublished', {
      room: participant.room.name, identity: participant.identity, track: publication.info.sid,
    });
    participant.server.webhooks.send('track_unpublished', {
      room: participant.room.info(), participant: participant.info(), track: publication.info,
    });
    if (announce) participant.announce();
  }

  // Subscribes this participant to a track of another, if it may hear it and wants to.
  offerTrack(publication) {
    const { participant } = this;
    const wanted = this.#wishes.get(publication.info.sid) ?? participant.client.autoSubscribe;
    if (!wanted || !publication.live || !participant.isActive || publication.listeners.has(participant)) return;
    if (publication.info.type !== TrackType.AUDIO || !participant.permission.canSubscribe) return;
    publication.listeners.add(participant);
    this.#downlink.add(publication);
  }

  // The publisher is told only now, as by the real server: agents begin to speak at this.
  #heard(publication) {
    const { participant } = this;
    publication.participant.send('trackSubscribed', new TrackSubscribed({ trackSid: publication.info.sid }));
    participant.server.journal.add('track_subscribed', {
      room: participant.room.name, identity: participant.identity, track: publication.info.sid,
    });
  }

  // Clients may ask as soon as a track is announced, which is before its media is there.
  wish(publication, wanted) {
    this.#wishes.set(publication.info.sid, wanted);
    if (wanted) this.offerTrack(publication);
    else this.withdrawTrack(publication);
  }

  withdrawTrack(publication) {
    if (publication.listeners.delete(this.participant)) this.#downlink.remove(publication);
  }

  pauseTrack(trackSid, paused) { this.#downlink.pause(trackSid, paused); }

  close() {
    this.#closed = true;
    this.#publisher.close();
    this.#subscriber.close();
  }

  // As when the process is killed: no goodbye on the wire, the ports just go.
  vanish() {
    this.#closed = true;
    for (const pc of [this.#publisher, this.#subscriber]) {
      for (const transport of pc.iceTransports) transport.connection.close();
    }
  }

  // werift fires this again for every section at every offer; a section that carries a new track has a new track id.
  #trackArrived(transceiver) {
    const { participant } = this;
    const cid = transceiver.receiver.remoteTrackId;
    const publication = [...participant.publications.values()].find((other) => other.cid === cid)
      ?? [...participant.publications.values()].find((other) => !other.live && other.info.type === TrackType.AUDIO);
    if (!publication || this.#uplinkTracks.get(transceiver.mid) === publication) return;
    const known = this.#uplinkTracks.has(transceiver.mid) || transceiver.heard;
    this.#uplinkTracks.set(transceiver.mid, publication);
    publication.info.mid = transceiver.mid;
    publication.live = true;
    // One handler for the life of the section, whichever track it carries by then.
    if (!known) {
      transceiver.heard = true;
      transceiver.receiver.track.onReceiveRtp.subscribe((packet, extensions) =>
        this.#forward(this.#uplinkTracks.get(transceiver.mid), packet, extensions));
    }
    participant.server.journal.add('track_live', { room: participant.room.name, identity: participant.identity, track: publication.info.sid });
    participant.server.webhooks.send('track_published', {
      room: participant.room.info(), participant: participant.info(), track: publication.info,
    });
    participant.server.dispatches.participantPublished(participant);
    for (const other of participant.room.others(participant)) other.peers.offerTrack(publication);
  }

  #forward(publication, packet, extensions) {
    if (!publication) return;
    const { participant } = this;
    publication.packets++;
    participant.server.speakers.heard(participant, extensions);
    if (participant.server.faults.losesPacket('up', participant.identity)) {
      publication.lost++;
      return;
    }
    for (const listener of publication.listeners) listener.peers.forward(publication, packet);
  }

  forward(publication, packet) { this.#downlink.forward(publication, packet); }

  // There is no message for it: a track ends when its section in the publisher's offer stops sending.
  #unpublishEnded(sdp) {
    const sending = sendingMids(sdp);
    for (const [mid, publication] of this.#uplinkTracks) if (!sending.has(mid)) this.unpublish(publication);
  }

  #trickle(pc, target) {
    pc.onIceCandidate.subscribe((candidate) => {
      if (!candidate?.candidate || this.#closed) return;
      // The Rust client unwraps all three.
      const { candidate: line, sdpMid, sdpMLineIndex } = candidate;
      const candidateInit = JSON.stringify({ candidate: line, sdpMid: sdpMid ?? '0', sdpMLineIndex: sdpMLineIndex ?? 0 });
      this.participant.send('trickle', new TrickleRequest({ candidateInit, target }));
    });
  }
}
