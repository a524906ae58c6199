// Joins the form, the call and, if one is there, the script that runs this page.

import { Call } from './call.mjs';
import { Transcripts } from './transcripts.mjs';

const by = (id) => document.getElementById(id);
// Before '#' or after it; after it is better, since a browser keeps that to itself.
const fields = new URLSearchParams(`${location.search.slice(1)}&${location.hash.slice(1)}`);
const startedAt = performance.now();
const transcripts = new Transcripts(by('transcripts'));
let call;

function tell(event, more = {}) {
  const entry = { t: Math.round(performance.now() - startedAt) / 1000, event, ...more };
  by('events').append(`${JSON.stringify(entry)}\n`);
  void globalThis.runnerEvent?.(entry);
  show(entry);
}

function show({ event, ...entry }) {
  if (event === 'connecting' || event === 'connected' || event === 'disconnected' || event === 'failed') by('callState').value = event;
  if (event === 'reconnecting' || event === 'reconnected') by('callState').value = event;
  if (event === 'agent_joined') by('agentName').value = entry.name || entry.identity;
  if (event === 'agent_state') by('agentState').value = entry.state;
  if (event === 'agent_left') by('agentState').value = 'left';
  if (event === 'failed' || event === 'error') fail(entry.message);
  const inCall = call?.isOpen ?? false;
  for (const id of ['leaveButton', 'muteButton', 'chatText', 'chatButton']) by(id).disabled = !inCall;
  by('joinButton').disabled = inCall;
}

function fail(message) {
  by('error').hidden = false;
  by('error').textContent = message;
}

// 24 kHz PCM16, heard and said interleaved; as text, since that is what a browser hands to a script outside.
function hand(pcm, levels) {
  by('heardLevel').value = levels.heard;
  by('saidLevel').value = levels.said;
  if (!globalThis.runnerAudio) return;
  const bytes = new Uint8Array(pcm.buffer);
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  void globalThis.runnerAudio(btoa(text), (performance.now() - startedAt) / 1000);
}

async function join() {
  by('error').hidden = true;
  call = new Call({ tell, transcripts, onAudio: hand, soundsInto: by('sound'), processing: fields.get('processing') !== 'off' });
  try {
    await call.join(by('serverUrl').value.trim(), by('token').value.trim());
  } catch (error) {
    await call.leave();
    tell('failed', { message: `${error.name}: ${error.message}` });
  }
}

async function sendChat(text) {
  try {
    await call.sendChat(text);
  } catch (error) {
    tell('error', { where: 'chat', message: error.message });
  }
}

by('serverUrl').value = fields.get('serverUrl') ?? '';
by('token').value = fields.get('token') ?? '';
by('join').addEventListener('submit', (event) => {
  event.preventDefault();
  void join();
});
by('leaveButton').addEventListener('click', () => void call.leave());
by('muteButton').addEventListener('click', async () => {
  by('muteButton').textContent = await call.toggleMute() ? 'Unmute' : 'Mute';
});
by('chat').addEventListener('submit', (event) => {
  event.preventDefault();
  void sendChat(by('chatText').value);
  by('chatText').value = '';
});

globalThis.leave = () => call?.leave();
globalThis.sendChat = sendChat;
if (fields.get('join')) void join();
