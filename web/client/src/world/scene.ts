// Everything that is in view, as the renderer wants it: one body per entity, with its track and its age.

import type { Entity, WorldState } from '../net/state.ts';
import { Track } from './track.ts';

export type BodyKind = 'player' | 'monster' | 'npc' | 'drop';

export interface Body {
  key: string;
  kind: BodyKind;
  entity: Entity;
  track: Track;
  /** Local milliseconds; used for fading in and out. */
  appearedAt: number;
  goneAt: number;
  /** Last direction of movement, for the sprite. */
  facing: Facing;
  bubble: { text: string; until: number } | null;
  /** Health as last shown, to see what a patch changed. */
  hp: number;
}

export type Facing = 'down' | 'up' | 'left' | 'right';

/** How long a body that left the view fades, in milliseconds. */
export const kFadeMs = 250;

/** The server bounds what is visible; this bounds what is fading. */
const kFadingMax = 256;

export class Scene {
  readonly bodies = new Map<string, Body>();
  readonly fading: Body[] = [];
  /** Told of every change of health that a patch brings. */
  onHealth: (body: Body, change: number) => void = () => {};
  private previousPatchTime = 0;

  clear(): void {
    this.bodies.clear();
    this.fading.length = 0;
    this.previousPatchTime = 0;
  }

  /** Takes over one patch. @param now local milliseconds. */
  update(state: WorldState, now: number): void {
    const seen = new Set<string>();
    const time = state.serverTime;
    const take = (kind: BodyKind) => (entity: Entity, key: string) => {
      const id = `${kind}:${key}`;
      seen.add(id);
      const body = this.bodies.get(id);
      if (body) {
        body.entity = entity;
        const hp = entity.hp ?? 0;
        if (hp !== body.hp) this.onHealth(body, hp - body.hp);
        body.hp = hp;
        body.track.add(time, entity.x, entity.y, this.previousPatchTime);
      } else {
        this.bodies.set(id, newBody(kind, key, entity, time, now));
      }
    };
    state.players?.forEach(take('player'));
    state.monsters?.forEach(take('monster'));
    state.npcs?.forEach(take('npc'));
    state.drops?.forEach(take('drop'));
    this.removeUnseen(seen, now);
    this.previousPatchTime = time;
  }

  /** Moves every body to where it is drawn at `serverTime`. */
  advance(serverTime: number, now: number): void {
    for (const body of this.bodies.values()) {
      body.track.advance(serverTime);
      body.facing = facingOf(body.track.velocityX, body.track.velocityY, body.facing);
      if (body.bubble && body.bubble.until < now) body.bubble = null;
    }
    while (this.fading.length > 0 && now - this.fading[0].goneAt > kFadeMs) this.fading.shift();
  }

  count(kind: BodyKind): number {
    let count = 0;
    for (const body of this.bodies.values()) if (body.kind === kind) ++count;
    return count;
  }

  private removeUnseen(seen: Set<string>, now: number): void {
    for (const [id, body] of this.bodies) {
      if (seen.has(id)) continue;
      this.bodies.delete(id);
      body.goneAt = now;
      this.fading.push(body);
      if (this.fading.length > kFadingMax) this.fading.shift();
    }
  }
}

function newBody(kind: BodyKind, key: string, entity: Entity, time: number, now: number): Body {
  return {
    key,
    kind,
    entity,
    track: new Track(time, entity.x, entity.y),
    appearedAt: now,
    goneAt: 0,
    facing: 'down',
    bubble: null,
    hp: entity.hp ?? 0,
  };
}

/** Sideways wins a tie, so that diagonal steps do not flicker. */
export function facingOf(dx: number, dy: number, before: Facing): Facing {
  if (Math.abs(dx) < 1 && Math.abs(dy) < 1) return before;
  if (Math.abs(dx) >= Math.abs(dy) * 0.9) return dx < 0 ? 'left' : 'right';
  return dy < 0 ? 'up' : 'down';
}
