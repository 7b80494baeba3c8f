// Whom a click means, and what the log says of what happened.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyAt, nearest } from '../src/play/aim.ts';
import { Catalogue, readable } from '../src/play/catalogue.ts';
import { lootText, progressText } from '../src/play/news.ts';
import { Scene } from '../src/world/scene.ts';

const map = (entries: object) => new Map(Object.entries(entries));

function scene(entities: Record<string, Record<string, object>>): Scene {
  const made = new Scene();
  const all = { players: {}, monsters: {}, npcs: {}, drops: {}, ...entities };
  made.update(
    { serverTime: 1, players: map(all.players), monsters: map(all.monsters), npcs: map(all.npcs), drops: map(all.drops) } as never,
    1,
  );
  return made;
}

test('a click means the nearest body under it, and not ourselves or the dead', () => {
  const here = scene({
    players: { me: { x: 100, y: 100, hp: 10, state: 0 } },
    monsters: {
      7: { x: 130, y: 100, hp: 5, state: 0 },
      8: { x: 131, y: 100, hp: 0, state: 2 },
    },
  });
  assert.equal(bodyAt(here, { x: 130, y: 95 }, 'me')?.key, '7');
  assert.equal(bodyAt(here, { x: 100, y: 95 }, 'me'), null);
  assert.equal(bodyAt(here, { x: 300, y: 300 }, 'me'), null);
});

test('the next target is the nearest other one in reach', () => {
  const here = scene({ monsters: { 1: { x: 10, y: 0, hp: 5, state: 0 }, 2: { x: 20, y: 0, hp: 5, state: 0 } } });
  const first = nearest(here, 'monster', { x: 0, y: 0 }, 100);
  assert.equal(first?.key, '1');
  assert.equal(nearest(here, 'monster', { x: 0, y: 0 }, 100, first)?.key, '2');
  assert.equal(nearest(here, 'monster', { x: 0, y: 0 }, 5), null);
});

test('changes of health are told with the body', () => {
  const slime = { x: 1, y: 1, hp: 20, state: 0 };
  const here = scene({ monsters: { 1: slime } });
  const told: number[] = [];
  here.onHealth = (_body, change) => told.push(change);
  const again = { serverTime: 2, players: map({}), monsters: map({ 1: slime }), npcs: map({}), drops: map({}) };
  slime.hp = 13;
  here.update(again as never, 2);
  here.update(again as never, 3);
  assert.deepEqual(told, [-7]);
});

test('the log speaks in names, and in ids where the catalogue has none', () => {
  const catalogue = new Catalogue();
  catalogue.facts.items.potion = { name: 'Red potion' } as never;
  assert.equal(lootText({ item: 'potion', count: 2, source: 'loot' }, catalogue), '+2 Red potion');
  assert.equal(lootText({ item: 'coins', count: -5, source: 'shop' }, catalogue), '−5 coins');
  assert.equal(progressText({ type: 'level', amount: 3, id: '', word: '' }, catalogue), 'You have reached level 3!');
  assert.equal(progressText({ type: 'quest', amount: 0, id: 'wolf_hunt', word: 'completed' }, catalogue), 'Quest completed: Wolf hunt');
  assert.equal(readable('iron_sword'), 'Iron sword');
});
