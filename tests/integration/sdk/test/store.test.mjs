// What throngd keeps, looked at from beside the server: the commands on its database, backups, and databases that it must
// not start on.

import assert from 'node:assert/strict';
import { access, mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { runThrongd, startThrongd, until } from '../../support/throngd.mjs';
import { another, enter, has, loot, signIn } from '../lib/accounts.mjs';
import { kPlaces, quickGame } from '../lib/game_config.mjs';
import { carried, goTo, kill, listen, slotOf } from '../lib/game_play.mjs';
import { leaveAll, left, withTimeout } from '../lib/play.mjs';

let files;
let server;
let folder;
before(async () => {
  files = await quickGame();
  folder = await mkdtemp(path.join(os.tmpdir(), 'throng-store-'));
  server = await startThrongd({ files });
});
after(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});
afterEach(leaveAll);

const kDatabase = 'data/throng.db';

/** In this run servers are on PostgreSQL: support/on_postgres.mjs. */
const kOnPostgres = process.env.THRONG_TEST_POSTGRES !== undefined;

/** For what is about files: the server's own SQLite, whatever the run is on. */
const kOnFile = { DATABASE_URL: '' };

/** A command with another data folder than the server's. */
const elsewhere = (name, args) =>
  runThrongd(server, args, { environment: { THRONG_DATA_DIR: path.join(folder, name), DATABASE_URL: '' } });

const isThere = (file) => access(file).then(() => true, () => false);

describe('throngd ledger, while the server runs', () => {
  test('verifies, and shows where things came from', async () => {
    const room = await enter(await signIn(server), { name: 'Magda' });
    await loot(room);
    const verified = await runThrongd(server, ['ledger', 'verify']);
    assert.equal(verified.code, 0, verified.output);
    assert.match(verified.output, /\d+ moves, \d+ owners, 1 characters, \d+ pieces: nothing is wrong/);
    const shown = await runThrongd(server, ['ledger', 'show', 'magda']);
    assert.equal(shown.code, 0, shown.output);
    assert.match(shown.output, /^Magda \(\d+\), level \d+, in meadow\n/);
    assert.match(shown.output, /2 slime_gel\n +\d+ .* loot → Magda/);
    assert.match(shown.output, /45 coins\n/);
    const history = await runThrongd(server, ['ledger', 'show', 'Magda', '--history']);
    assert.match(history.output, /loot → Magda/);
    const nobody = await runThrongd(server, ['ledger', 'show', 'Nobody']);
    assert.equal(nobody.code, 1);
    assert.match(nobody.output, /there is no character Nobody/);
  });

  test('says so where there is no database, and makes none', async () => {
    for (const args of [['ledger', 'verify'], ['ledger', 'show', 'Magda'], ['backup', path.join(folder, 'none')]]) {
      const { code, output } = await elsewhere('empty', args);
      assert.equal(code, 2, output);
      assert.match(output, /there is no database at .*throng\.db: start the server once/);
    }
    assert.equal(await isThere(path.join(folder, 'empty/throng.db')), false);
    assert.equal(await isThere(path.join(folder, 'none')), false);
  });
});

/** Sent so often without waiting for an answer. */
const kRepeats = 8;

/** All at once, each in turn, so that every one comes before and after every other. @return how many were granted */
async function flood(room, requests) {
  const asked = Array.from({ length: kRepeats }, () => requests.map(([type, payload]) => room.request(type, payload))).flat();
  const answers = await withTimeout('all answers', Promise.allSettled(asked), 20_000);
  return answers.filter(({ status }) => status === 'fulfilled').length;
}

async function ledgerIsWhole() {
  const { code, output } = await runThrongd(server, ['ledger', 'verify']);
  assert.equal(code, 0, output);
  assert.doesNotMatch(output, /unexplained/);
}

