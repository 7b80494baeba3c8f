// Where somebody else was and is: a few recent positions, drawn a little late and between two patches.

/** How far behind the server others are drawn, in milliseconds. */
export const kRenderDelayMs = 100;

const kSamplesMax = 16;

/** A pause longer than this is standing still, not a slow sequence of patches. */
const kGapMs = 260;

/** A jump longer than this is a teleport and is not glided over, in world units. */
const kTeleport = 200;

interface Sample {
  time: number;
  x: number;
  y: number;
}

export class Track {
  x: number;
  y: number;
  /** World units per second over the piece being drawn. */
  velocityX = 0;
  velocityY = 0;
  private readonly samples: Sample[] = [];

  constructor(time: number, x: number, y: number) {
    this.x = x;
    this.y = y;
    this.samples.push({ time, x, y });
  }

  /**
   * Takes the position of a patch. Unchanged positions are not sent, so a track that rested gets its resting
   * position repeated at the previous patch; otherwise it would start with a slow glide.
   */
  add(time: number, x: number, y: number, previousPatchTime: number): void {
    const last = this.samples[this.samples.length - 1];
    if (last.x === x && last.y === y) return;
    if (time - last.time > kGapMs && previousPatchTime > last.time)
      this.push({ time: previousPatchTime, x: last.x, y: last.y });
    this.push({ time, x, y });
  }

  /** Moves x and y to where they were at `time`, on the server's clock. */
  advance(time: number): void {
    let after = this.samples.length - 1;
    while (after > 0 && this.samples[after - 1].time >= time) --after;
    const to = this.samples[after];
    const from = this.samples[Math.max(0, after - 1)];
    const span = to.time - from.time;
    const far = Math.hypot(to.x - from.x, to.y - from.y) > kTeleport;
    const part = span <= 0 || far || time >= to.time ? 1 : Math.max(0, (time - from.time) / span);
    this.x = from.x + (to.x - from.x) * part;
    this.y = from.y + (to.y - from.y) * part;
    const moving = part < 1 && !far;
    this.velocityX = moving ? ((to.x - from.x) / span) * 1000 : 0;
    this.velocityY = moving ? ((to.y - from.y) / span) * 1000 : 0;
  }

  private push(sample: Sample): void {
    this.samples.push(sample);
    if (this.samples.length > kSamplesMax) this.samples.shift();
  }
}
