// Reauthentication: the page that asks for the password again, with the keyboard, and what Back shows afterwards.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, withVisitor } from './support/browser.js';
import {
  enterRemembered, password, SESSION, newPerson, waitForFocus,
} from './support/people.js';
import { startServer } from './support/server.js';

const PAGE = '/reauthenticate?next=/settings/devices';

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

for (const javaScriptEnabled of [true, false]) {
  test(`a wrong password shows an error at its field, the right one leads back ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    await withVisitor(browser, server.origin, { javaScriptEnabled }, async ({ page }) => {
      const person = newPerson();
      await enterRemembered(page, person);
      await page.goto(PAGE);
      assert.equal(await page.title(), 'Confirm your password · Vestibule');
      assert.ok((await page.getByRole('main').innerText()).includes(`You are logged in as ${person.email}.`));
      await password(page).fill('not this one');
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.locator('.wrong').waitFor();
      assert.equal(await page.locator('.wrong').innerText(), 'This is not your password. Please try again.');
      assert.equal(await password(page).inputValue(), '');
      assert.equal(await password(page).getAttribute('aria-describedby'), 'password-error');
      if (javaScriptEnabled) await waitForFocus(page, 'password');
      await password(page).fill(person.password);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.waitForURL(`${server.origin}/settings/devices`);
    });
  });
}

test('it works with the keyboard alone', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    const person = newPerson();
    await enterRemembered(page, person);
    await page.goto(PAGE);
    await waitForFocus(page, 'password');
    await page.keyboard.type(person.password);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${server.origin}/settings/devices`);
  });
});

test('reauthentication rotates the session cookie, and the old one is invalid', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page, context }) => {
    const person = newPerson();
    await enterRemembered(page, person);
    await page.goto(PAGE);
    const session = async () => (await context.cookies()).find(({ name }) => SESSION.test(name));
    const before_ = await session();
    await password(page).fill(person.password);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(`${server.origin}/settings/devices`);
    assert.notEqual((await session()).value, before_.value);
    await page.goto('about:blank');
    await context.clearCookies();
    await context.addCookies([before_]);
    await page.goto('/profile');
    assert.match(page.url(), /\/login\?next=/);
  });
});

test('Back leads to the page again, since the password was just entered', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    const person = newPerson();
    await enterRemembered(page, person);
    await page.goto(PAGE);
    await password(page).fill(person.password);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(`${server.origin}/settings/devices`);
    await page.goBack({ waitUntil: 'load' });
    assert.equal(page.url(), `${server.origin}/settings/devices`);
    assert.equal(await page.locator('input[type=password]').count(), 0);
  });
});
