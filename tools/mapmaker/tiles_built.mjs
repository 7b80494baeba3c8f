// What people made: houses, fences, walls, and the things that stand in a village.
import { hash, noise } from './noise.mjs';
import { kPalette as P } from './palette.mjs';
import { paintRock } from './tiles_nature.mjs';

function paintRoof(canvas, x0, y0, width, height, tones) {
  canvas.each(x0, y0, width, height, (x, y) => {
    const row = Math.floor((y - y0) / 6);
    const ly = (y - y0) % 6;
    const lx = (x - x0 + (row % 2) * 5) % 10;
    const left = x - x0;
    const right = x0 + width - 1 - x;
    if (left === 0 || right === 0 || y === y0 || y === y0 + height - 1) return tones[0];
    if (left < 3 || right < 3) return tones[ly < 3 ? 2 : 1];
    if (y < y0 + 4) return tones[y < y0 + 2 ? 4 : 3];
    if (ly === 5 || (lx === 9 && ly > 2)) return tones[1];
    const tile = hash(Math.floor((x - x0 + (row % 2) * 5) / 10), row, 3);
    const tone = tile < 0.2 ? 1 : tile > 0.8 ? 3 : 2;
    return tones[Math.min(4, ly === 0 ? tone + 1 : tone)];
  });
}

function paintFacade(canvas, x0, y0, width, height) {
  canvas.each(x0, y0, width, height, (x, y) => {
    const ly = y - y0;
    if (ly < 5) return P.plaster[0];
    if (y >= y0 + height - 8) {
      const brick = (x + (Math.floor(y / 4) % 2) * 4) % 8;
      return brick === 7 || y % 4 === 3 ? P.stone[1] : P.stone[3 + (hash(x >> 3, y >> 2) < 0.3 ? 1 : 0)];
    }
    return noise(x, y, 5, 7) > 0.5 ? P.plaster[3] : P.plaster[2];
  });
  const beam = (x, y, w, h) => canvas.each(x, y, w, h, (px, py) => P.wood[px === x || py === y ? 3 : px === x + w - 1 || py === y + h - 1 ? 1 : 2]);
  beam(x0, y0, 5, height);
  beam(x0 + width - 5, y0, 5, height);
  beam(x0, y0 + 4, width, 4);
}

function paintWindow(canvas, x, y) {
  canvas.fill(x - 1, y - 1, 18, 20, P.wood[1]);
  canvas.each(x + 1, y + 1, 14, 15, (px, py) => {
    if (px === x + 7 || py === y + 8) return P.wood[2];
    return (px + py) % 13 < 3 ? '#f8e6a8' : '#e8b860';
  });
  canvas.fill(x - 2, y + 17, 20, 3, P.wood[3]);
  for (let i = 0; i < 6; i++) {
    canvas.set(x + i * 3, y + 16, P.grass[3]);
    canvas.set(x + i * 3, y + 15, [P.red[1], P.yellow[1], P.white[1]][i % 3]);
    canvas.set(x + i * 3 + 1, y + 16, P.grass[1]);
  }
}

function paintDoor(canvas, x, y) {
  canvas.fill(x - 2, y - 2, 26, 36, P.wood[0]);
  canvas.each(x, y, 22, 34, (px, py) => {
    const board = (px - x) % 6;
    if (board === 5) return P.wood[0];
    return P.wood[board === 0 ? 3 : noise(px, py, 4, 5) > 0.3 ? 1 : 2];
  });
  canvas.fill(x, y + 6, 22, 2, P.stone[1]);
  canvas.fill(x, y + 24, 22, 2, P.stone[1]);
  canvas.disc(x + 18, y + 18, 1.6, 1.6, P.yellow[1]);
}

function paintHouse(canvas, tones) {
  const { width, height } = canvas;
  const wallTop = height - 64;
  canvas.each(4, height - 6, width - 8, 6, () => [16, 24, 32, 70]);
  paintFacade(canvas, 8, wallTop, width - 16, 60);
  paintDoor(canvas, width / 2 - 11, wallTop + 26);
  paintWindow(canvas, 24, wallTop + 18);
  if (width > 128) paintWindow(canvas, width - 40, wallTop + 18);
  paintRoof(canvas, 1, 14, width - 2, wallTop - 6, tones);
  canvas.each(8, wallTop + 8, width - 16, 4, (x, y) => (canvas.get(x, y)[3] ? [60, 44, 40, 255] : undefined));
  canvas.fill(width - 44, 2, 18, 26, P.stone[1]);
  canvas.each(width - 43, 3, 16, 24, (x, y) => P.stone[y % 5 === 4 || (x + (Math.floor(y / 5) % 2) * 3) % 6 === 5 ? 1 : 3]);
  canvas.fill(width - 45, 0, 20, 4, P.stone[4]);
  canvas.fill(width - 45, 3, 20, 1, P.stone[0]);
}

