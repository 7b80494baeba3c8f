// Fifty clients that hardly read and fifty that send rubbish, next to three hundred who play: those who play notice nothing,
// the others are thrown out for reasons that /metrics tells, and memory stays where it was.
//   THRONGD=… THRONG_BOTS=… node tests/integration/load/hostile_clients.mjs

import assert from 'node:assert/strict';

import { metricsOf, residentMiB, runBots, startBenchServer } from '../support/bots.mjs';

const kPatchRateHz = 20;
/** A loaded machine may halve the rate; a server that its bad clients hold up falls much further. */
const kPatchRateShareMin = 1 / 3;
/** 400 clients, and 50 full output queues of 256 KiB. */
const kMiBMax = 64;

const kSide = 800; // dense, so that a client who does not read falls behind within seconds
const server = await startBenchServer({ mmo: { side_units: kSide, monsters: 600 }, slow_client: { close_after_ms: 2000 } });
try {
  const before = await residentMiB(server.pid);
  const figures = await runBots(server, ['--mix', 'walk=300,slow=50,garbage=50', '--side', kSide, '--seconds', 13, '--warmup', 1,
    '--join-rate', 200, '--watch', 10]);
  const after = await residentMiB(server.pid);

  assert.equal(figures.lost, 0, JSON.stringify(figures.faults));
  for (const fault of ['bad_frame', 'bad_state', 'unknown_reference']) assert.equal(figures.faults[fault], undefined);
  assert.ok(figures.playing_at_end >= 300, `${figures.playing_at_end} playing`);
  const rate = figures.patches_per_client_second;
  assert.ok(rate > kPatchRateHz * kPatchRateShareMin, `${rate} patches per client and second`);
  assert.ok(rate < kPatchRateHz * 1.2, `${rate} patches per client and second`);
  assert.ok(figures.garbage_sent > 100);
  assert.ok(figures.expected_closes > 50, `${figures.expected_closes} thrown out`);
  assert.ok(after - before < kMiBMax, `memory grew from ${before} to ${after} MiB`);

  const metrics = await metricsOf(server);
  const rejected = (reason) => metrics(`throng_messages_rejected_total{reason="${reason}"}`);
  // Who reads 256 bytes a second does not get to our pings in time either; whichever is noticed first ends it.
  const slow = ['slow_reader', 'pong_timeout'].map((reason) => metrics(`throng_websockets_dropped_total{reason="${reason}"}`));
  assert.ok(slow[0] + slow[1] >= 25, `${slow} slow readers were dropped`);
  assert.ok(metrics('throng_frames_rejected_total{reason="protocol"}') > 0, 'no frame was refused');
  assert.ok(metrics('throng_frames_rejected_total{reason="too_large"}') > 0, 'no frame was too large');
  for (const reason of ['undecodable', 'unknown_type', 'unknown_opcode']) assert.ok(rejected(reason) > 0, `no message was refused as ${reason}`);
  console.log(`${rate.toFixed(1)} patches per client and second, ${figures.expected_closes} thrown out; ` +
    `${before.toFixed(0)} and ${after.toFixed(0)} MiB`);
} finally {
  await server.stop(); // throws unless it exits with 0
}
