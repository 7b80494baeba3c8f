// Kills the server with SIGKILL at random instants while players fight, loot and trade, starts it again, and looks whether
// everything that a player was shown is still there and the ledger is whole.
//   ./dev chaos [--runs n] [--seed n] [--database URL]         200 runs unless told
//   node tests/integration/durability/kill.mjs --runs 8        the short form that is a test step
//
// What a player owns is weighed: coins, gel at what the smith gives for it, potions at what they cost. Buying and selling
// move weight about, only loot and pay add to it. So the weight that was last shown is the least that must come back,
// and experience likewise.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

process.env.THRONGD ??= path.resolve(import.meta.dirname, '../../../build/release/throngd');
const { kProgram, kPatience, pause, startThrongd, until } = await import('../support/throngd.mjs');
const { kPlaces, quickGame } = await import('../sdk/lib/game_config.mjs');
const { carried, goTo, kill, slotOf, takeAll } = await import('../sdk/lib/game_play.mjs');
const { stateOf, withTimeout } = await import('../sdk/lib/play.mjs');
const { kSdks } = await import('../sdk/lib/sdks.mjs');

const { values: flags } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_007) },
    database: { type: 'string' },
  },
});
const kRuns = Number(flags.runs);
const kPlayers = 6;
const kLifeMsMin = 200;
const kLifeMsMax = 4000;
const kGelPrice = 22;
const kPotionPrice = 10;
const kPotion = 'minor_health_potion';

/** The SDK suite's library keeps the console to itself. */
const say = (text) => process.stdout.write(`${text}\n`);

/** mulberry32: a run can be had again with its seed, as far as processes allow. */
function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
const random = seeded(Number(flags.seed));

const weigh = ({ coins, gel, potions }) => coins + gel * kGelPrice + potions * kPotionPrice;

/** Somebody with an account, who comes back after each crash. */
class Player {
  shown = null;  // what the state said last
  #name;
  #token = null;
  #room = null;
  #gone = null;

  constructor(name) {
    this.#name = name;
  }

  async join(url) {
    const client = new (kSdks.at(-1).Client)(url);
    if (this.#token === null) {
      const { token } = await client.auth.signInAnonymously();
      this.#token = token;
    }
    client.auth.token = this.#token;
    const room = await withTimeout(`${this.#name} to join`, client.joinOrCreate('world', { name: this.#name }), 20_000);
    if (room.reconnection) room.reconnection.enabled = false;
    room.onMessage('*', () => {});
    this.#gone = new Promise((resolve) => room.onLeave(resolve));
    await stateOf(room);
    this.#room = room;
    return this.#look();
  }

  #look() {
    const { me } = this.#room.state;
    return { experience: me.experience, coins: me.coins, gel: carried(this.#room, 'slime_gel'), potions: carried(this.#room, kPotion) };
  }

  /** Until the connection is gone. */
  async play() {
    const room = this.#room;
    this.shown = this.#look();
    room.onStateChange(() => (this.shown = this.#look()));
    while (room.connection.isOpen) {
      const step = this.#step(room).catch(() => pause(20));  // refused, or out of time: something else then
      await Promise.race([step, this.#gone]);
    }
  }

  async #step(room) {
    if (random() < 0.7) {
      await kill(room, 'slime');
      return takeAll(room);
    }
    await goTo(room, () => kPlaces.start, 20);
    if (carried(room, 'slime_gel') > 0)
      await room.request('shop', { npcId: 'healer', action: 'sell', slot: slotOf(room, 'slime_gel'), count: 1 });
    if (room.state.me.coins >= kPotionPrice && carried(room, kPotion) < 5)
      await room.request('shop', { npcId: 'healer', action: 'buy', itemId: kPotion, count: 1 });
  }
}

function run(program, args, environment) {
  const child = spawn(program, args, { env: { ...process.env, ...environment } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

async function checkLedger(server) {
  const { code, output } = await run(kProgram, ['--config-dir', server.config, 'ledger', 'verify'], {
    THRONG_DATA_DIR: path.join(server.config, 'data'),
    ...environment,
  });
  assert.equal(code, 0, `the ledger is not whole:\n${output}`);
}

const environment = flags.database ? { DATABASE_URL: flags.database } : {};
const options = { environment, rooms: { world: { world: { checkpoint_interval_ms: 1000 } } }, files: await quickGame() };
const players = Array.from({ length: kPlayers }, (_, i) => new Player(`Kill${i}x${flags.seed}`));
let server = await startThrongd(options);
let weightBefore = 0;
let slowestMs = 0;
say(`${kRuns} kills with ${kPlayers} players, seed ${flags.seed}`);
try {
  for (let turn = 1; turn <= kRuns; turn++) {
    const found = await Promise.all(players.map((player) => player.join(server.url)));
    found.forEach((now, i) => {
      const { shown } = players[i];
      if (shown === null) return;
      const story = `run ${turn}, seed ${flags.seed}, player ${i}: shown ${JSON.stringify(shown)}, found ${JSON.stringify(now)}`;
      assert.ok(weigh(now) >= weigh(shown), `something was lost; ${story}`);
      assert.ok(now.experience >= shown.experience, `experience was lost; ${story}`);
    });
    weightBefore = found.reduce((sum, now) => sum + weigh(now), 0);
    const playing = players.map((player) => player.play());
    await pause(kLifeMsMin + random() * (kLifeMsMax - kLifeMsMin));
    server.signal('SIGKILL');
    const { signal } = await server.exit();
    assert.equal(signal, 'SIGKILL', `the server ended by itself:\n${server.output}`);
    await withTimeout('the clients to notice', Promise.all(playing), 20_000);
    const began = performance.now();
    server = await startThrongd({ ...options, config: server.config });
    slowestMs = Math.max(slowestMs, performance.now() - began);
    await checkLedger(server);
  }
  await server.stop({ keepFiles: true });
  assert.ok(weightBefore > 0, 'nobody looted anything: this run has shown nothing');
  say(`${kRuns} kills: nothing shown was lost, the ledger is whole; slowest start ${slowestMs.toFixed(0)} ms`);
  say('1 passed, 0 failed');
} catch (error) {
  say(server.output);
  say(String(error.stack ?? error));
  say('0 passed, 1 failed');
  server.signal('SIGKILL');
  process.exitCode = 1;
} finally {
  if (process.exitCode !== 1) await rm(server.config, { recursive: true, force: true });
  else say(`the files are kept in ${server.config}`);
  setTimeout(() => process.exit(process.exitCode), 1000 * kPatience).unref();  // sockets of dead clients
}
