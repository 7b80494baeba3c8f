// Parties of characters: they outlive rooms, log-outs and the server; guests' parties do not.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { startThrongd, until } from '../../support/throngd.mjs';
import { another, enter, guest, signIn } from '../lib/accounts.mjs';
import { kPlaces, quickGame } from '../lib/game_config.mjs';
import { goTo, listen } from '../lib/game_play.mjs';
import { keep, leaveAll, left, refusal, stateOf, withTimeout } from '../lib/play.mjs';

/** Longer than the five seconds after which a room looks who plays elsewhere. */
const kLookMs = 12_000;

let server;
before(async () => (server = await startThrongd({ files: await quickGame() })));
after(() => server.stop());
afterEach(leaveAll);

const ask = (room, type, payload) => withTimeout(`the answer to ${type}`, room.request(type, payload));
const verdict = async (room, type, payload) => (await refusal(ask(room, type, payload))).reason.code;

/** Who is in the party, as `name@map`, a star for the leader; in order. */
const party = (room) =>
  [...room.state.me.party.values()]
    .filter(({ name }) => name)
    .map(({ name, map, leader }) => `${name}${leader ? '*' : ''}@${map}`)
    .join(' ');
const showsParty = (room, wanted) =>
  until(`the party ${wanted}`, () => party(room) === wanted, kLookMs).catch((error) => {
    throw new Error(`${error.message}; it is ${party(room)}`);
  });

async function leave(room) {
  const gone = left(room);
  await withTimeout('leave', room.leave());
  await gone;
}

async function throughPortal(client, room) {
  let seat;
  room.onMessage('travel', (message) => (seat = message));
  await goTo(room, () => kPlaces.yard, 30);  // from where they begin a wall is in the way
  await goTo(room, () => kPlaces.portal, 0, () => seat);
  const caves = keep(await client.consumeSeatReservation(seat));
  await stateOf(caves);
  assert.equal(caves.state.map, 'caves');
  return caves;
}

/** Two signed-in clients, in a party that the first leads. */
async function pair(annName, benName) {
  const clients = [await signIn(server), await signIn(server)];
  const ann = await enter(clients[0], { name: annName });
  const ben = await enter(clients[1], { name: benName });
  const toBen = listen(ben);
  await ask(ann, 'party', { action: 'invite', targetId: ben.sessionId });
  await toBen('party', ({ news }) => news === 'invited');
  await ask(ben, 'party', { action: 'join', targetId: ann.sessionId });
  for (const room of [ann, ben]) await showsParty(room, `${annName}*@meadow ${benName}@meadow`);
  return { clients, ann, ben };
}

test('a party goes on through a portal, a log-out and kill -9', async () => {
  const { clients, ann, ben } = await pair('Ada', 'Bert');
  const caves = await throughPortal(clients[1], ben);
  await showsParty(caves, 'Ada*@meadow Bert@caves');
  await showsParty(ann, 'Ada*@meadow Bert@caves');
  await leave(caves);
  await showsParty(ann, 'Ada*@meadow Bert@');
  const back = await enter(another(clients[1], server), { map: 'meadow' });
  await showsParty(back, 'Ada*@meadow Bert@meadow');
  assert.equal(back.state.me.partyId, ann.state.me.partyId, 'they share again');

  for (const room of [ann, back]) if (room.reconnection) room.reconnection.enabled = false;
  const gone = [left(ann, 15_000), left(back, 15_000)];
  server.signal('SIGKILL');
  await server.exit();
  server = await startThrongd({ config: server.config });
  await Promise.all(gone);
  const again = await enter(another(clients[0], server));
  assert.match(party(again), /^Ada\*@meadow Bert@/);
  const other = await enter(another(clients[1], server), { map: 'meadow' });  // kept or not, he was there last
  await showsParty(other, 'Ada*@meadow Bert@meadow');
  await ask(other, 'party', { action: 'leave' });
  await until('the party is over', () => again.state.me.partyId === 0 && other.state.me.partyId === 0);
});

test('whoever is elsewhere can be kicked by name, invited, and leave', async () => {
  const { clients, ann, ben } = await pair('Cleo', 'Dirk');
  const caves = await throughPortal(clients[1], ben);
  const [toAnn, toCaves] = [listen(ann), listen(caves)];
  assert.equal(await verdict(caves, 'party', { action: 'kick', targetId: 'Cleo' }), 'not_leader');
  await ask(ann, 'party', { action: 'kick', targetId: 'Dirk' });
  assert.equal((await toCaves('party', ({ news }) => news === 'kicked')).name, 'Dirk');
  await until('nobody is in it', () => ann.state.me.partyId === 0 && caves.state.me.partyId === 0);

  await ask(ann, 'party', { action: 'invite', targetId: 'Dirk' });
  const invited = await toCaves('party', ({ news }) => news === 'invited');
  assert.deepEqual([invited.name, invited.sessionId], ['Cleo', '']);
  await ask(caves, 'party', { action: 'join', targetId: 'Cleo' });
  await toAnn('party', ({ news, name }) => news === 'joined' && name === 'Dirk');
  await showsParty(ann, 'Cleo*@meadow Dirk@caves');
  await ask(caves, 'party', { action: 'leave' });
  await toAnn('party', ({ news, name }) => news === 'left' && name === 'Dirk');
  await until('it is over', () => ann.state.me.partyId === 0 && party(ann) === '');
  assert.equal(await verdict(caves, 'party', { action: 'leave' }), 'no_party');
});

test('guests stay out of it', async () => {
  const { ann } = await pair('Egon', 'Frida');
  const visitor = await enter(guest(server), { name: 'Visitor' });
  assert.equal(await verdict(ann, 'party', { action: 'invite', targetId: visitor.sessionId }), 'party_kept');
  assert.equal(await verdict(visitor, 'party', { action: 'invite', targetId: ann.sessionId }), 'already_in_party');
});
