// A talk with somebody of the story: what they say, sell and ask for.

import type { Catalogue, QuestFacts } from '../play/catalogue.ts';
import { QuestState } from '../net/state.ts';
import type { WorldState } from '../net/state.ts';
import { element } from './hud.ts';

export interface PersonEvents {
  quest(questId: string, action: 'accept' | 'complete'): void;
  buy(npcId: string, itemId: string): void;
  opened(hasShop: boolean): void;
  closed(): void;
}

export class PersonBox {
  /** With whom we talk; empty: nobody. */
  npc = '';
  private readonly root = element('person');
  private readonly catalogue: Catalogue;
  private readonly events: PersonEvents;
  private shown = '';
  private said = '';

  constructor(catalogue: Catalogue, events: PersonEvents) {
    this.catalogue = catalogue;
    this.events = events;
  }

  open(npc: string): void {
    this.npc = npc;
    this.said = this.catalogue.facts.npcs[npc]?.lines[0] ?? '';
    this.shown = '';
    this.root.hidden = false;
    this.events.opened(Object.keys(this.catalogue.facts.npcs[npc]?.shop ?? {}).length > 0);
  }

  /** What the server let them say. */
  say(npc: string, line: string): void {
    if (npc === this.npc) this.said = line;
  }

  close(): void {
    if (this.root.hidden) return;
    this.npc = '';
    this.root.hidden = true;
    this.events.closed();
  }

  update(state: WorldState): void {
    const facts = this.catalogue.facts.npcs[this.npc];
    if (this.root.hidden || !facts) return;
    const quests = this.questsHere(state);
    const now = JSON.stringify([this.npc, this.said, quests.map(([id, , action]) => [id, action]), state.me.coins]);
    if (now === this.shown) return;
    this.shown = now;
    const name = Object.assign(document.createElement('strong'), { textContent: facts.name });
    const line = Object.assign(document.createElement('p'), { textContent: this.said });
    const list = document.createElement('div');
    list.className = 'offers';
    for (const [id, quest, action] of quests) {
      list.append(this.offer(action === 'accept' ? `Quest: ${quest.name}` : `Hand in: ${quest.name}`, quest.description, () => this.events.quest(id, action)));
    }
    for (const [item, price] of Object.entries(facts.shop)) {
      const about = this.catalogue.facts.items[item]?.description ?? '';
      list.append(this.offer(`${this.catalogue.itemName(item)} · ${price} coins`, about, () => this.events.buy(this.npc, item), price > state.me.coins));
    }
    const close = this.offer('Farewell', '', () => this.close());
    close.dataset.close = 'true';
    list.append(close);
    this.root.replaceChildren(name, line, list);
  }

  /** Quests to accept from, or hand in to, this person now. */
  private questsHere(state: WorldState): [string, QuestFacts, 'accept' | 'complete'][] {
    const level = state.players.get(this.sessionId)?.level ?? 1;
    const result: [string, QuestFacts, 'accept' | 'complete'][] = [];
    for (const [id, quest] of Object.entries(this.catalogue.facts.quests)) {
      const row = state.me.quests?.get(id);
      const mine = row?.state ?? QuestState.None;
      if (mine === QuestState.Ready && quest.receiver === this.npc) result.push([id, quest, 'complete']);
      const open = mine === QuestState.None || (mine === QuestState.Completed && quest.repeatable);
      const before = quest.after ? (state.me.quests?.get(quest.after)?.completed ?? 0) > 0 : true;
      if (open && before && quest.giver === this.npc && level >= quest.level) result.push([id, quest, 'accept']);
    }
    return result;
  }

  /** Set by the page when it has joined. */
  sessionId = '';

  private offer(text: string, hint: string, act: () => void, disabled = false): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = text;
    button.title = hint;
    button.disabled = disabled;
    button.addEventListener('click', act);
    return button;
  }
}
