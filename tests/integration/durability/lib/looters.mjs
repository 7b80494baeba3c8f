// Players who fight, loot, shop, trade and write to each other, remember what they were shown, and come back after each crash.
//
// What a player owns is weighed: coins, gel at what the healer gives for it, potions at what they cost. Buying and selling
// move weight about, only loot and pay add to it. So the weight that was last shown is the least that must come back,
// and experience likewise. In pairs they give each other something, by hand or by mail. While a gift is under way it counts
// for neither of the two; once its giver was told that the mail is sent, it must be in the mailbox or with whoever claimed it.
//
// Nothing may be made by a crash either. A drop that somebody was shown to have taken must not lie there again, in the world
// that carries on from a checkpoint: it would be looted twice. And all of them together have no more than they were shown to
// have, and what each can have had in hand at that instant: nothing but loot adds to it, for achievements pay nothing here.

import assert from 'node:assert/strict';
import { pause, until } from '../../support/throngd.mjs';
import { kPlaces } from '../../sdk/lib/game_config.mjs';
import { carried, goTo, kill, slotOf, takeAll } from '../../sdk/lib/game_play.mjs';
import { nextMessage, stateOf, withTimeout } from '../../sdk/lib/play.mjs';
import { kSdks } from '../../sdk/lib/sdks.mjs';

const kJoinMs = 20_000;
const kGelPrice = 2;
const kPotionPrice = 10;
const kPotion = 'minor_health_potion';

const kTicksUntilShown = 10;
/** The loot of a slime, two mails, a trade, and a potion that was just bought. */
const kInHandMost = 40 + 2 * kGelPrice + 2 * (9 + kGelPrice) + 5 + kPotionPrice;

/** The same for one drop before and after a restart: its number and place are in the checkpoint. */
const dropWords = (id, { kind, x, y }) => `${kind} ${id} at ${x}, ${y}`;

/** How many gifts have arrived or gone out: a run without any has shown nothing. */
export const gifts = { mailed: 0, claimed: 0, traded: 0 };

const weighMail = ({ coins, items }) => coins + items.reduce((sum, { count }) => sum + count, 0) * kGelPrice;

export const weigh = ({ coins, gel, potions }) => coins + gel * kGelPrice + potions * kPotionPrice;

/** Somebody with an account, who comes back after each crash. */
export class Looter {
  shown = null;  // what the state said last
  giving = 0;    // weight that may be gone
  owed = 0;      // weight of mails that were sent to it and that it has not begun to claim
  partner = null;
  seen = new Set();  // drops, since it came
  taken = [];    // drops, as shown to be gone and in the bag since it came
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
    room.onMessage('trade', (notice) => answerTrade(room, notice));
    this.#gone = new Promise((resolve) => room.onLeave(resolve));
    await stateOf(room);
    this.#room = room;
    const mailed = (await this.#mails(room)).reduce((sum, mail) => sum + weighMail(mail), 0);
    return { ...this.look(), mailed, lying: this.#lying(room) };
  }

  #lying(room) {
    return [...room.state.drops].map(([id, drop]) => dropWords(id, drop));
  }

  get name() {
    return this.#name;
  }

