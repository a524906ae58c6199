// The command line, checked: what is wrong is said at once and all together.

import { parseArgs } from 'node:util';
import { Tokens } from '../livekit-test-server/tokens.mjs';

export const USAGE = `node run.mjs --url ws://host:port (--token TOKEN | --key KEY --secret SECRET --room ROOM) [options]
  --in FILE.wav[@S]     said S seconds after the microphone opens (1); may be given again, later files after earlier ones
  --chat TEXT[@S]       sent on lk.chat S seconds after the microphone opens (1); may be given again
  --seconds S           how long the call lasts at most (30)
  --answers N           hang up when the agent has spoken N times, and miss it if it has not
  --end-silence MS      so much silence ends a voice; shorter pauses are within it (800)
  --out DIR             for heard.wav and screenshot.png (out)
  --identity ID         with --key: who calls (browser-caller)
  --agent NAME          with --key: the agent that the token asks for; without, whichever the server sends
  --no-processing       microphone without echo cancellation, noise suppression and gain control
  --chromium PATH       which browser; else $CHROMIUM, else the first of chromium, google-chrome, … on the PATH
  --show                with a window
  --serve [--port P]    only serve the page and print its address, for a person with a browser
  --verbose             the page's console errors, on stderr
  --help
Prints one JSON event a line. Exit code 0: the agent was heard; 1: it was not; 2: the call could not begin.`;

// The token stands in the page's address; after this it is of no use to anybody who finds it there.
const TOKEN_TTL_S = 3600;

export function optionsOf(args) {
  const text = { type: 'string' };
  const many = { type: 'string', multiple: true };
  const flag = { type: 'boolean' };
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        url: text, token: text, key: text, secret: text, room: text, identity: text, agent: text, in: many, chat: many, seconds: text,
        answers: text, 'end-silence': text, out: text, chromium: text, port: text, 'no-processing': flag, show: flag, serve: flag,
        verbose: flag, help: flag,
      },
    }));
  } catch (error) {
    throw new Error(`${error.message}\n${USAGE}`);
  }
  if (values.help) return { help: true };

  const wrong = [];
  const number = (name, fallback) => {
    const value = values[name] === undefined ? fallback : Number(values[name]);
    if (value !== undefined && !(value >= 0)) wrong.push(`--${name} ${values[name]} is not a number`);
    return value;
  };
  const options = {
    url: values.url,
    token: values.token,
    in: (values.in ?? []).map(timed).map(({ what, atSeconds }) => ({ path: what, atSeconds })),
    chat: (values.chat ?? []).map(timed).map(({ what, atSeconds }) => ({ text: what, atSeconds })),
    seconds: number('seconds', 30),
    answers: number('answers', undefined),
    endSilenceMs: number('end-silence', 800),
    port: number('port', 0),
    out: values.out ?? 'out',
    chromium: values.chromium,
    processing: !values['no-processing'],
    show: values.show ?? false,
    serve: values.serve ?? false,
    verbose: values.verbose ?? false,
  };
  if (!options.token && values.key && values.secret && values.room) options.token = tokenOf(values);
  // A person can fill in the page's form instead.
  if (!options.url && !options.serve) wrong.push('--url is missing');
  if (!options.token && !options.serve) wrong.push('--token is missing, or --key, --secret and --room to make one');
  if (options.url && !/^(wss?|https?):\/\//.test(options.url)) wrong.push(`--url ${options.url} does not begin with ws:// or wss://`);
  if (wrong.length > 0) throw new Error(`${wrong.join('\n')}\n\n${USAGE}`);
  return options;
}

function timed(value) {
  const found = /^(.+)@([\d.]+)$/s.exec(value);
  return found ? { what: found[1], atSeconds: Number(found[2]) } : { what: value, atSeconds: 1 };
}

function tokenOf({ key, secret, room, identity = 'browser-caller', agent }) {
  const claims = { sub: identity, name: identity, video: { roomJoin: true, room, canPublish: true, canSubscribe: true, canPublishData: true } };
  if (agent) claims.roomConfig = { agents: [{ agentName: agent }] };
  return new Tokens({ key, secret }).sign(claims, TOKEN_TTL_S);
}
