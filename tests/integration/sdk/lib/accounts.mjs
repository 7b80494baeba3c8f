// Players with an account: they sign in, enter a world, loot, and have something to come back to.

import { until } from '../../support/throngd.mjs';
import { carried, kill, takeAll } from './game_play.mjs';
import { keep, stateOf, withTimeout } from './play.mjs';
import { kSdks } from './sdks.mjs';

/** A client of an account of its own. */
export async function signIn(server, sdk = kSdks.at(-1)) {
  const client = new sdk.Client(server.url);
  await withTimeout('sign-in', client.auth.signInAnonymously());
  return client;
}

/** Another client of the same account, maybe of a server that was started again. */
export function another(client, server, sdk = kSdks.at(-1)) {
  const next = new sdk.Client(server.url);
  next.auth.token = client.auth.token;
  return next;
}

/** A client without an account: SDKs remember the last token of the process. */
export function guest(server) {
  const client = new (kSdks.at(-1).Client)(server.url);
  client.auth.token = undefined;
  return client;
}

export async function enter(client, options = {}) {
  const room = keep(await client.joinOrCreate('world', options));
  await stateOf(room);
  return room;
}

/** The gel and the coins of a slime of the quick game, and the five coins that a first kill pays. */
export async function loot(room) {
  await kill(room, 'slime');
  await until('the pay for a first kill', () => room.state.me.coins >= 5);
  await takeAll(room);
}

export const has = (room) => ({ coins: room.state.me.coins, gel: carried(room, 'slime_gel'), experience: room.state.me.experience });
