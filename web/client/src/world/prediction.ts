// One's own body moves at once and the server's word corrects it. The server keeps walking in the last direction
// it was given, so the page does the same: it remembers the directions it sent, and on every patch walks them
// again from the acknowledged position. What differs is blended out, not jumped over.

import type { Point, WalkGrid } from '../map/walk_grid.ts';
import { moveBody } from '../map/walk_grid.ts';

interface Input {
  seq: number;
  time: number;
  x: number;
  y: number;
}

/** What the server said about us in one patch. */
export interface Acknowledgement {
  seq: number;
  x: number;
  y: number;
  tick: number;
}

/** More would be a connection that no longer answers; then the oldest are forgotten. */
const kInputsMax = 128;

/** Beyond this the server has moved us (travel, respawn, teleport), in world units. */
const kSnapDistance = 96;

/** Longest piece walked in one step, in seconds, so that a slow frame slides like the server does. */
const kStepSeconds = 0.05;

export class Prediction {
  position: Point;
  speed: number;
  private offset: Point = { x: 0, y: 0 };
  private readonly inputs: Input[] = [];
  private readonly tickMs: number;
  private grid: WalkGrid;
  private sequence = 0;
  private ackedSeq = -1;
  private ackedSinceTick = 0;

  /** @param tickMs  length of a server tick in milliseconds. */
  constructor(grid: WalkGrid, start: Point, speed: number, tickMs: number) {
    this.grid = grid;
    this.tickMs = tickMs;
    this.position = { ...start };
    this.speed = speed;
  }

  /** Where to draw: the predicted position plus what is left of the last corrections. */
  get drawn(): Point {
    return { x: this.position.x + this.offset.x, y: this.position.y + this.offset.y };
  }

  get direction(): Point {
    const last = this.inputs[this.inputs.length - 1];
    return last ? { x: last.x, y: last.y } : { x: 0, y: 0 };
  }

  /** Continues the numbering of a session that was taken up again: the server ignores lower numbers. */
  resume(seq: number): void {
    if (!this.isOlder(seq, this.sequence)) this.sequence = seq;
  }

  /** Notes a direction that is being sent now; returns its sequence number. */
  input(x: number, y: number, time: number): number {
    this.sequence = (this.sequence + 1) >>> 0;
    this.inputs.push({ seq: this.sequence, time, x, y });
    if (this.inputs.length > kInputsMax) this.inputs.shift();
    return this.sequence;
  }

  /** Walks on for `seconds` and lets old corrections fade. */
  advance(seconds: number): void {
    this.position = this.walk(this.position, this.direction, seconds);
    const moving = this.direction.x !== 0 || this.direction.y !== 0;
    const keep = Math.exp(-seconds * (moving ? 5 : 9));
    this.offset = { x: this.offset.x * keep, y: this.offset.y * keep };
  }

  /** Corrects the prediction. `now` is on the clock that `input` was given. */
  reconcile(ack: Acknowledgement, now: number): void {
    if (ack.seq !== this.ackedSeq) {
      this.ackedSeq = ack.seq;
      this.ackedSinceTick = ack.tick;
      while (this.inputs.length > 1 && this.isOlder(this.inputs[0].seq, ack.seq)) this.inputs.shift();
    }
    const corrected = this.replay(ack, now);
    const before = this.drawn;
    this.position = corrected;
    this.offset = { x: before.x - corrected.x, y: before.y - corrected.y };
    if (Math.hypot(this.offset.x, this.offset.y) > kSnapDistance) this.offset = { x: 0, y: 0 };
  }

  /** After a new join nothing that was sent before counts. */
  restart(grid: WalkGrid, start: Point, speed: number): void {
    this.grid = grid;
    this.position = { ...start };
    this.offset = { x: 0, y: 0 };
    this.speed = speed;
    this.inputs.length = 0;
    this.ackedSeq = -1;
  }

  /** From the acknowledged position through everything the server has not walked yet. */
  private replay(ack: Acknowledgement, now: number): Point {
    const first = this.inputs.findIndex((input) => input.seq === ack.seq);
    if (first < 0) return this.unacknowledged(ack, now);
    // The acknowledged direction has been walked for these many ticks; the first of them began, on average,
    // half a tick after the message arrived.
    const walked = (ack.tick - this.ackedSinceTick + 1) * this.tickMs;
    let at: Point = { x: ack.x, y: ack.y };
    for (let i = first; i < this.inputs.length; ++i) {
      const from = this.inputs[i].time + (i === first ? walked - this.tickMs / 2 : 0);
      const until = i + 1 < this.inputs.length ? this.inputs[i + 1].time : now;
      if (until > from) at = this.walk(at, this.inputs[i], (until - from) / 1000);
    }
    return at;
  }

  private unacknowledged(ack: Acknowledgement, now: number): Point {
    let at: Point = { x: ack.x, y: ack.y };
    this.inputs.forEach((input, i) => {
      const until = i + 1 < this.inputs.length ? this.inputs[i + 1].time : now;
      at = this.walk(at, input, Math.max(0, until - input.time) / 1000);
    });
    return at;
  }

  private walk(from: Point, direction: Point, seconds: number): Point {
    const length = Math.max(1, Math.hypot(direction.x, direction.y));
    let at = from;
    for (let left = seconds; left > 1e-6; left -= kStepSeconds) {
      const reach = (this.speed * Math.min(left, kStepSeconds)) / length;
      if (direction.x !== 0 || direction.y !== 0)
        at = moveBody(this.grid, at, direction.x * reach, direction.y * reach);
    }
    return at;
  }

  private isOlder(seq: number, than: number): boolean {
    return ((seq - than) | 0) < 0;
  }
}
