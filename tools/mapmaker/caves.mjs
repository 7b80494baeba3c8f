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

export function makeCaves(tileset) {
  const map = new Layout(tileset, kSize, kSize, ['ground', 'water', 'walls', 'decoration', 'above']);
  for (let y = 0; y < kSize; y++) {
    for (let x = 0; x < kSize; x++) map.put('ground', x, y, `cave_floor_${[0, 0, 0, 1, 2, 3][Math.floor(hash(x, y, 2) * 6)]}`);
  }
  map.paintCorners('water', 'pool', withoutHairs(map.corners((x, y) => kPools.some((pool) => reach(pool, x, y) + noise(x, y, 3, 7) * 0.2 < 1))), true);
  const floor = withoutHairs(map.corners(open));
  map.paintCorners('walls', 'rockwall', map.corners((x, y) => !floor[y][x]), true);
  map.stamp('cave_exit', 31, 57, 'decoration', 'above');
  map.take(30, 52, 4, 8);
  furnish(map);
  hangTorches(map);
  map.object('spawns', 'player_spawn', 'entrance', 30, 53, 4, 3);
  map.object('spawns', 'portal', 'to_meadow', 31.25, 58, 1.5, 0.75, { target_map: 'meadow', target_spawn: 'from_caves' });
  const spawns = [['slime', 10, 26, 28, 12, 12], ['skeleton', 12, 6, 10, 14, 12], ['skeleton', 10, 47, 36, 12, 12], ['goblin', 12, 42, 8, 15, 12], ['wolf', 5, 6, 36, 12, 12]];
  for (const [kind, count, x, y, width, height] of spawns) map.object('monsters', 'monster_spawn', kind, x, y, width, height, { kind, count });
  return map;
}
