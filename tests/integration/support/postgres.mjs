// A real PostgreSQL of Debian's package in a temporary folder, on a Unix socket only, so that nobody else's is touched and
// no port can be taken.

import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { appendFile, chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const kVersions = '/usr/lib/postgresql';
const kStartMs = 60_000;

function program(name) {
  const versions = existsSync(kVersions) ? readdirSync(kVersions) : [];
  const found = versions.map((version) => path.join(kVersions, version, 'bin', name)).find(existsSync);
  if (!found) throw new Error(`no ${name}: ./dev test installs Debian's package postgresql`);
  return found;
}

/** PostgreSQL refuses to be root. The server goes when this program does, however that ends. */
function asServer(command) {
  const user = process.getuid() === 0 ? ['--reuid=postgres', '--regid=postgres', '--clear-groups'] : [];
  return ['/usr/bin/setpriv', '--pdeathsig', 'INT', ...user, ...command];
}

function finish([name, ...args]) {
  const child = spawn(name, args);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

async function mustFinish(command) {
  const { code, output } = await finish(command);
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}:\n${output}`);
}

/** As throngd takes it. @param folder  of the socket of a running server */
export const databaseUrl = (folder, database) => `postgresql://postgres@/${database}?host=${folder}`;

/** SQL of the administrator. */
const administer = (folder, sql) => [program('psql'), '-h', folder, '-U', 'postgres', '-qXc', sql, 'postgres'];

export const createDatabase = (folder, database) =>
  mustFinish(administer(folder, `CREATE DATABASE "${database}" STRATEGY file_copy`));

/** @return {Promise<PostgresServer>} that answers */
export async function startPostgres() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'throng-postgres-'));
  await chmod(folder, 0o711);
  if (process.getuid() === 0) await mustFinish(['/bin/chown', 'postgres', folder]);
  const flags = ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync', '--no-instructions'];
  await mustFinish(asServer([program('initdb'), '-D', path.join(folder, 'data'), ...flags]));
  const server = new PostgresServer(folder);
  await server.start();
  return server;
}

class PostgresServer {
  #folder;
  #child = null;
  #databases = 0;

  constructor(folder) {
    this.#folder = folder;
  }

  get folder() {
    return this.#folder;
  }

  /** @return its address */
  async createDatabase() {
    const name = `t${++this.#databases}`;
    await createDatabase(this.#folder, name);
    return databaseUrl(this.#folder, name);
  }

  async start() {
    const settings = ['listen_addresses=', 'fsync=off', 'logging_collector=off', 'shared_buffers=16MB', 'max_wal_size=256MB'];
    const flags = ['-D', path.join(this.#folder, 'data'), '-k', this.#folder, ...settings.flatMap((one) => ['-c', one])];
    const [name, ...args] = asServer([program('postgres'), ...flags]);
    const child = spawn(name, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.on('data', (text) => void appendFile(path.join(this.#folder, 'log'), text).catch(() => {}));
    child.ended = new Promise((resolve) => child.once('exit', resolve));
    this.#child = child;
    const end = Date.now() + kStartMs;
    while ((await finish(administer(this.#folder, 'SELECT 1'))).code !== 0) {
      if (child.exitCode !== null || Date.now() > end)
        throw new Error(`PostgreSQL does not start:\n${await readFile(path.join(this.#folder, 'log'), 'utf8')}`);
    }
  }

  /** As if the machine had lost its power, but for the files: what `pg_ctl -m immediate stop` does. */
  kill() {
    return this.#end('SIGQUIT');
  }

  /** Ends every connection but that of the administrator, whatever it is in the middle of. */
  cutOff() {
    return mustFinish(
      administer(this.#folder, 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()'),
    );
  }

  /** Everything of it stands still; connections are taken by the kernel and never answered. */
  async pause() {
    await this.#signalAll('SIGSTOP');
  }
  async resume() {
    await this.#signalAll('SIGCONT');
  }

  /** Ends it and removes its files. */
  async stop() {
    await this.#end('SIGINT');
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #end(signal) {
    if (this.#child === null) return;
    await this.resume();
    this.#child.kill(signal);
    await this.#child.ended;
    this.#child = null;
  }

  async #signalAll(signal) {
    const { pid } = this.#child;
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
    for (const each of [pid, ...children.split(' ').filter(Boolean).map(Number)]) {
      try {
        process.kill(each, signal);
      } catch {
        // it has ended meanwhile
      }
    }
  }
}
