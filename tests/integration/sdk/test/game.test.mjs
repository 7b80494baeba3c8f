// The shipped game, played through real SDKs: fights, loot, trade, skills, quests, parties, talk, portals, death.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { startThrongd, until } from '../../support/throngd.mjs';
import { layCable } from '../lib/cable.mjs';
import { kPlaces, quickGame } from '../lib/game_config.mjs';
import { carried, findMonster, goTo, kill, listen, slotOf, takeAll } from '../lib/game_play.mjs';
import { at, distance, joinWorld, keep, leaveAll, left, move, refusal, stateOf, withTimeout } from '../lib/play.mjs';
import { kSdks } from '../lib/sdks.mjs';

const kNewest = kSdks.at(-1);
const kMoving = 1;
const kDead = 2;

let server;
let cable = null;
before(async () => {
  server = await startThrongd({ files: await quickGame() });
});
after(() => server.stop());
afterEach(leaveAll);
afterEach(async () => {
  await cable?.close();
  cable = null;
});

const ask = (room, type, payload) => withTimeout(`the answer to ${type}`, room.request(type, payload));

/** The code of the verdict on a request that must be refused. */
const verdict = async (room, type, payload) => (await refusal(ask(room, type, payload))).reason.code;

/** Joined, with the gel and the coins of a slime, and the five coins that the achievement of a first kill pays. */
async function joinWithLoot(name, from = server, sdk = kNewest) {
  const room = await joinWorld(sdk, from, name);
  await kill(room, 'slime');
  await until('the pay for a first kill', () => room.state.me.coins === 5);
  await takeAll(room);
  return room;
}

/** Joined, at the highest level. */
async function joinMaster(name) {
  const room = await joinWorld(kNewest, server, name);
  await kill(room, 'boar');
  await until('the highest level', () => room.state.players.get(room.sessionId).level === 20);
  return room;
}

for (const sdk of kSdks) {
  describe(`SDK ${sdk.name}`, () => {
    test('a slime is killed, and what it leaves is taken', async () => {
      const room = await joinWorld(sdk, server, 'Ann');
      const heard = listen(room);
      const { entityId } = room.state.me;
      const slime = await kill(room, 'slime');
      const blow = await heard('combat', ({ type, target }) => type === 'damage' && target === slime);
      assert.equal(blow.source, entityId);
      assert.ok(blow.amount > 0);
      await heard('combat', ({ type, source, target }) => type === 'death' && source === entityId && target === slime);
      await heard('progress', ({ type, id }) => type === 'kill' && id === 'slime');
      const gain = await heard('progress', ({ type }) => type === 'experience');
      assert.equal(gain.word, 'kill');
      await until('the experience', () => room.state.me.experience === gain.amount);
      await until('the pay for a first kill', () => room.state.me.coins === 5);
      await takeAll(room);
      const notice = await heard('loot', ({ item }) => item === 'slime_gel');
      assert.deepEqual([notice.count, notice.source], [2, 'loot']);
    });

    test('what cannot be done is answered with an error, and nothing changes', async () => {
      const room = await joinWorld(sdk, server, 'Ann');
      const heard = listen(room);
      for (const [type, payload, code] of [
        ['attack', { targetId: 4_000_000_000 }, 'no_such_target'],
        ['attack', { targetId: 1, skillId: 'no_such_skill' }, 'unknown_skill'],
        ['attack', { skillId: 'arcane_ward' }, 'not_learned'],
        ['pickup', { dropId: 4_000_000_000 }, 'nothing_there'],
        ['use', { itemId: 'health_potion' }, 'no_such_item'],
        ['equip', { itemId: 'worn_sword' }, 'no_such_item'],
        ['shop', { npcId: 'elder', action: 'buy', itemId: 'bread' }, 'no_shop'],
        ['shop', { npcId: 'healer', action: 'buy', itemId: 'bread' }, 'not_enough_coins'],
        ['talk', { npcId: 'miner' }, 'no_such_npc'],
        ['quest', { questId: 'stolen_harvest', action: 'accept' }, 'quest_not_open'],
        ['quest', { questId: 'wolf_hunt', action: 'accept' }, 'level_too_low'],
        ['quest', { questId: 'slime_trouble', action: 'complete' }, 'quest_not_active'],
        ['party', { action: 'leave' }, 'no_party'],
        ['chat', { message: 'anyone?', channel: 'party' }, 'no_party'],
      ]) {
        room.send(type, payload);
        const error = await heard('error', ({ about }) => about === type);
        assert.equal(error.code, code, JSON.stringify([type, payload, error]));
        assert.ok(error.message.length > 0);
      }
      assert.equal(room.state.me.coins, 0);
    });

    test('a portal leads to the caves, and everything comes along', async () => {
      const room = await joinWithLoot('Ann', server, sdk);
      await kill(room, 'slime');
      await until('level 2', () => room.state.players.get(room.sessionId).level === 2);
      const { coins, experience } = room.state.me;
      const heard = listen(room);
      let seat = null;
      const travel = heard('travel').then((message) => (seat = message));
      await goTo(room, () => kPlaces.portal, 0, () => seat !== null || !room.state.players.has(room.sessionId));
      await travel;
      const caves = keep(await new sdk.Client(server.url).consumeSeatReservation(seat));
      await stateOf(caves);
      assert.equal(caves.state.map, 'caves');
      assert.deepEqual([caves.state.me.coins, caves.state.me.experience], [coins, experience]);
      await until('the bag', () => carried(caves, 'slime_gel') === 2);
      const self = caves.state.players.get(caves.sessionId);
      assert.deepEqual([self.name, self.level], ['Ann', 2]);
    });
  });
}

