// Where a body may stand, as a grid of small square cells: the page's copy of the server's rule, good enough
// to predict one's own steps. The server decides; a wrong guess here is corrected a moment later.

import type { Shape, TileMap } from './tiled.ts';
import { kFlipDiagonal, kFlipHorizontal, kFlipVertical, kGidMask, tilesetFor } from './tiled.ts';

/** Side of a cell in world units. */
export const kCellSize = 8;

/** Half the side of a body's square box in world units. */
export const kBodyHalf = 6;

export class WalkGrid {
  readonly columns: number;
  readonly rows: number;
  private readonly cells: Uint8Array;

  constructor(width: number, height: number) {
    this.columns = Math.ceil(width / kCellSize);
    this.rows = Math.ceil(height / kCellSize);
    this.cells = new Uint8Array(this.columns * this.rows);
  }

  /** Outside the map counts as blocked. */
  blocked(column: number, row: number): boolean {
    if (column < 0 || row < 0 || column >= this.columns || row >= this.rows) return true;
    return this.cells[row * this.columns + column] === 1;
  }

  block(column: number, row: number): void {
    if (column < 0 || row < 0 || column >= this.columns || row >= this.rows) return;
    this.cells[row * this.columns + column] = 1;
  }

  /** True when a body box centred here touches no blocked cell. */
  fits(x: number, y: number): boolean {
    const left = Math.floor((x - kBodyHalf) / kCellSize);
    const right = Math.ceil((x + kBodyHalf) / kCellSize) - 1;
    const top = Math.floor((y - kBodyHalf) / kCellSize);
    const bottom = Math.ceil((y + kBodyHalf) / kCellSize) - 1;
    for (let row = top; row <= bottom; ++row) {
      for (let column = left; column <= right; ++column) if (this.blocked(column, row)) return false;
    }
    return true;
  }
}

export interface Point {
  x: number;
  y: number;
}

/** Moves a body by (dx, dy), one axis after the other, so that it slides along walls and never tunnels. */
export function moveBody(grid: WalkGrid, from: Point, dx: number, dy: number): Point {
  const x = slide(dx, (step) => grid.fits(from.x + step, from.y));
  const y = slide(dy, (step) => grid.fits(from.x + x, from.y + step));
  return { x: from.x + x, y: from.y + y };
}

function slide(distance: number, free: (step: number) => boolean): number {
  let done = 0;
  while (done !== distance) {
    const step = Math.sign(distance) * Math.min(kCellSize, Math.abs(distance - done));
    if (!free(done + step)) return upToWall(done, step, free);
    done = Math.abs(distance - done) <= kCellSize ? distance : done + step;
  }
  return done;
}

/** The furthest free part of a blocked step, by halving; exact to 1/64 unit or better. */
function upToWall(done: number, step: number, free: (step: number) => boolean): number {
  let near = 0;
  let far = 1;
  for (let i = 0; i < 9; ++i) {
    const middle = (near + far) / 2;
    if (free(done + step * middle)) near = middle;
    else far = middle;
  }
  return done + step * near;
}

/** Rasterises blocked tiles, tile shapes and wall shapes. */
export function buildWalkGrid(map: TileMap): WalkGrid {
  const grid = new WalkGrid(map.columns * map.tileWidth, map.rows * map.tileHeight);
  for (const layer of map.layers) {
    for (let i = 0; i < layer.gids.length; ++i) {
      const raw = layer.gids[i];
      if (raw !== 0)
        blockTile(grid, map, raw, (i % map.columns) * map.tileWidth, Math.floor(i / map.columns) * map.tileHeight);
    }
  }
  for (const wall of map.walls) blockShape(grid, wall, 0, 0);
  return grid;
}

function blockTile(grid: WalkGrid, map: TileMap, raw: number, x: number, y: number): void {
  const gid = raw & kGidMask;
  const tileset = tilesetFor(map, gid);
  if (!tileset) return;
  const id = gid - tileset.firstGid;
  if (tileset.blocked.has(id)) blockShape(grid, rectangle(map.tileWidth, map.tileHeight), x, y);
  const flipped = (raw & (kFlipHorizontal | kFlipVertical | kFlipDiagonal)) !== 0;
  for (const shape of tileset.shapes.get(id) ?? [])
    blockShape(grid, flipped ? rectangle(map.tileWidth, map.tileHeight) : shape, x, y);
}

function rectangle(width: number, height: number): Shape {
  return { kind: 'rectangle', x: 0, y: 0, width, height, rotation: 0, points: [] };
}

/** Where inside a cell a shape is looked for: centre and inset corners. */
const kProbes = [
  [0.5, 0.5],
  [0.1, 0.1],
  [0.9, 0.1],
  [0.1, 0.9],
  [0.9, 0.9],
];

function blockShape(grid: WalkGrid, shape: Shape, left: number, top: number): void {
  const inside = containment(shape);
  const reach = reachOf(shape);
  const firstRow = Math.floor((top + shape.y - reach) / kCellSize);
  const lastRow = Math.floor((top + shape.y + reach) / kCellSize);
  const firstColumn = Math.floor((left + shape.x - reach) / kCellSize);
  const lastColumn = Math.floor((left + shape.x + reach) / kCellSize);
  for (let row = Math.max(0, firstRow); row <= Math.min(grid.rows - 1, lastRow); ++row) {
    for (let column = Math.max(0, firstColumn); column <= Math.min(grid.columns - 1, lastColumn); ++column) {
      if (kProbes.some(([px, py]) => inside((column + px) * kCellSize - left, (row + py) * kCellSize - top)))
        grid.block(column, row);
    }
  }
}

/** No point of the shape is further from (x, y) than this. */
function reachOf(shape: Shape): number {
  if (shape.kind !== 'polygon') return Math.hypot(shape.width, shape.height);
  return Math.max(0, ...shape.points.map((point) => Math.hypot(point.x, point.y)));
}

function containment(shape: Shape): (x: number, y: number) => boolean {
  const turn = (-shape.rotation * Math.PI) / 180;
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  return (x, y) => {
    const dx = x - shape.x;
    const dy = y - shape.y;
    return insideUpright(shape, dx * cos - dy * sin, dx * sin + dy * cos);
  };
}

function insideUpright(shape: Shape, x: number, y: number): boolean {
  if (shape.kind === 'polygon') return insidePolygon(shape.points, x, y);
  if (shape.kind === 'rectangle') return x >= 0 && y >= 0 && x < shape.width && y < shape.height;
  if (shape.width === 0 || shape.height === 0) return false;
  return ((2 * x) / shape.width - 1) ** 2 + ((2 * y) / shape.height - 1) ** 2 <= 1;
}

function insidePolygon(points: Point[], x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const a = points[i];
    const b = points[j];
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}
