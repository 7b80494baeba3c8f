// Ground: grass, paths, cobbles, water, fields. All of it tiles without seams.
import { hash, noise } from './noise.mjs';
import { kPalette as P } from './palette.mjs';
import { addCorners, cornerField, quarterWalls } from './tileset.mjs';

/** Noise that repeats with the tile. */
const tiled = (x, y, step, seed) => noise(x, y, step, seed, 32 / step);

/** Fades towards the border of a tile, so that different tiles meet without a seam. */
const calm = (x, y) => Math.min(1, Math.min(x, y, 31 - x, 31 - y) / 6);

function grassTone(x, y, seed) {
  const n = (noise(x, y, 7, seed) * 0.6 + noise(x, y, 3, seed + 1) * 0.5) * calm(x, y);
  if (n > 0.5) return 3;
  return n < -0.55 ? 1 : 2;
}

/** Short strokes, lit at the tip. */
function blades(canvas, tones, count, seed) {
  for (let i = 0; i < count; i++) {
    const x = 2 + Math.floor(hash(i, 1, seed) * 28);
    const y = 4 + Math.floor(hash(i, 2, seed) * 26);
    const lean = hash(i, 3, seed) < 0.5 ? -1 : 1;
    canvas.set(x, y, tones[1]);
    canvas.set(x, y - 1, tones[3]);
    canvas.set(x + lean, y - 2, tones[4]);
    if (hash(i, 4, seed) < 0.5) {
      canvas.set(x - lean * 2, y, tones[1]);
      canvas.set(x - lean * 2, y - 1, tones[3]);
    }
  }
}

function paintGrass(canvas, tones, variant) {
  canvas.each(0, 0, 32, 32, (x, y) => tones[grassTone(x, y, 5 + variant * 11)]);
  blades(canvas, tones, [3, 5, 2, 7, 4, 6][variant], 40 + variant * 7);
}

function blossoms(canvas, petals, heart, count, seed) {
  for (let i = 0; i < count; i++) {
    const x = 3 + (i % 3) * 10 + Math.floor(hash(i, 7, seed) * 7);
    const y = 3 + Math.floor(i / 3) * 10 + Math.floor(hash(i, 8, seed) * 6);
    canvas.set(x, y + 2, P.grass[0]);
    canvas.set(x, y + 3, P.grass[0]);
    canvas.set(x + 1, y + 3, P.grass[4]);
    for (const [dx, dy] of [[0, -1], [-1, 0], [1, 0], [0, 1]]) canvas.set(x + dx, y + dy, petals[dy < 0 || dx < 0 ? 2 : 1]);
    canvas.set(x, y, heart);
  }
}

function paintLush(canvas, mask, variant = 0) {
  canvas.each(0, 0, 32, 32, (x, y) => {
    const field = cornerField(mask, x, y) + tiled(x, y, 4, 61) * 0.14 + tiled(x, y, 8, 62) * 0.1;
    if (field < 0.5) return undefined;
    if (field < 0.56) return hash(x, y, 3) < 0.5 ? P.grass[1] : P.lush[3];
    return P.lush[grassTone(x, y, 71 + variant * 13)];
  });
  if (mask === 15) blades(canvas, P.lush, 3 + variant * 2, 90 + variant);
}

function dirtTone(x, y) {
  const n = (noise(x, y, 6, 21) * 0.5 + noise(x, y, 3, 22) * 0.5) * calm(x, y);
  return n > 0.38 ? 3 : n < -0.5 ? 1 : 2;
}

function paintPath(canvas, mask) {
  canvas.each(0, 0, 32, 32, (x, y) => {
    const field = cornerField(mask, x, y) + tiled(x, y, 4, 31) * 0.09 + tiled(x, y, 8, 32) * 0.08;
    if (field < 0.44) return undefined;
    if (field < 0.5) return P.grass[0];
    if (field < 0.55) return P.dirt[0];
    if (field < 0.62) return P.dirt[1];
    return P.dirt[dirtTone(x, y)];
  });
  for (let i = 0; i < 7; i++) {
    const x = Math.floor(hash(i, 11) * 30) + 1;
    const y = Math.floor(hash(i, 12) * 30) + 1;
    if (cornerField(mask, x, y) < 0.75) continue;
    canvas.set(x, y, P.dirt[4]);
    canvas.set(x + 1, y, P.dirt[3]);
    canvas.set(x, y + 1, P.dirt[0]);
    canvas.set(x + 1, y + 1, P.dirt[0]);
  }
}

/** Rounded stones in rows that are shifted against each other. */
function cobbleTone(x, y, tones) {
  const row = Math.floor(y / 8);
  const sx = (x + (row % 2) * 5) % 32;
  const column = Math.floor(sx / 8 + hash(row, 4) * 0.0);
  const lx = sx % 8;
  const ly = y % 8;
  const corner = (lx === 0 || lx === 6) && (ly === 0 || ly === 6);
  if (lx === 7 || ly === 7 || corner) return tones[0];
  const base = 2 + (hash(column, row, 9) < 0.35 ? 1 : 0) - (hash(column, row, 10) < 0.25 ? 1 : 0);
  if (ly === 0 || lx === 0) return tones[Math.min(4, base + 1)];
  if (ly === 6 || lx === 6) return tones[base - 1];
  return tones[base];
}

