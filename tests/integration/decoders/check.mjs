// Feeds streams of state frames to the official decoders, schema 3, 4 and 5 in turn, the way the SDKs 0.16, 0.17 and
// 0.18 do. Reads JSON lines from standard input (or takes them as an array, see checkStream):
//
//   {"kind":"reflection","hex":"…"}                        the state types; once, before any frame
//   {"kind":"join","hex":"0a…"}                            instead of it: a whole JOIN_ROOM frame
//   {"kind":"frame","client":N,"hex":"0e…|0f…"}            a whole frame, opcode included
//   {"kind":"expect","client":N,"state":{…}}               what toJSON() of the state must give
//   {"kind":"events","client":N,"map":"monsters","added":[keys],"removed":[keys]}
//                                                          onAdd and onRemove calls since the last such line
//   {"kind":"reset","client":N}                            a fresh decoder, as after a manual reconnection
//
// Exit 0 when all three agree with every line, else 1 with the line number and the differences. A warning or error
// that a decoder prints about the stream counts as a failure.
import { pathToFileURL } from "node:url";
import * as schema3 from "schema3";
import * as schema4 from "schema4";
import * as schema5 from "schema5";

export const versions = { "schema 3": schema3, "schema 4": schema4, "schema 5": schema5 };

const ROOM_STATE = 0x0e;
const ROOM_STATE_PATCH = 0x0f;
const DIFFERENCES_SHOWN = 10;

/** Where the reflection of a JOIN_ROOM frame begins for that SDK generation, and the bytes up to its end. */
function reflectionOfJoin(frame, hasLength) {
  const idAt = 2 + frame[1];
  const offset = idAt + 1 + frame[idAt];
  if (!hasLength) return { bytes: frame, offset };
  if (frame[offset] !== 0xcd) throw new Error("JOIN_ROOM without the three-byte length");
  const length = frame.readUInt16LE(offset + 1);
  return { bytes: frame.subarray(offset + 3, offset + 3 + length), offset: 0 };
}

/** Decoders are allowed to say nothing; what they say is collected. */
function listening(messages, action) {
  const { warn, error } = console;
  console.warn = console.error = (...words) => messages.push(words.map(String).join(" "));
  try {
    return action();
  } finally {
    Object.assign(console, { warn, error });
  }
}

class Client {
  constructor(library, handshake) {
    const { bytes, offset } = handshake();
    this.decoder = library.Reflection.decode(bytes, { offset });
    this.events = new Map();
    const root = library.getDecoderStateCallbacks(this.decoder)(this.decoder.state);
    const fields = this.decoder.state.constructor[Symbol.metadata];
    for (const index of Object.keys(fields)) {
      const { name, type } = fields[index] ?? {};
      if (!/^\d+$/.test(index) || type?.map === undefined) continue;
      const seen = { added: [], removed: [] };
      this.events.set(name, seen);
      root[name].onAdd((_, key) => seen.added.push(key));
      root[name].onRemove((_, key) => seen.removed.push(key));
    }
  }

  feed(frame) {
    const it = { offset: 1 };
    if (frame[0] === ROOM_STATE) {
      const reconciles = this.decoder.decodeResync !== undefined && this.decoder.root.refs.size > 1;
      reconciles ? this.decoder.decodeResync(frame, it) : this.decoder.decode(frame, it);
    } else if (frame[0] === ROOM_STATE_PATCH) {
      this.decoder.decode(frame, it);
    } else {
      throw new Error(`not a state frame: opcode ${frame[0]}`);
    }
  }
}

/** Float fields hold 32 bits, expectations are written with 64. */
const sameNumber = (expected, actual) => Object.is(expected, actual) || expected === actual || Math.fround(expected) === actual;

function differences(expected, actual, path, found) {
  if (typeof expected === "number" && typeof actual === "number") {
    if (!sameNumber(expected, actual)) found.push(`${path}: expected ${expected}, got ${actual}`);
  } else if (expected !== null && actual !== null && typeof expected === "object" && typeof actual === "object") {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      differences(expected[key], actual[key], `${path}.${key}`, found);
    }
  } else if (expected !== actual) {
    found.push(`${path}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
  }
  return found;
}

function eventDifferences(line, client) {
  const seen = client.events.get(line.map);
  if (seen === undefined) return [`the state has no map ${line.map}`];
  const found = [];
  for (const list of ["added", "removed"]) {
    const expected = [...(line[list] ?? [])].map(String).sort();
    const actual = seen[list].splice(0).sort();
    if (JSON.stringify(expected) !== JSON.stringify(actual)) {
      found.push(`${line.map} ${list}: expected [${expected}], got [${actual}]`);
    }
  }
  return found;
}

class Run {
  constructor(library, isLatest) {
    this.library = library;
    this.isLatest = isLatest;
    this.clients = new Map();
    this.handshake = null;
    this.toleratedOnJoin = false;
  }

  client(id) {
    if (!this.clients.has(id)) {
      if (this.handshake === null) throw new Error("a frame before the reflection");
      const said = [];
      this.clients.set(id, listening(said, () => new Client(this.library, this.handshake)));
      if (said.length > 0 && !this.toleratedOnJoin) throw new Error(said.join("; "));
    }
    return this.clients.get(id);
  }

  /** Differences that the line brings to light. */
  step(line) {
    switch (line.kind) {
      case "reflection": {
        const bytes = Buffer.from(line.hex, "hex");
        this.handshake = () => ({ bytes, offset: 0 });
        return [];
      }
      case "join": {
        const frame = Buffer.from(line.hex, "hex");
        this.handshake = () => reflectionOfJoin(frame, this.isLatest);
        this.toleratedOnJoin = !this.isLatest; // they stumble over the length, say so, and find their way
        return [];
      }
      case "frame": {
        const said = [];
        const client = this.client(line.client);
        listening(said, () => client.feed(Buffer.from(line.hex, "hex")));
        return said.map((words) => `the decoder says: ${words}`);
      }
      case "expect": return differences(line.state, this.client(line.client).decoder.state.toJSON(), "state", []);
      case "events": return eventDifferences(line, this.client(line.client));
      case "reset": this.clients.delete(line.client); return [];
      default: throw new Error(`unknown kind ${JSON.stringify(line.kind)}`);
    }
  }
}

/** Differences as texts; empty when every version agrees with every line. Each version stops at its first bad line. */
export function checkStream(lines) {
  const reports = [];
  for (const [name, library] of Object.entries(versions)) {
    const run = new Run(library, library === schema5);
    for (const [index, line] of lines.entries()) {
      let found;
      try {
        found = run.step(line);
      } catch (error) {
        found = [`stopped: ${error.message}`];
      }
      if (found.length === 0) continue;
      const shown = found.slice(0, DIFFERENCES_SHOWN);
      if (found.length > shown.length) shown.push(`… and ${found.length - shown.length} more`);
      reports.push(`${name}, line ${index + 1} (${line.kind}, client ${line.client ?? "-"}):\n  ${shown.join("\n  ")}`);
      break;
    }
  }
  return reports;
}

export const parseLines = (text) => text.split("\n").filter((line) => line.trim() !== "").map((line) => JSON.parse(line));

async function main() {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const lines = parseLines(Buffer.concat(chunks).toString("utf8"));
  const reports = checkStream(lines);
  for (const report of reports) console.log(report);
  if (reports.length === 0) console.log(`${lines.length} lines hold in ${Object.keys(versions).join(", ")}`);
  process.exitCode = reports.length === 0 && lines.length > 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
