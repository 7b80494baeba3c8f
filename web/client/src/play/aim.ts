// Whom a click, a key or a skill means.

import type { Point } from '../map/walk_grid.ts';
import type { Body, BodyKind, Scene } from '../world/scene.ts';
import { EntityState } from '../net/state.ts';

/** How far from a body's feet a click may land, in world units. */
const kClickReach = 22;

/** A body is as tall as this, so that a click on its head counts. */
const kBodyHeight = 20;

export function isAlive(body: Body): boolean {
  return body.entity.state !== EntityState.Dead && (body.entity.hp ?? 1) > 0;
}

/** The body under the pointer; what lives before what lies. */
export function bodyAt(scene: Scene, at: Point, self: string): Body | null {
  let best: Body | null = null;
  let bestDistance = kClickReach;
  for (const body of scene.bodies.values()) {
    if (body.kind === 'player' && body.key === self) continue;
    if (body.kind === 'monster' && !isAlive(body)) continue;
    const rise = body.kind === 'drop' ? 0 : kBodyHeight / 2;
    const distance = Math.hypot(body.track.x - at.x, body.track.y - rise - at.y) + (body.kind === 'drop' ? 4 : 0);
    if (distance < bestDistance) {
      best = body;
      bestDistance = distance;
    }
  }
  return best;
}

/** The nearest living body of a kind within `reach` of a place. */
export function nearest(scene: Scene, kind: BodyKind, at: Point, reach: number, but?: Body | null): Body | null {
  let best: Body | null = null;
  let bestDistance = reach;
  for (const body of scene.bodies.values()) {
    if (body.kind !== kind || body === but || !isAlive(body)) continue;
    const distance = Math.hypot(body.track.x - at.x, body.track.y - at.y);
    if (distance < bestDistance) {
      best = body;
      bestDistance = distance;
    }
  }
  return best;
}
