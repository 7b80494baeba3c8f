// Trees, bushes, rocks, and what grows between them. Light comes from the upper left.
import { hash, noise } from './noise.mjs';
import { kPalette as P } from './palette.mjs';

/** A crown of overlapping balls [cx, cy, r], shaded like leaves and rimmed dark. */
function crown(canvas, balls, tones, seed) {
  const inside = (x, y) => balls.some(([cx, cy, r]) => Math.hypot(x + 0.5 - cx, y + 0.5 - cy) <= r + noise(x, y, 3, seed) * 1.6);
  canvas.each(0, 0, canvas.width, canvas.height, (x, y) => {
    if (!inside(x, y)) return undefined;
    const rim = !inside(x - 1, y) || !inside(x + 1, y) || !inside(x, y - 1) || !inside(x, y + 1);
    if (rim) return tones[0];
    let light = -9;
    for (const [cx, cy, r] of balls) {
      const u = (x + 0.5 - cx) / r;
      const v = (y + 0.5 - cy) / r;
      if (u * u + v * v > 1) continue;
      light = Math.max(light, Math.sqrt(1 - u * u - v * v) * 0.45 - u * 0.38 - v * 0.62);
    }
    const clump = noise(x, y, 4, seed + 1) * 0.28 + (hash(x >> 1, y >> 1, seed) - 0.5) * 0.3;
    const tone = Math.floor((light + clump + 0.75) * 2.6) + 1;
    return tones[Math.max(1, Math.min(5, tone))];
  });
}

function trunk(canvas, cx, top, bottom, width) {
  for (let y = top; y < bottom; y++) {
    const flare = y > bottom - 5 ? y - (bottom - 5) : 0;
    const half = width / 2 + flare * 0.7;
    for (let x = Math.floor(cx - half); x < cx + half; x++) {
      const t = (x + 0.5 - cx + half) / (2 * half);
      const tone = t < 0.15 ? 1 : t < 0.45 ? 3 : t < 0.75 ? 2 : t < 0.88 ? 1 : 0;
      canvas.set(x, y, P.wood[hash(x, y >> 2, 3) < 0.2 ? Math.max(0, tone - 1) : tone]);
    }
  }
}

function paintOak(canvas, tones, seed) {
  canvas.shadow(32, 88, 22, 7);
  trunk(canvas, 32, 58, 91, 10);
  const balls = [[32, 26, 20], [17, 38, 14], [47, 38, 14], [32, 46, 17], [21, 24, 12], [43, 23, 12]];
  crown(canvas, balls.map(([x, y, r], i) => [x + (hash(i, seed) - 0.5) * 4, y + (hash(i, seed, 1) - 0.5) * 3, r]), tones, seed);
}

/** Three skirts of needles, the lowest first. */
function paintPine(canvas, seed) {
  canvas.shadow(32, 89, 17, 6);
  trunk(canvas, 32, 74, 91, 7);
  for (const [top, bottom, half] of [[44, 80, 23], [24, 60, 19], [4, 38, 14]]) {
    for (let y = top; y < bottom; y++) {
      const t = (y - top) / (bottom - top);
      const width = half * t + 1.5;
      for (let x = Math.floor(32 - width); x < 32 + width; x++) {
        const u = (x + 0.5 - 32) / width;
        const ragged = bottom - 1 - Math.abs(Math.round(noise(x, top, 3, seed) * 3)) - (x % 3 === 0 ? 2 : 0);
        if (y > ragged) continue;
        const rim = Math.abs(u) > 1 - 1.4 / width || y >= ragged - 1;
        const light = -u * 0.9 + (1 - t) * 0.8 + (hash(x >> 1, y >> 1, seed) - 0.5) * 1.1;
        const tone = 2 + Math.round(light);
        canvas.set(x, y, rim ? P.pine[0] : P.pine[Math.max(1, Math.min(5, tone))]);
      }
    }
  }
}

function paintBush(canvas, berries) {
  canvas.shadow(16, 26, 13, 4);
  crown(canvas, [[16, 16, 9], [9, 19, 7], [23, 19, 7]], P.leaf, 33);
  if (!berries) return;
  for (const [x, y] of [[11, 15], [17, 11], [21, 18], [14, 20], [8, 20], [25, 21]]) {
    canvas.set(x, y, P.red[1]);
    canvas.set(x + 1, y, P.red[0]);
    canvas.set(x, y - 1, P.red[2]);
  }
}

/** A boulder: a lump with facets. */
function paintRock(canvas, cx, cy, rx, ry, tones, seed) {
  canvas.shadow(cx + 1, cy + ry * 0.72, rx + 2, ry * 0.45);
  const reach = (x, y) => {
    const u = (x + 0.5 - cx) / rx;
    const v = (y + 0.5 - cy) / ry;
    return Math.sqrt(u * u + v * v) + noise(x, y, 7, seed) * 0.16;
  };
  canvas.each(0, 0, canvas.width, canvas.height, (x, y) => {
    if (reach(x, y) > 1) return undefined;
    if (reach(x - 1, y) > 1 || reach(x + 1, y) > 1 || reach(x, y - 1) > 1 || reach(x, y + 1) > 1) return tones[0];
    const u = (x + 0.5 - cx) / rx;
    const v = (y + 0.5 - cy) / ry;
    const facet = Math.round(noise(x, y, 6, seed + 2) * 2.2) * 0.22;
    const tone = 2.3 - u * 1.3 - v * 1.9 + facet;
    return tones[Math.max(1, Math.min(5, Math.round(tone)))];
  });
}

