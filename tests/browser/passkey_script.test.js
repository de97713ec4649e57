// What the script of passkeys asks the browser for, and when: the browser is a stub that writes everything down.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addAuthenticator, addPasskey, passkeyButton } from './support/authenticator.js';
import { startBrowser, withVisitor } from './support/browser.js';
import {
  enter, logOutButton, newPerson,
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

/** Notes each call of `credentials.get` and `create` in `window.calls`. None is ever answered. */
const noteCalls = (context) => context.addInitScript(() => {
  globalThis.calls = [];
  if (!navigator.credentials) return;
  for (const name of ['get', 'create']) {
    navigator.credentials[name] = ({ mediation = 'asked', signal }) => {
      globalThis.calls.push(`${name} ${mediation}`);
      return new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => {
          globalThis.calls.push(`${name} aborted`);
          reject(new DOMException('', 'AbortError'));
        });
      });
    };
  }
});

const calls = (page) => page.evaluate(() => globalThis.calls);

/** Waits until a page has asked for the options of its buttons. */
const settled = (page) => page.waitForLoadState('networkidle');

test('no page asks for a passkey before a click, but in the email field', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page, context }) => {
    await noteCalls(context);
    await page.goto('/login');
    await page.waitForFunction(() => globalThis.calls.length > 0);
    await settled(page);
    assert.deepEqual(await calls(page), ['get conditional']);
    await enter(page, newPerson());
    for (const path of ['/settings/security', '/settings/account']) {
      await page.goto(path);
      await settled(page);
      const asked = (await calls(page)).filter((call) => !call.endsWith('conditional'));
      assert.deepEqual(asked, [], path);
    }
  });
});

test('the offer is withdrawn before the button asks', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page, context }) => {
    await noteCalls(context);
    await page.goto('/login');
    await page.waitForFunction(() => globalThis.calls.length > 0);
    await passkeyButton(page, 'get').click();
    await page.waitForFunction(() => globalThis.calls.includes('get asked'));
    assert.deepEqual(await calls(page), ['get conditional', 'get aborted', 'get asked']);
  });
});

test('the browser is told one thing after another, and a click waits for it', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page, context }) => {
    await addAuthenticator(page);
    await enter(page, newPerson());
    await addPasskey(page);
    await context.addInitScript(() => {
      globalThis.calls = [];
      for (const name of ['signalAllAcceptedCredentials', 'signalCurrentUserDetails']) {
        PublicKeyCredential[name] = async () => {
          globalThis.calls.push(`${name} begins`);
          await new Promise((resolve) => { setTimeout(resolve, 300); });
          globalThis.calls.push(`${name} ends`);
        };
      }
      navigator.credentials.create = async () => {
        globalThis.calls.push('create');
        throw new DOMException('', 'NotAllowedError');
      };
    });
    await page.goto('/settings/security');
    await passkeyButton(page, 'create').click();
    await page.waitForFunction(() => globalThis.calls.includes('create'));
    const told = (await calls(page)).filter((call) => call !== 'create');
    const names = told.map((call) => call.split(' ')[0]);
    assert.equal(told.length, 4);
    assert.equal(names[0], names[1]);
    assert.equal(names[2], names[3]);
    assert.equal((await calls(page)).at(-1), 'create');
  });
});

/** A visitor with a passkey, logged out, and the number of forms that were sent to log in with it. */
async function withPasskey(story) {
  await withVisitor(browser, server.origin, {}, async ({ page, context }) => {
    const key = await addAuthenticator(page);
    await enter(page, newPerson());
    await addPasskey(page);
    await key.answers(false);
    await logOutButton(page).click();
    await page.locator('.notice.success').waitFor();
    let sent = 0;
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/login/passkey')) sent += 1;
    });
    await story({ page, context, key, sent: () => sent });
  });
}

test('after a failure nothing is offered until the visitor does something', async () => {
  await withPasskey(async ({ page, context, key, sent }) => {
    // A stranger's answer: the site refuses it, however often it is sent.
    await context.addInitScript(() => {
      const { get } = navigator.credentials;
      navigator.credentials.get = async function ask(...asked) {
        const { response, rawId } = await get.apply(this, asked);
        const part = (name) => response[name];
        return {
          rawId,
          response: {
            clientDataJSON: part('clientDataJSON'), authenticatorData: part('authenticatorData'),
            signature: new Uint8Array(70).buffer, userHandle: part('userHandle'),
          },
        };
      };
    });
    await key.answers(true);
    await page.goto('/login');
    await page.getByText('This passkey could not be used.').waitFor();
    await page.waitForTimeout(1_000);
    assert.equal(sent(), 1, 'the page does not try again by itself');
    const again = page.waitForRequest((request) => request.method() === 'POST');
    await page.getByLabel('Email').press('a');
    await again;
    await page.getByText('This passkey could not be used.').waitFor();
    assert.equal(sent(), 2);
  });
});

test('after one failure the offer comes back on the next page', async () => {
  await withPasskey(async ({ page, key, sent }) => {
    await key.verifies(false);
    await key.answers(true);
    await page.goto('/login');
    await page.waitForTimeout(500);
    assert.equal(sent(), 0);
    await key.verifies(true);
    await page.goto('/login');
    await page.waitForURL('**/profile');
  });
});

test('objects of a password manager whose other parts fail are read all the same', async () => {
  await withPasskey(async ({ page, context, key }) => {
    await context.addInitScript(() => {
      const { get } = navigator.credentials;
      const fails = () => { throw new TypeError('not here'); };
      navigator.credentials.get = async function ask(...asked) {
        const { rawId, response: { clientDataJSON, authenticatorData, signature, userHandle } } = await get.apply(this, asked);
        return {
          rawId,
          get id() { return fails(); },
          toJSON: fails,
          getClientExtensionResults: fails,
          response: {
            clientDataJSON, authenticatorData, signature, userHandle, getTransports: fails, getPublicKey: fails, getAuthenticatorData: fails,
          },
        };
      };
    });
    await key.answers(true);
    await page.goto('/login');
    await page.waitForURL('**/profile');
  });
});
