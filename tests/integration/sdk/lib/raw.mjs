// The protocol by hand: match-making with fetch, frames with `ws`, and bytes on a bare socket.

import net from 'node:net';
import WebSocket from 'ws';
import { withTimeout } from './play.mjs';

export const kJoin = 0x0a;
export const kError = 0x0b;
export const kLeave = 0x0c;
export const kData = 0x0d;
export const kState = 0x0e;
export const kPatch = 0x0f;
export const kPing = 0x12;

/** @return {status, headers, body, text}; body is undefined when the answer is not JSON. */
export async function http(server, method, path, body, headers = {}) {
  const json = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(server.url + path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(json === undefined ? {} : { body: json }),
  });
  const text = await response.text();
  let parsed;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = undefined;
  }
  return { status: response.status, headers: response.headers, body: parsed, text };
}

export async function reserve(server, options = {}, room = 'world', method = 'joinOrCreate') {
  const { status, body } = await http(server, 'POST', `/matchmake/${method}/${room}`, options);
  if (status !== 200) throw new Error(`no seat: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** A WebSocket whose frames and close are kept, so that nothing is missed. */
export class Line {
  frames = [];
  closed = null;
  #waiting = [];

  constructor(server, path) {
    this.socket = new WebSocket(server.webSocketUrl + path, { perMessageDeflate: true });
    this.socket.on('message', (data, binary) =>
      this.#note(() => this.frames.push({ data: Buffer.from(data), binary })),
    );
    this.socket.on('close', (code, reason) => this.#note(() => (this.closed = { code, reason: reason.toString() })));
    this.socket.on('error', () => {});
  }

  #note(change) {
    change();
    this.#waiting = this.#waiting.filter((look) => !look());
  }

  /** Resolves with what `check` gives as soon as that is truthy. */
  wait(what, check) {
    return withTimeout(
      what,
      new Promise((resolve) => {
        const look = () => {
          const result = check();
          if (result) resolve(result);
          return Boolean(result);
        };
        if (!look()) this.#waiting.push(look);
      }),
    );
  }

  opened() {
    return this.wait('the upgrade', () => this.socket.readyState === WebSocket.OPEN || this.frames.length > 0).catch(
      () => new Promise((resolve) => this.socket.once('open', resolve)),
    );
  }

  /** The next frame not yet taken with this opcode; others before it are dropped. */
  next(opcode) {
    return this.wait(`frame ${opcode.toString(16)}`, () => {
      const found = this.frames.findIndex((frame) => frame.data[0] === opcode);
      return found < 0 ? null : this.frames.splice(0, found + 1)[found].data;
    });
  }

  end() {
    return this.wait('the close', () => this.closed);
  }

  send(...bytes) {
    this.socket.send(Buffer.from(bytes));
  }

  close() {
    this.socket.terminate();
  }
}

export function seatPath(seat, query = '') {
  return `/${seat.processId}/${seat.roomId}?sessionId=${seat.sessionId}${query}`;
}

/** Joined by hand: JOIN_ROOM read, acknowledged, first state there. */
export async function joinByHand(server, options = {}, room = 'world') {
  const seat = await reserve(server, options, room);
  const line = new Line(server, seatPath(seat));
  const handshake = parseJoin(await line.next(kJoin));
  line.send(kJoin);
  const state = handshake.serializer === 'none' ? null : await line.next(kState);
  return { seat, line, handshake, state };
}

/** The parts of a JOIN_ROOM frame. */
export function parseJoin(frame) {
  const tokenEnd = 2 + frame[1];
  const serializerEnd = tokenEnd + 1 + frame[tokenEnd];
  return {
    token: frame.toString('utf8', 2, tokenEnd),
    serializer: frame.toString('utf8', tokenEnd + 1, serializerEnd),
    rest: frame.subarray(serializerEnd),
  };
}

/** The code and text of an ERROR frame. */
export function parseError(frame) {
  const wide = frame[1] === 0xcd;
  const code = wide ? frame.readUInt16LE(2) : frame[1];
  const at = wide ? 4 : 2;
  const long = frame[at] === 0xd9;
  return { code, text: frame.toString('utf8', at + (long ? 2 : 1)) };
}

/** A bare TCP connection that sends text and gives everything that comes back until the peer closes. */
export function talk(server, bytes) {
  return withTimeout(
    'the peer to close',
    new Promise((resolve) => {
      const socket = net.connect(server.port, '127.0.0.1', () => socket.write(bytes));
      const parts = [];
      socket.on('data', (part) => parts.push(part));
      socket.on('error', () => {});
      socket.on('close', () => resolve(Buffer.concat(parts)));
    }),
    20_000,
  );
}
