// A map under construction: corner terrains, tile layers, and what is already taken.
import { hash } from './noise.mjs';
import { routeOver } from './routes.mjs';
import { kTile } from './tileset.mjs';

export class Layout {
  constructor(tileset, width, height, layerNames) {
    this.tileset = tileset;
    this.width = width;
    this.height = height;
    this.layers = new Map(layerNames.map((name) => [name, new Array(width * height).fill(0)]));
    this.taken = new Array(width * height).fill(false);
    this.objects = [];
  }

  inside(x, y) {
    return x >= 0 && y >= 0 && x < this.width && y < this.height;
  }
  put(layer, x, y, name, dx = 0, dy = 0) {
    if (this.inside(x, y)) this.layers.get(layer)[y * this.width + x] = this.tileset.id(name, dx, dy) + 1;
  }
  at(layer, x, y) {
    return this.inside(x, y) ? this.layers.get(layer)[y * this.width + x] : 0;
  }
  take(x, y, width = 1, height = 1) {
    for (let dy = 0; dy < height; dy++) {
      for (let dx = 0; dx < width; dx++) if (this.inside(x + dx, y + dy)) this.taken[(y + dy) * this.width + x + dx] = true;
    }
  }
  isFree(x, y, width = 1, height = 1) {
    for (let dy = 0; dy < height; dy++) {
      for (let dx = 0; dx < width; dx++) {
        if (!this.inside(x + dx, y + dy) || this.taken[(y + dy) * this.width + x + dx]) return false;
      }
    }
    return true;
  }

  /** A yes-or-no for every corner of every tile. */
  corners(inside) {
    const field = [];
    for (let y = 0; y <= this.height; y++) {
      field.push([]);
      for (let x = 0; x <= this.width; x++) field[y].push(Boolean(inside(x, y)));
    }
    return field;
  }

  /**
   * Paints a corner terrain with the sixteen tiles `name_1` to `name_15`. Tiles it touches are taken
   * when `takes`; tiles that are full inside come in `variants` more kinds, `name_full_1` and so on.
   */
  paintCorners(layer, name, field, takes, variants = 0) {
    for (let y = 0; y < this.height; y++) {
      for (let x = 0; x < this.width; x++) {
        const mask = (field[y][x] ? 1 : 0) | (field[y][x + 1] ? 2 : 0) | (field[y + 1][x] ? 4 : 0) | (field[y + 1][x + 1] ? 8 : 0);
        if (mask === 0) continue;
        const variant = mask === 15 && variants > 0 ? Math.floor(hash(x, y, 17) * (variants + 1)) : 0;
        this.put(layer, x, y, variant === 0 ? `${name}_${mask}` : `${name}_full_${variant}`);
        if (takes) this.take(x, y);
      }
    }
  }

  /** Places a picture with its upper left tile at (x, y); rows over the players go to `over`, the rest to `under`. */
  stamp(name, x, y, under, over) {
    const { width, height, above } = this.tileset.get(name);
    for (let dy = 0; dy < height; dy++) {
      for (let dx = 0; dx < width; dx++) this.put(dy < above ? over : under, x + dx, y + dy, name, dx, dy);
    }
    this.take(x, y + above, width, height - above);
  }

  /** Trees overlap: a crown goes to the first of two layers that has nothing over it yet. Call from north to south. */
  tree(name, x, y, under, overs) {
    if (!this.isFree(x, y + 2, 2, 1)) return false;
    const empty = (layer) => [0, 1].every((dy) => [0, 1].every((dx) => this.inside(x + dx, y + dy) && this.at(layer, x + dx, y + dy) === 0));
    const usable = overs.filter((layer, i) => overs.slice(i).every(empty));
    if (usable.length === 0) return false;
    this.stamp(name, x, y, under, usable[0]);
    return true;
  }

  /** Pieces that join their neighbours, such as fences: `cells` is a list of [x, y]. */
  join(layer, name, cells) {
    const set = new Set(cells.map(([x, y]) => `${x},${y}`));
    const has = (x, y) => set.has(`${x},${y}`);
    for (const [x, y] of cells) {
      const mask = (has(x, y - 1) ? 1 : 0) | (has(x + 1, y) ? 2 : 0) | (has(x, y + 1) ? 4 : 0) | (has(x - 1, y) ? 8 : 0);
      this.put(layer, x, y, `${name}_${mask}`);
      this.take(x, y);
    }
  }

  /** Adds an object; measures in tiles. */
  object(group, type, name, x, y, width, height, properties = {}) {
    this.objects.push({ group, type, name, x: x * kTile, y: y * kTile, width: width * kTile, height: height * kTile, properties });
  }

  /** Adds a route near the wanted points, in tiles, when everything else stands: it goes round walls. */
  route(name, wanted) {
    const points = routeOver(this, wanted).map(([x, y]) => [x * kTile, y * kTile]);
    const [left, top] = points[0];
    const polyline = points.map(([x, y]) => ({ x: x - left, y: y - top }));
    this.objects.push({ group: 'routes', type: 'route', name, x: left, y: top, width: 0, height: 0, polyline, properties: {} });
  }
}

/** Distance from a point to a chain of lines. */
export function distanceToPath(points, x, y) {
  let nearest = Infinity;
  for (let i = 0; i + 1 < points.length; i++) {
    const [ax, ay] = points[i];
    const [bx, by] = points[i + 1];
    const t = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)));
    nearest = Math.min(nearest, Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)));
  }
  return nearest;
}

/** Removes corners that would make hairlines: a corner stays only inside some 2x2 block of corners. */
export function withoutHairs(field) {
  const has = (x, y) => field[y]?.[x] === true;
  return field.map((row, y) => row.map((inside, x) => inside && [[0, 0], [-1, 0], [0, -1], [-1, -1]].some(
    ([dx, dy]) => has(x + dx, y + dy) && has(x + dx + 1, y + dy) && has(x + dx, y + dy + 1) && has(x + dx + 1, y + dy + 1))));
}

export function rectangle(x, y, width, height, leaveOut = () => false) {
  const cells = [];
  for (let dy = 0; dy < height; dy++) {
    for (let dx = 0; dx < width; dx++) {
      const rim = dx === 0 || dy === 0 || dx === width - 1 || dy === height - 1;
      if (rim && !leaveOut(x + dx, y + dy)) cells.push([x + dx, y + dy]);
    }
  }
  return cells;
}

export const chance = (probability, ...values) => hash(...values) < probability;
