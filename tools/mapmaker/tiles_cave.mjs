// Under the ground: floor, rock with faces, pools, crystals, bones, and the way in and out.
import { hash, noise } from './noise.mjs';
import { kPalette as P } from './palette.mjs';
import { addCorners, cornerField, quarterWalls } from './tileset.mjs';
import { paintRock } from './tiles_nature.mjs';

const tiled = (x, y, step, seed) => noise(x, y, step, seed, 32 / step);

function paintFloor(canvas, variant) {
  canvas.each(0, 0, 32, 32, (x, y) => {
    const n = tiled(x, y, 8, 101) * 0.6 + tiled(x, y, 4, 102) * 0.4;
    return P.cave[n > 0.4 ? 4 : n < -0.45 ? 2 : 3];
  });
  for (let i = 0; i < 3 + variant; i++) {
    const x = 2 + Math.floor(hash(i, variant, 4) * 26);
    const y = 2 + Math.floor(hash(i, variant, 5) * 26);
    canvas.stencil(x, y, ['LL ', 'MMD', ' DD'], { L: P.cave[5], M: P.cave[4], D: P.cave[1] });
  }
  if (variant === 2) canvas.stencil(8, 12, ['d        ', ' dd   d  ', '   ddd d ', '      d  ', '       dd'], { d: P.cave[1] });
}

/** Rock seen from above; where it ends to the south its face shows. */
function paintRockWall(canvas, mask) {
  const field = (x, y) => cornerField(mask, x, y) + tiled(x, y, 4, 111) * 0.07 + tiled(x, y, 8, 112) * 0.07;
  canvas.each(0, 0, 32, 32, (x, y) => {
    const depth = field(x, y);
    const falls = cornerField(mask, x, y) - cornerField(mask, x, y + 4) > 0.02;
    if (depth < 0.5) return depth > 0.4 && falls ? [10, 8, 16, 110] : undefined;
    if (falls && depth < 0.84) {
      if (depth < 0.54) return P.rock[0];
      const column = tiled(x, y >> 2, 4, 115);
      const tone = depth > 0.78 ? 5 : column > 0.25 ? 4 : column < -0.3 ? 2 : 3;
      return P.rock[tone];
    }
    if (depth < 0.55) return P.rock[4];
    if (depth < 0.6) return P.rock[5];
    if (depth < 0.68) return P.rock[3];
    const n = tiled(x, y, 8, 113) + tiled(x, y, 4, 114) * 0.5;
    return P.rock[n > 0.65 ? 2 : n < -0.75 ? 0 : 1];
  });
}

function paintPool(canvas, mask) {
  canvas.each(0, 0, 32, 32, (x, y) => {
    const depth = cornerField(mask, x, y) + tiled(x, y, 4, 121) * 0.06 + tiled(x, y, 8, 122) * 0.06;
    if (depth < 0.44) return undefined;
    if (depth < 0.5) return P.cave[1];
    if (depth < 0.54) return P.glow[3];
    if (depth < 0.6) return P.glow[2];
    if (depth < 0.74) return P.glow[1];
    return tiled(x, y * 2, 8, 123) > 0.5 ? P.glow[1] : P.glow[0];
  });
}

function shard(canvas, cx, foot, height, half, lean) {
  for (let h = 0; h < height; h++) {
    const t = h / height;
    const width = t < 0.75 ? half : half * (1 - t) * 4;
    for (let x = Math.floor(-width); x <= width; x++) {
      const u = x / (half + 0.5);
      const tone = u < -0.55 ? 2 : u < -0.1 ? 4 : u < 0.35 ? 3 : 1;
      canvas.set(Math.round(cx + x + lean * h), foot - h, P.crystal[Math.abs(x) > width - 1 && u > 0 ? 0 : tone]);
    }
  }
}

function paintCrystals(canvas) {
  canvas.shadow(16, 27, 13, 4, 0.4);
  shard(canvas, 9, 27, 14, 3, -0.25);
  shard(canvas, 23, 28, 12, 3, 0.3);
  shard(canvas, 16, 28, 24, 4, 0.02);
}

function paintStalagmite(canvas) {
  canvas.shadow(17, 57, 12, 4, 0.4);
  for (let y = 10; y < 58; y++) {
    const half = ((y - 10) / 48) ** 1.3 * 11 + 1;
    for (let x = Math.floor(16 - half); x < 16 + half; x++) {
      const u = (x + 0.5 - 16) / half;
      const tone = u < -0.7 ? 3 : u < -0.15 ? 5 : u < 0.4 ? 4 : u < 0.8 ? 3 : 1;
      canvas.set(x, y, P.rock[Math.max(0, tone - (noise(x, y, 4, 6) > 0.4 ? 1 : 0))]);
    }
  }
}

