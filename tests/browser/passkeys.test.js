// Passkeys: added, offered in the email field, used by a button, refused; and where they cannot work.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addAuthenticator, addPasskey, passkeyButton } from './support/authenticator.js';
import { startBrowser, withVisitor } from './support/browser.js';
import {
  enter, enterRemembered, logOutButton, newPerson, password,
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

/** A visitor who has an account and a passkey, and has logged out. The authenticator waits. */
async function withPasskey(story) {
  await withVisitor(browser, server.origin, {}, async (visitor) => {
    const { page } = visitor;
    const key = await addAuthenticator(page);
    const person = newPerson();
    await enter(page, person);
    await addPasskey(page);
    assert.equal((await key.passkeys()).length, 1);
    await key.answers(false);
    await logOutButton(page).click();
    await page.locator('.notice.success').waitFor();
    await story({ ...visitor, key, person });
  });
}

test('the email field offers a passkey, which logs in', async () => {
  await withPasskey(async ({ page, key }) => {
    await key.answers(true);
    await page.goto('/login?next=/settings/devices');
    await page.waitForURL('**/settings/devices');
  });
});

test('the button logs in while the email field waits with its offer, and "Remember me" counts', async () => {
  await withPasskey(async ({ page, key, context }) => {
    await page.goto('/login');
    await page.getByLabel('Remember me').check();
    await key.answers(true);
    await passkeyButton(page, 'get').click();
    await page.waitForURL('**/profile');
    assert.ok((await context.cookies()).some(({ name }) => name.startsWith('remember')));
  });
});

test('the password still logs in while a passkey is offered', async () => {
  await withPasskey(async ({ page, person }) => {
    await page.goto('/login');
    await page.getByLabel('Email').fill(person.email);
    await password(page).fill(person.password);
    await password(page).press('Enter');
    await page.waitForURL('**/profile');
  });
});

test('who cancels is told nothing, and can try again', async () => {
  await withPasskey(async ({ page, key }) => {
    // Before the page asks for one by itself: otherwise the answer to that may still log in.
    await key.verifies(false);
    await page.goto('/login');
    await key.answers(true);
    await passkeyButton(page, 'get').click();
    await page.waitForTimeout(500);
    assert.equal(await page.getByRole('alert').count(), 0);
    await key.verifies(true);
    await passkeyButton(page, 'get').click();
    await page.waitForURL('**/profile');
  });
});

test('an error is told in our own words, once', async () => {
  await withPasskey(async ({ page }) => {
    await page.goto('/login');
    await page.evaluate(() => { navigator.credentials.get = () => Promise.reject(new DOMException('odd words', 'UnknownError')); });
    for (let times = 0; times < 2; times += 1) {
      await passkeyButton(page, 'get').click();
      await page.getByRole('alert').waitFor();
      assert.deepEqual(await page.getByRole('alert').allInnerTexts(), ['This passkey did not work here. Try another way.']);
    }
  });
});

test('a device is not given a second passkey for the same account', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    const key = await addAuthenticator(page);
    await enter(page, newPerson());
    await addPasskey(page);
    await passkeyButton(page, 'create').click();
    await page.getByText('This device already has a passkey for this account.').waitFor();
    assert.equal((await key.passkeys()).length, 1);
  });
});

test('a passkey that was removed is told to be unknown, and the browser keeps it, since the removal can be undone', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page, context }) => {
    const key = await addAuthenticator(page);
    await enter(page, newPerson());
    // As if the browser did not hear of the removal.
    await context.addInitScript(() => { if (globalThis.PublicKeyCredential) PublicKeyCredential.signalAllAcceptedCredentials = async () => {}; });
    await addPasskey(page);
    await page.locator('form[action$="/passkeys/remove"] button').click();
    await page.locator('.notice.success').waitFor();
    await key.answers(false);
    await logOutButton(page).click();
    await page.locator('.notice.success').waitFor();
    await page.goto('/login');
    await key.answers(true);
    await passkeyButton(page, 'get').click();
    // The page of the refusal does not offer it again by itself, which would go on for ever.
    await page.getByText('This passkey is not known here.').waitFor();
    await page.waitForTimeout(500);
    assert.equal(new URL(page.url()).pathname, '/login');
    assert.equal((await key.passkeys()).length, 1);
  });
});

