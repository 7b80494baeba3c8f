// Random worlds through the server's view writer, decoded by the official decoders: who sees what, after every patch.
// INTEREST_STREAM names the program (tests/protocol/interest_stream); INTEREST_SEED repeats one run.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { checkStream, parseLines } from "./check.mjs";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const throngd = process.env.THRONGD ?? join(root, "build/debug/throngd");
const program = process.env.INTEREST_STREAM ?? join(dirname(throngd), "tests/interest_stream");
const PATCHES = 900;
const chosen = process.env.INTEREST_SEED;
const seeds = chosen ? [chosen] : ["1", "2", String(Math.floor(Math.random() * 1e9))];

for (const seed of seeds) {
  test(`a random world holds in every decoder (INTEREST_SEED=${seed})`, () => {
    const run = spawnSync(program, [seed, String(PATCHES)], { maxBuffer: 1 << 28, encoding: "utf8" });
    assert.equal(run.status, 0, `${program}: ${run.stderr || run.error}`);
    const lines = parseLines(run.stdout);
    assert.ok(lines.length > 3 * PATCHES, "the stream is long enough to mean something");
    assert.deepEqual(checkStream(lines), []);
  });
}
