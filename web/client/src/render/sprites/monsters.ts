// The four first monsters, each with a silhouette of its own. A kind without a painter is drawn as a wisp.

import { humanoid } from './humanoid.ts';
import { Pixels, ramp } from './pixels.ts';
import type { Sheet, View } from './sheet.ts';
import { buildSheet } from './sheet.ts';

/** Squash of the slime over its hop: wide and low, then narrow and high. */
const kHop = [0, 1.5, 2.5, 1];

function slime(view: View, phase: number, walking: boolean): Pixels {
  const pixels = new Pixels(28, 26);
  const squash = walking ? kHop[phase % 4] : phase % 2 === 0 ? 0 : -0.6;
  const lift = walking ? [0, 2, 4, 1][phase % 4] : 0;
  const base = 23 - lift;
  const height = 8 + squash;
  const width = 11 - squash * 0.8;
  pixels.ball(13.5, base - height + 1, width, height, [0x9af0b0, 0x46c37b, 0x23875c]);
  pixels.rect(13.5 - width + 2, base - 1, width * 2 - 3, 2, 0x23875c);
  pixels.ball(9.5, base - height - 2, 2.4, 1.6, [0xe8ffee, 0xd2fbe0, 0xb2f2ca]);
  pixels
    .set(18, base - 3, 0x7fe3a0)
    .set(8, base - 3, 0x2f9d68)
    .set(20, base - 6, 0x2f9d68);
  if (view !== 'back') {
    const look = view === 'side' ? 4 : 0;
    pixels.rect(9 + look, base - 8, 2, 3, 0x15302a).rect(16 + look / 2, base - 8, 2, 3, 0x15302a);
    pixels.set(9 + look, base - 8, 0xffffff).set(16 + look / 2, base - 8, 0xffffff);
    pixels.rect(12 + look, base - 4, 3, 1, 0x1b5a41);
  }
  return pixels.outline(0x143d31);
}

const kWolfLegs = [
  [0, 0],
  [2, -2],
  [0, 0],
  [-2, 2],
];

/** The wolf is drawn from the side whichever way it walks: its long body is its silhouette. */
function wolf(_view: View, phase: number, walking: boolean): Pixels {
  const pixels = new Pixels(38, 30);
  const fur = ramp(0x77809a);
  const pale = ramp(0xc9cfdd);
  const [front, hind] = walking ? kWolfLegs[phase % 4] : [0, 0];
  const bob = walking ? (phase % 2 === 0 ? 0 : -1) : 0;
  const breath = !walking && phase % 2 === 1 ? 0.5 : 0;
  const leg = (x: number, dark: boolean) =>
    pixels.box(x, 20, 3, 7, dark ? [fur[1], fur[2], fur[2]] : fur).rect(x, 26, 4, 1, pale[2]);
  leg(9 - hind, true);
  leg(22 - front, true);
  pixels
    .line(8, 16 + bob, 2, 10 + bob + (walking ? phase % 2 : 0), fur[1], 3)
    .line(3, 10 + bob, 1, 9 + bob, pale[1], 2);
  pixels.ball(16, 17 + bob, 10.5, 5 + breath, fur).ball(17, 20 + bob, 7, 2.2, pale);
  pixels.ball(24, 15 + bob, 5, 5.4, fur);
  leg(11 + hind, false);
  leg(24 + front, false);
  pixels.ball(28.5, 11 + bob, 5, 4.6, fur);
  pixels
    .box(31, 11 + bob, 5, 3, pale)
    .rect(35, 11 + bob, 2, 1, 0x22202c)
    .rect(31, 14 + bob, 4, 1, fur[2]);
  pixels
    .rect(25, 4 + bob, 2, 4, fur[1])
    .set(25, 3 + bob, fur[1])
    .rect(29, 4 + bob, 2, 4, fur[2])
    .set(30, 3 + bob, fur[2]);
  pixels.rect(30, 10 + bob, 2, 1, 0xffd866).set(31, 10 + bob, 0x2b2113);
  return pixels.outline();
}

