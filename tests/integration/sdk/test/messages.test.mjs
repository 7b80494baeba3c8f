// Messages both ways, requests, ping, and what becomes of those that make no sense.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { startThrongd, until } from '../../support/throngd.mjs';
import { joinWorld, leaveAll, move, nextMessage, refusal, walk, withTimeout } from '../lib/play.mjs';
import { kSdks } from '../lib/sdks.mjs';

let server;
before(async () => {
  server = await startThrongd();
});
after(() => server.stop());
afterEach(leaveAll);

/** The next ERROR frame as [code, text]. */
function nextError(room) {
  return withTimeout('onError', new Promise((resolve) => room.onError((code, text) => resolve([code, text]))));
}

for (const sdk of kSdks) {
  describe(`SDK ${sdk.name}`, () => {
    test('chat reaches both, with sender and text as typed', async () => {
      const ann = await joinWorld(sdk, server, 'Ann');
      const ben = await joinWorld(sdk, server, 'Ben');
      const text = `Grüße, ${sdk.name} 🌱`;
      const heard = [ann, ben].map((room) => nextMessage(room, 'chat', ({ message }) => message === text));
      ann.send('chat', { message: text });
      for (const message of await Promise.all(heard)) {
        assert.equal(message.name, 'Ann');
        assert.equal(message.from, ann.sessionId);
        assert.equal(typeof message.channel, 'string');
      }
    });

    test('the wildcard handler hears what no other handler takes', async () => {
      const room = await joinWorld(sdk, server, 'Ann');
      const heard = withTimeout(
        '*',
        // The world has a word of its own for whoever comes: a quest that counts the visit.
        new Promise((resolve) => room.onMessage('*', (type, message) => type === 'chat' && resolve(message))),
      );
      room.send('chat', { message: 'anyone?' });
      assert.equal((await heard).message, 'anyone?');
    });

    test('an unknown type is answered with error 4217, and the connection lives', async () => {
      const room = await joinWorld(sdk, server, 'Ann');
      const error = nextError(room);
      room.send('no-such-message', { a: 1 });
      const [code, text] = await error;
      assert.equal(code, 4217);
      assert.match(text, /no-such-message/);
      await walk(room);
    });

    test('a message without a payload it needs is refused, and the connection lives', async () => {
      const room = await joinWorld(sdk, server, 'Ann');
      const answer = Promise.any([nextError(room), nextMessage(room, 'error')]);
      room.send('chat');
      await answer;
      await walk(room);
    });

    test('a move out of range does not move anybody faster', async () => {
      const room = await joinWorld(sdk, server, 'Ann');
      room.onError(() => {});
      const { tick, me } = room.state;
      const start = { x: me.x, y: me.y };
      room.send('move', { x: 1e6, y: -1e6, seq: 1 });
      await until('ten ticks', () => room.state.tick >= tick + 10);
      const seconds = (room.state.tick - tick) / 20;
      assert.ok(Math.hypot(room.state.me.x - start.x, room.state.me.y - start.y) <= me.speed * seconds + 1);
    });

    test('an older move number does not undo a newer one', async () => {
      const room = await joinWorld(sdk, server, 'Ann');
      const latest = move(room, 0, 0) + 100;
      room.send('move', { x: 0, y: 0, seq: latest });
      room.send('move', { x: 1, y: 0, seq: latest - 50 });
      await until('the newer number', () => room.state.me.seq === latest);
      const { tick, me } = room.state;
      const x = me.x;
      await until('six ticks', () => room.state.tick >= tick + 6);
      assert.deepEqual([room.state.me.x, room.state.me.seq], [x, latest]);
    });

    if (sdk.pings) {
      test('getLatency measures a round trip', async () => {
        const latency = await withTimeout('getLatency', new sdk.Client(server.url).getLatency());
        assert.ok(latency >= 0 && latency < 1500);
      });

      test('room.ping is answered', async () => {
        const room = await joinWorld(sdk, server, 'Ann');
        const milliseconds = await withTimeout('pong', new Promise((resolve) => room.ping(resolve)));
        assert.ok(milliseconds >= 0 && milliseconds < 2000);
      });
    }

    if (sdk.requests) {
      test('a request is answered', async () => {
        const room = await joinWorld(sdk, server, 'Ann');
        const heard = nextMessage(room, 'chat');
        await withTimeout('the answer', room.request('chat', { message: 'by request' }));
        assert.equal((await heard).message, 'by request');
      });

      test('a request for an unknown type fails with no_handler', async () => {
        const room = await joinWorld(sdk, server, 'Ann');
        const error = await refusal(withTimeout('the answer', room.request('no-such-request', {})));
        assert.match(`${error.name} ${error.message}`, /no_handler|no-such-request/);
        await walk(room);
      });

      test('two requests at once get their own answers', async () => {
        const room = await joinWorld(sdk, server, 'Ann');
        const [good, bad] = await Promise.allSettled([
          room.request('chat', { message: 'one' }),
          room.request('nothing', {}),
        ]);
        assert.deepEqual([good.status, bad.status], ['fulfilled', 'rejected']);
      });
    }
  });
}
