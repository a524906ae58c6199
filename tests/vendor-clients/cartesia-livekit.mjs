import { TTS } from '@livekit/agents-plugin-cartesia';
import { quiet, spoken } from './livekit.mjs';
import { key, report, url } from './report.mjs';

quiet();
const speech = new TTS({ apiKey: key, baseUrl: url, model: 'sonic-3.5', sampleRate: 24000 });

await report({
  socket: () => spoken(speech.stream(), 'Hello there, my friend. What can I do for you today?'),
  again: () => spoken(speech.stream(), 'Yes, of course.'),
});
