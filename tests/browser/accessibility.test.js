// What axe finds on every page, in light and dark: nothing.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import axe from 'axe-core';
import { startBrowser } from './support/browser.js';
import { eachState, startStates } from './support/states.js';

let states;
let browser;
before(async () => {
  states = await startStates();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await states?.stop();
});

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// What may lie behind a text. The arches are painted so that axe cannot tell which; so each of them is tried.
const GROUNDS = ['--ring-0', '--glow', '--ring-1', '--ring-2', '--ring-3', '--ring-4'];

/** Runs axe in the page and returns what it found or could not decide, one line each. */
async function judge(page, where, options) {
  const result = await page.evaluate((chosen) => globalThis.axe.run(chosen), options);
  assert.ok(result.passes.length > 0, `axe looked at ${where}`);
  return [...result.violations, ...result.incomplete].flatMap(({ id, nodes }) => nodes
    .map((node) => `${where}: ${id} at ${node.target}: ${node.failureSummary}`));
}

test('axe finds nothing on any page, in light and dark', async () => {
  const found = [];
  let looked = 0;
  // A colour on its way to another would be judged as it is at that moment.
  await eachState(browser, states, { reducedMotion: 'reduce' }, async (name, page) => {
    looked += 1;
    await page.evaluate(axe.source);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      const rules = { 'color-contrast': { enabled: false } };
      found.push(...await judge(page, `${name}, ${colorScheme}`, { runOnly: { type: 'tag', values: RULES }, rules }));
    }
    await page.evaluate(() => document.styleSheets[0].insertRule('body::before { display: none !important }'));
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      for (const ground of GROUNDS) {
        const painted = await page.evaluate((colour) => {
          document.documentElement.style.background = `var(${colour})`;
          return getComputedStyle(document.documentElement).backgroundColor;
        }, ground);
        assert.match(painted, /^rgb\(/, `${ground} is a colour`);
        found.push(...await judge(page, `${name}, ${colorScheme}, on ${ground}`, { runOnly: ['color-contrast'] }));
      }
    }
  });
  assert.ok(looked > 20);
  assert.equal(found.join('\n'), '');
});
