// Starts a throngd for a test and stops it again. Used by the SDK suite and by the browser suite.

import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDatabase, databaseUrl } from './postgres.mjs';

export const kRepository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

export const kProgram = process.env.THRONGD ?? path.join(kRepository, 'build/debug/throngd');

/** A sanitizer build needs longer for everything. */
export const kPatience = Number(process.env.THRONG_TEST_PATIENCE ?? 1);

const kStartMs = 20_000 * kPatience;
const kStopMs = 15_000 * kPatience;

/** Output kept of a server, for failure messages. */
const kOutputMax = 20_000;

/**
 * @param options.rooms    changes to config/server/rooms.json: room name -> fields to merge, or null to remove it
 * @param options.files    further files: path inside the configuration folder -> text
 * @param options.server   changes to config/server/server.json
 * @param options.config   a configuration folder that is there already (of a server stopped with keepFiles), unchanged
 * @param options.arguments  further command line arguments
 * @param options.environment  further variables of its environment
 *
 * With THRONG_TEST_POSTGRES, the folder of a running PostgreSQL, each new configuration has a database of its own there
 * instead of an SQLite file: that is how a suite runs on the other engine (support/on_postgres.mjs).
 * @return {Promise<Throngd>} listening
 */
export async function startThrongd(options = {}) {
  if (!existsSync(kProgram)) throw new Error(`no server at ${kProgram}: build it, or name one in THRONGD`);
  const config = options.config ?? (await makeConfig(options));
  const page = path.join(kRepository, 'web/client/dist'); // only some suites need it, and build it
  const environment = {
    ...process.env,
    THRONG_DATA_DIR: path.join(config, 'data'),
    ...(existsSync(page) ? { THRONG_WEB_ROOT: page } : {}),
    ...(await databaseOf(config, options)),
    ...options.environment,
  };
  const child = spawn(kProgram, ['--port', '0', '--config-dir', config, ...(options.arguments ?? [])], {
    cwd: kRepository,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const server = new Throngd(child, config, environment);
  await server.listening();
  return server;
}

/** mulberry32: random numbers in [0, 1) that can be had again with their seed, as far as processes allow. */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Another run of the program on what a server keeps, whether that runs or not. @return {Promise<{code, output}>} */
export function runThrongd(server, args, { input = '', environment = {} } = {}) {
  const child = spawn(kProgram, ['--config-dir', server.config, ...args.map(String)], {
    env: { ...server.environment, ...environment },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  child.stdin.on('error', () => {}); // it may end without reading
  child.stdin.end(input);
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

async function databaseOf(config, options) {
  const folder = process.env.THRONG_TEST_POSTGRES;
  if (!folder) return {};
  const name = path.basename(config).replaceAll('-', '_');
  if (options.config === undefined) await createDatabase(folder, name);
  return { DATABASE_URL: databaseUrl(folder, name) };
}

class Throngd {
  url = '';
  output = '';
  #child;
  #config;
  #environment;
  #exited;

  constructor(child, config, environment) {
    this.#child = child;
    this.#config = config;
    this.#environment = environment;
    this.#exited = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => (this.output = (this.output + text).slice(-kOutputMax)));
    }
  }

  get webSocketUrl() {
    return this.url.replace(/^http/, 'ws');
  }

  get port() {
    return Number(new URL(this.url).port);
  }

  /** Folder with server/, content/ and data/; the server's own. */
  get config() {
    return this.#config;
  }

  get environment() {
    return this.#environment;
  }

  get pid() {
    return this.#child.pid;
  }

  async listening() {
    const end = Date.now() + kStartMs;
    for (;;) {
      const line = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(this.output);
      if (line) {
        this.url = line[1];
        return;
      }
      const exit = await Promise.race([this.#exited, pause(20)]);
      if (exit || Date.now() > end) {
        this.#child.kill('SIGKILL');
        throw new Error(`throngd did not come up (${JSON.stringify(exit ?? 'time-out')}):\n${this.output}`);
      }
    }
  }

  signal(name) {
    this.#child.kill(name);
  }

  /** How the process ended, or an error when it does not within the limit. */
  async exit() {
    let timer;
    const limit = new Promise((resolve) => (timer = setTimeout(resolve, kStopMs)));
    const result = await Promise.race([this.#exited, limit]);
    clearTimeout(timer); // one that is left keeps the test's process alive
    if (result) return result;
    this.#child.kill('SIGKILL');
    throw new Error(`throngd did not stop within ${kStopMs} ms:\n${this.output}`);
  }

  /** SIGTERM; throws unless the server drained and left with exit code 0. */
  async stop({ keepFiles = false } = {}) {
    this.signal('SIGTERM');
    const { code, signal } = await this.exit();
    if (!keepFiles) await rm(this.#config, { recursive: true, force: true });
    if (code !== 0) throw new Error(`throngd ended with ${code ?? signal}:\n${this.output}`);
  }
}

/** A copy of config/ with changes, so that a test cannot disturb another. */
async function makeConfig({ rooms = {}, server = {}, files = {} }) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'throng-test-'));
  const source = path.join(kRepository, 'config');
  if (existsSync(source)) await cp(source, folder, { recursive: true });
  await change(path.join(folder, 'server/rooms.json'), (json) => {
    for (const [name, fields] of Object.entries(rooms)) {
      if (fields === null) delete json.rooms[name];
      else json.rooms[name] = merge(json.rooms[name] ?? {}, fields);
    }
  });
  if (Object.keys(server).length > 0)
    await change(path.join(folder, 'server/server.json'), (json) => merge(json, server));
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  return folder;
}

async function change(file, edit) {
  const json = JSON.parse(await readFile(file, 'utf8'));
  edit(json);
  await writeFile(file, JSON.stringify(json, null, 2));
}

function merge(into, from) {
  for (const [key, value] of Object.entries(from)) {
    const nested = value !== null && typeof value === 'object' && !Array.isArray(value);
    into[key] = nested ? merge(into[key] ?? {}, value) : value;
  }
  return into;
}

export function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Polls until `check` gives something truthy and returns it. @param what named in the error of the time-out. */
export async function until(what, check, milliseconds = 5000) {
  const end = Date.now() + milliseconds * kPatience;
  for (;;) {
    const result = await check();
    if (result) return result;
    if (Date.now() > end) throw new Error(`waited ${milliseconds * kPatience} ms in vain for: ${what}`);
    await pause(10);
  }
}
