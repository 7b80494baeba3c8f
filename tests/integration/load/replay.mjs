// A world that bots walk about in is recorded, and gives the same digests when other builds play it again, whatever compiler
// and optimiser made them.
//   THRONGD=… THRONG_BOTS=… node tests/integration/load/replay.mjs

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { runBots } from '../support/bots.mjs';
import { kRepository, startThrongd } from '../support/throngd.mjs';

const kBuilds = ['debug', 'release', 'asan'];

const folder = await mkdtemp(path.join(os.tmpdir(), 'throng-replay-'));
try {
  const server = await startThrongd({ server: { record_rooms: true, recordings_dir: folder, log_level: 'error' } });
  try {
    const walk = await runBots(server, ['--room', 'world', '--move-style', 'direction', '--clients', 60, '--seconds', 4,
      '--warmup', 1, '--watch', 5]);
    assert.equal(walk.lost, 0);
    assert.deepEqual(walk.faults, {});
  } finally {
    await server.stop();
  }
  const recordings = (await readdir(folder)).filter((name) => name.endsWith('.trec')).map((name) => path.join(folder, name));
  assert.ok(recordings.length > 0, 'there is a recording');

  const digests = new Map();
  for (const build of kBuilds) {
    const program = path.join(kRepository, 'build', build, 'throngd');
    assert.ok(existsSync(program), `${program} is not built`);
    const run = spawnSync(program, ['--config-dir', path.join(kRepository, 'config'), 'replay', ...recordings], { encoding: 'utf8' });
    assert.equal(run.status, 0, `${build}: ${run.stdout}${run.stderr}`);
    digests.set(build, run.stdout);
  }
  assert.equal(new Set(digests.values()).size, 1, 'every build says the same');
  console.log(`${[...digests.keys()].join(', ')}: ${digests.get('release').trim()}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
