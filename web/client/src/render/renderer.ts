// Paints one frame: map, bodies from far to near, tree tops, then names in screen space.

import type { Point } from '../map/walk_grid.ts';
import { EntityState } from '../net/state.ts';
import type { Prediction } from '../world/prediction.ts';
import type { Body, Facing, Scene } from '../world/scene.ts';
import { facingOf, kFadeMs } from '../world/scene.ts';
import type { Camera } from './camera.ts';
import type { CombatText } from './combat_text.ts';
import { drawBubble, drawHealth, drawName } from './labels.ts';
import type { MapPainter } from './map_painter.ts';
import { hash, humanoid, kVillagerLook, playerLook } from './sprites/humanoid.ts';
import { dropSheet } from './sprites/drops.ts';
import { monsterSheet } from './sprites/monsters.ts';
import type { Sheet } from './sprites/sheet.ts';

/** Sheets of players kept; names beyond that share by hash. */
const kPlayerSheetsMax = 64;

/** Monsters further from us than this show no name, in world units. */
const kMonsterNameReach = 110;

/** What is drawn of a body in this frame, in world units. */
interface Figure {
  body: Body;
  x: number;
  y: number;
  facing: Facing;
  moving: boolean;
  alpha: number;
  self: boolean;
}

export interface Frame {
  scene: Scene;
  prediction: Prediction | null;
  sessionId: string;
  painter: MapPainter | null;
  camera: Camera;
  now: number;
  /** Where a click sent us, or null. */
  target: Point | null;
  /** Whom we fight, or null. */
  foe: Body | null;
  numbers: CombatText;
  nameOf(body: Body): string;
}

export class Renderer {
  private readonly context: CanvasRenderingContext2D;
  private readonly sheets = new Map<string, Sheet>();
  private selfFacing: Facing = 'down';

  constructor(canvas: HTMLCanvasElement) {
    this.context = canvas.getContext('2d', { alpha: false })!;
  }

  draw(frame: Frame): void {
    const { context } = this;
    const { camera, painter } = frame;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = '#14121f';
    context.fillRect(0, 0, camera.width, camera.height);
    if (!painter) return;
    const figures = this.figures(frame);
    this.worldSpace(camera);
    painter.drawBelow(context, camera, frame.now);
    if (frame.target) this.drawTarget(frame.target, frame.now);
    for (const figure of figures) {
      if (figure.body === frame.foe) this.drawRing(figure, frame.now);
      this.drawShadow(figure);
    }
    for (const figure of figures) this.drawFigure(figure, frame.now);
    painter.drawAbove(context, camera);
    context.setTransform(1, 0, 0, 1, 0, 0);
    for (const figure of figures) this.drawLabels(figure, frame);
    frame.numbers.draw(context, camera, frame.now);
  }

  private worldSpace(camera: Camera): void {
    const scale = camera.scale;
    this.context.imageSmoothingEnabled = false;
    this.context.setTransform(
      scale,
      0,
      0,
      scale,
      Math.round(camera.width / 2 - camera.x * scale),
      Math.round(camera.height / 2 - camera.y * scale),
    );
  }

  private figures(frame: Frame): Figure[] {
    const { scene, camera, now } = frame;
    const result: Figure[] = [];
    const reachX = camera.width / camera.scale / 2 + 48;
    const reachY = camera.height / camera.scale / 2 + 64;
    const add = (body: Body, alpha: number) => {
      const figure = this.figureOf(body, frame, alpha);
      if (Math.abs(figure.x - camera.x) < reachX && Math.abs(figure.y - camera.y) < reachY) result.push(figure);
    };
    for (const body of scene.bodies.values()) add(body, Math.min(1, (now - body.appearedAt) / kFadeMs));
    for (const body of scene.fading) add(body, Math.max(0, 1 - (now - body.goneAt) / kFadeMs));
    return result.sort((a, b) => a.y - b.y);
  }

  private figureOf(body: Body, frame: Frame, alpha: number): Figure {
    const self = body.kind === 'player' && body.key === frame.sessionId;
    if (self && frame.prediction) {
      const { x, y } = frame.prediction.drawn;
      const direction = frame.prediction.direction;
      this.selfFacing = facingOf(direction.x * 100, direction.y * 100, this.selfFacing);
      return { body, x, y, facing: this.selfFacing, moving: direction.x !== 0 || direction.y !== 0, alpha, self };
    }
    const { track } = body;
    const moving = Math.hypot(track.velocityX, track.velocityY) > 4;
    return { body, x: track.x, y: track.y, facing: body.facing, moving, alpha, self };
  }

