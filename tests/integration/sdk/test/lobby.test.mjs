// The lobby room: the list of rooms, and its changes.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { startThrongd, until } from '../../support/throngd.mjs';
import { keep, leaveAll, withTimeout } from '../lib/play.mjs';
import { kSdks } from '../lib/sdks.mjs';

let server;
before(async () => {
  server = await startThrongd({
    rooms: {
      pair: { kind: 'world', max_clients: 2, auto_dispose_after_ms: 0, metadata: { mode: 'duel', ranked: true } },
      party: { kind: 'world', auto_dispose_after_ms: 0, metadata: { mode: 'party' } },
      secret: { kind: 'world', private: true, auto_dispose_after_ms: 0 },
    },
  });
});
after(() => server.stop());
afterEach(leaveAll);

/** A lobby with the list kept up to date by its messages, as a game would do it. */
async function openLobby(sdk, options = {}) {
  const lobby = keep(await new sdk.Client(server.url).joinOrCreate('lobby', options));
  const list = { rooms: null, events: [], lobby };
  lobby.onMessage('rooms', (rooms) => (list.rooms = new Map(rooms.map((room) => [room.roomId, room]))));
  lobby.onMessage('+', ([roomId, room]) => {
    list.events.push(['+', roomId]);
    list.rooms?.set(roomId, room);
  });
  lobby.onMessage('-', (roomId) => {
    list.events.push(['-', roomId]);
    list.rooms?.delete(roomId);
  });
  await until('the list', () => list.rooms !== null);
  return list;
}

for (const sdk of kSdks) {
  describe(`SDK ${sdk.name}`, () => {
    const client = () => new sdk.Client(server.url);

    test('a new room appears with its particulars, changes, and goes', async () => {
      const list = await openLobby(sdk);
      const room = keep(await client().create('pair', { name: 'Ann' }));
      const entry = await until('the room', () => list.rooms.get(room.roomId));
      assert.equal(entry.name, 'pair');
      assert.equal(entry.maxClients, 2);
      assert.equal(entry.metadata.mode, 'duel');
      await until('one client', () => list.rooms.get(room.roomId)?.clients === 1);
      const second = keep(await client().joinById(room.roomId, { name: 'Ben' }));
      await until('two clients', () => list.rooms.get(room.roomId)?.clients === 2);
      await until('locked when full', () => list.rooms.get(room.roomId)?.locked === true);
      await withTimeout('leave', second.leave());
      await until('unlocked again', () => list.rooms.get(room.roomId)?.locked === false);
      await withTimeout('leave', room.leave());
      await until('the room is gone', () => !list.rooms.has(room.roomId));
      assert.ok(list.events.some(([sign, roomId]) => sign === '-' && roomId === room.roomId));
    });

    test('a late visitor gets the rooms that exist', async () => {
      const room = keep(await client().create('party', { name: 'Ann' }));
      const list = await openLobby(sdk);
      assert.ok(list.rooms.has(room.roomId));
    });

    test('private rooms and lobbies are not listed', async () => {
      const list = await openLobby(sdk);
      const secret = keep(await client().create('secret', { name: 'Ann' }));
      const open = keep(await client().create('party', { name: 'Ann' }));
      await until('the open room', () => list.rooms.has(open.roomId));
      assert.ok(!list.rooms.has(secret.roomId));
      assert.ok(!list.rooms.has(list.lobby.roomId));
    });

    test('a filter by name and metadata narrows list and changes', async () => {
      const list = await openLobby(sdk);
      const party = keep(await client().create('party', { name: 'Ann' }));
      await until('the party', () => list.rooms.has(party.roomId));
      list.rooms = null;
      list.lobby.send('filter', { name: 'pair', metadata: { mode: 'duel' } });
      await until('the filtered list', () => list.rooms !== null);
      assert.deepEqual(
        [...list.rooms.values()].map(({ name }) => name).filter((name) => name !== 'pair'),
        [],
      );
      list.events.length = 0;
      const other = keep(await client().create('party', { name: 'Ben' }));
      const pair = keep(await client().create('pair', { name: 'Cid' }));
      await until('the pair', () => list.rooms.has(pair.roomId));
      assert.deepEqual(
        list.events.filter(([, roomId]) => roomId === other.roomId),
        [],
      );
    });
  });
}
