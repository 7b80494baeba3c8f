// Every way into a room, and every way to be refused, by number.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { pause, startThrongd } from '../../support/throngd.mjs';
import { at, joinWorld, keep, leaveAll, refusal, stateOf, withTimeout } from '../lib/play.mjs';
import { Line, kError, kJoin, parseError, reserve, seatPath } from '../lib/raw.mjs';
import { kSdks } from '../lib/sdks.mjs';

const kSeatMs = 300;

let server;
before(async () => {
  server = await startThrongd({
    rooms: {
      pair: { kind: 'world', max_clients: 2, auto_dispose_after_ms: 0 },
      hasty: { kind: 'world', seat_timeout_ms: kSeatMs },
      secret: { kind: 'world', private: true },
      nobody: { kind: 'world' },
    },
  });
});
after(() => server.stop());
afterEach(leaveAll);

for (const sdk of kSdks) {
  describe(`SDK ${sdk.name}`, () => {
    const client = () => new sdk.Client(server.url);

    test('joinOrCreate puts two players into one room', async () => {
      const first = await joinWorld(sdk, server, 'Ann');
      const second = await joinWorld(sdk, server, 'Ben');
      assert.equal(second.roomId, first.roomId);
      assert.notEqual(second.sessionId, first.sessionId);
    });

    test('create always makes a room of its own', async () => {
      const first = await joinWorld(sdk, server, 'Ann');
      const second = keep(await client().create('world', { name: 'Ben' }));
      await stateOf(second);
      assert.notEqual(second.roomId, first.roomId);
    });

    test('join finds a room that exists', async () => {
      const first = keep(await client().create('pair', { name: 'Ann' }));
      const second = keep(await client().join('pair', { name: 'Ben' }));
      assert.equal(second.roomId, first.roomId);
    });

    test('joinById goes to that very room, also a private one', async () => {
      const first = keep(await client().create('secret', { name: 'Ann' }));
      const other = keep(await client().joinOrCreate('secret', { name: 'Eve' }));
      const second = keep(await client().joinById(first.roomId, { name: 'Ben' }));
      assert.equal(second.roomId, first.roomId);
      assert.notEqual(other.roomId, first.roomId);
    });

    test('reconnect takes the seat up again with the same session and position', async () => {
      const room = await joinWorld(sdk, server, 'Ann');
      const { sessionId } = room;
      const place = at(room);
      const token = room.reconnectionToken;
      if (room.reconnection) room.reconnection.enabled = false;
      await withTimeout('leave', room.leave(false));
      const again = keep(await client().reconnect(token));
      await stateOf(again);
      assert.equal(again.sessionId, sessionId);
      assert.deepEqual(at(again), place);
      assert.notEqual(again.reconnectionToken, token);
    });

    test('an unknown room name is 520', async () => {
      assert.equal((await refusal(client().joinOrCreate('nowhere'))).code, 520);
    });

    test('join without a room to join is 521', async () => {
      assert.equal((await refusal(client().join('nobody'))).code, 521);
    });

    test('joinById of a room that is not there is 522', async () => {
      assert.equal((await refusal(client().joinById('doesnotexist'))).code, 522);
    });

    test('a full room is passed over, and refused by id with 522', async () => {
      const first = keep(await client().create('pair', { name: 'Ann' }));
      keep(await client().joinById(first.roomId, { name: 'Ben' }));
      const third = keep(await client().joinOrCreate('pair', { name: 'Cid' }));
      assert.notEqual(third.roomId, first.roomId);
      assert.equal((await refusal(client().joinById(first.roomId))).code, 522);
    });

    test('a forged reconnection token is 524', async () => {
      const room = await joinWorld(sdk, server, 'Ann');
      assert.equal((await refusal(client().reconnect(`${room.roomId}:0123456789abcdef012345`))).code, 524);
    });

    test('a token is worth nothing after a consented leave', async () => {
      const room = await joinWorld(sdk, server, 'Ann');
      const token = room.reconnectionToken;
      await withTimeout('leave', room.leave());
      const { code } = await refusal(client().reconnect(token));
      assert.ok(code === 524 || code === 522, `code ${code}`);
    });

    test('a seat that was used before is refused with 524', async () => {
      const seat = await reserve(server, { name: 'Ann' });
      const line = new Line(server, seatPath(seat));
      await line.next(kJoin);
      assert.equal((await refusal(client().consumeSeatReservation(seat))).code, 524);
      line.close();
    });

    test('a seat that nobody took in time is refused with 524', async () => {
      const seat = await reserve(server, { name: 'Ann' }, 'hasty');
      await pause(kSeatMs * 3);
      const { code } = await refusal(client().consumeSeatReservation(seat));
      assert.ok(code === 524 || code === 522, `code ${code}`);
    });

    test('a seat handed over by message is taken with consumeSeatReservation', async () => {
      const seat = await reserve(server, { name: 'Ann' });
      const room = keep(await client().consumeSeatReservation(seat));
      await stateOf(room);
      assert.equal(room.sessionId, seat.sessionId);
    });
  });
}

test('a second socket on a used seat gets ERROR 524 and close 4002, the first is not disturbed', async () => {
  const seat = await reserve(server, { name: 'Ann' });
  const first = new Line(server, seatPath(seat));
  await first.next(kJoin);
  const second = new Line(server, seatPath(seat));
  assert.equal(parseError(await second.next(kError)).code, 524);
  assert.equal((await second.end()).code, 4002);
  assert.equal(first.closed, null);
  first.close();
});
