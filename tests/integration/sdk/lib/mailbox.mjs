// What players do at their mailboxes.

import { signIn } from './accounts.mjs';
import { carried, listen, slotOf } from './game_play.mjs';
import { keep, left, refusal, stateOf, withTimeout } from './play.mjs';

export const ask = (room, payload, type = 'mail') => withTimeout(`the answer to ${type}`, room.request(type, payload));
export const verdict = async (room, payload, type) => (await refusal(ask(room, payload, type))).reason.code;

/** Somebody who plays, and what they hear. */
export async function come(server, name, client = null) {
  client ??= await signIn(server);
  const room = keep(await client.joinOrCreate('world', { name }));
  const hears = listen(room); // at once: what waits in the mailbox is told with the first state
  await stateOf(room);
  if (room.reconnection) room.reconnection.enabled = false;
  return { client, room, hears };
}

export async function leave({ room }) {
  const gone = left(room);
  await withTimeout('leave', room.leave());
  await gone;
}

export const has = (room) => ({ coins: room.state.me.coins, gel: carried(room, 'slime_gel') });

/** All gel and so many coins. */
export const gift = (room, to, coins, more = {}) => ({
  action: 'send',
  to,
  subject: 'For you',
  body: 'Dear friend,\nenjoy.',
  items: { [slotOf(room, 'slime_gel')]: carried(room, 'slime_gel') },
  coins,
  ...more,
});

export async function inbox({ room, hears }) {
  await ask(room, { action: 'list' });
  return hears('mail', ({ news }) => news === 'list');
}
