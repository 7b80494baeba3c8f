// A real Prometheus for tests, and promtool. Both are Debian's.

import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';

import { kPatience, until } from './throngd.mjs';

/** Runs promtool. @return what it printed; throws when it complains */
export function promtool(folder, flags, input = '') {
  const run = spawnSync('promtool', flags, { cwd: folder, input, encoding: 'utf8' });
  if (run.error) throw new Error(`promtool cannot be run: ${run.error.message}`);
  if (run.status !== 0) throw new Error(`promtool ${flags.join(' ')}:\n${run.stdout}${run.stderr}`);
  return run.stdout + run.stderr;
}

const kPortTries = 10;
const kAnswerMs = 2000 * kPatience;

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * @param configuration  text of prometheus.yml
 * @param options.firstPort  tried first; any free one unless told
 * @return {Promise<Prometheus>} ready
 */
export async function startPrometheus(configuration, { firstPort } = {}) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'throng-prometheus-'));
  await writeFile(path.join(folder, 'prometheus.yml'), configuration);
  let port = firstPort ?? (await freePort());
  for (let tries = 1; tries <= kPortTries; ++tries) {
    const prometheus = await startOn(port, folder);
    if (prometheus) return prometheus;
    port = await freePort();
  }
  throw new Error(`somebody else was faster at each of ${kPortTries} ports`);
}

/** @return null when somebody else has the port: whoever looked for it had to let it go first */
async function startOn(port, folder) {
  const child = spawn('prometheus', [
    `--config.file=${folder}/prometheus.yml`,
    `--storage.tsdb.path=${folder}/tsdb`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--enable-feature=exemplar-storage',
    '--log.level=warn',
  ]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output = (output + text).slice(-5000)));
  let ended = false;
  child.once('close', () => (ended = true));
  const prometheus = new Prometheus(`http://127.0.0.1:${port}`, child, folder);
  await until('Prometheus', async () => ended || (await prometheus.ready()), 20_000).catch((error) => {
    child.kill('SIGKILL');
    throw new Error(`${error.message}:\n${output}`);
  });
  if (!ended) return prometheus;
  if (/address already in use/.test(output)) return null;
  throw new Error(`Prometheus ended:\n${output}`);
}

class Prometheus {
  constructor(url, child, folder) {
    this.url = url;
    this.child = child;
    this.folder = folder;
  }

  /** False, too, when somebody else listens there; who answers nothing, or hangs up, must not be waited for. */
  async ready() {
    const signal = AbortSignal.timeout(kAnswerMs);
    const answers = (await fetch(`${this.url}/-/ready`, { signal }).catch(() => null))?.ok;
    if (!answers) return false;
    const flags = await this.api('status/flags', {}, signal).catch(() => ({}));
    return flags['storage.tsdb.path'] === `${this.folder}/tsdb`;
  }

  async api(name, parameters = {}, signal = undefined) {
    const answer = await fetch(`${this.url}/api/v1/${name}?${new URLSearchParams(parameters)}`, { signal });
    const json = await answer.json();
    if (json.status !== 'success') throw new Error(`${name} ${JSON.stringify(parameters)}: ${json.error}`);
    return json.data;
  }

  /** @return {Promise<Array<{metric: object, value: [number, string]}>>} */
  async query(expression) {
    return (await this.api('query', { query: expression })).result;
  }

  async stop() {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 10_000 * kPatience);
    await ended;
    clearTimeout(timer);
    await rm(this.folder, { recursive: true, force: true });
  }
}
