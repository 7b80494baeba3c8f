// A collector for tests: takes what a server sends, checks it with OpenTelemetry's own code, and answers as it is told.

import assert from 'node:assert/strict';
import http from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';
import { until } from '../../support/throngd.mjs';

// The generated code of the reference schema; later versions of the package have dropped it.
const load = createRequire(import.meta.url);
const generated = load('../node_modules/@opentelemetry/otlp-transformer/build/src/generated/root.js');
const { ExportTraceServiceRequest } = generated.opentelemetry.proto.collector.trace.v1;

export const kSilence = 'silence';
export const kHangUp = 'hang up';

/**
 * @param reply  given the number of the request (from 0), what to answer: { status, headers, body }, kSilence or kHangUp
 * @param tls  { cert, key } to speak https
 * @return {Promise<Receiver>} listening
 */
export async function startReceiver(reply = () => ({ status: 200 }), tls = undefined) {
  const receiver = new Receiver(reply, tls);
  await receiver.listen();
  return receiver;
}

class Receiver {
  requests = []; // { path, headers, body, answered }
  #reply;
  #server;

  constructor(reply, tls) {
    this.#reply = reply;
    const take = (request, response) => this.#take(request, response);
    this.#server = tls ? https.createServer(tls, take) : http.createServer(take);
  }

  listen() {
    return new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get url() {
    const scheme = this.#server instanceof https.Server ? 'https' : 'http';
    return `${scheme}://127.0.0.1:${this.#server.address().port}`;
  }

  close() {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(request, response) {
    const chunks = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return; // it went away
    }
    let body = Buffer.concat(chunks);
    if (request.headers['content-encoding'] === 'gzip') body = gunzipSync(body);
    const reply = this.#reply(this.requests.length);
    this.requests.push({ path: request.url, headers: request.headers, body, answered: reply.status });
    if (reply === kSilence) return;
    if (reply === kHangUp) return request.socket.destroy();
    response.writeHead(reply.status, reply.headers ?? {});
    response.end(reply.body ?? '');
  }

  #taken() {
    return this.requests.filter((request) => request.answered >= 200 && request.answered < 300);
  }

  /** Every span of OTLP requests that were taken, decoded and checked, as { name, traceId, spanId, parentId, attributes, … }. */
  spans() {
    return this.#taken().flatMap((request) => {
      const json = request.headers['content-type'] === 'application/json';
      return json ? readJson(request.body) : readProtobuf(request.body);
    });
  }

  zipkinSpans() {
    return this.#taken().flatMap((request) => JSON.parse(request.body));
  }

  /** Waits until a span fits. @param fits  a name, or a function of a span */
  async span(fits, milliseconds = 10_000) {
    const test = typeof fits === 'string' ? (span) => span.name === fits : fits;
    return until(`the span ${fits}`, () => this.spans().find(test), milliseconds);
  }
}

/** Bytes that the reference schema reads, and writes again just so. */
function readProtobuf(body) {
  const request = ExportTraceServiceRequest.decode(body);
  assert.equal(ExportTraceServiceRequest.verify(request), null);
  assert.deepEqual(Buffer.from(ExportTraceServiceRequest.encode(request).finish()), body, 'encoded again it is another');
  return spansOf(ExportTraceServiceRequest.toObject(request, { longs: String, bytes: Buffer }));
}

/** OTLP/JSON is the JSON of the schema, but for ids in hexadecimal. */
function readJson(body) {
  const json = JSON.parse(body, (key, value) =>
    key === 'traceId' || key === 'spanId' || key === 'parentSpanId' ? fromHex(value).toString('base64') : value,
  );
  const request = ExportTraceServiceRequest.fromObject(json);
  assert.equal(ExportTraceServiceRequest.verify(request), null);
  const again = ExportTraceServiceRequest.decode(ExportTraceServiceRequest.encode(request).finish());
  return spansOf(ExportTraceServiceRequest.toObject(again, { longs: String, bytes: Buffer }));
}

function fromHex(text) {
  assert.match(text, /^([0-9a-f]{16}|[0-9a-f]{32})$/);
  return Buffer.from(text, 'hex');
}

function spansOf(request) {
  return request.resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) => {
      assert.equal(scope.name, 'throng');
      return spans.map((span) => plain(span, attributesOf(resource.attributes)));
    }),
  );
}

function plain(span, resource) {
  const hex = (bytes) => Buffer.from(bytes ?? []).toString('hex');
  const checked = {
    name: span.name,
    kind: span.kind,
    traceId: hex(span.traceId),
    spanId: hex(span.spanId),
    parentId: hex(span.parentSpanId),
    beganNs: BigInt(span.startTimeUnixNano),
    endedNs: BigInt(span.endTimeUnixNano),
    attributes: attributesOf(span.attributes ?? []),
    events: (span.events ?? []).map((event) => event.name),
    links: (span.links ?? []).map((link) => ({ traceId: hex(link.traceId), spanId: hex(link.spanId) })),
    status: span.status ?? {},
    resource,
  };
  assert.match(checked.traceId, /^[0-9a-f]{32}$/);
  assert.match(checked.spanId, /^[0-9a-f]{16}$/);
  assert.match(checked.parentId, /^([0-9a-f]{16})?$/);
  assert.ok(checked.endedNs >= checked.beganNs, `${span.name} ends before it begins`);
  const ago = Date.now() - Number(checked.beganNs / 1_000_000n);
  assert.ok(ago > -1000 && ago < 600_000, `${span.name} began ${ago} ms ago`);
  return checked;
}

function attributesOf(pairs) {
  return Object.fromEntries(
    pairs.map(({ key, value }) => {
      if (value.stringValue !== undefined) return [key, value.stringValue];
      if (value.boolValue !== undefined) return [key, value.boolValue];
      return [key, Number(value.intValue)];
    }),
  );
}