test('a passkey of an account that is gone is forgotten by the browser', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    const key = await addAuthenticator(page);
    const person = newPerson();
    await enter(page, person);
    await addPasskey(page);
    await page.goto('/settings/close');
    await page.getByLabel('Email of this account').fill(person.email);
    await password(page).fill(person.password);
    await page.getByRole('button', { name: 'Delete account' }).click();
    await page.getByText('Your account has been deleted.').waitFor();
    await key.answers(false);
    await page.goto('/login');
    await key.answers(true);
    await passkeyButton(page, 'get').click();
    await page.getByText('This passkey is not known here.').waitFor();
    for (const end = Date.now() + 5_000; (await key.passkeys()).length > 0;) {
      assert.ok(Date.now() < end, 'the browser was told in five seconds');
      await page.waitForTimeout(50);
    }
  });
});

test('a page that was open for long asks with a new challenge', async () => {
  await withPasskey(async ({ page, key }) => {
    await page.clock.install();
    const asks = [];
    page.on('request', (request) => { if (request.url().endsWith('/login/passkey/options')) asks.push(request); });
    await page.goto('/login');
    await passkeyButton(page, 'get').waitFor();
    const again = page.waitForRequest('**/login/passkey/options');
    await page.clock.runFor('06:00');
    await again;
    assert.equal(asks.length, 2);
    await key.answers(true);
    // The offer begins anew with the new challenge, and may be answered before the click.
    await passkeyButton(page, 'get').click({ timeout: 5_000 }).catch(() => {});
    await page.waitForURL('**/profile');
  });
});

test('who logged in long ago is led to prove it first', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page, complaints }) => {
    await addAuthenticator(page);
    await enterRemembered(page, newPerson());
    await page.goto('/settings/security');
    await passkeyButton(page, 'create').click();
    await page.waitForURL('**/reauthenticate?next=%2Fsettings%2Fsecurity');
    // Chromium logs each answer that is an error.
    const others = complaints.filter((text) => !text.includes('status of 401'));
    complaints.splice(0, complaints.length, ...others);
  });
});

test('where passkeys cannot work, the page names the address where they do', async () => {
  const elsewhere = server.origin.replace('localhost', '127.0.0.1');
  await withVisitor(browser, elsewhere, {}, async ({ page }) => {
    await page.goto('/login');
    await page.getByText(`Passkeys work at ${server.origin}`).waitFor();
    assert.equal(await passkeyButton(page, 'get').count(), 0);
  });
});

test('without JavaScript there is no button for passkeys', async () => {
  await withVisitor(browser, server.origin, { javaScriptEnabled: false }, async ({ page }) => {
    await page.goto('/login');
    assert.deepEqual(await page.getByRole('main').getByRole('button').allInnerTexts(), ['Login']);
    assert.equal(await page.locator('form[data-passkey]').isVisible(), false);
  });
});

test('after a login with the password, the browser may make a passkey by itself, for ten seconds', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page, context }) => {
    await page.clock.install();
    // No browser does it without a password manager, so this one only says that it could.
    await context.addInitScript(() => {
      if (!globalThis.PublicKeyCredential) return;
      const told = (text) => { document.documentElement.dataset.told = text; };
      PublicKeyCredential.getClientCapabilities = async () => ({ conditionalCreate: true });
      navigator.credentials.create = ({ mediation, signal }) => new Promise((_, reject) => {
        told(mediation);
        signal.addEventListener('abort', () => { told('ended'); reject(signal.reason); });
      });
    });
    await enter(page, newPerson());
    await page.locator('html[data-told="conditional"]').waitFor();
    await page.clock.runFor(11_000);
    await page.locator('html[data-told="ended"]').waitFor();
  });
});
