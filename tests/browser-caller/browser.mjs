// Finds a Chromium that is installed and starts it with a file in place of the microphone.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

// `profile` is thrown away by the caller: a remembered permission or a cached page would make runs differ.
export async function openBrowser({ chromium: path = process.env.CHROMIUM, show, microphone, profile }) {
  const executablePath = path ?? found();
  if (!executablePath) throw new Error(`no browser found: none of ${NAMES.join(', ')} is on the PATH; give --chromium PATH`);
  try {
    return await chromium.launchPersistentContext(profile, {
      executablePath,
      headless: !show,
      viewport: { width: 1000, height: 760 },
      // Nobody but root runs in many containers, and there Chromium's sandbox cannot start.
      chromiumSandbox: process.getuid?.() !== 0,
      args: [
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        // noloop: said once, silence afterwards.
        `--use-file-for-fake-audio-capture=${microphone}%noloop`,
        '--autoplay-policy=no-user-gesture-required',
        // Chromium leaves 127.0.0.1 out of its candidates; a server that listens only there needs it.
        '--allow-loopback-in-peer-connection',
        '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic',
      ],
    });
  } catch (error) {
    throw new Error(`${executablePath} did not start: ${error.message.split('\n')[0]}`, { cause: error });
  }
}

function found() {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of NAMES) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // not this one
      }
    }
  }
  return undefined;
}
