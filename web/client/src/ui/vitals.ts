// Mana, experience, coins, what works on us, and whether we are dead.

import type { Catalogue } from '../play/catalogue.ts';
import { readable } from '../play/catalogue.ts';
import type { Entity, WorldState } from '../net/state.ts';
import type { Body } from '../world/scene.ts';
import { element, put } from './hud.ts';

export class Vitals {
  private readonly catalogue: Catalogue;

  constructor(catalogue: Catalogue) {
    this.catalogue = catalogue;
  }

  update(state: WorldState, self: Entity | undefined, target: Body | null, tickMs: number): void {
    const { me } = state;
    bar('me-mana', me.mana, me.maxMana);
    put('me-mana-text', `${me.mana} / ${me.maxMana}`);
    const span = me.experienceNext - me.experienceLevel;
    bar('me-xp', span > 0 ? me.experience - me.experienceLevel : 1, span > 0 ? span : 1);
    put('me-coins', `${me.coins}`);
    this.buffs(state, tickMs);
    this.showTarget(target);
    const dead = (self?.hp ?? 1) <= 0;
    element('dead').hidden = !dead;
    if (dead) put('dead-text', `You rise again in ${Math.max(0, Math.ceil(((me.respawnAt - state.tick) * tickMs) / 1000))} s`);
  }

  private buffs(state: WorldState, tickMs: number): void {
    const parts: string[] = [];
    state.me.buffs?.forEach((buff) => {
      if (buff.stacks === 0 || buff.until <= state.tick) return;
      const seconds = Math.ceil(((buff.until - state.tick) * tickMs) / 1000);
      parts.push(`${readable(buff.status)}${buff.stacks > 1 ? ` ×${buff.stacks}` : ''} ${seconds}s`);
    });
    put('buffs', parts.join(' · '));
  }

  private showTarget(target: Body | null): void {
    const box = element('target');
    box.hidden = target === null;
    if (!target) return;
    const { entity } = target;
    const name = target.kind === 'monster' ? this.catalogue.monsterName(entity.kind ?? '') : entity.name ?? '';
    put('target-name', `${name} · ${entity.level ?? 1}`);
    bar('target-bar', entity.hp ?? 0, entity.maxHp ?? 1);
    put('target-hp', `${entity.hp ?? 0} / ${entity.maxHp ?? 0}`);
  }
}

function bar(id: string, value: number, most: number): void {
  element(id).style.transform = `scaleX(${most > 0 ? Math.min(1, Math.max(0, value / most)) : 0})`;
}
