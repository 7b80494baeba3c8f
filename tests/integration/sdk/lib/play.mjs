// What most tests do: join a world, walk, wait for what should follow.

import { kPatience, until } from '../../support/throngd.mjs';

/** Rooms of the running test; `leaveAll` after each of them. */
const open = new Set();

/** Keeps a room so that it is left at the end, and swallows messages that a test does not ask for. */
export function keep(room) {
  open.add(room);
  room.onMessage('*', () => {});
  return room;
}

export async function leaveAll() {
  for (const room of open) {
    if (room.reconnection) room.reconnection.enabled = false;
    if (room.connection?.isOpen) await withTimeout('leave', room.leave());
  }
  open.clear();
}

/** Joined, with the whole first state. */
export async function joinWorld(sdk, server, name, options = {}) {
  const client = new sdk.Client(server.url ?? server);
  const room = keep(await client.joinOrCreate(options.room ?? 'world', { name, ...options }));
  await stateOf(room);
  return room;
}

export async function stateOf(room) {
  await until('the first state', () => room.state?.me?.entityId > 0 && room.state.players?.get(room.sessionId));
  return room.state;
}

/** One's own position as the server has it. */
export const at = (room) => ({ x: room.state.me.x, y: room.state.me.y });

export const distance = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

const kDirections = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
];

let sequence = 0;

export function move(room, x, y) {
  room.send('move', { x, y, seq: ++sequence });
  return sequence;
}

/** Walks until at least `units` from where it started, in whichever direction is free, then stops. */
export async function walk(room, units = 12) {
  const start = at(room);
  for (const [x, y] of kDirections) {
    move(room, x, y);
    const moved = await until('a walk', () => distance(at(room), start) >= units, 1500).catch(() => false);
    const stop = move(room, 0, 0);
    await until('the stop', () => room.state.me.seq === stop);
    if (moved) return;
  }
  throw new Error('no direction was free');
}

/** The next message of a type. */
export function nextMessage(room, type, check = () => true) {
  return withTimeout(
    `message ${type}`,
    new Promise((resolve) => {
      const forget = room.onMessage(type, (message) => {
        if (!check(message)) return;
        forget?.();
        resolve(message);
      });
    }),
  );
}

/** The code of the next `onLeave`. */
export function left(room, milliseconds = 5000) {
  return withTimeout('onLeave', new Promise((resolve) => room.onLeave((code) => resolve(code))), milliseconds);
}

export function withTimeout(what, promise, milliseconds = 5000) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`waited ${milliseconds * kPatience} ms in vain for: ${what}`)),
      milliseconds * kPatience,
    );
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

/** The error of a promise that must fail. */
export async function refusal(promise) {
  let value;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  if (typeof value?.leave === 'function') await value.leave();
  throw new Error('this should have been refused');
}
