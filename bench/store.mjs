// Runs throng-store-bench and holds its figures against budgets.json: node bench/store.mjs <program> [flags of it…]
// Prints the figures as they come; ends with 1 when a goal is missed.
import { execFileSync } from "node:child_process";
import { Goals } from "./goals.mjs";

const [program, ...args] = process.argv.slice(2);
const goals = new Goals("store");
const output = execFileSync(program, args, { encoding: "utf8" });
console.log(output.trimEnd());

const { sqlite } = JSON.parse(output);
if (sqlite !== undefined) {
  goals.hold("ledger_transactions_per_second", sqlite.ledger.moves_per_s);
  goals.hold("recovery_after_kill", Math.max(sqlite.recovery.characters_ms, sqlite.recovery.rooms_ms) / 1000);
}
process.exit(goals.missed === 0 ? 0 : 1);
