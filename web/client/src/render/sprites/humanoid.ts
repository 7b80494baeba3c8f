// Two-legged figures, 26 x 34 pixels: players, goblins, skeletons and villagers share the body and differ in
// material and features.

import { Pixels, ramp } from './pixels.ts';
import type { Ramp } from './pixels.ts';
import type { Sheet, View } from './sheet.ts';
import { buildSheet } from './sheet.ts';

export interface Look {
  skin: Ramp;
  shirt: Ramp;
  trousers: Ramp;
  boots: Ramp;
  belt: number;
  hair: Ramp | null;
  /** Rows the whole figure is lower than a human. */
  shorter: number;
  eyes: number;
  /** Drawn after the head; `top` is the row of the crown, `sway` moves with the steps. */
  extra?: (pixels: Pixels, view: View, top: number, sway: number) => void;
  /** Drawn instead of the shirt. */
  torso?: (pixels: Pixels, view: View, top: number) => void;
}

const kWidth = 26;
const kHeight = 34;
const kGround = 31;

/** Breathing takes two frames; in the last of them the eyes are shut. */
const kIdleFrames = 8;

/** Offsets of the two feet over a walk cycle of four frames. */
const kStride = [0, 2, 0, -2];

export function humanoid(look: Look): Sheet {
  return buildSheet((view, phase, walking) => figure(look, view, phase, walking), {
    idleFrames: kIdleFrames,
    walkFrames: 4,
    idleFrameMs: 420,
    walkFrameMs: 115,
    anchorX: kWidth / 2,
    anchorY: kGround,
    height: 30 - look.shorter,
    shadow: 8,
  });
}

function figure(look: Look, view: View, phase: number, walking: boolean): Pixels {
  const pixels = new Pixels(kWidth, kHeight);
  const stride = walking ? kStride[phase % 4] : 0;
  const bob = walking ? (stride === 0 ? 1 : 0) : phase % 2;
  const hip = kGround - 6;
  const shoulder = hip - 8 + Math.min(2, look.shorter) + bob;
  const crown = shoulder - 13 + Math.max(0, look.shorter - 2);
  legs(pixels, look, view, hip, stride);
  if (view === 'back') arms(pixels, look, view, shoulder, stride);
  if (look.torso) look.torso(pixels, view, shoulder);
  else torso(pixels, look, view, shoulder, hip);
  if (view !== 'back') arms(pixels, look, view, shoulder, stride);
  head(pixels, look, view, crown, !walking && phase === kIdleFrames - 1);
  look.extra?.(pixels, view, crown, stride);
  return pixels.outline();
}

function legs(pixels: Pixels, look: Look, view: View, hip: number, stride: number): void {
  const leg = (x: number, lift: number) => {
    pixels.box(x, hip, 4, 4 - Math.max(0, lift), look.trousers);
    pixels.box(x, hip + 4 - Math.max(0, lift), 4, 2, look.boots);
  };
  if (view === 'side') {
    leg(11 - stride, stride > 0 ? 1 : 0);
    leg(11 + stride, stride < 0 ? 1 : 0);
    pixels.rect(15 + stride, kGround - 1, 1, 1, look.boots[1]);
    return;
  }
  leg(8, stride > 0 ? 2 : 0);
  leg(14, stride < 0 ? 2 : 0);
}

function torso(pixels: Pixels, look: Look, view: View, top: number, hip: number): void {
  const [x, width] = view === 'side' ? [9, 8] : [8, 10];
  pixels.box(x, top, width, hip - top + 1, look.shirt);
  pixels.rect(x, hip - 1, width, 1, look.belt);
  if (view === 'front') pixels.rect(12, hip - 1, 2, 1, 0xe9c46a).rect(11, top, 4, 1, look.skin[2]);
}

