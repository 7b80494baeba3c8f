// The first map: a village round a square, a lake, groves, a goblin camp, ruins, and a way down.
import { chance, distanceToPath, Layout, rectangle, withoutHairs } from './layout.mjs';
import { hash, inBlob, noise, Rng, soft } from './noise.mjs';

const kSize = 96;
const kOver = ['above', 'canopy'];
const kLake = { x: 21, y: 25, rx: 12, ry: 9 };
const kPond = { x: 74, y: 52, rx: 4.6, ry: 3.2 };
const kPaths = [
  [[48, 47], [48, 36], [45, 29], [47, 21], [46, 12], [49, 3]],
  [[48, 47], [59, 46], [66, 43], [76, 45], [84, 42], [90, 44]],
  [[48, 47], [47, 58], [50, 66], [58, 71], [66, 74]],
  [[48, 47], [38, 48], [30, 45], [26, 39], [23, 34]],
  [[45, 29], [56, 26], [66, 21], [76, 17], [80.5, 15.5], [81, 14]],
  [[47, 58], [38, 62], [30, 70], [22, 74], [14, 80]],
];
/** From the doors to the square. */
const kDoorways = [
  [[38.5, 41], [38.5, 43], [42, 45], [44, 46]], [[45, 39], [47, 40.5]], [[55.5, 40], [55.5, 42], [53, 44]], [[62, 43], [62, 45]], [[35.5, 56], [35.5, 58], [39, 57.5], [40, 53], [43, 51]],
  [[42, 60], [43, 61]], [[55.5, 60], [55, 61], [48, 60]], [[62.5, 56], [62.5, 57.5], [59, 57], [58, 53], [53, 51]],
];
const kGroves = [
  { x: 18, y: 74, rx: 13, ry: 12, pines: 0.25 },
  { x: 56, y: 10, rx: 12, ry: 6, pines: 0.6 },
  { x: 33, y: 12, rx: 9, ry: 7, pines: 0.3 },
  { x: 84, y: 28, rx: 8, ry: 7, pines: 0.5 },
  { x: 40, y: 84, rx: 12, ry: 7, pines: 0.15 },
  { x: 72, y: 34, rx: 6, ry: 5, pines: 0.2 },
  { x: 8, y: 50, rx: 5, ry: 9, pines: 0.4 },
];

/** Where fighters meet: paved and fenced, with one gate to the village. */
const kRing = { x: 52, y: 76, width: 11, height: 9 };

/** Names for spawns.json: x, y, width, height in tiles. */
const kMonsterAreas = [
  ['slime_brook', 28, 36, 8, 8], ['slime_field', 60, 28, 12, 8], ['slime_pasture', 36, 64, 10, 8], ['slime_hollow', 62, 62, 12, 6],
  ['boar_clearing', 35, 21, 8, 9],
  ['wolf_grove', 12, 66, 14, 14], ['wolf_pines', 48, 6, 16, 8], ['wolf_thicket', 78, 24, 12, 9], ['wolf_southwood', 32, 80, 16, 8],
  ['goblin_camp', 83, 51, 9, 8], ['goblin_outpost', 78, 46, 8, 4], ['goblin_ambush', 74, 38, 8, 6],
  ['ruins_hall', 69, 69, 16, 7], ['ruins_crypt', 71, 78, 15, 8],
];
/** Names for quests.json. */
const kVisitAreas = [['old_pier', 20, 26, 6, 8], ['cave_mouth', 78, 14, 6, 4], ['ruins_gate', 66, 72, 4, 6], ['camp_gate', 85, 47, 5, 4]];
const kRoutes = [
  ['pines_trail', [[47.5, 20], [46.5, 12], [48.5, 5], [54, 8], [58, 14], [52, 18]]],
  ['grove_trail', [[29, 70], [22, 74], [15, 79], [12, 72], [20, 67]]],
  ['thicket_trail', [[76, 25], [82, 23], [89, 27], [86, 33], [78, 32]]],
  ['southwood_trail', [[32, 79], [38, 86], [47, 85], [44, 79]]],
];

