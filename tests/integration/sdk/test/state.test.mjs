// What clients see of the world: the whole state at once, then every change, with the SDKs' own callbacks.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { startThrongd, until } from '../../support/throngd.mjs';
import { kPen, penMap } from '../lib/maps.mjs';
import { at, distance, joinWorld, leaveAll, move, walk, withTimeout } from '../lib/play.mjs';
import { decoderComplaints, kSdks, printed } from '../lib/sdks.mjs';

/** Half a body, in world units: how near its middle can come to a wall. */
const kBodyHalf = 6;

let server;
before(async () => {
  server = await startThrongd({
    rooms: { pen: { kind: 'world', world: { maps: ['pen'], default_map: 'pen' } } },
    files: { 'content/maps/pen.tmj': penMap() },
  });
});
after(() => server.stop());
afterEach(leaveAll);

for (const sdk of kSdks) {
  describe(`SDK ${sdk.name}`, () => {
    test('the first state is complete', async () => {
      const room = await joinWorld(sdk, server, 'Ann');
      const { state, sessionId } = room;
      assert.equal(state.map, 'meadow');
      assert.ok(state.tick > 0);
      assert.ok(Math.abs(state.serverTime - Date.now()) < 60_000);
      assert.ok(state.width > 0 && state.height > 0);
      const me = state.players.get(sessionId);
      assert.deepEqual([me.name, me.hp > 0, me.maxHp >= me.hp, me.level >= 1], ['Ann', true, true, true]);
      assert.deepEqual({ x: me.x, y: me.y }, at(room));
      assert.ok(state.me.speed > 0);
      assert.equal(typeof state.npcs.size, 'number');
      assert.equal(typeof state.drops.size, 'number');
    });

    test('monsters come with all their fields', async () => {
      const { state } = await joinWorld(sdk, server, 'Ann');
      for (const monster of state.monsters.values()) {
        assert.match(monster.kind, /^[a-z_]+$/);
        assert.ok(monster.maxHp >= 1 && monster.hp <= monster.maxHp && monster.level >= 1);
        assert.ok(monster.x >= 0 && monster.x <= state.width && monster.y >= 0 && monster.y <= state.height);
      }
    });

    test('patches keep coming and time goes on', async () => {
      const { state } = await joinWorld(sdk, server, 'Ann');
      const { tick, serverTime } = state;
      await until('ten ticks', () => state.tick >= tick + 10);
      assert.ok(state.serverTime > serverTime);
    });

    sdk.watchers.forEach((watch, form) => {
      test(`callbacks fire for joining, moving and leaving (form ${form + 1})`, async () => {
        const room = await joinWorld(sdk, server, 'Ann');
        const on = watch(room);
        const added = new Map();
        const removed = [];
        const moves = [];
        on.onAdd('players', (player, key) => {
          // All fields are there when an entity appears: game code builds its sprite in this very call.
          added.set(key, { name: player.name, x: player.x, hp: player.hp });
          on.listen(player, 'x', (now, before) => before !== undefined && moves.push([key, now]));
          on.listen(player, 'y', (now, before) => before !== undefined && moves.push([key, now]));
        });
        on.onRemove('players', (player, key) => removed.push([key, player.name]));
        assert.equal(added.get(room.sessionId).name, 'Ann');
        const other = await joinWorld(sdk, server, 'Ben');
        await until('Ben appears', () => added.has(other.sessionId));
        assert.equal(added.get(other.sessionId).name, 'Ben');
        assert.ok(added.get(other.sessionId).hp > 0);
        await walk(other);
        await until('Ben moves', () => moves.some(([key]) => key === other.sessionId));
        await withTimeout('leave', other.leave());
        await until('Ben disappears', () => removed.some(([key]) => key === other.sessionId));
        assert.deepEqual(
          removed.filter(([key]) => key === other.sessionId),
          [[other.sessionId, 'Ben']],
        );
      });
    });

    test('onChange of an entity fires when it moves', async () => {
      const room = await joinWorld(sdk, server, 'Ann');
      let changes = 0;
      sdk.watch(room).onChange(room.state.players.get(room.sessionId), () => ++changes);
      const before = changes;
      await walk(room);
      assert.ok(changes > before);
    });

    test("a move is acknowledged by its number and changes one's own position everywhere", async () => {
      const room = await joinWorld(sdk, server, 'Ann');
      const start = at(room);
      await walk(room);
      const { state, sessionId } = room;
      assert.ok(distance(at(room), start) >= 12);
      await until('both positions agree', () => {
        const mine = state.players.get(sessionId);
        return mine.x === state.me.x && mine.y === state.me.y;
      });
    });

    test('one stands still after stopping', async () => {
      const room = await joinWorld(sdk, server, 'Ann');
      await walk(room);
      const place = at(room);
      const { tick } = room.state;
      await until('ten more ticks', () => room.state.tick >= tick + 10);
      assert.deepEqual(at(room), place);
    });

    test('two clients agree on where both are', async () => {
      const ann = await joinWorld(sdk, server, 'Ann');
      const ben = await joinWorld(sdk, server, 'Ben');
      await walk(ann);
      await walk(ben);
      for (const [watcher, walker] of [
        [ann, ben],
        [ben, ann],
      ]) {
        await until('the same position', () => {
          const seen = watcher.state.players.get(walker.sessionId);
          return seen && seen.x === walker.state.me.x && seen.y === walker.state.me.y;
        });
      }
    });

    test('walls stop a body on every side, and it slides along them', async () => {
      const room = await joinWorld(sdk, server, 'Ann', { room: 'pen' });
      assert.equal(room.state.map, 'pen');
      for (const [x, y] of [
        [1, 0],
        [0, 1],
        [-1, 0],
        [0, -1],
      ]) {
        await walkToWall(room, x, y);
        const place = at(room);
        if (x !== 0) near(place.x, x > 0 ? kPen.max - kBodyHalf : kPen.min + kBodyHalf);
        if (y !== 0) near(place.y, y > 0 ? kPen.max - kBodyHalf : kPen.min + kBodyHalf);
      }
      const { x, y } = at(room);
      move(room, 1, -1);
      await until('sliding along the upper wall', () => at(room).x > x + 20);
      near(at(room).y, y);
    });

    test('a direction longer than one is not faster', async () => {
      const room = await joinWorld(sdk, server, 'Ann', { room: 'pen' });
      await walkToWall(room, -1, 0);
      const start = { ...at(room), tick: room.state.tick };
      move(room, 1, 1);
      await until('some way', () => distance(at(room), start) > 60);
      const seconds = (room.state.tick - start.tick) / 20;
      assert.ok(distance(at(room), start) <= room.state.me.speed * seconds + 1);
    });

    test('the decoder had nothing to complain about', () => {
      const allowed = /field.*13|definition mismatch|Reflection|skipping/i;
      assert.deepEqual(
        decoderComplaints().filter((line) => !allowed.test(line)),
        [],
      );
    });
  });
}

test('SDK 0.16 with the plain handshake prints no warning at all', async () => {
  const before = printed.length;
  const room = await joinWorld(kSdks[0], server, 'Ann', { sdk: '0.16' });
  await walk(room);
  assert.deepEqual(printed.slice(before), []);
});

async function walkToWall(room, x, y) {
  move(room, x, y);
  let last = { ...at(room), tick: room.state.tick };
  await until(
    'the wall',
    () => {
      if (room.state.tick < last.tick + 6) return false;
      const now = { ...at(room), tick: room.state.tick };
      const stopped = distance(now, last) < 0.01;
      last = now;
      return stopped;
    },
    15_000,
  );
}

function near(value, expected) {
  assert.ok(Math.abs(value - expected) < 0.6, `${value} is not near ${expected}`);
}
