// Writes dashboards/*.json: node deploy/grafana/make_dashboards.mjs. A test compares them and asks their queries of a real
// Prometheus, so a panel is one line here and nothing by hand.

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const kFolder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'dashboards');
const kDatasource = { type: 'prometheus', uid: 'throng' };
const kWidth = 24;

const here = 'instance=~"$instance"';

/** A line per series. @param queries  [expression, legend] */
const graph = (title, unit, ...queries) => ({ kind: 'timeseries', title, unit, queries, width: 12, height: 8 });
/** One figure. */
const figure = (title, unit, query) => ({ kind: 'stat', title, unit, queries: [[query, '']], width: 4, height: 4 });

const rate = (metric, by = '', more = '') =>
  `sum${by ? ` by (${by})` : ''} (rate(${metric}{${here}${more}}[$__rate_interval]))`;
const quantile = (q, metric, by = '', more = '') =>
  `histogram_quantile(${q}, sum by (${by ? `${by}, ` : ''}le) (rate(${metric}_bucket{${here}${more}}[$__rate_interval])))`;
const total = (metric, by = '', more = '') => `sum${by ? ` by (${by})` : ''} (${metric}{${here}${more}})`;

export const dashboards = {
  overview: {
    title: 'Throng: overview',
    panels: [
      figure('Servers', 'short', `count(throng_build_info{${here}})`),
      figure('Ready', 'short', total('throng_ready')),
      figure('Players', 'short', total('throng_players')),
      figure('Rooms', 'short', total('throng_rooms')),
      figure('Ticks late', 'percentunit', `${rate('throng_ticks_late_total')} / ${rate('throng_ticks_total')}`),
      figure('Content version', 'short', `max(throng_content_version{${here}})`),
      graph('Players by kind of room', 'short', [total('throng_players', 'room'), '{{room}}']),
      graph('Tick duration', 's', [quantile(0.5, 'throng_tick_duration_seconds', 'room'), 'median {{room}}'], [quantile(0.99, 'throng_tick_duration_seconds', 'room'), '99 % {{room}}']),
      graph('CPU, in cores', 'short', [`rate(process_cpu_seconds_total{${here},job="throng"}[$__rate_interval])`, '{{instance}}']),
      graph('Memory', 'bytes', [`process_resident_memory_bytes{${here},job="throng"}`, '{{instance}}']),
      graph('Match-making', 'reqps', [rate('throng_matchmake_total', 'outcome'), '{{outcome}}']),
      graph('What is wrong', 'short', [rate('throng_messages_rejected_total', 'reason'), 'messages: {{reason}}'], [rate('throng_oddities_total'), 'oddities'], [total('throng_content_refused'), 'content refused']),
    ],
  },
  rooms: {
    title: 'Throng: rooms and ticks',
    panels: [
      graph('Tick duration, 99 %', 's', [quantile(0.99, 'throng_tick_duration_seconds', 'instance, room'), '{{room}} {{instance}}']),
      graph('Time by phase, share of one thread', 'percentunit', [rate('throng_tick_phase_duration_seconds_sum', 'phase'), '{{phase}}']),
      graph('Phases, 99 %', 's', [quantile(0.99, 'throng_tick_phase_duration_seconds', 'phase'), '{{phase}}']),
      graph('How late ticks begin, 99 %', 's', [quantile(0.99, 'throng_tick_delay_seconds', 'room'), '{{room}}']),
      graph('Slow and late ticks', 'short', [rate('throng_ticks_slow_total', 'room'), 'slow {{room}}'], [rate('throng_ticks_late_total'), 'late']),
      graph('Event loop lag, 99 %', 's', [quantile(0.99, 'throng_event_loop_lag_seconds', 'instance, worker'), '{{instance}} {{worker}}']),
      graph('Rooms', 'short', [total('throng_rooms', 'room'), '{{room}}']),
      graph('Entities', 'short', [total('throng_entities', 'room'), '{{room}}']),
      graph('Seats', 'short', [total('throng_seats', 'room'), '{{room}}']),
      graph('Interest changes', 'short', [rate('throng_interest_changes_total', 'change'), '{{change}}']),
    ],
  },
  network: {
    title: 'Throng: network',
    panels: [
      graph('Connections', 'short', [total('throng_connections'), 'TCP'], [total('throng_websockets'), 'WebSockets']),
      graph('Opened, closed, refused', 'short', [rate('throng_connections_opened_total'), 'opened'], [rate('throng_connections_closed_total', 'reason'), 'closed: {{reason}}'], [rate('throng_connections_refused_total', 'reason'), 'refused: {{reason}}']),
      graph('WebSockets that ended', 'short', [rate('throng_websockets_closed_total', 'code, by'), '{{code}} by {{by}}']),
      graph('Bytes', 'Bps', [rate('throng_received_bytes_total'), 'in'], [rate('throng_sent_bytes_total'), 'out']),
      graph('Messages of clients', 'short', [rate('throng_client_messages_total', 'type'), '{{type}}']),
      graph('Messages to clients', 'short', [rate('throng_server_messages_total', 'type'), '{{type}}']),
      graph('Messages refused', 'short', [rate('throng_messages_rejected_total', 'reason'), '{{reason}}']),
      graph('Patch size', 'bytes', [quantile(0.5, 'throng_patch_size_bytes'), 'median'], [quantile(0.99, 'throng_patch_size_bytes'), '99 %']),
      graph('Patches by kind of room', 'Bps', [rate('throng_patch_bytes_total', 'room'), '{{room}}']),
      graph('Waiting for slow clients', 'bytes', [total('throng_out_queue_bytes'), 'bytes']),
      graph('Clients that wait, and that were dropped', 'short', [total('throng_out_queues'), 'wait'], [rate('throng_websockets_dropped_total', 'reason'), 'dropped: {{reason}}']),
      graph('HTTP', 'reqps', [rate('throng_http_route_requests_total', 'route'), '{{route}}'], [rate('throng_http_responses_total', 'status'), '{{status}}']),
      graph('Match-making time', 's', [quantile(0.5, 'throng_matchmake_duration_seconds', 'method'), 'median {{method}}'], [quantile(0.99, 'throng_matchmake_duration_seconds', 'method'), '99 % {{method}}']),
      graph('Joins', 'short', [rate('throng_joins_total'), 'joined'], [rate('throng_reconnections_total'), 'came back'], [rate('throng_sessions_dropped_total'), 'dropped'], [rate('throng_joins_refused_total', 'reason'), 'refused: {{reason}}']),
    ],
  },
  gameplay: {
    title: 'Throng: gameplay',
    panels: [
      graph('Fights', 'short', [rate('throng_combat_events_total', 'kind'), '{{kind}}']),
      graph('Damage', 'short', [rate('throng_damage_points_total', 'source, target'), '{{source}} to {{target}}'], [rate('throng_healing_points_total', 'target'), 'healed: {{target}}']),
      graph('Skills used', 'short', [rate('throng_skills_used_total', 'skill'), '{{skill}}']),
      graph('Deaths', 'short', [rate('throng_deaths_total', 'victim'), '{{victim}}']),
      graph('Kills', 'short', [rate('throng_kills_total', 'monster'), '{{monster}}']),
      graph('Drops', 'short', [rate('throng_drops_total', 'rarity'), '{{rarity}}']),
      graph('Experience', 'short', [rate('throng_experience_points_total', 'source'), '{{source}}'], [rate('throng_experience_lost_points_total', 'source'), 'lost: {{source}}']),
      graph('Levels, quests, achievements', 'short', [rate('throng_levels_reached_total'), 'levels'], [rate('throng_quest_changes_total', 'state'), 'quests {{state}}'], [rate('throng_achievements_earned_total'), 'achievements']),
      graph('Currency created', 'short', [rate('throng_currency_created_coins_total', 'source'), '{{source}}']),
      graph('Currency destroyed', 'short', [rate('throng_currency_destroyed_coins_total', 'source'), '{{source}}']),
      graph('Things', 'short', [rate('throng_items_gained_total', 'source'), 'gained: {{source}}'], [rate('throng_items_lost_total', 'source'), 'lost: {{source}}']),
      graph('Chat', 'short', [rate('throng_chat_lines_total', 'channel'), '{{channel}}']),
      graph('Monsters by state', 'short', [total('throng_monsters', 'state'), '{{state}}']),
      graph('What monsters turn to', 'short', [rate('throng_monster_transitions_total', 'to'), '{{to}}']),
    ],
  },
  store: {
    title: 'Throng: store',
    panels: [
      figure('Up', 'short', total('throng_store_state', '', ',state="up"')),
      figure('Waiting', 'short', total('throng_store_queue_works')),
      figure('Oldest', 's', `max(throng_store_queue_oldest_seconds{${here}})`),
      figure('Moves', 'short', rate('throng_store_moves_total')),
      figure('Refused cuts', 'short', `sum(increase(throng_store_cuts_total{${here},result="refused"}[1h]))`),
      figure('Unexplained moves', 'short', `sum(increase(throng_room_unexplained_moves_total{${here}}[1h]))`),
      graph('Commit', 's', [quantile(0.5, 'throng_store_commit_duration_seconds'), 'median'], [quantile(0.99, 'throng_store_commit_duration_seconds'), '99 %']),
      graph('Works per commit', 'short', [quantile(0.5, 'throng_store_group_works'), 'median'], [quantile(0.99, 'throng_store_group_works'), '99 %']),
      graph('Transactions', 'short', [rate('throng_store_groups_total'), 'committed'], [rate('throng_store_retries_total'), 'tried again'], [rate('throng_store_failures_total', 'trouble'), 'failed: {{trouble}}']),
      graph('Cuts', 'short', [rate('throng_store_cuts_total', 'result'), '{{result}}'], [rate('throng_store_jobs_total'), 'other work'], [rate('throng_store_reads_total'), 'reads']),
      graph('From handing over to kept, in ticks', 'short', [`${rate('throng_room_cut_ticks_total')} / ${rate('throng_room_cuts_total')}`, 'ticks']),
      graph('Characters', 'short', [rate('throng_store_saves_total'), 'written'], [rate('throng_store_fenced_off_total'), 'lease lost'], [rate('throng_store_refused_total'), 'too much waits']),
    ],
  },
};