function arms(pixels: Pixels, look: Look, view: View, top: number, stride: number): void {
  const arm = (x: number, swing: number) => {
    pixels.box(x, top + 1 + swing, 3, 4, look.shirt);
    pixels.rect(x, top + 5 + swing, 3, 2, look.skin[1]);
  };
  if (view === 'side') {
    pixels.box(11 - stride, top + 2, 4, 4, look.shirt).rect(12 - stride, top + 6, 3, 2, look.skin[1]);
    return;
  }
  arm(5, stride / 2);
  arm(18, -stride / 2);
}

function head(pixels: Pixels, look: Look, view: View, crown: number, blink: boolean): void {
  const middle = crown + 7;
  pixels.ball(12.5, middle, 7.5, 6.8, look.skin);
  if (look.hair) hair(pixels, look.hair, view, crown);
  if (view === 'back') return;
  const eye = (x: number) => {
    if (blink) pixels.rect(x, middle + 1, 2, 1, look.eyes);
    else pixels.rect(x, middle, 2, 3, look.eyes).set(x, middle, 0xffffff);
  };
  if (view === 'front') {
    eye(8);
    eye(15);
    pixels.rect(12, middle + 4, 2, 1, look.skin[2]);
    return;
  }
  eye(16);
}

function hair(pixels: Pixels, tones: Ramp, view: View, crown: number): void {
  if (view === 'back') {
    pixels.ball(12.5, crown + 6.5, 8, 7, tones);
    return;
  }
  pixels.ball(12.5, crown + 2.6, 7.6, 3.4, tones);
  if (view === 'front') {
    pixels.rect(5, crown + 3, 2, 6, tones[1]).rect(19, crown + 3, 2, 6, tones[2]);
    pixels
      .rect(7, crown + 5, 3, 1, tones[1])
      .rect(16, crown + 5, 3, 1, tones[1])
      .set(7, crown + 6, tones[2])
      .set(18, crown + 6, tones[2]);
    return;
  }
  pixels.ball(8, crown + 5.5, 4, 5.6, tones);
  pixels.rect(15, crown + 4, 5, 1, tones[1]);
}

const kShirts = [0xc8553d, 0x3d7ec8, 0x4f9d69, 0x8e5bb5, 0xd9a441, 0x2f9c95, 0xb8476b, 0x5d6fa8];
const kHairs = [0x5b3a29, 0xd9a05b, 0x2b2a33, 0xa8432d, 0xe6d3a3, 0x6b6f86, 0x7a4a8c];
const kSkins = [0xf2c9a1, 0xe0a878, 0xb97a50, 0x8a5636];

/** A player's look follows from the name, so that friends recognise each other. */
export function playerLook(name: string): Look {
  const seed = hash(name);
  const shirt = kShirts[seed % kShirts.length];
  return {
    skin: ramp(kSkins[(seed >>> 8) % kSkins.length]),
    hair: ramp(kHairs[(seed >>> 4) % kHairs.length]),
    shirt: ramp(shirt),
    trousers: ramp(0x4a4763),
    boots: ramp(0x5a3d2b),
    belt: 0x3b2a20,
    shorter: 0,
    eyes: 0x2a2238,
    extra: (pixels, view, top, sway) => cape(pixels, ramp(kShirts[(seed >>> 12) % kShirts.length]), view, top, sway),
  };
}

function cape(pixels: Pixels, tones: Ramp, view: View, top: number, sway: number): void {
  if (view === 'back') pixels.box(7, top + 14, 12, 9 + Math.abs(sway) / 2, tones);
  if (view === 'side') pixels.box(6 - Math.abs(sway) / 2, top + 14, 3, 10, tones);
  if (view === 'front') pixels.rect(8, top + 13, 10, 1, tones[1]).set(12, top + 14, 0xe9c46a);
}

export const kVillagerLook: Look = {
  skin: ramp(0xe8b88f),
  hair: ramp(0xb9b4c0),
  shirt: ramp(0x8f7a5a),
  trousers: ramp(0x6d5c48),
  boots: ramp(0x4a3526),
  belt: 0x4a3526,
  shorter: 0,
  eyes: 0x2a2238,
};

/** FNV-1a. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; ++i) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}
