// The goals of budgets.json that a program of its own measures, as its figures come.

import { readFileSync } from "node:fs";

export class Goals {
  missed = 0;
  #goals;

  /** @param measuredBy  as budgets.json names the program */
  constructor(measuredBy) {
    const { goals } = JSON.parse(readFileSync(new URL("budgets.json", import.meta.url), "utf8"));
    this.#goals = new Map(goals.filter((goal) => goal.measured_by === measuredBy).map((goal) => [goal.name, goal]));
  }

  /** Says whether the figure meets its goal, and counts it when it does not. */
  hold(name, figure) {
    const goal = this.#goals.get(name);
    const met = figure <= (goal.at_most ?? Infinity) && figure >= (goal.at_least ?? -Infinity);
    if (!met) this.missed += 1;
    const bound = goal.at_most === undefined ? `at least ${goal.at_least}` : `at most ${goal.at_most} ${goal.unit ?? ""}`;
    console.log(`${name}: ${figure} (goal ${bound.trim()}) ${met ? "met" : "MISSED"}`);
  }
}
