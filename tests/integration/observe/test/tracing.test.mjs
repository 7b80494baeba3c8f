// Traces of a running server, read by OpenTelemetry's own decoder.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { layCable } from '../../sdk/lib/cable.mjs';
import { startThrongd, until } from '../../support/throngd.mjs';
import { startReceiver } from '../lib/trace_receiver.mjs';
import { tracedClient } from '../lib/traced_client.mjs';

const kServerKind = 2;
const kClientKind = 3;
const kMatchRoute = 'POST /matchmake/{method}/{room}';

let receiver;
let server;
before(async () => {
  receiver = await startReceiver();
  server = await startThrongd({
    environment: {
      OTEL_TRACES_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20secret-of-the-test',
      OTEL_SERVICE_NAME: 'world-server',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
      OTEL_BSP_SCHEDULE_DELAY: '50',
      THRONG_TRACE_TICK_RATIO: '0',
      THRONG_STALL_TICK: 'world:40:90',
    },
  });
});
after(async () => {
  await server.stop();
  await receiver.close();
});

describe('traces over OTLP', () => {
  test('a client’s trace goes on through match-making to the join and to the store', async () => {
    const { client, traceId, spanId } = tracedClient(server.url);
    await client.auth.signInAnonymously();
    const room = await client.joinOrCreate('world');
    await until('the state', () => room.state?.me);
    const join = await receiver.span((span) => span.name === 'room join' && span.traceId === traceId);
    await room.leave();

    const all = receiver.spans().filter((span) => span.traceId === traceId);
    const named = (name) => all.filter((span) => span.name === name);
    const parentOf = (span) => all.find((other) => other.spanId === span.parentId);

    const [http] = named(kMatchRoute);
    assert.equal(http.parentId, spanId, 'the client’s span is its parent');
    assert.equal(http.kind, kServerKind);
    assert.equal(http.attributes['http.request.method'], 'POST');
    assert.equal(http.attributes['http.route'], '/matchmake/{method}/{room}');
    assert.equal(http.attributes['url.path'], '/matchmake/joinOrCreate/world');
    assert.equal(http.attributes['http.response.status_code'], 200);

    const [match] = named('match joinOrCreate');
    assert.equal(parentOf(match), http);
    assert.equal(match.attributes['game.room.kind'], 'world');
    assert.equal(match.attributes['game.room.id'], room.roomId);

    assert.equal(parentOf(join), match);
    assert.equal(join.attributes['game.room.id'], room.roomId);
    assert.equal(join.attributes['game.session.id'], match.attributes['game.session.id']);
    assert.deepEqual(join.events, ['acknowledged']);
    assert.ok(join.endedNs > http.endedNs, 'the seat comes first');

    const [admission] = named('match admission');
    assert.equal(parentOf(admission), match);
    const stored = all.filter((span) => span.name.startsWith('store ') && parentOf(span) === admission);
    assert.ok(stored.some((span) => span.name === 'store write' && span.kind === kClientKind));
    assert.ok(stored.some((span) => span.name === 'store commit' && span.attributes['db.operation.name'] === 'COMMIT'));
    for (const span of stored) assert.equal(span.attributes['db.system.name'], 'sqlite');

    const [signIn] = named('POST /auth/anonymous');
    assert.equal(signIn.parentId, spanId);
    assert.ok(all.some((span) => span.name === 'store write' && parentOf(span) === signIn));
  });

  test('says who sends, with the headers that it was given', async () => {
    const span = await receiver.span((one) => one.name.startsWith('room '));
    assert.equal(span.resource['service.name'], 'world-server');
    assert.equal(span.resource['deployment.environment.name'], 'test');
    assert.match(span.resource['service.instance.id'], /^[\w-]{9}$/);
    assert.equal(receiver.requests[0].path, '/v1/traces');
    assert.equal(receiver.requests[0].headers['content-type'], 'application/x-protobuf');
    assert.equal(receiver.requests[0].headers.authorization, 'Bearer secret-of-the-test');
    assert.ok(!server.output.includes('secret-of-the-test'));
  });

  test('a slow tick is kept, with its phases and what it was busy with', async () => {
    const tick = await receiver.span((span) => span.name === 'tick' && span.attributes['game.tick.number'] === 40);
    assert.equal(tick.attributes['game.tick.slow'], true);
    assert.equal(tick.attributes['game.room.kind'], 'world');
    assert.ok(tick.endedNs - tick.beganNs >= 90_000_000n);
    const phases = receiver.spans().filter((span) => span.parentId === tick.spanId);
    const input = phases.find((span) => span.name === 'tick input');
    assert.ok(input.endedNs - input.beganNs >= 90_000_000n, 'that is where the time went');
    for (const name of ['tick ai', 'tick movement', 'tick combat', 'tick index', 'tick encode'])
      assert.ok(phases.some((span) => span.name === name), name);
    for (const span of phases) assert.equal(span.traceId, tick.traceId);

    const accept = 'application/openmetrics-text; version=1.0.0';
    const page = await (await fetch(`${server.url}/metrics`, { headers: { accept } })).text();
    const bucket = page.split('\n').find((line) => line.includes(`trace_id="${tick.traceId}"`));
    assert.match(bucket, /^throng_tick_duration_seconds_bucket\{.*room="world".*\} \d+ # /, 'the exemplar of its bucket');
  });

  test('every HTTP route has its span, and its own failures are errors', async () => {
    const { client, traceId } = tracedClient(server.url);
    for (const address of ['/healthz', '/readyz', '/metrics', '/nobody/0123456789'])
      await fetch(server.url + address, { headers: { traceparent: `00-${traceId}-00000000000000aa-01` } });
    await assert.rejects(client.joinById('nobodyHere'));
    const ours = (span) => span.traceId === traceId;
    await receiver.span((span) => ours(span) && span.name === 'match joinById');
    await receiver.span((span) => ours(span) && span.name === kMatchRoute);
    const names = receiver.spans().filter((span) => ours(span)).map((span) => span.name);
    for (const name of ['GET /healthz', 'GET /readyz', 'GET /metrics', 'GET /nobody/{id}'])
      assert.ok(names.includes(name), `${name} among ${names}`);
    const match = receiver.spans().find((span) => ours(span) && span.name === 'match joinById');
    assert.equal(match.attributes['game.match.code'], 522);
    assert.notEqual(match.status.code, 2, 'a room that is gone is no failure of the server');
  });

  test('who is not sampled elsewhere is not traced here', async () => {
    const { client, traceId } = tracedClient(server.url);
    await fetch(`${server.url}/healthz`, { headers: { traceparent: `00-${traceId}-00000000000000aa-00` } });
    await fetch(`${server.url}/healthz`, { headers: { traceparent: `00-${traceId}-00000000000000bb-01` } });
    const span = await receiver.span((one) => one.traceId === traceId);
    assert.equal(span.parentId, '00000000000000bb');
    assert.ok(client);
  });

  test('a page of another origin may send traceparent', async () => {
    const answer = await fetch(`${server.url}/matchmake/joinOrCreate/world`, {
      method: 'OPTIONS',
      headers: { origin: 'http://example.org' },
    });
    assert.match(answer.headers.get('access-control-allow-headers'), /\btraceparent\b/);
  });

  test('a reload of the content is a trace, and its log lines carry the id', async () => {
    const file = path.join(server.config, 'content', 'skills.json');
    await writeFile(file, `${await readFile(file, 'utf8')}\n`);
    server.signal('SIGHUP');
    const reload = await receiver.span('content reload');
    assert.equal(reload.attributes['game.content.accepted'], true);
    await until('the line', () => server.output.includes(`"trace_id":"${reload.traceId}"`));
  });
  test('a session that comes back has a span of its own, with a link to how it began', async () => {
    const cable = await layCable(server.port);
    const { client, traceId } = tracedClient(cable.url);
    const room = await client.joinOrCreate('world');
    await until('the state', () => room.state?.me);
    room.reconnection.enabled = false;
    const { sessionId, reconnectionToken } = room;
    cable.cut();
    const again = await tracedClient(server.url).client.reconnect(reconnectionToken);
    const back = await receiver.span('room reconnect');
    assert.equal(back.attributes['game.session.id'], sessionId);
    assert.equal(back.links[0].traceId, traceId);
    const match = await receiver.span('match reconnect');
    assert.equal(match.attributes['game.session.id'], sessionId);
    await again.leave();
    await cable.close();
  });
});

test('rooms are made, saved and taken up again in traces', async (t) => {
  const own = await startReceiver();
  t.after(() => own.close());
  const environment = {
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_EXPORTER_OTLP_ENDPOINT: own.url,
    OTEL_BSP_SCHEDULE_DELAY: '50',
    THRONG_TRACE_TICK_RATIO: '0',
  };
  const first = await startThrongd({ environment });
  t.after(() => first.signal('SIGKILL')); // no matter when it has ended as it should
  const { client } = tracedClient(first.url);
  const room = await client.joinOrCreate('world');
  await until('the state', () => room.state?.me);
  await own.span('room create');
  await first.stop({ keepFiles: true });
  const checkpoint = await own.span('room checkpoint');
  const kept = own.spans().find((span) => span.parentId === checkpoint.spanId && span.name === 'store keep');
  assert.equal(kept.attributes['game.cut.checkpoint'], true);
  const second = await startThrongd({ environment, config: first.config });
  t.after(() => second.signal('SIGKILL'));
  const restore = await own.span('room restore');
  assert.equal(restore.attributes['game.room.carried_on'], true);
  await second.stop();
});
