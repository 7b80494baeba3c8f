// A finished sprite: frames for standing and walking, for each way it can face.

import type { Facing } from '../../world/scene.ts';
import { Pixels } from './pixels.ts';

export interface Sheet {
  idle: Record<Facing, HTMLCanvasElement[]>;
  walk: Record<Facing, HTMLCanvasElement[]>;
  /** Milliseconds per frame. */
  idleFrameMs: number;
  walkFrameMs: number;
  /** The pixel of the frame that stands on the entity's position. */
  anchorX: number;
  anchorY: number;
  /** Pixels from the anchor up to where a name may stand. */
  height: number;
  /** Radius of the shadow in pixels. */
  shadow: number;
}

export type View = 'front' | 'back' | 'side';

/** `phase` counts frames from 0; `walking` tells which cycle it belongs to. */
export type Painter = (view: View, phase: number, walking: boolean) => Pixels;

interface SheetShape {
  idleFrames: number;
  walkFrames: number;
  idleFrameMs: number;
  walkFrameMs: number;
  anchorX: number;
  anchorY: number;
  height: number;
  shadow: number;
}

/** Paints all frames; the side view looks right and is mirrored for left. */
export function buildSheet(painter: Painter, shape: SheetShape): Sheet {
  const cycle = (walking: boolean, frames: number): Record<Facing, HTMLCanvasElement[]> => {
    const paint = (view: View) => Array.from({ length: frames }, (_, phase) => painter(view, phase, walking));
    const side = paint('side');
    return {
      down: paint('front').map((pixels) => pixels.toCanvas()),
      up: paint('back').map((pixels) => pixels.toCanvas()),
      right: side.map((pixels) => pixels.toCanvas()),
      left: side.map((pixels) => pixels.mirrored().toCanvas()),
    };
  };
  return { ...shape, idle: cycle(false, shape.idleFrames), walk: cycle(true, shape.walkFrames) };
}