/** Pieces by neighbours: bits 1 north, 2 east, 4 south, 8 west. */
function paintFence(canvas, mask) {
  const rail = (y) => {
    if (mask & 2) canvas.each(16, y, 16, 3, (_, py) => P.wood[py === y ? 4 : py === y + 1 ? 3 : 1]);
    if (mask & 8) canvas.each(0, y, 16, 3, (_, py) => P.wood[py === y ? 4 : py === y + 1 ? 3 : 1]);
  };
  const post = (cx, top, bottom) => canvas.each(cx - 3, top, 6, bottom - top, (x, y) => {
    if (y === top) return P.wood[4];
    return P.wood[[1, 3, 3, 2, 2, 0][x - cx + 3]];
  });
  canvas.shadow(17, 25, 7, 3);
  if (mask & 1) canvas.each(14, 0, 4, 14, (x) => P.wood[[1, 4, 3, 1][x - 14]]);
  rail(13);
  rail(19);
  if (mask & 4) canvas.each(14, 18, 4, 14, (x) => P.wood[[1, 4, 3, 1][x - 14]]);
  post(16, 8, 26);
}

function fenceWalls(mask) {
  const walls = [[8, 8, 16, 16]];
  if (mask & 2) walls.push([16, 8, 16, 16]);
  if (mask & 8) walls.push([0, 8, 16, 16]);
  if (mask & 1) walls.push([8, 0, 16, 16]);
  if (mask & 4) walls.push([8, 16, 16, 16]);
  return walls;
}

function stoneTone(x, y, seed) {
  const row = Math.floor(y / 8);
  const sx = x + (row % 2) * 7;
  const lx = sx % 14;
  const ly = y % 8;
  if (ly === 7 || lx === 13) return P.stone[0];
  const tone = 2 + Math.floor(hash(Math.floor(sx / 14), row, seed) * 2);
  if (ly === 0 || lx === 0) return P.stone[tone + 1];
  if (ly === 6) return P.stone[tone - 1];
  return P.stone[tone];
}

/** A wall seen from above and the front; the face shows where no wall follows to the south. */
function paintWall(canvas, mask) {
  const south = (mask & 4) !== 0;
  const top = south ? 32 : 14;
  canvas.each(0, 0, 32, 32, (x, y) => {
    if (y >= top) return y === 31 ? P.stone[0] : stoneTone(x, y - top, 4);
    if (y === top - 1 && !south) return P.stone[0];
    const rim = (!(mask & 1) && y < 2) || (!(mask & 8) && x < 2) || (!(mask & 2) && x > 29);
    if (rim) return y === 0 || x === 0 || x === 31 ? P.stone[1] : P.stone[5];
    const n = noise(x, y, 6, 9, 0);
    return hash(x >> 1, y >> 1, 6) < 0.08 ? P.stone[3] : P.stone[n > 0.4 ? 5 : 4];
  });
  for (const [x, y] of [[6, 5], [20, 9], [13, 3]]) {
    canvas.set(x, y, P.stone[2]);
    canvas.set(x + 1, y + 1, P.stone[2]);
    canvas.set(x + 2, y + 1, P.stone[2]);
  }
  if (!south && hash(mask, 3) < 0.6) {
    for (let i = 0; i < 14; i++) canvas.set(3 + Math.floor(hash(i, mask) * 9), 14 + Math.floor(hash(i, mask, 2) * 12), P.leaf[2 + (i % 3)]);
  }
}

function paintRubble(canvas) {
  for (const [x, y, rx, ry, seed] of [[10, 12, 7, 5, 2], [22, 18, 8, 6, 3], [12, 24, 6, 4, 4]]) paintRock(canvas, x, y, rx, ry, P.stone, seed);
}

function paintPillar(canvas, broken) {
  canvas.shadow(17, 56, 15, 6);
  const top = broken ? 30 : 8;
  canvas.each(6, top, 20, 54 - top, (x, y) => {
    const t = (x - 6) / 20;
    const flute = (x - 6) % 5 === 4 ? 1 : 0;
    if (broken && y < top + 6 && y - top < noise(x, 0, 3, 5) * 5 + 2) return undefined;
    return P.stone[Math.max(0, (t < 0.2 ? 4 : t < 0.5 ? 5 : t < 0.75 ? 3 : 2) - flute - (y % 18 === 0 ? 1 : 0))];
  });
  canvas.each(3, 50, 26, 8, (x, y) => P.stone[y === 50 ? 5 : y === 57 ? 1 : 3]);
  if (!broken) canvas.each(3, 4, 26, 7, (x, y) => P.stone[y === 4 ? 5 : y === 10 ? 1 : 4]);
}

