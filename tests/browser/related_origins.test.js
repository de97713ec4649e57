// A site that moved from one name to another, over TLS: passkeys of the old name work at the new one, because the browser
// asks the old one whether they may.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { addAuthenticator, addPasskey, passkeyButton } from './support/authenticator.js';
import { startBrowser, withVisitor } from './support/browser.js';
import {
  enter, logIn, logOutButton, newPerson, onAnotherDevice,
} from './support/people.js';
import { startServer } from './support/server.js';
import { hasOpenssl, startTlsProxy } from './support/tls_proxy.js';

const OLD = 'https://old.test';
const NEW = 'https://new.test';
const QUESTION = `${OLD}/.well-known/webauthn`;
const AT_OLD = { VESTIBULE_BASE_URL: OLD };
const AT_NEW = { VESTIBULE_BASE_URL: NEW, VESTIBULE_PASSKEY_DOMAIN: 'old.test', VESTIBULE_PASSKEY_ORIGINS: NEW };
const PATIENCE_MS = 5_000;

describe('a site with two names', { skip: !hasOpenssl() && 'openssl is not installed' }, () => {
  let proxy;
  let browser;
  before(async () => {
    proxy = await startTlsProxy(['old.test', 'new.test']);
    browser = await startBrowser({ args: proxy.args });
  });
  after(async () => {
    await browser?.close();
    await proxy?.stop();
  });

  /** Runs a part of a story while the site is served at one of its names, from a folder that it may have had before. */
  async function served(settings, data, story) {
    const server = await startServer({ ...settings, VESTIBULE_DATA_DIR: data });
    proxy.leadTo(server.port);
    try {
      await story();
    } finally {
      await server.stop();
    }
  }

  /** Runs a story in an empty folder. */
  async function inFolder(story) {
    const folder = await mkdtemp(path.join(tmpdir(), 'vestibule-related-'));
    try {
      await story(path.join(folder, 'data'));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Runs a story of someone who has an authenticator, and whose pages may be at both names. */
  async function withPerson(origin, story) {
    await withVisitor(browser, origin, {}, async (visitor) => {
      const { page, complaints } = visitor;
      await story({ ...visitor, key: await addAuthenticator(page), person: newPerson() });
      const others = complaints.filter((text) => !text.startsWith(`request to another origin: ${NEW}/`));
      complaints.splice(0, complaints.length, ...others);
    });
  }

  /** The same at the new name, where the person is logged in and has added a passkey. */
  async function withPasskey(story) {
    await inFolder((data) => served(AT_NEW, data, () => withPerson(NEW, async (visitor) => {
      await enter(visitor.page, visitor.person);
      await addPasskey(visitor.page);
      await story(visitor);
    })));
  }

  async function logOut(page, key) {
    await key.answers(false);
    await logOutButton(page).click();
    await page.getByText('You have been logged out.').waitFor();
  }

  /** Waits until the passkeys of an authenticator are shown with these names. */
  async function shows(key, names) {
    const end = Date.now() + PATIENCE_MS;
    const shown = async () => (await key.passkeys()).map(({ userDisplayName }) => userDisplayName);
    while (Date.now() < end && JSON.stringify(await shown()) !== JSON.stringify(names)) {
      await new Promise((resolve) => { setTimeout(resolve, 25); });
    }
    assert.deepEqual(await shown(), names);
  }

  /** How the browser asked the old name since then. */
  const questions = (since) => proxy.asked.slice(since).filter(({ address }) => address === QUESTION);

  test('a passkey from before the move logs in after it', async () => {
    await inFolder((data) => withPerson(OLD, async ({ page, key, person }) => {
      await served(AT_OLD, data, async () => {
        await enter(page, person);
        await addPasskey(page);
        await logOut(page, key);
        // Nothing of the page is under way when the site stops.
        await page.goto('about:blank');
      });
      assert.deepEqual((await key.passkeys()).map(({ rpId }) => rpId), ['old.test']);
      await served(AT_NEW, data, async () => {
        // An old bookmark leads on.
        assert.equal((await page.goto(`${OLD}/login`)).status(), 421);
        const since = proxy.asked.length;
        await page.getByRole('main').getByRole('link').first().click();
        await page.waitForURL(`${NEW}/login`);
        await passkeyButton(page, 'get').waitFor();
        await key.answers(true);
        // The offer of the email field may be answered before the click.
        await passkeyButton(page, 'get').click({ timeout: PATIENCE_MS }).catch(() => {});
        await page.waitForURL(`${NEW}/profile`);
        assert.equal(await page.locator('h1').innerText(), `Welcome, ${person.name}!`);
        const asked = questions(since);
        assert.ok(asked.length > 0, 'the browser asked the old name');
        for (const { method, headers } of asked) {
          assert.deepEqual([method, headers.cookie, headers.referer], ['GET', undefined, undefined]);
        }
        await page.goto('about:blank');
      });
    }));
  });

  test('the email field at the new name offers it as well', async () => {
    await withPasskey(async ({ page, key }) => {
      await logOut(page, key);
      const since = proxy.asked.length;
      await key.answers(true);
      await page.goto('/login?next=/settings/devices');
      await page.waitForURL(`${NEW}/settings/devices`);
      assert.ok(questions(since).length > 0);
    });
  });

  test('a passkey that is added at the new name belongs to the old one, and a device gets no second', async () => {
    await withPasskey(async ({ page, key }) => {
      assert.deepEqual((await key.passkeys()).map(({ rpId }) => rpId), ['old.test']);
      await passkeyButton(page, 'create').click();
      await page.getByText('This device already has a passkey for this account.').waitFor();
      assert.equal((await key.passkeys()).length, 1);
    });
  });

  test('the new name tells the browser one thing after the other: whose the passkeys are, and which there are', async () => {
    await withPasskey(async ({ page, key, person }) => {
      await shows(key, [person.name]);
      const other = await onAnotherDevice(page, person);
      await other.goto('/settings/account');
      await other.getByLabel('Name').fill('Ada King');
      await other.getByRole('button', { name: 'Save name' }).click();
      await other.getByText('Your name has been changed.').waitFor();
      await other.context().close();
      // The page Security says both.
      await page.reload();
      await shows(key, ['Ada King']);
      await page.locator('form[action$="/passkeys/remove"] button').click();
      await page.getByText('Your passkey has been removed.').waitFor();
      await shows(key, []);
    });
  });

  test('if the old name is given up, its passkeys fail with a word, and the password logs in', async () => {
    await withPasskey(async ({ page, key, person }) => {
      await logOut(page, key);
      proxy.cutOff('old.test');
      await page.goto('/login');
      await key.answers(true);
      await passkeyButton(page, 'get').click();
      await page.getByRole('alert').waitFor();
      assert.equal(new URL(page.url()).pathname, '/login');
      await logIn(page, person, { at: null });
      await page.waitForURL(`${NEW}/profile`);
    });
  });
});
