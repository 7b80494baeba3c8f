// The checker against the protocol's own vectors, and the recorded streams of the server's encoders.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { checkStream, parseLines } from "./check.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const vector = (name) => JSON.parse(readFileSync(here(`../../protocol/vectors/${name}.json`), "utf8"));

function linesOf({ reflection, frames }) {
  const lines = [{ kind: "reflection", hex: reflection }];
  for (const frame of frames) {
    lines.push({ kind: "frame", client: 0, hex: frame.hex });
    if (frame.state !== undefined) lines.push({ kind: "expect", client: 0, state: frame.state });
  }
  return lines;
}

for (const name of ["34-aoi-client-A", "35-aoi-client-B", "36-reconnect-prune-and-snapshot"]) {
  test(`vector ${name} holds in every decoder`, () => assert.deepEqual(checkStream(linesOf(vector(name))), []));
}

test("the compatible JOIN_ROOM holds in every decoder", () => {
  const [join, state] = vector("31-join-room-compat-all-versions").frames;
  const lines = [
    { kind: "join", hex: join.hex },
    { kind: "frame", client: 0, hex: state.hex },
    { kind: "expect", client: 0, state: state.state },
  ];
  assert.deepEqual(checkStream(lines), []);
});

for (const name of readdirSync(here("streams")).filter((file) => file.endsWith(".jsonl"))) {
  test(`recorded stream ${name} holds in every decoder`, () => {
    assert.deepEqual(checkStream(parseLines(readFileSync(here(`streams/${name}`), "utf8"))), []);
  });
}

test("two clients see their own parts of shared bytes", () => {
  const [a, b] = ["34-aoi-client-A", "35-aoi-client-B"].map((name) => linesOf(vector(name)));
  const lines = [...a, ...b.slice(1).map((line) => ({ ...line, client: 1 }))];
  assert.deepEqual(checkStream(lines), []);
});

test("a wrong value is reported with its line and path", () => {
  const lines = linesOf(vector("34-aoi-client-A")).slice(0, 3);
  lines[2].state.ents["5001"].hp = 51;
  const reports = checkStream(lines);
  assert.equal(reports.length, 3);
  assert.match(reports[0], /^schema 3, line 3 \(expect, client 0\):\n {2}state\.ents\.5001\.hp: expected 51, got 50$/);
});

test("a delta of an entity that the client does not hold is reported", () => {
  const lines = linesOf(vector("34-aoi-client-A")).slice(0, 2);
  lines.push({ kind: "frame", client: 0, hex: "0fffcd0f27802a" });
  for (const report of checkStream(lines)) assert.match(report, /line 3.*\n.*refId" not found: 9999/);
  assert.equal(checkStream(lines).length, 3);
});

test("events are counted from line to line", () => {
  const { reflection, frames } = vector("34-aoi-client-A");
  const lines = [
    { kind: "reflection", hex: reflection },
    { kind: "frame", client: 0, hex: frames[0].hex },
    { kind: "events", client: 0, map: "ents", added: ["5001", "5002"], removed: [] },
    { kind: "frame", client: 0, hex: frames[1].hex },
    { kind: "frame", client: 0, hex: frames[2].hex },
    { kind: "events", client: 0, map: "ents", added: ["5003"], removed: ["5002"] },
  ];
  assert.deepEqual(checkStream(lines), []);
  lines[5].added = [];
  assert.match(checkStream(lines)[2], /schema 5, line 6.*\n {2}ents added: expected \[\], got \[5003\]/);
});

test("a reset gives a fresh decoder", () => {
  const { reflection, frames } = vector("34-aoi-client-A");
  const lines = [
    { kind: "reflection", hex: reflection },
    { kind: "frame", client: 0, hex: frames[0].hex },
    { kind: "reset", client: 0 },
    { kind: "frame", client: 0, hex: "0e80050000008101" },
    { kind: "expect", client: 0, state: { tick: 5, ents: {} } },
  ];
  assert.deepEqual(checkStream(lines), []);
});

test("the program reads standard input and tells by its exit code", () => {
  const lines = linesOf(vector("34-aoi-client-A"));
  const run = (input) => spawnSync(process.execPath, [here("check.mjs")], { input, encoding: "utf8", timeout: 20_000 });
  const good = run(lines.map((line) => JSON.stringify(line)).join("\n"));
  assert.equal(good.status, 0, good.stdout + good.stderr);
  lines[2].state.tick = 99;
  const bad = run(lines.map((line) => JSON.stringify(line)).join("\n"));
  assert.equal(bad.status, 1);
  assert.match(bad.stdout, /state\.tick: expected 99, got 1/);
  assert.equal(run("").status, 1);
});
