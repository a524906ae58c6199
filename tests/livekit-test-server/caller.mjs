// A caller whose WebRTC nobody here wrote: speaks WAV files into a room and records what the agent says.
// Exit code 0: everything it waited for came; 1: something did not; 2: it could not begin.

import './caller/log-to-stderr.mjs';
import { parseArgs } from 'node:util';
import { dispose } from '@livekit/rtc-node';
import { Call } from './caller/call.mjs';
import { RATE } from './caller/ear.mjs';
import { writeWav } from './caller/wav.mjs';

const USAGE = `node caller.mjs --url ws://host:port --token TOKEN [--in question.wav[@seconds] …] [--out heard.wav] [--json]
  --in FILE               said when the agent has finished; FILE@12.5: said 12.5 s after the start instead
  --interrupt-after S     the last --in is said S seconds after the agent began to answer the one before
  --no-greeting           do not wait for the agent to speak first
  --end-silence MS        the agent has finished after so much silence (800)
  --agent-timeout S       for the agent's track to come (20)
  --answer-timeout S      for an answer to begin, and to end (30)
  --stay S                stay after the last answer (0.5)
  --stdin                 each line is another file to say, or "keys 12#" to press; stay until stdin ends, or the room does`;

function optionsOf(args) {
  const text = { type: 'string' };
  const { values } = parseArgs({
    args,
    options: {
      url: text, token: text, in: { type: 'string', multiple: true }, out: text, json: { type: 'boolean' }, 'interrupt-after': text,
      'no-greeting': { type: 'boolean' }, 'end-silence': text, 'agent-timeout': text, 'answer-timeout': text, stay: text,
      stdin: { type: 'boolean' },
    },
  });
  if (!values.url || !values.token) throw new Error('--url and --token are needed');
  const number = (name, fallback) => (values[name] === undefined ? fallback : Number(values[name]));
  return {
    url: values.url,
    token: values.token,
    in: (values.in ?? []).map((value) => {
      const timed = /^(.+)@([\d.]+)$/.exec(value);
      return timed ? { path: timed[1], atSeconds: Number(timed[2]) } : { path: value };
    }),
    out: values.out,
    json: values.json ?? false,
    greeting: !values['no-greeting'],
    interruptAfterS: number('interrupt-after', undefined),
    endSilenceMs: number('end-silence', 800),
    agentTimeoutS: number('agent-timeout', 20),
    answerTimeoutS: number('answer-timeout', 30),
    staySeconds: number('stay', 0.5),
    stdin: values.stdin ? process.stdin : undefined,
  };
}

function printer(json) {
  if (json) return (event) => process.stdout.write(`${JSON.stringify(event)}\n`);
  return ({ t, event, ...fields }) => process.stdout.write(`${t.toFixed(3).padStart(8)}  ${event}  ${JSON.stringify(fields)}\n`);
}

async function main() {
  let options;
  try {
    options = optionsOf(process.argv.slice(2));
  } catch (error) {
    throw new Error(`${error.message}\n${USAGE}`);
  }
  const call = new Call(options, printer(options.json));
  await call.run();
  if (options.out) writeWav(options.out, RATE, call.ear.recording());
  await dispose();
  return call.missing.length === 0 ? 0 : 1;
}

main().then((code) => process.exit(code), (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
});
