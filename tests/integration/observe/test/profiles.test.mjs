// CPU profiles of a server that is busy. Builds with sanitizers refuse them; that is tested beside the SDKs.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Client } from 'sdk-0.18';
import { runThrongd, startThrongd, until } from '../../support/throngd.mjs';

const kPassword = 'correct horse battery';
const kFiles = { 'server/accounts.json': JSON.stringify({ passwords: { memory_kib: 64, passes: 1 } }) };

/** One alone takes less of a second than lies between two samples. */
const kRooms = 16;

describe('a profile', () => {
  let server;
  let administrator;
  let rooms;
  before(async () => {
    server = await startThrongd({ files: kFiles });
    const flags = ['--email', 'admin@example.org', '--role', 'administrator'];
    assert.equal((await runThrongd(server, ['account', 'create', ...flags], { input: `${kPassword}\n` })).code, 0);
    const body = JSON.stringify({ email: 'admin@example.org', password: kPassword });
    const headers = { 'content-type': 'application/json' };
    const login = await (await fetch(`${server.url}/auth/login`, { method: 'POST', headers, body })).json();
    administrator = { authorization: `Bearer ${login.token}` };
    const client = new Client(server.url);
    rooms = await Promise.all(Array.from({ length: kRooms }, () => client.create('world')));
  });
  after(async () => {
    await Promise.all(rooms.map((room) => room.leave()));
    await server.stop();
  });

  const profile = (seconds) =>
    fetch(`${server.url}/api/v1/admin/profile?seconds=${seconds}`, { method: 'POST', headers: administrator });

  // On a fast machine even these rooms take few samples a second, so it may need another look.
  const showsWorkers = (folded) =>
    /^worker \d+;.*throng::net::EventLoop::run/m.test(folded) && /throng::room::Room/.test(folded);

  test('shows an administrator what the workers do', async () => {
    await until(
      'a profile of rooms',
      async () => {
        const response = await profile(2);
        const folded = await response.text();
        assert.equal(response.status, 200, folded);
        assert.equal(response.headers.get('throng-profile-lost'), '0');
        for (const line of folded.trim().split('\n').filter(Boolean)) assert.match(line, /^[^;]+(;[^;]+)* \d+$/);
        return showsWorkers(folded);
      },
      60_000,
    );
    await until('the audit line', () => server.output.includes('audit: an administrator takes a CPU profile'));
  });

  test('is made one at a time', async () => {
    const [first, second] = await Promise.all([profile(2), profile(2)]);
    assert.deepEqual([first.status, second.status].sort(), [200, 409]);
  });

  test('stands beside what the heap holds', async () => {
    const memory = await (await fetch(`${server.url}/api/v1/admin/memory`, { headers: administrator })).json();
    assert.ok(memory.heap.in_use_bytes > 0);
  });

  test('is made from the command line as well', async () => {
    await until(
      'a profile of rooms',
      async () => {
        const { code, output } = await runThrongd(server, ['profile', 1]);
        assert.equal(code, 0, output);
        return showsWorkers(output);
      },
      60_000,
    );
  });
});
