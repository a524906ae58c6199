import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { JobStatus, JobType, WorkerStatus } from '@livekit/protocol';
import { ParticipantKind, Room, dispose } from '@livekit/rtc-node';
import { AgentDispatchClient, RoomServiceClient, TokenVerifier } from 'livekit-server-sdk';
import { join } from './clients.mjs';
import { KEY, SECRET, atEnd, startServer } from './harness.mjs';
import { ScriptedWorker } from './scripted-worker.mjs';

after(() => dispose());

const rooms = (server) => new RoomServiceClient(server.http, KEY, SECRET);
const dispatches = (server) => new AgentDispatchClient(server.http, KEY, SECRET);
const jobs = async (server) => (await server.state()).jobs;

test('A worker without a name gets the job of a room that is made, and its agent joins with the token', async (t) => {
  const server = await startServer(t);
  const worker = await ScriptedWorker.connect(t, server);
  const caller = await join(t, server, 'ann');

  const { job, token } = await worker.take({ participantAttributes: { colour: 'red' } });
  const agent = new Room();
  await agent.connect(server.url, token, { autoSubscribe: true, dynacast: false });
  atEnd(t, () => agent.disconnect());
  const seen = [...caller.remoteParticipants.values()][0] ?? (await new Promise((resolve) => { caller.once('participantConnected', resolve); }));

  assert.equal(job.room.name, 'room');
  assert.equal(job.state.status, JobStatus.JS_RUNNING);
  assert.equal(seen.identity, `agent-${job.id}`);
  assert.equal(seen.kind ?? seen.info.kind, ParticipantKind.AGENT);
  assert.deepEqual(seen.attributes, { colour: 'red', 'lk.agent_name': '' });
});

test('The token of a job says who the agent is and what it may do', async (t) => {
  const server = await startServer(t);
  const worker = await ScriptedWorker.connect(t, server);
  await rooms(server).createRoom({ name: 'room' });

  const { token } = await worker.take({ participantIdentity: 'smith', participantName: 'Agent Smith', participantMetadata: 'm' });
  const claims = await new TokenVerifier(KEY, SECRET).verify(token);

  assert.equal(claims.sub, 'smith');
  assert.equal(claims.name, 'Agent Smith');
  assert.equal(claims.metadata, 'm');
  assert.equal(claims.kind, 'agent');
  assert.deepEqual(claims.video, {
    roomJoin: true, agent: true, room: 'room', canSubscribe: true, canPublish: true, canPublishData: true, canUpdateOwnMetadata: true, hidden: false,
  });
});

test('A named worker gets no room by itself, only what is dispatched to it', async (t) => {
  const server = await startServer(t);
  const worker = await ScriptedWorker.connect(t, server, { agentName: 'smith' });
  await rooms(server).createRoom({ name: 'room' });
  await server.wait({ type: 'job_without_worker', agentName: '' });

  const dispatch = await dispatches(server).createDispatch('room', 'smith', { metadata: '{"a":1}' });
  const { job } = await worker.take();
  const [listed] = (await dispatches(server).listDispatch('room')).filter(({ agentName }) => agentName === 'smith');

  assert.equal(job.metadata, '{"a":1}');
  assert.equal(job.dispatchId, dispatch.id);
  assert.equal(listed.state.jobs[0].id, job.id);
  assert.equal((await jobs(server)).length, 1);
});

test('A dispatch makes its room, without the automatic one', async (t) => {
  const server = await startServer(t);
  const worker = await ScriptedWorker.connect(t, server, { agentName: 'smith' });

  await dispatches(server).createDispatch('new', 'smith');
  const { job } = await worker.take();

  assert.equal(job.room.name, 'new');
  assert.equal((await dispatches(server).listDispatch('new')).length, 1);
});