function goblinEars(pixels: Pixels, view: View, top: number): void {
  const skin = ramp(0x7cab3f);
  if (view !== 'side') {
    pixels.line(5, top + 8, 1, top + 5, skin[1], 2).line(20, top + 8, 23, top + 5, skin[2], 2);
    pixels.set(4, top + 7, 0xd98a7a).set(21, top + 7, 0xb96a5e);
  } else {
    pixels
      .line(9, top + 8, 3, top + 5, skin[2], 2)
      .set(7, top + 7, 0xb96a5e)
      .rect(20, top + 8, 3, 2, skin[0]);
  }
  if (view === 'front')
    pixels
      .rect(12, top + 8, 2, 2, skin[2])
      .set(10, top + 11, 0xfff6d8)
      .set(15, top + 11, 0xfff6d8);
  // A crooked dagger in the right hand.
  if (view === 'front') pixels.line(21, top + 20, 23, top + 14, 0xcfd6e2).set(20, top + 20, 0x5a3d2b);
  if (view === 'side') pixels.line(17, top + 20, 22, top + 17, 0xcfd6e2).set(16, top + 20, 0x5a3d2b);
}

function ribs(pixels: Pixels, view: View, top: number): void {
  const bone = ramp(0xe4dfcf);
  const [x, width] = view === 'side' ? [11, 5] : [9, 8];
  pixels.rect(x, top, width, 8, 0x3a3346);
  for (let row = 0; row < 6; row += 2) pixels.rect(x, top + row, width, 1, row === 4 ? bone[2] : bone[1]);
  pixels.rect(12, top, 2, 8, bone[0]).rect(x + 1, top + 7, width - 2, 2, bone[2]);
}

function skull(pixels: Pixels, view: View, top: number, sway: number): void {
  if (view === 'front') {
    pixels.rect(7, top + 6, 4, 4, 0x2a2136).rect(15, top + 6, 4, 4, 0x2a2136);
    pixels
      .set(9, top + 8, 0xff6b5a)
      .set(16, top + 8, 0xff6b5a)
      .rect(12, top + 10, 2, 1, 0x2a2136);
    pixels
      .rect(9, top + 12, 8, 2, 0xcfc8b4)
      .set(10, top + 12, 0x3a3346)
      .set(12, top + 12, 0x3a3346)
      .set(14, top + 12, 0x3a3346);
  }
  if (view === 'side') {
    pixels
      .rect(15, top + 6, 4, 4, 0x2a2136)
      .set(17, top + 8, 0xff6b5a)
      .rect(14, top + 12, 6, 2, 0xcfc8b4)
      .set(16, top + 12, 0x3a3346);
  }
  // A rusty sword.
  const hand = view === 'side' ? 17 : 4;
  pixels
    .line(hand, top + 20 - sway / 2, hand - (view === 'side' ? -4 : 2), top + 11, 0xb08968, 2)
    .rect(hand - 1, top + 20, 4, 1, 0x5b4636);
}

function wisp(_view: View, phase: number): Pixels {
  const pixels = new Pixels(24, 30);
  const lift = [0, 1, 2, 1][phase % 4];
  pixels
    .ball(11.5, 15 - lift, 7, 7, [0xfff1c9, 0xf2a65a, 0xc75146])
    .ball(11.5, 14 - lift, 3, 3, [0xffffff, 0xfff6dd, 0xffe2a0]);
  pixels.line(11, 21 - lift, 9 + (phase % 2) * 3, 26 - lift, 0xc75146, 2);
  return pixels.outline(0x5a2536);
}

const kPainters: Record<string, () => Sheet> = {
  slime: () => buildSheet(slime, shape(4, 14, 23, 20, 10, 460, 130)),
  wolf: () => buildSheet(wolf, shape(4, 18, 26, 25, 12, 560, 105)),
  goblin: () =>
    humanoid({
      skin: ramp(0x7cab3f),
      shirt: ramp(0x7a5230),
      trousers: ramp(0x5a4630),
      boots: ramp(0x3d2f22),
      belt: 0x2e2219,
      hair: null,
      shorter: 4,
      eyes: 0xd7263d,
      extra: goblinEars,
    }),
  skeleton: () =>
    humanoid({
      skin: ramp(0xe4dfcf),
      shirt: ramp(0xd8d2c0),
      trousers: ramp(0xcfc8b4),
      boots: ramp(0xb8b09a),
      belt: 0x5b4636,
      hair: null,
      shorter: 0,
      eyes: 0x2a2136,
      extra: skull,
      torso: ribs,
    }),
};

function shape(
  walkFrames: number,
  anchorX: number,
  anchorY: number,
  height: number,
  shadow: number,
  idleFrameMs: number,
  walkFrameMs: number,
) {
  return { idleFrames: 2, walkFrames, anchorX, anchorY, height, shadow, idleFrameMs, walkFrameMs };
}

export function monsterSheet(kind: string): Sheet {
  const painter = kPainters[kind];
  return painter ? painter() : buildSheet(wisp, { ...shape(4, 12, 26, 26, 6, 180, 140), idleFrames: 4 });
}
