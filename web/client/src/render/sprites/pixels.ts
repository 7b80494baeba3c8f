// A small pixel canvas to draw sprites on by code: flat and shaded shapes, then one dark outline round it all.

export type Colour = number; // 0xRRGGBB

/** Three tones of one material, from light to dark. */
export type Ramp = readonly [light: Colour, middle: Colour, dark: Colour];

const kOutline: Colour = 0x1d1826;

export class Pixels {
  readonly width: number;
  readonly height: number;
  private readonly data: Int32Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.data = new Int32Array(width * height).fill(-1);
  }

  set(x: number, y: number, colour: Colour): this {
    const column = Math.round(x);
    const row = Math.round(y);
    if (column >= 0 && row >= 0 && column < this.width && row < this.height)
      this.data[row * this.width + column] = colour;
    return this;
  }

  clear(x: number, y: number, width = 1, height = 1): this {
    return this.rect(x, y, width, height, -1);
  }

  rect(x: number, y: number, width: number, height: number, colour: Colour): this {
    for (let row = 0; row < height; ++row)
      for (let column = 0; column < width; ++column) this.set(x + column, y + row, colour);
    return this;
  }

  /** A box lit from the upper left: light first column, dark last column and bottom row. */
  box(x: number, y: number, width: number, height: number, [light, middle, dark]: Ramp): this {
    this.rect(x, y, width, height, middle);
    if (width > 2) this.rect(x, y, 1, height, light);
    this.rect(x + width - 1, y, 1, height, dark);
    return this.rect(x, y + height - 1, width, 1, dark);
  }

  /** An ellipse lit from the upper left. Centre and radii in pixels; halves allowed. */
  ball(cx: number, cy: number, rx: number, ry: number, [light, middle, dark]: Ramp): this {
    for (let y = Math.floor(cy - ry); y <= Math.ceil(cy + ry); ++y) {
      for (let x = Math.floor(cx - rx); x <= Math.ceil(cx + rx); ++x) {
        const dx = (x - cx) / rx;
        const dy = (y - cy) / ry;
        if (dx * dx + dy * dy > 1) continue;
        const lit = (dx + 0.35) ** 2 + (dy + 0.45) ** 2;
        this.set(x, y, lit < 0.3 ? light : lit > 1.15 ? dark : middle);
      }
    }
    return this;
  }

  line(x0: number, y0: number, x1: number, y1: number, colour: Colour, thick = 1): this {
    const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0), 1);
    for (let i = 0; i <= steps; ++i)
      this.rect(x0 + ((x1 - x0) * i) / steps, y0 + ((y1 - y0) * i) / steps, thick, thick, colour);
    return this;
  }

  /** Dark pixels round everything drawn so far. */
  outline(colour: Colour = kOutline): this {
    const before = this.data.slice();
    const filled = (x: number, y: number) =>
      x >= 0 && y >= 0 && x < this.width && y < this.height && before[y * this.width + x] >= 0;
    for (let y = 0; y < this.height; ++y) {
      for (let x = 0; x < this.width; ++x) {
        if (filled(x, y)) continue;
        if (filled(x - 1, y) || filled(x + 1, y) || filled(x, y - 1) || filled(x, y + 1))
          this.data[y * this.width + x] = colour;
      }
    }
    return this;
  }

  mirrored(): Pixels {
    const result = new Pixels(this.width, this.height);
    for (let y = 0; y < this.height; ++y) {
      for (let x = 0; x < this.width; ++x)
        result.data[y * this.width + x] = this.data[y * this.width + this.width - 1 - x];
    }
    return result;
  }

  toCanvas(): HTMLCanvasElement {
    const canvas = document.createElement('canvas');
    canvas.width = this.width;
    canvas.height = this.height;
    const context = canvas.getContext('2d')!;
    const image = context.createImageData(this.width, this.height);
    this.data.forEach((colour, i) => {
      if (colour < 0) return;
      image.data.set([colour >> 16, (colour >> 8) & 255, colour & 255, 255], i * 4);
    });
    context.putImageData(image, 0, 0);
    return canvas;
  }
}

/** Three tones from one colour. */
export function ramp(colour: Colour): Ramp {
  return [mix(colour, 0xfff3d6, 0.28), colour, mix(colour, 0x1b1430, 0.34)];
}

export function mix(a: Colour, b: Colour, part: number): Colour {
  const channel = (shift: number) => {
    const from = (a >> shift) & 255;
    return Math.round(from + (((b >> shift) & 255) - from) * part) << shift;
  };
  return channel(16) | channel(8) | channel(0);
}
