// Run with: node --test tests/bench/
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { DID_NOT_HOLD, deriveFigures, judge, limitCpu, medianResult } from "../../bench/figures.mjs";

const run = (cpu, holds = true) => ({ holds, server: { cpu_ms_per_player_second: cpu } });
const row = (system, workload, clients, variant, ...results) => ({ system, workload, clients, variant, results });

test("of repeated runs the median counts", () => {
  assert.equal(medianResult([run(3), run(1), run(2)]).server.cpu_ms_per_player_second, 2);
});

test("the limit is the better of the read modes at each size", () => {
  const rows = [
    row("limit", "reference", 1000, "readiness", run(0.19)),
    row("limit", "reference", 1000, "tick", run(0.15)),
  ];
  assert.equal(limitCpu(rows).get(1000), 0.15);
});

test("players held is the largest size that holds", () => {
  const rows = [
    row("colyseus", "reference", 400, "", run(1)),
    row("colyseus", "reference", 500, "", run(1)),
    row("colyseus", "reference", 600, "", run(1, false)),
    row("throngd", "reference", 3000, "", run(0.2)),
    row("throngd", "reference", 4000, "", run(0.2, false)),
  ];
  const figures = deriveFigures(rows);
  assert.equal(figures["colyseus.reference.players_held"], 500);
  assert.equal(figures["throngd.reference.players_held"], 3000);
  assert.equal(figures["throngd.reference.players_held_to_colyseus"], 6);
});

test("a server that holds no size holds nobody, and gives no ratio", () => {
  const figures = deriveFigures([row("colyseus", "reference", 400, "", run(1, false))]);
  assert.equal(figures["colyseus.reference.players_held"], 0);
  assert.equal("throngd.reference.players_held_to_colyseus" in figures, false);
});

test("the ratio to the limit is taken at the same size, and the worst counts", () => {
  const rows = [
    row("limit", "reference", 1000, "tick", run(0.2)),
    row("limit", "reference", 2000, "tick", run(0.1)),
    row("throngd", "reference", 1000, "", run(0.22)),
    row("throngd", "reference", 2000, "", run(0.15)),
  ];
  assert.ok(Math.abs(deriveFigures(rows)["throngd.reference.cpu_to_limit_worst"] - 1.5) < 1e-9);
});

test("a run that skips patches is not taken for a cheap one", () => {
  const rows = [
    row("throngd", "reference", 1000, "", run(0.2)),
    row("throngd", "reference", 3000, "", run(0.1, false)),
  ];
  const figures = deriveFigures(rows);
  assert.equal(figures["throngd.reference.cpu_ms_worst"], DID_NOT_HOLD);
  const goals = [{ figure: "throngd.reference.cpu_ms_worst", at_most: 0.25 }];
  assert.equal(judge(goals, figures)[0].met, false);
});

test("what was not measured is neither met nor missed", () => {
  const goals = [
    { figure: "a", at_least: 3 },
    { figure: "b", at_most: 3 },
    { figure: "c", at_most: 3 },
    { name: "micro", at_most: 1 },
  ];
  assert.deepEqual(judge(goals, { a: 2, b: 2 }).map(({ met }) => met), [false, true, undefined]);
});

test("every figure that a budget names can be computed", () => {
  const joins = { joins: { per_second: 1 } };
  const idle = { server: { resident_bytes_per_client: 1 } };
  const rows = [];
  for (const system of ["colyseus", "throngd"]) {
    rows.push(
      row(system, "reference", 1000, "", run(1)),
      row(system, "reference", 2000, "", run(1)),
      row(system, "crowd", 1000, "", run(1)),
      row(system, "joins", 64, "", joins),
      row(system, "empty", 0, "", { empty_cpu_percent: 1 }),
      row(system, "idle connection", 9, "", idle),
      row(system, "idle player", 9, "", idle),
    );
  }
  rows.push(row("limit", "reference", 1000, "tick", run(1)));
  const figures = deriveFigures(rows);
  const { goals } = JSON.parse(readFileSync(new URL("../../bench/budgets.json", import.meta.url)));
  for (const goal of goals) if (goal.figure) assert.ok(goal.figure in figures, goal.figure);
});
