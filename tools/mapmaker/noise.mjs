// Luck with a seed: the same maps on every machine.

/** A number in [0, 1) from whole numbers. */
export function hash(...values) {
  let h = 0x9e3779b9;
  for (const value of values) {
    h = Math.imul(h ^ (value | 0), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    h ^= h >>> 16;
  }
  return (h >>> 0) / 4294967296;
}

/** A stream of numbers (mulberry32). */
export class Rng {
  constructor(seed) {
    this.state = seed >>> 0;
  }
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  below(bound) {
    return Math.floor(this.next() * bound);
  }
  between(low, high) {
    return low + this.next() * (high - low);
  }
  pick(list) {
    return list[this.below(list.length)];
  }
}

/** Smooth noise in [-1, 1] with lattice `step`; with `period` (in lattice cells) it tiles. */
export function noise(x, y, step, seed, period = 0) {
  const gx = Math.floor(x / step);
  const gy = Math.floor(y / step);
  const fx = x / step - gx;
  const fy = y / step - gy;
  const wrap = (v) => (period > 0 ? ((v % period) + period) % period : v);
  const at = (dx, dy) => hash(wrap(gx + dx), wrap(gy + dy), seed) * 2 - 1;
  const sx = fx * fx * (3 - 2 * fx);
  const sy = fy * fy * (3 - 2 * fy);
  const top = at(0, 0) * (1 - sx) + at(1, 0) * sx;
  const bottom = at(0, 1) * (1 - sx) + at(1, 1) * sx;
  return top * (1 - sy) + bottom * sy;
}

/** Noise without a grain: two octaves on lattices that are turned against the map. In about [-1, 1]. */
export function soft(x, y, step, seed) {
  const a = noise(x * 0.8 + y * 0.6 + 91, y * 0.8 - x * 0.6 + 37, step, seed);
  const b = noise(x * 0.6 - y * 0.8 + 53, y * 0.6 + x * 0.8 + 71, step / 2, seed + 1);
  return a * 0.7 + b * 0.3;
}

/** Whether a point lies in a rounded blob {x, y, rx, ry} whose rim wobbles by `rough`. */
export function inBlob(blob, x, y, seed, rough = 0.16) {
  const u = (x - blob.x) / blob.rx;
  const v = (y - blob.y) / blob.ry;
  const angle = Math.atan2(v, u);
  const wobble = noise((Math.cos(angle) + 2) * 10, (Math.sin(angle) + 2) * 10, 9, seed) + 0.5 * noise((Math.cos(angle) + 2) * 10, (Math.sin(angle) + 2) * 10, 4, seed + 1);
  return Math.hypot(u, v) < 1 + wobble * rough;
}