test('The agents that a token asks for are dispatched as its bearer makes the room', async (t) => {
  const server = await startServer(t);
  const worker = await ScriptedWorker.connect(t, server, { agentName: 'smith' });
  const { RoomConfiguration, RoomAgentDispatch, AccessToken } = await import('livekit-server-sdk');
  const token = new AccessToken(KEY, SECRET, { identity: 'ann' });
  token.addGrant({ roomJoin: true, room: 'configured' });
  token.roomConfig = new RoomConfiguration({ metadata: 'from the token', agents: [new RoomAgentDispatch({ agentName: 'smith', metadata: 'hello' })] });
  const caller = new Room();
  await caller.connect(server.url, await token.toJwt(), { autoSubscribe: true, dynacast: false });
  atEnd(t, () => caller.disconnect());

  const { job } = await worker.take();

  assert.equal(job.metadata, 'hello');
  assert.equal(job.room.metadata, 'from the token');
});

test('A worker for participants gets a job for each caller, none for an agent', async (t) => {
  const server = await startServer(t);
  const worker = await ScriptedWorker.connect(t, server, { type: JobType.JT_PARTICIPANT });

  await join(t, server, 'ann');
  const first = await worker.take();
  await join(t, server, 'agent', { kind: 'agent' });
  await join(t, server, 'bob');
  const second = await worker.take();

  assert.deepEqual([first.job.participant.identity, second.job.participant.identity], ['ann', 'bob']);
  assert.equal((await jobs(server)).length, 2);
});

test('A job that one worker rejects goes to the next', async (t) => {
  const server = await startServer(t);
  const workers = [await ScriptedWorker.connect(t, server), await ScriptedWorker.connect(t, server)];
  await rooms(server).createRoom({ name: 'room' });

  const { worker: asked } = await server.wait({ type: 'job_offered' });
  const first = workers.find(({ id }) => id === asked);
  const { job } = await first.next('availability');
  first.send('availability', { jobId: job.id, available: false });
  const { job: assigned } = await workers.find((worker) => worker !== first).take();

  assert.equal(assigned.id, job.id);
});

test('A job that all reject has failed', async (t) => {
  const server = await startServer(t);
  const worker = await ScriptedWorker.connect(t, server);
  await rooms(server).createRoom({ name: 'room' });

  const { job } = await worker.next('availability');
  worker.send('availability', { jobId: job.id, available: false });

  assert.equal((await server.wait({ type: 'job_status', job: job.id })).status, 'JS_FAILED');
});

test('A worker that does not answer costs the job', async (t) => {
  const server = await startServer(t, '--availability-timeout-ms', '200');
  const [silent] = [await ScriptedWorker.connect(t, server)];
  await rooms(server).createRoom({ name: 'room' });
  const { job } = await silent.next('availability');

  const { status, error } = await server.wait({ type: 'job_status', job: job.id });

  assert.deepEqual([status, error], ['JS_FAILED', 'assignment timed out']);
});

test('A worker that is full is not asked', async (t) => {
  const server = await startServer(t);
  const worker = await ScriptedWorker.connect(t, server);
  worker.send('updateWorker', { status: WorkerStatus.WS_FULL, load: 1 });
  await server.wait({ type: 'worker_updated' });

  await rooms(server).createRoom({ name: 'room' });

  await server.wait({ type: 'job_without_worker' });
  assert.deepEqual(await jobs(server), []);
});

test('What a worker reports of its job is kept, and a ping is answered', async (t) => {
  const server = await startServer(t);
  const worker = await ScriptedWorker.connect(t, server);
  await rooms(server).createRoom({ name: 'room' });
  const { job } = await worker.take();

  worker.send('updateJob', { jobId: job.id, status: JobStatus.JS_RUNNING });
  worker.send('updateJob', { jobId: job.id, status: JobStatus.JS_FAILED, error: 'no voice' });
  worker.send('migrateJob', { jobIds: [job.id] });
  worker.send('ping', { timestamp: 7n });

  assert.equal((await worker.next('pong')).lastTimestamp, 7n);
  const [kept] = await jobs(server);
  assert.deepEqual([kept.status, kept.error], ['JS_FAILED', 'no voice']);
  assert.deepEqual(kept.reports.map(({ status }) => status), ['JS_RUNNING', 'JS_FAILED']);
  assert.deepEqual((await server.wait({ type: 'worker_migrate' })).jobs, [job.id]);
});

