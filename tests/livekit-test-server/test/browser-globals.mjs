// What livekit-client expects of a browser, of libwebrtc in @roamhq/wrtc. To be imported before livekit-client.

import wrtc from '@roamhq/wrtc';
import { WebSocket } from 'ws';

const names = [
  'RTCPeerConnection', 'RTCSessionDescription', 'RTCIceCandidate', 'RTCRtpSender', 'RTCRtpReceiver', 'RTCRtpTransceiver', 'RTCDataChannel',
  'MediaStream', 'MediaStreamTrack',
];
for (const name of names) globalThis[name] = wrtc[name];
globalThis.WebSocket = WebSocket;
globalThis.window ??= globalThis;
globalThis.navigator ??= { userAgent: 'test', mediaDevices: { addEventListener: () => undefined, removeEventListener: () => undefined } };
globalThis.addEventListener ??= () => undefined;
globalThis.removeEventListener ??= () => undefined;
globalThis.requestAnimationFrame ??= (then) => setTimeout(then, 16);
globalThis.cancelAnimationFrame ??= clearTimeout;
wrtc.MediaStreamTrack.prototype.getConstraints ??= () => ({});
wrtc.MediaStreamTrack.prototype.getSettings ??= () => ({});

export const { RTCAudioSink, RTCAudioSource } = wrtc.nonstandard;
