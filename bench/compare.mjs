#!/usr/bin/env node
// Measures the limit program, Colyseus and throngd one after the other, with the same clients, in one run, and says
// how the figures relate and which goals of budgets.json they meet.
//
//   node bench/compare.mjs [--quick] [--out FILE] [--build DIR] [--only limit,colyseus,throngd] [--repeat N]
//
// Everything listens on 127.0.0.1. Servers run on core 0, clients on core 1. Whatever is started is stopped by its id.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { cpus, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { DID_NOT_HOLD, deriveFigures, judge } from "./figures.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(HERE);

const { values: flags } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    out: { type: "string", default: join(ROOT, "build/bench/compare.json") },
    build: { type: "string", default: join(ROOT, "build/bench") },
    only: { type: "string", default: "limit,colyseus,throngd" },
    repeat: { type: "string", default: "1" },
    port: { type: "string", default: "26010" },
  },
});

const BUILD = resolve(flags.build);
const PORT = Number(flags.port);
const SYSTEMS = flags.only.split(",");
const SECONDS = flags.quick ? 5 : 10;
const PINNED = cpus().length >= 2;
const WORK = mkdtempSync(join(tmpdir(), "throng-compare-"));

const SIZES = flags.quick
  ? {
      limit: [1000, 3000],
      colyseus: [400, 500, 600],
      throngd: [1000, 3000],
      crowd: { colyseus: [200], throngd: [1000] },
    }
  : {
      limit: [1000, 2000, 3000],
      colyseus: [200, 400, 500, 600],
      throngd: [500, 1000, 2000, 3000, 4000],
      crowd: { colyseus: [200, 500], throngd: [500, 1000] },
    };
const OTHERS_CORES_MAX = 0.2; // a run that shared the machine with more than this is marked
// A join ends with the next patch, so fewer at once would measure the patch rate: 64 / 50 ms is 1,280 a second.
const JOINERS = 512;
const IDLE = flags.quick ? { colyseus: 500, throngd: 2000 } : { colyseus: 1000, throngd: 5000 };

// Processes ----------------------------------------------------------------------------------------------------------

const running = new Set();

function pinned(core, command, args) {
  return PINNED ? ["taskset", ["-c", String(core), command, ...args]] : [command, args];
}

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

function answers(port) {
  return new Promise((done) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.once("connect", () => (socket.destroy(), done(true)));
    socket.once("error", () => done(false));
  });
}

/** Starts a server on PORT and waits until it accepts connections. */
async function startServer(name, command, args, env, cwd = ROOT) {
  if (await answers(PORT)) throw new Error(`port ${PORT} is in use: choose another with --port`);
  const [program, all] = pinned(0, command, args);
  const child = spawn(program, all, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "ignore", "pipe"] });
  running.add(child);
  child.exited = new Promise((done) => child.once("exit", done));
  let errors = "";
  child.stderr.on("data", (text) => (errors = (errors + text).slice(-2000)));
  child.once("error", (error) => (errors += error.message));
  for (let waited = 0; waited < 100; waited++) {
    if (await answers(PORT)) return child;
    if (child.exitCode !== null || child.pid === undefined) break;
    await sleep(100);
  }
  await stopServer(child);
  throw new Error(`${name} does not start: ${errors.trim() || "no answer within 10 s"}`);
}

async function stopServer(child) {
  running.delete(child);
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const gone = await Promise.race([child.exited.then(() => true), sleep(5000).then(() => false)]);
  if (gone) return;
  child.kill("SIGKILL");
  await child.exited;
}

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    for (const child of running) child.kill("SIGKILL");
    rmSync(WORK, { recursive: true, force: true });
    process.exit(130);
  });
}

