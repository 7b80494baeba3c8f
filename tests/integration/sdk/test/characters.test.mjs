// Characters: who signs in comes back with everything, whatever became of the session or the server meanwhile.

import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, afterEach, before, describe, test } from 'node:test';
import { runThrongd, startThrongd, until } from '../../support/throngd.mjs';
import * as accounts from '../lib/accounts.mjs';
import { enter, has, loot } from '../lib/accounts.mjs';
import { layCable } from '../lib/cable.mjs';
import { kPlaces, quickGame } from '../lib/game_config.mjs';
import { carried, findMonster, goTo, kill, take } from '../lib/game_play.mjs';
import { at, distance, keep, leaveAll, left, nextMessage, refusal, stateOf, withTimeout } from '../lib/play.mjs';
import { kSdks } from '../lib/sdks.mjs';

const kNewest = kSdks.at(-1);

let files;
let server;
before(async () => {
  files = await quickGame();
  server = await startThrongd({ files });
});
after(() => server.stop());
afterEach(leaveAll);

const signIn = (sdk = kNewest, from = server) => accounts.signIn(from, sdk);
const another = (client, from = server, sdk = kNewest) => accounts.another(client, from, sdk);
const guest = (from = server) => accounts.guest(from);

const nameOf = (room) => room.state.players.get(room.sessionId).name;

async function leave(room) {
  const gone = left(room);
  await withTimeout('leave', room.leave());
  await gone;
}

