// Runs throng-store-bench and holds its figures against budgets.json: node bench/store.mjs <program> [flags of it…]
// Prints the figures as they come; ends with 1 when a goal is missed.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const [program, ...args] = process.argv.slice(2);
const budgets = JSON.parse(readFileSync(new URL("budgets.json", import.meta.url), "utf8"));
const goals = new Map(budgets.goals.filter((goal) => goal.measured_by === "store").map((goal) => [goal.name, goal]));
const output = execFileSync(program, args, { encoding: "utf8" });
console.log(output.trimEnd());

const sqlite = JSON.parse(output).sqlite;
let missed = 0;
const judge = (name, figure) => {
  const goal = goals.get(name);
  const met = figure <= (goal.at_most ?? Infinity) && figure >= (goal.at_least ?? -Infinity);
  if (!met) missed += 1;
  const bound = goal.at_most === undefined ? `at least ${goal.at_least}` : `at most ${goal.at_most} ${goal.unit ?? ""}`;
  console.log(`${name}: ${figure} (goal ${bound.trim()}) ${met ? "met" : "MISSED"}`);
};
if (sqlite !== undefined) {
  judge("ledger_transactions_per_second", sqlite.ledger.moves_per_s);
  judge("recovery_after_kill", Math.max(sqlite.recovery.characters_ms, sqlite.recovery.rooms_ms) / 1000);
}
process.exit(missed === 0 ? 0 : 1);
