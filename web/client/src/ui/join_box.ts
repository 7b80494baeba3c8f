// The first thing a visitor sees: a name, a button, and a hero who walks on the spot.

import { humanoid, playerLook } from '../render/sprites/humanoid.ts';
import { monsterSheet } from '../render/sprites/monsters.ts';
import type { Sheet } from '../render/sprites/sheet.ts';
import type { Facing } from '../world/scene.ts';
import { element } from './hud.ts';

const kNameKey = 'throng.name';
const kNameMax = 20;

export interface JoinRequest {
  name: string;
}

export class JoinBox {
  private readonly box = element('join');
  private readonly form = element('join-form') as HTMLFormElement;
  private readonly input = element('join-name') as HTMLInputElement;
  private readonly preview = element('join-hero') as HTMLCanvasElement;
  private readonly others = [
    { sheet: monsterSheet('slime'), x: 49, left: false },
    { sheet: monsterSheet('goblin'), x: 102, left: true },
    { sheet: monsterSheet('wolf'), x: 20, left: false },
    { sheet: monsterSheet('skeleton'), x: 130, left: true },
  ];
  private hero: { name: string; sheet: Sheet } | null = null;

  constructor(suggested: string | null, join: (request: JoinRequest) => void) {
    this.input.value = (suggested ?? remembered()).slice(0, kNameMax);
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      const name = this.name;
      remember(name);
      this.busy(true);
      join({ name });
    });
  }

  get name(): string {
    return this.input.value.trim().slice(0, kNameMax) || 'Wanderer';
  }

  get open(): boolean {
    return !this.box.hidden;
  }

  submit(): void {
    this.form.requestSubmit();
  }

  focus(): void {
    this.input.focus();
  }

  hide(): void {
    this.box.hidden = true;
    this.busy(false);
  }

  /** Shows the box again with a reason. */
  fail(reason: string): void {
    this.box.hidden = false;
    this.busy(false);
    element('join-error').textContent = reason;
  }

  /** The hero among those who wait outside. */
  drawHero(now: number): void {
    const context = this.preview.getContext('2d')!;
    if (!this.hero || this.hero.name !== this.name)
      this.hero = { name: this.name, sheet: humanoid(playerLook(this.name)) };
    context.imageSmoothingEnabled = false;
    context.clearRect(0, 0, this.preview.width, this.preview.height);
    this.others.forEach(({ sheet, x, left }, i) =>
      stand(context, sheet, left ? 'left' : 'right', false, x, now + i * 370),
    );
    stand(context, this.hero.sheet, 'down', true, 75, now);
  }

  private busy(busy: boolean): void {
    const button = element('join-button') as HTMLButtonElement;
    button.disabled = busy;
    button.textContent = busy ? 'Joining…' : 'Enter the world';
    if (busy) element('join-error').textContent = '';
  }
}

function stand(
  context: CanvasRenderingContext2D,
  sheet: Sheet,
  facing: Facing,
  walking: boolean,
  x: number,
  now: number,
): void {
  const frames = (walking ? sheet.walk : sheet.idle)[facing];
  const image = frames[Math.floor(now / (walking ? sheet.walkFrameMs : sheet.idleFrameMs)) % frames.length];
  context.drawImage(image, x - sheet.anchorX, 36 - sheet.anchorY);
}

// Storage can be switched off in a browser; then the name is simply asked again.
function remembered(): string {
  try {
    return localStorage.getItem(kNameKey) ?? '';
  } catch {
    return '';
  }
}

function remember(name: string): void {
  try {
    localStorage.setItem(kNameKey, name);
  } catch {
    return;
  }
}
