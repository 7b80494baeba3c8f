// A designer changes numbers in files while the server runs: the rooms play them within a second, a mistake is named and
// changes nothing, old versions come back, and the history is there after a restart.
//   THRONGD=… node tests/integration/reload/hot_reload.mjs

import assert from 'node:assert/strict';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { config, contentFile, edit, status } from '../support/content_client.mjs';
import { startThrongd, until } from '../support/throngd.mjs';

/** What we promise designers, from the write to the rooms. */
const kLiveMs = 1000;

/** Waits until every room plays this version. */
const plays = (server, version, milliseconds = kLiveMs) =>
  until(`version ${version} in every room`, async () => {
    const now = await status(server);
    return now.version === version && now.rooms.length > 0 && now.rooms.every((room) => room.version === version) && now;
  }, milliseconds);

let server = await startThrongd({ server: { workers: 2 } });
try {
  const shipped = await readFile(contentFile(server, 'skills.json'), 'utf8');
  await plays(server, 1, 10_000);

  await edit(server, 'skills.json', '"mana_cost": 20', '"mana_cost": 25');
  await plays(server, 2);
  await edit(server, 'monsters.json', '"max_hp": 40', '"max_hp": 44');
  const { hash } = await plays(server, 3);

  // A mistake: the file, line and column are named, and nothing else happens.
  await edit(server, 'skills.json', '"mana_cost": 25', '"mana_cost": "much"');
  const refused = await until('the mistake to be noticed', async () => (await status(server)).failure, kLiveMs);
  assert.match(refused.problems, /content\/skills\.json:\d+:\d+: \$\.skills\.fireball\.mana_cost/);
  assert.match(server.output, /content\/skills\.json:\d+:\d+/, 'the log says it too');
  const said = await config(server, 'reload');
  assert.equal(said.code, 1);
  assert.match(said.output, /skills\.json:\d+:\d+.*\n?[^]*version 3 stays live/);
  assert.equal((await config(server, 'check')).code, 1);
  const still = await plays(server, 3);
  assert.equal(still.hash, hash);

  await edit(server, 'skills.json', '"mana_cost": "much"', '"mana_cost": 30');
  const mended = await plays(server, 4);
  assert.equal(mended.failure, null);

  // Half of two changes that belong together is refused, the whole is taken.
  await edit(server, 'monsters.json', '"loot": "slime_loot"', '"loot": "new_loot"');
  await until('the missing table to be noticed', async () => /new_loot/.test((await status(server)).failure?.problems), kLiveMs);
  await edit(server, 'loot_tables.json', '"slime_loot": {', '"new_loot": { "entries": [{ "coins": true, "min": 1, "max": 2 }] },\n    "slime_loot": {');
  await plays(server, 5);

  // A dry run says in words what would change and whom it touches, and changes nothing.
  const draft = path.join(server.config, 'draft');
  await cp(path.join(server.config, 'content'), draft, { recursive: true });
  const monsters = await readFile(path.join(draft, 'monsters.json'), 'utf8');
  await writeFile(path.join(draft, 'monsters.json'), monsters.replace('"max_hp": 44', '"max_hp": 50'));
  const dry = await config(server, 'check', '--dir', draft, '--against', 'live');
  assert.equal(dry.code, 0, dry.output);
  assert.match(dry.output, /monsters\/slime: max_hp 44 → 50/);
  assert.match(dry.output, /monsters\/slime: \d+ living slime in world \S+ \(meadow\)/);
  await plays(server, 5);

  // Back to the first version, as a new one.
  const back = await config(server, 'rollback', 1, '--author', 'ann', '--reason', 'too easy');
  assert.equal(back.code, 0, back.output);
  assert.match(back.output, /version 6 is live/);
  assert.equal((await plays(server, 6)).reloads, 5);
  assert.equal(await readFile(contentFile(server, 'skills.json'), 'utf8'), shipped);
  const diff = await config(server, 'diff', 5);
  assert.match(diff.output, /skills\/fireball: mana_cost 30 → 20/);

  // The history outlives the server, and the same files make no new version.
  const before = await config(server, 'list');
  assert.match(before.output, /6\* \S+Z  [0-9a-f]{16}  ann  rollback to 1: too easy/);
  const folder = server.config;
  await server.stop({ keepFiles: true });
  server = await startThrongd({ config: folder });
  await plays(server, 6, 10_000);
  assert.equal((await config(server, 'list')).output, before.output);

  // Without a watch, SIGHUP and the command line still work.
  await server.stop({ keepFiles: true });
  const settings = path.join(folder, 'server/server.json');
  const json = JSON.parse(await readFile(settings, 'utf8'));
  await writeFile(settings, JSON.stringify({ ...json, content_reload: false }));
  server = await startThrongd({ config: folder });
  await plays(server, 6, 10_000);
  await edit(server, 'skills.json', '"mana_cost": 20', '"mana_cost": 21');
  server.signal('SIGHUP');
  await plays(server, 7, 5000);
  await edit(server, 'skills.json', '"mana_cost": 21', '"mana_cost": 22');
  const told = await config(server, 'reload');
  assert.match(told.output, /version 8 is live/);
  await plays(server, 8);
  console.log('changes were live within a second, mistakes changed nothing, versions came back');
} catch (error) {
  console.error(server.output);
  throw error;
} finally {
  await server.stop();
}
