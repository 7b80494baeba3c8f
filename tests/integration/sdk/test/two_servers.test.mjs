// Two servers on one PostgreSQL: an account plays on one of them, and what is counted against a person is counted by both.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { runThrongd, startThrongd, until } from '../../support/throngd.mjs';
import { startPostgres } from '../../support/postgres.mjs';
import { another, enter, has, loot, signIn } from '../lib/accounts.mjs';
import { kPlaces, quickGame } from '../lib/game_config.mjs';
import { goTo, kill } from '../lib/game_play.mjs';
import { keep, leaveAll, left, stateOf, withTimeout } from '../lib/play.mjs';
import { kSdks } from '../lib/sdks.mjs';

const kPassword = 'correct horse battery';

let postgres;
let a;
let b;
let environment;
before(async () => {
  postgres = await startPostgres();
  environment = { DATABASE_URL: await postgres.createDatabase() };
  const accounts = JSON.stringify({ passwords: { memory_kib: 64, passes: 1 } });  // quick to compute
  const options = { files: { ...(await quickGame()), 'server/accounts.json': accounts }, environment };
  a = await startThrongd(options);
  b = await startThrongd(options);
});
after(async () => {
  await a?.stop();
  await b?.stop();
  await postgres.stop();
});
afterEach(leaveAll);

const whole = async () => {
  const { code, output } = await runThrongd(a, ['ledger', 'verify']);
  assert.equal(code, 0, output);
};

test('the newer sign-in wins: the older session is told why, and its character arrives with what it had', async () => {
  const client = await signIn(a);
  const older = await enter(client, { name: 'Xenia' });
  if (older.reconnection) older.reconnection.enabled = false;
  await loot(older);
  const owned = has(older);
  const told = withTimeout('the reason', new Promise((resolve) => older.onError((code, text) => resolve({ code, text }))), 30_000);
  const gone = left(older, 30_000);
  const newer = await enter(another(client, b));
  assert.deepEqual(has(newer), owned);
  assert.deepEqual(await told, { code: 525, text: 'Your account has been signed in from elsewhere.' });
  assert.equal(await gone, 4002);
  await loot(newer);
  const now = has(newer);
  assert.ok(now.coins >= owned.coins + 40);
  await leaveAll();
  const back = await enter(another(client, a));
  assert.deepEqual(has(back), now, 'nothing that the first server had was written over it');
  await whole();
});

test('whoever comes and goes between the two has each thing once', async () => {
  const client = await signIn(a);
  let owned = null;
  for (const server of [a, b, a, b]) {
    const room = await enter(another(client, server), owned === null ? { name: 'Yara' } : {});
    if (owned !== null) assert.deepEqual(has(room), owned);
    await loot(room);
    owned = has(room);
    await leaveAll();
  }
  assert.equal(owned.gel, 8);
  await whole();
});

test('failures of logging in count on both: whoever is locked out of one is of the other', async () => {
  const email = 'zoe@example.org';
  const login = (server, password) => new (kSdks.at(-1).Client)(server.url).auth.signInWithEmailAndPassword(email, password);
  await new (kSdks.at(-1).Client)(a.url).auth.registerWithEmailAndPassword(email, kPassword);
  await login(b, kPassword);
  const statuses = [];
  await until('a lock-out', async () => {
    const server = statuses.length % 2 === 0 ? a : b;
    statuses.push((await login(server, 'wrong horse battery').catch((error) => error)).code);
    return statuses.at(-1) === 429;
  }, 30_000);
  assert.equal(statuses.length, 6, `five failures, then one waits: ${statuses}`);
  for (const server of [a, b]) await assert.rejects(login(server, kPassword), ({ code }) => code === 429);
});

test('the worlds of both carry on, though each had the first of its map', async () => {
  for (const server of [a, b]) {
    const room = await enter(await signIn(server));
    await kill(room, 'slime');
    await until('loot on the ground', () => room.state.drops.size >= 2, 30_000);
    await leaveAll();
  }
  await b.stop();
  b = null;
  await a.stop({ keepFiles: true });
  a = await startThrongd({ config: a.config, environment });
  const rooms = [keep(await (await signIn(a)).joinOrCreate('world')), keep(await (await signIn(a)).create('world'))];
  assert.notEqual(rooms[0].roomId, rooms[1].roomId);
  for (const room of rooms) {
    await stateOf(room);
    await goTo(room, () => kPlaces.yard, 60);
    await until('loot on the ground', () => room.state.drops.size >= 2, 30_000);
  }
});
