import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { dispose } from '@livekit/rtc-node';
import { RTCAudioSink, RTCAudioSource } from './browser-globals.mjs';
import { join, subscribed } from './clients.mjs';
import { atEnd, startServer } from './harness.mjs';
import { hearTone, playTone, strongest } from './tones.mjs';

after(() => dispose());

const { Room, RoomEvent, Track, LocalAudioTrack, RemoteAudioTrack, setLogLevel } = await import('livekit-client');
// @roamhq/wrtc has no statistics of receivers; livekit-client asks for them every two seconds.
RemoteAudioTrack.prototype.getReceiverStats = async () => undefined;
setLogLevel('error');

async function joinAsBrowser(t, server, identity) {
  const room = new Room();
  await room.connect(server.url, await server.token(identity));
  atEnd(t, () => room.disconnect());
  return room;
}

test('The client of browsers hears and is heard, reads and writes', async (t) => {
  const server = await startServer(t);
  const rust = await join(t, server, 'rust');
  const browser = await joinAsBrowser(t, server, 'browser');

  const heardByBrowser = new Promise((resolve) => {
    browser.on(RoomEvent.TrackSubscribed, (track) => {
      const sink = new RTCAudioSink(track.mediaStreamTrack);
      const heard = [];
      sink.ondata = ({ samples, sampleRate }) => {
        if (!samples.some((sample) => Math.abs(sample) > 2000)) return;
        heard.push(...samples);
        if (heard.length < sampleRate / 5) return;
        sink.stop();
        resolve(strongest(heard, sampleRate));
      };
    });
  });
  const tone = await playTone(t, rust, 800);
  const source = new RTCAudioSource();
  const microphone = new LocalAudioTrack(source.createTrack(), undefined, true);
  await browser.localParticipant.publishTrack(microphone, { source: Track.Source.Microphone });
  let n = 0;
  const timer = setInterval(() => {
    const samples = Int16Array.from({ length: 480 }, () => 9000 * Math.sin((2 * Math.PI * 440 * n++) / 48_000));
    source.onData({ samples, sampleRate: 48_000, bitsPerSample: 16, channelCount: 1, numberOfFrames: 480 });
  }, 10);
  atEnd(t, () => clearInterval(timer));

  assert.equal(await heardByBrowser, 800);
  assert.equal((await hearTone(await subscribed(rust, 'browser'))).hz, 440);

  const text = new Promise((resolve) => rust.registerTextStreamHandler('lk.chat', async (reader) => resolve(await reader.readAll())));
  await browser.localParticipant.sendText('hello', { topic: 'lk.chat' });
  assert.equal(await text, 'hello');
  browser.registerRpcMethod('double', async ({ payload }) => String(2 * Number(payload)));
  assert.equal(await rust.localParticipant.performRpc({ destinationIdentity: 'browser', method: 'double', payload: '4' }), '8');
  await tone.stop();
});
