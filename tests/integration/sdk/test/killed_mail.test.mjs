// A server that is killed in the middle of sending something by mail, or of claiming it: just before the commit nothing has
// happened, just after it everything has, once. Whoever asks again, not knowing which, does no harm.

import assert from 'node:assert/strict';
import { afterEach, before, beforeEach, describe, test } from 'node:test';
import { runThrongd, startThrongd, until } from '../../support/throngd.mjs';
import { another, loot } from '../lib/accounts.mjs';
import { quickGame } from '../lib/game_config.mjs';
import { ask, come, gift, has, inbox, leave, verdict } from '../lib/mailbox.mjs';
import { leaveAll, left } from '../lib/play.mjs';

const kBefore = 'store.mail_before_commit';
const kAfter = 'store.mail_after_commit';
const kWhole = { coins: 30, gel: 2 };
const kNothing = { coins: 0, gel: 0 };

let files;
let server;
before(async () => (files = await quickGame()));
beforeEach(() => (server = null));
afterEach(async () => {
  await leaveAll();
  await server?.stop();
});

/** It is killed by what this sends, where its failpoint is. The next one has none. */
async function killBy(wish, ...people) {
  const gone = people.map(({ room }) => left(room, 15_000));
  people[0].room.send('mail', wish);
  assert.equal((await server.exit()).signal, 'SIGKILL', server.output);
  await Promise.all(gone);
  server = await startThrongd({ config: server.config });
}

const back = ({ client }) => come(server, undefined, another(client, server));

async function attached(person) {
  const { mails } = await inbox(person);
  return mails.map(({ coins, items }) => ({ coins: coins ?? 0, gel: items.find(({ itemId }) => itemId === 'slime_gel')?.count ?? 0 }));
}

/** The ledger is right, and says so many times that gel was mailed to somebody. */
async function checkLedger(who, times) {
  const verified = await runThrongd(server, ['ledger', 'verify']);
  assert.equal(verified.code, 0, verified.output);
  assert.doesNotMatch(verified.output, /unexplained/);
  const { output } = await runThrongd(server, ['ledger', 'show', who, '--history']);
  const moves = output.split('\n').filter((line) => / slime_gel .*→.*  mail  room/.test(line));
  assert.equal(moves.length, times, output);
}

describe('a server that is killed while something is sent', () => {
  const cases = [
    [kBefore, 'has left it with its sender', { coins: 45, gel: 2 }, []],
    [kAfter, 'has sent it', { coins: 15, gel: 0 }, [kWhole]],
  ];
  for (const [failpoint, what, senderHas, letters] of cases) {
    test(`at ${failpoint} ${what}, and it is sent once when it is sent again`, async () => {
      server = await startThrongd({ files, environment: { THRONG_FAILPOINT: failpoint } });
      let ann = await come(server, 'Ann');
      let bob = await come(server, 'Bob');
      await loot(ann.room);
      assert.deepEqual(has(ann.room), { coins: 45, gel: 2 });
      const parcel = gift(ann.room, 'Bob', 30, { key: 'birthday' });
      await killBy(parcel, ann, bob);
      [ann, bob] = [await back(ann), await back(bob)];
      await until('what the sender has', () => ann.room.state.me.coins > 0);
      assert.deepEqual(has(ann.room), senderHas);
      assert.deepEqual(await attached(bob), letters);
      await checkLedger('Ann', letters.length);
      await ask(ann.room, parcel);
      await until('what is sent is gone', () => has(ann.room).gel === 0);
      assert.deepEqual(has(ann.room), { coins: 15, gel: 0 });
      assert.deepEqual(await attached(bob), [kWhole]);
      await checkLedger('Ann', 1);
    });
  }
});

describe('a server that is killed while something is claimed', () => {
  const cases = [
    [kBefore, 'has left it in the letter', kNothing, kWhole],
    [kAfter, 'has given it', kWhole, kNothing],
  ];
  for (const [failpoint, what, recipientHas, inTheLetter] of cases) {
    test(`at ${failpoint} ${what}, and it is claimed once when it is claimed again`, async () => {
      server = await startThrongd({ files });
      const ann = await come(server, 'Ann');
      let bob = await come(server, 'Bob');
      await loot(ann.room);
      await ask(ann.room, gift(ann.room, 'Bob', 30));
      for (const person of [ann, bob]) await leave(person);
      server.signal('SIGTERM');
      assert.equal((await server.exit()).code, 0, server.output);
      server = await startThrongd({ config: server.config, environment: { THRONG_FAILPOINT: failpoint } });
      bob = await back(bob);
      const [{ mailId }] = (await inbox(bob)).mails;
      await killBy({ action: 'claim', mailId }, bob);
      bob = await back(bob);
      assert.deepEqual(await attached(bob), [inTheLetter]);
      assert.deepEqual(has(bob.room), recipientHas);
      await checkLedger('Bob', recipientHas === kWhole ? 1 : 0);
      if (recipientHas === kWhole) assert.equal(await verdict(bob.room, { action: 'claim', mailId }), 'nothing_attached');
      else await ask(bob.room, { action: 'claim', mailId });
      await until('what was claimed', () => has(bob.room).gel === 2);
      assert.deepEqual(has(bob.room), kWhole);
      assert.deepEqual(await attached(bob), [kNothing]);
      await ask(bob.room, { action: 'delete', mailId });
      assert.deepEqual(await attached(bob), []);
      await checkLedger('Bob', 1);
    });
  }
});
