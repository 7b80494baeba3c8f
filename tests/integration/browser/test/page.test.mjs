// The page at `/` in a real Chromium: joining, walking, seeing others, talking, coming back; no error in the console.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { startThrongd, until } from '../../support/throngd.mjs';
import { layCable } from '../../sdk/lib/cable.mjs';
import { here, inWorld, launch, openPage, picture } from '../lib/browser.mjs';

const kUptimeMs = 5000;

let server;
let browser;
let cable = null;
const pages = [];

before(async () => {
  server = await startThrongd();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});
afterEach(async () => {
  for (const page of pages.splice(0)) await page.context().close();
  await cable?.close();
  cable = null;
});

async function open(path, options = {}, base = server.url) {
  const page = await openPage(browser, base + path, options);
  pages.push(page);
  return page;
}

const player = async (name, options, base) => {
  const page = await open(`/?auto=1&name=${name}`, options, base);
  await inWorld(page);
  return page;
};

const seen = (page, name) => page.evaluate((who) => window.__throng.where(who), name);

const distance = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

/** Holds keys, one pair of directions after the other, until the player has gone `units`. */
async function walk(page, units = 30) {
  const start = await here(page);
  for (const key of ['KeyD', 'KeyS', 'ArrowLeft', 'ArrowUp']) {
    await page.keyboard.down(key);
    const moved = await until('a walk', async () => distance(await here(page), start) > units, 2500).catch(() => false);
    await page.keyboard.up(key);
    if (moved) return;
  }
  assert.fail('no direction was free');
}

/** Predicted and acknowledged position have become one. */
const settled = (page) =>
  until('the prediction to settle', async () => {
    const me = await here(page);
    return Math.hypot(me.x - me.serverX, me.y - me.serverY) < 0.5;
  });

test('a visitor types a name and is in the world', async () => {
  const page = await open('/');
  await page.fill('#join-name', 'Wanda');
  await picture(page, 'join');
  await page.click('#join-button');
  await inWorld(page);
  assert.equal(await page.textContent('#me-name'), 'Wanda');
  assert.ok((await page.evaluate(() => window.__throng.players)) >= 1);
  await page.waitForFunction(() => Number(document.getElementById('patches').textContent) > 5);
  await picture(page, 'world');
  assert.deepEqual(page.problems, []);
});

test('the name is remembered', async () => {
  const page = await open('/');
  await page.fill('#join-name', 'Memory');
  await page.click('#join-button');
  await inWorld(page);
  await page.goto(server.url);
  assert.equal(await page.inputValue('#join-name'), 'Memory');
});

test('the map is drawn, not a blank canvas', async () => {
  const page = await player('Painter');
  const colours = await page.evaluate(
    () =>
      new Promise((resolve) =>
        requestAnimationFrame(() => {
          const canvas = document.getElementById('world');
          const copy = document.createElement('canvas');
          copy.width = copy.height = 64;
          copy.getContext('2d').drawImage(canvas, 0, 0, 64, 64);
          resolve(new Set(new Uint32Array(copy.getContext('2d').getImageData(0, 0, 64, 64).data.buffer)).size);
        }),
      ),
  );
  assert.ok(colours > 50, `${colours} colours`);
  assert.deepEqual(page.problems, []);
});

test('a map in XML with packed layers and a tileset of its own is drawn too', async () => {
  const page = await open('/?auto=1&name=Miner&map=caves');
  await inWorld(page);
  assert.equal(await page.evaluate(() => window.__throng.room.state.map), 'caves');
  await walk(page);
  await settled(page);
  await picture(page, 'caves');
  // The page looks for caves.tmj first; that one miss is the only thing the browser may mention.
  assert.deepEqual(
    page.problems.filter((line) => !line.endsWith('/maps/caves.tmj')),
    [],
  );
});

