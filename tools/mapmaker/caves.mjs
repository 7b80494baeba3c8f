// The second map: halls and tunnels below the meadow, with glowing pools.
import { chance, distanceToPath, Layout, withoutHairs } from './layout.mjs';
import { hash, noise, Rng } from './noise.mjs';

const kSize = 64;
const kHalls = [
  { x: 32, y: 55, rx: 8, ry: 5 }, { x: 32, y: 34, rx: 11, ry: 9 }, { x: 12, y: 42, rx: 7, ry: 7 }, { x: 53, y: 42, rx: 7, ry: 8 },
  { x: 13, y: 16, rx: 8, ry: 8 }, { x: 49, y: 14, rx: 10, ry: 8 }, { x: 31, y: 11, rx: 5, ry: 5 },
];
const kTunnels = [
  [[32, 55], [33, 46], [32, 34]], [[32, 34], [22, 38], [12, 42]], [[32, 34], [44, 38], [53, 42]], [[12, 42], [10, 30], [13, 16]],
  [[53, 42], [56, 28], [49, 14]], [[13, 16], [22, 13], [31, 11]], [[31, 11], [40, 12], [49, 14]], [[32, 34], [30, 22], [31, 11]],
];
const kPools = [{ x: 33, y: 34, rx: 4.6, ry: 3.2 }, { x: 52, y: 13, rx: 4, ry: 3 }, { x: 11, y: 43, rx: 2.6, ry: 2.4 }];

const reach = (blob, x, y) => Math.hypot((x - blob.x) / blob.rx, (y - blob.y) / blob.ry);
const open = (x, y) => {
  if (Math.min(x, y, kSize - x, kSize - y) < 2) return false;
  return kHalls.some((hall) => reach(hall, x, y) + noise(x, y, 4, 5) * 0.22 < 1) || kTunnels.some((tunnel) => distanceToPath(tunnel, x, y) + noise(x, y, 3, 6) * 0.7 < 2.1);
};

function furnish(map) {
  const rng = new Rng(21);
  for (let y = 2; y < kSize - 2; y++) {
    for (let x = 2; x < kSize - 2; x++) {
      if (!map.isFree(x, y) || rng.next() > 0.085) continue;
      const damp = kPools.some((pool) => reach(pool, x, y) < 2);
      const name = damp ? rng.pick(['glowcaps', 'glowcaps', 'crystals', 'pebbles']) : rng.pick(['bones', 'cave_rock', 'crystals', 'glowcaps', 'stalagmite', 'pebbles', 'cave_rock']);
      if (name === 'stalagmite' ? !map.isFree(x, y - 1, 1, 2) : false) continue;
      map.stamp(name, x, name === 'stalagmite' ? y - 1 : y, 'decoration', 'above');
    }
  }
}

/** Torches hang on faces: a tile of wall with floor right below. */
function hangTorches(map) {
  const face = map.tileset.id('rockwall_3') + 1;
  for (let y = 3; y < kSize - 1; y++) {
    for (let x = 3; x < kSize - 1; x++) if (map.at('walls', x, y) === face && chance(0.22, x, y, 9)) map.put('decoration', x, y, 'torch');
  }
}

/** The northern hall belongs to the warden: a paved floor between pillars. */
function buildLair(map) {
  for (let y = 7; y < 14; y++) {
    for (let x = 28; x < 35; x++) if (Math.hypot(x - 31, y - 10) < 3.7) map.put('cobbles', x, y, 'cobble_15');
  }
  for (const [name, x, y] of [['pillar', 28, 7], ['pillar_broken', 34, 7], ['pillar_broken', 28, 11], ['pillar', 34, 11], ['bones', 30, 8], ['bones', 33, 9], ['bones', 31, 12], ['crystals', 31, 6]]) {
    map.stamp(name, x, y, 'decoration', 'above');
  }
  map.take(27, 5, 9, 9);
}

/** Names for spawns.json and quests.json. */
function addAreas(map) {
  const areas = [
    ['slime_pool', 26, 28, 12, 12], ['bone_hall', 6, 10, 14, 12], ['barrow', 47, 36, 12, 12], ['crystal_hall', 42, 8, 15, 12], ['wolf_den', 6, 36, 12, 12],
    ['bat_gallery', 28, 19, 7, 7], ['warden_lair', 29, 8, 5, 4],
  ];
  for (const [name, x, y, width, height] of areas) map.object('monsters', 'monster_area', name, x, y, width, height);
  map.object('visits', 'visit_area', 'glowing_pool', 27, 28, 13, 12);
  map.object('visits', 'visit_area', 'lair_gate', 27, 13, 8, 5);
  map.object('zones', 'zone', 'crystal_hall', 39, 4, 22, 18, { pvp: 'contested' });
  map.route('den_trail', [[8, 38], [15, 37], [17, 44], [9, 48]]);
  map.route('gallery_trail', [[30.5, 26], [31.5, 20], [31, 15]]);
}

export function makeCaves(tileset) {
  const map = new Layout(tileset, kSize, kSize, ['ground', 'cobbles', 'water', 'walls', 'decoration', 'above']);
  for (let y = 0; y < kSize; y++) {
    for (let x = 0; x < kSize; x++) map.put('ground', x, y, `cave_floor_${[0, 0, 0, 1, 2, 3][Math.floor(hash(x, y, 2) * 6)]}`);
  }
  map.paintCorners('water', 'pool', withoutHairs(map.corners((x, y) => kPools.some((pool) => reach(pool, x, y) + noise(x, y, 3, 7) * 0.2 < 1))), true);
  const floor = withoutHairs(map.corners(open));
  map.paintCorners('walls', 'rockwall', map.corners((x, y) => !floor[y][x]), true);
  map.stamp('cave_exit', 31, 57, 'decoration', 'above');
  map.take(30, 52, 4, 8);
  buildLair(map);
  furnish(map);
  hangTorches(map);
  map.object('spawns', 'player_spawn', 'entrance', 30, 53, 4, 3);
  map.object('spawns', 'portal', 'to_meadow', 31.25, 58, 1.5, 0.75, { target_map: 'meadow', target_spawn: 'from_caves' });
  addAreas(map);
  return map;
}
