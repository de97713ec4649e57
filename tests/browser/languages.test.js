// What visitors see in their own language: every page fits on a phone and says which language it is in, a choice at the foot
// of a page stays, and times are those of the visitor.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { NO_LANGUAGE, readAgain } from './support/again.js';
import {
  RULES, bringAxe, judge, kinds,
} from './support/axe.js';
import { startBrowser, withVisitor } from './support/browser.js';
import { onPhone } from './support/fits.js';
import { enter, logIn, newPerson } from './support/people.js';
import { startServer } from './support/server.js';
import { eachState, startStates } from './support/states.js';
import {
  LANGUAGES, direction, long, size, source,
} from './support/words.js';

// 25 hours apart, so that it is always another day.
const FAR_EAST = 'Pacific/Kiritimati';
const FAR_WEST = 'Pacific/Pago_Pago';

let browser;
let server;
before(async () => {
  browser = await startBrowser();
  server = await startServer({ VESTIBULE_TIME_ZONE: FAR_EAST });
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Language and direction of a page, as it says itself. */
const marks = (page) => page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);

/** Goes through all states, and reads each in every language. Returns how many there were, and the problems in them. */
async function walk() {
  const states = await startStates();
  const found = { marks: [], fit: [], axe: [] };
  const judged = Object.fromEntries(LANGUAGES.map((code) => [code, new Set()]));
  let looked = 0;
  const read = async (name, page, answer, code) => {
    const where = `${name} in ${code}`;
    const says = [...await marks(page), answer.headers()['content-language']].join(' ');
    const should = [code, direction(source(code)), code].join(' ');
    if (says !== should) found.marks.push(`${where}: it says ${says}, not ${should}`);
    const fresh = (await page.evaluate(kinds)).filter((kind) => !judged[code].has(kind));
    found.fit.push(...(await onPhone(page)).map((what) => `${where}: ${what}`));
    if (fresh.length === 0) return;
    for (const kind of fresh) judged[code].add(kind);
    await bringAxe(page);
    found.axe.push(...await judge(page, where, RULES));
  };
  const look = async (name, page, answer) => {
    looked += 1;
    await read(name, page, answer, 'en');
    for (const code of LANGUAGES.filter((other) => other !== 'en')) {
      await read(name, page, await readAgain(page, answer, code), code);
    }
  };
  try {
    const options = { reducedMotion: 'reduce', locale: NO_LANGUAGE };
    const open = (_, at) => at === 'open';
    // Two at a time, as in every_page.test.js.
    await Promise.all([
      eachState(browser, states, options, look, open),
      eachState(browser, states, options, look, (...state) => !open(...state)),
    ]);
  } finally {
    await states.stop();
  }
  return { looked, found };
}

// In .ci/run every page is read in a made-up language that is longer than every real one (every_page.test.js).
const skip = !process.env.VESTIBULE_TEST_LONG && 'it takes minutes; .ci/full sets VESTIBULE_TEST_LONG';
test('every page in every language', { skip }, async (t) => {
  const { looked, found } = await walk();
  assert.ok(looked > 110, `only ${looked} states were checked`);
  const nothing = (what) => () => assert.equal(what.join('\n'), '');
  await t.test('says which language it is in, and in which direction it runs', nothing(found.marks));
  await t.test('fits on a phone', nothing(found.fit));
  await t.test('axe finds no problem', nothing(found.axe));
});

test('the made-up language of the tests is longer than every real one', () => {
  for (const code of LANGUAGES) assert.ok(size(long()) > size(source(code)), code);
  // Its words are other ones, but no keys and choices.
  for (const line of [/^nav-settings = Šééţţîîññĝš$/, /^duration = { \$unit ->$/, /^ {8}\[one\] 1 ĥööûûŕ$/]) {
    assert.ok(long().split('\n').some((one) => line.test(one)), `${line}`);
  }
});

test('a language that was chosen at the foot of a page stays, and the account has it', async () => {
  const person = newPerson();
  const send = async (page, fields) => {
    for (const [id, value] of Object.entries(fields)) await page.locator(`#${id}`).fill(value);
    await page.locator('main form:not([data-passkey]) button.primary').click();
  };
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    await page.goto('/signup');
    assert.deepEqual(await marks(page), ['en', 'ltr']);
    await page.getByRole('link', { name: 'Deutsch' }).click();
    await page.waitForURL('**/signup?lang=de');
    assert.equal(await page.getByRole('link', { name: 'Deutsch' }).getAttribute('aria-current'), 'true');
    await send(page, person);
    await page.waitForURL('**/login');
    assert.deepEqual(await marks(page), ['de', 'ltr']);
    await send(page, { email: person.email, password: person.password });
    await page.waitForURL('**/profile');
    assert.deepEqual(await marks(page), ['de', 'ltr']);
  });
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    await logIn(page, person);
    await page.waitForURL('**/profile');
    assert.deepEqual(await marks(page), ['de', 'ltr']);
  });
});

/** Signs up and opens a page, which shows one time at least. Returns it, and how German writes it in a time zone. */
async function openTime(page, path) {
  await enter(page, newPerson());
  await page.goto(path);
  const time = page.locator('time').first();
  const written = (timeZone, style) => time.evaluate((element, options) => new Intl.DateTimeFormat('de', options)
    .format(new Date(element.dateTime)), { timeZone, ...style });
  return { time, written };
}

test('times are those of the visitor, in the language of the page, and exact on hover', async () => {
  // Below the heading of a day of the site, a time of another day here has its date.
  for (const [timezoneId, style] of [[FAR_WEST, { dateStyle: 'medium', timeStyle: 'short' }], [FAR_EAST, { timeStyle: 'short' }]]) {
    await withVisitor(browser, server.origin, { locale: NO_LANGUAGE, timezoneId }, async ({ page }) => {
      const { time, written } = await openTime(page, '/settings/activity?lang=de');
      assert.equal(await time.innerText(), await written(timezoneId, style));
      assert.match(await time.innerText(), timezoneId === FAR_EAST ? /^\d\d:\d\d$/ : /^\d\d\.\d\d\.\d{4}, \d\d:\d\d$/);
      assert.equal(await time.getAttribute('title'), await written(timezoneId, { dateStyle: 'long', timeStyle: 'short' }));
    });
  }
});

test('a time of today is told in words of the language of the page', async () => {
  await withVisitor(browser, server.origin, { locale: NO_LANGUAGE, timezoneId: FAR_WEST }, async ({ page }) => {
    const { time, written } = await openTime(page, '/settings/devices?lang=de');
    assert.equal(await time.innerText(), 'jetzt');
    assert.equal(await time.getAttribute('title'), await written(FAR_WEST, { dateStyle: 'long', timeStyle: 'short' }));
  });
});

test('without JavaScript times are in the time zone of the site, which is named', async () => {
  const options = { locale: NO_LANGUAGE, timezoneId: FAR_WEST, javaScriptEnabled: false };
  await withVisitor(browser, server.origin, options, async ({ page }) => {
    await enter(page, newPerson());
    await page.goto('/settings/activity');
    const time = page.locator('time').first();
    const at = new Date(await time.getAttribute('datetime'));
    const written = (style) => new Intl.DateTimeFormat('en-GB', { timeZone: FAR_EAST, ...style }).format(at);
    const clock = `${written({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })} +14`;
    assert.equal(await time.innerText(), clock);
    assert.equal(await time.getAttribute('title'), `${written({ dateStyle: 'long' })}, ${clock}`);
  });
});
