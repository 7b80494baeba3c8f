// Two thousand clients join as fast as they can, and then a hundred join and leave without end: everybody gets in, nothing
// goes wrong, and memory follows the number of players and not the number of joins.
//   THRONGD=… THRONG_BOTS=… node tests/integration/load/join_storm.mjs

import assert from 'node:assert/strict';

import { metricsOf, residentMiB, runBots, startBenchServer } from '../support/bots.mjs';
import { until } from '../support/throngd.mjs';

const kClients = 2000;
/** Much more than a player takes (48 to 58 KiB in the reference server), much less than a leak would. */
const kMiBPerClientMax = 64 / 1024;
const kMiBOfChurnMax = 32;

const server = await startBenchServer({ mmo: { side_units: 5446, monsters: 200 }, patch_rate_hz: 10, tick_rate_hz: 10 });
try {
  const before = await residentMiB(server.pid);
  const storm = await runBots(server, ['--behaviour', 'idle', '--clients', kClients, '--join-rate', 0, '--in-flight', 256,
    '--seconds', 2, '--warmup', 0.5, '--watch', 20, '--side', 5446]);
  const after = await residentMiB(server.pid);
  assert.deepEqual(storm.faults, {});
  assert.equal(storm.joins.count, kClients);
  assert.equal(storm.playing_at_end, kClients);
  assert.equal(storm.lost, 0);
  assert.ok(after - before < kClients * kMiBPerClientMax, `memory grew by ${after - before} MiB`);

  const metrics = await metricsOf(server);
  assert.equal(metrics('throng_joins_total'), kClients);
  assert.equal(metrics('throng_joins_refused_total{reason="bad_seat"}'), 0);
  assert.equal(metrics('throng_mailbox_full_total'), 0);

  const churn = await runBots(server, ['--behaviour', 'storm', '--clients', 100, '--join-rate', 0, '--seconds', 5,
    '--warmup', 0.5, '--side', 5446]);
  assert.deepEqual(churn.faults, {});
  assert.equal(churn.lost, 0);
  assert.ok(churn.joins.count > 200, `only ${churn.joins.count} joins`);
  const end = await residentMiB(server.pid);
  assert.ok(end - after < kMiBOfChurnMax, `memory grew by ${end - after} MiB with ${churn.joins.count} joins`);
  await until('every connection to be gone', async () => {
    const now = await metricsOf(server);
    return now('throng_connections') <= 1; // this request's own
  }, 10_000);
  console.log(`${kClients} joined at ${Math.round(storm.joins.per_second)} per second, ${churn.joins.count} came and went; ` +
    `${before.toFixed(0)}, ${after.toFixed(0)}, ${end.toFixed(0)} MiB`);
} finally {
  await server.stop(); // throws unless it exits with 0
}