describe('asked again and again, and out of order,', () => {
  test('a trade takes place once', async () => {
    const ann = await enter(await signIn(server), { name: 'Rosa' });
    const bob = await enter(await signIn(server), { name: 'Sven' });
    for (const room of [ann, bob]) {
      await loot(room);
      await goTo(room, () => kPlaces.start, 12);
    }
    const hears = [listen(ann), listen(bob)];
    await ann.request('trade', { action: 'ask', targetId: bob.sessionId });
    await hears[1]('trade', ({ news }) => news === 'asked');
    await bob.request('trade', { action: 'ask', targetId: ann.sessionId });
    await hears[0]('trade', ({ news }) => news === 'begun');
    await ann.request('trade', { action: 'coins', coins: 7 });
    await hears[1]('trade', ({ other }) => other?.coins === 7);
    const wishes = ['confirm', 'lock', 'confirm'].map((action) => ['trade', { action }]);
    await Promise.all([ann, bob].map((room) => flood(room, wishes)));
    // Whoever confirmed before the other one locked has to again; and a flood uses up how many requests are taken.
    await until('the trade to be done', async () => {
      await Promise.all([ann, bob].map((room) => flood(room, [['trade', { action: 'confirm' }]])));
      return bob.state.me.coins !== 45;
    });
    await Promise.all(hears.map((hear) => hear('trade', ({ news }) => news === 'done')));
    await until('seven coins, once', () => ann.state.me.coins === 38 && bob.state.me.coins === 52);
    await ledgerIsWhole();
  });

  test('what is bought is paid for each time, as long as there are coins', async () => {
    const room = await enter(await signIn(server), { name: 'Tilda' });
    await loot(room);
    await goTo(room, () => kPlaces.start, 20);
    const buy = ['shop', { npcId: 'healer', action: 'buy', itemId: 'minor_health_potion', count: 1 }];
    assert.equal(await flood(room, [buy]), 4);
    await until('four potions', () => carried(room, 'minor_health_potion') === 4 && room.state.me.coins === 5);
    await ledgerIsWhole();
  });

  test('a quest is taken once, and paid once', async () => {
    const room = await enter(await signIn(server), { name: 'Ulla' });
    const hears = listen(room);
    await goTo(room, () => kPlaces.start, 20);
    const wishes = ['complete', 'accept', 'complete'].map((action) => ['quest', { questId: 'slime_trouble', action }]);
    await flood(room, wishes);
    const quest = () => room.state.me.quests.get('slime_trouble');
    await until('the quest', () => quest());
    for (let kills = 1; kills <= 2; ++kills) {
      await kill(room, 'slime');
      await until('the kill', () => quest().c0 === kills);
    }
    await hears('progress', ({ type, word }) => type === 'quest' && word === 'ready');
    await goTo(room, () => kPlaces.start, 20);
    const { coins } = room.state.me;
    await flood(room, wishes);
    await until('the pay', () => quest().completed === 1 && room.state.me.coins === coins + 25);
    assert.equal(carried(room, 'leather_cap'), 1);
    await ledgerIsWhole();
  });

  test('what is attached to a mail is claimed once', async () => {
    const sender = await enter(await signIn(server), { name: 'Viola' });
    const room = await enter(await signIn(server), { name: 'Wanda' });
    await loot(sender);
    const hears = listen(room);
    await sender.request('mail', { action: 'send', to: 'Wanda', subject: 'Once', coins: 9 });
    await hears('mail', ({ news }) => news === 'unread');
    await room.request('mail', { action: 'list' });
    const [{ mailId }] = (await hears('mail', ({ news }) => news === 'list')).mails;
    const claimed = await flood(room, [['mail', { action: 'delete', mailId }], ['mail', { action: 'claim', mailId }]]);
    assert.ok(claimed >= 1);
    await until('nine coins, once', () => room.state.me.coins === 9);
    await ledgerIsWhole();
  });
});

test('what is asked again and again, and out of order, takes effect as often as there is something', async () => {
  const client = await signIn(server);
  const room = await enter(client, { name: 'Nora' });
  await loot(room);
  await goTo(room, () => kPlaces.start, 20);
  const slot = slotOf(room, 'slime_gel');
  const { coins } = room.state.me;
  const sell = () => room.request('shop', { npcId: 'healer', action: 'sell', slot, count: 1 });
  const takeAgain = () => room.send('pickup', { dropId: 1 });
  const asked = Array.from({ length: 12 }, () => (takeAgain(), sell()));
  const answers = await withTimeout('all answers', Promise.allSettled(asked), 10_000);
  assert.ok(answers.filter(({ status }) => status === 'fulfilled').length <= 2, JSON.stringify(answers));
  await until('both sold', () => carried(room, 'slime_gel') === 0);
  assert.ok(room.state.me.coins > coins);
  const { code, output } = await runThrongd(server, ['ledger', 'verify']);
  assert.equal(code, 0, output);
});

