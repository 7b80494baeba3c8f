// Runs throng-bots against a server, and reads what the server says of itself meanwhile. For the load tests.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { kPatience, kRepository, startThrongd } from './throngd.mjs';

const kBots = process.env.THRONG_BOTS ?? path.join(kRepository, 'build/debug/throng-bots');

/** Longest run, beside the time that the arguments ask for. */
const kRunMs = 30_000 * kPatience;

/**
 * A server on the benchmarks' configuration: one room `mmo`, limits that let one address open many connections.
 * @param mmo  changes to the room
 */
export async function startBenchServer(mmo = {}) {
  const shipped = async (name) => JSON.parse(await readFile(path.join(kRepository, 'config/bench/server', name), 'utf8'));
  const { rooms } = await shipped('rooms.json');
  const { limits } = await shipped('server.json');
  return startThrongd({
    rooms: { world: null, lobby: null, mmo: { ...rooms.mmo, ...mmo } },
    server: { limits, host: '127.0.0.1', log_level: 'error', workers: 1 },
  });
}

/** @return what throng-bots --json says */
export async function runBots(server, flags) {
  if (!existsSync(kBots)) throw new Error(`no load generator at ${kBots}: build it, or name one in THRONG_BOTS`);
  const child = spawn(kBots, ['--url', server.url, '--server-pid', String(server.pid), '--json', '-', ...flags.map(String)]);
  let output = '';
  let problems = '';
  child.stdout.on('data', (text) => (output += text));
  child.stderr.on('data', (text) => (problems = (problems + text).slice(-5000)));
  const asked = flags.includes('--seconds') ? Number(flags[flags.indexOf('--seconds') + 1]) * 1000 : 0;
  const watchdog = setTimeout(() => child.kill('SIGKILL'), asked + kRunMs);
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(watchdog);
  if (code !== 0) throw new Error(`throng-bots ended with ${code ?? 'a signal'}:\n${problems}${output}`);
  return JSON.parse(output);
}

/** Memory of a process that is really in use, in MiB. */
export async function residentMiB(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)[1]) / 1024;
}

/** /metrics as a function from a sample's name, labels included, to its value; zero where there is none. */
export async function metricsOf(server) {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  const samples = new Map();
  for (const line of text.split('\n')) {
    const sample = /^([a-z_]+(?:\{.*\})?) (\S+)$/.exec(line);
    if (sample) samples.set(sample[1], Number(sample[2]));
  }
  return (name) => samples.get(name) ?? 0;
}
