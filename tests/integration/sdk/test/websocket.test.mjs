// The socket by hand: layouts of the handshake, and bytes that no SDK would send.

import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { startThrongd } from '../../support/throngd.mjs';
import {
  Line,
  joinByHand,
  kData,
  kError,
  kJoin,
  kLeave,
  kPatch,
  kPing,
  kState,
  parseError,
  parseJoin,
  reserve,
  seatPath,
  talk,
} from '../lib/raw.mjs';

let server;
before(async () => {
  server = await startThrongd();
});
after(() => server.stop());

describe('the handshake', () => {
  test('is the layout that all generations read', async () => {
    const seat = await reserve(server);
    const line = new Line(server, seatPath(seat));
    const { token, serializer, rest } = parseJoin(await line.next(kJoin));
    assert.equal(serializer, 'schema');
    assert.match(token, /^[A-Za-z0-9_-]{16,31}$/);
    assert.equal(rest[0], 0xcd);
    assert.equal(rest.readUInt16LE(1), rest.length - 3);
    assert.ok(!rest.subarray(1, 3).includes(0xff));
    assert.deepEqual([...rest.subarray(3, 5)], [0xff, 0x00]);
    line.close();
  });

  test('is plain for who asks for it with {"sdk":"0.16"}', async () => {
    const seat = await reserve(server, { sdk: '0.16' });
    const line = new Line(server, seatPath(seat));
    const { rest } = parseJoin(await line.next(kJoin));
    assert.notEqual(rest[0], 0xcd);
    assert.notEqual(rest[0], 0xff);
    line.close();
  });

  test('ends after the serializer for who knows the types', async () => {
    const seat = await reserve(server);
    const line = new Line(server, seatPath(seat, '&skipHandshake=1'));
    const { serializer, rest } = parseJoin(await line.next(kJoin));
    assert.deepEqual([serializer, rest.length], ['schema', 0]);
    line.close();
  });

  test('a room without state says so and sends none', async () => {
    const { line, handshake } = await joinByHand(server, {}, 'lobby');
    assert.deepEqual([handshake.serializer, handshake.rest.length], ['none', 0]);
    await line.next(kData);
    line.close();
  });

  test('nothing is sent before the acknowledgement, then the state, then patches', async () => {
    const seat = await reserve(server);
    const line = new Line(server, seatPath(seat));
    await line.next(kJoin);
    line.send(kPing);
    await line.next(kPing);
    assert.deepEqual(line.frames, []);
    line.send(kJoin, 0x00);
    await line.wait('a frame', () => line.frames.length >= 1);
    assert.equal(line.frames[0].data[0], kState);
    await line.next(kPatch);
    line.send(kJoin);
    await line.next(kPatch);
    assert.ok(
      line.frames.every(({ data }) => data[0] !== kState),
      'a second acknowledgement is ignored',
    );
    line.close();
  });

  test('extensions and sub-protocols are not taken up', async () => {
    const seat = await reserve(server);
    const line = new Line(server, seatPath(seat));
    await line.next(kJoin);
    assert.equal(line.socket.extensions, '');
    assert.equal(line.socket.protocol, '');
    line.close();
  });

  test('an unknown seat or room gets ERROR 524 and 4002', async () => {
    const { processId, roomId } = await reserve(server);
    for (const path of [
      '/proc/room?sessionId=zzz',
      `/${processId}/${roomId}?sessionId=zzz`,
      '/a/b/c/d?sessionId=%00',
    ]) {
      const line = new Line(server, path);
      assert.equal(parseError(await line.next(kError)).code, 524);
      assert.equal((await line.end()).code, 4002);
    }
  });
});

describe('the latency probe', () => {
  test('answers any frame with 12 and closes with 1000 after a second', async () => {
    const line = new Line(server, '/');
    await new Promise((resolve) => line.socket.once('open', resolve));
    line.send(kPing);
    await line.next(kPing);
    line.send(0x55, 0x55);
    assert.deepEqual([...(await line.next(kPing))], [kPing]);
    assert.equal((await line.end()).code, 1000);
  });
});

