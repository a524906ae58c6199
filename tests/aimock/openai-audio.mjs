// OpenAI's own client against our fake of OpenAI's audio: node openai-audio.mjs base-url key utterance.wav
// Prints one JSON object of what the client understood; a fake that it does not understand is a broken fake.
import { createReadStream } from 'node:fs'
import OpenAI, { APIError } from 'openai'

const [baseURL, apiKey, wav] = process.argv.slice(2)
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 })

const failure = async work => {
  try {
    await work()
    return null
  } catch (error) {
    if (!(error instanceof APIError)) throw error
    return { kind: error.constructor.name, status: error.status, code: error.code }
  }
}
const transcribe = more => client.audio.transcriptions.create({ file: createReadStream(wav), ...more })
const bytesOf = async more => (await client.audio.speech.create({ model: 'gpt-4o-mini-tts', voice: 'alloy', input: 'Hello there.', ...more })).arrayBuffer()

const models = []
for await (const model of client.models.list()) models.push(model.id)
const pcm = await bytesOf({ response_format: 'pcm', instructions: 'calm' })
const riff = await bytesOf({ response_format: 'wav', speed: 1.5 })

console.log(JSON.stringify({
  models,
  json: await transcribe({ model: 'gpt-transcribe' }),
  verbose: await transcribe({ model: 'whisper-1', response_format: 'verbose_json', timestamp_granularities: ['segment', 'word'], language: 'en' }),
  pcmBytes: pcm.byteLength,
  riff: Buffer.from(riff.slice(0, 4)).toString(),
  noModel: await failure(() => transcribe({ model: 'whisper-9' })),
  noFormat: await failure(() => transcribe({ model: 'gpt-transcribe', response_format: 'verbose_json' })),
  noKey: await failure(() => new OpenAI({ baseURL, apiKey: 'wrong', maxRetries: 0 }).models.list()),
  noInstructions: await failure(() => bytesOf({ model: 'tts-1', response_format: 'pcm', instructions: 'calm' })),
  noVoice: await failure(() => client.audio.speech.create({ model: 'tts-1', input: 'Hello.', response_format: 'pcm' })),
}))
