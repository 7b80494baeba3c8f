// Names, icons and prices of skills, items, people and quests, as the server's content has them now.

export interface SkillFacts {
  name: string;
  description: string;
  icon: string;
  mana: number;
  cooldown_ms: number;
  target: 'enemy' | 'ally' | 'self' | 'any';
  level: number;
}
export interface ItemFacts {
  name: string;
  description: string;
  icon: string;
  type: 'material' | 'consumable' | 'equipment' | 'book' | 'quest';
  rarity: string;
  level: number;
  slot?: string;
  sell_price: number;
}
export interface NpcFacts {
  name: string;
  lines: string[];
  /** Price in coins, by item. */
  shop: Record<string, number>;
}
export interface QuestFacts {
  name: string;
  description: string;
  giver: string;
  receiver: string;
  objectives: string[];
  /** How often, by the number of the objective. */
  counts: Record<string, number>;
  /** The quest that must be completed first, or empty. */
  after: string;
  level: number;
  repeatable: boolean;
}
export interface CatalogueFacts {
  skills: Record<string, SkillFacts>;
  items: Record<string, ItemFacts>;
  monsters: Record<string, { name: string; boss: boolean }>;
  npcs: Record<string, NpcFacts>;
  quests: Record<string, QuestFacts>;
  achievements: Record<string, { name: string; description: string }>;
}

const kEmpty: CatalogueFacts = { skills: {}, items: {}, monsters: {}, npcs: {}, quests: {}, achievements: {} };

export class Catalogue {
  facts: CatalogueFacts = kEmpty;

  /** Fetches it anew; what we had stays when that fails, since a game without names can still be played. */
  async load(): Promise<void> {
    const response = await fetch('/catalogue.json');
    if (response.ok) this.facts = (await response.json()) as CatalogueFacts;
  }

  skillName(id: string): string {
    return this.facts.skills[id]?.name ?? readable(id);
  }
  itemName(id: string): string {
    return this.facts.items[id]?.name ?? readable(id);
  }
  monsterName(id: string): string {
    return this.facts.monsters[id]?.name ?? readable(id);
  }
  questName(id: string): string {
    return this.facts.quests[id]?.name ?? readable(id);
  }
}

/** `iron_sword` → `Iron sword`. */
export function readable(id: string): string {
  return id.charAt(0).toUpperCase() + id.slice(1).replace(/[-_]/g, ' ');
}
