// Playing in the page at `/`: skills, the bag, people of the story and their quests, in a real Chromium.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { edit } from '../../support/content_client.mjs';
import { startThrongd, until } from '../../support/throngd.mjs';
import { inWorld, launch, openPage, picture } from '../lib/browser.mjs';

let server;
let browser;
let page;

before(async () => {
  server = await startThrongd();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});
afterEach(() => page?.context().close());

async function player(name) {
  page = await openPage(browser, `${server.url}/?auto=1&name=${name}`);
  await inWorld(page);
  return page;
}

/** Clicks a body until `selector` is there: the camera still moves while we aim. */
async function clickBody(kind, selector) {
  await until(`a click on ${kind}`, async () => {
    const at = await page.evaluate((wanted) => window.__throng.onScreen(wanted), kind);
    if (at) await page.mouse.click(at.x, at.y);
    return page.locator(selector).first().isVisible();
  });
}

test('the skill bar shows what the character knows, and what is not ready', async () => {
  await player('Sorsha');
  await page.waitForSelector('[data-skill="fireball"]');
  assert.match(await page.textContent('[data-skill="fireball"]'), /Fireball/);
  await page.waitForSelector('[data-skill="dash"]');
  await page.click('[data-skill="dash"]');
  await page.waitForFunction(() => document.querySelector('[data-skill="dash"] em').textContent !== '');
  await page.waitForFunction(() => /Dash/i.test(document.getElementById('buffs').textContent));
  assert.deepEqual(page.problems, []);
});

test('the elder has a quest, and the list at the side follows it', async () => {
  await player('Quentin');
  await clickBody('elder', '#person button');
  await picture(page, 'elder');
  await page.click('#person button:has-text("Slime trouble")');
  await page.waitForSelector('#quests li');
  await page.click('#person [data-close]');
  assert.equal(await page.locator('#person').isVisible(), false);
  await picture(page, 'quest');
  assert.deepEqual(page.problems, []);
});

test('the bag opens and closes on a key', async () => {
  await player('Bagheera');
  await page.keyboard.press('KeyB');
  await page.waitForSelector('#bag .slots:not(.worn)');
  assert.ok((await page.locator('#bag .slots i').count()) >= 10);
  await page.keyboard.press('KeyB');
  assert.equal(await page.locator('#bag').isVisible(), false);
  assert.deepEqual(page.problems, []);
});

test('a world event that starts shows at the side and in the log, and goes with its end', async () => {
  await player('Evander');
  assert.equal(await page.locator('#events').isVisible(), false);
  const turn = (from, to) =>
    edit(server, 'events.json', new RegExp(`("harvest_moon": \\{[^}]*"running": )${from}`), `$1${to}`);
  await turn(false, true);
  await page.waitForFunction(() => document.getElementById('events').textContent === 'Harvest Moon');
  await page.waitForFunction(() => /Harvest Moon has begun!/.test(document.getElementById('chat-log').textContent));
  await picture(page, 'event');
  await turn(true, false);
  await page.locator('#events').waitFor({ state: 'hidden' });
  assert.deepEqual(page.problems, []);
});
