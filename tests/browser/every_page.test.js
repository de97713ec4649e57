// Rules for every page in every state: axe finds no problem in light and dark mode, no page is wider than the screen, every
// target is as large as a thumb, text of twice the size fits, and so do two made-up languages, in which nothing is still
// English. Each state is set up once and checked for all of these.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADMIN_DATA } from './support/admin_states.js';
import { NO_LANGUAGE, readAgain } from './support/again.js';
import {
  CONTRAST, RULES, bringAxe, judge, kinds,
} from './support/axe.js';
import { startHeadlessShell } from './support/browser.js';
import { onPhone, spills } from './support/fits.js';
import { LONG_SITE, eachState, startStates } from './support/states.js';
import { direction, long, rightToLeft } from './support/words.js';

/** Whether to check what mostly repeats other checks, too, as .ci/full does. */
const LONG = Boolean(process.env.VESTIBULE_TEST_LONG);
/** The languages that the sites have made-up ones in the place of. */
const MADE_UP = LONG ? { fr: long(), es: rightToLeft() } : { fr: long() };
/** What is data, and so in plain letters in every language: names and addresses of people, sites, browsers and systems. */
const DATA = [
  // The subject of an email, which is in the language of the account.
  'Your email address at Vestibule was changed',
  ...ADMIN_DATA, LONG_SITE, 'Vestibule', 'Ada Lovelace', 'Ada', 'Chrome', 'Firefox', 'Safari', 'Linux', 'iPhone',
];

/** Three visitors at a time, each at these sites: one waits for emails while the others compute. No two are at the same site. */
const AT_ONCE = [['open', 'closed'], ['mailing', 'trusting'], ['administered', 'limited', 'named']];

// The possible backgrounds of a text. axe cannot see through the painted arches, so each background is tried.
const GROUNDS = ['--ring-0', '--glow', '--ring-1', '--ring-2', '--ring-3', '--ring-4'];

const THUMB_PX = 44;
const SCREENS = [
  { width: 320, height: 640 }, // the narrowest phone
  { width: 320, height: 256 }, // 1280 by 1024 at 400 %, as WCAG 1.4.10 asks
  { width: 375, height: 667 },
  { width: 768, height: 1024 },
  { width: 1280, height: 800 },
  { width: 2560, height: 1440 },
];

/** Targets that are too small or overlap. */
function misses(least) {
  const targets = [...document.querySelectorAll('a[href], button, input:not([type="hidden"], [hidden]), summary, select, textarea')]
    .map((element) => (element.type === 'checkbox' ? element.closest('label') ?? element : element))
    // A telephone shows no link to the home page to those who are logged in.
    .filter((element) => !element.matches('.skip') && element.checkVisibility());
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

/** Problems that axe finds, and with each background if the page shows text in a way that was not judged before. It paints over
    the page. Apart from contrast, axe finds in dark colours what it finds in light ones, so a page without a new kind of element
    is judged in light ones only, except in the long form. */
async function withAxe(name, page, judged) {
  const found = [];
  await page.setViewportSize({ width: 1280, height: 720 });
  await bringAxe(page);
  const fresh = (await page.evaluate(kinds)).filter((kind) => !judged.has(`kind ${kind}`));
  for (const colorScheme of LONG || fresh.length > 0 ? ['light', 'dark'] : ['light']) {
    await page.emulateMedia({ colorScheme });
    found.push(...await judge(page, `${name}, ${colorScheme}`, RULES));
  }
  for (const kind of fresh) judged.add(`kind ${kind}`);
  await page.evaluate(() => document.styleSheets[0].insertRule('body::before { display: none !important }'));
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    const styles = (await page.evaluate(textStyles)).filter((style) => !judged.has(`${colorScheme} ${style}`));
    for (const ground of styles.length > 0 ? GROUNDS : []) {
      const painted = await page.evaluate((colour) => {
        document.documentElement.style.background = `var(${colour})`;
        return getComputedStyle(document.documentElement).backgroundColor;
      }, ground);
      assert.match(painted, /^rgb\(/, `${ground} is a colour`);
      found.push(...await judge(page, `${name}, ${colorScheme}, on ${ground}`, CONTRAST));
    }
    for (const style of styles) judged.add(`${colorScheme} ${style}`);
  }
  return found;
}

/** Words in plain letters, in what is read and in what is read aloud, except data. A made-up language has other letters. */
function plainWords(data) {
  const isData = (element) => element.closest('time, code, bdi, script, noscript, style, [dir="auto"], [lang]:not(html)');
  const texts = [document.title];
  for (const element of document.querySelectorAll('body, body *')) {
    if (isData(element)) continue;
    texts.push(...[...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data));
    texts.push(...['alt', 'aria-label', 'placeholder', 'title'].map((name) => element.getAttribute(name) ?? ''));
  }
  // An address is one word, with other characters than letters.
  return texts.map((text) => data.reduce((rest, known) => rest.replaceAll(known, ' '), text))
    .flatMap((text) => text.match(/[\p{L}\p{N}@._/-]+/gu) ?? []).map((word) => word.replace(/[._-]+$/, ''))
    .filter((word) => /^[a-z]{2,}$/i.test(word) && !/^W(W*|olfe\w*)$/.test(word));
}

/** What does not fit on a phone in a made-up language, and what is still English there. */
async function inMadeUpLanguages(name, page, answer) {
  const found = [];
  for (const [code, ftl] of Object.entries(MADE_UP)) {
    await readAgain(page, answer, code);
    const dir = direction(ftl);
    const where = `${name}, ${dir === 'rtl' ? 'from right to left' : 'longer'}`;
    if (await page.evaluate(() => document.documentElement.dir) !== dir) found.push(`${where}: it runs in the other direction`);
    const english = await page.evaluate(plainWords, DATA);
    if (english.length > 0) found.push(`${where}: "${english.join(' ')}" is in no file of sentences`);
    found.push(...(await onPhone(page)).map((what) => `${where}: ${what}`));
  }
  return found;
}

/** Goes through all states. Returns how many there were, and the problems in them. */
async function walk() {
  const states = await startStates(MADE_UP);
  const found = { screens: [], largeText: [], axe: [], madeUp: [] };
  const judged = new Set();
  let browser;
  let looked = 0;
  const look = async (name, page, answer) => {
    looked += 1;
    found.screens.push(...await onEachScreen(name, page));
    found.largeText.push(...await withLargeText(name, page));
    found.axe.push(...await withAxe(name, page, judged));
    found.madeUp.push(...await inMadeUpLanguages(name, page, answer));
  };
  try {
    browser = await startHeadlessShell();
    // No transitions, because axe would judge a colour in the middle of one.
    const options = { reducedMotion: 'reduce', locale: NO_LANGUAGE };
    await Promise.all(AT_ONCE.map((sites) => eachState(browser, states, options, look, (_, at) => sites.includes(at))));
  } finally {
    await browser?.close();
    await states.stop();
  }
  return { looked, found };
}

test('every page in every state', async (t) => {
  const { looked, found } = await walk();
  assert.ok(looked > 110, `only ${looked} states were checked`);
  const nothing = (what) => () => assert.equal(what.join('\n'), '');
  await t.test('no page scrolls sideways, and every target is a thumb wide', nothing(found.screens));
  await t.test('text of twice the size fits', nothing(found.largeText));
  await t.test('axe finds no problem in light and dark mode', nothing(found.axe));
  await t.test('made-up languages fit, and nothing is still English', nothing(found.madeUp));
});
