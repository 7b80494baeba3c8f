// A server that is killed in the middle of a trade: just before its commit neither of the two has anything new, just after it
// both have.

import assert from 'node:assert/strict';
import { afterEach, before, describe, test } from 'node:test';
import { runThrongd, startThrongd, until } from '../../support/throngd.mjs';
import { another, enter, has, loot, signIn } from '../lib/accounts.mjs';
import { kPlaces, quickGame } from '../lib/game_config.mjs';
import { goTo, listen, slotOf } from '../lib/game_play.mjs';
import { leaveAll, left, withTimeout } from '../lib/play.mjs';

let files;
before(async () => (files = await quickGame()));
afterEach(leaveAll);

const ask = (room, payload) => withTimeout('the answer to trade', room.request('trade', payload));

async function come(server, name, client = null) {
  client ??= await signIn(server);
  const room = await enter(client, { name });
  if (room.reconnection) room.reconnection.enabled = false;
  return { client, room, hears: listen(room) };
}

/** Gel for coins, locked by both and confirmed by the first. */
async function agree(ann, bob) {
  for (const { room } of [ann, bob]) await goTo(room, () => kPlaces.start, 12);
  await ask(ann.room, { action: 'ask', targetId: bob.room.sessionId });
  await bob.hears('trade', ({ news }) => news === 'asked');
  await ask(bob.room, { action: 'ask', targetId: ann.room.sessionId });
  await ann.hears('trade', ({ news }) => news === 'begun');
  await ask(ann.room, { action: 'offer', slot: slotOf(ann.room, 'slime_gel'), count: 2 });
  await ask(bob.room, { action: 'coins', coins: 30 });
  await bob.hears('trade', ({ own, other }) => own?.coins === 30 && other.items.length === 1);
  for (const { room } of [ann, bob]) await ask(room, { action: 'lock' });
  await ask(ann.room, { action: 'confirm' });
}

const bag = ({ room }) => {
  const { coins, gel } = has(room);
  return { coins, gel };
};

describe('a server that is killed in the middle of a trade', () => {
  const cases = [
    ['store.trade_before_commit', 'has moved nothing', [{ coins: 45, gel: 2 }, { coins: 45, gel: 2 }]],
    ['store.trade_after_commit', 'has moved everything', [{ coins: 75, gel: 0 }, { coins: 15, gel: 4 }]],
  ];
  for (const [failpoint, what, expected] of cases) {
    test(`at ${failpoint} ${what}`, async () => {
      const mortal = await startThrongd({ files, environment: { THRONG_FAILPOINT: failpoint } });
      const ann = await come(mortal, 'Ann');
      const bob = await come(mortal, 'Bob');
      for (const { room } of [ann, bob]) await loot(room);
      assert.deepEqual([bag(ann), bag(bob)], [{ coins: 45, gel: 2 }, { coins: 45, gel: 2 }]);
      await agree(ann, bob);
      const gone = [ann, bob].map(({ room }) => left(room, 15_000));
      bob.room.send('trade', { action: 'confirm' });
      assert.equal((await mortal.exit()).signal, 'SIGKILL', mortal.output);
      await Promise.all(gone);
      const server = await startThrongd({ config: mortal.config });
      try {
        const again = [];
        for (const { client } of [ann, bob]) again.push(await come(server, undefined, another(client, server)));
        await until('what both have', () => again.every(({ room }) => room.state.me.coins > 0));
        assert.deepEqual(again.map(bag), expected);
        const verified = await runThrongd(server, ['ledger', 'verify']);
        assert.equal(verified.code, 0, verified.output);
        assert.doesNotMatch(verified.output, /unexplained/);
        const shown = await runThrongd(server, ['ledger', 'show', 'Bob', '--history']);
        assert.equal(/Ann \(\d+\) → Bob \(\d+\)  trade {2}room/.test(shown.output), expected[1].gel === 4, shown.output);
        await leaveAll();
      } finally {
        await server.stop();
      }
    });
  }
});