describe('exchange between players', () => {
  /** Both at the same place, the trade begun. @return rooms, and what they hear */
  async function beginTrade() {
    const rooms = [await joinWithLoot('Ann'), await joinWithLoot('Bob')];
    await Promise.all(rooms.map((room) => goTo(room, () => kPlaces.start, 30)));
    const [ann, bob] = rooms;
    const [annHears, bobHears] = rooms.map(listen);
    await ask(ann, 'trade', { action: 'ask', targetId: bob.sessionId });
    const asked = await bobHears('trade', ({ news }) => news === 'asked');
    assert.deepEqual([asked.sessionId, asked.name], [ann.sessionId, 'Ann']);
    await ask(bob, 'trade', { action: 'ask', targetId: ann.sessionId });
    await annHears('trade', ({ news }) => news === 'begun');
    return { ann, bob, annHears, bobHears };
  }

  test('gel for coins, after both have locked and confirmed what they see', async () => {
    const { ann, bob, annHears, bobHears } = await beginTrade();
    await ask(ann, 'trade', { action: 'offer', slot: slotOf(ann, 'slime_gel'), count: 2 });
    await ask(bob, 'trade', { action: 'coins', coins: 3 });
    const seen = await bobHears('trade', ({ own, other }) => own?.coins === 3 && other.items.length === 1);
    assert.equal(seen.other.items[0].itemId, 'slime_gel');
    assert.equal(seen.other.items[0].count, 2);
    for (const room of [ann, bob]) await ask(room, 'trade', { action: 'lock' });
    await ask(ann, 'trade', { action: 'confirm' });
    await ask(bob, 'trade', { action: 'coins', coins: 4 });
    assert.equal(await verdict(bob, 'trade', { action: 'confirm' }), 'not_locked');
    for (const action of ['lock', 'confirm']) {
      for (const room of [ann, bob]) await ask(room, 'trade', { action });
    }
    await annHears('trade', ({ news }) => news === 'done');
    await bobHears('trade', ({ news }) => news === 'done');
    await until('the gel', () => carried(bob, 'slime_gel') === 4 && carried(ann, 'slime_gel') === 0);
    await until('the coins', () => ann.state.me.coins === 49 && bob.state.me.coins === 41);
    assert.equal(await verdict(ann, 'trade', { action: 'lock' }), 'no_trade');
  });

  test('it ends when one of the two leaves, and nothing has moved', async () => {
    const { ann, bob, annHears } = await beginTrade();
    await ask(bob, 'trade', { action: 'coins', coins: 5 });
    await bob.leave();
    const over = await annHears('trade', ({ news }) => news === 'cancelled');
    assert.equal(over.why, 'no_such_player');
    assert.equal(ann.state.me.coins, 45);
  });
});

