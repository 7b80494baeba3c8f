// Names, health bars and speech bubbles. Text is painted once per string and kept.

import { mix } from './sprites/pixels.ts';

const kFont = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';

/** Painted texts kept; all are dropped when there are more. */
const kTextsMax = 600;

interface Painted {
  canvas: HTMLCanvasElement;
  width: number;
  height: number;
}

const painted = new Map<string, Painted>();

/** Draws text centred on x with its baseline box ending at y. All in device pixels. */
export function drawName(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  ratio: number,
  colour: string,
): void {
  const label = textCanvas(text, 12 * ratio, colour);
  context.drawImage(label.canvas, Math.round(x - label.width / 2), Math.round(y - label.height));
}

function textCanvas(text: string, size: number, colour: string): Painted {
  const key = `${text}|${size}|${colour}`;
  const known = painted.get(key);
  if (known) return known;
  if (painted.size >= kTextsMax) painted.clear();
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d')!;
  const font = `600 ${size}px ${kFont}`;
  context.font = font;
  const border = Math.max(2, size / 5);
  canvas.width = Math.ceil(context.measureText(text).width + border * 2);
  canvas.height = Math.ceil(size * 1.35 + border);
  context.font = font;
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = border;
  context.strokeStyle = 'rgba(18, 14, 30, 0.85)';
  context.strokeText(text, border, canvas.height / 2);
  context.fillStyle = colour;
  context.fillText(text, border, canvas.height / 2);
  const label = { canvas, width: canvas.width, height: canvas.height };
  painted.set(key, label);
  return label;
}

/** @param part  health from 0 to 1. */
export function drawHealth(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  ratio: number,
  part: number,
): void {
  const height = 5 * ratio;
  const left = Math.round(x - width / 2);
  const top = Math.round(y);
  context.fillStyle = 'rgba(18, 14, 30, 0.85)';
  context.fillRect(left - ratio, top - ratio, width + 2 * ratio, height + 2 * ratio);
  context.fillStyle = '#3a2433';
  context.fillRect(left, top, width, height);
  const colour = part > 0.5 ? mix(0xe8c34a, 0x5ecf6b, (part - 0.5) * 2) : mix(0xe0484e, 0xe8c34a, part * 2);
  context.fillStyle = `#${colour.toString(16).padStart(6, '0')}`;
  context.fillRect(left, top, width * part, height);
  context.fillStyle = 'rgba(255, 255, 255, 0.28)';
  context.fillRect(left, top, width * part, height * 0.4);
}

/** A speech bubble whose tip points at (x, y). At most two lines of about 28 letters. */
export function drawBubble(context: CanvasRenderingContext2D, text: string, x: number, y: number, ratio: number): void {
  const lines = wrap(text, 28, 2);
  const size = 13 * ratio;
  context.font = `500 ${size}px ${kFont}`;
  const width = Math.max(...lines.map((line) => context.measureText(line).width)) + 18 * ratio;
  const height = lines.length * size * 1.3 + 10 * ratio;
  const left = x - width / 2;
  const top = y - height - 7 * ratio;
  context.fillStyle = 'rgba(252, 248, 238, 0.96)';
  context.strokeStyle = 'rgba(29, 24, 38, 0.55)';
  context.lineWidth = ratio;
  context.beginPath();
  context.roundRect(left, top, width, height, 8 * ratio);
  context.moveTo(x - 5 * ratio, top + height);
  context.lineTo(x, y);
  context.lineTo(x + 5 * ratio, top + height);
  context.fill();
  context.fillStyle = '#2a2238';
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  lines.forEach((line, i) => context.fillText(line, x, top + 5 * ratio + size * 1.3 * (i + 0.5)));
  context.textAlign = 'start';
}

export function wrap(text: string, lettersMax: number, linesMax: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (last !== '' && last.length + 1 + word.length > lettersMax) lines.push(word.slice(0, lettersMax));
    else lines[lines.length - 1] = (last === '' ? word : `${last} ${word}`).slice(0, lettersMax);
  }
  if (lines.length <= linesMax) return lines;
  return [...lines.slice(0, linesMax - 1), `${lines[linesMax - 1].slice(0, lettersMax - 1)}…`];
}
