// What the style sheet and password.js owe to those who look: tabs that stay where they are, large text on a phone, more
// contrast, room for a notice, and hints while a password is typed.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, withVisitor } from './support/browser.js';
import {
  addAccount, enter, logIn, newPerson, password, signUp,
} from './support/people.js';
import { startMailingServer, startServer } from './support/server.js';

const PHONE = { width: 375, height: 667 };
const DESK = { width: 1280, height: 800 };
const WIDE = { width: 1920, height: 1080 };
/** The pages with tabs, by the address that theirs begin with. */
const TABBED = {
  settings: ['account', 'devices', 'activity', 'password', 'email', 'close'],
  admin: ['accounts', 'accounts/new', 'invitations', 'invitations/new', 'groups', 'groups/admins', 'emails', 'activity', 'system'],
};
const ADMINISTRATOR = newPerson('Grace Hopper');
/** WCAG 2.2, 1.4.6. */
const ENHANCED = 7;

let browser;
let server;
before(async () => {
  browser = await startBrowser();
  server = await startServer();
  await addAccount(server, ADMINISTRATOR, 'admins');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const visit = (options, story) => withVisitor(browser, server.origin, { reducedMotion: 'reduce', ...options }, story);

/** On the page: where the tabs begin, and how wide the card is. */
function frame() {
  const { left, top } = document.querySelector('.tabs').getBoundingClientRect();
  const { width } = document.querySelector('.card').getBoundingClientRect();
  return { left: Math.round(left), top: Math.round(top + scrollY), width: Math.round(width) };
}

/** Logs in as someone who can open the pages with these tabs. */
async function enterFor(page, tabs) {
  if (tabs === 'settings') return enter(page, newPerson());
  await logIn(page, ADMINISTRATOR);
  return page.waitForURL('**/profile');
}

for (const viewport of [PHONE, DESK, WIDE]) {
  for (const [tabs, names] of Object.entries(TABBED)) {
    test(`the tabs of /${tabs} stay where they are on a screen of ${viewport.width} pixels`, () => visit({ viewport }, async ({ page }) => {
      await enterFor(page, tabs);
      const frames = {};
      for (const name of names) {
        await page.goto(`/${tabs}/${name}`);
        frames[name] = await page.evaluate(frame);
      }
      for (const name of names) assert.deepEqual(frames[name], frames[names[0]], `${name}: ${JSON.stringify(frames)}`);
    }));
  }
}

test('the words of the tabs begin below those of the heading', () => visit({ viewport: DESK }, async ({ page }) => {
  await enter(page, newPerson());
  await page.goto('/settings/account');
  const [heading, tab] = await page.evaluate(() => ['h1', '.tabs a'].map((selector) => {
    const range = document.createRange();
    range.selectNodeContents(document.querySelector(selector));
    return range.getBoundingClientRect().left;
  }));
  assert.ok(Math.abs(heading - tab) < 1, `the heading begins at ${heading}, the first tab at ${tab}`);
}));

for (const [tabs, names] of Object.entries(TABBED)) {
  test(`on a phone no word of a tab of /${tabs} breaks, even in text of twice the size`, () => visit({ viewport: PHONE }, async ({ page }) => {
    await enterFor(page, tabs);
    await page.goto(`/${tabs}/${names[0]}`);
    for (const size of ['100%', '200%']) {
      const wrong = await page.evaluate((wanted) => {
        document.documentElement.style.fontSize = wanted;
        return [...document.querySelectorAll('.tabs a')].filter((tab) => {
          const range = document.createRange();
          range.selectNodeContents(tab);
          const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
          return lines.size > 1 || tab.getBoundingClientRect().right > document.documentElement.clientWidth;
        }).map((tab) => tab.innerText);
      }, size);
      assert.deepEqual(wrong, [], size);
    }
  }));
}

/** On the page: the contrast of the texts in the middle with the innermost arch, and with the wall that they stand on without
    arches. */
function contrasts() {
  const painted = (ground) => {
    const probe = document.body.appendChild(document.createElement('span'));
    probe.style.color = `var(${ground})`;
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
  const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const luminance = (colour) => {
    const [red, green, blue] = colour.match(/[\d.]+/g).map((part) => linear(part / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (a, b) => {
    const [dark, light] = [luminance(a), luminance(b)].sort((one, other) => one - other);
    return (light + 0.05) / (dark + 0.05);
  };
  const wall = getComputedStyle(document.documentElement).backgroundColor;
  return [...document.querySelectorAll('.hero h1, .hero p:not(.doors)')].map((element) => {
    const { color } = getComputedStyle(element);
    return { arch: contrast(color, painted('--ring-0')), wall: contrast(color, wall) };
  });
}

for (const colorScheme of ['light', 'dark']) {
  test(`those who prefer more contrast get no less of it in ${colorScheme} colours`, () => visit({ colorScheme }, async ({ page }) => {
    await enter(page, newPerson());
    for (const address of ['/', '/profile']) {
      await page.emulateMedia({ contrast: 'no-preference' });
      await page.goto(address);
      const usual = await page.evaluate(contrasts);
      assert.ok(usual.length >= 2, address);
      await page.emulateMedia({ contrast: 'more' });
      assert.ok(await page.evaluate(() => matchMedia('(prefers-contrast: more)').matches));
      assert.equal(await page.evaluate(() => getComputedStyle(document.body, '::before').display), 'none', 'no arches');
      const more = await page.evaluate(contrasts);
      more.forEach(({ wall }, i) => {
        assert.ok(wall >= usual[i].arch - 0.01 && wall >= ENHANCED, `${address}: ${wall} instead of ${usual[i].arch}`);
      });
    }
  }));
}

test('a notice is as wide as the card below it', () => visit({ viewport: DESK }, async ({ page }) => {
  const widths = () => page.evaluate(() => ['.notice', '.card'].map((selector) => (
    Math.round(document.querySelector(selector).getBoundingClientRect().width))));
  await enter(page, newPerson());
  await page.goto('/settings/account');
  await page.getByLabel('Name').fill('Countess of Lovelace');
  await page.getByRole('button', { name: 'Save name' }).click();
  await page.getByText('Your name has been changed.').waitFor();
  const [notice, card] = await widths();
  assert.equal(notice, card);
}));

test('what deletes something is in the colour of danger, and the last button is filled with it', () => visit({}, async ({ page }) => {
  await enter(page, newPerson());
  const look = (locator) => locator.evaluate((element) => {
    const probe = document.body.appendChild(document.createElement('span'));
    probe.style.color = 'var(--bad)';
    const bad = getComputedStyle(probe).color;
    probe.remove();
    const { backgroundColor, borderTopColor, color } = getComputedStyle(element);
    return { background: backgroundColor === bad, border: borderTopColor === bad, text: color === bad };
  });
  await page.goto('/settings/account');
  assert.deepEqual(await look(page.getByRole('link', { name: 'Delete account' })), { background: false, border: true, text: true });
  assert.deepEqual(await look(page.getByRole('link', { name: 'Change password' })), { background: false, border: false, text: false });
  await page.goto('/settings/close');
  const last = await look(page.getByRole('main').getByRole('button', { name: 'Delete account' }));
  assert.equal(last.background, true);
}));

test('on a phone the menu of a user is one row, and the name of the site leads home', () => visit({ viewport: PHONE }, async ({ page }) => {
  await enter(page, newPerson());
  const shown = await page.getByRole('navigation', { name: 'Main' }).getByRole('listitem').evaluateAll((items) => items
    .filter((item) => item.checkVisibility()).map((item) => [item.innerText.trim(), Math.round(item.getBoundingClientRect().top)]));
  assert.deepEqual(shown.map(([word]) => word), ['Profile', 'Settings', 'Logout']);
  assert.equal(new Set(shown.map(([, top]) => top)).size, 1, JSON.stringify(shown));
  assert.equal(await page.locator('.brand').evaluate((brand) => brand.pathname), '/');
}));

test('advice about security is as large as other text, and the links below a form stand in the middle', async () => {
  const mailing = await startMailingServer();
  try {
    await withVisitor(browser, mailing.origin, { viewport: { width: 320, height: 640 } }, async ({ page }) => {
      await page.goto('/login');
      const links = await page.locator('.ways a').evaluateAll((all) => all.map((link) => getComputedStyle(link).textAlign));
      assert.deepEqual(links, ['center', 'center']);
      const person = newPerson();
      await signUp(page, person);
      await page.waitForURL('**/confirm/new');
      await page.goto((await mailing.mail(person.email, 'Confirm your email address')).link);
      const advice = page.getByText("Don't know it? Choose a new password.");
      assert.equal(await advice.evaluate((element) => getComputedStyle(element).fontSize), '16px');
    });
  } finally {
    await mailing.stop();
  }
});

test('while a password is typed, hints say that Caps Lock is on and how long a new one is', () => visit({}, async ({ page }) => {
  await page.goto('/signup');
  const field = password(page);
  const press = (capsLock) => field.evaluate((input, modifierCapsLock) => {
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', modifierCapsLock }));
  }, capsLock);
  const caps = page.getByRole('status').filter({ hasText: 'Caps Lock is on.' });
  assert.equal(await caps.count(), 0);
  await press(true);
  assert.equal(await caps.count(), 1);
  await press(false);
  assert.equal(await caps.count(), 0);

  const length = page.getByText('6 of at least 10 characters');
  await field.fill('teapot');
  assert.equal(await length.count(), 1);
  await field.fill('teapot gravel violin');
  assert.equal(await page.getByText('of at least 10 characters').count(), 0);
  // An old password has no least length.
  await page.goto('/login');
  await password(page).fill('teapot');
  assert.equal(await page.getByText('of at least').count(), 0);
}));
