// A small RGBA picture and a PNG encoder, so that the maps need nothing but Node.
import zlib from 'node:zlib';

export function rgb(hex) {
  const value = parseInt(hex.slice(1, 7), 16);
  return [value >> 16, (value >> 8) & 255, value & 255, 255];
}

export class Canvas {
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.bytes = new Uint8Array(width * height * 4);
  }

  /** Sets a pixel; an undefined colour or a place outside is ignored. `color` is '#rrggbb' or [r, g, b, a]. */
  set(x, y, color) {
    if (color === undefined || x < 0 || y < 0 || x >= this.width || y >= this.height) return;
    this.bytes.set(typeof color === 'string' ? rgb(color) : color, (Math.floor(y) * this.width + Math.floor(x)) * 4);
  }

  get(x, y) {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return [0, 0, 0, 0];
    const at = (y * this.width + x) * 4;
    return Array.from(this.bytes.subarray(at, at + 4));
  }

  /** Calls paint(x, y) for every pixel of a box; what it answers is the colour. */
  each(x0, y0, width, height, paint) {
    for (let y = y0; y < y0 + height; y++) {
      for (let x = x0; x < x0 + width; x++) this.set(x, y, paint(x, y));
    }
  }

  fill(x, y, width, height, color) {
    this.each(x, y, width, height, () => color);
  }

  disc(cx, cy, rx, ry, color) {
    for (let y = Math.floor(cy - ry); y <= cy + ry; y++) {
      for (let x = Math.floor(cx - rx); x <= cx + rx; x++) {
        const u = (x + 0.5 - cx) / rx;
        const v = (y + 0.5 - cy) / ry;
        if (u * u + v * v <= 1) this.set(x, y, color);
      }
    }
  }

  /** Rows of characters; `key` gives the colours, a space is left alone. */
  stencil(x, y, rows, key) {
    rows.forEach((row, dy) => [...row].forEach((letter, dx) => this.set(x + dx, y + dy, key[letter])));
  }

  /** Darkens what lies below, for shadows. */
  shade(x, y, amount) {
    const [r, g, b, a] = this.get(x, y);
    if (a === 0) this.set(x, y, [16, 24, 32, Math.round(amount * 255)]);
    else this.set(x, y, [Math.round(r * (1 - amount)), Math.round(g * (1 - amount)), Math.round(b * (1 - amount)), a]);
  }

  /** A soft shadow of one tone on the ground. */
  shadow(cx, cy, rx, ry, amount = 0.28) {
    for (let y = Math.floor(cy - ry); y <= cy + ry; y++) {
      for (let x = Math.floor(cx - rx); x <= cx + rx; x++) {
        const u = (x + 0.5 - cx) / rx;
        const v = (y + 0.5 - cy) / ry;
        if (u * u + v * v <= 1 && this.get(x, y)[3] === 0) this.shade(x, y, amount);
      }
    }
  }

  /** Draws another picture over this one, blending by its alpha. */
  draw(other, sx, sy, width, height, dx, dy) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const from = other.get(sx + x, sy + y);
        if (from[3] === 0) continue;
        if (from[3] === 255) {
          this.set(dx + x, dy + y, from);
          continue;
        }
        const to = this.get(dx + x, dy + y);
        const alpha = from[3] / 255;
        const mixed = [0, 1, 2].map((i) => Math.round(from[i] * alpha + to[i] * (1 - alpha)));
        this.set(dx + x, dy + y, [...mixed, Math.max(from[3], to[3])]);
      }
    }
  }

  png() {
    const raw = Buffer.alloc(this.height * (1 + this.width * 4));
    for (let y = 0; y < this.height; y++) {
      Buffer.from(this.bytes.buffer, y * this.width * 4, this.width * 4).copy(raw, y * (1 + this.width * 4) + 1);
    }
    const head = Buffer.alloc(13);
    head.writeUInt32BE(this.width, 0);
    head.writeUInt32BE(this.height, 4);
    head.set([8, 6, 0, 0, 0], 8);
    return Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', head),
      chunk('IDAT', zlib.deflateSync(raw, { level: 9 })),
      chunk('IEND', Buffer.alloc(0)),
    ]);
  }
}

const kCrcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = kCrcTable[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(type, body) {
  const out = Buffer.alloc(12 + body.length);
  out.writeUInt32BE(body.length, 0);
  out.write(type, 4, 'latin1');
  body.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + body.length)), 8 + body.length);
  return out;
}
