// Draws a tile map: square chunks of it are painted once onto canvases and then copied each frame.

import type { LoadedMap } from '../map/load.ts';
import type { TileLayer, Tileset } from '../map/tiled.ts';
import { kFlipDiagonal, kFlipHorizontal, kFlipVertical, kGidMask, tilesetFor } from '../map/tiled.ts';
import type { Camera } from './camera.ts';

/** Tiles along the side of a chunk. */
const kChunkTiles = 16;

/** Chunks kept painted; the least recently drawn go first. At 32 pixel tiles one is 1 MiB. */
const kChunksMax = 96;

interface AnimatedTile {
  x: number;
  y: number;
  tileset: Tileset;
  id: number;
  raw: number;
}

interface Chunk {
  below: HTMLCanvasElement;
  above: HTMLCanvasElement | null;
  animated: AnimatedTile[];
  drawnAt: number;
}

export class MapPainter {
  private readonly chunks = new Map<number, Chunk>();
  private readonly loaded: LoadedMap;
  private frame = 0;

  constructor(loaded: LoadedMap) {
    this.loaded = loaded;
  }

  get width(): number {
    return this.loaded.map.columns * this.loaded.map.tileWidth;
  }

  get height(): number {
    return this.loaded.map.rows * this.loaded.map.tileHeight;
  }

  /** Ground and everything under bodies. The context is already in world units. */
  drawBelow(context: CanvasRenderingContext2D, camera: Camera, now: number): void {
    ++this.frame;
    this.eachVisible(camera, (chunk, x, y) => {
      context.drawImage(chunk.below, x, y);
      for (const tile of chunk.animated) this.drawAnimated(context, tile, now);
    });
    this.forgetOld();
  }

  /** Tree tops and roofs. */
  drawAbove(context: CanvasRenderingContext2D, camera: Camera): void {
    this.eachVisible(camera, (chunk, x, y) => {
      if (chunk.above) context.drawImage(chunk.above, x, y);
    });
  }

  /** The whole map on a small canvas, `size` pixels along its longer side. */
  paintOverview(size: number): HTMLCanvasElement {
    const { map } = this.loaded;
    const scale = size / Math.max(this.width, this.height);
    const canvas = newCanvas(Math.round(this.width * scale), Math.round(this.height * scale));
    const context = canvas.getContext('2d')!;
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = 'high';
    context.scale(scale, scale);
    for (const layer of map.layers) this.paintTiles(context, layer, 0, 0, map.columns, map.rows, null);
    return canvas;
  }

  private eachVisible(camera: Camera, visit: (chunk: Chunk, x: number, y: number) => void): void {
    const { map } = this.loaded;
    const side = { x: kChunkTiles * map.tileWidth, y: kChunkTiles * map.tileHeight };
    const halfWidth = camera.width / camera.scale / 2;
    const halfHeight = camera.height / camera.scale / 2;
    const lastColumn = Math.min(Math.ceil(this.width / side.x) - 1, Math.floor((camera.x + halfWidth) / side.x));
    const lastRow = Math.min(Math.ceil(this.height / side.y) - 1, Math.floor((camera.y + halfHeight) / side.y));
    for (let row = Math.max(0, Math.floor((camera.y - halfHeight) / side.y)); row <= lastRow; ++row) {
      for (let column = Math.max(0, Math.floor((camera.x - halfWidth) / side.x)); column <= lastColumn; ++column) {
        const chunk = this.chunkAt(column, row);
        chunk.drawnAt = this.frame;
        visit(chunk, column * side.x, row * side.y);
      }
    }
  }

  private chunkAt(column: number, row: number): Chunk {
    const key = row * 65536 + column;
    let chunk = this.chunks.get(key);
    if (!chunk) {
      chunk = this.paintChunk(column, row);
      this.chunks.set(key, chunk);
    }
    return chunk;
  }

