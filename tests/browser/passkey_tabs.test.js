// Passkeys over more than one page: a security key without a PIN, new names, two tabs, and the way back and forward.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  addAuthenticator, addPasskey, codeOf, passkeyButton, turnOn,
} from './support/authenticator.js';
import { startBrowser, withVisitor } from './support/browser.js';
import {
  enter, logIn, logOutButton, newPerson, onAnotherDevice, SESSION,
} from './support/people.js';
import { startServer } from './support/server.js';

// It could keep a passkey, but not without a PIN, so the browser refuses to make one.
const KEY_WITHOUT_PIN = { transport: 'usb', hasResidentKey: true, hasUserVerification: false, isUserVerified: false };
const PATIENCE_MS = 5_000;

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

async function logOut(page) {
  await logOutButton(page).click();
  await page.getByText('You have been logged out.').waitFor();
}

/** Changes the name of the account. */
async function renameAccount(page, name) {
  await page.goto('/settings/account');
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Save name' }).click();
  await page.getByText('Your name has been changed.').waitFor();
}

/** Waits until the authenticator shows this name with its only passkey. */
async function shows(key, name) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const shown = (await key.passkeys()).map(({ userDisplayName }) => userDisplayName);
    if (shown.length === 1 && shown[0] === name) return;
    if (Date.now() > end) assert.deepEqual(shown, [name]);
    await new Promise((resolve) => { setTimeout(resolve, 25); });
  }
}

/** The sessions that a browser has a cookie for. */
const sessions = async (context) => (await context.cookies()).filter(({ name }) => SESSION.test(name)).map(({ value }) => value);

/** Whether this browser is logged in, and on no other device. */
async function isLoggedInOnce(page) {
  await page.goto('/settings/devices');
  assert.equal(new URL(page.url()).pathname, '/settings/devices');
  assert.equal(await page.getByRole('main').locator('.rows').getByRole('listitem').count(), 1);
}

test('a security key without a PIN is offered a place as second factor only, and takes it', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    const key = await addAuthenticator(page, KEY_WITHOUT_PIN);
    const person = newPerson();
    await enter(page, person);
    await page.goto('/settings/security');
    const plain = page.getByRole('button', { name: 'Add a security key' });
    await passkeyButton(page, 'create').waitFor();
    assert.equal(await plain.isVisible(), false);
    await passkeyButton(page, 'create').click();
    await plain.waitFor();
    assert.ok(await page.getByText('A security key without a PIN can be used only together with your password.').isVisible());
    assert.equal(await page.getByRole('alert').count(), 0);
    await plain.click();
    await page.getByText('Your passkey has been added.').waitFor();
    assert.equal(await page.locator('.rows .tag').innerText(), 'Only with your password');
    assert.deepEqual((await key.passkeys()).map(({ isResidentCredential }) => isResidentCredential), [false]);

    await page.getByRole('button', { name: 'Turn on' }).click();
    await page.getByRole('button', { name: 'I have kept these codes' }).click();
    await page.getByText('Two-factor authentication is on.').waitFor();
    await logOut(page);
    await logIn(page, person);
    await page.waitForURL('**/login/second**');
    await passkeyButton(page, 'get').click();
    await page.waitForURL('**/profile');
  });
});

test('a new name of the account is told to the browser, which shows it with the passkey', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    const key = await addAuthenticator(page);
    await enter(page, newPerson('Augusta Ada Byron'));
    await addPasskey(page);
    await shows(key, 'Augusta Ada Byron');
    await renameAccount(page, 'Ada King');
    await shows(key, 'Ada King');
  });
});

test('after a passkey was renamed, the browser is told whose it is by now', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    const key = await addAuthenticator(page);
    const person = newPerson('Augusta Ada Byron');
    await enter(page, person);
    await addPasskey(page);
    const other = await onAnotherDevice(page, person);
    await renameAccount(other, 'Ada King');
    await other.context().close();
    await shows(key, 'Augusta Ada Byron');
    await page.getByLabel('Name of this passkey').fill('Blue key');
    await page.getByRole('button', { name: 'Save name' }).click();
    await page.getByText('Your passkey has a new name.').waitFor();
    assert.equal(await page.locator('.rows strong', { hasText: 'Blue key' }).count(), 1);
    await shows(key, 'Ada King');
  });
});