function placed(panels) {
  let x = 0;
  let y = 0;
  let row = 0;
  return panels.map((panel) => {
    if (x + panel.width > kWidth) {
      x = 0;
      y += row;
      row = 0;
    }
    const gridPos = { x, y, w: panel.width, h: panel.height };
    x += panel.width;
    row = Math.max(row, panel.height);
    return { panel, gridPos };
  });
}

const asJson = (name, { title, panels }) => ({
  uid: `throng-${name}`,
  title,
  tags: ['throng'],
  schemaVersion: 38,
  version: 1,
  editable: false,
  refresh: '10s',
  time: { from: 'now-1h', to: 'now' },
  templating: {
    list: [
      {
        name: 'instance',
        label: 'Server',
        type: 'query',
        datasource: kDatasource,
        query: 'label_values(throng_build_info, instance)',
        definition: 'label_values(throng_build_info, instance)',
        refresh: 2,
        includeAll: true,
        allValue: '.*',
        multi: true,
        current: { text: 'All', value: '$__all' },
      },
    ],
  },
  panels: placed(panels).map(({ panel, gridPos }, index) => ({
    id: index + 1,
    type: panel.kind,
    title: panel.title,
    datasource: kDatasource,
    gridPos,
    fieldConfig: { defaults: { unit: panel.unit, min: 0 }, overrides: [] },
    targets: panel.queries.map(([expr, legendFormat], number) => ({
      refId: String.fromCharCode(65 + number),
      datasource: kDatasource,
      expr,
      legendFormat,
      exemplar: expr.includes('throng_tick_duration_seconds_bucket'),
    })),
  })),
});

/** @return {Map<string, string>} file name -> text */
export const dashboardFiles = () =>
  new Map(
    Object.entries(dashboards).map(([name, board]) => [
      `${name}.json`,
      `${JSON.stringify(asJson(name, board), null, 2)}\n`,
    ]),
  );

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, text] of dashboardFiles()) await writeFile(path.join(kFolder, name), text);
}