  private paintChunk(column: number, row: number): Chunk {
    const { map } = this.loaded;
    const left = column * kChunkTiles;
    const top = row * kChunkTiles;
    const right = Math.min(map.columns, left + kChunkTiles);
    const bottom = Math.min(map.rows, top + kChunkTiles);
    const chunk: Chunk = {
      below: newCanvas(kChunkTiles * map.tileWidth, kChunkTiles * map.tileHeight),
      above: null,
      animated: [],
      drawnAt: 0,
    };
    for (const layer of map.layers) {
      if (layer.above) chunk.above ??= newCanvas(chunk.below.width, chunk.below.height);
      const context = (layer.above ? chunk.above! : chunk.below).getContext('2d')!;
      context.save();
      context.translate(-left * map.tileWidth, -top * map.tileHeight);
      this.paintTiles(context, layer, left, top, right, bottom, layer.above ? null : chunk.animated);
      context.restore();
    }
    return chunk;
  }

  private paintTiles(
    context: CanvasRenderingContext2D,
    layer: TileLayer,
    left: number,
    top: number,
    right: number,
    bottom: number,
    animated: AnimatedTile[] | null,
  ): void {
    const { map } = this.loaded;
    context.globalAlpha = layer.opacity;
    for (let row = top; row < bottom; ++row) {
      for (let column = left; column < right; ++column) {
        const raw = layer.gids[row * map.columns + column];
        const tileset = raw === 0 ? undefined : tilesetFor(map, raw & kGidMask);
        if (!tileset) continue;
        const id = (raw & kGidMask) - tileset.firstGid;
        const x = column * map.tileWidth;
        const y = (row + 1) * map.tileHeight - tileset.tileHeight;
        this.drawTile(context, tileset, id, raw, x, y);
        if (animated && tileset.animations.has(id)) animated.push({ x, y, tileset, id, raw });
      }
    }
    context.globalAlpha = 1;
  }

  private drawAnimated(context: CanvasRenderingContext2D, tile: AnimatedTile, now: number): void {
    const frames = tile.tileset.animations.get(tile.id)!;
    let time = now % frames.reduce((sum, frame) => sum + frame.milliseconds, 0);
    const frame = frames.find((candidate) => (time -= candidate.milliseconds) < 0) ?? frames[0];
    if (frame.tile !== tile.id) this.drawTile(context, tile.tileset, frame.tile, tile.raw, tile.x, tile.y);
  }

  private drawTile(
    context: CanvasRenderingContext2D,
    tileset: Tileset,
    id: number,
    raw: number,
    x: number,
    y: number,
  ): void {
    const image = this.loaded.images.get(tileset.imageName);
    if (!image) return;
    const { tileWidth: width, tileHeight: height, margin, spacing, columns } = tileset;
    const sourceX = margin + (id % columns) * (width + spacing);
    const sourceY = margin + Math.floor(id / columns) * (height + spacing);
    if ((raw & (kFlipHorizontal | kFlipVertical | kFlipDiagonal)) === 0) {
      context.drawImage(image, sourceX, sourceY, width, height, x, y, width, height);
      return;
    }
    context.save();
    context.translate(x + width / 2, y + height / 2);
    context.scale((raw & kFlipHorizontal) !== 0 ? -1 : 1, (raw & kFlipVertical) !== 0 ? -1 : 1);
    if ((raw & kFlipDiagonal) !== 0) context.transform(0, 1, 1, 0, 0, 0);
    context.drawImage(image, sourceX, sourceY, width, height, -width / 2, -height / 2, width, height);
    context.restore();
  }

  private forgetOld(): void {
    if (this.chunks.size <= kChunksMax) return;
    const byAge = [...this.chunks].sort((a, b) => a[1].drawnAt - b[1].drawnAt);
    for (const [key, chunk] of byAge.slice(0, this.chunks.size - kChunksMax)) {
      if (chunk.drawnAt !== this.frame) this.chunks.delete(key);
    }
  }
}

function newCanvas(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, width);
  canvas.height = Math.max(1, height);
  return canvas;
}
