// Runs a command with a PostgreSQL of its own, in which every server that its tests start has a database:
//   node tests/integration/support/on_postgres.mjs COMMAND [ARGUMENT…]

import { spawn } from 'node:child_process';
import { startPostgres } from './postgres.mjs';

const [command, ...args] = process.argv.slice(2);
const postgres = await startPostgres();
try {
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, THRONG_TEST_POSTGRES: postgres.folder } });
  process.exitCode = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
} finally {
  await postgres.stop();
}
