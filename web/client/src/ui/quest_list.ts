// The quests that we have, and how far they are.

import type { Catalogue } from '../play/catalogue.ts';
import { QuestState } from '../net/state.ts';
import type { QuestProgress, WorldState } from '../net/state.ts';
import { element } from './hud.ts';

export class QuestList {
  private readonly root = element('quests');
  private readonly catalogue: Catalogue;
  private shown = '';

  constructor(catalogue: Catalogue) {
    this.catalogue = catalogue;
  }

  update(state: WorldState): void {
    const lines: [string, string[], boolean][] = [];
    state.me.quests?.forEach((row, id) => {
      if (row.state !== QuestState.Active && row.state !== QuestState.Ready) return;
      lines.push([this.catalogue.questName(id), this.objectives(id, row), row.state === QuestState.Ready]);
    });
    const now = JSON.stringify(lines);
    if (now === this.shown) return;
    this.shown = now;
    this.root.hidden = lines.length === 0;
    this.root.replaceChildren(
      ...lines.map(([name, objectives, ready]) => {
        const item = document.createElement('li');
        const title = document.createElement('strong');
        title.textContent = ready ? `${name} ✓` : name;
        item.append(title, ...objectives.map((text) => Object.assign(document.createElement('span'), { textContent: text })));
        return item;
      }),
    );
  }

  private objectives(id: string, row: QuestProgress): string[] {
    const counts = [row.c0, row.c1, row.c2, row.c3];
    const facts = this.catalogue.facts.quests[id];
    if (!facts) return [];
    if (row.state === QuestState.Ready) {
      return [`Return to ${this.catalogue.facts.npcs[facts.receiver]?.name ?? facts.receiver}`];
    }
    return facts.objectives.map((text, i) => {
      const whole = facts.counts[String(i)] ?? 1;
      return `${text} ${Math.min(counts[i], whole)}/${whole}`;
    });
  }
}
