// One call: the room, the microphone, the agent. Says what happens; knows nothing of how it is shown.

import { DisconnectReason, ParticipantKind, Room, RoomEvent, Track } from './livekit-client.mjs';
import { Recorder } from './recorder.mjs';

const STATE = 'lk.agent.state';

export class Call {
  #room = new Room({ adaptiveStream: false, dynacast: false });
  #recorder;

  constructor({ tell, transcripts, onAudio, soundsInto, processing }) {
    this.tell = tell;
    this.transcripts = transcripts;
    this.soundsInto = soundsInto;
    this.processing = processing;
    this.#recorder = new Recorder(onAudio);
    this.#watch();
  }

  get isOpen() { return this.#room.state !== 'disconnected'; }

  async join(serverUrl, token) {
    this.tell('connecting', { serverUrl });
    // First: a browser lets a page make sound only soon after the click that asked for it.
    await this.#recorder.open();
    await this.#room.connect(serverUrl, token);
    const { localParticipant, serverInfo, name } = this.#room;
    this.tell('connected', { room: name, identity: localParticipant.identity, server: serverInfo?.version });
    for (const participant of this.#room.remoteParticipants.values()) this.#joined(participant);
    const { processing: on } = this;
    const publication = await localParticipant.setMicrophoneEnabled(true, { echoCancellation: on, noiseSuppression: on, autoGainControl: on });
    this.#recorder.listenToMicrophone(publication.track.mediaStreamTrack);
    this.tell('microphone', { track: publication.trackSid });
  }

  async leave() {
    await this.#room.disconnect();
    await this.#recorder.close();
  }

  // Returns whether it is muted now.
  async toggleMute() {
    const { localParticipant } = this.#room;
    await localParticipant.setMicrophoneEnabled(!localParticipant.isMicrophoneEnabled);
    this.tell('muted', { muted: !localParticipant.isMicrophoneEnabled });
    return !localParticipant.isMicrophoneEnabled;
  }

  async sendChat(text) {
    if (!text.trim()) return;
    const { id } = await this.#room.localParticipant.sendText(text, { topic: 'lk.chat' });
    const { identity } = this.#room.localParticipant;
    this.transcripts.write({ segment: id, identity, from: 'caller', via: 'chat', text, open: false });
    this.tell('chat_sent', { text });
  }

  #watch() {
    const room = this.#room;
    room.on(RoomEvent.ParticipantConnected, (participant) => this.#joined(participant));
    room.on(RoomEvent.ParticipantDisconnected, (participant) => {
      if (isAgent(participant)) this.tell('agent_left', { identity: participant.identity });
    });
    room.on(RoomEvent.ParticipantAttributesChanged, (changed, participant) => {
      if (isAgent(participant) && STATE in changed) this.#state(participant);
    });
    room.on(RoomEvent.TrackSubscribed, (track, publication, participant) => this.#heard(track, publication, participant));
    room.on(RoomEvent.TrackUnsubscribed, (track) => track.detach().forEach((element) => element.remove()));
    room.on(RoomEvent.Reconnecting, () => this.tell('reconnecting'));
    room.on(RoomEvent.Reconnected, () => this.tell('reconnected'));
    room.on(RoomEvent.Disconnected, (reason) => this.tell('disconnected', { reason: DisconnectReason[reason] ?? 'CONNECTION_LOST' }));
    room.on(RoomEvent.MediaDevicesError, (error) => this.tell('error', { where: 'microphone', message: error.message }));
    room.registerTextStreamHandler('lk.transcription', (reader, { identity }) => void this.#read(reader, identity, 'transcript'));
    room.registerTextStreamHandler('lk.chat', (reader, { identity }) => void this.#read(reader, identity, 'chat'));
  }

  #joined(participant) {
    if (!isAgent(participant)) {
      this.tell('participant_joined', { identity: participant.identity });
      return;
    }
    const { identity, name, attributes } = participant;
    this.tell('agent_joined', { identity, name, attributes });
    if (STATE in attributes) this.#state(participant);
  }

  #state({ identity, attributes }) { this.tell('agent_state', { identity, state: attributes[STATE] }); }

  #heard(track, publication, participant) {
    if (track.kind !== Track.Kind.Audio) return;
    // The element also makes Chromium decode the track at all: Web Audio alone gets silence from a remote one.
    this.soundsInto.append(track.attach());
    this.tell('track_subscribed', { identity: participant.identity, name: publication.trackName });
    if (isAgent(participant)) this.#recorder.listenTo(track.mediaStreamTrack);
  }

  // The words of one segment come in one growing stream (the agent's) or in several, each instead of the last (the caller's).
  async #read(reader, identity, via) {
    const { id, attributes = {} } = reader.info;
    const from = identity === this.#room.localParticipant.identity ? 'caller' : 'agent';
    const entry = { segment: attributes['lk.segment_id'] ?? id, identity, from, via };
    let text = '';
    try {
      for await (const part of reader) {
        text += part;
        this.transcripts.write({ ...entry, text, open: true });
      }
    } catch (error) {
      this.tell('error', { where: via, message: error.message });
    }
    // Read again: `final` may come with the end of the stream only.
    const final = reader.info.attributes?.['lk.transcription_final'];
    this.transcripts.write({ ...entry, text, open: from === 'caller' && final === 'false' });
    this.tell(via, { from, identity, segment: entry.segment, final, text });
  }
}

// An avatar is of kind agent too, and speaks on behalf of the one that listens.
function isAgent({ kind, attributes }) {
  return kind === ParticipantKind.AGENT && !('lk.publish_on_behalf' in attributes);
}
