// Keyboard, mouse and touch, turned into one direction; each component is -1, 0, 1 or in between.

import type { Point } from '../map/walk_grid.ts';

const kKeys: Record<string, readonly [number, number]> = {
  KeyW: [0, -1],
  ArrowUp: [0, -1],
  KeyS: [0, 1],
  ArrowDown: [0, 1],
  KeyA: [-1, 0],
  ArrowLeft: [-1, 0],
  KeyD: [1, 0],
  ArrowRight: [1, 0],
};

/** A clicked place counts as reached at this distance, in world units. */
const kReached = 5;

/** A clicked place is given up when nothing moves for this long, in milliseconds. */
const kStuckMs = 350;

export interface ControlEvents {
  zoom(factor: number): void;
  /** CSS pixels to world units. */
  toWorld(x: number, y: number): Point;
  chat(): void;
  /** A click in the world, in world units. @returns whether it meant something else than a place to walk to */
  click(at: Point): boolean;
  /** Any other key, by its code. @returns whether it meant something */
  key(code: string): boolean;
}

export class Controls {
  /** Where a click or a held pointer sends us, or null. */
  target: Point | null = null;
  private readonly held = new Set<string>();
  private readonly pointers = new Map<number, Point>();
  private readonly events: ControlEvents;
  private pinch = 0;
  private progress = { x: 0, y: 0, at: 0 };

  constructor(canvas: HTMLCanvasElement, events: ControlEvents) {
    this.events = events;
    window.addEventListener('keydown', (event) => this.keyDown(event));
    window.addEventListener('keyup', (event) => this.held.delete(event.code));
    window.addEventListener('blur', () => this.release());
    canvas.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    canvas.addEventListener('pointerdown', (event) => this.pointerDown(canvas, event));
    canvas.addEventListener('pointermove', (event) => this.pointerMove(event));
    for (const name of ['pointerup', 'pointercancel'] as const) {
      canvas.addEventListener(name, (event) => this.pointers.delete(event.pointerId));
    }
    canvas.addEventListener('contextmenu', (event) => event.preventDefault());
  }

  release(): void {
    this.held.clear();
    this.pointers.clear();
    this.target = null;
  }

  get keysHeld(): boolean {
    return this.held.size > 0;
  }

  /** The wished direction for a body at `at`. Keys win over a clicked place. */
  direction(at: Point, now: number): Point {
    const keys = this.keyDirection();
    if (keys.x !== 0 || keys.y !== 0) {
      this.target = null;
      return keys;
    }
    for (const pointer of this.pointers.values())
      if (this.pointers.size === 1) this.target = this.events.toWorld(pointer.x, pointer.y);
    return this.target ? this.towards(this.target, at, now) : keys;
  }

  private keyDirection(): Point {
    let x = 0;
    let y = 0;
    for (const code of this.held) {
      x += kKeys[code][0];
      y += kKeys[code][1];
    }
    return { x: Math.sign(x), y: Math.sign(y) };
  }

  private towards(target: Point, at: Point, now: number): Point {
    const dx = target.x - at.x;
    const dy = target.y - at.y;
    const distance = Math.hypot(dx, dy);
    if (Math.hypot(at.x - this.progress.x, at.y - this.progress.y) > 2) this.progress = { x: at.x, y: at.y, at: now };
    if (distance < kReached || (now - this.progress.at > kStuckMs && this.pointers.size === 0)) {
      this.target = null;
      return { x: 0, y: 0 };
    }
    // Sixteen directions are enough, and do not send a new one every frame.
    const step = Math.PI / 8;
    const angle = Math.round(Math.atan2(dy, dx) / step) * step;
    return { x: round(Math.cos(angle)), y: round(Math.sin(angle)) };
  }

  private keyDown(event: KeyboardEvent): void {
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.code === 'Enter' || event.code === 'KeyT') {
      event.preventDefault();
      this.release();
      this.events.chat();
    } else if (event.code === 'Equal' || event.code === 'NumpadAdd') this.events.zoom(1.2);
    else if (event.code === 'Minus' || event.code === 'NumpadSubtract') this.events.zoom(1 / 1.2);
    else if (kKeys[event.code]) {
      event.preventDefault();
      this.held.add(event.code);
    } else if (this.events.key(event.code)) event.preventDefault();
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    this.events.zoom(Math.exp(-Math.sign(event.deltaY) * Math.min(80, Math.abs(event.deltaY)) * 0.0025));
  }

  private pointerDown(canvas: HTMLCanvasElement, event: PointerEvent): void {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    if (this.pointers.size === 0 && this.events.click(this.events.toWorld(event.clientX, event.clientY))) return;
    canvas.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.progress = { ...this.progress, at: performance.now() };
    this.pinch = this.spread();
    // At once, since a quick tap is over before the next frame.
    this.target = this.pointers.size === 1 ? this.events.toWorld(event.clientX, event.clientY) : null;
  }

  private pointerMove(event: PointerEvent): void {
    if (!this.pointers.has(event.pointerId)) return;
    this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (this.pointers.size !== 2) return;
    const spread = this.spread();
    if (this.pinch > 0 && spread > 0) this.events.zoom(spread / this.pinch);
    this.pinch = spread;
  }

  private spread(): number {
    const [a, b] = [...this.pointers.values()];
    return b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  }
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
