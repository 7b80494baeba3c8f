// Numbers that rise from those who are hurt or healed. They come from the health that patches show, so whoever is in
// view has them.

import type { Camera } from './camera.ts';
import { drawName } from './labels.ts';

const kRiseMs = 900;
const kNumbersMax = 80;

interface Rising {
  text: string;
  colour: string;
  x: number;
  y: number;
  at: number;
}

export class CombatText {
  private readonly numbers: Rising[] = [];

  /** @param change  of health; negative: hurt. @param self  whether it was us */
  add(change: number, self: boolean, x: number, y: number, now: number): void {
    if (change === 0) return;
    const colour = change > 0 ? '#8df0a0' : self ? '#ff8a7d' : '#ffe9c4';
    this.numbers.push({ text: change > 0 ? `+${change}` : String(-change), colour, x, y, at: now });
    if (this.numbers.length > kNumbersMax) this.numbers.shift();
  }

  draw(context: CanvasRenderingContext2D, camera: Camera, now: number): void {
    while (this.numbers.length > 0 && now - this.numbers[0].at > kRiseMs) this.numbers.shift();
    for (const number of this.numbers) {
      const age = (now - number.at) / kRiseMs;
      const at = camera.toScreen({ x: number.x, y: number.y - 16 - age * 18 });
      context.globalAlpha = age < 0.6 ? 1 : Math.max(0, (1 - age) / 0.4);
      drawName(context, number.text, at.x, at.y, camera.ratio, number.colour);
    }
    context.globalAlpha = 1;
  }
}
