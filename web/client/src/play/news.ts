// What happened to us, in one line for the log; an empty one is not worth a line.

import type { LootNews, ProgressNews } from '../net/session.ts';
import type { Catalogue } from './catalogue.ts';

export function progressText(news: ProgressNews, catalogue: Catalogue): string {
  switch (news.type) {
    case 'level':
      return `You have reached level ${news.amount}!`;
    case 'skill':
      return `You have learned ${catalogue.skillName(news.id)}.`;
    case 'experience':
      return news.amount < 0 ? `You lost ${-news.amount} experience.` : `+${news.amount} experience`;
    case 'quest':
      return questText(news, catalogue);
    case 'achievement':
      return `Achievement: ${catalogue.facts.achievements[news.id]?.name ?? news.id}`;
    default:
      return '';
  }
}

function questText(news: ProgressNews, catalogue: Catalogue): string {
  const name = catalogue.questName(news.id);
  if (news.word === 'ready') return `${name}: done, go back and tell`;
  return news.word === 'completed' ? `Quest completed: ${name}` : '';
}

export function lootText(news: LootNews, catalogue: Catalogue): string {
  if (news.source === 'destroy' || news.source === 'use') return '';
  const sign = news.count < 0 ? '−' : '+';
  const what = news.item === 'coins' ? 'coins' : catalogue.itemName(news.item);
  return `${sign}${Math.abs(news.count)} ${what}`;
}