describe('trade', () => {
  test('gel is sold, a potion bought and drunk', async () => {
    const room = await joinWithLoot('Ann');
    await goTo(room, () => kPlaces.start, 20);
    await ask(room, 'shop', { npcId: 'healer', action: 'sell', slot: slotOf(room, 'slime_gel'), count: 2 });
    await until('the price', () => room.state.me.coins === 49 && carried(room, 'slime_gel') === 0);
    await ask(room, 'shop', { npcId: 'healer', action: 'buy', itemId: 'minor_health_potion', count: 2 });
    await until('the potions', () => carried(room, 'minor_health_potion') === 2 && room.state.me.coins === 29);
    await ask(room, 'use', { itemId: 'minor_health_potion' });
    await until('one less', () => carried(room, 'minor_health_potion') === 1);
    assert.equal(await verdict(room, 'use', { itemId: 'minor_health_potion' }), 'on_cooldown');
  });

  test('a worn sword makes the blow harder', async () => {
    const room = await joinWithLoot('Ann');
    const { attack } = room.state.me;
    await goTo(room, () => kPlaces.start, 20);
    await ask(room, 'shop', { npcId: 'smith', action: 'buy', itemId: 'worn_sword' });
    await until('the sword', () => carried(room, 'worn_sword') === 1);
    await ask(room, 'equip', { itemId: 'worn_sword' });
    await until('the sword in the hand', () => room.state.me.equipment.get('weapon')?.item === 'worn_sword');
    assert.equal(carried(room, 'worn_sword'), 0);
    await until('a harder blow', () => room.state.me.attack === attack + 3);
    await ask(room, 'unequip', { slot: 'weapon' });
    await until('the sword in the bag', () => carried(room, 'worn_sword') === 1 && room.state.me.attack === attack);
  });
});

describe('wear', () => {
  test('death wears out what one has on, and the smith mends it for coins', async () => {
    const room = await joinWithLoot('Ann');
    const self = () => room.state.players.get(room.sessionId);
    const sword = () => room.state.me.equipment.get('weapon')?.durability;
    await goTo(room, () => kPlaces.start, 20);
    await ask(room, 'shop', { npcId: 'smith', action: 'buy', itemId: 'worn_sword' });
    await until('the sword', () => carried(room, 'worn_sword') === 1);
    await ask(room, 'equip', { itemId: 'worn_sword' });
    await until('the sword in the hand', () => sword() === 60);
    assert.equal(await verdict(room, 'shop', { npcId: 'smith', action: 'repair' }), 'nothing_to_repair');
    await goTo(room, () => kPlaces.den, 8, () => self().state === kDead);
    await until('death', () => self().state === kDead);
    await until('the wear', () => sword() === 54);
    await until('life', () => self().hp > 0 && distance(at(room), kPlaces.start) < 32);
    const { coins } = room.state.me;
    await ask(room, 'shop', { npcId: 'smith', action: 'repair' });
    await until('a sword as new', () => sword() === 60 && room.state.me.coins === coins - 1);
  });
});

describe('the bag', () => {
  test('a stack is split, moved, sold, bought back and destroyed', async () => {
    const room = await joinWithLoot('Ann');
    const holds = (number, count) => (room.state.me.bag.get(String(number))?.count ?? 0) === count;
    const from = slotOf(room, 'slime_gel');
    await ask(room, 'bag', { action: 'split', from, to: 7, count: 1 });
    await until('two stacks', () => holds(from, 1) && holds(7, 1));
    await ask(room, 'bag', { action: 'move', from: 7, to: 9 });
    await until('the move', () => holds(7, 0) && holds(9, 1));
    await goTo(room, () => kPlaces.start, 20);
    await ask(room, 'shop', { npcId: 'smith', action: 'sell', slot: 9 });
    await until('the price', () => holds(9, 0) && room.state.me.coins === 47);
    await ask(room, 'shop', { npcId: 'smith', action: 'buy_back', itemId: 'slime_gel' });
    await until('the gel again', () => carried(room, 'slime_gel') === 2 && room.state.me.coins === 45);
    await ask(room, 'bag', { action: 'sort' });
    await until('one stack in front', () => holds(0, 2));
    await ask(room, 'bag', { action: 'destroy', from: 0 });
    await until('nothing', () => carried(room, 'slime_gel') === 0);
    assert.equal(await verdict(room, 'bag', { action: 'destroy', from: 0 }), 'nothing_there');
    assert.equal(await verdict(room, 'bag', { action: 'move', from: 1 }), 'field_missing');
  });
});

