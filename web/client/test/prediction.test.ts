import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WalkGrid, moveBody } from '../src/map/walk_grid.ts';
import { Prediction } from '../src/world/prediction.ts';

const kSpeed = 160;
const kTickMs = 50;
const kFrameMs = 10;

/** A server that walks in the last direction it got, behind a line of `latency` milliseconds each way. */
class Rig {
  readonly grid = new WalkGrid(2000, 2000);
  readonly prediction = new Prediction(this.grid, { x: 1000, y: 1000 }, kSpeed, kTickMs);
  server = { x: 1000, y: 1000, dx: 0, dy: 0, seq: 0, tick: 0 };
  now = 0;
  largestJump = 0;
  private readonly latency: number;
  private up: { at: number; seq: number; x: number; y: number }[] = [];
  private down: { at: number; seq: number; x: number; y: number; tick: number }[] = [];

  constructor(latency: number) {
    this.latency = latency;
  }

  press(x: number, y: number): void {
    this.up.push({ at: this.now + this.latency, seq: this.prediction.input(x, y, this.now), x, y });
  }

  run(milliseconds: number): void {
    for (const end = this.now + milliseconds; this.now < end;) {
      this.now += kFrameMs;
      if (this.now % kTickMs === 0) this.tick();
      while (this.down[0]?.at <= this.now) this.prediction.reconcile(this.down.shift()!, this.now);
      const before = this.prediction.drawn;
      this.prediction.advance(kFrameMs / 1000);
      const after = this.prediction.drawn;
      this.largestJump = Math.max(this.largestJump, Math.hypot(after.x - before.x, after.y - before.y));
    }
  }

  get error(): number {
    return Math.hypot(this.prediction.drawn.x - this.server.x, this.prediction.drawn.y - this.server.y);
  }

  private tick(): void {
    const { server } = this;
    while (this.up[0]?.at <= this.now) {
      const { x, y, seq } = this.up.shift()!;
      Object.assign(server, { dx: x, dy: y, seq });
    }
    const reach = (kSpeed * kTickMs) / 1000 / Math.max(1, Math.hypot(server.dx, server.dy));
    Object.assign(server, moveBody(this.grid, server, server.dx * reach, server.dy * reach));
    ++server.tick;
    this.down.push({ at: this.now + this.latency, seq: server.seq, x: server.x, y: server.y, tick: server.tick });
  }
}

function walkAbout(rig: Rig): void {
  rig.run(200);
  for (const [x, y] of [
    [1, 0],
    [1, 1],
    [0, 1],
    [-1, 0],
    [0, 0],
    [0, -1],
  ]) {
    for (let i = 0; i < 4; ++i) {
      rig.press(x, y);
      rig.run(100);
    }
  }
  rig.press(0, 0);
}

for (const latency of [0, 40, 150]) {
  test(`after a walk both agree, with ${latency} ms each way`, () => {
    const rig = new Rig(latency);
    walkAbout(rig);
    rig.run(1500);
    assert.ok(rig.error < 0.1, `${rig.error} units apart`);
  });

  test(`the drawn body never jumps, with ${latency} ms each way`, () => {
    const rig = new Rig(latency);
    walkAbout(rig);
    rig.run(1000);
    const step = (kSpeed * kFrameMs) / 1000;
    assert.ok(rig.largestJump < step * 2.2, `a step of ${rig.largestJump} units, walking is ${step}`);
  });
}

test('the own body answers a key at once', () => {
  const rig = new Rig(200);
  rig.run(500);
  rig.press(1, 0);
  rig.run(100);
  assert.ok(rig.prediction.drawn.x > 1012);
  assert.equal(rig.server.x, 1000);
});

test('a teleport by the server is taken over at once', () => {
  const rig = new Rig(20);
  rig.run(200);
  rig.server.x = 300;
  rig.run(200);
  assert.ok(rig.error < 0.1);
});

test('numbering goes on after the highest that the server knows', () => {
  const prediction = new Prediction(new WalkGrid(100, 100), { x: 50, y: 50 }, kSpeed, kTickMs);
  prediction.resume(41);
  assert.equal(prediction.input(1, 0, 0), 42);
});
