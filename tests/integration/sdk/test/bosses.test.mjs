// A boss with phases, its summons and what it resists; and a skill that is aimed at a place. Through the newest SDK.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { startThrongd, until } from '../../support/throngd.mjs';
import { kPlaces, quickGame } from '../lib/game_config.mjs';
import { findMonster, goTo, kill, listen } from '../lib/game_play.mjs';
import { at, distance, joinWorld, leaveAll, withTimeout } from '../lib/play.mjs';
import { kSdks } from '../lib/sdks.mjs';

const kBoss = 'cave_warden';

let server;
before(async () => {
  server = await startThrongd({
    files: await quickGame({
      // Its first phase begins at once, the second after three blows or so; it waits to be struck, and hardly hurts.
      'content/monsters.json': ({ monsters }) => {
        Object.assign(monsters[kBoss], { max_hp: 600, attack: 1, defence: 0, aggression: 'neutral', skills: [] });
        Object.assign(monsters[kBoss], { stun_resistance_bp: 10_000, silence_resistance_bp: 5000 });
        Object.assign(monsters.bone_minion, { attack: 1 });
      },
      'content/spawns.json': ({ spawns }) => {
        spawns.test_den = { map: 'meadow', area: 'test_den', monster: kBoss, count: 1 };
      },
      'content/skills.json': ({ skills }) => {
        const { needs_book: _, ...call } = skills.spirit_wolf;
        const effects = [{ ...call.effects[0], on_caster: true }];
        skills.wolf_there = { ...call, level: 1, shape: 'circle', range_units: 200, radius_units: 16, effects };
        Object.assign(skills.shield_bash, { cooldown_ms: 100, mana_cost: 0 });
      },
    }),
  });
});
after(() => server.stop());
afterEach(leaveAll);

const ask = (room, type, payload) => withTimeout(`the answer to ${type}`, room.request(type, payload));

async function joinMaster(name) {
  const room = await joinWorld(kSdks.at(-1), server, name);
  await kill(room, 'boar');
  await until('the highest level', () => room.state.players.get(room.sessionId).level === 20);
  return room;
}

/** Everything that is told of fights from now on. */
function combatOf(room) {
  const events = [];
  room.onMessage('combat', (some) => events.push(...some));
  return events;
}

const living = (room, kind) => [...room.state.monsters.values()].filter((one) => one.kind === kind && one.hp > 0);

test('a boss cannot be stunned where others can', async () => {
  const room = await joinMaster('Ann');
  const events = combatOf(room);
  const bash = async (target) => {
    await ask(room, 'attack', { targetId: target, skillId: 'shield_bash' });
    await until('the bash', () => events.some(({ id, target: whom }) => id === 'shield_bash' && whom === target));
    const { tick } = room.state;
    await until('what follows from it', () => room.state.tick > tick + 2);
    return events.some(({ type, id, target: whom }) => type === 'status' && id === 'stunned' && whom === target);
  };
  await goTo(room, () => kPlaces.den, 200);
  const boss = await findMonster(room, kBoss, 30);
  assert.equal(await bash(boss), false, 'the boss is immune');
  room.send('attack', { targetId: boss });
  await until('its helpers', () => living(room, 'bone_minion').length > 0);
  room.send('attack', { targetId: 0 });
  const minion = await findMonster(room, 'bone_minion', 30);
  assert.equal(await bash(minion), true, 'its helpers are not');
});

test('a boss goes through its phases, shouts, and calls for help', async () => {
  const room = await joinMaster('Ben');
  const heard = listen(room);
  await goTo(room, () => kPlaces.den, 200);
  const boss = await until('the boss', () => living(room, kBoss)[0] && findMonster(room, kBoss, 30));
  room.send('attack', { targetId: boss });
  for (const phase of [2, 3]) {
    await heard('combat', ({ type, source, amount }) => type === 'phase' && source === boss && amount === phase);
    const shout = await heard('chat', ({ message }) => /Rise|roof/.test(message));
    assert.deepEqual([shout.name, shout.channel], ['Warden of the deep', 'system']);
    if (phase === 2) await until('who was called', () => living(room, 'bone_minion').length >= 3);
  }
  await heard('combat', ({ type, target }) => type === 'death' && target === boss);
});

test('a summons comes to the place that was aimed at', async () => {
  const room = await joinMaster('Cid');
  const here = at(room);
  const place = { x: here.x - 100, y: here.y };
  await ask(room, 'attack', { skillId: 'wolf_there', ...place });
  const [wolf] = await until('the wolf', () => living(room, 'spirit_wolf').length > 0 && living(room, 'spirit_wolf'));
  assert.ok(distance(wolf, place) < 60, `${JSON.stringify([wolf.x, wolf.y])} is not ${JSON.stringify(place)}`);
});
