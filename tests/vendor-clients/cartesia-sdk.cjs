// CommonJS: the module build of this client looks for another package.
const Cartesia = require('@cartesia/cartesia-js').default;

(async () => {
  const { key, report, url } = await import('./report.mjs');
  const client = new Cartesia({ apiKey: key, baseURL: url, maxRetries: 0 });
  const stranger = new Cartesia({ apiKey: 'wrong', baseURL: url, maxRetries: 0 });
  const format = { container: 'raw', encoding: 'pcm_s16le', sample_rate: 24000 };

  await report({
    voices: async () => {
      const ids = [];
      for await (const voice of client.voices.list()) {
        ids.push(voice.id);
      }
      return ids;
    },
    bytes: async () => {
      const answer = await client.tts.generate({
        model_id: 'sonic-3.5', transcript: 'Hello there.', voice: 'e07c00bc-4134-4eae-9ea4-1a55fb45746b', output_format: format,
      });
      return (await answer.arrayBuffer()).byteLength;
    },
    refusal: async () => {
      try {
        return await stranger.voices.list();
      } catch (error) {
        return [error.constructor.name, error.status, error.error?.error_code];
      }
    },
  });
})();
