// The panels over the world: who we are, how the connection is, where we are.

import type { Connection } from '../net/session.ts';
import type { Entity } from '../net/state.ts';

export interface HudFacts {
  me: Entity | undefined;
  x: number;
  y: number;
  map: string;
  ping: number;
  players: number;
  monsters: number;
  patches: number;
  frames: number;
}

const kConnectionText: Record<Connection, string> = {
  joining: 'Joining',
  online: 'Online',
  reconnecting: 'Reconnecting',
  offline: 'Offline',
};

export class Hud {
  private readonly root = element('hud');

  show(): void {
    this.root.hidden = false;
  }

  update(facts: HudFacts): void {
    const { me } = facts;
    put('map-name', title(facts.map));
    put('me-name', me?.name ?? '');
    put('me-level', String(me?.level ?? 1));
    put('me-hp', me ? `${me.hp} / ${me.maxHp}` : '');
    const part = me && me.maxHp ? Math.max(0, Math.min(1, (me.hp ?? 0) / me.maxHp)) : 0;
    element('me-bar').style.transform = `scaleX(${part})`;
    put('ping', facts.ping < 0 ? '–' : `${Math.round(facts.ping)}`);
    element('ping').dataset.level = facts.ping < 80 ? 'good' : facts.ping < 180 ? 'fair' : 'poor';
    put('patches', String(facts.patches));
    put('players', String(facts.players));
    put('monsters', String(facts.monsters));
    put('frames', String(facts.frames));
    put('coordinates', `${Math.round(facts.x)}, ${Math.round(facts.y)}`);
  }

  connection(state: Connection, detail: string): void {
    put('connection', kConnectionText[state]);
    this.root.dataset.connection = state;
    const banner = element('banner');
    banner.hidden = state === 'online';
    put('banner-text', detail || `${kConnectionText[state]}…`);
    element('banner-again').hidden = state !== 'offline';
  }

  onAgain(again: () => void): void {
    element('banner-again').addEventListener('click', again);
  }
}

export function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/** Writes only what changed: the browser then has nothing to lay out again. */
export function put(id: string, text: string): void {
  const target = element(id);
  if (target.textContent !== text) target.textContent = text;
}

function title(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replace(/[-_]/g, ' ');
}
