// What lies on the ground: a little heap of coins, or a bundle in the colour of the thing.

import { Pixels, ramp } from './pixels.ts';
import type { Sheet } from './sheet.ts';
import { buildSheet } from './sheet.ts';
import { hash } from './humanoid.ts';

const kBundleColours = [0xb0714a, 0x6f8fc9, 0x8bb35c, 0xb86aa0, 0xc9a24e, 0x5fb3ab];

function coins(phase: number): Pixels {
  const pixels = new Pixels(16, 14);
  const gold: [number, number, number] = [0xfff0a8, 0xf0b93c, 0xb27a1c];
  pixels.ball(6, 10, 4, 2, gold).ball(10, 9, 3.6, 2, gold).ball(8, 6.5, 3.4, 2, gold);
  if (phase % 2 === 1) pixels.set(6, 5, 0xffffff);
  return pixels.outline(0x4a300a);
}

function bundle(colour: number, phase: number): Pixels {
  const pixels = new Pixels(16, 14);
  pixels.ball(8, 9, 5.4, 4, ramp(colour));
  pixels.rect(7, 3, 3, 3, 0xe8d9b0);
  if (phase % 2 === 1) pixels.set(5, 7, 0xffffff);
  return pixels.outline(0x2a1c14);
}

export function dropSheet(item: string): Sheet {
  const colour = kBundleColours[hash(item) % kBundleColours.length];
  return buildSheet((_view, phase) => (item === 'coins' ? coins(phase) : bundle(colour, phase)), {
    idleFrames: 2,
    walkFrames: 2,
    idleFrameMs: 600,
    walkFrameMs: 600,
    anchorX: 8,
    anchorY: 12,
    height: 12,
    shadow: 5,
  });
}
