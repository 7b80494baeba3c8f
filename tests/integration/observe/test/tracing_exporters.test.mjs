// Other formats, and receivers that do not do what they should.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import Ajv from 'ajv';
import { startThrongd, until } from '../../support/throngd.mjs';
import { kHangUp, kSilence, startReceiver } from '../lib/trace_receiver.mjs';

const kZipkinSchema = JSON.parse(await readFile(new URL('../lib/zipkin_v2.schema.json', import.meta.url), 'utf8'));

const kQuick = { OTEL_BSP_SCHEDULE_DELAY: '50', THRONG_TRACE_TICK_RATIO: '0' };

/** A server with these variables, while `use` runs with it and with `/healthz` asked once. */
async function withServer(environment, use) {
  const server = await startThrongd({ environment: { ...kQuick, ...environment } });
  try {
    await fetch(`${server.url}/healthz`);
    await use(server);
  } finally {
    await server.stop();
  }
}

/** A receiver that ends with its test. */
async function receiverOf(t, reply, tls) {
  const receiver = await startReceiver(reply, tls);
  t.after(() => receiver.close());
  return receiver;
}

/** A certificate for 127.0.0.1 that only those trust who are told to. @return {Promise<{ file, cert, key }>} */
async function certificateOf(t) {
  const folder = await mkdtemp(path.join(tmpdir(), 'throng-tls-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'cert.pem');
  const keyFile = path.join(folder, 'key.pem');
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const about = ['-subj', '/CN=collector', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', [...request, ...about, '-keyout', keyFile, '-out', file], { stdio: 'ignore' });
  return { file, cert: await readFile(file), key: await readFile(keyFile) };
}

const counterOf = async (server, result) => {
  const page = await (await fetch(`${server.url}/metrics`)).text();
  return Number(new RegExp(`throng_trace_spans_total\\{result="${result}"\\} (\\d+)`).exec(page)?.[1] ?? 0);
};

test('Zipkin gets its second version', async (t) => {
  const receiver = await receiverOf(t, () => ({ status: 202 }));
  const environment = {
    OTEL_TRACES_EXPORTER: 'zipkin',
    OTEL_EXPORTER_ZIPKIN_ENDPOINT: `${receiver.url}/api/v2/spans`,
    OTEL_SERVICE_NAME: 'world-server',
  };
  await withServer(environment, async () => {
    const span = await until('a span', () => receiver.zipkinSpans().find((one) => one.name === 'GET /healthz'));
    assert.equal(span.kind, 'SERVER');
    assert.equal(span.localEndpoint.serviceName, 'world-server');
    assert.equal(span.tags['http.response.status_code'], '200');
    const validate = new Ajv({ allErrors: true }).compile(kZipkinSchema);
    for (const request of receiver.requests) {
      assert.equal(request.path, '/api/v2/spans');
      assert.ok(validate(JSON.parse(request.body)), JSON.stringify(validate.errors));
    }
  });
});

for (const compression of ['none', 'gzip']) {
  test(`OTLP in JSON, compression ${compression}`, async (t) => {
    const receiver = await receiverOf(t);
    const environment = {
      OTEL_TRACES_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${receiver.url}/otlp`,
      OTEL_EXPORTER_OTLP_COMPRESSION: compression,
    };
    await withServer(environment, async () => {
      const span = await receiver.span('GET /healthz');
      assert.equal(span.attributes['http.response.status_code'], 200);
      assert.equal(receiver.requests[0].path, '/otlp');
      assert.equal(receiver.requests[0].headers['content-type'], 'application/json');
    });
  });
}

test('a collector behind https is believed when its certificate is', async (t) => {
  const { file, cert, key } = await certificateOf(t);
  const receiver = await receiverOf(t, undefined, { cert, key });
  const environment = { OTEL_TRACES_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
  await withServer({ ...environment, OTEL_EXPORTER_OTLP_CERTIFICATE: file }, () => receiver.span('GET /healthz'));
  const taken = receiver.requests.length;
  await withServer({ ...environment, OTEL_BSP_EXPORT_TIMEOUT: '300' }, async (server) => {
    await until('spans are lost', async () => (await counterOf(server, 'failed')) > 0);
    assert.equal(receiver.requests.length, taken, 'nothing was sent to a stranger');
  });
});

test('the console gets a line for each span', async () => {
  await withServer({ OTEL_TRACES_EXPORTER: 'console' }, async (server) => {
    const line = await until('a line', () =>
      server.output.split('\n').find((one) => one.startsWith('{') && one.includes('GET /healthz')),
    );
    const span = JSON.parse(line);
    assert.match(span.trace, /^[0-9a-f]{32}$/);
    assert.equal(span.attributes['http.response.status_code'], 200);
  });
});

test('a receiver that fails at first gets the spans later', async (t) => {
  const receiver = await receiverOf(t, (request) => [{ status: 503, headers: { 'retry-after': '1' } }, { status: 200 }][Math.min(request, 1)]);
  await withServer({ OTEL_TRACES_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url }, async () => {
    await until('two requests', () => receiver.requests.length >= 2);
    assert.deepEqual(receiver.requests[1].body, receiver.requests[0].body, 'nothing was lost');
    await receiver.span('GET /healthz');
  });
});

test('a receiver that hangs costs nothing but spans', async (t) => {
  const receiver = await receiverOf(t, () => kSilence);
  const environment = {
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_BSP_MAX_QUEUE_SIZE: '20',
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '10',
  };
  await withServer(environment, async (server) => {
    await until('a request', () => receiver.requests.length > 0);
    for (let i = 0; i < 60; ++i) assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
    await until('spans are dropped', async () => (await counterOf(server, 'queue_full')) > 0);
  }); // and it ends in time
});

test('a receiver that hangs up, or is not there, is told of once', async (t) => {
  const receiver = await receiverOf(t, () => kHangUp);
  const environment = {
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url.replace('//', '//user:geheim@'),
    OTEL_EXPORTER_OTLP_HEADERS: 'api-key=geheim',
    OTEL_BSP_EXPORT_TIMEOUT: '300',
  };
  await withServer(environment, async (server) => {
    await until('spans are lost', async () => (await counterOf(server, 'failed')) > 0);
    await receiver.close();
    await until('spans are lost again', async () => (await counterOf(server, 'failed')) > 3);
    assert.equal(server.output.match(/spans are lost/g).length, 1);
    assert.ok(!server.output.includes('geheim'), 'secrets are in no log');
  });
});

test('what cannot work ends with code 2 and a word', async () => {
  for (const [environment, word] of [
    [{ OTEL_TRACES_EXPORTER: 'jaeger' }, /OTEL_TRACES_EXPORTER=jaeger/],
    [{ OTEL_TRACES_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, /http\/protobuf/],
    [{ OTEL_TRACES_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, /OTEL_EXPORTER_OTLP_ENDPOINT/],
  ]) {
    await assert.rejects(startThrongd({ environment }), (error) => {
      assert.match(error.message, /"code":2/);
      assert.match(error.message, word);
      return true;
    });
  }
});

test('what is merely wrong is said, and left out', async () => {
  const environment = { OTEL_TRACES_EXPORTER: 'console', OTEL_TRACES_SAMPLER: 'sometimes', OTEL_BSP_SCHEDULE_DELAY: 'soon' };
  await withServer(environment, async (server) => {
    assert.match(server.output, /OTEL_TRACES_SAMPLER=sometimes is not known/);
    assert.match(server.output, /OTEL_BSP_SCHEDULE_DELAY=soon/);
  });
});
