// Leaving, being cut off, coming back, and the server going down.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { pause, startThrongd, until } from '../../support/throngd.mjs';
import { layCable } from '../lib/cable.mjs';
import { at, joinWorld, keep, leaveAll, left, nextMessage, refusal, stateOf, walk, withTimeout } from '../lib/play.mjs';
import { Line, kError, parseError, parseJoin, kJoin, kPatch, kState, joinByHand, seatPath } from '../lib/raw.mjs';
import { kSdks } from '../lib/sdks.mjs';

const kGraceMs = 20_000;

/** Of src/app/exit_codes.h. */
const kExitFailed = 1;

/** The SDKs reconnect by themselves only after this uptime, in milliseconds. */
const kUptimeMs = 5000;

let server;
let cable = null;
before(async () => {
  server = await startThrongd({
    rooms: {
      world: { reconnect_grace_ms: kGraceMs },
      strict: { kind: 'world', reconnect_grace_ms: 200 },
    },
  });
});
after(() => server.stop());
afterEach(leaveAll);
afterEach(async () => {
  await cable?.close();
  cable = null;
});

for (const sdk of kSdks) {
  describe(`SDK ${sdk.name}`, () => {
    test('leave is answered with 4000, and the others see it at once', async () => {
      const ann = await joinWorld(sdk, server, 'Ann');
      const ben = await joinWorld(sdk, server, 'Ben');
      await until('Ann sees Ben', () => ann.state.players.has(ben.sessionId));
      const code = left(ben);
      await withTimeout('leave', ben.leave());
      assert.equal(await code, 4000);
      await until('Ben is gone', () => !ann.state.players.has(ben.sessionId));
    });

    test('a player who was cut off stays for the grace time and can come back by token', async () => {
      cable = await layCable(server.port);
      const ann = await joinWorld(sdk, server, 'Ann');
      const ben = await joinWorld(sdk, cable, 'Ben');
      await until('Ann sees Ben', () => ann.state.players.has(ben.sessionId));
      if (ben.reconnection) ben.reconnection.enabled = false;
      const { sessionId, reconnectionToken } = ben;
      const gone = left(ben);
      cable.cut();
      await gone;
      const { tick } = ann.state;
      await until('ten more ticks', () => ann.state.tick >= tick + 10);
      assert.ok(ann.state.players.has(sessionId), 'the body stays for the grace time');
      cable.mend();
      const again = keep(await new sdk.Client(cable.url).reconnect(reconnectionToken));
      await stateOf(again);
      assert.equal(again.sessionId, sessionId);
      await walk(again);
      assert.ok(ann.state.players.has(sessionId));
      await withTimeout('leave', again.leave());
    });

    test('who does not come back within the grace time is gone, and the token is refused', async () => {
      cable = await layCable(server.port);
      const ann = await joinWorld(sdk, server, 'Ann', { room: 'strict' });
      const ben = await joinWorld(sdk, cable, 'Ben', { room: 'strict' });
      await until('Ann sees Ben', () => ann.state.players.has(ben.sessionId));
      if (ben.reconnection) ben.reconnection.enabled = false;
      const { reconnectionToken } = ben;
      cable.cut();
      await until('Ben is gone', () => !ann.state.players.has(ben.sessionId));
      assert.equal((await refusal(new sdk.Client(server.url).reconnect(reconnectionToken))).code, 524);
    });

    if (sdk.reconnects) {
      test('a dropped client reconnects by itself: survivors stay, ghosts go', async () => {
        cable = await layCable(server.port);
        const stays = await joinWorld(sdk, server, 'Stays');
        const leaves = await joinWorld(sdk, server, 'Leaves');
        const room = await joinWorld(sdk, cable, 'Ann');
        const log = watchPlayers(sdk, room);
        await until('both are seen', () => [stays, leaves].every(({ sessionId }) => room.state.players.has(sessionId)));
        const before = room.state.players.get(stays.sessionId);
        const token = room.reconnectionToken;
        await pause(kUptimeMs + 100);
        log.length = 0;
        const dropped = withTimeout('onDrop', new Promise((resolve) => room.onDrop(resolve)));
        const back = withTimeout('onReconnect', new Promise((resolve) => room.onReconnect(resolve)), 15_000);
        cable.cut();
        await dropped;
        await withTimeout('leave', leaves.leave());
        await until('the others see the leave', () => !stays.state.players.has(leaves.sessionId));
        room.send('chat', { message: 'sent in the tunnel' });
        const heard = nextMessage(stays, 'chat', ({ message }) => message === 'sent in the tunnel');
        cable.mend();
        await back;
        await heard;
        await until('the ghost is pruned', () => !room.state.players.has(leaves.sessionId));
        const { tick } = room.state;
        await until('patches again', () => room.state.tick > tick + 3);
        assert.deepEqual(log, [['removed', leaves.sessionId]]);
        assert.equal(room.state.players.get(stays.sessionId), before, 'survivors keep their identity');
        assert.notEqual(room.reconnectionToken, token);
        await walk(room);
        await withTimeout('leave', room.leave());
      });
    }
  });
}

