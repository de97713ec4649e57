// Two-factor authentication: set up and used with the keyboard, without JavaScript, and the picture that an app scans.

import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import {
  addAuthenticator, addPasskey, codeOf, openAppSetup, passkeyButton, turnOn,
} from './support/authenticator.js';
import { startBrowser, withVisitor } from './support/browser.js';
import {
  enter, logIn, logOutButton, newPerson, waitForFocus,
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

/** Logs out, and in again up to the second step. */
async function comeBack(page, person) {
  await logOutButton(page).click();
  await page.locator('.notice.success').waitFor();
  await logIn(page, person);
  await page.waitForURL('**/login/second**');
}

for (const javaScriptEnabled of [true, false]) {
  test(`an app is set up and asked for at the next login ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    await withVisitor(browser, server.origin, { javaScriptEnabled }, async ({ page }) => {
      const person = newPerson();
      await enter(page, person);
      const { secret, codes } = await turnOn(page);
      await comeBack(page, person);
      await waitForFocus(page, 'code');
      await page.keyboard.type('000000');
      await page.keyboard.press('Enter');
      await page.locator('.wrong').waitFor();
      await waitForFocus(page, 'code');
      // The code of the set-up is used up, so it is the one after.
      await page.keyboard.type(codeOf(secret, 1));
      await page.keyboard.press('Enter');
      await page.waitForURL('**/profile');

      await comeBack(page, person);
      await page.goto('/login/recovery');
      await page.locator('#code').fill(codes[0].toUpperCase());
      await page.keyboard.press('Enter');
      await page.waitForURL('**/profile');
    });
  });
}

test('a passkey is the second step, also one that does not verify its user', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    const key = await addAuthenticator(page, {
      transport: 'usb', hasResidentKey: false, hasUserVerification: false, isUserVerified: false,
    });
    const person = newPerson();
    await enter(page, person);
    await addPasskey(page);
    await turnOn(page);
    await key.answers(false);
    await comeBack(page, person);
    await key.answers(true);
    await passkeyButton(page, 'get').click();
    await page.waitForURL('**/profile');
  });
});

for (const colorScheme of ['light', 'dark']) {
  test(`a camera reads the picture in ${colorScheme} mode`, async (context) => {
    if (spawnSync('zbarimg', ['--version']).error) {
      context.skip('zbarimg is not installed');
      return;
    }
    await withVisitor(browser, server.origin, { colorScheme }, async ({ page }) => {
      await enter(page, newPerson());
      const secret = (await openAppSetup(page)).replace(/\s/g, '');
      const folder = await mkdtemp(path.join(tmpdir(), 'vestibule-qr-'));
      try {
        const picture = path.join(folder, 'qr.png');
        await page.locator('.qr').screenshot({ path: picture });
        const { stdout } = await promisify(execFile)('zbarimg', ['--quiet', '--raw', picture]);
        assert.match(stdout, /^otpauth:\/\/totp\//);
        assert.equal(new URL(stdout.trim()).searchParams.get('secret'), secret.toUpperCase());
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
  });
}