async function rest(client, method, path = '', body = undefined) {
  const response = await fetch(`${server.url}/api/v1/characters${path}`, {
    method,
    headers: { authorization: `Bearer ${client.auth.token}`, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

for (const sdk of kSdks) {
  describe(`SDK ${sdk.name}`, () => {
    test('whoever signs in comes back with everything, to where they were', async () => {
      const name = `Hero ${sdk.name === '0.16' ? 'Ann' : sdk.name === '0.17' ? 'Ben' : 'Cid'}`;
      const client = await signIn(sdk);
      const first = await enter(client, { name });
      await loot(first);
      const before = has(first);
      assert.deepEqual({ coins: before.coins, gel: before.gel }, { coins: 45, gel: 2 });
      await goTo(first, () => kPlaces.den, 150);
      const place = at(first);
      await leave(first);
      const again = await enter(another(client, server, sdk));
      assert.deepEqual(has(again), before);
      assert.equal(nameOf(again), name);
      assert.ok(distance(at(again), place) < 64, `${JSON.stringify(at(again))} is not ${JSON.stringify(place)}`);
    });
  });
}

test('a guest comes with nothing, each time', async () => {
  const client = guest();
  const room = await enter(client, { name: 'Somebody' });
  await loot(room);
  await leave(room);
  assert.equal((await enter(client, { name: 'Somebody' })).state.me.coins, 0);
});

test('a guest has a name of its own, and not one of a character', async () => {
  const ada = await enter(await signIn(), { name: 'Adalbert' });
  const names = [];
  for (const name of ['Bob', 'Adalbert', 'ADALBERT', 'GM Tom', '']) names.push(nameOf(await enter(guest(), { name })));
  assert.equal(names[0], 'Bob');
  assert.match(names[1], /^Adalbert-\d{4}$/);
  assert.match(names[2], /^ADALBERT-\d{4}$/);
  assert.match(names[3], /^guest-/);
  assert.match(names[4], /^guest-/);
  const heard = nextMessage(ada, 'chat', ({ message }) => message === 'for you alone');
  const other = await enter(guest(), { name: 'Carl' });
  other.send('chat', { channel: 'whisper', to: 'Adalbert', message: 'for you alone' });
  await heard;
});

test('the newer sign-in wins: the older one is told, and nothing that it had is lost', async () => {
  const client = await signIn();
  const older = await enter(client, { name: 'Dora' });
  await loot(older);
  const told = withTimeout('the reason', new Promise((resolve) => older.onError((code, text) => resolve({ code, text }))));
  const gone = left(older);
  const newer = await enter(another(client));
  assert.deepEqual(await told, { code: 525, text: 'Your account has been signed in from elsewhere.' });
  assert.equal(await gone, 4002);
  assert.deepEqual({ coins: has(newer).coins, gel: has(newer).gel }, { coins: 45, gel: 2 });
  await loot(newer);
  assert.ok(has(newer).coins >= 85);
});

test('of sign-ins at the same moment one plays, with everything', async () => {
  const client = await signIn();
  const first = await enter(client, { name: 'Edda' });
  await loot(first);
  const open = new Set();
  const joins = Array.from({ length: 4 }, async () => {
    const room = await another(client).joinOrCreate('world');
    open.add(keep(room));
    room.onError(() => {});
    room.onLeave(() => open.delete(room));
  });
  await Promise.allSettled(joins);
  await until('one session', () => open.size <= 1, 8000);
  const last = open.size === 1 ? [...open][0] : await enter(another(client));
  await stateOf(last);
  assert.deepEqual({ coins: has(last).coins, gel: has(last).gel }, { coins: 45, gel: 2 });
});

test('a portal takes everything along, and the next sign-in is behind it', async () => {
  const client = await signIn();
  const meadow = await enter(client, { name: 'Falk' });
  await loot(meadow);
  let seat;
  meadow.onMessage('travel', (message) => (seat = message));
  await goTo(meadow, () => kPlaces.portal, 0, () => seat);
  const caves = keep(await client.consumeSeatReservation(seat));
  await stateOf(caves);
  assert.equal(caves.state.map, 'caves');
  assert.equal(has(caves).coins, 45);
  await leave(caves);
  const again = await enter(another(client));
  assert.equal(again.state.map, 'caves');
  assert.equal(has(again).gel, 2);
  assert.equal((await leave(again), await enter(another(client), { map: 'meadow' })).state.map, 'meadow');
});

test('characters are made, chosen, renamed and deleted', async () => {
  const client = await signIn();
  const made = await rest(client, 'POST', '', { name: 'Greta' });
  assert.equal(made.status, 201);
  assert.equal((await rest(client, 'POST', '', { name: 'greta' })).body.code, 'name_taken');
  const second = await rest(client, 'POST', '', { name: 'Hilda' });
  const room = await enter(client, { character: made.body.id });
  assert.equal(nameOf(room), 'Greta');
  assert.equal((await rest(client, 'DELETE', `/${made.body.id}`)).body.code, 'character_plays');
  await leave(room);
  assert.equal(nameOf(await enter(client, { character: 'Hilda' })), 'Hilda');
  await leaveAll();
  assert.equal((await rest(client, 'PATCH', `/${second.body.id}`, { name: 'Hulda' })).body.name, 'Hulda');
  const early = await rest(client, 'PATCH', `/${second.body.id}`, { name: 'Holda' });
  assert.equal(early.status, 409);
  assert.equal(early.body.code, 'renamed_lately');
  await until('Greta is free', async () => (await rest(client, 'DELETE', `/${made.body.id}`)).status === 200);
  assert.equal((await refusal(client.joinOrCreate('world', { character: 'Greta' }))).code, 526);
  assert.equal((await rest(client, 'POST', `/${made.body.id}/restore`)).body.deleteAt, null);
  assert.equal((await rest(client, 'GET')).body.characters.length, 2);
});

test('what is not right is refused with its reason', async () => {
  const client = await signIn();
  const wrong = await refusal(client.joinOrCreate('world', { character: 'Nobody Here' }));
  assert.equal(wrong.code, 526);
  assert.match(wrong.message, /no such character/);
  assert.equal((await refusal(client.joinOrCreate('world', { name: '!' }))).code, 526);
  client.auth.token = 'not-a-token';
  assert.equal((await refusal(client.joinOrCreate('world'))).code, 525);
});

test('a server that takes no guests says so', async () => {
  const strict = await startThrongd({ files: { ...files, 'server/accounts.json': '{"version":1,"guests_allowed":false}' } });
  try {
    const error = await refusal(guest(strict).joinOrCreate('world', { name: 'Ann' }));
    assert.equal(error.code, 525);
    assert.match(error.message, /sign in first/);
  } finally {
    await strict.stop();
  }
});

describe('a connection that drops', () => {
  let cable = null;
  afterEach(async () => {
    await cable?.close();
    cable = null;
  });

  /** Taking a lease is playing: the time of it tells one lease from the next. */
  const playedAt = async (client) => (await rest(client, 'GET')).body.characters.map((one) => one.playedAt);
  const quest = (room) => room.state.me.quests.get('slime_trouble');

  async function enterByCable(name) {
    cable = await layCable(server.port);
    const client = new kNewest.Client(cable.url);
    await withTimeout('sign-in', client.auth.signInAnonymously());
    const room = await enter(client, { name });
    room.reconnection.enabled = false;
    return { client, room };
  }

  /** Cut off, and back by token once the others have seen ten ticks go by. */
  async function dropAndComeBack(client, room, watcher) {
    const { sessionId, reconnectionToken } = room;
    const gone = left(room);
    cable.cut();
    await gone;
    const { tick } = watcher.state;
    await until('ten more ticks', () => watcher.state.tick >= tick + 10);
    assert.ok(watcher.state.players.has(sessionId), 'the body stays');
    cable.mend();
    const again = keep(await another(client, cable).reconnect(reconnectionToken));
    await stateOf(again);
    assert.equal(again.sessionId, sessionId);
    return again;
  }

  test('a character comes back to its session with bag, quests and place, under the same lease', async () => {
    const { client, room } = await enterByCable('Mina');
    const watcher = await enter(guest(), { name: 'Watcher' });
    await withTimeout('the quest', room.request('quest', { questId: 'slime_trouble', action: 'accept' }));
    await loot(room);
    await until('one of two', () => quest(room).c0 === 1);
    const before = { ...has(room), name: nameOf(room), place: at(room), playedAt: await playedAt(client) };
    const again = await dropAndComeBack(client, room, watcher);
    const { place, ...same } = { ...has(again), name: nameOf(again), place: at(again), playedAt: await playedAt(client) };
    const { place: left_at, ...expected } = before;
    assert.deepEqual(same, expected);
    assert.ok(distance(place, left_at) < 64, JSON.stringify([place, left_at]));
    assert.equal(quest(again).c0, 1);
    await loot(again);
    assert.equal(has(again).gel, before.gel + 2, 'it goes on from there');
    await leave(again);
    const next = await enter(another(client));
    assert.equal(has(next).gel, before.gel + 2);
    assert.notDeepEqual(await playedAt(client), before.playedAt);
  });

  test('what was picked up just before it is there once', async () => {
    const { client, room } = await enterByCable('Nele');
    const watcher = await enter(guest(), { name: 'Watcher' });
    await kill(room, 'slime');
    await until('the pay for a first kill', () => room.state.me.coins >= 5);
    await take(room, 'coins');
    const drop = await until('gel on the ground', () => {
      let found;
      room.state.drops.forEach((one, id) => (found = one.kind === 'slime_gel' && one.owner === room.state.me.entityId ? id : found));
      return found;
    });
    await goTo(room, () => room.state.drops.get(drop), 40);
    room.send('pickup', { dropId: drop });
    await until('nothing lies there', () => !watcher.state.drops.has(drop));
    const again = await dropAndComeBack(client, room, watcher);
    await until('two of gel', () => carried(again, 'slime_gel') === 2);
    assert.equal(has(again).coins, 45);
    await leave(again);
    assert.deepEqual({ coins: 45, gel: 2 }, (({ coins, gel }) => ({ coins, gel }))(has(await enter(another(client)))));
    const { code, output } = await runThrongd(server, ['ledger', 'verify']);
    assert.equal(code, 0, output);
  });
});

describe('who leaves in a fight', () => {
  const kLingerMs = 4000;
  let fierce;
  before(async () => (fierce = await startThrongd({ files, rooms: { world: { world: { combat_logout_ms: kLingerMs } } } })));
  after(async () => {
    await leaveAll();
    await fierce.stop();
  });

  /** In a fight, and gone: only the body is left. */
  async function leaveFighting(name) {
    const client = await signIn(kNewest, fierce);
    const watcher = await enter(guest(fierce), { name: 'Watcher' });
    const room = await enter(client, { name });
    await goTo(watcher, () => kPlaces.ring, 40);
    const id = await findMonster(room, 'slime');
    room.send('attack', { targetId: id });
    await until('a fight', () => room.state.me.inCombat);
    const { sessionId } = room;
    await until('the watcher sees it', () => watcher.state.players.has(sessionId));
    const { tick } = watcher.state;
    await leave(room);
    return { client, watcher, sessionId, tick, place: at(room) };
  }
  const kTicksPerSecond = 20;

  test('leaves the body for the configured time, then it is gone', async () => {
    const { client, watcher, sessionId, tick } = await leaveFighting('Olaf');
    assert.ok(watcher.state.players.has(sessionId), 'the body stays');
    await until('the body is gone', () => !watcher.state.players.has(sessionId), kLingerMs + 5000);
    const stayed = (watcher.state.tick - tick) / kTicksPerSecond;
    assert.ok(stayed >= kLingerMs / 1000 - 0.5, `the body stayed for ${stayed} s of the world`);
    assert.equal(nameOf(await enter(another(client, fierce))), 'Olaf');
  });

  test('takes the body over by signing in again', async () => {
    const { client, watcher, sessionId, tick, place } = await leaveFighting('Pia');
    const again = await enter(another(client, fierce));
    await until('the new session is seen', () => watcher.state.players.has(again.sessionId));
    await until('there is one of them', () => !watcher.state.players.has(sessionId));
    assert.ok((watcher.state.tick - tick) / kTicksPerSecond < kLingerMs / 1000, 'nobody waited for the body to go');
    assert.ok(distance(at(again), place) < 64, JSON.stringify([at(again), place]));
    let bodies = 0;
    watcher.state.players.forEach((player) => (bodies += player.name === 'Pia' ? 1 : 0));
    assert.equal(bodies, 1);
  });
});

describe('a server that ends and starts again', () => {
  let mortal = null;
  beforeEachServer();
  async function restart(kill9) {
    const config = mortal.config;
    if (kill9) {
      mortal.signal('SIGKILL');
      await mortal.exit();
    } else {
      await mortal.stop({ keepFiles: true });
    }
    mortal = await startThrongd({ config });
  }
  function beforeEachServer() {
    before(async () => (mortal = await startThrongd({ files })));
    after(() => mortal.stop());
  }

  for (const kill9 of [false, true]) {
    test(`after ${kill9 ? 'kill -9' : 'SIGTERM'} everything that was shown is there`, async () => {
      const client = await signIn(kNewest, mortal);
      const room = await enter(client, { name: kill9 ? 'Ida' : 'Jan' });
      if (room.reconnection) room.reconnection.enabled = false;
      await loot(room);
      const shown = has(room);
      const gone = left(room, 15_000);
      await restart(kill9);
      await gone;
      const again = await enter(another(client, mortal));
      assert.deepEqual(has(again), shown);
      assert.equal(nameOf(again), kill9 ? 'Ida' : 'Jan');
      await leaveAll();
    });
  }

  test('kill -9 again and again, in the middle of looting: nothing that was shown is gone', async () => {
    let client = await signIn(kNewest, mortal);
    let least = { coins: 0, gel: 0 };
    for (let round = 0; round < 4; ++round) {
      const room = await enter(client, { name: 'Karl' });
      if (room.reconnection) room.reconnection.enabled = false;
      assert.ok(has(room).coins >= least.coins && has(room).gel >= least.gel, JSON.stringify([has(room), least]));
      const looting = loot(room).catch(() => {});
      await until('something new', () => has(room).coins > least.coins, 15_000);
      least = has(room);
      const gone = left(room, 15_000);
      await restart(true);
      least = { coins: Math.max(least.coins, room.state.me.coins), gel: Math.max(least.gel, carried(room, 'slime_gel')) };
      await Promise.all([gone, looting]);
      client = another(client, mortal);
      await leaveAll();
    }
    const end = await enter(client);
    assert.ok(has(end).coins >= least.coins && has(end).gel >= least.gel, JSON.stringify([has(end), least]));
    await leaveAll();
  });

  test('the world goes on: what lies on the ground lies there', async () => {
    const client = await signIn(kNewest, mortal);
    const room = await enter(client, { name: 'Lena' });
    if (room.reconnection) room.reconnection.enabled = false;
    await kill(room, 'slime');
    await until('loot on the ground', () => room.state.drops.size >= 2);
    const { tick } = room.state;
    await leave(room);
    await restart(false);
    const again = await enter(another(client, mortal));
    assert.ok(again.state.tick >= tick, 'time goes on');
    await goTo(again, () => kPlaces.yard, 60);
    await until('loot on the ground', () => again.state.drops.size >= 2);
    await leaveAll();
  });
});

after(async () => {
  if (server) await rm(server.config, { recursive: true, force: true });
});