function watchPlayers(sdk, room) {
  const log = [];
  const on = sdk.watch(room);
  on.onAdd('players', (_, key) => log.push(['added', key]));
  on.onRemove('players', (_, key) => log.push(['removed', key]));
  return log;
}

test('a socket with a wrong token is refused with ERROR 524 and the final code 4003', async () => {
  const { seat, line } = await joinByHand(server, { name: 'Ann' });
  const forged = new Line(server, seatPath(seat, '&reconnectionToken=0123456789abcdef012345&skipHandshake=1'));
  assert.equal(parseError(await forged.next(kError)).code, 524);
  assert.equal((await forged.end()).code, 4003);
  assert.equal(line.closed, null);
  line.close();
});

test('a reconnection that skips the handshake gets a short JOIN_ROOM, the pruning patch, the state', async () => {
  const { seat, line, handshake } = await joinByHand(server, { name: 'Ann' });
  line.close();
  const again = new Line(server, seatPath(seat, `&reconnectionToken=${handshake.token}&skipHandshake=1`));
  const short = parseJoin(await again.next(kJoin));
  assert.equal(short.rest.length, 0);
  assert.notEqual(short.token, handshake.token);
  again.send(kJoin);
  await again.wait('two frames', () => again.frames.length >= 2);
  assert.deepEqual(
    again.frames.slice(0, 2).map(({ data }) => data[0]),
    [kPatch, kState],
  );
  again.close();
});

test('the right token takes over a socket that is still open', async () => {
  const { seat, line, handshake } = await joinByHand(server, { name: 'Ann' });
  const again = new Line(server, seatPath(seat, `&reconnectionToken=${handshake.token}`));
  assert.ok(parseJoin(await again.next(kJoin)).rest.length > 0);
  await line.end();
  again.send(kJoin);
  await again.next(kState);
  again.close();
});

test('a token is good for one reconnection only', async () => {
  const { seat, line, handshake } = await joinByHand(server, { name: 'Ann' });
  line.close();
  const first = new Line(server, seatPath(seat, `&reconnectionToken=${handshake.token}`));
  await first.next(kJoin);
  const second = new Line(server, seatPath(seat, `&reconnectionToken=${handshake.token}`));
  assert.equal(parseError(await second.next(kError)).code, 524);
  assert.equal((await second.end()).code, 4003);
  first.close();
});

test('SIGTERM closes every client with 4001 and ends with exit code 0', async () => {
  const own = await startThrongd();
  const rooms = [];
  for (const sdk of kSdks) rooms.push(await joinWorld(sdk, own, `Ann ${sdk.name}`));
  const codes = rooms.map((room) => left(room, 10_000));
  await own.stop();
  assert.deepEqual(await Promise.all(codes), [4001, 4001, 4001]);
});

test('a second signal ends the server at once', async () => {
  const own = await startThrongd({
    server: { drain_timeout_ms: 3_600_000, limits: { close_timeout_ms: 60_000, websocket_ping_interval_ms: 60_000 } },
  });
  const { line } = await joinByHand(own, { name: 'Ann' });
  line.socket.pause(); // it does not answer the close: the server goes on draining
  own.signal('SIGTERM');
  // Two that come before the first is taken are one.
  await until('the first signal to be taken', () => own.output.includes('shutting down'));
  own.signal('SIGTERM');
  assert.deepEqual(await own.exit(), { code: kExitFailed, signal: null });
  line.close();
});