/** A person with an app and a passkey in each of two tabs, who stands before the second step in the first. */
async function withTwoTabs(story) {
  await withVisitor(browser, server.origin, {}, async (visitor) => {
    const { page, context } = visitor;
    const other = await context.newPage();
    // Each tab of Chromium has its own authenticators.
    const keys = [await addAuthenticator(page), await addAuthenticator(other)];
    const person = newPerson();
    await enter(page, person);
    // A browser asks for passkeys only in the tab that is in front.
    for (const tab of [other, page]) {
      await tab.bringToFront();
      await addPasskey(tab);
    }
    const { secret } = await turnOn(page);
    await logOut(page);
    for (const key of keys) await key.answers(false);
    await logIn(page, person, { at: '/login?next=/settings/account' });
    await page.waitForURL('**/login/second**');
    await story({ ...visitor, other, keys, person, secret });
  });
}

/** Types the code that the app shows after the one of the set-up, which is used up. */
async function typeCode(page, secret) {
  await page.locator('#code').fill(codeOf(secret, 1));
  await page.locator('#code').press('Enter');
}

const WAYS_ON = {
  'a code': ({ other, secret }) => typeCode(other, secret),
  'a passkey': async ({ other, keys }) => {
    await keys[1].answers(true);
    await passkeyButton(other, 'get').click();
  },
  'a passkey after a long time': async ({ other, complaints }) => {
    await other.clock.runFor('06:00');
    await passkeyButton(other, 'get').click();
    await other.waitForURL('**/settings/account');
    // Chromium logs each answer that is an error.
    const others = complaints.filter((text) => !text.includes('status of 401'));
    complaints.splice(0, complaints.length, ...others);
  },
  'a recovery code': ({ other }) => other.getByRole('link', { name: 'Use a recovery code' }).click(),
  'the same page again': ({ other }) => other.reload(),
};

for (const [name, goOn] of Object.entries(WAYS_ON)) {
  test(`once the login is finished in another tab, ${name} leads on without a second session`, async () => {
    await withTwoTabs(async (visitor) => {
      const { page, other, secret, context } = visitor;
      // One way on takes long.
      await other.clock.install();
      await other.goto(page.url());
      await passkeyButton(other, 'get').waitFor();
      await typeCode(page, secret);
      await page.waitForURL('**/settings/account');
      const [session, ...more] = await sessions(context);
      assert.ok(session);
      assert.deepEqual(more, []);

      await other.bringToFront();
      await goOn(visitor);
      await other.waitForURL('**/settings/account');
      assert.equal(await other.locator('.notice, .wrong').count(), 0);
      assert.deepEqual(await sessions(context), [session]);
      await isLoggedInOnce(other);
      await isLoggedInOnce(page);
    });
  });
}

test('after the password was typed in two tabs, the older one says so and goes on', async () => {
  await withTwoTabs(async ({ page, other, person, secret }) => {
    await logIn(other, person);
    await other.waitForURL('**/login/second**');
    await typeCode(page, secret);
    await page.getByText('You have begun another login in this browser. This page is now about that one.').waitFor();
    await typeCode(page, secret);
    await page.waitForURL('**/settings/account');
    await isLoggedInOnce(page);
  });
});

test('back and forward after a login with a passkey ask for nothing, and nothing is wrong', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page, context }) => {
    const key = await addAuthenticator(page);
    await enter(page, newPerson());
    await addPasskey(page);
    await logOut(page);
    await key.answers(false);
    await page.goto('/login');
    await passkeyButton(page, 'get').waitFor();
    const sent = [];
    page.on('request', (request) => { if (request.method() === 'POST') sent.push(new URL(request.url()).pathname); });
    // From now on it answers whatever a page asks, so a page that asks by itself logs in once more.
    await key.answers(true);
    // The offer of the email field may be answered before the click.
    await passkeyButton(page, 'get').click({ timeout: PATIENCE_MS }).catch(() => {});
    await page.waitForURL('**/profile');
    const [session] = await sessions(context);
    for (const [way, path, heading] of [
      ['goBack', '/login', 'Log in with another account?'],
      ['goForward', '/profile', 'Welcome, Ada Lovelace!'],
      ['goBack', '/login', 'Log in with another account?'],
      ['goBack', '/', 'Vestibule'],
      ['goForward', '/login', 'Log in with another account?'],
      ['goForward', '/profile', 'Welcome, Ada Lovelace!'],
    ]) {
      const answer = await page[way]();
      assert.equal(answer.status(), 200);
      // Time for a page that would ask by itself.
      await page.waitForTimeout(300);
      assert.equal(new URL(page.url()).pathname, path);
      assert.equal(await page.locator('h1').innerText(), heading);
      assert.equal(await page.locator('.notice').count(), 0);
    }
    assert.deepEqual(sent, ['/login/passkey']);
    assert.deepEqual(await sessions(context), [session]);
  });
});