const inGrove = (x, y) => kGroves.find((grove) => inBlob(grove, x, y, Math.floor(grove.x), 0.3));
const onPath = (x, y, width) => kPaths.some((path) => distanceToPath(path, x, y) + noise(x, y, 3, 9) * 0.25 < width);
const rim = (x, y) => Math.min(x, y, kSize - x, kSize - y) + noise(x, y, 4, 31) * 2.2;

function paintGround(map) {
  for (let y = 0; y < kSize; y++) {
    for (let x = 0; x < kSize; x++) map.put('ground', x, y, `grass_${[0, 0, 0, 1, 2, 2, 3, 4, 5][Math.floor(hash(x, y, 1) * 9)]}`);
  }
  const lush = map.corners((x, y) => inGrove(x, y) || rim(x, y) < 4.5 || soft(x, y, 11, 44) > 0.36);
  map.paintCorners('lush', 'lush', withoutHairs(lush), false, 3);
  const plaza = map.corners((x, y) => Math.hypot((x - 48) / 8.5, (y - 48) / 6.6) + noise(x, y, 4, 12) * 0.08 < 1);
  const paths = map.corners((x, y) => onPath(x, y, 1.2) || kDoorways.some((way) => distanceToPath(way, x, y) < 0.75));
  map.paintCorners('paths', 'path', paths, true);
  map.paintCorners('cobbles', 'cobble', withoutHairs(plaza), true);
  const water = map.corners((x, y) => inBlob(kLake, x, y, 5, 0.2) || inBlob(kPond, x, y, 6, 0.12));
  map.paintCorners('water', 'water', withoutHairs(water), true);
}

/** A landing stage: boards over water that can be walked on. */
function buildPier(map) {
  for (let y = 28; y <= 33; y++) {
    map.put('water', 22, y, 'water_walk');
    map.put('decoration', 22, y, 'planks');
    map.put('water', 23, y, 'water_walk');
    map.put('decoration', 23, y, 'planks');
    map.take(22, y, 2, 1);
  }
  for (let x = 20; x <= 25; x++) {
    for (const y of [26, 27]) {
      map.put('water', x, y, 'water_walk');
      map.put('decoration', x, y, 'planks');
    }
  }
  map.stamp('barrel', 20, 26, 'things', 'above');
  map.stamp('crate', 25, 26, 'things', 'above');
}

function buildVillage(map) {
  const houses = [
    ['house_red', 36, 36], ['cottage', 43, 34], ['house_blue', 53, 35], ['cottage', 60, 38],
    ['house_blue', 33, 51], ['cottage', 40, 55], ['house_red', 53, 55], ['house_red', 60, 51],
  ];
  for (const [name, x, y] of houses) {
    map.stamp(name, x, y, 'decoration', 'above');
    map.take(x, y + 5, 5, 1);
  }
  for (const [, x, y] of houses) plantGarden(map, x, y);
  map.stamp('well', 47, 46, 'decoration', 'above');
  for (const [x, y] of [[42, 43], [54, 43], [42, 50], [54, 50]]) map.stamp('lamp', x, y, 'decoration', 'above');
  map.stamp('stall', 43, 47, 'decoration', 'above');
  map.stamp('stall_blue', 51, 47, 'decoration', 'above');
  map.stamp('sign', 50, 41, 'decoration', 'above');
  map.stamp('sign', 57, 44, 'decoration', 'above');
  for (const [name, x, y] of [['barrel', 41, 40], ['crate', 58, 40], ['crate', 59, 41], ['barrel', 38, 57], ['crate', 58, 61], ['barrel', 65, 56]]) {
    if (map.isFree(x, y)) map.stamp(name, x, y, 'decoration', 'above');
  }
  buildFarm(map, 24, 55, 8, 7, (x, y) => x === 31 && (y === 58 || y === 59));
  buildFarm(map, 66, 57, 8, 6, (x, y) => x === 66 && y === 60);
}

/** Flowers along the front, bushes at the corners, the way to the door left open. */
function plantGarden(map, x, y) {
  const flowers = ['flowers_red', 'flowers_yellow', 'flowers_white', 'flowers_blue', 'flowers_violet'];
  for (let dx = -1; dx <= 5; dx++) {
    const corner = dx === -1 || dx === 5;
    if (!map.isFree(x + dx, y + 4) && corner) continue;
    if (corner) map.stamp(hash(x, dx, 3) < 0.5 ? 'bush' : 'bush_berries', x + dx, y + 4, 'decoration', 'above');
    else if (map.at('paths', x + dx, y + 5) === 0) map.put('decoration', x + dx, y + 5, flowers[Math.floor(hash(x, y, dx) * 5)]);
  }
}