describe('skills', () => {
  test('a fireball costs mana, flies further than an arm reaches, and cools down', async () => {
    const room = await joinWorld(kNewest, server, 'Ann');
    const heard = listen(room);
    const slime = await findMonster(room, 'slime', 150);
    const { mana } = room.state.me;
    await ask(room, 'attack', { targetId: slime, skillId: 'fireball' });
    const hit = await heard('combat', ({ type, target }) => type === 'damage' && target === slime);
    assert.deepEqual([hit.id, hit.word, hit.source], ['fireball', 'fire', room.state.me.entityId]);
    await until('less mana', () => room.state.me.mana < mana);
    await until('the cooldown', () => room.state.me.skills.get('fireball').readyAt > room.state.tick);
    const next = await findMonster(room, 'slime', 150);
    assert.equal(await verdict(room, 'attack', { targetId: next, skillId: 'fireball' }), 'on_cooldown');
  });

  test('two slimes make a level, and a book teaches a skill', async () => {
    const room = await joinWithLoot('Ann');
    const heard = listen(room);
    const { maxHp } = room.state.players.get(room.sessionId);
    await kill(room, 'slime');
    assert.equal((await heard('progress', ({ type }) => type === 'level')).amount, 2);
    const self = await until('level 2', () => {
      const player = room.state.players.get(room.sessionId);
      return player.level === 2 && player;
    });
    await until('more health', () => self.maxHp > maxHp);
    await goTo(room, () => kPlaces.start, 20);
    await ask(room, 'shop', { npcId: 'healer', action: 'buy', itemId: 'tome_of_warding' });
    await until('the book', () => carried(room, 'tome_of_warding') === 1);
    assert.ok(!room.state.me.skills.has('arcane_ward'));
    await ask(room, 'use', { itemId: 'tome_of_warding' });
    await until('the skill', () => room.state.me.skills.has('arcane_ward') && carried(room, 'tome_of_warding') === 0);
    await heard('progress', ({ type, id }) => type === 'skill' && id === 'arcane_ward');
    await ask(room, 'attack', { skillId: 'arcane_ward' });
    await until('the ward', () => room.state.me.shield > 0);
    await until('its mark', () => [...room.state.me.buffs.values()].some(({ status }) => status === 'warded'));
  });
});

describe('masters', () => {
  test('a boar is worth every level, and each level teaches its skills', async () => {
    const room = await joinMaster('Ann');
    const known = [...room.state.me.skills.keys()];
    for (const skill of ['fireball', 'venom_strike', 'frost_bolt', 'piercing_light']) assert.ok(known.includes(skill));
    assert.ok(!known.includes('arcane_ward'), 'what needs a book is not learnt by level');
    assert.equal(room.state.me.experienceNext, 0);
  });

  test('a cast that takes time is seen, is broken by a step, and acts at its end', async () => {
    const room = await joinMaster('Ann');
    const heard = listen(room);
    const self = room.state.players.get(room.sessionId);
    const slime = await findMonster(room, 'slime', 150);
    await until('the stop', () => self.state !== kMoving);
    const frost = { targetId: slime, skillId: 'frost_bolt' };
    room.send('attack', frost);
    await until('the cast', () => room.state.me.casting === 'frost_bolt' && self.cast === 'frost_bolt');
    move(room, -1, 0);
    await heard('combat', ({ type, id, word }) => type === 'cast' && id === 'frost_bolt' && word === 'interrupted');
    move(room, 0, 0);
    await until('its end', () => room.state.me.casting === '' && self.cast === '' && self.state !== kMoving);
    await until('the cooldown', () => room.state.tick >= room.state.me.skills.get('frost_bolt').readyAt);
    await ask(room, 'attack', frost);
    const hit = await heard('combat', ({ type, target }) => type === 'damage' && target === slime);
    assert.deepEqual([hit.id, hit.word], ['frost_bolt', 'frost']);
  });

  test('a duel in the ring costs the loser no experience', async () => {
    const [ann, ben] = [await joinMaster('Ann'), await joinWithLoot('Ben')];
    for (const room of [ann, ben]) await goTo(room, () => kPlaces.ring, 12);
    const { experience } = ben.state.me;
    const heard = listen(ben);
    await ask(ann, 'attack', { targetId: ben.state.me.entityId });
    const death = await heard('combat', ({ type, target }) => type === 'death' && target === ben.state.me.entityId);
    assert.equal(death.source, ann.state.me.entityId);
    await heard('progress', ({ type }) => type === 'respawn');
    assert.equal(ben.state.me.experience, experience);
  });
});

