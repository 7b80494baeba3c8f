// World events: an edit of events.json starts one while people play, and another one ends it. Through the newest SDK.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { edit } from '../../support/content_client.mjs';
import { startThrongd } from '../../support/throngd.mjs';
import { kPlaces, quickGame } from '../lib/game_config.mjs';
import { carried, goTo, kill, listen, take } from '../lib/game_play.mjs';
import { joinWorld, keep, leaveAll, nextMessage } from '../lib/play.mjs';
import { kSdks } from '../lib/sdks.mjs';

let server;
before(async () => {
  server = await startThrongd({
    files: await quickGame({
      'content/loot_tables.json': ({ loot_tables: tables }) =>
        tables.slime_loot.entries.push({ item: 'harvest_cake', event: 'harvest_moon' }),
    }),
  });
});
after(() => server.stop());
afterEach(leaveAll);

const ids = (events) => events.map(({ id }) => id);

/** Changes `running` of one event and waits until the room has told it. @return what it told */
async function turn(room, id, running) {
  const told = nextMessage(room, 'world_events', (events) => ids(events).includes(id) === running);
  await edit(server, 'events.json', new RegExp(`("${id}": \\{[^}]*"running": )${!running}`), `$1${running}`);
  return told;
}

/** Kills a slime. @return the experience for it */
async function experienceOfKill(room, heard) {
  await kill(room, 'slime');
  return (await heard('progress', ({ type, word }) => type === 'experience' && word === 'kill')).amount;
}

test('an event starts with an edit: players are told, its loot drops, and with its end no more', async () => {
  const room = await joinWorld(kSdks.at(-1), server, 'Ann');
  const heard = listen(room);
  await goTo(room, () => kPlaces.yard, 80);
  await experienceOfKill(room, heard);
  await take(room, 'slime_gel');
  const drops = () => [...room.state.drops.values()].map(({ kind }) => kind);
  assert.ok(!drops().includes('harvest_cake'), 'nothing of it drops before');

  const begun = nextMessage(room, 'notice', ({ text }) => text.startsWith('Harvest Moon has begun!'));
  const [event] = await turn(room, 'harvest_moon', true);
  assert.equal(event.name, 'Harvest Moon');
  assert.ok(event.description.length > 0);
  await begun;
  await kill(room, 'slime');
  await take(room, 'harvest_cake');
  assert.equal(carried(room, 'harvest_cake'), 1);

  const over = nextMessage(room, 'notice', ({ text }) => text === 'Harvest Moon is over.');
  assert.deepEqual(await turn(room, 'harvest_moon', false), []);
  await over;
});

test('twice the experience while an event says so; who joins then is told that it runs', async () => {
  const room = await joinWorld(kSdks.at(-1), server, 'Ben');
  const heard = listen(room);
  await goTo(room, () => kPlaces.yard, 80);
  const before = await experienceOfKill(room, heard);
  await turn(room, 'double_experience', true);
  assert.equal(await experienceOfKill(room, heard), before * 2);

  const other = keep(await new (kSdks.at(-1).Client)(server.url).joinOrCreate('world', { name: 'Cid' }));
  assert.deepEqual(ids(await nextMessage(other, 'world_events')), ['double_experience']);
  await turn(room, 'double_experience', false);
});
