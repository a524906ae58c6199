import { TTS } from '@livekit/agents-plugin-elevenlabs';
import { heard, quiet, spoken } from './livekit.mjs';
import { key, report, url } from './report.mjs';

quiet();
const speech = new TTS({ apiKey: key, baseURL: url + '/v1', voiceId: 'JBFqnCBsd6RMkjVDRZzb', model: 'eleven_flash_v2_5', encoding: 'pcm_16000' });

await report({
  socket: () => spoken(speech.stream(), 'Hello there, my friend. What can I do for you today?'),
  // On the same connection.
  again: () => spoken(speech.stream(), 'Yes, of course.'),
  http: () => heard(speech.synthesize('Hello there.')),
});
