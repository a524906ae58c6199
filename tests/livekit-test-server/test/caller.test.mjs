import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  AudioFrame, AudioSource, AudioStream, LocalAudioTrack, RoomEvent, TrackPublishOptions, TrackSource, dispose,
} from '@livekit/rtc-node';
import { isVoiced, voicedSpan } from '../caller/voice.mjs';
import { readWav, writeWav } from '../caller/wav.mjs';
import { join } from './clients.mjs';
import { startServer } from './harness.mjs';

after(() => dispose());

const RATE = 48_000;
const FRAME = RATE / 100;
const folder = mkdtempSync(pathOf(tmpdir(), 'caller-'));
after(() => rmSync(folder, { recursive: true }));

const sine = (hz, seconds, rate = RATE) =>
  Int16Array.from({ length: seconds * rate }, (_, n) => 9000 * Math.sin((2 * Math.PI * hz * n) / rate));

// Half a second of silence around the tone: the time that counts is the tone's, not the file's.
function question(name, seconds = 1) {
  const path = pathOf(folder, `${name}.wav`);
  const rate = 16_000;
  const samples = new Int16Array((seconds + 1) * rate);
  samples.set(sine(300, seconds, rate), rate / 2);
  writeWav(path, rate, samples);
  return path;
}

// Greets; answers ANSWER_MS after the caller's voice has ended; falls silent when the caller speaks into it.
const ANSWER_MS = 400;
async function startAgent(t, server, { answerSeconds = 1.5 } = {}) {
  const room = await join(t, server, 'agent-x', { kind: 'agent' });
  const source = new AudioSource(RATE, 1, 200);
  await room.localParticipant.publishTrack(
    LocalAudioTrack.createAudioTrack('roomio_audio', source), new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE }));
  let saying = 0;
  const say = async (samples) => {
    const mine = ++saying;
    for (let at = 0; at < samples.length && mine === saying; at += FRAME) {
      await source.captureFrame(new AudioFrame(samples.slice(at, at + FRAME), RATE, 1, FRAME));
    }
  };
  room.on(RoomEvent.TrackSubscribed, async (track) => {
    void say(sine(500, 1));
    let lastVoice = 0;
    for await (const { data } of new AudioStream(track, RATE, 1)) {
      if (isVoiced(data)) {
        if (lastVoice === 0) { saying++; source.clearQueue(); }
        lastVoice = performance.now();
      } else if (lastVoice > 0 && performance.now() - lastVoice > ANSWER_MS) {
        lastVoice = 0;
        void room.localParticipant.setAttributes({ 'lk.agent.state': 'speaking' });
        void room.localParticipant.sendText('the answer', { topic: 'lk.transcription', attributes: { 'lk.segment_id': 'SG_1', 'lk.transcription_final': 'true' } });
        void say(sine(700, answerSeconds));
      }
    }
  });
  return room;
}

async function call(server, ...args) {
  const token = await server.token('caller');
  const child = spawn(process.execPath, [fileURLToPath(new URL('../caller.mjs', import.meta.url)), '--url', server.url, '--token', token, '--json', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  let text = '';
  for await (const part of child.stdout) text += part;
  const [code] = await exited;
  return { code, events: text.trim().split('\n').map((line) => JSON.parse(line)) };
}

test('The caller is greeted, asks, hears the answer, and tells when', async (t) => {
  const server = await startServer(t);
  await startAgent(t, server);
  const heard = pathOf(folder, 'heard.wav');

  const { code, events } = await call(server, '--in', question('one'), '--out', heard);

  const of = (name) => events.filter(({ event }) => event === name);
  assert.equal(code, 0, JSON.stringify(events));
  const [{ latencyMs }] = of('answer_started');
  assert.ok(latencyMs >= ANSWER_MS - 20 && latencyMs < ANSWER_MS + 600, `${latencyMs} ms`);
  const [{ durationMs }] = of('answer_ended');
  assert.ok(Math.abs(durationMs - 1500) < 200, `${durationMs} ms`);
  assert.deepEqual(of('attributes').map(({ changed }) => changed), [{ 'lk.agent.state': 'speaking' }]);
  assert.deepEqual(of('transcription').map(({ text, segment, final }) => [text, segment, final]), [['the answer', 'SG_1', 'true']]);
  const { rate, samples } = readWav(heard);
  assert.equal(rate, 24_000);
  const [{ t: greetedAt }] = of('agent_audio_started');
  assert.ok(Math.abs(voicedSpan(samples, rate).beginMs / 1000 - greetedAt) < 0.3, 'the recording follows the clock of the call');
});

test('The caller interrupts and tells how long the agent went on', async (t) => {
  const server = await startServer(t);
  await startAgent(t, server, { answerSeconds: 6 });

  const { code, events } = await call(server, '--in', question('ask'), '--in', question('stop'), '--interrupt-after', '1');

  const interrupted = events.find(({ event }) => event === 'interrupted');
  assert.equal(code, 0, JSON.stringify(events));
  assert.ok(interrupted.silentAfterMs > 0 && interrupted.silentAfterMs < 1000, `${interrupted.silentAfterMs} ms`);
  assert.equal(events.filter(({ event }) => event === 'answer_started').length, 2);
});

test('What an agent says only while the caller speaks is no answer', async (t) => {
  const server = await startServer(t);
  const room = await join(t, server, 'agent-x', { kind: 'agent' });
  const source = new AudioSource(RATE, 1, 200);
  await room.localParticipant.publishTrack(LocalAudioTrack.createAudioTrack('echo', source), new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE }));
  room.on(RoomEvent.TrackSubscribed, async (track) => {
    for await (const frame of new AudioStream(track, RATE, 1)) await source.captureFrame(frame);
  });

  const { code, events } = await call(server, '--no-greeting', '--in', question('echoed'), '--answer-timeout', '2');

  assert.equal(code, 1);
  assert.ok(events.some(({ event }) => event === 'agent_audio_started'));
  assert.match(events.at(-1).missing[0], /^answer to/);
});

test('An agent that never comes is a failure that the caller names', async (t) => {
  const server = await startServer(t);

  const { code, events } = await call(server, '--agent-timeout', '1');

  assert.equal(code, 1);
  assert.deepEqual(events.map(({ event }) => event), ['connected', 'missing', 'disconnected', 'done']);
  assert.deepEqual(events.at(-1).missing, ['agent']);
});