function paintWell(canvas) {
  canvas.shadow(34, 54, 27, 8);
  canvas.disc(32, 42, 25, 17, P.stone[0]);
  for (let y = 36; y < 58; y++) {
    for (let x = 8; x < 56; x++) {
      const u = (x - 31.5) / 24;
      const limit = 42 + Math.sqrt(Math.max(0, 1 - u * u)) * 15;
      if (y < limit && y > 40) canvas.set(x, y, stoneTone(x, y - 36, 8));
    }
  }
  canvas.disc(32, 38, 24, 12, P.stone[5]);
  canvas.disc(32, 38, 22.5, 11, P.stone[3]);
  canvas.disc(32, 39, 18, 8, P.stone[0]);
  canvas.disc(32, 41, 16, 6, P.water[1]);
  canvas.fill(24, 41, 9, 1, P.water[4]);
  canvas.fill(33, 44, 6, 1, P.water[3]);
  for (const x of [10, 50]) canvas.each(x, 12, 4, 28, (px) => P.wood[px === x ? 4 : px === x + 3 ? 1 : 3]);
  canvas.each(12, 22, 40, 3, (_, y) => P.wood[y === 22 ? 4 : 2]);
  canvas.fill(31, 25, 1, 10, P.wood[0]);
  for (let y = 0; y < 16; y++) {
    for (let x = 6 - y / 4; x < 58 + y / 4; x++) {
      const tone = y === 0 || y === 15 ? 0 : y % 5 === 4 ? 1 : (Math.floor(x) + Math.floor(y / 5) * 4) % 9 === 0 ? 1 : y < 8 ? 3 : 2;
      canvas.set(Math.floor(x), y + 3, P.roof[tone]);
    }
  }
}

function paintBarrel(canvas) {
  canvas.shadow(17, 27, 11, 4);
  canvas.each(7, 8, 18, 19, (x, y) => {
    const t = (x - 7) / 18;
    if (y === 12 || y === 22) return P.stone[t < 0.4 ? 3 : 1];
    return P.wood[x % 4 === 2 ? 1 : t < 0.3 ? 4 : t < 0.65 ? 3 : 2];
  });
  canvas.disc(16, 8, 9, 4, P.wood[1]);
  canvas.disc(16, 8, 7.6, 3, P.wood[3]);
}

function paintCrate(canvas) {
  canvas.shadow(17, 27, 13, 4);
  canvas.each(5, 6, 22, 21, (x, y) => {
    const rim = x < 8 || x > 23 || y < 9 || y > 23;
    const cross = Math.abs(x - 5 - (y - 6)) < 2;
    if (x === 5 || x === 26 || y === 26 || y === 6) return P.wood[y === 6 ? 4 : 0];
    return P.wood[rim ? 3 : cross ? 4 : y % 5 === 0 ? 1 : 2];
  });
}

function paintSign(canvas) {
  canvas.shadow(17, 27, 7, 3);
  canvas.fill(14, 12, 4, 16, P.wood[1]);
  canvas.fill(14, 12, 1, 16, P.wood[3]);
  canvas.each(5, 4, 22, 11, (x, y) => (y === 4 ? P.wood[4] : y === 14 || x === 26 ? P.wood[0] : P.wood[3]));
  for (const y of [7, 10]) canvas.fill(8, y, y === 7 ? 14 : 10, 1, P.wood[0]);
}

function paintLamp(canvas) {
  canvas.shadow(17, 60, 7, 3);
  canvas.fill(14, 20, 4, 40, P.stone[0]);
  canvas.fill(14, 20, 1, 40, P.stone[2]);
  canvas.fill(11, 58, 10, 4, P.stone[1]);
  canvas.fill(10, 6, 12, 2, P.stone[0]);
  canvas.fill(12, 3, 8, 3, P.stone[1]);
  canvas.each(11, 8, 10, 11, (x, y) => (x === 11 || x === 20 ? P.stone[0] : Math.hypot(x - 15.5, y - 13) < 3 ? '#fff4c0' : '#f6c860'));
  canvas.fill(10, 19, 12, 2, P.stone[0]);
}

