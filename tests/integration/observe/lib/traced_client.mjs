// A client that traces what it does with OpenTelemetry's own SDK, as a game's back end or page would.

import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { Client } from 'sdk-0.18';

const kTracer = new BasicTracerProvider().getTracer('test');

/** @return {{client, traceId, spanId, traceparent}}  its HTTP requests are part of a span that has just begun */
export function tracedClient(url) {
  const span = kTracer.startSpan('play');
  const headers = {};
  new W3CTraceContextPropagator().inject(trace.setSpan(ROOT_CONTEXT, span), headers, {
    set: (carrier, key, value) => (carrier[key] = value),
  });
  const client = new Client(url, { headers });
  client.auth.token = undefined; // the SDK remembers the last one of the process, and that was of another server
  const { traceId, spanId } = span.spanContext();
  return { client, traceId, spanId, traceparent: headers.traceparent };
}