describe('people', () => {
  test('the elder tells of a quest; it is taken, done and paid for', async () => {
    const room = await joinWorld(kNewest, server, 'Ann');
    const heard = listen(room);
    await ask(room, 'talk', { npcId: 'elder' });
    const answer = await heard('talk');
    assert.ok(answer.text.length > 0);
    assert.ok(answer.quests.some(({ questId, state }) => questId === 'slime_trouble' && state === 'open'));
    const quest = () => room.state.me.quests.get('slime_trouble');
    await ask(room, 'quest', { questId: 'slime_trouble', action: 'accept' });
    await heard('progress', ({ type, word }) => type === 'quest' && word === 'active');
    assert.equal(await verdict(room, 'quest', { questId: 'slime_trouble', action: 'complete' }), 'quest_unfinished');
    await kill(room, 'slime');
    await until('one of two', () => quest().c0 === 1);
    await kill(room, 'slime');
    await heard('progress', ({ type, word }) => type === 'quest' && word === 'ready');
    await goTo(room, () => kPlaces.start, 20);
    const { coins, experience } = room.state.me;
    await ask(room, 'quest', { questId: 'slime_trouble', action: 'complete' });
    await until('the reward', () => carried(room, 'leather_cap') === 1 && room.state.me.coins === coins + 25);
    await until('the experience', () => room.state.me.experience === experience + 80);
    await until('the end', () => quest().completed === 1);
  });

  test('who sells tells what and for how much', async () => {
    const room = await joinWorld(kNewest, server, 'Ann');
    const heard = listen(room);
    room.send('talk', { npcId: 'healer' });
    const { shop } = await heard('talk');
    assert.deepEqual(
      shop.find(({ itemId }) => itemId === 'bread'),
      { itemId: 'bread', name: 'Bread', price: 4 },
    );
  });

  test('two form a party and share what a kill teaches', async () => {
    const [ann, ben] = [await joinWorld(kNewest, server, 'Ann'), await joinWorld(kNewest, server, 'Ben')];
    const [toAnn, toBen] = [listen(ann), listen(ben)];
    await ask(ann, 'party', { action: 'invite', targetId: ben.sessionId });
    const invitation = await toBen('party', ({ news }) => news === 'invited');
    assert.deepEqual([invitation.sessionId, invitation.name], [ann.sessionId, 'Ann']);
    await ask(ben, 'party', { action: 'join', targetId: ann.sessionId });
    await toAnn('party', ({ news, sessionId }) => news === 'joined' && sessionId === ben.sessionId);
    for (const room of [ann, ben]) {
      const members = () => [...room.state.me.party.values()].filter(({ sessionId }) => sessionId);
      const names = () => members().map(({ name }) => name);
      await until('both in the party', () => names().sort().join() === 'Ann,Ben');
    }
    assert.equal(ann.state.me.partyId, ben.state.me.partyId);
    ann.send('chat', { message: 'to us', channel: 'party' });
    assert.equal((await toBen('chat')).channel, 'party');
    await kill(ann, 'slime');
    await toBen('progress', ({ type }) => type === 'kill');
    await until('a share for both', () => ann.state.me.experience > 0 && ben.state.me.experience > 0);
    await ask(ben, 'party', { action: 'leave' });
    await until('the party is over', () => ann.state.me.partyId === 0 && ben.state.me.partyId === 0);
  });

  test('a party may take its loot in turn', async () => {
    const [ann, ben] = [await joinWorld(kNewest, server, 'Ann'), await joinWorld(kNewest, server, 'Ben')];
    const toBen = listen(ben);
    await ask(ann, 'party', { action: 'invite', targetId: ben.sessionId });
    await toBen('party', ({ news }) => news === 'invited');
    await ask(ben, 'party', { action: 'join', targetId: ann.sessionId });
    assert.equal(await verdict(ben, 'party', { action: 'loot_round_robin' }), 'not_leader');
    await ask(ann, 'party', { action: 'loot_round_robin' });
    const owners = [];
    const seen = new Set();
    for (let kills = 0; kills < 4; ++kills) {
      await goTo(ben, () => kPlaces.yard, 60);
      ann.state.drops.forEach((_, id) => seen.add(id));
      await kill(ann, 'slime');
      const fresh = () => [...ann.state.drops.entries()].filter(([id, { kind }]) => !seen.has(id) && kind === 'slime_gel');
      const [[, drop]] = await until('the loot', () => fresh().length > 0 && fresh());
      owners.push(drop.owner);
    }
    const [first, second] = owners;
    assert.deepEqual([first, second].sort(), [ann.state.me.entityId, ben.state.me.entityId].sort());
    assert.deepEqual(owners, [first, second, first, second]);
  });

  test('players cannot harm each other on the square', async () => {
    const [ann, ben] = [await joinWorld(kNewest, server, 'Ann'), await joinWorld(kNewest, server, 'Ben')];
    const target = { targetId: ben.state.me.entityId };
    assert.equal(await verdict(ann, 'attack', target), 'safe_zone');
    assert.equal(await verdict(ann, 'attack', { ...target, skillId: 'fireball' }), 'safe_zone');
    await ask(ann, 'attack', { ...target, skillId: 'heal' });
  });

  test('friends and those to ignore are kept, and ignored is not heard', async () => {
    const [ann, ben] = [await joinWorld(kNewest, server, 'Ann'), await joinWorld(kNewest, server, 'Ben')];
    const [toAnn, toBen] = [listen(ann), listen(ben)];
    ann.send('friend', { action: 'add', targetId: ben.sessionId });
    assert.deepEqual(await toAnn('friends'), [{ name: 'Ben', sessionId: ben.sessionId, ignored: false }]);
    await ask(ben, 'friend', { action: 'ignore', targetId: 'Ann' });
    await toBen('friends', ([row]) => row?.name === 'Ann' && row.ignored);
    ann.send('chat', { message: 'not heard', channel: 'whisper', to: 'Ben' });
    await toAnn('chat', ({ message }) => message === 'not heard');
    await ask(ben, 'friend', { action: 'unignore', targetId: 'Ann' });
    ann.send('chat', { message: 'heard', channel: 'whisper', to: 'Ben' });
    assert.equal((await toBen('chat')).message, 'heard');
  });

  test('the leaderboard tells who is there, and the own place', async () => {
    const room = await joinWorld(kNewest, server, 'Ann');
    const heard = listen(room);
    room.send('leaderboard', { board: 'kills' });
    const { board, rows } = await heard('leaderboard');
    assert.equal(board, 'kills');
    assert.ok(rows.every(({ rank, name }, i) => rank === i + 1 && name.length > 0));
  });

  test('a whisper reaches one, what is said those near, and the zone everybody', async () => {
    const rooms = [];
    for (const name of ['Ann', 'Ben', 'Cid']) rooms.push(await joinWorld(kNewest, server, name));
    const [ann, , cid] = rooms;
    const [toAnn, toBen, toCid] = rooms.map(listen);
    await goTo(cid, () => kPlaces.yard, 40);
    ann.send('chat', { message: 'a secret', channel: 'whisper', to: 'Ben' });
    ann.send('chat', { message: 'who is near?', channel: 'say' });
    ann.send('chat', { message: 'hello all' });
    const lines = async (heard, count) => {
      const all = [];
      for (let i = 0; i < count; ++i) all.push((await heard('chat')).channel);
      return all;
    };
    assert.deepEqual(await lines(toBen, 3), ['whisper', 'say', 'zone']);
    assert.deepEqual(await lines(toAnn, 3), ['whisper', 'say', 'zone']);
    assert.deepEqual(await lines(toCid, 1), ['zone']);
  });
});

