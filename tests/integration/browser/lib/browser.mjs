// A Chromium for the suite, and pages that fail the test when they log an error.

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { kPatience, kRepository } from '../../support/throngd.mjs';

// The page paints with Canvas 2D only: without any GPU that is twenty times faster than with a simulated one.
const kArguments = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--no-first-run',
  '--mute-audio',
];

export const kPictures = path.join(kRepository, 'build/browser');

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: kArguments });
}

/** A page of its own context whose console errors and failed requests are collected in `page.problems`. */
export async function openPage(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000 * kPatience);
  page.problems = [];
  page.on('console', (message) => {
    if (message.type() === 'error') page.problems.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => page.problems.push(String(error)));
  await page.goto(url);
  return page;
}

/** Joined, map loaded and at least one frame painted after it. */
export async function inWorld(page) {
  await page.waitForFunction(
    () => window.__throng?.me && window.__throng.connection === 'online' && window.__throng.mapReady,
  );
}

export async function picture(page, name) {
  await mkdir(kPictures, { recursive: true });
  await page.screenshot({ path: path.join(kPictures, `${name}.png`) });
}

export const here = (page) => page.evaluate(() => window.__throng.me);
