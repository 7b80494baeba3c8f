// Runs the examples of docs/configuration.md, "While the server runs", and compares what they print. Numbers, ids, times
// and hashes may be others than on the page; `…` on the page stands for anything.
//   THRONGD=… node tests/integration/reload/documented.mjs

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';

import { status } from '../support/content_client.mjs';
import { kProgram, kRepository, startThrongd, until } from '../support/throngd.mjs';

const kFirstLine = '## While the server runs';

/** The `$ command` lines of a page's console blocks, each with the output that follows it. */
function examplesOf(page) {
  const blocks = [...page.matchAll(/^```console\n([^]*?)^```$/gm)].map((match) => match[1]);
  return blocks.flatMap((block) => block.split(/^\$ /m).slice(1)).map((example) => {
    const [command, ...output] = example.split('\n');
    return { command, output: output.join('\n').trim() };
  });
}

/** A pattern for what the page shows. */
function patternOf(output) {
  const escaped = output.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const loose = escaped
    .replace(/[0-9a-f]{16}/g, '[0-9a-f]{16}')
    .replace(/\d{4}-\d\d-\d\dT[\d:\\.]+Z/g, '\\S+Z')
    .replace(/V1StGXR8Z/g, '\\S+')
    .replace(/…/g, '.+')
    .replace(/\b\d+ (living|monsters|skills|items|quests|maps)/g, '\\d+ $1')
    .replace(/json:\d+:\d+/g, 'json:\\d+:\\d+');
  return new RegExp(`^${loose}$`);
}

const page = await readFile(path.join(kRepository, 'docs/configuration.md'), 'utf8');
const examples = examplesOf(page.slice(page.indexOf(kFirstLine)));
assert.ok(examples.length >= 10, `${examples.length} examples`);

const server = await startThrongd({ server: { content_reload: false }, environment: { USER: 'ann' } });
try {
  await until('the rooms', async () => (await status(server)).rooms.length > 0, 10_000);
  const folder = path.join(server.config, 'as-documented');
  await mkdir(path.join(folder, 'bin'), { recursive: true });
  await symlink(kProgram, path.join(folder, 'bin/throngd'));
  await symlink(server.config, path.join(folder, 'config'));
  await symlink(path.join(server.config, 'data'), path.join(folder, 'data'));
  for (const { command, output } of examples) {
    const run = spawnSync('bash', ['-c', command], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${path.join(folder, 'bin')}:${process.env.PATH}`, USER: 'ann' },
    });
    const printed = (run.stdout + run.stderr).replaceAll(`${server.config}/`, 'config/').trim();
    assert.match(printed, patternOf(output), `$ ${command}\n${printed}`);
  }
  console.log(`${examples.length} examples do what the page says`);
} finally {
  await server.stop();
}