function paintCobble(canvas, mask) {
  canvas.each(0, 0, 32, 32, (x, y) => {
    const field = cornerField(mask, x, y) + tiled(x, y, 4, 41) * 0.1;
    if (field < 0.45) return undefined;
    if (field < 0.5) return P.grass[0];
    const stoneField = cornerField(mask, Math.floor(x / 8) * 8 + 3, Math.floor(y / 8) * 8 + 3);
    if (field < 0.56) return hash(x >> 1, y >> 1, 5) < 0.6 ? P.cobble[0] : P.grass[1];
    if (stoneField < 0.6 && hash(x >> 3, y >> 3, 6) < 0.3) return hash(x, y, 7) < 0.3 ? P.grass[3] : P.grass[1];
    return cobbleTone(x, y, P.cobble);
  });
  if (mask !== 15) return;
  for (const [column, row] of [[1, 1], [2, 3]]) {
    canvas.set(column * 8 - 1, row * 8 - 1, P.grass[1]);
    canvas.set(column * 8, row * 8 - 1, P.grass[3]);
  }
}

function waterTone(x, y, depth) {
  const ripple = tiled(x, y * 2, 8, 51);
  const base = depth > 0.3 ? 1 : 2;
  if (ripple > 0.55 && y % 4 !== 0) return P.water[base + 1];
  return P.water[base];
}

function paintWater(canvas, mask) {
  canvas.each(0, 0, 32, 32, (x, y) => {
    const wobble = (px, py) => tiled(px, py, 4, 53) * 0.05 + tiled(px, py, 8, 54) * 0.06;
    const field = cornerField(mask, x, y) + wobble(x, y);
    if (field < 0.28) return undefined;
    if (field < 0.31) return P.sand[0];
    if (field < 0.36) return P.sand[1];
    if (field < 0.49) return hash(x, y, 8) < 0.08 ? P.sand[3] : P.sand[2];
    if (field < 0.52) return P.sand[0];
    if (field < 0.56) return P.water[5];
    if (field < 0.61) return P.water[4];
    if (field < 0.7) return P.water[3];
    if (field < 0.82) return waterTone(x, y, 0);
    return mask === 15 || field > 0.9 ? waterTone(x, y, 1) : waterTone(x, y, field > 0.86 && hash(x, y, 2) < 0.5 ? 1 : 0);
  });
  if (mask !== 15) return;
  for (const [x, y, length] of [[5, 7, 6], [18, 14, 8], [9, 24, 5], [24, 27, 4]]) {
    canvas.fill(x, y, length, 1, P.water[3]);
    canvas.fill(x + 2, y - 1, Math.max(1, length - 4), 1, P.water[4]);
  }
}

function paintField(canvas, ripe) {
  canvas.each(0, 0, 32, 32, (x, y) => {
    const row = y % 8;
    const tone = row < 2 ? 0 : row < 4 ? 1 : row < 7 ? 2 : 1;
    return P.dirt[Math.max(0, tone - (hash(x, y, 14) < 0.12 ? 1 : 0))];
  });
  if (!ripe) return;
  for (let y = 3; y < 32; y += 8) {
    for (let x = 2; x < 32; x += 6) {
      const shift = Math.floor(hash(x, y, 15) * 2);
      canvas.stencil(x + shift - 1, y - 3, [' y ', 'yYy', ' g ', 'gGg', ' g '], {
        y: P.yellow[0], Y: P.yellow[1], g: P.grass[1], G: P.grass[4],
      });
    }
  }
}

function paintPlanks(canvas, across) {
  canvas.each(0, 0, 32, 32, (px, py) => {
    const [x, y] = across ? [py, px] : [px, py];
    const board = Math.floor(y / 8);
    const edge = y % 8;
    if (edge === 7) return P.wood[0];
    if (x < 2 || x > 29) return x === 0 || x === 31 ? P.wood[0] : P.wood[1];
    if ((x === 4 || x === 27) && edge === 3) return P.wood[0];
    const grain = noise(x, board * 9 + edge, 4, 81 + board) > 0.35 ? 2 : 3;
    return P.wood[edge === 0 ? 4 : grain];
  });
}

export function addGroundTiles(tileset) {
  for (let variant = 0; variant < 6; variant++) {
    tileset.add(`grass_${variant}`, 1, 1, (canvas) => paintGrass(canvas, P.grass, variant));
  }
  tileset.add('flowers_red', 1, 1, (canvas) => blossoms(canvas, P.red, P.yellow[2], 7, 1));
  tileset.add('flowers_blue', 1, 1, (canvas) => blossoms(canvas, P.blue, P.yellow[2], 6, 2));
  tileset.add('flowers_yellow', 1, 1, (canvas) => blossoms(canvas, P.yellow, P.dirt[1], 8, 3));
  tileset.add('flowers_white', 1, 1, (canvas) => blossoms(canvas, P.white, P.yellow[1], 8, 4));
  tileset.add('flowers_violet', 1, 1, (canvas) => blossoms(canvas, P.violet, P.yellow[2], 6, 5));
  tileset.add('field', 1, 1, (canvas) => paintField(canvas, false));
  tileset.add('wheat', 1, 1, (canvas) => paintField(canvas, true));
  tileset.add('planks', 1, 1, (canvas) => paintPlanks(canvas, false));
  tileset.add('planks_down', 1, 1, (canvas) => paintPlanks(canvas, true));
  tileset.add('water_walk', 1, 1, (canvas) => paintWater(canvas, 15));
  addCorners(tileset, 'lush', paintLush);
  for (let variant = 1; variant < 4; variant++) tileset.add(`lush_full_${variant}`, 1, 1, (canvas) => paintLush(canvas, 15, variant));
  addCorners(tileset, 'path', paintPath);
  addCorners(tileset, 'cobble', paintCobble);
  addCorners(tileset, 'water', paintWater, quarterWalls);
}
