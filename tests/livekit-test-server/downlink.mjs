// The subscriber's side: one sending section for each track it hears, and the two channels on which we send it data.

import { SessionDescription } from '@livekit/protocol';
import { MediaStream, MediaStreamTrack } from 'werift';
import { keepInactive, openSections } from './sdp.mjs';

export class Downlink {
  #pc;
  #slots = [];
  #reliable;
  #lossy;
  #offerId = 0;
  #negotiating = false;
  #again = false;
  #added = [];
  #offered = [];

  // onBound: the subscriber has agreed to a track; packets before that would be lost.
  constructor(participant, pc, onBound) {
    this.participant = participant;
    this.onBound = onBound;
    this.#pc = pc;
    this.#reliable = pc.createDataChannel('_reliable', { ordered: true });
    this.#lossy = pc.createDataChannel('_lossy', { ordered: false, maxRetransmits: 0 });
  }

  add(publication) {
    const stream = new MediaStream({ id: `${publication.participant.sid}|${publication.info.sid}` });
    // The Rust client reports a track that comes back in the section it had as nothing new: not there, then.
    const slot = this.#slots.find((other) => !other.publication && other.last !== publication) ?? this.#open(stream);
    slot.publication = publication;
    slot.last = publication;
    slot.paused = false;
    slot.fresh = true;
    // Clients read whose track it is from the stream's id alone: the track id is werift's own.
    slot.transceiver.sender.setStreams([stream]);
    slot.transceiver.setDirection('sendonly');
    this.#added.push(publication);
    this.#change();
  }

  // The section stays, silent, and the next track takes it: removing it in werift would stop its sender for good.
  remove(publication) {
    const slot = this.#slotOf(publication);
    if (!slot) return;
    slot.publication = undefined;
    this.#added = this.#added.filter((other) => other !== publication);
    this.#offered = this.#offered.filter((other) => other !== publication);
    slot.transceiver.setDirection('inactive');
    this.#change();
  }

  pause(trackSid, paused) {
    const slot = this.#slots.find((other) => other.publication?.info.sid === trackSid);
    if (slot) slot.paused = paused;
  }

  forward(publication, packet) {
    const slot = this.#slotOf(publication);
    if (!slot || slot.paused) return;
    if (this.participant.server.faults.losesPacket('down', this.participant.identity)) return;
    const copy = packet.clone();
    // Another publisher's numbering must go on where the section's last one stopped.
    if (slot.fresh && slot.used) slot.track.onSourceChanged.execute(copy.header);
    slot.fresh = false;
    slot.used = true;
    slot.track.writeRtp(copy);
  }

  sendData(kind, bytes) {
    const channel = kind === '_lossy' ? this.#lossy : this.#reliable;
    if (channel.readyState !== 'open') return false;
    channel.send(bytes);
    return true;
  }

  // One offer at a time: what changes meanwhile goes into the next.
  async negotiate({ iceRestart = false } = {}) {
    if (this.#negotiating) {
      this.#again = true;
      return;
    }
    this.#negotiating = true;
    this.#offered.push(...this.#added.splice(0));
    const offer = await this.#pc.createOffer({ iceRestart });
    if (this.participant.isGone) return;
    await this.#pc.setLocalDescription(offer);
    if (this.participant.isGone) return;
    const sdp = openSections(this.#pc.localDescription.sdp);
    this.participant.send('offer', new SessionDescription({ type: 'offer', sdp, id: ++this.#offerId }));
  }

  async answered(answer) {
    if (!this.#negotiating) return;
    await this.#pc.setRemoteDescription({ type: 'answer', sdp: answer.sdp });
    this.#negotiating = false;
    for (const publication of this.#offered.splice(0)) this.onBound(publication);
    if (!this.#again) return;
    this.#again = false;
    await this.negotiate();
  }

  // An offer that was under way when the socket died will not be answered any more.
  async restart() {
    this.#negotiating = false;
    this.#again = false;
    await this.negotiate({ iceRestart: true });
  }

  // Nobody waits for these offers: what goes wrong with one is written down here.
  #change() {
    const { server, identity, isGone } = this.participant;
    if (isGone) return;
    this.negotiate().catch((error) => {
      if (!this.participant.isGone) server.journal.add('error', { identity, message: String(error?.stack ?? error) });
    });
  }

  #slotOf(publication) { return this.#slots.find((slot) => slot.publication === publication); }

  #open(stream) {
    const track = new MediaStreamTrack({ kind: 'audio' });
    keepInactive(this.#pc);
    const transceiver = this.#pc.addTransceiver(track, { direction: 'sendonly', streams: [stream] });
    const slot = { track, transceiver };
    this.#slots.push(slot);
    return slot;
  }
}