describe('bad manners', () => {
  test('a text frame does not reach the game', async () => {
    const { line } = await joinByHand(server);
    line.socket.send('hello');
    const answered = await line.wait('a close or a ping', () => line.closed ?? pinged(line));
    assert.ok(answered);
    line.close();
  });

  test('a message beyond the limit closes with 1009', async () => {
    const { line } = await joinByHand(server);
    line.socket.send(Buffer.alloc(5000, kPing));
    assert.equal((await line.end()).code, 1009);
  });

  test('an unmasked frame closes with 1002', async () => {
    const { line } = await joinByHand(server);
    line.socket._socket.write(Buffer.from([0x82, 0x01, kPing]));
    assert.equal((await line.end()).code, 1002);
  });

  test('a reserved bit closes with 1002', async () => {
    const { line } = await joinByHand(server);
    line.socket._socket.write(Buffer.from([0xc2, 0x81, 0, 0, 0, 0, kPing]));
    assert.equal((await line.end()).code, 1002);
  });

  test('garbage in place of msgpack is refused, and the room goes on', async () => {
    const { line } = await joinByHand(server);
    line.send(kData, 0xa4, ...Buffer.from('move'), 0xc1, 0xff, 0xde, 0xff, 0xff);
    const answer = await line.wait(
      'an answer',
      () => line.closed ?? line.frames.find(({ data }) => data[0] === kError || data[0] === kData),
    );
    assert.ok(answer);
    const { line: other } = await joinByHand(server);
    await other.next(kPatch);
    other.close();
    line.close();
  });

  test('unknown opcodes and input frames are ignored', async () => {
    const { line } = await joinByHand(server);
    for (const opcode of [0x00, 0x13, 0x14, 0x1e, 0x1f]) line.send(opcode, 1, 2, 3);
    line.send(kPing);
    await line.next(kPing);
    assert.equal(line.closed, null);
    line.close();
  });

  test('random bytes in every message never stop the server', async () => {
    const seed = crypto.randomInt(2 ** 31);
    const { line } = await joinByHand(server);
    let state = seed;
    const random = () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 16;
    for (let i = 0; i < 200 && line.closed === null; ++i) {
      const opcode = [kData, 0x11, 0x15, kJoin, kPing][random() % 5];
      line.send(opcode, ...Array.from({ length: random() % 60 }, () => random() & 255));
    }
    line.close();
    const { line: other } = await joinByHand(server);
    await other.next(kPatch).catch((error) => assert.fail(`seed ${seed}: ${error}`));
    other.close();
  });

  test('a flood is cut off or thinned, and others play on', async () => {
    const { line } = await joinByHand(server);
    for (let i = 0; i < 3000 && line.closed === null; ++i)
      line.send(kData, 0xa4, ...Buffer.from('chat'), 0x81, 0xa7, ...Buffer.from('message'), 0xa1, 0x61);
    const { line: other } = await joinByHand(server);
    await other.next(kPatch);
    other.close();
    line.close();
  });

  test('trailing bytes after leave are tolerated, and it is answered with 4000', async () => {
    const { line } = await joinByHand(server);
    line.send(kLeave, 0x00);
    assert.equal((await line.end()).code, 4000);
  });

  test('an upgrade of an old WebSocket version is 426, one without a key is 400', async () => {
    const head = 'GET /a/b?sessionId=c HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\n';
    const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
    assert.match((await talk(server, `${head}${key}Sec-WebSocket-Version: 8\r\n\r\n`)).toString(), /^HTTP\/1\.1 426 /);
    assert.match((await talk(server, `${head}Sec-WebSocket-Version: 13\r\n\r\n`)).toString(), /^HTTP\/1\.1 400 /);
  });
});

/** Sends a ping once and tells whether its answer is there. */
function pinged(line) {
  if (!line.asked) {
    line.asked = true;
    if (line.socket.readyState === 1) line.send(kPing);
  }
  return line.frames.some(({ data }) => data[0] === kPing);
}
