// The list of tiles: each is painted, named, and says what it does to the ground.
import { Canvas } from './canvas.mjs';

export const kTile = 32;
export const kColumns = 16;

export class Tileset {
  constructor() {
    this.stamps = new Map();
    this.blocks = [];
  }

  /**
   * Adds a picture of width x height tiles.
   * options.walls: boxes [x, y, width, height] in pixels of the picture that cannot be walked through.
   * options.above: how many rows from the top are drawn over the players.
   */
  add(name, width, height, paint, options = {}) {
    if (this.stamps.has(name)) throw new Error(`two tiles are called ${name}`);
    const canvas = new Canvas(width * kTile, height * kTile);
    paint(canvas);
    const stamp = { name, width, height, canvas, walls: options.walls ?? [], above: options.above ?? 0 };
    this.stamps.set(name, stamp);
    this.blocks.push(stamp);
  }

  /** Gives every picture its place in the image: shelves, in the order of the list. */
  layOut() {
    let x = 0;
    let y = 0;
    let shelf = 0;
    for (const stamp of this.blocks) {
      if (x + stamp.width > kColumns || (shelf !== 0 && stamp.height !== shelf)) {
        x = 0;
        y += shelf;
        shelf = 0;
      }
      shelf = Math.max(shelf, stamp.height);
      stamp.column = x;
      stamp.row = y;
      x += stamp.width;
    }
    this.rows = y + shelf;
  }

  /** The tile (dx, dy) of a picture; 0-based. */
  id(name, dx = 0, dy = 0) {
    const stamp = this.stamps.get(name);
    if (!stamp) throw new Error(`no tile is called ${name}`);
    return (stamp.row + dy) * kColumns + stamp.column + dx;
  }

  get(name) {
    return this.stamps.get(name);
  }

  image() {
    const image = new Canvas(kColumns * kTile, this.rows * kTile);
    for (const stamp of this.blocks) {
      image.draw(stamp.canvas, 0, 0, stamp.canvas.width, stamp.canvas.height, stamp.column * kTile, stamp.row * kTile);
    }
    return image;
  }

  /** What Tiled stores for tiles that say something: [{id, name, blocked, walls}], walls relative to the tile. */
  details() {
    const details = [];
    for (const stamp of this.blocks) {
      for (let dy = 0; dy < stamp.height; dy++) {
        for (let dx = 0; dx < stamp.width; dx++) {
          const walls = stamp.walls.map((wall) => clip(wall, dx * kTile, dy * kTile)).filter((wall) => wall !== null);
          const blocked = walls.some(([, , width, height]) => width === kTile && height === kTile);
          if (walls.length > 0) details.push({ id: this.id(stamp.name, dx, dy), blocked, walls: blocked ? [] : walls });
        }
      }
    }
    return details.sort((a, b) => a.id - b.id);
  }
}

function clip([x, y, width, height], left, top) {
  const x0 = Math.max(x, left);
  const y0 = Math.max(y, top);
  const x1 = Math.min(x + width, left + kTile);
  const y1 = Math.min(y + height, top + kTile);
  return x0 < x1 && y0 < y1 ? [x0 - left, y0 - top, x1 - x0, y1 - y0] : null;
}

/** Sixteen tiles, one for each way the four corners can be inside (bits: 1 NW, 2 NE, 4 SW, 8 SE); 0 is left out. */
export function addCorners(tileset, name, paint, wallsOf = () => []) {
  for (let mask = 1; mask < 16; mask++) {
    tileset.add(`${name}_${mask}`, 1, 1, (canvas) => paint(canvas, mask), { walls: wallsOf(mask) });
  }
}

/** The four quarters of a tile whose corner is inside, as walls. */
export function quarterWalls(mask) {
  if (mask === 15) return [[0, 0, 32, 32]];
  const quarters = [[0, 0], [16, 0], [0, 16], [16, 16]];
  return quarters.filter((_, i) => mask & (1 << i)).map(([x, y]) => [x, y, 16, 16]);
}

/** How deep a pixel lies inside, from the corners: 0.5 is the rim. Equal on both sides of every tile border. */
export function cornerField(mask, x, y) {
  const at = (bit) => (mask & bit ? 1 : 0);
  const u = (x + 0.5) / kTile;
  const v = (y + 0.5) / kTile;
  return (at(1) * (1 - u) + at(2) * u) * (1 - v) + (at(4) * (1 - u) + at(8) * u) * v;
}
