// Kills the server with SIGKILL at random instants while players fight, loot and trade, starts it again, and looks whether
// everything that a player was shown is still there and the ledger is whole.
//   ./dev chaos [--runs n] [--seed n] [--database postgres|URL] [--faults]      200 runs unless told
//
// `--database postgres` starts a PostgreSQL of its own; with `--faults` that is killed, stands still or loses its
// connections while they play, too. A short form of each is a test step.

import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

process.env.THRONGD ??= path.resolve(import.meta.dirname, '../../../build/release/throngd');
const { kPatience, kRepository, pause, runThrongd, seeded, startThrongd, until } = await import('../support/throngd.mjs');
const { quickGame } = await import('../sdk/lib/game_config.mjs');
const { withTimeout } = await import('../sdk/lib/play.mjs');
const { startPostgres } = await import('../support/postgres.mjs');
const { Looter, comeBack, gifts } = await import('./lib/looters.mjs');

const { values: flags } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_007) },
    database: { type: 'string' },
    faults: { type: 'boolean', default: false },
  },
});
const kRuns = Number(flags.runs);
const kPlayers = 6;
const kLifeMsMin = 200;
const kLifeMsMax = 4000;
/** Some of them are longer than the server waits for an answer. */
const kStandstillMsMax = 13_000;
const kReadyMs = 30_000;

/** The SDK suite's library keeps the console to itself. */
const say = (text) => process.stdout.write(`${text}\n`);

const random = seeded(Number(flags.seed));

const between = (least, most) => least + random() * (most - least);

const postgres = flags.database === 'postgres' ? await startPostgres() : null;
const database = postgres ? await postgres.createDatabase() : flags.database;
if (flags.faults && !postgres) throw new Error('--faults needs --database postgres');

/** All that is looted has its monster. */
async function achievementsWithoutPay() {
  const all = JSON.parse(await readFile(path.join(kRepository, 'config/content/achievements.json'), 'utf8'));
  Object.values(all.achievements).forEach((achievement) => delete achievement.coins);
  return JSON.stringify(all);
}

/** The database fails in one of its ways. Half of the time it is well again before the server ends. */
async function disturb(server) {
  const way = Math.floor(random() * 3);
  const wellAgain = random() < 0.5;
  const mend = [() => postgres.start(), () => postgres.resume(), () => {}][way];
  if (way === 0) await postgres.kill();
  if (way === 1) await postgres.pause();
  if (way === 2) await postgres.cutOff();
  await pause(way === 1 ? between(0, wellAgain ? kStandstillMsMax : kLifeMsMin) : between(0, 500));
  if (!wellAgain) return mend;
  await mend();
  await until('the server to have its database again', async () => (await fetch(`${server.url}/readyz`)).ok, kReadyMs);
  await pause(between(0, kLifeMsMax / 2));
  return () => {};
}

const environment = database ? { DATABASE_URL: database } : {};
const files = { ...(await quickGame()), 'content/achievements.json': await achievementsWithoutPay() };
const options = { environment, rooms: { world: { world: { checkpoint_interval_ms: 1000 } } }, files };
const players = Array.from({ length: kPlayers }, (_, i) => new Looter(`Kill${i}x${flags.seed}`, random));
let server = await startThrongd(options);
let weightBefore = 0;
let slowestMs = 0;
say(`${kRuns} kills with ${kPlayers} players, seed ${flags.seed}`);
try {
  for (let turn = 1; turn <= kRuns; turn++) {
    weightBefore = await comeBack(players, server.url, `run ${turn}, seed ${flags.seed}`);
    const playing = players.map((player) => player.play());
    await pause(between(kLifeMsMin, kLifeMsMax));
    const mend = flags.faults ? await disturb(server) : () => {};
    server.signal('SIGKILL');
    const { signal } = await server.exit();
    assert.equal(signal, 'SIGKILL', `the server ended by itself:\n${server.output}`);
    await withTimeout('the clients to notice', Promise.all(playing), 20_000);
    await mend();
    const began = performance.now();
    server = await startThrongd({ ...options, config: server.config });
    slowestMs = Math.max(slowestMs, performance.now() - began);
    const { code, output } = await runThrongd(server, ['ledger', 'verify']);
    assert.equal(code, 0, `the ledger is not whole:\n${output}`);
  }
  await server.stop({ keepFiles: true });
  assert.ok(weightBefore > 0, 'nobody looted anything: this run has shown nothing');
  assert.ok(kRuns < 8 || Object.values(gifts).every((count) => count > 0), `no gift arrived: ${JSON.stringify(gifts)}`);
  say(`gifts: ${JSON.stringify(gifts)}`);
  say(`${kRuns} kills: nothing shown was lost, the ledger is whole; slowest start ${slowestMs.toFixed(0)} ms`);
  say('1 passed, 0 failed');
} catch (error) {
  say(server.output);
  say(String(error.stack ?? error));
  say('0 passed, 1 failed');
  server.signal('SIGKILL');
  process.exitCode = 1;
} finally {
  await postgres?.stop();
  if (process.exitCode !== 1) await rm(server.config, { recursive: true, force: true });
  else say(`the files are kept in ${server.config}`);
  setTimeout(() => process.exit(process.exitCode), 1000 * kPatience).unref();  // sockets of dead clients
}
