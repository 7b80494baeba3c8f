// Tiled maps (JSON form) as the page needs them: tile layers, tilesets, and what blocks a body.
// Pure: files come through a reader, so that the same code runs in tests.

import { decodeLayerData } from './layer_data.ts';
import { tilesetJsonFromXml } from './tmx.ts';

/** Reads a file of the map folder as text; the name is relative to that folder. */
export type ReadText = (name: string) => Promise<string>;

export interface TileLayer {
  name: string;
  /** Raw global tile ids, flip bits included; width x height of them. */
  gids: Uint32Array;
  opacity: number;
  /** Drawn over bodies (tree tops, roofs). */
  above: boolean;
}

export interface AnimationFrame {
  tile: number;
  milliseconds: number;
}

export interface Tileset {
  firstGid: number;
  tileCount: number;
  columns: number;
  tileWidth: number;
  tileHeight: number;
  margin: number;
  spacing: number;
  /** Relative to the map folder. */
  imageName: string;
  blocked: Set<number>;
  shapes: Map<number, Shape[]>;
  animations: Map<number, AnimationFrame[]>;
}

/** A collision shape in map pixels, or in tile pixels when it belongs to a tile. */
export interface Shape {
  kind: 'rectangle' | 'ellipse' | 'polygon';
  x: number;
  y: number;
  width: number;
  height: number;
  /** Clockwise degrees about (x, y). */
  rotation: number;
  points: { x: number; y: number }[];
}

export interface TileMap {
  name: string;
  columns: number;
  rows: number;
  tileWidth: number;
  tileHeight: number;
  layers: TileLayer[];
  tilesets: Tileset[];
  /** Shapes of the collision layers, in map pixels. */
  walls: Shape[];
}

export const kFlipHorizontal = 0x80000000;
export const kFlipVertical = 0x40000000;
export const kFlipDiagonal = 0x20000000;
export const kGidMask = 0x0fffffff;

/** The page refuses what would take all memory; the server has tighter limits of its own. */
const kTilesMax = 4096 * 4096;

// Tiled's own JSON is open-ended; every access below gives a default or an error.
type Json = any;

export async function parseTileMap(json: Json, name: string, read: ReadText): Promise<TileMap> {
  if (json.orientation !== 'orthogonal') throw new Error(`map ${name}: only orthogonal maps are drawn`);
  if (json.infinite) throw new Error(`map ${name}: infinite maps are not supported`);
  const columns = json.width | 0;
  const rows = json.height | 0;
  if (columns < 1 || rows < 1 || columns * rows > kTilesMax) throw new Error(`map ${name}: bad size`);
  const map: TileMap = {
    name,
    columns,
    rows,
    tileWidth: json.tilewidth | 0,
    tileHeight: json.tileheight | 0,
    layers: [],
    tilesets: [],
    walls: [],
  };
  for (const entry of json.tilesets ?? []) map.tilesets.push(await loadTileset(entry, read));
  map.tilesets.sort((a, b) => a.firstGid - b.firstGid);
  await addLayers(map, json.layers ?? [], 1);
  return map;
}

async function addLayers(map: TileMap, layers: Json[], opacity: number): Promise<void> {
  for (const layer of layers) {
    const own = opacity * (layer.opacity ?? 1);
    if (layer.type === 'group') await addLayers(map, layer.layers ?? [], own);
    if (layer.type === 'objectgroup') addWalls(map, layer);
    if (layer.type === 'tilelayer' && layer.visible !== false) {
      map.layers.push({
        name: String(layer.name ?? ''),
        gids: await decodeLayerData(layer, map.columns * map.rows),
        opacity: own,
        above: isAbove(layer),
      });
    }
  }
}

function isAbove(layer: Json): boolean {
  return property(layer, 'above') === true || /above|canopy|roof|overlay/i.test(String(layer.name ?? ''));
}

function addWalls(map: TileMap, layer: Json): void {
  const whole = isCollision(layer);
  for (const object of layer.objects ?? []) {
    if (whole || isCollision(object)) map.walls.push(shapeOf(object));
  }
}

function isCollision(thing: Json): boolean {
  return [thing.name, thing.class, thing.type].some((word) => String(word ?? '').toLowerCase() === 'collision');
}

async function loadTileset(entry: Json, read: ReadText): Promise<Tileset> {
  if (!entry.source) return tilesetOf(entry, entry.firstgid | 0, '');
  const text = await read(entry.source);
  const json = text.trimStart().startsWith('<') ? tilesetJsonFromXml(text) : JSON.parse(text);
  const slash = String(entry.source).lastIndexOf('/');
  return tilesetOf(json, entry.firstgid | 0, slash < 0 ? '' : entry.source.slice(0, slash + 1));
}

function tilesetOf(json: Json, firstGid: number, folder: string): Tileset {
  const tileset: Tileset = {
    firstGid,
    tileCount: json.tilecount | 0,
    columns: Math.max(1, json.columns | 0),
    tileWidth: json.tilewidth | 0,
    tileHeight: json.tileheight | 0,
    margin: json.margin | 0,
    spacing: json.spacing | 0,
    imageName: json.image ? folder + json.image : '',
    blocked: new Set(),
    shapes: new Map(),
    animations: new Map(),
  };
  for (const tile of json.tiles ?? []) {
    if (property(tile, 'blocked') === true) tileset.blocked.add(tile.id);
    const objects = tile.objectgroup?.objects ?? [];
    if (objects.length > 0) tileset.shapes.set(tile.id, objects.map(shapeOf));
    const frames = (tile.animation ?? []).map((frame: Json) => ({ tile: frame.tileid, milliseconds: frame.duration }));
    if (frames.length > 0) tileset.animations.set(tile.id, frames);
  }
  return tileset;
}

function shapeOf(object: Json): Shape {
  return {
    kind: object.polygon ? 'polygon' : object.ellipse ? 'ellipse' : 'rectangle',
    x: Number(object.x ?? 0),
    y: Number(object.y ?? 0),
    width: Number(object.width ?? 0),
    height: Number(object.height ?? 0),
    rotation: Number(object.rotation ?? 0),
    points: object.polygon ?? [],
  };
}

function property(thing: Json, name: string): unknown {
  return (thing.properties ?? []).find((entry: Json) => entry.name === name)?.value;
}

/** The tileset that holds a global tile id (flip bits removed), or undefined for an empty tile. */
export function tilesetFor(map: TileMap, gid: number): Tileset | undefined {
  for (let i = map.tilesets.length - 1; i >= 0; --i) {
    if (gid >= map.tilesets[i].firstGid) return map.tilesets[i];
  }
  return undefined;
}
