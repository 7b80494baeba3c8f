// A world under load for a long time while its content is reloaded over and over: nobody who plays is lost, ticks stay on
// time, and memory stays where it was after the warm-up.
//   ./dev soak [minutes]                                   30 minutes unless told
//   ./dev soak --seconds 600 --reloads 1000                so many reloads in so short a time
//   node tests/integration/soak/run.mjs --seconds 20       the short form that is a test step

import assert from 'node:assert/strict';
import path from 'node:path';
import { parseArgs } from 'node:util';

process.env.THRONGD ??= path.resolve(import.meta.dirname, '../../../build/release/throngd');
process.env.THRONG_BOTS ??= path.resolve(import.meta.dirname, '../../../build/release/throng-bots');
const { metricsOf, residentMiB, runBots } = await import('../support/bots.mjs');
const { ask, config, edit, status } = await import('../support/content_client.mjs');
const { pause, startThrongd, until } = await import('../support/throngd.mjs');

const kDefaultMinutes = 30;
/** A half-hour run makes well over a thousand of them; a slow machine makes the last of them after the bots have left. */
const kReloadsPerSecond = 1;
const kReloadsMin = 100;
/** One in so many is left to the watch; the others are commanded. */
const kWatchedEvery = 10;

/** Clients that come and go let memory swing a little; a leak goes on. */
const kDriftMax = 0.1;
const kWarmUpShare = 0.3;
const kSampleMs = 250;

/** Of the ticks; a short run on a busy machine says nothing about it. */
const kLateShareMax = 0.01;
const kShortSeconds = 120;

const { seconds, reloads: wanted } = optionsOf(process.argv.slice(2));

function optionsOf(args) {
  const { values, positionals } = parseArgs({
    args,
    options: { seconds: { type: 'string' }, reloads: { type: 'string' } },
    allowPositionals: true,
  });
  const length = Number(values.seconds ?? Number(positionals[0] ?? kDefaultMinutes) * 60);
  const reloads = Number(values.reloads ?? Math.max(kReloadsMin, Math.round(length * kReloadsPerSecond)));
  if (!(length >= 5 && length <= 7 * 24 * 3600 && Number.isInteger(reloads) && reloads >= 1)) {
    console.error('usage: ./dev soak [minutes | --seconds n] [--reloads n]');
    process.exit(2);
  }
  return { seconds: length, reloads };
}

const server = await startThrongd({
  // One map: a walker who strays into a portal would be lost to us, for bots do not travel.
  rooms: { world: { slow_client: { close_after_ms: 2000 }, world: { maps: ['meadow'] } } },
  server: {
    workers: 1,
    log_level: 'error',
    limits: { connections_max: 20000, connections_per_address_max: 20000, new_connections_per_address_per_s: 100000 },
  },
});
let running = true;
/** Of the ticks between the write of a change and the moment when every room plays it. */
let lateWhileReloading = 0;

const lateTicks = async () => (await metricsOf(server))('throng_ticks_late_total');

/** Mana cost of the fireball to and fro, each change a version that every room must play. */
async function reloadAgainAndAgain() {
  const paceMs = (seconds * 1000 * 0.95) / wanted;
  const began = Date.now();
  let cost = 20;
  let made = 0;
  while (made < wanted) {
    const lateBefore = await lateTicks();
    const { version } = await status(server);
    const next = 20 + ((cost + 1) % 30);
    await edit(server, 'skills.json', `"mana_cost": ${cost}`, `"mana_cost": ${next}`);
    cost = next;
    if (made % kWatchedEvery !== 0) await ask(server, { command: 'reload', author: 'soak' });
    await until(`version ${version + 1} in every room`, async () => {
      const now = await status(server);
      return now.version === version + 1 && now.rooms.every((room) => room.version === now.version);
    });
    made += 1;
    lateWhileReloading += (await lateTicks()) - lateBefore;
    await pause(Math.max(0, began + made * paceMs - Date.now()));
  }
  return made;
}

async function sampleMemory() {
  const samples = [];
  while (running) {
    samples.push(await residentMiB(server.pid));
    await pause(kSampleMs);
  }
  return samples;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Share by which memory has grown since the warm-up. */
function drift(samples) {
  const warm = samples.slice(Math.floor(samples.length * kWarmUpShare));
  const fifth = Math.max(1, Math.floor(warm.length / 5));
  return median(warm.slice(-fifth)) / median(warm.slice(0, fifth)) - 1;
}

try {
  const playing = runBots(server, ['--room', 'world', '--move-style', 'direction', '--mix', 'walk=150,storm=20,slow=20',
    '--join-rate', 100, '--warmup', 2, '--seconds', seconds, '--watch', 5]);
  const work = [playing, reloadAgainAndAgain(), sampleMemory()];
  for (const one of work) one.catch(() => {}); // said below, when the bots are done
  const figures = await playing;
  running = false;
  const [, reloads, samples] = await Promise.all(work); // samples are of the time with bots

  const metrics = await metricsOf(server);
  const late = metrics('throng_ticks_late_total') / metrics('throng_ticks_total');
  const grown = drift(samples);
  console.log(`${seconds} s: ${reloads} reloads, ${figures.joins.count} joins, ${figures.expected_closes} slow readers closed, ` +
    `${(late * 100).toFixed(2)} % of ticks late, ${lateWhileReloading} while reloading, memory ${median(samples).toFixed(1)} MiB, drift ${(grown * 100).toFixed(1)} %`);

  assert.equal(figures.lost, 0, `clients lost: ${JSON.stringify(figures.faults)}`);
  for (const fault of ['bad_frame', 'bad_state', 'unknown_reference']) assert.equal(figures.faults[fault], undefined);
  assert.equal(reloads, wanted);
  assert.equal(metrics('throng_content_reloads_total{result="refused"}'), 0);
  assert.equal(metrics('throng_content_reloads_total{result="accepted"}'), reloads);
  assert.ok(grown < kDriftMax, `memory grew by ${(grown * 100).toFixed(1)} %`);
  if (seconds >= kShortSeconds) assert.ok(late < kLateShareMax, `${late} of the ticks were late`);
  // The version before the last: of a thousand the first are forgotten.
  assert.equal((await config(server, 'diff', reloads)).code, 0);
} catch (error) {
  console.error(server.output);
  throw error;
} finally {
  running = false;
  await server.stop();
}
