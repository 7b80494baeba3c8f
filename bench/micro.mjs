// Runs throng-micro and prints its figures with the goals of budgets.json beside: node bench/micro.mjs <program> [arguments…]
// The arguments are Google Benchmark's, for instance --benchmark_filter=tick. Ends with 1 when a goal is missed.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const [program, ...args] = process.argv.slice(2);
const budgets = JSON.parse(readFileSync(new URL("budgets.json", import.meta.url), "utf8"));
const goals = new Map(budgets.goals.filter((goal) => goal.measured_by === "micro").map((goal) => [goal.name, goal]));
const output = execFileSync(program, ["--benchmark_format=json", ...args], { encoding: "utf8", maxBuffer: 1 << 26 });

let missed = 0;
for (const run of JSON.parse(output).benchmarks) {
  const name = run.name.split("/")[0];
  const goal = goals.get(name);
  // What a benchmark counts itself goes before its time.
  const figure = run.figure ?? run.real_time;
  const unit = run.figure === undefined ? run.time_unit : "";
  const met = goal === undefined || (goal.at_most ?? Infinity) >= figure && (goal.at_least ?? -Infinity) <= figure;
  if (!met) missed += 1;
  const bound = goal === undefined ? "" : `goal ${goal.at_most === undefined ? "at least" : "at most"} ${goal.at_most ?? goal.at_least} ${goal.unit ?? ""} ${met ? "met" : "MISSED"}`;
  const more = run.ns_per_monster === undefined ? "" : `${(run.ns_per_monster * 1e9).toFixed(0)} ns per monster`;
  console.log(`${name.padEnd(36)} ${figure.toFixed(3).padStart(10)} ${unit.padEnd(3)} ${more} ${bound}`.trimEnd());
}
process.exit(missed === 0 ? 0 : 1);