describe('there and back', () => {
  test('death takes a while, then one stands at the start again', async () => {
    const room = await joinWorld(kNewest, server, 'Ann');
    const heard = listen(room);
    const self = () => room.state.players.get(room.sessionId);
    await goTo(room, () => kPlaces.den, 8, () => self().state === kDead);
    await until('death', () => self().hp === 0 && self().state === kDead && room.state.me.respawnAt > 0);
    await heard('combat', ({ type, target }) => type === 'death' && target === room.state.me.entityId);
    assert.equal(await verdict(room, 'attack', { targetId: 1, skillId: 'fireball' }), 'dead');
    await heard('progress', ({ type }) => type === 'respawn');
    await until('life', () => self().hp > 0 && room.state.me.respawnAt === 0);
    await until('the start', () => distance(at(room), kPlaces.start) < 32);
  });

  test('who is cut off comes back to the same body and bag', async () => {
    cable = await layCable(server.port);
    const room = await joinWithLoot('Ann', cable);
    const { entityId, experience } = room.state.me;
    room.reconnection.enabled = false;
    const { reconnectionToken } = room;
    const gone = left(room);
    cable.cut();
    await gone;
    cable.mend();
    const again = keep(await new kNewest.Client(cable.url).reconnect(reconnectionToken));
    await stateOf(again);
    assert.deepEqual([again.state.me.entityId, again.state.me.experience], [entityId, experience]);
    await until('the bag', () => carried(again, 'slime_gel') === 2);
    await kill(again, 'slime');
  });
});
