// What operators have: the log, probes, profiles, and the commands that reach a running server.

import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { kPatience, runThrongd, startThrongd, until } from '../../support/throngd.mjs';
import { http } from '../lib/raw.mjs';
import { kSdks } from '../lib/sdks.mjs';

const kPassword = 'correct horse battery';
const kAccounts = { passwords: { memory_kib: 64, passes: 1 }, mails_per_account: { free: 100 } };
const kFiles = { 'server/accounts.json': JSON.stringify(kAccounts) };

/** The log alone, a line each; what the server prints for people at its start is no part of it. */
const logLines = (server) => server.output.split('\n').filter((line) => line.startsWith('{'));

describe('an operator of a running server', () => {
  let server;
  let administrator;
  let player;
  before(async () => {
    server = await startThrongd({ files: kFiles });
    const flags = ['--email', 'admin@example.org', '--role', 'administrator'];
    assert.equal((await runThrongd(server, ['account', 'create', ...flags], { input: `${kPassword}\n` })).code, 0);
    const login = { email: 'admin@example.org', password: kPassword };
    administrator = bearer((await http(server, 'POST', '/auth/login', login)).body.token);
    player = bearer((await http(server, 'POST', '/auth/anonymous', {})).body.token);
  });
  after(() => server.stop());

  const bearer = (token) => ({ authorization: `Bearer ${token}` });
  const profile = (headers, query = 'seconds=1') =>
    http(server, 'POST', `/api/v1/admin/profile?${query}`, undefined, headers);

  test('reads the log as JSON, since standard error is no terminal', () => {
    const lines = logLines(server).map((line) => JSON.parse(line));
    const serving = lines.find((line) => line.message === 'serving');
    assert.equal(serving.port, server.port);
    assert.equal(serving.level, 'info');
    assert.match(serving.time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  test('changes the log level while it runs', async () => {
    const level = async (...args) => (await runThrongd(server, ['log-level', ...args])).output.trim();
    assert.equal(await level(), 'info');
    assert.equal(await level('debug'), 'debug');
    assert.equal(await level(), 'debug');
    assert.equal(await level('info'), 'info');
    await until('the log to tell', () => logLines(server).some((line) => /log level was changed.*"to":"debug"/.test(line)));
    assert.equal((await runThrongd(server, ['log-level', 'loud'])).code, 2);
  });

  test('is told by probes how the server is', async () => {
    const health = await http(server, 'GET', '/healthz', undefined, { accept: 'application/json' });
    assert.equal(health.body.healthy, true);
    assert.ok(health.body.components['worker 0'].ok);
    const { body } = await http(server, 'GET', '/readyz');
    assert.deepEqual([body.ready, body.reasons], [true, []]);
    assert.deepEqual(Object.keys(body.components), ['store', 'content', 'presence', 'draining', 'workers']);
    assert.equal((await http(server, 'HEAD', '/readyz')).status, 200);
  });

  test('profiles the server, but nobody else does', async () => {
    assert.equal((await profile({})).status, 401);
    assert.equal((await profile(bearer('nonsense'))).status, 401);
    const refused = await profile(player);
    assert.deepEqual([refused.status, JSON.parse(refused.text).code], [403, 'not_allowed']);
    assert.equal((await profile(administrator, 'seconds=99')).status, 400);
    const made = await profile(administrator); // what is in one: tests/integration/observe
    if (made.status === 503) assert.match(made.text, /sanitizers/);
    else assert.equal(made.status, 200, made.text);
  });

  test('sees what the heap holds, but nobody else does', async () => {
    const { status, body } = await http(server, 'GET', '/api/v1/admin/memory', undefined, administrator);
    assert.equal(status, 200);
    assert.ok(body.heap.in_use_bytes >= 0); // a sanitizer's own heap is not counted; more in tests/integration/observe
    assert.equal((await http(server, 'GET', '/api/v1/admin/memory', undefined, player)).status, 403);
  });
});

test('a server ends although nobody takes its mails, and says so', async () => {
  const silent = createServer();
  const callers = [];
  silent.on('connection', (socket) => callers.push(socket.on('error', () => {})));
  await new Promise((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address();
  const mail = { from: 'Game <game@example.org>', smtp: { host: '127.0.0.1', port, user: '', security: 'none' } };
  const server = await startThrongd({ files: { 'server/accounts.json': JSON.stringify({ ...kAccounts, mail }) } });
  try {
    // Each would take half a minute.
    for (let i = 0; i < 12; ++i) {
      const newcomer = { email: `player${i}@example.org`, password: kPassword };
      assert.equal((await http(server, 'POST', '/auth/register', newcomer)).status, 200);
    }
    await until('a mail to be under way', () => callers.length > 0);
  } finally {
    await server.stop().finally(() => {
      for (const socket of callers) socket.destroy();
      silent.close();
    });
  }
  const told = logLines(server).map((line) => JSON.parse(line));
  const givenUp = told.filter((line) => line.message === 'mails were given up because the server ends');
  assert.equal(givenUp.length, 1, server.output);
  assert.ok(givenUp[0].count > 1, server.output);
});

describe('the log', () => {
  test('holds no secret, at the level debug and when mails cannot be sent', async () => {
    const smtpPassword = 'smtp-password-of-the-test';
    const mail = { from: 'Game <game@example.org>', smtp: { host: '127.0.0.1', port: 1, user: 'game', security: 'none' } };
    const server = await startThrongd({
      files: { 'server/accounts.json': JSON.stringify({ ...kAccounts, mail }) },
      environment: { THRONG_SMTP_PASSWORD: smtpPassword },
      arguments: ['--log-level', 'debug', '--log-format', 'json'],
    });
    const secrets = [smtpPassword, kPassword, 'not the password'];
    for (const sdk of kSdks) {
      const client = new sdk.Client(server.url);
      await client.auth.signOut();
      secrets.push((await client.auth.signInAnonymously()).token);
      const email = `someone-${secrets.length}@example.org`;
      secrets.push((await client.auth.registerWithEmailAndPassword(email, kPassword)).token);
      await assert.rejects(client.auth.signInWithEmailAndPassword(email, 'not the password'));
      secrets.push((await client.auth.signInWithEmailAndPassword(email, kPassword)).token);
      await client.auth.sendPasswordResetEmail(email);
      await client.auth.signOut();
    }
    await until('a mail to fail', () => logLines(server).some((line) => line.includes('mail')), 20_000 * kPatience);
    await server.stop();
    const lines = logLines(server);
    for (const line of lines) assert.doesNotThrow(() => JSON.parse(line), line);
    assert.ok(lines.some((line) => line.includes('"serving"')), 'the log is whole');
    for (const secret of secrets) assert.ok(!server.output.includes(secret), 'a secret is in the log');
  });
});
