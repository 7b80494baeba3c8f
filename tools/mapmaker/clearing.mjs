// The worked example of docs/maps.md: a clearing in the woods with one of everything that the world knows.
import { chance, distanceToPath, Layout, withoutHairs } from './layout.mjs';
import { hash, inBlob, Rng } from './noise.mjs';

const kWidth = 28;
const kHeight = 20;
const kPath = [[0, 10], [8, 10], [15, 11], [22, 9], [28, 9]];
const kPond = { x: 20, y: 15, rx: 3.4, ry: 2.2 };

function plantRim(map) {
  const rng = new Rng(3);
  for (let y = 0; y < kHeight - 2; y++) {
    for (let x = 0; x < kWidth - 1; x++) {
      const depth = Math.min(x, y, kWidth - 2 - x, kHeight - 3 - y);
      const open = depth > 1 || distanceToPath(kPath, x + 1, y + 2.5) < 2.2;
      if (!open && rng.next() < 0.6) map.tree(rng.next() < 0.4 ? 'pine' : 'oak', x, y, 'decoration', ['above', 'canopy']);
    }
  }
}

export function makeClearing(tileset) {
  const map = new Layout(tileset, kWidth, kHeight, ['ground', 'paths', 'water', 'decoration', 'above', 'canopy']);
  for (let y = 0; y < kHeight; y++) {
    for (let x = 0; x < kWidth; x++) map.put('ground', x, y, `grass_${[0, 0, 0, 1, 2, 3][Math.floor(hash(x, y, 6) * 6)]}`);
  }
  map.paintCorners('paths', 'path', map.corners((x, y) => distanceToPath(kPath, x, y) < 1.2), true);
  map.paintCorners('water', 'water', withoutHairs(map.corners((x, y) => inBlob(kPond, x, y, 4, 0.12))), true);
  map.stamp('sign', 5, 8, 'decoration', 'above');
  plantRim(map);
  for (let y = 3; y < kHeight - 3; y++) {
    for (let x = 3; x < kWidth - 3; x++) {
      if (map.isFree(x, y) && chance(0.08, x, y, 5)) map.stamp('tall_grass', x, y, 'decoration', 'above');
    }
  }
  map.object('spawns', 'player_spawn', 'default', 2, 9.5, 2, 1.5);
  map.object('spawns', 'portal', 'to_meadow', 0, 9, 0.75, 2, { target_map: 'meadow', target_spawn: 'default' });
  map.object('monsters', 'monster_area', 'slime_grass', 6, 4, 8, 4);
  map.object('monsters', 'monster_area', 'wolf_way', 17, 6, 6, 4);
  map.object('visits', 'visit_area', 'pond_shore', 16, 12, 4, 5);
  map.object('zones', 'zone', 'east_end', 20, 3, 6, 6, { pvp: 'contested' });
  map.route('wolf_round', [[18, 7], [23, 7], [23, 11], [17, 12]]);
  return map;
}