test('walking with the keyboard is seen by somebody else', async () => {
  const ann = await player('Ann');
  const ben = await player('Ben');
  await until('Ann sees Ben', () => seen(ann, 'Ben'));
  const before = await seen(ann, 'Ben');
  await walk(ben);
  await settled(ben);
  const there = await here(ben);
  await until('Ann sees Ben where he is', async () => distance(await seen(ann, 'Ben'), there) < 1);
  assert.ok(distance(before, await seen(ann, 'Ben')) > 15);
  await picture(ann, 'two-players');
  await ben.context().close();
  await until(
    'Ben to be gone or still',
    async () => (await ann.evaluate(() => window.__throng.connection)) === 'online',
  );
  assert.deepEqual([...ann.problems, ...ben.problems], []);
});

test('the own body moves before the server has answered', async () => {
  const page = await player('Quick');
  const early = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const start = { ...window.__throng.me };
        window.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyD' }));
        const look = () => {
          const me = window.__throng.me;
          if (Math.hypot(me.x - start.x, me.y - start.y) > 0)
            resolve(me.seq === start.seq || me.serverX === start.serverX);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
  );
  await page.evaluate(() => window.dispatchEvent(new KeyboardEvent('keyup', { code: 'KeyD' })));
  assert.ok(early);
  await settled(page);
});

test('a click walks there', async () => {
  const page = await player('Clicker');
  const start = await here(page);
  for (const [x, y] of [
    [740, 400],
    [540, 400],
    [640, 480],
    [640, 320],
  ]) {
    await page.mouse.click(x, y);
    const moved = await until('a walk', async () => distance(await here(page), start) > 20, 2000).catch(() => false);
    if (moved) return settled(page);
  }
  assert.fail('no click moved the player');
});

test('what one says the other reads, over the head and in the log', async () => {
  const ann = await player('Ann');
  const ben = await player('Ben');
  await ben.keyboard.press('Enter');
  await ben.keyboard.type('Good day <b>to you</b>');
  await ben.keyboard.press('Enter');
  await ann.waitForFunction(() => /Good day <b>to you<\/b>/.test(document.getElementById('chat-log').textContent));
  await picture(ann, 'chat');
  assert.deepEqual([...ann.problems, ...ben.problems], []);
});

test('typing does not walk', async () => {
  const page = await player('Writer');
  const start = await here(page);
  await page.keyboard.press('Enter');
  await page.keyboard.type('wasdwasd');
  await page.keyboard.press('Escape');
  await settled(page);
  assert.ok(distance(await here(page), start) < 0.5);
});

test('a lost connection is shown, and taken up again by itself', async () => {
  cable = await layCable(server.port);
  const page = await player('Tunnel', {}, cable.url);
  const joined = Date.now();
  await until('enough uptime for the SDK to reconnect', () => Date.now() - joined > kUptimeMs + 200, kUptimeMs * 2);
  cable.cut();
  await page.waitForFunction(() => window.__throng.connection === 'reconnecting');
  await page.waitForSelector('#banner', { state: 'visible' });
  await picture(page, 'reconnecting');
  cable.mend();
  await page.waitForFunction(() => window.__throng.connection === 'online');
  await page.waitForSelector('#banner', { state: 'hidden' });
  await walk(page);
  await settled(page);
});

test('a small, dense screen is filled sharply', async () => {
  const page = await player('Phone', { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, hasTouch: true });
  const size = await page.evaluate(() => [
    document.getElementById('world').width,
    document.getElementById('world').height,
  ]);
  assert.deepEqual(size, [390 * 3, 844 * 3]);
  await picture(page, 'phone');
  await page.setViewportSize({ width: 844, height: 390 });
  await page.waitForFunction(() => document.getElementById('world').width === 844 * 3);
  assert.deepEqual(page.problems, []);
});

test('a server that refuses is explained in the join box', async () => {
  const page = await open('/?room=nowhere');
  await page.fill('#join-name', 'Lost');
  await page.click('#join-button');
  await page.waitForFunction(() => document.getElementById('join-error').textContent !== '');
  assert.ok(await page.isEnabled('#join-button'));
});