  private drawShadow({ body, x, y, alpha }: Figure): void {
    const { context } = this;
    context.globalAlpha = 0.26 * alpha;
    context.fillStyle = '#0c0a16';
    context.beginPath();
    context.ellipse(x, y, this.sheetOf(body).shadow, this.sheetOf(body).shadow * 0.42, 0, 0, Math.PI * 2);
    context.fill();
    context.globalAlpha = 1;
  }

  private drawFigure(figure: Figure, now: number): void {
    const { context } = this;
    const sheet = this.sheetOf(figure.body);
    const dead = figure.body.entity.state === EntityState.Dead;
    const moving = figure.moving && !dead;
    const frames = (moving ? sheet.walk : sheet.idle)[figure.facing];
    // Neighbours of one kind must not step in unison.
    const phase = now + (hash(figure.body.key) % 997);
    const image = frames[Math.floor(phase / (moving ? sheet.walkFrameMs : sheet.idleFrameMs)) % frames.length];
    context.globalAlpha = figure.alpha * (dead ? 0.45 : 1);
    context.drawImage(image, figure.x - sheet.anchorX, figure.y - sheet.anchorY);
    context.globalAlpha = 1;
  }

  private drawRing({ x, y, body }: Figure, now: number): void {
    const { context } = this;
    const radius = this.sheetOf(body).shadow + 3 + Math.sin(now / 200);
    context.strokeStyle = 'rgba(240, 90, 80, 0.9)';
    context.lineWidth = 1.5;
    context.beginPath();
    context.ellipse(x, y, radius, radius * 0.5, 0, 0, Math.PI * 2);
    context.stroke();
  }

  private drawTarget(target: Point, now: number): void {
    const { context } = this;
    const radius = 6 + Math.sin(now / 160) * 1.5;
    context.strokeStyle = 'rgba(255, 225, 150, 0.85)';
    context.lineWidth = 1.5;
    context.beginPath();
    context.ellipse(target.x, target.y, radius, radius * 0.55, 0, 0, Math.PI * 2);
    context.stroke();
  }

  private drawLabels(figure: Figure, frame: Frame): void {
    const { context } = this;
    const { camera } = frame;
    const { body } = figure;
    const { entity } = body;
    const at = camera.toScreen({ x: figure.x, y: figure.y - this.sheetOf(body).height - 3 });
    const wounded = (entity.maxHp ?? 0) > 0 && (entity.hp ?? 0) < (entity.maxHp ?? 0);
    context.globalAlpha = figure.alpha;
    let y = at.y;
    if ((entity.maxHp ?? 0) > 0 && (body.kind === 'player' || wounded)) {
      y -= 6 * camera.ratio;
      drawHealth(context, at.x, y, 34 * camera.ratio, camera.ratio, clamp01((entity.hp ?? 0) / (entity.maxHp ?? 1)));
      y -= 2 * camera.ratio;
    }
    const near = Math.hypot(figure.x - camera.x, figure.y - camera.y) < kMonsterNameReach;
    const name = frame.nameOf(body);
    if (name !== '' && (body.kind !== 'monster' || near)) {
      drawName(context, name, at.x, y, camera.ratio, colourOf(figure));
      y -= 17 * camera.ratio;
    }
    if (body.bubble) drawBubble(context, body.bubble.text, at.x, y, camera.ratio);
    context.globalAlpha = 1;
  }

  private sheetOf(body: Body): Sheet {
    const key = sheetKey(body);
    let sheet = this.sheets.get(key);
    if (!sheet) {
      sheet = paintSheet(body);
      this.sheets.set(key, sheet);
    }
    return sheet;
  }
}

function sheetKey(body: Body): string {
  if (body.kind === 'player') return `player:${hash(body.entity.name ?? '') % kPlayerSheetsMax}`;
  return `${body.kind}:${body.entity.kind ?? ''}`;
}

function paintSheet(body: Body): Sheet {
  if (body.kind === 'player') return humanoid(playerLook(body.entity.name ?? ''));
  if (body.kind === 'npc') return humanoid(kVillagerLook);
  if (body.kind === 'drop') return dropSheet(body.entity.kind ?? '');
  return monsterSheet(body.entity.kind ?? '');
}

function colourOf(figure: Figure): string {
  if (figure.self) return '#ffe29a';
  if (figure.body.kind === 'monster') return '#ffb3a1';
  return figure.body.kind === 'npc' ? '#a9e5bb' : '#f4f1ff';
}

function clamp01(value: number): number {
  return Math.min(1, Math.max(0, value));
}
