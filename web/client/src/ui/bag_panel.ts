// The bag and what we wear. A click uses, wears or (at a shop) sells.

import type { Catalogue } from '../play/catalogue.ts';
import type { WorldState } from '../net/state.ts';
import { element } from './hud.ts';
import { hueOf } from './skill_bar.ts';

export interface BagEvents {
  use(itemId: string): void;
  equip(itemId: string): void;
  unequip(slot: string): void;
  /** Only while a shop is open. */
  sell(slot: number): void;
}

export class BagPanel {
  /** Set while a shop is open: then a click sells. */
  selling = false;
  private readonly root = element('bag');
  private readonly catalogue: Catalogue;
  private readonly events: BagEvents;
  private shown = '';

  constructor(catalogue: Catalogue, events: BagEvents) {
    this.catalogue = catalogue;
    this.events = events;
  }

  toggle(): void {
    this.root.hidden = !this.root.hidden;
  }
  open(): void {
    this.root.hidden = false;
  }
  close(): void {
    this.root.hidden = true;
  }

  update(state: WorldState): void {
    if (this.root.hidden) return;
    const { me } = state;
    const worn = [...(me.equipment?.entries() ?? [])].filter(([, row]) => row.count > 0);
    const bag = Array.from({ length: me.bagSize }, (_, slot) => me.bag?.get(String(slot)));
    const now = JSON.stringify([worn.map(([key, row]) => [key, row.item, row.durability]), bag.map((row) => row && [row.item, row.count]), this.selling]);
    if (now === this.shown) return;
    this.shown = now;
    const title = document.createElement('strong');
    title.textContent = this.selling ? 'Bag: click to sell' : 'Bag';
    const body = document.createElement('div');
    body.className = 'slots worn';
    body.append(...worn.map(([key, row]) => this.slot(row.item, row.count, `${key}: click to take off`, () => this.events.unequip(key))));
    const grid = document.createElement('div');
    grid.className = 'slots';
    grid.append(
      ...bag.map((row, slot) => {
        if (!row || row.count === 0) return document.createElement('i');
        return this.slot(row.item, row.count, this.hint(row.item), () => this.click(row.item, slot));
      }),
    );
    this.root.replaceChildren(title, body, grid);
  }

  private click(item: string, slot: number): void {
    if (this.selling) return this.events.sell(slot);
    if (this.catalogue.facts.items[item]?.type === 'equipment') this.events.equip(item);
    else this.events.use(item);
  }

  private hint(item: string): string {
    const facts = this.catalogue.facts.items[item];
    if (!facts) return item;
    return this.selling ? `${facts.description} Sells for ${facts.sell_price}.` : facts.description;
  }

  private slot(item: string, count: number, hint: string, act: () => void): HTMLElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'slot';
    button.dataset.item = item;
    button.dataset.rarity = this.catalogue.facts.items[item]?.rarity ?? 'common';
    button.style.setProperty('--hue', String(hueOf(item)));
    button.title = `${this.catalogue.itemName(item)}. ${hint}`;
    button.textContent = this.catalogue.itemName(item);
    if (count > 1) {
      const number = document.createElement('b');
      number.textContent = String(count);
      button.append(number);
    }
    button.addEventListener('click', act);
    return button;
  }
}