/** Runs throng-bots against PORT; its figures. */
async function bots(args, serverPid) {
  const common = ["--url", `http://127.0.0.1:${PORT}`, "--json", "-"];
  if (serverPid) common.push("--server-pid", String(serverPid));
  const [program, all] = pinned(1, join(BUILD, "throng-bots"), [...common, ...args.map(String)]);
  const child = spawn(program, all, { stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  let out = "";
  let errors = "";
  child.stdout.on("data", (text) => (out += text));
  child.stderr.on("data", (text) => (errors += text));
  const code = await new Promise((done) => child.once("close", done));
  running.delete(child);
  if (code !== 0) throw new Error(`throng-bots: exit ${code}: ${errors.trim()}`);
  return JSON.parse(out);
}

/** Seconds of CPU that a process has used. */
function cpuSeconds(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100; // USER_HZ is 100 on every Linux we run on
}

// The three systems --------------------------------------------------------------------------------------------------

function sideFor(players) {
  const result = spawnSync(join(BUILD, "throng-bots"), ["--print-side", String(players)], { encoding: "utf8" });
  if (result.status !== 0) throw new Error(`cannot run ${join(BUILD, "throng-bots")}: build it first`);
  return result.stdout.trim();
}

const CROWD_SIDE = "180";

const starters = {
  limit: (_world, read) =>
    startServer("throng-limit", join(BUILD, "throng-limit"), ["--port", PORT, "--read", read].map(String), {}),
  colyseus: ({ side, monsters }, filter = "1") =>
    startServer("Colyseus", join(HERE, "colyseus/node_modules/.bin/node"), ["mmo.mjs"], {
      PORT: String(PORT),
      NODE_ENV: "production",
      THRONG_BENCH_SIDE: side,
      THRONG_BENCH_MONSTERS: String(monsters),
      THRONG_BENCH_FILTER: filter,
    }, join(HERE, "colyseus")),
  throngd: ({ side, monsters }) =>
    startServer("throngd", join(BUILD, "throngd"), ["--config-dir", join(ROOT, "config/bench"), "--port", `${PORT}`], {
      THRONG_WORKERS: "1",
      THRONG_BENCH_SIDE: side,
      THRONG_BENCH_MONSTERS: String(monsters),
      THRONG_LOG_LEVEL: "warn",
      DATABASE_URL: `sqlite:${join(WORK, `${Date.now()}.db`)}`,
    }),
};

// Colyseus joins 200 to 340 players a second at best; a gentler pace leaves it time to tick meanwhile.
const JOIN_RATE = { limit: 1000, colyseus: 150, throngd: 1000 };
// A virtual machine's compiler needs longer to settle.
const WARMUP = { limit: 2, colyseus: flags.quick ? 4 : 8, throngd: 3 };

async function withServer(system, world, variant, use) {
  const server = await starters[system](world, variant);
  try {
    return await use(server);
  } finally {
    await stopServer(server);
  }
}

function playing(system, behaviour, clients, world, variant) {
  return withServer(system, world, variant, (server) =>
    bots(["--behaviour", behaviour, "--clients", clients, "--side", world.side, "--seconds", SECONDS,
          "--warmup", WARMUP[system], "--join-rate", JOIN_RATE[system]], server.pid));
}

const reference = (clients) => ({ side: sideFor(clients), monsters: 2 * clients });

const measure = {
  limit: (clients, read) => playing("limit", "limit", clients, reference(clients), read),
  reference: (system, clients) => playing(system, "walk", clients, reference(clients)),
  crowd: (system, clients, variant) => playing(system, "crowd", clients, { side: CROWD_SIDE, monsters: 0 }, variant),
  idle: (system, room, clients) =>
    withServer(system, { side: sideFor(clients), monsters: 0 }, undefined, (server) =>
      bots(["--behaviour", "idle", "--room", room, "--clients", clients, "--side", sideFor(clients), "--seconds", 2,
            "--warmup", 2, "--join-rate", JOIN_RATE[system]], server.pid)),
  joins: (system) =>
    withServer(system, { side: sideFor(1000), monsters: 0 }, undefined, (server) =>
      bots(["--behaviour", "storm", "--clients", JOINERS, "--in-flight", JOINERS, "--join-rate", 0, "--side", sideFor(1000),
            "--seconds", SECONDS, "--warmup", WARMUP[system]], server.pid)),
  empty: (system) =>
    withServer(system, { side: sideFor(1000), monsters: 0 }, undefined, async (server) => {
      await sleep(3000);
      const before = cpuSeconds(server.pid);
      const began = process.hrtime.bigint();
      await sleep(5000);
      const seconds = Number(process.hrtime.bigint() - began) / 1e9;
      return { empty_cpu_percent: ((cpuSeconds(server.pid) - before) / seconds) * 100 };
    }),
};

function plan() {
  const rows = [];
  const add = (system, workload, clients, variant, run) => {
    if (SYSTEMS.includes(system)) rows.push({ system, workload, clients, variant, run });
  };
  for (const clients of SIZES.limit) {
    for (const read of ["readiness", "tick"]) {
      add("limit", "reference", clients, read, () => measure.limit(clients, read));
    }
  }
  for (const system of ["colyseus", "throngd"]) {
    for (const clients of SIZES[system]) {
      add(system, "reference", clients, "", () => measure.reference(system, clients));
    }
    for (const clients of SIZES.crowd[system]) {
      add(system, "crowd", clients, "", () => measure.crowd(system, clients));
    }
  }
  for (const clients of SIZES.crowd.colyseus) {
    add("colyseus", "crowd", clients, "no filter", () => measure.crowd("colyseus", clients, "0"));
  }
  add("colyseus", "idle connection", IDLE.colyseus, "", () => measure.idle("colyseus", "idle", IDLE.colyseus));
  add("throngd", "idle connection", IDLE.throngd, "", () => measure.idle("throngd", "lobby", IDLE.throngd));
  add("throngd", "idle player", IDLE.throngd, "", () => measure.idle("throngd", "mmo", IDLE.throngd));
  for (const system of ["colyseus", "throngd"]) {
    add(system, "joins", JOINERS, "", () => measure.joins(system));
    add(system, "empty", 0, "", () => measure.empty(system));
  }
  return rows;
}

// Output -------------------------------------------------------------------------------------------------------------

const fixed = (value, digits) => (value === undefined || value === null ? "" : value.toFixed(digits));
const wasBusy = (result) => result.others_cpu_share > OTHERS_CORES_MAX;

const COLUMNS = [
  ["system", -9],
  ["workload", -16],
  ["clients", 8],
  ["variant", -10],
  ["CPU ms/p/s", 10],
  ["Hz", 8],
  ["p99 ms", 8],
  ["B/client/s", 10],
  ["visible ms", 10],
  ["KiB/client", 11],
  ["joins/s", 9],
];

/** Cells side by side; a negative width is for text, which goes to the left. */
function line(cells) {
  const padded = COLUMNS.map(([, width], i) => {
    const text = String(cells[i] ?? "");
    return width < 0 ? text.padEnd(-width) : text.padStart(width);
  });
  return padded.join(" ");
}

const HEADER = line(COLUMNS.map(([name]) => name));

function playingCells(result) {
  return [
    fixed(result.server?.cpu_ms_per_player_second, 3),
    fixed(result.patches_per_client_second, 1),
    fixed(result.patch_gap_ms.p99, 1),
    fixed(result.bytes_per_client_second, 0),
    result.move_to_visible_ms.count ? fixed(result.move_to_visible_ms.p50, 1) : "",
  ];
}

function resultCells(row, result) {
  const none = ["", "", "", "", ""];
  if (row.workload === "empty") return [`${fixed(result.empty_cpu_percent, 2)} %`];
  if (row.workload === "joins") return [...none, "", fixed(result.joins.per_second, 0)];
  if (row.workload.startsWith("idle")) return [...none, fixed(result.server.resident_bytes_per_client / 1024, 1)];
  return playingCells(result);
}

function rowLine(row, result) {
  const cells = line([row.system, row.workload, row.clients || "", row.variant, ...resultCells(row, result)]);
  const notes = [
    ...(wasBusy(result) ? [`others used ${fixed(result.others_cpu_share, 1)} cores`] : []),
    ...(result.holds === false ? [`does not hold: ${result.holds_not_because.join("; ")}`] : []),
  ];
  return notes.length > 0 ? `${cells}  ${notes.join("; ")}` : cells;
}

function figureText(value) {
  if (value === undefined) return "not measured";
  if (value === DID_NOT_HOLD) return "did not hold";
  return fixed(value, Math.abs(value) < 100 ? 3 : 0);
}

function printGoals(verdicts) {
  console.log("\ngoals");
  for (const { goal, value, met } of verdicts) {
    const bound = goal.at_least !== undefined ? `>= ${goal.at_least}` : `<= ${goal.at_most}`;
    const shown = figureText(value);
    const verdict = met === undefined ? "  -   " : met ? "met   " : "MISSED";
    console.log(`${verdict} ${shown.padStart(13)}  ${bound.padEnd(8)} ${(goal.unit ?? "").padEnd(3)} ${goal.what}`);
  }
}

// Main ---------------------------------------------------------------------------------------------------------------

function prepare() {
  if (SYSTEMS.includes("colyseus") && !existsSync(join(HERE, "colyseus/node_modules"))) {
    console.log("installing Colyseus from npm …");
    const result = spawnSync("npm", ["ci"], { cwd: join(HERE, "colyseus"), stdio: ["ignore", "ignore", "inherit"] });
    if (result.status !== 0) throw new Error("npm ci failed in bench/colyseus");
  }
  if (!PINNED) console.log("only one core: server and clients share it, so the figures mean little");
}

async function runAll() {
  const rows = plan().map((row) => ({ ...row, results: [] }));
  for (let round = 0; round < Number(flags.repeat); round++) {
    console.log(HEADER);
    for (const row of rows) {
      try {
        const result = await row.run();
        row.results.push(result);
        console.log(rowLine(row, result));
      } catch (error) {
        row.failure = error.message;
        console.log(`${line([row.system, row.workload, row.clients || "", row.variant])}  failed: ${error.message}`);
      }
    }
  }
  return rows;
}

try {
  prepare();
  const rows = await runAll();
  const figures = deriveFigures(rows);
  const { goals } = JSON.parse(readFileSync(join(HERE, "budgets.json"), "utf8"));
  const verdicts = judge(goals, figures);
  console.log("\nfigures");
  for (const [name, value] of Object.entries(figures)) console.log(`  ${name.padEnd(48)} ${figureText(value)}`);
  printGoals(verdicts);
  const results = rows.flatMap((row) => row.results);
  const busy = results.filter(wasBusy).length;
  if (busy > 0) {
    console.log(`\n${busy} of ${results.length} runs shared the machine with other work: these verdicts mean little`);
  }
  mkdirSync(dirname(resolve(flags.out)), { recursive: true });
  const machine = { cores: cpus().length, cpu: cpus()[0]?.model };
  const report = { quick: flags.quick, busy_runs: busy, machine, rows, figures, verdicts };
  writeFileSync(flags.out, JSON.stringify(report, null, 2) + "\n");
  console.log(`\nwritten to ${flags.out}`);
  process.exitCode = verdicts.some(({ met }) => met === false) || rows.some((row) => row.failure) ? 1 : 0;
} finally {
  rmSync(WORK, { recursive: true, force: true });
}
