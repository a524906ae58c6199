import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { AccessToken, WebhookReceiver } from 'livekit-server-sdk';
import { WebSocket } from 'ws';
import { KEY, SECRET, startServer } from './harness.mjs';

const validate = async (server, token) => {
  const response = await fetch(`${server.http}/rtc/validate?access_token=${token}`);
  return { status: response.status, text: await response.text(), cors: response.headers.get('access-control-allow-origin') };
};

// The status with which an upgrade is answered.
const upgrade = (server, path, token) => new Promise((resolve) => {
  const socket = new WebSocket(`${server.url}${path}`, { headers: token ? { authorization: `Bearer ${token}` } : {} });
  socket.on('open', () => { socket.terminate(); resolve(101); });
  socket.on('unexpected-response', (_request, response) => { resolve(response.statusCode); });
  socket.on('error', () => undefined);
});

const signed = (grant, { secret = SECRET, key = KEY, ...options } = {}) => {
  const token = new AccessToken(key, secret, { identity: 'ann', ...options });
  token.addGrant(grant);
  return token.toJwt();
};

test('A token that is right is let in, and browsers may read that', async (t) => {
  const server = await startServer(t);

  assert.deepEqual(await validate(server, await server.token('ann')), { status: 200, text: 'success', cors: '*' });
});

test('A token that is wrong is turned away, each for its reason', async (t) => {
  const server = await startServer(t);
  const join = { roomJoin: true, room: 'room' };
  const cases = {
    'signature does not match': await signed(join, { secret: `${SECRET}x` }),
    'unknown API key': await signed(join, { key: 'other' }),
    'token is expired': await signed(join, { ttl: -120 }),
    'permissions denied': await signed({ room: 'room' }),
    'no token, or not a JWT': 'nonsense',
  };

  for (const [text, token] of Object.entries(cases)) assert.deepEqual(await validate(server, token), { status: 401, text, cors: '*' });
});

test('A token that says it needs no signature is turned away', async (t) => {
  const server = await startServer(t);
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: KEY, sub: 'ann', exp: Math.floor(Date.now() / 1000) + 60, video: { roomJoin: true, room: 'room' } };

  const { status } = await validate(server, `${part({ alg: 'none' })}.${part(claims)}.`);

  assert.equal(status, 401);
});

test('Sockets are let in by what their token grants', async (t) => {
  const server = await startServer(t);
  const caller = await server.token('ann');
  const worker = await signed({ agent: true });

  assert.equal(await upgrade(server, '/rtc', caller), 101);
  assert.equal(await upgrade(server, '/agent', worker), 101);
  assert.equal(await upgrade(server, '/agent', caller), 401);
  assert.equal(await upgrade(server, '/rtc', worker), 401);
  assert.equal(await upgrade(server, '/rtc'), 401);
  assert.equal(await upgrade(server, '/rtc/v1', caller), 404);
});

test('Rooms are not made by joining when that is switched off', async (t) => {
  const server = await startServer(t, '--no-auto-create');

  assert.equal((await validate(server, await server.token('ann'))).status, 404);
});

test('A fault answers an upgrade with the status asked for, as often as asked for', async (t) => {
  const server = await startServer(t);
  const token = await server.token('ann');
  await server.post('rules', { at: 'upgrade', what: '/rtc', status: 503, times: 2 });

  const statuses = [await upgrade(server, '/rtc', token), await upgrade(server, '/rtc', token), await upgrade(server, '/rtc', token)];

  assert.deepEqual(statuses, [503, 503, 101]);
});

test('Webhooks are posted in order and pass the check of another implementation', async (t) => {
  const receiver = new WebhookReceiver(KEY, SECRET);
  const events = [];
  const http = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    events.push((await receiver.receive(body, request.headers.authorization)).event);
    response.end();
  });
  await new Promise((resolve) => { http.listen(0, '127.0.0.1', resolve); });
  t.after(() => http.close());
  const server = await startServer(t, '--webhook', `http://127.0.0.1:${http.address().port}/hook`);

  assert.equal(await upgrade(server, '/rtc', await server.token('ann')), 101);
  await server.post('rooms/room/close');
  await server.wait({ type: 'webhook', event: 'room_finished', result: 200 });

  assert.deepEqual(events, ['room_started', 'participant_joined', 'participant_left', 'room_finished']);
});

test('It ends with the process that started it', { timeout: 10_000 }, async (t) => {
  const child = spawn(process.execPath, ['server.mjs', '--key', KEY, '--secret', SECRET, '--exit-with-stdin'], { cwd: new URL('..', import.meta.url), stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => child.kill());
  await once(child.stdout, 'data');

  child.stdin.end();

  assert.deepEqual(await once(child, 'exit'), [0, null]);
});
