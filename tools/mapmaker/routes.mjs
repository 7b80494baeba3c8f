// Patrol routes over open ground: every straight piece of a route can be walked.
import { kTile } from './tileset.mjs';

const kStep = 0.125;
const kNeighbours = [[1, 0], [-1, 0], [0, 1], [0, -1]];

/** Tiles without any wall on any layer, row by row. */
function openTiles(map) {
  const walled = new Set(map.tileset.details().map(({ id }) => id + 1));
  const open = new Array(map.width * map.height).fill(true);
  for (const cells of map.layers.values()) cells.forEach((cell, i) => { if (walled.has(cell)) open[i] = false; });
  return open;
}

/** The open tiles that can be walked to from where players appear. */
function reachableTiles(map) {
  const open = openTiles(map);
  const start = map.objects.find((object) => object.type === 'player_spawn');
  const queue = [[Math.floor(start.x / kTile), Math.floor(start.y / kTile)]];
  const reached = new Array(open.length).fill(false);
  for (let at = 0; at < queue.length; at++) {
    const [x, y] = queue[at];
    if (!map.inside(x, y) || !open[y * map.width + x] || reached[y * map.width + x]) continue;
    reached[y * map.width + x] = true;
    for (const [dx, dy] of kNeighbours) queue.push([x + dx, y + dy]);
  }
  return reached;
}

/**
 * Where a route really goes, in tiles: from one point of `wanted` to the next, moved to open tiles and round walls.
 * The map must have its player_spawn.
 */
export function routeOver(map, wanted) {
  const open = reachableTiles(map);
  const isOpen = (x, y) => map.inside(x, y) && open[y * map.width + x];
  const stops = wanted.map(([x, y]) => nearestOpen(map, isOpen, Math.floor(x), Math.floor(y)));
  const points = [stops[0]];
  for (let i = 1; i < stops.length; i++) points.push(...straightened(isOpen, tilesBetween(map, isOpen, stops[i - 1], stops[i])));
  return points.map(([x, y]) => [x + 0.5, y + 0.5]);
}

function nearestOpen(map, isOpen, x, y) {
  for (let reach = 0; reach < 8; reach++) {
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) if (isOpen(x + dx, y + dy)) return [x + dx, y + dy];
    }
  }
  throw new Error(`no open ground near (${x}, ${y})`);
}

/** A shortest chain of open tiles, both ends included. */
function tilesBetween(map, isOpen, from, to) {
  const key = ([x, y]) => y * map.width + x;
  const before = new Map([[key(from), null]]);
  const queue = [from];
  for (let at = 0; at < queue.length && !before.has(key(to)); at++) {
    for (const [dx, dy] of kNeighbours) {
      const next = [queue[at][0] + dx, queue[at][1] + dy];
      if (!isOpen(...next) || before.has(key(next))) continue;
      before.set(key(next), queue[at]);
      queue.push(next);
    }
  }
  if (!before.has(key(to))) throw new Error(`no way from (${from}) to (${to})`);
  const chain = [];
  for (let tile = to; tile !== null; tile = before.get(key(tile))) chain.unshift(tile);
  return chain;
}

/** Leaves out what a straight line reaches anyway; without the first tile. */
function straightened(isOpen, chain) {
  const points = [];
  for (let at = 0; at + 1 < chain.length; ) {
    let next = chain.length - 1;
    while (next > at + 1 && !sees(isOpen, chain[at], chain[next])) next--;
    points.push(chain[next]);
    at = next;
  }
  return points;
}

/** Whether a body as wide as half a tile can walk the line between the middles of two tiles. */
function sees(isOpen, [ax, ay], [bx, by]) {
  const steps = Math.ceil(Math.hypot(bx - ax, by - ay) / kStep);
  for (let i = 0; i <= steps; i++) {
    const x = ax + 0.5 + ((bx - ax) * i) / steps;
    const y = ay + 0.5 + ((by - ay) * i) / steps;
    const corners = [[-0.25, -0.25], [0.25, -0.25], [-0.25, 0.25], [0.25, 0.25]];
    if (!corners.every(([dx, dy]) => isOpen(Math.floor(x + dx), Math.floor(y + dy)))) return false;
  }
  return true;
}
