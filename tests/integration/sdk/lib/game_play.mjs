// What players of the game do: go somewhere, fight, take what lies there.

import { until } from '../../support/throngd.mjs';
import { at, distance, move } from './play.mjs';

/** Reach of a blow, 40 units, less what the target may still move. */
const kBlowUnits = 30;
const kPickupUnits = 40;

const kTypes = 'chat combat progress loot talk party trade mail friends leaderboard error travel'.split(' ');

/**
 * Keeps what the server says to a room from now on.
 * @return {(type, check?) => Promise} the first message of a type that fits and was not taken before
 */
export function listen(room) {
  const kept = [];
  for (const type of kTypes) {
    room.onMessage(type, (message) => {
      const messages = type === 'combat' ? message : [message];
      kept.push(...messages.map((one) => ({ type, message: one })));
    });
  }
  return async (type, check = () => true) => {
    const place = () => kept.findIndex((one) => one.type === type && check(one.message));
    await until(`message ${type}`, () => place() >= 0).catch((error) => {
      throw new Error(`${error.message}; heard ${JSON.stringify(kept)}`);
    });
    return kept.splice(place(), 1)[0].message;
  };
}

/** Walks straight towards whatever `find` gives until it is near enough or `done`, then stops. */
export async function goTo(room, find, units, done = () => false) {
  let told = -1;
  await until(
    'the way there',
    () => {
      const target = find();
      if (done() || (target && distance(at(room), target) <= units)) return true;
      if (!target || room.state.tick < told + 2) return false;
      told = room.state.tick;
      const here = at(room);
      const whole = distance(here, target);
      move(room, (target.x - here.x) / whole, (target.y - here.y) / whole);
      return false;
    },
    12_000,
  );
  if (room.connection.isOpen) move(room, 0, 0);
}

/** The nearest living monster of a kind, as [id, monster]. */
export function nearestMonster(room, kind) {
  return nearest(room, room.state.monsters, (monster) => monster.kind === kind && monster.hp > 0);
}

function nearest(room, entities, fits) {
  let best = null;
  entities.forEach((entity, id) => {
    if (!fits(entity)) return;
    if (!best || distance(at(room), entity) < distance(at(room), best[1])) best = [id, entity];
  });
  return best;
}

/** Within reach of a living monster. @return its id */
export async function findMonster(room, kind, units = kBlowUnits) {
  let found = null;
  await goTo(
    room,
    () => {
      found = nearestMonster(room, kind);
      return found?.[1];
    },
    units,
  );
  return Number(found[0]);
}

/** Between two wishes to strike: one that is on its way home cannot be struck at, and walks. */
const kStrikeAgainTicks = 10;

/** Strikes at the nearest of a kind until it is dead. @return its id */
export async function kill(room, kind) {
  const id = await findMonster(room, kind);
  const monster = () => room.state.monsters.get(String(id));
  const dead = () => !(monster()?.hp > 0);
  let told = -kStrikeAgainTicks;
  await until(`the death of ${kind} ${id}`, async () => {
    if (dead()) return true;
    if (room.state.tick < told + kStrikeAgainTicks) return false;
    await goTo(room, monster, kBlowUnits, dead);
    told = room.state.tick;
    room.send('attack', { targetId: id });
    return false;
  });
  return id;
}

/** Takes the nearest drop of a kind that is one's own. @return [id, where it lay and what it was] */
export async function take(room, kind) {
  const me = room.state.me.entityId;
  const find = () => nearest(room, room.state.drops, (drop) => drop.kind === kind && [0, me].includes(drop.owner));
  const [id, { x, y }] = await until(`${kind} on the ground`, find);
  await goTo(room, () => room.state.drops.get(id), kPickupUnits);
  room.send('pickup', { dropId: id });
  await until(`${kind} taken`, () => !room.state.drops.has(id));
  return [id, { kind, x, y }];
}

/** Takes what a slime of the quick game leaves: two of gel, forty coins. @return both, as `take` does */
export async function takeAll(room) {
  const { coins } = room.state.me;
  const gel = carried(room, 'slime_gel');
  const taken = [await take(room, 'slime_gel'), await take(room, 'coins')];
  await until('the loot', () => carried(room, 'slime_gel') === gel + 2 && room.state.me.coins === coins + 40);
  return taken;
}

/** How many of an item are in the bag. */
export function carried(room, item) {
  let count = 0;
  room.state.me.bag.forEach((slot) => (count += slot.item === item ? slot.count : 0));
  return count;
}

/** Number of the first slot of the bag with an item. */
export function slotOf(room, item) {
  let found;
  room.state.me.bag.forEach((slot, number) => {
    if (found === undefined && slot.item === item && slot.count > 0) found = Number(number);
  });
  return found;
}