function paintStall(canvas, tones) {
  canvas.shadow(48, 58, 44, 7);
  for (const x of [8, 84]) canvas.each(x, 18, 4, 42, (px) => P.wood[px === x ? 3 : 1]);
  canvas.each(8, 38, 80, 18, (x, y) => P.wood[y === 38 ? 4 : y === 55 ? 0 : x % 10 === 9 ? 1 : 3]);
  const goods = [P.red, P.yellow, P.violet, P.autumn, P.red];
  goods.forEach((fruit, i) => {
    for (let k = 0; k < 3; k++) canvas.disc(18 + i * 15 + (k % 2) * 5, 36 - (k > 1 ? 3 : 0), 3.2, 3, fruit[1]);
    canvas.set(17 + i * 15, 34, fruit[2]);
  });
  canvas.each(2, 4, 92, 22, (x, y) => {
    const stripe = Math.floor((x - 2) / 11.5) % 2 === 0;
    const scallop = y > 20 && (x - 2) % 12 < 2;
    if (scallop) return undefined;
    if (y === 4) return tones[0];
    if (y >= 20) return stripe ? tones[1] : P.white[0];
    return stripe ? tones[y < 8 ? 3 : 2] : y < 8 ? P.white[2] : P.white[1];
  });
}

function paintFire(canvas) {
  canvas.shadow(16, 24, 13, 6);
  for (let i = 0; i < 9; i++) {
    const a = (i / 9) * Math.PI * 2;
    canvas.disc(16 + Math.cos(a) * 11, 20 + Math.sin(a) * 7, 3, 2.5, P.stone[i % 2 ? 2 : 3]);
  }
  canvas.fill(8, 20, 16, 3, P.wood[1]);
  canvas.fill(11, 17, 10, 3, P.wood[2]);
  canvas.disc(16, 15, 6, 8, P.ember[1]);
  canvas.disc(16, 16, 4.5, 6.5, P.ember[2]);
  canvas.disc(16, 18, 2.6, 4, P.ember[3]);
  canvas.set(12, 6, P.ember[2]);
  canvas.set(20, 4, P.ember[3]);
}

function paintTent(canvas) {
  canvas.shadow(33, 57, 29, 6);
  for (let y = 6; y < 58; y++) {
    const half = ((y - 6) / 52) * 28 + 1;
    for (let x = Math.floor(32 - half); x < 32 + half; x++) {
      const u = (x + 0.5 - 32) / half;
      const flap = Math.abs(u) < 0.28 * ((y - 20) / 38);
      const rim = Math.abs(u) > 1 - 2 / half;
      canvas.set(x, y, flap ? P.wood[0] : rim ? P.dirt[0] : P.dirt[u < 0 ? (y % 11 === 0 ? 2 : 3) : y % 11 === 0 ? 0 : 1]);
    }
  }
  canvas.fill(31, 0, 2, 8, P.wood[1]);
  canvas.stencil(33, 0, ['rrrr', 'rrr ', 'rrrr'], { r: P.red[0] });
}

export function addBuiltTiles(tileset) {
  for (let mask = 0; mask < 16; mask++) {
    tileset.add(`fence_${mask}`, 1, 1, (canvas) => paintFence(canvas, mask), { walls: fenceWalls(mask) });
  }
  for (let mask = 0; mask < 16; mask++) {
    tileset.add(`wall_${mask}`, 1, 1, (canvas) => paintWall(canvas, mask), { walls: [[0, 0, 32, 32]] });
  }
  tileset.add('rubble', 1, 1, paintRubble, { walls: [[4, 8, 24, 20]] });
  tileset.add('barrel', 1, 1, paintBarrel, { walls: [[6, 10, 20, 16]] });
  tileset.add('crate', 1, 1, paintCrate, { walls: [[5, 8, 22, 18]] });
  tileset.add('sign', 1, 1, paintSign, { walls: [[8, 16, 16, 8]] });
  tileset.add('campfire', 1, 1, paintFire, { walls: [[4, 10, 24, 16]] });
  tileset.add('pillar', 1, 2, (canvas) => paintPillar(canvas, false), { above: 1, walls: [[4, 40, 24, 16]] });
  tileset.add('pillar_broken', 1, 2, (canvas) => paintPillar(canvas, true), { above: 1, walls: [[4, 40, 24, 16]] });
  tileset.add('lamp', 1, 2, paintLamp, { above: 1, walls: [[10, 52, 12, 8]] });
  tileset.add('well', 2, 2, paintWell, { walls: [[8, 24, 48, 32]] });
  tileset.add('tent', 2, 2, paintTent, { walls: [[4, 16, 56, 40]] });
  tileset.add('stall', 3, 2, (canvas) => paintStall(canvas, P.roof), { walls: [[4, 24, 88, 32]] });
  tileset.add('stall_blue', 3, 2, (canvas) => paintStall(canvas, P.slate), { walls: [[4, 24, 88, 32]] });
  const house = (columns) => ({ above: 2, walls: [[4, 64, columns * 32 - 8, 92]] });
  tileset.add('house_red', 5, 5, (canvas) => paintHouse(canvas, P.roof), house(5));
  tileset.add('house_blue', 5, 5, (canvas) => paintHouse(canvas, P.slate), house(5));
  tileset.add('cottage', 4, 5, (canvas) => paintHouse(canvas, P.roof), house(4));
}
