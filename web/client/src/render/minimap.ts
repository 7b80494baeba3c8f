// The small map in the corner: an overview painted once, and dots for what is in view.

import type { Point } from '../map/walk_grid.ts';
import type { Scene } from '../world/scene.ts';
import type { MapPainter } from './map_painter.ts';

/** Pixels of the longer side of the overview. */
const kOverview = 320;

export class Minimap {
  private readonly canvas: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;
  private overview: HTMLCanvasElement | null = null;
  private painter: MapPainter | null = null;

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d')!;
  }

  setMap(painter: MapPainter): void {
    this.painter = painter;
    this.overview = painter.paintOverview(kOverview);
    this.canvas.width = this.overview.width;
    this.canvas.height = this.overview.height;
  }

  draw(scene: Scene, me: Point | null, sessionId: string): void {
    const { context, overview, painter } = this;
    if (!overview || !painter) return;
    const scale = overview.width / painter.width;
    context.drawImage(overview, 0, 0);
    for (const body of scene.bodies.values()) {
      if (body.kind === 'player' && body.key === sessionId) continue;
      this.dot(
        body.track.x * scale,
        body.track.y * scale,
        body.kind === 'monster' ? 3 : 4,
        body.kind === 'monster' ? '#ff8571' : '#9ad7ff',
      );
    }
    if (me) this.dot(me.x * scale, me.y * scale, 6, '#ffe29a');
  }

  private dot(x: number, y: number, radius: number, colour: string): void {
    const { context } = this;
    context.fillStyle = 'rgba(18, 14, 30, 0.75)';
    context.beginPath();
    context.arc(x, y, radius + 1.5, 0, Math.PI * 2);
    context.fill();
    context.fillStyle = colour;
    context.beginPath();
    context.arc(x, y, radius, 0, Math.PI * 2);
    context.fill();
  }
}
