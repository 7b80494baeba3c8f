// The shipped game with everything near and quick: the same files, monsters, items and quests, but nobody has to walk
// far or strike often. Places are world units on the shipped meadow, where the village square is open ground.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { kRepository } from '../../support/throngd.mjs';

export const kPlaces = {
  start: { x: 1552, y: 1448 },
  ring: { x: 1640, y: 1456 },
  yard: { x: 1728, y: 1456 },
  den: { x: 1216, y: 1456 },
  portal: { x: 1552, y: 1612 },
};

export const kRespawnMs = 1000;

/**
 * @param more  further edits of parsed files, by name
 * @return {Promise<Record<string, string>>} `files` for `startThrongd`
 */
export async function quickGame(more = {}) {
  const edits = {
    'content/balance.json': quickBalance,
    'content/items.json': ({ items }) => Object.assign(items.tome_of_warding, { level: 1, price: 5, sell_price: 1 }),
    'content/skills.json': ({ skills }) => Object.assign(skills.arcane_ward, { level: 1 }),
    'content/quests.json': ({ quests }) => Object.assign(quests.slime_trouble.objectives[0], { count: 2 }),
    'content/monsters.json': quickMonsters,
    'content/loot_tables.json': sureLoot,
    'content/chat.json': (chat) => Object.assign(chat, { say_range_units: 96 }),
    'content/npcs.json': nearTraders,
    'content/spawns.json': nearSpawns,
    'content/maps/meadow.tmj': nearPlaces,
  };
  const files = {};
  for (const [name, edit] of Object.entries(edits)) {
    const json = JSON.parse(await readFile(path.join(kRepository, 'config', name), 'utf8'));
    edit(json);
    more[name]?.(json);
    files[name] = JSON.stringify(json);
  }
  return files;
}

function quickBalance(balance) {
  Object.assign(balance, { attack_cooldown_ms: 300, respawn_ms: kRespawnMs });
  balance.start.crit_chance_bp = 0;
}

/** Slimes stand still and fall at the second blow or the first fireball; a boar makes a master; bones kill at once. */
function quickMonsters({ monsters }) {
  Object.assign(monsters.slime, { max_hp: 16, patrol: 'none', flee_below_bp: 0, experience: 60, respawn_ms: 500 });
  Object.assign(monsters.boar, { max_hp: 8, patrol: 'none', attack: 1, experience: 200_000, respawn_ms: 500 });
  Object.assign(monsters.skeleton, { attack: 900, attack_cooldown_ms: 300 });
}

function sureLoot({ loot_tables: tables }) {
  tables.slime_loot = {
    entries: [
      { coins: true, min: 40, max: 40 },
      { item: 'slime_gel', min: 2, max: 2 },
    ],
  };
}

function nearTraders({ npcs }) {
  Object.assign(npcs.healer, { x_units: 1600, y_units: 1448 });
  Object.assign(npcs.smith, { x_units: 1504, y_units: 1448 });
}

function nearSpawns({ spawns }) {
  spawns.test_yard = { map: 'meadow', area: 'test_yard', monster: 'slime', count: 6 };
  spawns.test_pen = { map: 'meadow', area: 'test_yard', monster: 'boar', count: 2 };
  spawns.test_den = { map: 'meadow', area: 'test_den', monster: 'skeleton', count: 2 };
}

function nearPlaces(map) {
  const objects = (layer) => map.layers.find(({ name }) => name === layer).objects;
  const around = ({ x, y }, width, height) => ({ x: x - width / 2, y: y - height / 2, width, height });
  const named = (layer, name) => objects(layer).find((object) => object.name === name);
  const area = (name, place) =>
    objects('monsters').push({
      id: map.nextobjectid++,
      name,
      type: 'monster_area',
      rotation: 0,
      visible: true,
      ...around(place, 64, 64),
    });
  Object.assign(named('spawns', 'default'), around(kPlaces.start, 32, 16));
  Object.assign(named('spawns', 'to_caves'), around(kPlaces.portal, 48, 24));
  Object.assign(named('zones', 'fighting_ring'), around(kPlaces.ring, 48, 48));
  area('test_yard', kPlaces.yard);
  area('test_den', kPlaces.den);
}
