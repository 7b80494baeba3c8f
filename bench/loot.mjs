#!/usr/bin/env node
// A world full of players who fight for loot: how long it takes from asking for what lies there to seeing it in the bag,
// once with guests, whose characters are not kept, and once with characters that are kept, so that the difference is
// what durability costs.
//
//   node bench/loot.mjs [--clients N] [--seconds N] [--database URL] [--build DIR] [--out FILE]
//
// The server runs on core 0, the clients on core 1. Everything is stopped by its id, and removed.

import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Goals } from "./goals.mjs";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const { values: flags } = parseArgs({
  options: {
    clients: { type: "string", default: "1000" },
    seconds: { type: "string", default: "10" },
    database: { type: "string" },
    build: { type: "string", default: join(ROOT, "build/bench") },
    out: { type: "string", default: join(ROOT, "build/bench/loot.json") },
  },
});
const BUILD = resolve(flags.build);
const WORK = mkdtempSync(join(tmpdir(), "throng-loot-"));
const START_MS = 20_000;
const MONSTERS_PER_PLAYER = 2;

/** The shipped game, with weak monsters all over the meadow that leave coins and gel for sure, and players among them. */
function writeConfig() {
  const config = join(WORK, "config");
  cpSync(join(ROOT, "config"), config, { recursive: true });
  const edit = (name, change) => {
    const file = join(config, name);
    const json = JSON.parse(readFileSync(file, "utf8"));
    change(json);
    writeFileSync(file, JSON.stringify(json));
  };
  edit("server/server.json", (server) => {
    server.workers = 1;
    Object.assign(server.limits, { connections_per_address_max: 20000, new_connections_per_address_per_s: 100000 });
  });
  edit("server/rooms.json", ({ rooms }) => {
    // About thirty things in view of each: with the shipped radius it would be a thousand, and a measure of crowds.
    const interest = { ...rooms.world.interest, radius_units: 96, margin_units: 32 };
    Object.assign(rooms.world, { max_clients: 5000, entities_max: 60000, interest });
  });
  edit("server/accounts.json", (accounts) => (accounts.new_accounts_per_address = { free: 10000 }));  // all from here
  edit("content/monsters.json", ({ monsters }) =>
    Object.assign(monsters.slime, { max_hp: 1, attack: 0, flee_below_bp: 0, respawn_ms: 3000 }));
  edit("content/loot_tables.json", ({ loot_tables: tables }) => {
    tables.slime_loot = { entries: [{ coins: true, min: 1, max: 3 }, { item: "slime_gel", min: 1, max: 1 }] };
  });
  edit("content/spawns.json", ({ spawns }) => {
    const count = Number(flags.clients) * MONSTERS_PER_PLAYER;
    for (let i = 0; i * 500 < count; i++) {
      spawns[`bench_${i}`] = { map: "meadow", area: "bench", monster: "slime", count: Math.min(500, count - i * 500) };
    }
  });
  edit("content/maps/meadow.tmj", (map) => {
    const objects = (layer) => map.layers.find(({ name }) => name === layer).objects;
    const middle = { x: 700, y: 700, width: 1700, height: 1700 };
    Object.assign(objects("spawns").find(({ name }) => name === "default"), middle);
    objects("monsters").push({ id: map.nextobjectid++, name: "bench", type: "monster_area", rotation: 0, visible: true, ...middle });
  });
  return config;
}

const running = new Set();
function start(core, program, args, environment = {}) {
  const pinned = cpus().length > 1 ? ["taskset", "-c", String(core), program, ...args] : [program, ...args];
  const child = spawn(pinned[0], pinned.slice(1), { env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  child.text = "";
  child.problems = "";
  child.stdout.on("data", (text) => (child.text += text));
  child.stderr.on("data", (text) => (child.problems += text));
  child.ended = new Promise((done) => child.once("exit", (code) => (running.delete(child), done(code))));
  return child;
}

async function startServer(config, data) {
  const environment = { THRONG_DATA_DIR: data, ...(flags.database ? { DATABASE_URL: flags.database } : {}) };
  const server = start(0, join(BUILD, "throngd"), ["--port", "0", "--config-dir", config, "--log-level", "warn"], environment);
  const end = Date.now() + START_MS;
  while (Date.now() < end && server.exitCode === null) {
    const line = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(server.text);
    if (line) return { server, url: line[1] };
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`throngd does not start: ${server.problems}`);
}

const residentBytes = (pid) => 1024 * Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]);

