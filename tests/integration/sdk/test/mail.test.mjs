// Mail and lists of people between characters that are kept, through the official SDK.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { startThrongd, until } from '../../support/throngd.mjs';
import { another, enter, guest, loot } from '../lib/accounts.mjs';
import { kPlaces, quickGame } from '../lib/game_config.mjs';
import { carried, goTo, slotOf } from '../lib/game_play.mjs';
import { ask, come, gift, has, inbox, leave, verdict } from '../lib/mailbox.mjs';
import { leaveAll, left } from '../lib/play.mjs';

const kPotion = 'minor_health_potion';

let files;
let server;
before(async () => {
  files = await quickGame({ 'content/balance.json': (balance) => (balance.bag_capacity = 4) });
  server = await startThrongd({ files });
});
after(() => server.stop());
afterEach(leaveAll);

test('things and coins go to somebody who plays: told, listed, read, claimed, deleted', async () => {
  const ann = await come(server, 'Ann');
  const bob = await come(server, 'Bob');
  await loot(ann.room);
  await ask(ann.room, gift(ann.room, 'bob', 30));
  await ann.hears('mail', ({ news }) => news === 'sent');
  await until('what was sent is gone', () => has(ann.room).gel === 0 && has(ann.room).coins === 15);
  assert.equal((await bob.hears('mail', ({ news }) => news === 'unread')).unread, 1);
  const { unread, mails } = await inbox(bob);
  assert.equal(unread, 1);
  const [{ mailId, from, subject, body, read, claimed, coins, items }] = mails;
  assert.deepEqual({ from, subject, body, read, claimed, coins }, { from: 'Ann', subject: 'For you', body: undefined, read: false, claimed: false, coins: 30 });
  assert.deepEqual(items, [{ itemId: 'slime_gel', count: 2 }]);
  await ask(bob.room, { action: 'read', mailId });
  assert.equal((await bob.hears('mail', ({ news }) => news === 'mail')).mail.body, 'Dear friend,\nenjoy.');
  assert.equal(await verdict(bob.room, { action: 'delete', mailId }), 'still_attached');
  assert.equal(await verdict(ann.room, { action: 'claim', mailId }), 'no_such_mail');
  await ask(bob.room, { action: 'claim', mailId });
  await bob.hears('mail', ({ news }) => news === 'claimed');
  await until('what was claimed', () => has(bob.room).gel === 2 && has(bob.room).coins === 30);
  assert.equal(await verdict(bob.room, { action: 'claim', mailId }), 'nothing_attached');
  assert.equal((await inbox(bob)).mails[0].claimed, true);
  await ask(bob.room, { action: 'delete', mailId });
  assert.deepEqual((await inbox(bob)).mails, []);
});

test('whoever is away finds it when they come', async () => {
  const cleo = await come(server, 'Cleo');
  await leave(cleo);
  const dirk = await come(server, 'Dirk');
  await loot(dirk.room);
  await ask(dirk.room, gift(dirk.room, 'Cleo', 1));
  await ask(dirk.room, { action: 'send', to: 'Cleo', subject: 'Only words' });
  const back = await come(server, 'Cleo', another(cleo.client, server));
  assert.equal((await back.hears('mail', ({ news }) => news === 'unread')).unread, 2);
  const { mails } = await inbox(back);
  assert.deepEqual(mails.map(({ subject }) => subject), ['Only words', 'For you']);
  await ask(back.room, { action: 'claim', mailId: mails[1].mailId });
  await until('what was claimed', () => has(back.room).gel === 2 && has(back.room).coins === 1);
});

test('a full bag leaves everything in the mail, and there is room later', async () => {
  const edda = await come(server, 'Edda');
  const fred = await come(server, 'Fred');
  for (const { room } of [edda, fred]) await loot(room);
  await goTo(fred.room, () => kPlaces.start, 20);
  await ask(fred.room, { npcId: 'healer', action: 'buy', itemId: kPotion, count: 2 }, 'shop');
  await until('the potions', () => carried(fred.room, kPotion) === 2);
  for (const item of [kPotion, 'slime_gel']) {
    const free = [0, 1, 2, 3].find((slot) => !(fred.room.state.me.bag.get(String(slot))?.count > 0));
    await ask(fred.room, { action: 'split', from: slotOf(fred.room, item), to: free, count: 1 }, 'bag');
    await until('the split', () => fred.room.state.me.bag.get(String(free))?.count === 1);
  }
  await goTo(edda.room, () => kPlaces.start, 20);
  await ask(edda.room, { npcId: 'healer', action: 'buy', itemId: 'minor_mana_potion', count: 1 }, 'shop');
  await until('the potion', () => carried(edda.room, 'minor_mana_potion') === 1);
  const { coins } = fred.room.state.me;
  await ask(edda.room, { ...gift(edda.room, 'Fred', 7), items: { [slotOf(edda.room, 'minor_mana_potion')]: 1 } });
  const [{ mailId }] = (await inbox(fred)).mails;
  assert.equal(await verdict(fred.room, { action: 'claim', mailId }), 'bag_full');
  assert.equal((await inbox(fred)).mails[0].coins, 7);
  assert.equal(fred.room.state.me.coins, coins);
  await ask(fred.room, { action: 'destroy', from: slotOf(fred.room, 'slime_gel'), count: 1 }, 'bag');
  await ask(fred.room, { action: 'claim', mailId });
  await until('what was claimed', () => carried(fred.room, 'minor_mana_potion') === 1 && fred.room.state.me.coins === coins + 7);
});

