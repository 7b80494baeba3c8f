// Players who fight, loot and trade, remember what they were shown, and come back after each crash.
//
// What a player owns is weighed: coins, gel at what the healer gives for it, potions at what they cost. Buying and selling
// move weight about, only loot and pay add to it. So the weight that was last shown is the least that must come back,
// and experience likewise.

import assert from 'node:assert/strict';
import { pause } from '../../support/throngd.mjs';
import { kPlaces } from '../../sdk/lib/game_config.mjs';
import { carried, goTo, kill, slotOf, takeAll } from '../../sdk/lib/game_play.mjs';
import { stateOf, withTimeout } from '../../sdk/lib/play.mjs';
import { kSdks } from '../../sdk/lib/sdks.mjs';

const kJoinMs = 20_000;
const kGelPrice = 2;
const kPotionPrice = 10;
const kPotion = 'minor_health_potion';

/** mulberry32: a run can be had again with its seed, as far as processes allow. */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const weigh = ({ coins, gel, potions }) => coins + gel * kGelPrice + potions * kPotionPrice;

/** Somebody with an account, who comes back after each crash. */
export class Looter {
  shown = null;  // what the state said last
  #name;
  #random;
  #token = null;
  #room = null;
  #gone = null;

  constructor(name, random) {
    this.#name = name;
    this.#random = random;
  }

  async join(url) {
    const client = new (kSdks.at(-1).Client)(url);
    if (this.#token === null) {
      const { token } = await client.auth.signInAnonymously();
      this.#token = token;
    }
    client.auth.token = this.#token;
    const room = await withTimeout(`${this.#name} to join`, client.joinOrCreate('world', { name: this.#name }), kJoinMs);
    if (room.reconnection) room.reconnection.enabled = false;
    room.onMessage('*', () => {});
    this.#gone = new Promise((resolve) => room.onLeave(resolve));
    await stateOf(room);
    this.#room = room;
    return this.look();
  }

  look() {
    const { me } = this.#room.state;
    return { experience: me.experience, coins: me.coins, gel: carried(this.#room, 'slime_gel'), potions: carried(this.#room, kPotion) };
  }

  /** Until the connection is gone. */
  async play() {
    const room = this.#room;
    this.shown = this.look();
    room.onStateChange(() => (this.shown = this.look()));
    while (room.connection.isOpen) {
      const step = this.#step(room).catch(() => pause(20));  // refused, or out of time: something else then
      await Promise.race([step, this.#gone]);
    }
  }

  async #step(room) {
    if (this.#random() < 0.7) {
      await kill(room, 'slime');
      return takeAll(room);
    }
    await goTo(room, () => kPlaces.start, 20);
    if (carried(room, 'slime_gel') > 0)
      await room.request('shop', { npcId: 'healer', action: 'sell', slot: slotOf(room, 'slime_gel'), count: 1 });
    if (room.state.me.coins >= kPotionPrice && carried(room, kPotion) < 5)
      await room.request('shop', { npcId: 'healer', action: 'buy', itemId: kPotion, count: 1 });
  }
}

/** Everybody comes, and has at least what they were shown. @return the weight of all */
export async function comeBack(looters, url, story) {
  const found = await Promise.all(looters.map((looter) => looter.join(url)));
  found.forEach((now, i) => {
    const { shown } = looters[i];
    if (shown === null) return;
    const whole = `${story}, player ${i}: shown ${JSON.stringify(shown)}, found ${JSON.stringify(now)}`;
    assert.ok(weigh(now) >= weigh(shown), `something was lost; ${whole}`);
    assert.ok(now.experience >= shown.experience, `experience was lost; ${whole}`);
  });
  return found.reduce((sum, now) => sum + weigh(now), 0);
}
