// What the player does beside walking: targets, skills, things, people. Turns clicks and keys into messages.

import type { Point } from '../map/walk_grid.ts';
import type { Session } from '../net/session.ts';
import type { Body, Scene } from '../world/scene.ts';
import { bodyAt, isAlive, nearest } from './aim.ts';
import type { Catalogue } from './catalogue.ts';

/** Distances in world units; the server has the last word. */
const kMeleeReach = 36;
const kPickupReach = 40;
const kTalkReach = 80;
const kTargetReach = 320;

export interface PlayEvents {
  /** Somebody of the story was spoken to. */
  talk(npcId: string): void;
}

export class Play {
  /** Whom we fight, or look at; may be gone. */
  target: Body | null = null;
  /** Whom we walk to, to do something there. */
  private errand: { body: Body; reach: number; act: () => void } | null = null;
  private readonly session: Session;
  private readonly scene: Scene;
  private readonly catalogue: Catalogue;
  private readonly events: PlayEvents;

  constructor(session: Session, scene: Scene, catalogue: Catalogue, events: PlayEvents) {
    this.session = session;
    this.scene = scene;
    this.catalogue = catalogue;
    this.events = events;
  }

  /** A click in the world. @returns whether it meant somebody or something, and not a place to walk to */
  click(at: Point): boolean {
    const body = bodyAt(this.scene, at, this.session.room?.sessionId ?? '');
    this.errand = null;
    if (!body) return false;
    if (body.kind === 'drop') this.go(body, kPickupReach, () => this.pickUp(body));
    else if (body.kind === 'npc') this.go(body, kTalkReach, () => this.talkTo(body));
    else this.attack(body);
    return true;
  }

  attack(body: Body): void {
    this.target = body;
    const targetId = entityIdOf(body);
    this.session.send('attack', { targetId });
    this.go(body, kMeleeReach, () => {});
  }

  /** A skill by its id: at the target, at the nearest enemy, or at ourselves. */
  cast(skillId: string, me: Point): void {
    const rule = this.catalogue.facts.skills[skillId]?.target ?? 'enemy';
    if (rule === 'self' || rule === 'ally') return this.session.send('attack', { targetId: 0, skillId });
    if (!this.target || !isAlive(this.target)) this.target = nearest(this.scene, 'monster', me, kTargetReach);
    this.session.send('attack', { targetId: this.target ? entityIdOf(this.target) : 0, skillId });
  }

  nextTarget(me: Point): void {
    this.target = nearest(this.scene, 'monster', me, kTargetReach, this.target);
  }

  pickUpNearest(me: Point): void {
    const drop = nearest(this.scene, 'drop', me, kPickupReach);
    if (drop) this.pickUp(drop);
  }

  /** Where an errand leads us now, or null. */
  errandTarget(me: Point): Point | null {
    const { errand } = this;
    if (!errand) return null;
    if (this.scene.bodies.get(`${errand.body.kind}:${errand.body.key}`) !== errand.body || !isAlive(errand.body)) {
      this.errand = null;
      return null;
    }
    const { x, y } = errand.body.track;
    if (Math.hypot(x - me.x, y - me.y) > errand.reach) return { x, y };
    this.errand = null;
    errand.act();
    return null;
  }

  forgetErrand(): void {
    this.errand = null;
  }

  /** Once a frame: whoever is dead or out of view is no target. */
  tidy(): void {
    if (!this.target) return;
    const held = this.scene.bodies.get(`${this.target.kind}:${this.target.key}`);
    if (held !== this.target || !isAlive(this.target)) this.target = null;
  }

  private go(body: Body, reach: number, act: () => void): void {
    this.errand = { body, reach, act };
  }

  private pickUp(body: Body): void {
    this.session.send('pickup', { dropId: Number(body.key) });
  }

  private talkTo(body: Body): void {
    const npcId = body.entity.kind ?? '';
    this.session.send('talk', { npcId });
    this.events.talk(npcId);
  }
}

function entityIdOf(body: Body): number {
  return body.kind === 'player' ? (body.entity as { id?: number }).id ?? 0 : Number(body.key);
}
