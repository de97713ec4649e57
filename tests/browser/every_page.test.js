// Rules for every page in every state: axe finds no problem in light and dark mode, no page is wider than the screen, every
// target is as large as a thumb, and text of twice the size fits. Each state is set up once and checked for all of these.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import axe from 'axe-core';
import { startBrowser } from './support/browser.js';
import { eachState, startStates } from './support/states.js';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// The possible backgrounds of a text. axe cannot see through the painted arches, so each background is tried.
const GROUNDS = ['--ring-0', '--glow', '--ring-1', '--ring-2', '--ring-3', '--ring-4'];

/** Runs axe in the page. Returns each problem that it found or could not decide as a line. */
async function judge(page, where, options) {
  const result = await page.evaluate((chosen) => globalThis.axe.run(chosen), options);
  assert.ok(result.passes.length > 0, `axe checked nothing at ${where}`);
  return [...result.violations, ...result.incomplete].flatMap(({ id, nodes }) => nodes
    .map((node) => `${where}: ${id} at ${node.target}: ${node.failureSummary}`));
}

const THUMB_PX = 44;
const SCREENS = [
  { width: 320, height: 640 }, // the narrowest phone
  { width: 320, height: 256 }, // 1280 by 1024 at 400 %, as WCAG 1.4.10 asks
  { width: 375, height: 667 },
  { width: 768, height: 1024 },
  { width: 1280, height: 800 },
  { width: 2560, height: 1440 },
];

/** Elements that stick out of the page or are cut off. */
function spills() {
  const width = document.documentElement.clientWidth;
  const wide = document.scrollingElement.scrollWidth > width ? [`the page is ${document.scrollingElement.scrollWidth} wide`] : [];
  const out = [...document.querySelectorAll('body *:not(.skip)')].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && (box.left < -0.5 || box.right > width + 0.5);
  });
  return [...wide, ...out.map((element) => `${element.localName} "${element.textContent.trim().slice(0, 20)}" sticks out`)];
}

/** Targets that are too small or overlap. */
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
  // The button that shows a password may overlap its field.
  const clash = (a, b) => a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5;
  const pairs = boxes.flatMap((a, i) => boxes.slice(i + 1)
    .filter((b) => clash(a.box, b.box) && !(/^input "(\w+_)?password"/.test(a.name) && /^button "(Show|Hide)"/.test(b.name)))
    .map((b) => `${a.name} lies on ${b.name}`));
  return [...small, ...pairs];
}

/** Elements that are too wide, too small or overlap, on each screen size. */
async function onEachScreen(name, page) {
  const found = [];
  for (const size of SCREENS) {
    await page.setViewportSize(size);
    const where = `${name} at ${size.width} by ${size.height}`;
    found.push(...(await page.evaluate(spills)).map((what) => `${where}: ${what}`));
    found.push(...(await page.evaluate(misses, THUMB_PX)).map((what) => `${where}: ${what}`));
  }
  return found;
}

/** Elements that do not fit if text has twice its size. */
async function withLargeText(name, page) {
  await page.setViewportSize({ width: 640, height: 512 });
  await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
  const found = (await page.evaluate(spills)).map((what) => `${name}: ${what}`);
  await page.evaluate(() => { document.documentElement.style.fontSize = ''; });
  return found;
}

/** The ways in which the page shows text: its colour, size and weight, and what is painted behind it and how faintly. The
    contrast depends on nothing else. */
function textStyles() {
  const hasText = (element) => element.matches('input, textarea, select')
    || [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== '');
  const styles = new Set();
  for (const element of [...document.querySelectorAll('body *')].filter(hasText)) {
    const { color, fontSize, fontWeight } = getComputedStyle(element);
    const placeholder = element.matches('input, textarea') ? getComputedStyle(element, '::placeholder').color : '';
    const behind = [];
    for (let at = element; at !== document.body; at = at.parentElement) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(at);
      behind.push(backgroundColor, backgroundImage, opacity);
    }
    styles.add([color, placeholder, fontSize, fontWeight, ...behind].join(' '));
  }
  return [...styles];
}

/** Problems that axe finds in both colour schemes, and with each background if the page shows text in a way that was not judged
    before. Comes last, since it paints over the page. */
async function withAxe(name, page, judged) {
  const found = [];
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.evaluate(axe.source);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    const rules = { 'color-contrast': { enabled: false } };
    found.push(...await judge(page, `${name}, ${colorScheme}`, { runOnly: { type: 'tag', values: RULES }, rules }));
  }
  await page.evaluate(() => document.styleSheets[0].insertRule('body::before { display: none !important }'));
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    const fresh = (await page.evaluate(textStyles)).filter((style) => !judged.has(`${colorScheme} ${style}`));
    for (const ground of fresh.length > 0 ? GROUNDS : []) {
      const painted = await page.evaluate((colour) => {
        document.documentElement.style.background = `var(${colour})`;
        return getComputedStyle(document.documentElement).backgroundColor;
      }, ground);
      assert.match(painted, /^rgb\(/, `${ground} is a colour`);
      found.push(...await judge(page, `${name}, ${colorScheme}, on ${ground}`, { runOnly: ['color-contrast'] }));
    }
    for (const style of fresh) judged.add(`${colorScheme} ${style}`);
  }
  return found;
}

/** Goes through all states. Returns how many there were, and the problems in them. */
async function walk() {
  const states = await startStates();
  const found = { screens: [], largeText: [], axe: [] };
  const judged = new Set();
  let browser;
  let looked = 0;
  const look = async (name, page) => {
    looked += 1;
    found.screens.push(...await onEachScreen(name, page));
    found.largeText.push(...await withLargeText(name, page));
    found.axe.push(...await withAxe(name, page, judged));
  };
  try {
    browser = await startBrowser();
    // No transitions, because axe would judge a colour in the middle of one.
    const options = { reducedMotion: 'reduce' };
    const open = (_, at) => at === 'open';
    // Two at a time: one waits for emails while the other computes. They never use the same site.
    await Promise.all([
      eachState(browser, states, options, look, open),
      eachState(browser, states, options, look, (...state) => !open(...state)),
    ]);
  } finally {
    await browser?.close();
    await states.stop();
  }
  return { looked, found };
}

test('every page in every state', async (t) => {
  const { looked, found } = await walk();
  assert.ok(looked > 60, `only ${looked} states were checked`);
  const nothing = (what) => () => assert.equal(what.join('\n'), '');
  await t.test('no page scrolls sideways, and every target is a thumb wide', nothing(found.screens));
  await t.test('text of twice the size fits', nothing(found.largeText));
  await t.test('axe finds no problem in light and dark mode', nothing(found.axe));
});
