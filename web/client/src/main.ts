// Starts the page. Parameters: ?name= fills the name in, ?auto=1 joins at once, ?map= asks for a map,
// ?zoom= sets the first zoom, ?room= another room kind with the same state.

import '@fontsource/pixelify-sans/latin-500.css';
import '@fontsource/pixelify-sans/latin-700.css';
import './ui/style.css';
import { Game } from './game.ts';
import { JoinBox } from './ui/join_box.ts';

const parameters = new URLSearchParams(location.search);
const game = new Game(location.origin);
const box = new JoinBox(parameters.get('name'), ({ name }) => void join(name));

async function join(name: string): Promise<void> {
  const map = parameters.get('map');
  try {
    await game.session.join(parameters.get('room') ?? 'world', map ? { name, map } : { name });
    box.hide();
  } catch (error) {
    box.fail(reasonOf(error));
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: number; message?: string };
  if (code === undefined || code === 0) return 'The server cannot be reached. Is it running?';
  return message || `The server refused (${code}).`;
}

function drawHero(now: number): void {
  if (!box.open) return;
  box.drawHero(now);
  requestAnimationFrame(drawHero);
}

/** For tests and for the curious: read-only views of what the page knows. */
export interface ThrongProbe {
  readonly room: unknown;
  readonly me: { x: number; y: number; serverX: number; serverY: number; seq: number } | null;
  readonly players: number;
  readonly monsters: number;
  readonly connection: string;
  /** The map of the room is loaded and drawn. */
  readonly mapReady: boolean;
  /** Drawn position of another player, by name. */
  where(name: string): { x: number; y: number } | null;
  /** Where the first body of a kind (`slime`, `elder` …) is on the page, in CSS pixels. */
  onScreen(kind: string): { x: number; y: number } | null;
}

declare global {
  interface Window {
    __throng: ThrongProbe;
  }
}

window.__throng = {
  get room() {
    return game.session.room;
  },
  get me() {
    const me = game.session.state?.me;
    const at = game.prediction?.drawn;
    return me && at ? { x: at.x, y: at.y, serverX: me.x, serverY: me.y, seq: me.seq } : null;
  },
  get players() {
    return game.scene.count('player');
  },
  get monsters() {
    return game.scene.count('monster');
  },
  get connection() {
    return document.getElementById('hud')?.dataset.connection ?? '';
  },
  get mapReady() {
    return game.mapReady;
  },
  where(name) {
    for (const body of game.scene.bodies.values()) {
      if (body.kind === 'player' && body.entity.name === name) return { x: body.track.x, y: body.track.y };
    }
    return null;
  },
  onScreen(kind) {
    for (const body of game.scene.bodies.values()) {
      if (body.entity.kind !== kind) continue;
      const at = game.camera.toScreen({ x: body.track.x, y: body.track.y - 8 });
      return { x: at.x / game.camera.ratio, y: at.y / game.camera.ratio };
    }
    return null;
  },
};

const zoom = Number(parameters.get('zoom'));
if (zoom > 0) game.camera.setZoom(zoom);
game.start();
requestAnimationFrame(drawHero);
if (parameters.get('auto') === '1') box.submit();
else box.focus();
