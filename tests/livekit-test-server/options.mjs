// What can be set when the server is started, and what it does when nothing is. The times are the real server's, except
// where a comment says otherwise.

import { parseArgs } from 'node:util';

const NUMBERS = {
  port: 0,
  controlPort: 0,
  pingIntervalS: 5,
  pingTimeoutS: 15,
  emptyTimeoutS: 300,
  departureTimeoutS: 20,
  registerTimeoutMs: 10_000,
  availabilityTimeoutMs: 10_000,
  dispatchGraceMs: 3000,
  // How long a lost client may take to come back. The real server watches its media instead.
  resumeGraceMs: 10_000,
  seed: 1,
};
const TEXTS = { host: '127.0.0.1', key: '', secret: '', webhook: '' };
const MIN_SECRET_LENGTH = 32;

const flag = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export class OptionsError extends Error {}

export function optionsFrom(args) {
  const names = Object.fromEntries([...Object.keys(NUMBERS), ...Object.keys(TEXTS)].map((name) => [flag(name), { type: 'string' }]));
  const booleans = { 'exit-with-stdin': { type: 'boolean' }, 'no-auto-create': { type: 'boolean' }, verbose: { type: 'boolean' } };
  let values;
  try {
    ({ values } = parseArgs({ args, options: { ...names, ...booleans } }));
  } catch (error) {
    throw new OptionsError(error.message);
  }
  const given = {};
  for (const name of Object.keys(NUMBERS)) if (values[flag(name)] !== undefined) given[name] = number(name, values[flag(name)]);
  for (const name of Object.keys(TEXTS)) if (values[flag(name)] !== undefined) given[name] = values[flag(name)];
  return withDefaults({
    ...given, autoCreate: !values['no-auto-create'], verbose: values.verbose ?? false, exitWithStdin: values['exit-with-stdin'] ?? false,
  });
}

export function withDefaults(given) {
  const options = { ...NUMBERS, ...TEXTS, autoCreate: true, verbose: false, exitWithStdin: false, ...given };
  if (!options.key) throw new OptionsError('--key is missing');
  if (options.secret.length < MIN_SECRET_LENGTH) throw new OptionsError(`--secret must have at least ${MIN_SECRET_LENGTH} characters`);
  return options;
}

function number(name, text) {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new OptionsError(`--${flag(name)} is not a number: ${text}`);
  return value;
}
