// What part of the world the canvas shows. Positions are world units; the canvas is in device pixels.

import type { Point } from '../map/walk_grid.ts';

export const kZoomMin = 0.75;
export const kZoomMax = 5;

export class Camera {
  x = 0;
  y = 0;
  /** CSS pixels per world unit. */
  zoom = 2;
  /** Device pixels per CSS pixel. */
  ratio = 1;
  width = 0;
  height = 0;
  private zoomGoal = 2;

  /** Device pixels per world unit. */
  get scale(): number {
    return this.zoom * this.ratio;
  }

  resize(width: number, height: number, ratio: number): void {
    this.width = width;
    this.height = height;
    this.ratio = ratio;
  }

  zoomBy(factor: number): void {
    this.zoomGoal = Math.min(kZoomMax, Math.max(kZoomMin, this.zoomGoal * factor));
  }

  setZoom(zoom: number): void {
    this.zoomGoal = this.zoom = Math.min(kZoomMax, Math.max(kZoomMin, zoom));
  }

  /** Follows a point and stays inside the map where the map is larger than the view. */
  follow(target: Point, mapWidth: number, mapHeight: number, seconds: number): void {
    const pull = 1 - Math.exp(-seconds * 12);
    this.zoom += (this.zoomGoal - this.zoom) * pull;
    if (Math.abs(this.zoomGoal - this.zoom) < 0.002) this.zoom = this.zoomGoal;
    this.x = within(target.x, this.width / this.scale, mapWidth);
    this.y = within(target.y, this.height / this.scale, mapHeight);
  }

  toScreen(point: Point): Point {
    return {
      x: (point.x - this.x) * this.scale + this.width / 2,
      y: (point.y - this.y) * this.scale + this.height / 2,
    };
  }

  /** @param x, y  CSS pixels from the canvas corner. */
  toWorld(x: number, y: number): Point {
    return {
      x: (x * this.ratio - this.width / 2) / this.scale + this.x,
      y: (y * this.ratio - this.height / 2) / this.scale + this.y,
    };
  }
}

function within(value: number, view: number, whole: number): number {
  if (view >= whole) return whole / 2;
  return Math.min(whole - view / 2, Math.max(view / 2, value));
}