function buildFarm(map, x, y, width, height, gate) {
  for (let dy = 1; dy < height - 1; dy++) {
    for (let dx = 1; dx < width - 1; dx++) {
      map.put('paths', x + dx, y + dy, dx < width / 2 ? 'wheat' : 'field');
      map.take(x + dx, y + dy);
    }
  }
  map.join('decoration', 'fence', rectangle(x, y, width, height, gate));
}

function buildRuins(map) {
  const floor = map.corners((x, y) => Math.hypot((x - 77) / 10.5, (y - 77) / 9.5) + noise(x, y, 3, 61) * 0.5 < 1);
  map.paintCorners('cobbles', 'cobble', withoutHairs(floor), false);
  const fallen = (x, y) => chance(0.2, x, y, 62);
  const doors = (...list) => (x, y) => list.some(([dx, dy]) => dx === x && dy === y) || fallen(x, y);
  const cells = [
    ...rectangle(68, 68, 10, 8, doors([68, 71], [68, 72], [68, 73], [77, 70], [77, 71])),
    ...rectangle(77, 68, 9, 8, doors([77, 70], [77, 71], [81, 75], [82, 75])),
    ...rectangle(70, 78, 8, 8, doors([73, 78], [74, 78], [77, 81], [77, 82])),
    ...rectangle(80, 79, 7, 8, doors([80, 82], [80, 83], [83, 86])),
  ].filter(([x, y]) => map.isFree(x, y));
  map.join('decoration', 'wall', cells);
  for (const [name, x, y] of [
    ['pillar', 71, 70], ['pillar_broken', 74, 70], ['pillar', 71, 73], ['pillar_broken', 80, 71], ['pillar', 83, 71], ['pillar_broken', 78, 77],
    ['rubble', 75, 74], ['rubble', 79, 73], ['rubble', 72, 81], ['rubble', 84, 82], ['rubble', 67, 77], ['bones', 73, 73], ['bones', 82, 73], ['bones', 74, 82], ['bones', 83, 84],
  ]) {
    if (map.isFree(x, y, 1, map.tileset.get(name).height)) map.stamp(name, x, y, 'decoration', 'above');
  }
  map.take(67, 67, 21, 21);
}

function buildCamp(map) {
  const fence = rectangle(82, 50, 11, 10, (x, y) => (y === 50 && x >= 86 && x <= 88) || (x === 82 && y > 54 && y < 57));
  map.join('decoration', 'fence', fence);
  for (const [name, x, y] of [['tent', 84, 51], ['tent', 89, 52], ['tent', 84, 56], ['campfire', 88, 55], ['crate', 90, 57], ['barrel', 91, 57], ['crate', 91, 56], ['bones', 87, 57]]) {
    map.stamp(name, x, y, 'decoration', 'above');
  }
  map.take(82, 50, 11, 10);
}

function buildRing(map) {
  const { x, y, width, height } = kRing;
  map.paintCorners('cobbles', 'cobble', map.corners((cx, cy) => cx > x && cy > y && cx < x + width && cy < y + height), false);
  map.join('decoration', 'fence', rectangle(x, y, width, height, (cx, cy) => cy === y && Math.abs(cx - x - 5) < 2));
  for (const [dx, dy] of [[3, 0], [7, 0]]) map.stamp('lamp', x + dx, y + dy - 1, 'decoration', 'above');
  for (const [name, dx, dy] of [['pillar_broken', 2, 2], ['pillar', 8, 2], ['pillar', 2, 5], ['pillar_broken', 8, 5], ['bones', 5, 6]]) {
    map.stamp(name, x + dx, y + dy, 'decoration', 'above');
  }
  map.take(x, y, width, height);
}

