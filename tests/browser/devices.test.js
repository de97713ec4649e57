// Settings, Devices: users see where they are logged in and can log out each device. With JavaScript and without.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, withVisitor } from './support/browser.js';
import {
  FIREFOX, enter, logOutButton, onAnotherDevice, reopen, newPerson,
} from './support/people.js';
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

const places = (page) => page.getByRole('main').locator('.rows').getByRole('listitem');

/** Opens the list through the menu. Returns the name of each device. */
async function openDevices(page) {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Devices' }).click();
  await page.waitForURL('**/settings/devices');
  assert.equal(await page.locator('h1').innerText(), 'Settings');
  return page.getByRole('main').locator('.rows strong').allInnerTexts();
}

/** Asserts that the next click there leads to the login page. */
async function isOut(page) {
  await page.getByRole('navigation').getByRole('link', { name: 'Profile' }).click();
  await page.waitForURL('**/login?next=%2Fprofile');
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript';

  test(`a device can log out another one ${how}`, async () => {
    await withVisitor(browser, server.origin, { javaScriptEnabled }, async ({ page }) => {
      const person = newPerson();
      await enter(page, person);
      const other = await onAnotherDevice(page, person, { javaScriptEnabled, userAgent: FIREFOX });
      assert.deepEqual(await openDevices(page), ['Chrome on Linux', 'Firefox on Linux']);
      assert.match(await places(page).first().innerText(), /This device/);
      await places(page).filter({ hasText: 'Firefox' }).getByRole('button', { name: 'Log out' }).click();
      await page.getByText('That device has been logged out.').waitFor();
      assert.deepEqual(await openDevices(page), ['Chrome on Linux']);
      await isOut(other);
      await other.context().close();
    });
  });

  test(`all other devices can be logged out at once ${how}`, async () => {
    await withVisitor(browser, server.origin, { javaScriptEnabled }, async ({ page }) => {
      const person = newPerson();
      await enter(page, person);
      const plain = await onAnotherDevice(page, person, { javaScriptEnabled });
      const remembered = await onAnotherDevice(page, person, { javaScriptEnabled, remember: true });
      assert.equal((await openDevices(page)).length, 3);
      await page.getByRole('button', { name: 'Log out everywhere else' }).click();
      await page.getByText('You have been logged out everywhere else.').waitFor();
      assert.equal(await places(page).count(), 1);
      assert.equal(await page.getByRole('button', { name: 'Log out everywhere else' }).count(), 0);
      await isOut(plain);
      await reopen(remembered);
      await remembered.goto('/profile');
      await remembered.waitForURL('**/login?next=%2Fprofile');
      for (const other of [plain, remembered]) await other.context().close();
    });
  });
}

test('a remembered device is listed once, even after its browser was opened again', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    const person = newPerson();
    await enter(page, person, { remember: true });
    for (let times = 0; times < 3; times += 1) {
      await reopen(page);
      await page.goto('/profile');
      assert.equal(await page.locator('h1').innerText(), `Welcome, ${person.name}!`);
    }
    assert.deepEqual(await openDevices(page), ['Chrome on Linux']);
    for (const told of [/This device/, /Stays logged in/, /Internet address 127\.0\.0\.1/]) {
      assert.match(await places(page).innerText(), told);
    }
  });
});

test('tabs that open at the same time are all logged in and stay logged in', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page, context }) => {
    await enter(page, newPerson(), { remember: true });
    await reopen(page);
    const tabs = await Promise.all([1, 2, 3, 4].map(() => context.newPage()));
    await Promise.all(tabs.map((tab) => tab.goto('/profile')));
    for (const tab of tabs) assert.match(tab.url(), /\/profile$/);
    await reopen(page);
    await page.goto('/profile');
    assert.match(page.url(), /\/profile$/);
  });
});

test('the button of the current device logs out here', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    await enter(page, newPerson());
    await openDevices(page);
    await places(page).getByRole('button', { name: 'Log out' }).click();
    await page.waitForURL(`${server.origin}/`);
    assert.equal(await page.locator('.notice').innerText(), 'You have been logged out.');
    assert.equal(await logOutButton(page).count(), 0);
  });
});

test('the activity lists the newest event first', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    await enter(page, newPerson());
    await openDevices(page);
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Activity' }).click();
    await page.waitForURL('**/settings/activity');
    const told = (await places(page).locator('p').allInnerTexts()).filter((text) => /^(You|Chrome)/.test(text));
    const from = 'Chrome on Linux · 127.0.0.1';
    assert.deepEqual(told, ['You logged in', from, 'You signed up', from]);
    assert.equal(await page.locator('h2').innerText(), 'Today');
  });
});
