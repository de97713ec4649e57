// The password field: its content can be pasted and shown.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, withVisitor } from './support/browser.js';
import { focused, password, PASSWORD, signUp, newPerson } from './support/people.js';
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

const type = (page) => password(page).getAttribute('type');

test('a button shows and hides the password', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    for (const address of ['/login', '/signup']) {
      await page.goto(address);
      await password(page).fill(PASSWORD);
      await password(page).evaluate((input) => input.setSelectionRange(3, 7));
      await page.keyboard.press('Tab');
      assert.equal(await focused(page), 'button');
      for (const [key, then, label] of [['Space', 'text', 'Hide password'], ['Enter', 'password', 'Show password']]) {
        await page.keyboard.press(key);
        assert.equal(await type(page), then);
        assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), label);
      }
      assert.equal(new URL(page.url()).pathname, address, 'the button sends nothing');
      assert.equal(await password(page).inputValue(), PASSWORD);

      await password(page).focus();
      await page.getByRole('button', { name: 'Show password' }).click();
      assert.equal(await type(page), 'text');
      assert.equal(await focused(page), 'password', 'a press leaves the focus in the field');
    }
  });
});

test('a visible password is hidden again before it is sent', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    const person = newPerson();
    await signUp(page, person);
    await page.waitForURL('**/login');
    await password(page).fill(PASSWORD);
    await page.getByRole('button', { name: 'Show password' }).click();
    await page.evaluate(() => document.addEventListener('submit', () => {
      sessionStorage.setItem('sent as', document.getElementById('password').type);
    }));
    assert.equal(await type(page), 'text');
    await page.getByRole('main').getByRole('button', { name: 'Login' }).click();
    await page.waitForURL('**/profile');
    assert.equal(await page.evaluate(() => sessionStorage.getItem('sent as')), 'password');
  });
});

test('without JavaScript there is no button to show the password', async () => {
  await withVisitor(browser, server.origin, { javaScriptEnabled: false }, async ({ page }) => {
    for (const [address, buttons] of [['/login', ['Login']], ['/signup', ['Sign Up']]]) {
      await page.goto(address);
      assert.deepEqual(await page.getByRole('main').getByRole('button').allInnerTexts(), buttons);
    }
  });
});

test('a password can be pasted', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    for (const address of ['/login', '/signup']) {
      await page.goto(address);
      await page.getByLabel('Email').fill(PASSWORD);
      await page.keyboard.press('Control+A');
      await page.keyboard.press('Control+C');
      await password(page).focus();
      await page.keyboard.press('Control+V');
      assert.equal(await password(page).inputValue(), PASSWORD);
    }
  });
});

test('each field has the attributes that password managers need', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    const told = () => page.locator('main input:not([type="hidden"])').evaluateAll((inputs) => inputs
      .map(({ name, type, autocomplete }) => `${name} ${type} ${autocomplete}`.trim()));
    await page.goto('/login');
    assert.deepEqual(await told(), ['email email username webauthn', 'password password current-password', 'remember checkbox']);
    await page.goto('/signup');
    assert.deepEqual(await told(), ['email email username', 'name text name', 'password password new-password']);
  });
});
