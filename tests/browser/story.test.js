// The whole story: sign up, log in, see the profile, log out. With JavaScript and without.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, withVisitor } from './support/browser.js';
import { logIn, logOutButton, newPerson, signUp } from './support/people.js';
import { startServer } from './support/server.js';

let server;
let browser;
before(async () => {
  server = await startServer();
  // Playwright disables the back/forward cache, which real browsers have.
  browser = await startBrowser({ ignoreDefaultArgs: ['--disable-back-forward-cache'] });
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const flash = (page) => page.locator('.notice');

for (const javaScriptEnabled of [true, false]) {
  test(`a visitor can sign up, log in, see the profile and log out ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    await withVisitor(browser, server.origin, { javaScriptEnabled }, async ({ page }) => {
      const person = newPerson('Grace <b>Hopper</b>');
      await page.goto('/');
      assert.equal(await page.title(), 'Home · Vestibule');
      assert.equal(await page.locator('h1').innerText(), 'Vestibule');
      await page.getByRole('navigation').getByRole('link', { name: 'Sign Up' }).click();
      await page.waitForURL('**/signup');

      await signUp(page, person);
      await page.waitForURL('**/login');
      assert.equal(await flash(page).innerText(), 'Your account is ready. Please log in.');
      assert.equal(await page.getByLabel('Email').inputValue(), person.email);

      await logIn(page, person, { at: null });
      await page.waitForURL('**/profile');
      assert.equal(await page.locator('h1').innerText(), `Welcome, ${person.name}!`);
      assert.equal(await flash(page).count(), 0);

      await page.goto('/');
      await page.getByRole('navigation').getByRole('link', { name: 'Profile' }).click();
      await page.waitForURL('**/profile');
      await logOutButton(page).click();
      await page.waitForURL(`${server.origin}/`);
      assert.equal(await flash(page).innerText(), 'You have been logged out.');
      assert.deepEqual(await page.getByRole('navigation').getByRole('listitem').allInnerTexts(), ['Home', 'Login', 'Sign Up']);

      await page.goBack({ waitUntil: 'load' });
      await page.waitForURL('**/login?next=%2Fprofile');
      assert.equal(await flash(page).innerText(), 'Please log in to access this page.');
      assert.ok(!(await page.content()).includes('Hopper'));

      await page.reload();
      assert.equal(await flash(page).count(), 0, 'a notice is shown once');
    });
  });
}
