// From the rows of a comparison to the figures that budgets.json names. Pure, so that it is tested on its own.

/** Of repeated runs the one with the median of what matters for its workload. */
export function medianResult(results) {
  const weight = (result) =>
    result.empty_cpu_percent ?? result.server?.cpu_ms_per_player_second ?? result.joins?.per_second ?? 0;
  const sorted = [...results].sort((a, b) => weight(a) - weight(b));
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

function resultsOf(rows, system, workload, variant = "") {
  return rows
    .filter((row) => row.system === system && row.workload === workload && row.variant === variant)
    .filter((row) => row.results.length > 0)
    .map((row) => ({ clients: row.clients, result: medianResult(row.results) }))
    .sort((a, b) => a.clients - b.clients);
}

/**
 * CPU per player and second; DID_NOT_HOLD of a run that does not hold, because a server that skips patches looks cheap.
 */
export const DID_NOT_HOLD = null;
function cpuOf({ result }) {
  return result.holds ? result.server?.cpu_ms_per_player_second : DID_NOT_HOLD;
}

/** The largest; nothing when there are none, DID_NOT_HOLD when one of them is. */
function largest(values) {
  if (values.length === 0) return undefined;
  return values.includes(DID_NOT_HOLD) ? DID_NOT_HOLD : Math.max(...values);
}

/** The largest size that holds. A size that holds after a smaller one did not still counts: neighbours make noise. */
function playersHeld(measured) {
  if (measured.length === 0) return undefined;
  return Math.max(0, ...measured.filter(({ result }) => result.holds).map(({ clients }) => clients));
}

/** The limit program's CPU by size: the better of its read modes, of those that hold. */
export function limitCpu(rows) {
  const best = new Map();
  for (const variant of ["readiness", "tick"]) {
    for (const one of resultsOf(rows, "limit", "reference", variant)) {
      const cpu = cpuOf(one);
      if (Number.isFinite(cpu) && cpu < (best.get(one.clients) ?? Infinity)) best.set(one.clients, cpu);
    }
  }
  return best;
}

function ratioOf(cpu, to) {
  return cpu === DID_NOT_HOLD ? DID_NOT_HOLD : cpu / to;
}

function doublings(measured) {
  const cpu = new Map(measured.map((one) => [one.clients, cpuOf(one)]));
  return [...cpu].filter(([clients]) => cpu.has(2 * clients)).map(([clients, value]) => cpu.get(2 * clients) / value);
}

/** Figures by name; what was not measured is absent, what came from a run that does not hold is DID_NOT_HOLD. */
export function deriveFigures(rows) {
  const limit = limitCpu(rows);
  const colyseus = resultsOf(rows, "colyseus", "reference");
  const throngd = resultsOf(rows, "throngd", "reference");
  const crowd = resultsOf(rows, "throngd", "crowd");
  const promised = throngd.filter(({ clients }) => clients >= 1000 && clients <= 3000);
  const one = (system, workload) => resultsOf(rows, system, workload)[0]?.result;
  const ratio = (a, b) => (a !== undefined && b ? a / b : undefined);

  const figures = {};
  for (const [clients, cpu] of limit) figures[`limit.cpu_ms_at_${clients}`] = cpu;
  figures["colyseus.reference.players_held"] = playersHeld(colyseus);
  for (const measured of colyseus) figures[`colyseus.reference.cpu_ms_at_${measured.clients}`] = cpuOf(measured);
  figures["colyseus.joins.per_second"] = one("colyseus", "joins")?.joins.per_second;
  figures["colyseus.idle.connection_bytes"] = one("colyseus", "idle connection")?.server.resident_bytes_per_client;
  figures["colyseus.empty.cpu_percent"] = one("colyseus", "empty")?.empty_cpu_percent;

  figures["throngd.reference.players_held"] = playersHeld(throngd);
  figures["throngd.reference.players_held_to_colyseus"] = ratio(playersHeld(throngd), playersHeld(colyseus));
  for (const measured of throngd) figures[`throngd.reference.cpu_ms_at_${measured.clients}`] = cpuOf(measured);
  figures["throngd.reference.cpu_ms_worst"] = largest(promised.map(cpuOf));
  figures["throngd.reference.cpu_to_limit_worst"] = largest(
    promised
      .filter(({ clients }) => limit.has(clients))
      .map((measured) => ratioOf(cpuOf(measured), limit.get(measured.clients))),
  );
  figures["throngd.reference.cpu_doubling_worst"] = largest(doublings(throngd.filter(({ result }) => result.holds)));
  figures["throngd.crowd.players_held"] = playersHeld(crowd);
  for (const measured of crowd) figures[`throngd.crowd.cpu_ms_at_${measured.clients}`] = cpuOf(measured);
  figures["throngd.idle.connection_bytes"] = one("throngd", "idle connection")?.server.resident_bytes_per_client;
  figures["throngd.idle.player_bytes"] = one("throngd", "idle player")?.server.resident_bytes_per_client;
  figures["throngd.joins.per_second"] = one("throngd", "joins")?.joins.per_second;
  figures["throngd.joins.per_second_to_colyseus"] = ratio(
    figures["throngd.joins.per_second"],
    figures["colyseus.joins.per_second"],
  );
  figures["throngd.empty.cpu_percent"] = one("throngd", "empty")?.empty_cpu_percent;
  const known = ([, value]) => value === DID_NOT_HOLD || Number.isFinite(value);
  return Object.fromEntries(Object.entries(figures).filter(known));
}

/** Each goal that names a figure, with its value and whether it is met: undefined when it was not measured. */
export function judge(goals, figures) {
  return goals
    .filter((goal) => goal.figure !== undefined)
    .map((goal) => {
      const value = figures[goal.figure];
      if (value === undefined) return { goal, value, met: undefined };
      if (value === DID_NOT_HOLD) return { goal, value, met: false };
      const met = goal.at_least !== undefined ? value >= goal.at_least : value <= goal.at_most;
      return { goal, value, met };
    });
}
