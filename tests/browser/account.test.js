// The account of a user: change the name and the password, download a copy, delete it. With JavaScript and without.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { startBrowser, withVisitor } from './support/browser.js';
import {
  enter, logIn, logOutButton, onAnotherDevice, password, reopen, newPerson,
} from './support/people.js';
import { startServer } from './support/server.js';

const NEW = 'seven lazy violet teapots';

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

async function openAccount(page) {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click();
  await page.waitForURL('**/settings/account');
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript';

  test(`the name and the password can be changed ${how}`, async () => {
    await withVisitor(browser, server.origin, { javaScriptEnabled }, async ({ page }) => {
      const person = newPerson();
      await enter(page, person);
      const other = await onAnotherDevice(page, person, { javaScriptEnabled });
      await openAccount(page);
      await page.getByLabel('Name').fill('Countess of Lovelace');
      await page.getByRole('button', { name: 'Save name' }).click();
      await page.getByText('Your name has been changed.').waitFor();
      assert.equal(await page.getByLabel('Name').inputValue(), 'Countess of Lovelace');

      await page.getByRole('link', { name: 'Change password' }).click();
      await page.getByLabel('Current password', { exact: true }).fill(person.password);
      await page.getByLabel('New password', { exact: true }).fill(NEW);
      await page.getByRole('button', { name: 'Change password' }).click();
      await page.getByText('Your password has been changed. You have been logged out everywhere else.').waitFor();
      await other.goto('/profile');
      assert.match(other.url(), /\/login\?next=%2Fprofile$/);
      await other.context().close();
      await logOutButton(page).click();
      await logIn(page, { ...person, password: NEW });
      await page.waitForURL('**/profile');
      assert.equal(await page.locator('h1').innerText(), 'Welcome, Countess of Lovelace!');
    });
  });

  test(`a remembered device must reauthenticate before it can delete the account ${how}`, async () => {
    await withVisitor(browser, server.origin, { javaScriptEnabled }, async ({ page }) => {
      const person = newPerson();
      await enter(page, person, { remember: true });
      await reopen(page);
      await page.goto('/profile');
      await openAccount(page);
      await page.getByRole('link', { name: 'Delete account' }).click();
      await page.waitForURL('**/reauthenticate?next=%2Fsettings%2Fclose');
      assert.equal(await page.locator('.notice').innerText(), 'For your security, please confirm that it is you.');
      await password(page).fill(person.password);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.waitForURL(`${server.origin}/settings/close`);
      await page.getByLabel('Email of this account').fill(person.email);
      await password(page).fill(person.password);
      await page.getByRole('button', { name: 'Delete account' }).click();
      await page.waitForURL(`${server.origin}/`);
      assert.equal(await page.locator('.notice').innerText(), 'Your account has been deleted.');
      assert.deepEqual(await page.context().cookies(), []);
      await logIn(page, person);
      await page.getByText('Please check your login details and try again.').waitFor();
    });
  });
}

test('a copy of all data can be downloaded', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    const person = newPerson();
    await enter(page, person);
    await openAccount(page);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()]);
    assert.equal(download.suggestedFilename(), 'account.json');
    const copy = JSON.parse(await readFile(await download.path(), 'utf8'));
    assert.equal(copy.account.email, person.email);
    assert.equal(copy.devices[0].browser, 'Chrome on Linux');
  });
});