function paintTallGrass(canvas) {
  for (let i = 0; i < 16; i++) {
    const x = 3 + Math.floor(hash(i, 1, 77) * 26);
    const foot = 12 + Math.floor(hash(i, 2, 77) * 18);
    const height = 5 + Math.floor(hash(i, 3, 77) * 5);
    const lean = hash(i, 4, 77) < 0.5 ? -1 : 1;
    for (let h = 0; h < height; h++) {
      canvas.set(x + (h > height / 2 ? lean : 0), foot - h, P.grass[h === 0 ? 0 : h < height - 2 ? 1 : 4]);
    }
  }
}

function paintReeds(canvas) {
  for (let i = 0; i < 9; i++) {
    const x = 4 + Math.floor(hash(i, 1, 78) * 24);
    const foot = 20 + Math.floor(hash(i, 2, 78) * 10);
    const height = 11 + Math.floor(hash(i, 3, 78) * 7);
    for (let h = 0; h < height; h++) canvas.set(x, foot - h, P.lush[h < 3 ? 0 : h < height - 3 ? 2 : 4]);
    if (i % 2 === 0) canvas.fill(x, foot - height - 3, 2, 5, P.wood[1]);
    canvas.set(x, foot - height - 3, P.wood[3]);
  }
}

function paintLily(canvas) {
  for (const [cx, cy, r] of [[10, 12, 6], [22, 22, 5], [24, 9, 3]]) {
    canvas.disc(cx, cy + 1, r, r * 0.7, P.water[0]);
    canvas.disc(cx, cy, r, r * 0.7, P.grass[1]);
    canvas.disc(cx - 1, cy - 1, r - 2, r * 0.7 - 1.4, P.grass[3]);
    canvas.fill(cx, cy, r, 1, P.water[1]);
  }
  canvas.stencil(8, 7, [' w ', 'wyw', ' w '], { w: P.red[2], y: P.yellow[1] });
}

function paintMushrooms(canvas) {
  for (const [x, y] of [[8, 12], [19, 17], [12, 22]]) {
    canvas.stencil(x - 4, y - 4, ['  rrr  ', ' rRwrr ', 'rwRrrwr', 'rrrrrrr', '  bbb  ', '  bBb  ', '  bbb  '], {
      r: P.red[1], R: P.red[2], w: P.white[1], b: P.bone[1], B: P.bone[2],
    });
  }
}

function paintStump(canvas) {
  canvas.shadow(16, 24, 12, 5);
  trunk(canvas, 16, 13, 26, 15);
  canvas.disc(16, 13, 8, 4.5, P.wood[1]);
  canvas.disc(16, 13, 7, 3.6, P.wood[4]);
  canvas.disc(16, 13, 4.6, 2.3, P.wood[3]);
  canvas.disc(16, 13, 2.2, 1.1, P.wood[4]);
}

function paintPebbles(canvas) {
  for (let i = 0; i < 6; i++) {
    const x = 4 + Math.floor(hash(i, 1, 79) * 23);
    const y = 5 + Math.floor(hash(i, 2, 79) * 22);
    canvas.stencil(x, y, [' LL ', 'LMMD', 'MMDD', ' oo '], { L: P.stone[4], M: P.stone[3], D: P.stone[2], o: P.grass[0] });
  }
}

export function addNatureTiles(tileset) {
  tileset.add('tall_grass', 1, 1, paintTallGrass);
  tileset.add('reeds', 1, 1, paintReeds);
  tileset.add('lily', 1, 1, paintLily);
  tileset.add('mushrooms', 1, 1, paintMushrooms);
  tileset.add('pebbles', 1, 1, paintPebbles);
  tileset.add('stump', 1, 1, paintStump, { walls: [[8, 8, 16, 16]] });
  tileset.add('bush', 1, 1, (canvas) => paintBush(canvas, false), { walls: [[4, 12, 24, 12]] });
  tileset.add('bush_berries', 1, 1, (canvas) => paintBush(canvas, true), { walls: [[4, 12, 24, 12]] });
  tileset.add('rock', 1, 1, (canvas) => paintRock(canvas, 16, 18, 12, 9, P.stone, 5), { walls: [[6, 12, 20, 14]] });
  tileset.add('rock_small', 1, 1, (canvas) => paintRock(canvas, 15, 20, 7, 6, P.stone, 9), { walls: [[8, 16, 16, 8]] });
  const treeWall = { above: 2, walls: [[24, 76, 16, 14]] };
  tileset.add('oak', 2, 3, (canvas) => paintOak(canvas, P.leaf, 3), treeWall);
  tileset.add('oak_wide', 2, 3, (canvas) => paintOak(canvas, P.leaf, 14), treeWall);
  tileset.add('oak_autumn', 2, 3, (canvas) => paintOak(canvas, P.autumn, 8), treeWall);
  tileset.add('pine', 2, 3, (canvas) => paintPine(canvas, 6), treeWall);
  tileset.add('boulder', 2, 2, (canvas) => paintRock(canvas, 32, 36, 27, 22, P.stone, 12), { walls: [[8, 24, 48, 32]] });
}

export { crown, paintRock, trunk };