/** What servers hold in memory that have just started on a data folder: the median, and by how much they differ. */
async function residentAtStart(config, data) {
  const all = [];
  for (let i = 0; i < 5; ++i) {
    const { server } = await startServer(config, join(WORK, data));
    all.push(residentBytes(server.pid));
    server.kill("SIGTERM");
    await server.ended;
  }
  all.sort((a, b) => a - b);
  return { bytes: all[2], spread_bytes: all[4] - all[0] };
}

/** Of the characters of the run before, while nobody plays. With PostgreSQL the disk is the database's. */
async function measureOffline(config) {
  const kept = await residentAtStart(config, "kept");
  const empty = await residentAtStart(config, "empty");
  const file = join(WORK, "kept", "throng.db");
  return {
    resident: { with_characters: kept, without: empty },
    disk_bytes_per_character: existsSync(file) ? statSync(file).size / Number(flags.clients) : undefined,
  };
}

async function measure(config, kept) {
  const { server, url } = await startServer(config, join(WORK, kept ? "kept" : "guests"));
  const bots = start(1, join(BUILD, "throng-bots"), [
    "--url", url, "--room", "world", "--behaviour", "loot", "--clients", flags.clients, "--move-style", "direction",
    "--seconds", flags.seconds, "--warmup", "5", "--join-rate", "300", "--server-pid", String(server.pid), "--json", "-",
    ...(kept ? ["--sign-in"] : []),
  ]);
  const code = await bots.ended;
  server.kill("SIGTERM");
  const serverCode = await server.ended;
  if (code !== 0) throw new Error(`throng-bots: exit ${code}: ${bots.problems}\n${server.problems}`);
  if (serverCode !== 0) throw new Error(`throngd: exit ${serverCode}: ${server.problems}`);
  return JSON.parse(bots.text);
}

function row(name, figures) {
  const { pickup_to_shown_ms: shown, server, patch_gap_ms: gap } = figures;
  const perSecond = shown.count / figures.window_seconds;
  console.log(
    `${name.padEnd(8)} ${perSecond.toFixed(0).padStart(8)} ${shown.p50.toFixed(1).padStart(8)} ${shown.p99.toFixed(1).padStart(8)} ` +
      `${gap.p99.toFixed(1).padStart(8)} ${(server.cpu_ms_per_player_second ?? 0).toFixed(3).padStart(10)} ` +
      `${(server.cpu_ms_per_join ?? 0).toFixed(2).padStart(10)} ` +
      `${(server.resident_bytes_per_client / 1024).toFixed(1).padStart(10)} ${String(figures.lost).padStart(6)}`,
  );
}

try {
  const config = writeConfig();
  console.log(`${flags.clients} players fight for loot, ${flags.seconds} s`);
  console.log("players   looted/s  p50 ms   p99 ms   gap p99  CPU ms/p/s CPU ms/join KiB/player   lost");
  const guests = await measure(config, false);
  row("guests", guests);
  const kept = await measure(config, true);
  row("kept", kept);
  const costs = (percentile) => kept.pickup_to_shown_ms[percentile] - guests.pickup_to_shown_ms[percentile];
  console.log(`durability: ${costs("p50").toFixed(1)} ms at p50, ${costs("p99").toFixed(1)} ms at p99 between asking and seeing`);
  const offline = await measureOffline(config);
  console.log(`offline: ${JSON.stringify(offline)}`);
  mkdirSync(dirname(flags.out), { recursive: true });
  writeFileSync(flags.out, JSON.stringify({ guests, kept, offline }, null, 2));
  const goals = new Goals("loot");
  goals.hold("ledger_shown_p99", Number(costs("p99").toFixed(1)));
  process.exitCode = goals.missed === 0 ? 0 : 1;
} finally {
  for (const child of running) child.kill("SIGKILL");
  rmSync(WORK, { recursive: true, force: true });
}
