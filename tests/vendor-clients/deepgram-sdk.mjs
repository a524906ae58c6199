import { DeepgramClient } from '@deepgram/sdk';
import { bytes, key, report, url } from './report.mjs';
import { tone } from './tone.mjs';

const client = new DeepgramClient({ apiKey: key, baseUrl: url });

// Sends the audio once the socket is open, and gives every message until the close.
async function listen(socket, finish) {
  const messages = [];
  const over = new Promise((resolve, reject) => {
    socket.on('message', (message) => messages.push(message));
    socket.on('close', resolve);
    socket.on('error', reject);
  });
  socket.connect();
  await socket.waitForOpen();
  for (const samples of tone()) {
    socket.sendMedia(samples.buffer);
  }
  finish(socket);
  await over;
  return messages;
}

await report({
  projects: async () => (await client.manage.v1.projects.list()).projects.map((project) => project.project_id),
  models: async () => (await client.manage.v1.models.list()).stt.map((model) => model.canonical_name),
  nova: async () => {
    const socket = await client.listen.v1.createConnection({
      model: 'nova-3', language: 'en', encoding: 'linear16', sample_rate: 16000, channels: 1, interim_results: true, endpointing: 300, reconnectAttempts: 0,
    });
    const messages = await listen(socket, (open) => {
      open.sendKeepAlive({ type: 'KeepAlive' });
      open.sendFinalize({ type: 'Finalize' });
      open.sendCloseStream({ type: 'CloseStream' });
    });
    return {
      types: [...new Set(messages.map((message) => message.type))],
      finals: messages.filter((message) => message.is_final).map((message) => message.channel.alternatives[0].transcript),
    };
  },
  flux: async () => {
    const socket = await client.listen.v2.createConnection({ model: 'flux-general-en', encoding: 'linear16', sample_rate: 16000, reconnectAttempts: 0 });
    const messages = await listen(socket, (open) => open.sendCloseStream({ type: 'CloseStream' }));
    return { types: [...new Set(messages.map((message) => message.type))], events: [...new Set(messages.map((message) => message.event).filter(Boolean))] };
  },
  speak: async () => {
    const answer = await client.speak.v1.audio.generate({ text: 'Hello there.', model: 'aura-2-thalia-en', encoding: 'linear16', container: 'none', sample_rate: 24000 });
    return await bytes(answer.stream());
  },
});