describe('a backup', () => {
  const file = () => path.join(folder, 'backup');

  test('is made while the server runs, and brings everything back elsewhere', async () => {
    const client = await signIn(server);
    const room = await enter(client, { name: 'Olga' });
    await loot(room);
    const owned = has(room);
    const made = await runThrongd(server, ['backup', file()]);
    assert.equal(made.code, 0, made.output);
    assert.equal((await stat(file())).mode & 0o777, 0o600);
    assert.equal((await runThrongd(server, ['backup', file()])).code, 1, 'it is there already');
    const busy = await runThrongd(server, ['restore', file(), '--replace']);
    assert.equal(busy.code, 1);
    assert.match(busy.output, /a server is at work on this database/);
    const restored = await elsewhere('restored', ['restore', file()]);
    assert.equal(restored.code, 0, restored.output);
    assert.equal((await elsewhere('restored', ['ledger', 'verify'])).code, 0);
    const again = await elsewhere('restored', ['restore', file()]);
    assert.equal(again.code, 1);
    assert.match(again.output, /the database is not empty/);
    const database_url = `sqlite:${path.join(folder, 'restored/throng.db')}`;
    const second = await startThrongd({ files, environment: { DATABASE_URL: database_url } });
    try {
      assert.deepEqual(has(await enter(another(client, second))), owned);
      await leaveAll();
    } finally {
      await second.stop();
    }
  });

  test('is restored over what a killed server left: at once on a file, on PostgreSQL when its leases have run out', async () => {
    const mortal = await startThrongd({ files });
    const client = await signIn(mortal);
    const room = await enter(client, { name: 'Petra' });
    await loot(room);
    const owned = has(room);
    const kept = path.join(folder, 'of-petra');
    assert.equal((await runThrongd(mortal, ['backup', kept])).code, 0);
    if (room.reconnection) room.reconnection.enabled = false;
    const gone = left(room, 15_000);
    mortal.signal('SIGKILL');
    await mortal.exit();
    await gone;
    const { code, output } = await runThrongd(mortal, ['restore', kept, '--replace']);
    if (kOnPostgres) {
      assert.equal(code, 1, output);
      assert.match(output, /a server is at work on this database .* wait \d+ seconds and try again/);
    } else {
      assert.equal(code, 0, output);
    }
    const again = await startThrongd({ config: mortal.config });
    try {
      assert.deepEqual(has(await enter(another(client, again))), owned);
      await leaveAll();
    } finally {
      await again.stop();
    }
  });

  test('that is damaged changes nothing', async () => {
    const bytes = await readFile(file());
    bytes[bytes.length >> 1] ^= 0x55;
    await writeFile(path.join(folder, 'damaged'), bytes);
    const { code, output } = await elsewhere('untouched', ['restore', path.join(folder, 'damaged')]);
    assert.equal(code, 1, output);
    const verified = await elsewhere('untouched', ['ledger', 'verify']);
    assert.match(verified.output, /there is no database at|^0 moves|nothing in/m);
  });
});

describe('a server does not start', () => {
  const refusal = async (options) => {
    let started = null;
    try {
      started = await startThrongd(options);
    } catch (error) {
      return error.message;
    }
    await started.stop();
    throw new Error('it has started');
  };

  test('on an address of no database that it knows', async () => {
    for (const options of [
      { environment: { DATABASE_URL: 'mysql://somebody:secret@host/game' } },
      { environment: { DATABASE_URL: '' }, server: { database_url: 'mysql://somebody:secret@host/game' } },
    ]) {
      const message = await refusal(options);
      assert.match(message, /"code":2/);
      assert.match(message, /neither sqlite:PATH nor postgres:/);
      assert.doesNotMatch(message, /secret/);
    }
  });

  test('on the database of another one', async () => {
    const first = await startThrongd({ files, environment: kOnFile });
    const message = await refusal({ config: first.config, environment: kOnFile });
    await first.stop();
    assert.match(message, /"code":1/);
    assert.match(message, /another server runs on/);
  });

  test('on a damaged database, which stays as it is', async () => {
    const mortal = await startThrongd({ files, environment: kOnFile });
    const room = await enter(await signIn(mortal), { name: 'Paula' });
    await loot(room);
    await leaveAll();
    await mortal.stop({ keepFiles: true });
    const database = path.join(mortal.config, kDatabase);
    const handle = await open(database, 'r+');
    for (let at = 4096; at < 60_000; at += 512) await handle.write(Buffer.alloc(64, 0x5a), 0, 64, at);
    await handle.close();
    const damaged = await readFile(database);
    const message = await refusal({ config: mortal.config, environment: kOnFile });
    assert.match(message, /"code":1/);
    assert.match(message, /damaged, and was left as it is: end the server, move the file away and restore a backup/);
    assert.deepEqual(await readFile(database), damaged);
    await rm(mortal.config, { recursive: true, force: true });
  });
});