test('what is sent twice with one key is sent once', async () => {
  const gina = await come(server, 'Gina');
  const hugo = await come(server, 'Hugo');
  await loot(gina.room);
  const parcel = gift(gina.room, 'Hugo', 3, { key: 'gift-1' });
  await ask(gina.room, parcel);
  await ask(gina.room, parcel);
  await ask(gina.room, { action: 'send', to: 'Hugo', subject: 'Words', key: 'words-1' });
  await ask(gina.room, { action: 'send', to: 'Hugo', subject: 'Words', key: 'words-1' });
  assert.equal((await inbox(hugo)).mails.length, 2);
  await until('what was sent once is gone', () => gina.room.state.me.coins === 42);
});

test('what cannot be sent is refused with its reason, and nothing leaves the bag', async () => {
  const ida = await come(server, 'Ida');
  const jost = await come(server, 'Jost');
  await loot(ida.room);
  const before = has(ida.room);
  const send = (more) => verdict(ida.room, gift(ida.room, 'Jost', 1, more));
  assert.equal(await send({ to: 'Nobody Here' }), 'no_such_recipient');
  assert.equal(await send({ to: 'Ida' }), 'mail_to_self');
  assert.equal(await send({ coins: 1000 }), 'not_enough_coins');
  assert.equal(await send({ items: { 3: 1 } }), 'nothing_there');
  await ask(jost.room, { action: 'ignore', targetId: ida.room.sessionId }, 'friend');
  assert.equal(await send({}), 'mail_refused');
  assert.deepEqual(has(ida.room), before);
  assert.deepEqual((await inbox(jost)).mails, []);
  const stranger = await enter(guest(server), { name: 'Somebody' });
  assert.equal(await verdict(stranger, { action: 'list' }), 'no_mailbox');
});

describe('a server that is killed', () => {
  let mortal = null;
  before(async () => (mortal = await startThrongd({ files })));
  after(() => mortal.stop());

  async function killAndStart(...people) {
    const gone = people.map(({ room }) => left(room, 15_000));
    mortal.signal('SIGKILL');
    await mortal.exit();
    await Promise.all(gone);
    mortal = await startThrongd({ config: mortal.config });
  }
  const back = ({ client }) => come(mortal, undefined, another(client, mortal));

  test('remembers friends and whom one ignores, and every mail as it was shown', async () => {
    let kurt = await come(mortal, 'Kurt');
    let lena = await come(mortal, 'Lena');
    await loot(kurt.room);
    await ask(lena.room, { action: 'add', targetId: kurt.room.sessionId }, 'friend');
    await ask(kurt.room, gift(kurt.room, 'Lena', 20));
    await ask(kurt.room, { action: 'ignore', targetId: lena.room.sessionId }, 'friend');
    await killAndStart(kurt, lena);
    [kurt, lena] = [await back(kurt), await back(lena)];
    assert.deepEqual(has(kurt.room), { coins: 25, gel: 0 });
    assert.equal(await verdict(lena.room, { action: 'send', to: 'Kurt', subject: 'Thanks' }), 'mail_refused');
    await ask(lena.room, { action: 'list' }, 'friend');
    const [friend] = await lena.hears('friends');
    assert.deepEqual([friend.name, friend.sessionId], ['Kurt', kurt.room.sessionId]);
    const [{ mailId }] = (await inbox(lena)).mails;
    await ask(lena.room, { action: 'claim', mailId });
    await killAndStart(kurt, lena);
    lena = await back(lena);
    assert.deepEqual(has(lena.room), { coins: 20, gel: 2 });
    assert.equal((await inbox(lena)).mails[0].items.length, 0);
  });
});
