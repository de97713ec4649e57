// No page is ever wider than the screen, and everything can be hit with a thumb.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
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

const THUMB_PX = 44;
const SCREENS = [
  { width: 320, height: 640 }, // the narrowest telephone
  { width: 320, height: 256 }, // 1280 by 1024 at 400 %, as WCAG 1.4.10 asks
  { width: 375, height: 667 },
  { width: 768, height: 1024 },
  { width: 1280, height: 800 },
  { width: 2560, height: 1440 },
];

/** What sticks out of the page, or is cut off in it. */
function spills() {
  const width = document.documentElement.clientWidth;
  const wide = document.scrollingElement.scrollWidth > width ? [`the page is ${document.scrollingElement.scrollWidth} wide`] : [];
  const out = [...document.querySelectorAll('body *:not(.skip)')].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && (box.left < -0.5 || box.right > width + 0.5);
  });
  return [...wide, ...out.map((element) => `${element.localName} "${element.textContent.trim().slice(0, 20)}" sticks out`)];
}

/** What is too small to be hit, and what lies on top of another. */
function misses(least) {
  const targets = [...document.querySelectorAll('a[href], button, input:not([type="hidden"], [hidden]), summary, select, textarea')]
    .map((element) => (element.type === 'checkbox' ? element.closest('label') ?? element : element))
    .filter((element) => !element.matches('.skip'));
  const boxes = targets.map((element) => ({
    name: `${element.localName} "${(element.innerText || element.name || '').trim().slice(0, 20)}"`,
    box: element.getBoundingClientRect(),
  }));
  const small = boxes.filter(({ box }) => box.width < least - 0.01 || box.height < least - 0.01)
    .map(({ name, box }) => `${name} is ${box.width} by ${box.height}`);
  // The button that shows a password lies in its field.
  const clash = (a, b) => a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5;
  const pairs = boxes.flatMap((a, i) => boxes.slice(i + 1)
    .filter((b) => clash(a.box, b.box) && !(/^input "(\w+_)?password"/.test(a.name) && /^button "(Show|Hide)"/.test(b.name)))
    .map((b) => `${a.name} lies on ${b.name}`));
  return [...small, ...pairs];
}

test('no page scrolls sideways, and every target is a thumb wide', async () => {
  const found = [];
  let looked = 0;
  await eachState(browser, states, {}, async (name, page) => {
    for (const size of SCREENS) {
      await page.setViewportSize(size);
      looked += 1;
      const where = `${name} at ${size.width} by ${size.height}`;
      found.push(...(await page.evaluate(spills)).map((what) => `${where}: ${what}`));
      found.push(...(await page.evaluate(misses, THUMB_PX)).map((what) => `${where}: ${what}`));
    }
  });
  assert.ok(looked > 20 * SCREENS.length);
  assert.equal(found.join('\n'), '');
});

test('a text twice as large still fits', async () => {
  const found = [];
  await eachState(browser, states, { viewport: { width: 640, height: 512 } }, async (name, page) => {
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
    found.push(...(await page.evaluate(spills)).map((what) => `${name}: ${what}`));
  });
  assert.equal(found.join('\n'), '');
});
