// Match-making and health over plain HTTP, as vector 21 of the protocol has it.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startThrongd } from '../../support/throngd.mjs';
import { Line, http, kJoin, reserve, seatPath, talk } from '../lib/raw.mjs';

const kOrigin = 'https://game.example';

let server;
let full;
before(async () => {
  server = await startThrongd({ rooms: { one: { kind: 'world', max_clients: 1 } } });
  full = await reserve(server, {}, 'one', 'create');
});
after(() => server.stop());

const post = (path, body, headers) => http(server, 'POST', path, body, headers);

function assertCors(headers, origin) {
  assert.equal(headers.get('access-control-allow-origin'), origin);
  assert.equal(headers.get('access-control-allow-credentials'), 'true');
  assert.equal(
    headers.get('access-control-allow-headers'),
    'Origin, X-Requested-With, Content-Type, Accept, Authorization, traceparent, tracestate',
  );
  assert.equal(headers.get('access-control-allow-methods'), 'GET,HEAD,PUT,PATCH,POST,DELETE');
  assert.equal(headers.get('access-control-max-age'), '2592000');
}

describe('a seat', () => {
  test('comes flat and with a room object, for every SDK', async () => {
    const { status, headers, body } = await post('/matchmake/joinOrCreate/world', { name: 'Ann' }, { origin: kOrigin });
    assert.equal(status, 200);
    assertCors(headers, kOrigin);
    assert.match(headers.get('content-type'), /json/);
    assert.ok(Number(headers.get('content-length')) > 0);
    assert.equal(body.name, 'world');
    for (const id of [body.sessionId, body.roomId, body.processId]) assert.match(id, /^[A-Za-z0-9_-]{9,31}$/);
    assert.deepEqual([body.room.name, body.room.roomId, body.room.processId], ['world', body.roomId, body.processId]);
    assert.equal(typeof body.room.maxClients, 'number');
    assert.equal(body.reconnectionToken, undefined);
  });

  test('is given for no body, an empty array, and behind a path prefix', async () => {
    for (const body of [undefined, '', '[]', '{}', 'null']) {
      assert.equal((await post('/matchmake/joinOrCreate/world', body)).status, 200, `body ${body}`);
    }
    assert.equal((await post('/some/prefix/matchmake/joinOrCreate/world?key=1', {})).status, 200);
  });

  test('is good for a socket behind the same prefix', async () => {
    const seat = await reserve(server);
    const line = new Line(server, `/some/prefix${seatPath(seat)}`);
    await line.next(kJoin);
    line.close();
  });
});

describe('a refusal', () => {
  const cases = [
    ['an unknown room name', '/matchmake/joinOrCreate/nope', {}, 520],
    ['an unknown method', '/matchmake/foo/world', {}, 520],
    ['join without a room', '/matchmake/join/one', {}, 521],
    ['joinById of a missing room', '/matchmake/joinById/doesnotexist', {}, 522],
    ['joinById of a locked room', () => `/matchmake/joinById/${full.roomId}`, {}, 522],
    ['reconnect to a missing room', '/matchmake/reconnect/doesnotexist', { reconnectionToken: 'abc' }, 522],
    ['reconnect with a wrong token', () => `/matchmake/reconnect/${full.roomId}`, { reconnectionToken: 'abc' }, 524],
    ['reconnect without a token', () => `/matchmake/reconnect/${full.roomId}`, {}, 523],
  ];
  for (const [what, path, body, code] of cases) {
    test(`for ${what} is ${code}, in the status line and in the body`, async () => {
      const answer = await post(typeof path === 'string' ? path : path(), body);
      assert.equal(answer.status, code);
      assert.equal(answer.body.code, code);
      assert.ok(answer.body.error.length > 0);
      assertCors(answer.headers, '*');
    });
  }

  test('for malformed JSON is 400 with a text', async () => {
    for (const body of ['{"name":', 'nonsense', '{"a":1}}', '[1']) {
      const answer = await post('/matchmake/joinOrCreate/world', body);
      assert.equal(answer.status, 400, body);
      assert.ok(answer.body.error.length > 0);
      assertCors(answer.headers, '*');
    }
  });

  test('for a body beyond the limit is 413', async () => {
    const answer = await post('/matchmake/joinOrCreate/world', { name: 'x'.repeat(100_000) }).catch(() => ({
      status: 413,
    }));
    assert.equal(answer.status, 413);
  });

  test('for anything else under /matchmake is 404', async () => {
    for (const [method, path] of [
      ['GET', '/matchmake/world'],
      ['GET', '/matchmake/'],
      ['POST', '/matchmake/joinOrCreate'],
    ]) {
      assert.equal(
        (await http(server, method, path, method === 'POST' ? {} : undefined)).status,
        404,
        `${method} ${path}`,
      );
    }
  });
});

describe('the neighbourhood', () => {
  test('OPTIONS on any path is 204 with CORS headers and no body', async () => {
    for (const path of ['/matchmake/joinOrCreate/world', '/', '/anything']) {
      const { status, headers, text } = await http(server, 'OPTIONS', path, undefined, { origin: kOrigin });
      assert.deepEqual([status, text], [204, '']);
      assertCors(headers, kOrigin);
    }
  });

  test('health and readiness answer 200', async () => {
    const { status, text, headers } = await http(server, 'GET', '/__healthcheck');
    assert.deepEqual([status, text], [200, 'OK']);
    assertCors(headers, '*');
    assert.equal((await http(server, 'GET', '/healthz')).status, 200);
    assert.equal((await http(server, 'GET', '/readyz')).status, 200);
  });

  test('metrics are in the text format of Prometheus', async () => {
    const { status, text } = await http(server, 'GET', '/metrics');
    assert.equal(status, 200);
    assert.match(text, /^# TYPE throng_[a-z_]+ (counter|gauge|histogram)$/m);
  });

  test('an unknown path is 404', async () => {
    assert.equal((await http(server, 'GET', '/no/such/page')).status, 404);
  });

  test('bytes that are not HTTP are answered with 400 and a close', async () => {
    assert.match((await talk(server, 'HELLO\r\n\r\n')).toString(), /^HTTP\/1\.1 400 /);
  });
});
