// A call from a real browser, without a person: Chromium joins the room, speaks WAV files, and what its page heard is kept.
// Exit code 0: the agent was heard (as often as asked for); 1: it was not, or the call broke; 2: it could not begin.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWav } from '../livekit-test-server/caller/wav.mjs';
import { openBrowser } from './browser.mjs';
import { Listener } from './listener.mjs';
import { writeMicrophone } from './microphone.mjs';
import { USAGE, optionsOf } from './options.mjs';
import { Site } from './site.mjs';

// Longer than livekit-client itself tries (15 s for the socket, 15 s for the media): its own error is the better one.
const CONNECT_TIMEOUT_MS = 40_000;
const LOOK_MS = 50;

const print = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);
const withoutToken = (text) => text.replace(/access_token=[^&\s']*/g, 'access_token=…');
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

async function serve(options) {
  const site = await Site.open(options.port);
  process.stdout.write(`${site.pageFor(options)}\nopen it in a browser; Ctrl+C ends it\n`);
  await new Promise((resolve) => { process.once('SIGINT', resolve).once('SIGTERM', resolve); });
  await site.close();
  return 0;
}

async function call(options) {
  const work = mkdtempSync(join(tmpdir(), 'browser-caller-'));
  const microphone = join(work, 'microphone.wav');
  const listener = new Listener({ endSilenceMs: options.endSilenceMs, print });
  let site;
  let browser;
  try {
    const spokenS = writeMicrophone(microphone, options.in);
    mkdirSync(options.out, { recursive: true });
    site = await Site.open(options.port);
    browser = await openBrowser({ chromium: options.chromium, show: options.show, microphone, profile: join(work, 'profile') });
    return await talk(options, browser, site, listener, spokenS);
  } finally {
    await browser?.close();
    await site?.close();
    rmSync(work, { recursive: true, force: true });
  }
}

async function talk(options, browser, site, listener, spokenS) {
  const state = { connected: false, over: false };
  const page = await browser.newPage({ viewport: { width: 1000, height: 760 } });
  page.on('pageerror', (error) => print({ event: 'error', where: 'page', message: error.message }));
  page.on('console', (message) => {
    if (message.type() === 'error' && options.verbose) process.stderr.write(`page: ${withoutToken(message.text())}\n`);
  });
  await page.exposeFunction('runnerAudio', (base64, t) => listener.take(Buffer.from(base64, 'base64'), t));
  await page.exposeFunction('runnerEvent', (event) => {
    print(event);
    if (event.event === 'microphone') state.connected = true;
    if (event.event === 'disconnected' || event.event === 'failed') state.over = true;
  });
  await page.goto(site.pageFor({ ...options, join: true }));

  const patience = Date.now() + CONNECT_TIMEOUT_MS;
  while (!state.connected && !state.over && Date.now() < patience) await pause(LOOK_MS);
  if (state.connected) await stay(options, page, listener, state, spokenS);

  // A full document: transcripts of a long call would end below the fold.
  await page.screenshot({ path: join(options.out, 'screenshot.png'), fullPage: true });
  await page.evaluate(() => globalThis.leave?.());
  listener.end();
  writeWav(join(options.out, 'heard.wav'), listener.rate, listener.heard());
  const agentSpoke = listener.agent.voices.length;
  const missing = [];
  if (!state.connected) missing.push('connection');
  else if (agentSpoke < Math.max(1, options.answers ?? 1)) missing.push(agentSpoke === 0 ? 'agent' : `answer ${agentSpoke + 1} of ${options.answers}`);
  print({ event: 'done', agentSpoke, missing, heardFrom: listener.beganAt, out: options.out });
  return missing.length === 0 ? 0 : 1;
}

// Until the time is up, the call is over, or the agent has spoken often enough and all that is to be said has been.
async function stay({ seconds, answers, chat }, page, listener, state, spokenS) {
  const began = performance.now();
  const chats = [...chat].sort((a, b) => a.atSeconds - b.atSeconds);
  for (;;) {
    const t = (performance.now() - began) / 1000;
    while (chats.length > 0 && chats[0].atSeconds <= t) await page.evaluate((text) => globalThis.sendChat(text), chats.shift().text);
    if (state.over || t > seconds) return;
    const { voices, isSpeaking } = listener.agent;
    if (answers && voices.length >= answers && !isSpeaking && t > spokenS && chats.length === 0) return;
    await pause(LOOK_MS);
  }
}

async function main() {
  const options = optionsOf(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  return options.serve ? serve(options) : call(options);
}

main().then((code) => process.exit(code), (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
});
