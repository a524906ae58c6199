import { ElevenLabsClient } from '@elevenlabs/elevenlabs-js';
import { bytes, key, report, url } from './report.mjs';

const client = new ElevenLabsClient({ apiKey: key, baseUrl: url, environment: url, maxRetries: 0 });
const stranger = new ElevenLabsClient({ apiKey: 'wrong', baseUrl: url, environment: url, maxRetries: 0 });
const voice = 'JBFqnCBsd6RMkjVDRZzb';

await report({
  user: async () => (await client.user.get()).subscription.characterLimit,
  models: async () => (await client.models.list()).map((model) => [model.modelId, model.canDoTextToSpeech]),
  voices: async () => {
    const first = await client.voices.search({ pageSize: 100 });
    const second = await client.voices.search({ pageSize: 100, nextPageToken: first.nextPageToken });
    return [...first.voices, ...second.voices].map((found) => found.voiceId);
  },
  voice: async () => (await client.voices.get(voice)).name,
  stream: async () => await bytes(await client.textToSpeech.stream(voice, { text: 'Hello there.', modelId: 'eleven_flash_v2_5', outputFormat: 'pcm_24000' })),
  refusal: async () => {
    try {
      return await stranger.user.get();
    } catch (error) {
      return [error.constructor.name, error.statusCode, error.body?.detail?.status];
    }
  },
});