test('An agent that leaves its room ends its job', async (t) => {
  const server = await startServer(t);
  const worker = await ScriptedWorker.connect(t, server);
  await join(t, server, 'ann');
  const { job, token } = await worker.take();
  const agent = new Room();
  await agent.connect(server.url, token, { autoSubscribe: true, dynacast: false });

  await agent.disconnect();

  assert.equal((await worker.next('termination')).jobId, job.id);
  assert.equal((await jobs(server))[0].error, 'agent worker left the room');
});

test('Deleting the room, or the dispatch, ends the job', async (t) => {
  const server = await startServer(t);
  const worker = await ScriptedWorker.connect(t, server, { agentName: 'smith' });
  await dispatches(server).createDispatch('one', 'smith');
  const first = await worker.take();
  const second = await dispatches(server).createDispatch('two', 'smith');
  const { job } = await worker.take();

  await rooms(server).deleteRoom('one');
  assert.equal((await worker.next('termination')).jobId, first.job.id);
  await dispatches(server).deleteDispatch(second.id, 'two');
  assert.equal((await worker.next('termination')).jobId, job.id);
});

test('A simulated job goes to the worker that asked for it', async (t) => {
  const server = await startServer(t);
  const worker = await ScriptedWorker.connect(t, server, { agentName: 'smith' });

  worker.send('simulateJob', { type: JobType.JT_ROOM, room: { name: 'pretended' } });

  assert.equal((await worker.take()).job.room.name, 'pretended');
});

test('On command an assignment never comes, comes late, or carries a token nobody takes', async (t) => {
  const server = await startServer(t);
  const worker = await ScriptedWorker.connect(t, server);
  await server.post('rules', { at: 'agent', what: 'assignment', drop: true, times: 1 });
  await server.post('rules', { at: 'agent', what: 'assignment', delayMs: 400, times: 1 });
  await server.post('rules', { at: 'agent', what: 'assignment', forge: true, times: 1 });
  const create = (name) => rooms(server).createRoom({ name });

  await create('never');
  const { job } = await worker.next('availability');
  worker.send('availability', { jobId: job.id, available: true });
  await assert.rejects(worker.next('assignment', 600), /no assignment/);
  await create('late');
  const before = performance.now();
  assert.equal((await worker.take()).job.room.name, 'late');
  assert.ok(performance.now() - before >= 350);
  await create('forged');
  const { token } = await worker.take();
  await assert.rejects(new TokenVerifier(KEY, SECRET).verify(token));
});

test('Nothing overtakes a message that was told to wait', async (t) => {
  const server = await startServer(t);
  const worker = await ScriptedWorker.connect(t, server);
  await server.post('rules', { at: 'agent', what: 'pong', delayMs: 300, times: 1 });

  worker.send('ping', { timestamp: 1n });
  worker.send('ping', { timestamp: 2n });

  const pongs = [await worker.next('pong'), await worker.next('pong')];
  assert.deepEqual(pongs.map(({ lastTimestamp }) => lastTimestamp), [1n, 2n]);
});

test('A worker is thrown out when it does not register, or registers as what cannot be', async (t) => {
  const server = await startServer(t, '--register-timeout-ms', '200');

  const silent = await ScriptedWorker.open(t, server);
  await silent.closed;
  const odd = await ScriptedWorker.open(t, server);
  odd.send('register', { deployment: 'not_allowed' });
  await odd.closed;
  const early = await ScriptedWorker.open(t, server);
  early.send('ping', { timestamp: 1n });
  await early.closed;

  const refused = await server.control('GET', 'journal?type=worker_refused');
  assert.deepEqual(refused.map(({ message }) => message), ['not registered in time', 'bad deployment', 'first message is ping, not register']);
});
