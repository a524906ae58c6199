import { stt } from '@livekit/agents';
import { STT, STTv2 } from '@livekit/agents-plugin-deepgram';
import { frames, quiet } from './livekit.mjs';
import { key, report, url } from './report.mjs';

quiet();
const address = url.replace(/^http/, 'ws');

// Hears the tone until the event of the given type, and ends then: what is heard of a stream that ends before its socket is open is lost.
async function listen(listener, last) {
  const stream = listener.stream();
  for (const frame of frames()) {
    stream.pushFrame(frame);
  }
  stream.flush();
  const got = [];
  for await (const event of stream) {
    if (event.type !== stt.SpeechEventType.RECOGNITION_USAGE) {
      got.push([stt.SpeechEventType[event.type], event.alternatives?.[0]?.text ?? '']);
    }
    if (event.type === last) {
      break;
    }
  }
  stream.close();
  return got;
}

await report({
  nova: () => listen(new STT({ apiKey: key, baseUrl: address, model: 'nova-3', language: 'en' }), stt.SpeechEventType.FINAL_TRANSCRIPT),
  flux: () => listen(new STTv2({ apiKey: key, endpointUrl: address + '/v2/listen', model: 'flux-general-en' }), stt.SpeechEventType.INTERIM_TRANSCRIPT),
});
