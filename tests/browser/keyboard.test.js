// Everything works without a mouse, and the focus is always visible.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, withVisitor } from './support/browser.js';
import { enter, focused, PASSWORD, newPerson, waitForFocus } from './support/people.js';
import { startServer } from './support/server.js';

let server;
let browser;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const FIRST = 'Skip to content';

/** The focused element: its name, and the outline that shows the focus. */
function focus(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === document.body) return null;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return {
      name: element.getAttribute('aria-label') || element.innerText || element.name,
      outline: style.outlineStyle === 'none' ? 0 : Number.parseFloat(style.outlineWidth),
      transparent: style.outlineColor === 'rgba(0, 0, 0, 0)',
      inView: box.width > 0 && box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth,
    };
  });
}

/** Presses Tab once, asserts that the focus is visible, and returns the name of the focused element. */
async function tab(page, key = 'Tab') {
  await page.keyboard.press(key);
  const now = await focus(page);
  if (!now) return null;
  assert.ok(now.outline >= 2 && !now.transparent, `the focus on "${now.name}" is not visible`);
  assert.ok(now.inView, `"${now.name}" has the focus but is out of view`);
  return now.name;
}

async function tabTo(page, name) {
  const passed = [];
  while (passed.length < 20) {
    const here = await tab(page);
    if (here === name) return;
    passed.push(here);
  }
  assert.fail(`Tab does not lead to "${name}", only to ${passed}`);
}

/** All elements that Tab reaches, from the top of the page until it leaves the page or begins again. */
async function tour(page) {
  await tabTo(page, FIRST);
  const stops = [FIRST];
  for (let here = await tab(page); here && here !== FIRST; here = await tab(page)) {
    stops.push(here);
    assert.ok(stops.length < 30, `Tab goes in circles: ${stops}`);
  }
  return stops;
}

test('a visitor can sign up, log in and log out with the keyboard alone', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    const person = newPerson('Katherine Johnson');
    await page.goto('/');
    await tabTo(page, 'Sign Up');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/signup');

    await waitForFocus(page, 'email');
    await page.keyboard.type(person.email);
    assert.equal(await tab(page), 'name');
    await page.keyboard.type(person.name);
    assert.equal(await tab(page), 'password');
    await page.keyboard.type(PASSWORD);
    await tabTo(page, 'Sign Up');
    await page.keyboard.press('Space');
    await page.waitForURL('**/login');

    await waitForFocus(page, 'password');
    await page.keyboard.type(PASSWORD);
    await tabTo(page, 'remember');
    await page.keyboard.press('Space');
    assert.ok(await page.getByLabel('Remember me').isChecked());
    assert.equal(await tab(page, 'Shift+Tab'), 'Show password');
    assert.equal(await tab(page, 'Shift+Tab'), 'password');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/profile');
    assert.equal(await page.locator('h1').innerText(), 'Welcome, Katherine Johnson!');

    await tabTo(page, 'Logout');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${server.origin}/`);
    assert.equal(await page.getByRole('status').innerText(), 'You have been logged out.');
  });
});

test('the first Tab reaches a link that skips the navigation', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    await page.goto('/no-such-page');
    const skip = page.getByRole('link', { name: FIRST });
    const top = async () => (await skip.boundingBox()).y;
    assert.ok(await top() < 0, 'it is out of sight at first');
    assert.equal(await tab(page), FIRST);
    assert.ok(await top() >= 0, 'it is in sight when it has the focus');
    await page.keyboard.press('Enter');
    assert.equal(await focused(page), 'main');
    assert.equal(await tab(page), 'Go to the home page');
  });
});

test('Tab reaches everything in reading order, and the focus is visible everywhere', async () => {
  const anonymous = [FIRST, 'Vestibule', 'Home', 'Login', 'Sign Up'];
  const reveal = ['password', 'Show password'];
  for (const colorScheme of ['light', 'dark']) {
    await withVisitor(browser, server.origin, { colorScheme }, async ({ page }) => {
      await page.goto('/');
      assert.deepEqual(await tour(page), anonymous);
      await page.goto('/signup');
      assert.deepEqual(await tour(page), [...anonymous, 'email', 'name', ...reveal, 'Sign Up']);
      await page.goto('/login');
      assert.deepEqual(await tour(page), [...anonymous, 'email', ...reveal, 'remember', 'Login', 'Forgot your password?']);
      await enter(page, newPerson());
      assert.deepEqual(await tour(page), [FIRST, 'Vestibule', 'Home', 'Profile', 'Settings', 'Logout']);
    });
  }
});