function paintBones(canvas) {
  canvas.stencil(4, 8, ['  bbbb  ', ' bBBBBb ', ' BdBBdb ', ' BBBBBb ', '  BdBb  ', '  bBBb  '], { b: P.bone[1], B: P.bone[2], d: P.cave[0] });
  canvas.stencil(14, 18, ['B        BB', 'BB      BBB', '  BBBBBBb  ', 'BBb     bbb', 'Bb        b'], { B: P.bone[2], b: P.bone[1] });
}

function paintGlowcaps(canvas) {
  for (const [x, y] of [[9, 14], [20, 12], [15, 23]]) {
    canvas.stencil(x - 4, y - 5, ['  ggg  ', ' gGGgg ', 'gGgggGg', 'ddddddd', '  bbb  ', '   b   '], { g: P.glow[2], G: P.glow[3], d: P.glow[0], b: P.bone[1] });
  }
}

function paintTorch(canvas) {
  canvas.fill(14, 12, 4, 14, P.wood[1]);
  canvas.fill(14, 12, 1, 14, P.wood[3]);
  canvas.fill(12, 11, 8, 3, P.stone[1]);
  canvas.disc(16, 7, 4, 6, P.ember[1]);
  canvas.disc(16, 8, 3, 4.4, P.ember[2]);
  canvas.disc(16, 9, 1.6, 2.6, P.ember[3]);
}

/** A mound with a dark mouth and a path of light in front. */
function paintMouth(canvas) {
  paintRock(canvas, 64, 58, 60, 50, P.stone, 21);
  for (let y = 40; y < 96; y++) {
    for (let x = 36; x < 92; x++) {
      const u = (x + 0.5 - 64) / 24;
      const v = y < 64 ? (y - 64) / 24 : 0;
      const reach = u * u + v * v;
      if (reach > 1.22) continue;
      if (reach > 1) canvas.set(x, y, P.stone[Math.floor(y / 6 + x / 5) % 2 ? 1 : 2]);
      else canvas.set(x, y, y > 88 ? P.rock[3] : y > 80 ? P.rock[2] : reach > 0.75 ? P.rock[1] : P.rock[0]);
    }
  }
  canvas.stencil(28, 20, [' lll  ', 'lLLLl ', ' lLLll', '  ll  '], { l: P.leaf[2], L: P.leaf[4] });
  canvas.stencil(84, 30, [' lll  ', 'lLLLl ', ' lLLll', '  ll  '], { l: P.leaf[2], L: P.leaf[4] });
}

function paintExit(canvas) {
  canvas.each(0, 0, 64, 64, (x, y) => {
    const u = (x + 0.5 - 32) / 24;
    const v = y < 28 ? (y - 28) / 26 : 0;
    const reach = u * u + v * v;
    if (reach > 1.3) return undefined;
    if (reach > 1) return P.rock[y % 8 < 4 ? 4 : 3];
    if (y > 32) {
      const stair = Math.floor((y - 32) / 8);
      return (y - 32) % 8 < 2 ? P.stone[5 - (stair >> 1)] : P.stone[3 - (stair >> 1)];
    }
    return reach < 0.35 ? '#fdf6d8' : reach < 0.7 ? '#f3e3a6' : '#c9c48a';
  });
}

export function addCaveTiles(tileset) {
  for (let variant = 0; variant < 4; variant++) tileset.add(`cave_floor_${variant}`, 1, 1, (canvas) => paintFloor(canvas, variant));
  tileset.add('bones', 1, 1, paintBones);
  tileset.add('glowcaps', 1, 1, paintGlowcaps);
  tileset.add('torch', 1, 1, paintTorch);
  tileset.add('crystals', 1, 1, paintCrystals, { walls: [[6, 16, 20, 12]] });
  tileset.add('cave_rock', 1, 1, (canvas) => paintRock(canvas, 16, 18, 12, 10, P.rock, 5), { walls: [[6, 12, 20, 14]] });
  addCorners(tileset, 'rockwall', paintRockWall, quarterWalls);
  addCorners(tileset, 'pool', paintPool, quarterWalls);
  tileset.add('stalagmite', 1, 2, paintStalagmite, { above: 1, walls: [[6, 44, 20, 14]] });
  tileset.add('cave_exit', 2, 2, paintExit, { walls: [[0, 0, 64, 32]] });
  tileset.add('cave_mouth', 4, 3, paintMouth, { walls: [[4, 24, 32, 68], [92, 24, 32, 68], [36, 24, 56, 52]] });
}
