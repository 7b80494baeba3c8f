// The skills that we know, on the keys 1 to 9, with their cooldowns.

import type { Catalogue } from '../play/catalogue.ts';
import type { WorldState } from '../net/state.ts';
import { element } from './hud.ts';

const kSlotsMax = 9;

export class SkillBar {
  private readonly root = element('skills');
  private ids: string[] = [];
  private readonly catalogue: Catalogue;
  private readonly use: (skillId: string) => void;

  constructor(catalogue: Catalogue, use: (skillId: string) => void) {
    this.catalogue = catalogue;
    this.use = use;
  }

  /** The skill on key `number`, from 1. */
  at(number: number): string | undefined {
    return this.ids[number - 1];
  }

  /** @param tickMs  length of a server tick in milliseconds */
  update(state: WorldState, tickMs: number): void {
    const { me } = state;
    const ids = [...(me.skills?.keys() ?? [])].slice(0, kSlotsMax);
    if (ids.join() !== this.ids.join() || this.root.childElementCount !== ids.length) this.build(ids);
    ids.forEach((id, i) => {
      const button = this.root.children[i] as HTMLElement;
      const wait = Math.max(me.skills.get(id)?.readyAt ?? 0, me.readyAt) - state.tick;
      const seconds = Math.max(0, wait) * (tickMs / 1000);
      const whole = Math.max(0.5, (this.catalogue.facts.skills[id]?.cooldown_ms ?? 1000) / 1000);
      button.style.setProperty('--wait', String(Math.min(1, seconds / whole)));
      button.dataset.poor = String((this.catalogue.facts.skills[id]?.mana ?? 0) > me.mana);
      const left = button.querySelector('em')!;
      const text = seconds > 0.6 ? String(Math.ceil(seconds)) : '';
      if (left.textContent !== text) left.textContent = text;
    });
  }

  private build(ids: string[]): void {
    this.ids = ids;
    this.root.replaceChildren(
      ...ids.map((id, i) => {
        const facts = this.catalogue.facts.skills[id];
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'skill';
        button.dataset.skill = id;
        button.style.setProperty('--hue', String(hueOf(id)));
        button.title = facts ? `${facts.name}: ${facts.description} (${facts.mana} mana)` : id;
        const name = document.createElement('span');
        name.textContent = this.catalogue.skillName(id);
        const key = document.createElement('kbd');
        key.textContent = String(i + 1);
        button.append(name, key, document.createElement('em'));
        button.addEventListener('click', () => {
          this.use(id);
          button.blur();
        });
        return button;
      }),
    );
  }
}

/** A colour of its own for each skill, from its id. */
export function hueOf(id: string): number {
  let hash = 7;
  for (const letter of id) hash = (hash * 31 + letter.charCodeAt(0)) % 360;
  return hash;
}
