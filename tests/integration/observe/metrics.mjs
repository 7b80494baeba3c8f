// What operators see: both forms of /metrics pass the tools, no label names a player, scrapes in masses lose nothing, and a
// real Prometheus that scrapes two servers answers every query of the shipped dashboards, rules and alerts.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

import { dashboardFiles } from '../../../deploy/grafana/make_dashboards.mjs';
import { metricsOf, runBots } from '../support/bots.mjs';
import { promtool, startPrometheus } from '../support/prometheus.mjs';
import { kRepository, startThrongd, until } from '../support/throngd.mjs';

const kDeploy = path.join(kRepository, 'deploy');
const kRules = path.join(kDeploy, 'prometheus/rules');
const kToken = 'a-token-of-the-test';
const kLooters = 8;

const kOpenMetrics = 'application/openmetrics-text; version=1.0.0';

const said = (text) => console.log(`${((Date.now() - began) / 1000).toFixed(1)} s  ${text}`);
const began = Date.now();

const scrape = async (server, accept = '') => (await fetch(`${server.url}/metrics`, { headers: { accept } })).text();

/** name -> list of label objects, of everything on a page. */
function seriesOf(page) {
  const series = new Map();
  for (const line of page.split('\n')) {
    const sample = /^([a-z_]+)(?:\{(.*?)\})? \S+/.exec(line);
    if (!sample) continue;
    const labels = Object.fromEntries([...(sample[2] ?? '').matchAll(/([a-z_]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
    series.set(sample[1], [...(series.get(sample[1]) ?? []), labels]);
  }
  return series;
}

async function ruleExpressions(file) {
  const text = await readFile(path.join(kRules, file), 'utf8');
  const names = [...text.matchAll(/- (?:record|alert): (\S+)/g)].map(([, name]) => name);
  const expressions = [...text.matchAll(/ expr: (.*)/g)].map(([, expression]) => expression);
  assert.equal(names.length, expressions.length, `${file}: a rule is not one line`);
  return names.map((name, i) => ({ name, expression: expressions[i] }));
}

function dashboardExpressions() {
  const all = [];
  for (const [file, text] of dashboardFiles()) {
    for (const panel of JSON.parse(text).panels) {
      for (const target of panel.targets) all.push({ name: `${file}: ${panel.title}`, expression: target.expr });
    }
  }
  return all;
}

const filledIn = (expression) => expression.replaceAll('$__rate_interval', '10s').replaceAll('$instance', '.*');

/** Metrics of an expression, with the labels that are asked of them. */
function metricsIn(expression) {
  const found = [];
  for (const [, name, matchers] of expression.matchAll(/\b((?:throng|process|colyseus|game|up)[a-z0-9_:]*)(?:\{([^}]*)\})?/g)) {
    const asked = [...(matchers ?? '').matchAll(/([a-z_]+)(=~|!=|!~|=)"([^"]*)"/g)];
    found.push({ name, matchers: asked.map(([, label, how, value]) => ({ label, how, value })) });
  }
  return found;
}

async function theFilesAreSound() {
  promtool(path.join(kDeploy, 'prometheus'), ['check', 'config', '--syntax-only', 'prometheus.yml']);
  promtool(kRules, ['check', 'rules', ...(await readdir(kRules))]);
  promtool(path.join(kDeploy, 'prometheus/tests'), ['test', 'rules', 'alerts.yml']);
  for (const [file, text] of dashboardFiles()) {
    const kept = await readFile(path.join(kDeploy, 'grafana/dashboards', file), 'utf8');
    assert.equal(kept, text, `${file} is not what make_dashboards.mjs writes`);
  }
  for (const { name } of await ruleExpressions('alerts.yml')) {
    assert.ok(existsSync(path.join(kRepository, `docs/runbooks/${name}.md`)), `${name} has no runbook`);
  }
}

async function bothFormsPassTheTools(server) {
  const text = await scrape(server);
  const complaints = promtool('.', ['check', 'metrics'], text);
  assert.equal(complaints, '', complaints);
  const open = await scrape(server, kOpenMetrics);
  assert.ok(open.endsWith('# EOF\n'));
  const names = (page) => [...seriesOf(page).keys()].sort();
  assert.deepEqual(names(open), names(text), 'the two forms show different metrics');
  const json = await (await fetch(`${server.url}/metrics.json`)).json();
  assert.equal(json.metrics.length, text.split('\n').filter((line) => line.startsWith('# TYPE ')).length);
}

/** Every query names metrics and labels that are there. */
async function queriesAskForWhatThereIs(page) {
  const series = seriesOf(page);
  series.set('up', [{}]);
  for (const { name } of await ruleExpressions('throng.yml')) series.set(name, [{ room: '', worker: '' }]);
  const asked = [...dashboardExpressions(), ...(await ruleExpressions('throng.yml')), ...(await ruleExpressions('alerts.yml')), ...(await ruleExpressions('predecessor.yml'))];
  for (const { name, expression } of asked) {
    for (const metric of metricsIn(expression)) {
      const known = series.get(metric.name);
      assert.ok(known, `${name}: there is no metric ${metric.name}`);
      for (const { label, how, value } of metric.matchers) {
        if (label === 'instance' || label === 'job') continue;
        assert.ok(known.some((labels) => label in labels), `${name}: ${metric.name} has no label ${label}`);
        const values = how === '=~' ? value.split('|') : how === '=' ? [value] : [];
        for (const one of values) {
          assert.ok(known.some((labels) => labels[label] === one), `${name}: ${metric.name} has no ${label}="${one}"`);
        }
      }
    }
    for (const [, by] of expression.matchAll(/by \(([^)]*)\)/g)) {
      const metrics = metricsIn(expression).flatMap((metric) => series.get(metric.name) ?? []);
      for (const label of by.split(',').map((word) => word.trim())) {
        if (label === 'instance' || label === 'le') continue;
        assert.ok(metrics.some((labels) => label in labels), `${name}: nothing has the label ${label}`);
      }
    }
  }
  return asked.length;
}

/** Nothing on the page is longer or freer than a word of ours, and the count of series stays what it was. */
function labelsAreBounded(before, after) {
  for (const [name, all] of seriesOf(after)) {
    for (const labels of all) {
      for (const [label, value] of Object.entries(labels)) {
        assert.match(value, /^[\w./:{}+-]{1,64}$/, `${name}{${label}}`);
        assert.doesNotMatch(value, /^bot|^guest|@/i, `${name}{${label}="${value}"} names somebody`);
      }
    }
  }
  const count = (page) => [...seriesOf(page).values()].reduce((sum, all) => sum + all.length, 0);
  assert.ok(count(after) <= count(before) + 60, `${count(before)} series became ${count(after)} by playing`);
}

async function scrapesInMassesLoseNothing(server) {
  const before = await metricsOf(server);
  let pages = 0;
  const many = Array.from({ length: 8 }, async () => {
    let last = 0;
    for (let i = 0; i < 25; i += 1) {
      const metrics = await metricsOf(server);
      assert.ok(metrics('throng_ticks_total') >= last, 'a counter went back');
      last = metrics('throng_ticks_total');
      pages += 1;
    }
  });
  await Promise.all(many);
  const after = await metricsOf(server);
  assert.equal(pages, 200);
  assert.ok(after('throng_scrape_duration_seconds_count') - before('throng_scrape_duration_seconds_count') >= 200);
  const ticks = after('throng_ticks_total') - before('throng_ticks_total');
  const late = after('throng_ticks_late_total') - before('throng_ticks_late_total');
  const mean = (after('throng_scrape_duration_seconds_sum') / after('throng_scrape_duration_seconds_count')) * 1000;
  assert.ok(late <= Math.max(2, ticks / 20), `${late} of ${ticks} ticks were late while 8 scraped`);
  said(`200 scrapes, ${mean.toFixed(2)} ms each on the server; ${late} of ${ticks} ticks late`);
}

async function theTokenIsAskedFor(server) {
  const port = /metrics +http:\/\/localhost:(\d+)\//.exec(server.output)?.[1];
  assert.ok(port, `no port of the metrics in:\n${server.output}`);
  assert.equal((await fetch(`${server.url}/metrics`)).status, 404, 'the game\'s port shows metrics too');
  const url = `http://127.0.0.1:${port}/metrics`;
  assert.equal((await fetch(url)).status, 401);
  assert.equal((await fetch(url, { headers: { authorization: `Bearer ${kToken}` } })).status, 200);
  return Number(port);
}

/** The shipped configuration with the test's servers in it. */
async function prometheusConfiguration(targets) {
  let text = await readFile(path.join(kDeploy, 'prometheus/prometheus.yml'), 'utf8');
  text = text.replaceAll('15s', '1s').replace('rules/*.yml', `${kRules}/*.yml`);
  text = text.replace(/# authorization:\n.*/, `authorization:\n      credentials: ${kToken}`);
  return text.replace('throng-a:2567', targets[0]).replace('throng-b:2567', targets[1]);
}

async function everyQueryIsAnswered(prometheus) {
  const both = async () => (await prometheus.query('sum(up{job="throng"})'))[0]?.value[1] === '2';
  await until('two servers in Prometheus', both, 20_000);
  const samples = async () => Number((await prometheus.query('min(count_over_time(up{job="throng"}[1m]))'))[0]?.value[1] ?? 0) >= 4;
  await until('four scrapes', samples, 20_000);
  const queries = dashboardExpressions();
  for (const { name, expression } of queries) {
    const result = await prometheus.query(filledIn(expression));
    assert.ok(result.length > 0, `${name}: no answer to ${filledIn(expression)}`);
  }
  const recorded = [...(await ruleExpressions('throng.yml')), ...(await ruleExpressions('predecessor.yml'))];
  for (const { name } of recorded) {
    await until(`the rule ${name}`, async () => (await prometheus.query(name)).length > 0, 10_000);
  }
  const kills = await prometheus.query('sum(throng_kills_total)');
  assert.ok(Number(kills[0].value[1]) > 0, 'nobody killed anything');
  const { groups } = await prometheus.api('rules', { type: 'alert' });
  const broken = groups.flatMap((group) => group.rules).filter((rule) => rule.health !== 'ok' && rule.health !== 'unknown');
  assert.deepEqual(broken, []);
  return queries.length + recorded.length;
}

const open = await startThrongd({ server: { host: '127.0.0.1', log_level: 'error' } });
const guarded = await startThrongd({
  server: { host: '127.0.0.1', log_level: 'error', metrics: { port: 0, host: '127.0.0.1' } },
  environment: { THRONG_METRICS_TOKEN: kToken },
});
let prometheus = null;
try {
  await theFilesAreSound();
  said('rules, their unit tests, dashboards and runbooks are sound');
  const metricsPort = await theTokenIsAskedFor(guarded);
  const atFirst = await scrape(open);
  prometheus = await startPrometheus(await prometheusConfiguration([`127.0.0.1:${open.port}`, `127.0.0.1:${metricsPort}`]));
  const playing = runBots(open, ['--room', 'world', '--sign-in', '--behaviour', 'loot', '--clients', kLooters, '--warmup', 1, '--seconds', 8]);
  await until('players', async () => (await metricsOf(open))('throng_players{room="world"}') === kLooters, 20_000);
  await scrapesInMassesLoseNothing(open);
  await playing;
  await bothFormsPassTheTools(open);
  const page = await scrape(open);
  labelsAreBounded(atFirst, page);
  said(`${await queriesAskForWhatThereIs(page)} expressions ask for what there is`);
  said(`${await everyQueryIsAnswered(prometheus)} queries answered by a real Prometheus`);
} finally {
  await prometheus?.stop();
  await open.stop();
  await guarded.stop();
}
