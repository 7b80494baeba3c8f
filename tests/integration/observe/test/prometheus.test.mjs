// The tests' own Prometheus comes up although somebody else was faster at its port.

import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { createServer as createHttpServer } from 'node:http';
import { test } from 'node:test';
import { startPrometheus } from '../../support/prometheus.mjs';

const kConfiguration = 'global: {}\n';

const port = async (server) => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server.address().port;
};

/** A port that is taken by a server that is none, by one that says yes to all, and by another Prometheus. */
const kTaken = {
  'a bare socket': async () => {
    const server = createServer((socket) => socket.destroy());
    return { port: await port(server), stop: () => server.close() };
  },
  'a web server': async () => {
    const server = createHttpServer((_, answer) => answer.end('{"status":"success","data":{}}'));
    return { port: await port(server), stop: () => server.close() };
  },
  'another Prometheus': async () => {
    const other = await startPrometheus(kConfiguration);
    return { port: Number(new URL(other.url).port), stop: () => other.stop() };
  },
};

for (const [who, take] of Object.entries(kTaken)) {
  test(`takes another port when ${who} has the first`, async () => {
    const taken = await take();
    try {
      const prometheus = await startPrometheus(kConfiguration, { firstPort: taken.port });
      try {
        assert.notEqual(Number(new URL(prometheus.url).port), taken.port);
        assert.ok(await prometheus.ready());
      } finally {
        await prometheus.stop();
      }
    } finally {
      await taken.stop();
    }
  });
}