function buildCaveMouth(map) {
  map.stamp('cave_mouth', 79, 11, 'decoration', 'above');
  map.take(78, 10, 6, 5);
  for (const [x, y] of [[76, 10], [84, 11], [77, 7], [82, 7], [85, 8], [79, 8]]) map.stamp('boulder', x, y, 'decoration', 'above');
  map.stamp('sign', 79, 16, 'decoration', 'above');
}

function plantTrees(map) {
  const rng = new Rng(4);
  for (let y = 0; y < kSize - 3; y++) {
    for (let x = 0; x < kSize - 2; x++) {
      const grove = inGrove(x + 1, y + 2);
      const border = rim(x + 1, y + 2) < 3.4;
      const density = border ? 0.62 : grove ? 0.2 : 0.006;
      if (rng.next() > density || onPath(x + 1, y + 2.5, 2.1)) continue;
      if (Math.hypot(x - 48, y - 46) < 17) continue;
      const pines = grove?.pines ?? 0.35;
      const name = rng.next() < pines ? 'pine' : rng.next() < 0.08 ? 'oak_autumn' : rng.next() < 0.5 ? 'oak' : 'oak_wide';
      map.tree(name, x, y, 'things', kOver);
    }
  }
}

function scatter(map) {
  const rng = new Rng(8);
  const pickFor = (x, y) => {
    const grove = inGrove(x, y);
    const flowers = soft(x, y, 7, 71);
    if (grove) return rng.next() < 0.16 ? rng.pick(['mushrooms', 'tall_grass', 'tall_grass', 'bush', 'bush_berries', 'stump', 'rock_small']) : null;
    if (flowers > 0.25 && rng.next() < 0.5) {
      const kinds = ['flowers_red', 'flowers_yellow', 'flowers_white', 'flowers_blue', 'flowers_violet'];
      return kinds[Math.floor(Math.max(0, Math.min(0.99, (soft(x, y, 13, 72) * 0.7 + 0.5))) * 5)];
    }
    if (rng.next() < 0.045) return rng.pick(['tall_grass', 'tall_grass', 'tall_grass', 'pebbles', 'rock_small', 'bush', 'rock', 'bush_berries']);
    return null;
  };
  for (let y = 1; y < kSize - 1; y++) {
    for (let x = 1; x < kSize - 1; x++) {
      const name = map.isFree(x, y) ? pickFor(x, y) : null;
      if (name) map.stamp(name, x, y, 'decoration', 'above');
    }
  }
  for (let y = 10; y < 60; y++) {
    for (let x = 5; x < 78; x++) {
      const tile = map.at('water', x, y);
      if (tile === 0 || map.at('decoration', x, y) !== 0) continue;
      const open = tile === map.tileset.id('water_15') + 1;
      if (open && noise(x, y, 4, 81) > 0.52) map.put('decoration', x, y, 'lily');
      if (!open && chance(0.22, x, y, 82)) map.put('decoration', x, y, 'reeds');
    }
  }
}

function addObjects(map) {
  map.object('spawns', 'player_spawn', 'default', 45, 44.5, 7, 1.25);
  map.object('spawns', 'player_spawn', 'from_caves', 80, 15, 2, 1.5);
  map.object('spawns', 'portal', 'to_caves', 80.25, 13.5, 1.5, 0.75, { target_map: 'caves', target_spawn: 'entrance' });
  for (const [name, x, y, width, height] of kMonsterAreas) map.object('monsters', 'monster_area', name, x, y, width, height);
  for (const [name, x, y, width, height] of kVisitAreas) map.object('visits', 'visit_area', name, x, y, width, height);
  map.object('zones', 'zone', 'ruins', 66, 66, 22, 22, { pvp: 'contested' });
  map.object('zones', 'zone', 'fighting_ring', kRing.x, kRing.y, kRing.width, kRing.height, { pvp: 'arena' });
  for (const [name, points] of kRoutes) map.route(name, points);
}

export function makeMeadow(tileset) {
  const map = new Layout(tileset, kSize, kSize, ['ground', 'lush', 'paths', 'cobbles', 'water', 'decoration', 'things', 'above', 'canopy']);
  paintGround(map);
  buildPier(map);
  buildVillage(map);
  buildRuins(map);
  buildCamp(map);
  buildCaveMouth(map);
  buildRing(map);
  plantTrees(map);
  scatter(map);
  addObjects(map);
  return map;
}
