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