  async #mails(room) {
    let forget;
    const listed = new Promise((resolve) => {
      forget = room.onMessage('mail', (notice) => notice.news === 'list' && resolve(notice.mails));
    });
    await withTimeout('the mailbox', room.request('mail', { action: 'list' }));
    return withTimeout('the list', listed).finally(forget);
  }

  look() {
    const { me } = this.#room.state;
    return { experience: me.experience, coins: me.coins, gel: carried(this.#room, 'slime_gel'), potions: carried(this.#room, kPotion) };
  }

  /** Until the connection is gone. */
  async play() {
    const room = this.#room;
    this.shown = this.look();
    this.giving = 0;
    this.taken = [];
    this.seen = new Set(this.#lying(room));
    room.onStateChange(() => {
      this.shown = this.look();
      this.#lying(room).forEach((drop) => this.seen.add(drop));
    });
    while (room.connection.isOpen) {
      const step = this.#step(room).catch(() => pause(20));  // refused, or out of time: something else then
      await Promise.race([step, this.#gone]);
    }
  }

  /** Something goes away, maybe; when it is certain the state has shown it. */
  async #give(room, weight, act) {
    this.giving = weight;
    try {
      return await act();
    } finally {
      const { tick } = room.state;
      await until('the state after a gift', () => !room.connection.isOpen || room.state.tick > tick + kTicksUntilShown);
      if (room.connection.isOpen) this.giving = 0;
    }
  }

  async #write(room) {
    const coins = Math.min(room.state.me.coins, 1 + Math.floor(this.#random() * 9));
    const slot = slotOf(room, 'slime_gel');
    const items = slot === undefined ? {} : { [slot]: 1 };
    const weight = coins + (slot === undefined ? 0 : kGelPrice);
    if (weight === 0) return;
    const letter = { action: 'send', to: this.partner.name, subject: 'A gift', items, coins };
    await this.#give(room, weight, async () => {
      await withTimeout('a mail', room.request('mail', letter));
      this.partner.owed += weight;
      gifts.mailed++;
    });
  }

  async #claim(room) {
    for (const mail of await this.#mails(room)) {
      const { mailId } = mail;
      const weight = weighMail(mail);
      if (weight > 0) {
        this.owed -= weight;
        await withTimeout('a claim', room.request('mail', { action: 'claim', mailId }));
        gifts.claimed++;
      }
      await withTimeout('the end of a mail', room.request('mail', { action: 'delete', mailId }));
    }
  }

  /** Coins to the other one, wherever they are. */
  async #trade(room) {
    const coins = Math.min(room.state.me.coins, 5);
    const other = [...room.state.players].find(([, player]) => player.name === this.partner.name);
    if (coins === 0 || !other) return;
    await goTo(room, () => room.state.players.get(other[0]), 20);
    await this.#give(room, coins, async () => {
      let forget;
      const over = new Promise((resolve) => {
        forget = room.onMessage('trade', ({ news }) => ['done', 'cancelled'].includes(news) && resolve(news));
      });
      const begun = nextMessage(room, 'trade', ({ news }) => news === 'begun');
      begun.catch(() => {}); // of a question that was refused nobody waits for the beginning
      await room.request('trade', { action: 'ask', targetId: other[0] });
      await begun;
      await room.request('trade', { action: 'coins', coins });
      await room.request('trade', { action: 'lock' });
      if ((await withTimeout('the trade', over).finally(forget)) === 'done') gifts.traded++;
    });
  }

  async #step(room) {
    const choice = this.#random();
    if (choice < 0.2) return this.#claim(room);
    if (choice < 0.35) return this.#write(room);
    if (choice < 0.5) return this.#trade(room);
    if (choice < 0.85) {
      await kill(room, 'slime');
      for (const [id, drop] of await takeAll(room)) this.taken.push(dropWords(id, drop));
      return;
    }
    await goTo(room, () => kPlaces.start, 20);
    if (carried(room, 'slime_gel') > 0)
      await room.request('shop', { npcId: 'healer', action: 'sell', slot: slotOf(room, 'slime_gel'), count: 1 });
    if (room.state.me.coins >= kPotionPrice && carried(room, kPotion) < 5)
      await room.request('shop', { npcId: 'healer', action: 'buy', itemId: kPotion, count: 1 });
  }
}

/** Agrees with whatever the other one has locked. */
function answerTrade(room, { news, sessionId, own, other }) {
  if (news === 'asked') room.send('trade', { action: 'ask', targetId: sessionId });
  if (news !== 'changed' || other.stage === 'open') return;
  if (own.stage === 'open') room.send('trade', { action: 'lock' });
  if (own.stage === 'locked') room.send('trade', { action: 'confirm' });
}

/** Everybody comes, and has at least what they were shown. @return the weight of all */
export async function comeBack(looters, url, story) {
  const found = await Promise.all(looters.map((looter) => looter.join(url)));
  found.forEach((now, i) => {
    const { shown } = looters[i];
    looters[i].partner = looters[i ^ 1];
    if (shown === null) return;
    const whole = `${story}, player ${i}: shown ${JSON.stringify(shown)}, found ${JSON.stringify(now)}`;
    const least = weigh(shown) + looters[i].owed - looters[i].giving;
    assert.ok(weigh(now) + now.mailed >= least, `something was lost, of ${least}; ${whole}`);
    assert.ok(now.experience >= shown.experience, `experience was lost; ${whole}`);
  });
  const whole = found.reduce((sum, now) => sum + weigh(now) + now.mailed, 0);
  checkNothingIsMade(looters, found, whole, story);
  looters.forEach((looter, i) => (looter.owed = found[i].mailed));
  return whole;
}

/**
 * What was taken after the world was saved last is taken off its ground again, by kind and not by place: one that was taken
 * may lie there again when another of its kind is gone instead.
 */
function checkNothingIsMade(looters, found, whole, story) {
  if (looters.some(({ shown }) => shown === null)) return;
  const taken = new Set(looters.flatMap((looter) => looter.taken));
  const lying = new Set(found.flatMap((now) => now.lying));
  const gone = new Set(looters.flatMap(({ seen }) => [...seen]).filter((drop) => !lying.has(drop) && !taken.has(drop)));
  for (const kind of ['slime_gel', 'coins']) {
    const again = [...lying].filter((drop) => drop.startsWith(kind) && taken.has(drop));
    const goneInstead = [...gone].filter((drop) => drop.startsWith(kind));
    assert.ok(again.length <= goneInstead.length, `${story}: taken, and there again: ${again.join('; ')}`);
  }
  const most = looters.reduce((sum, { shown, owed }) => sum + weigh(shown) + owed + kInHandMost, 0);
  assert.ok(whole <= most, `${story}: ${whole} is more than the ${most} that there can be`);
}
