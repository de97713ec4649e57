// The cookies as the browser holds them, and being remembered by them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, withVisitor } from './support/browser.js';
import { enter, logOutButton, PASSWORD, plainName, SESSION, somebody } from './support/people.js';
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

const DAY_S = 24 * 60 * 60;

async function jar(context) {
  return new Map((await context.cookies()).map((cookie) => [plainName(cookie.name), cookie]));
}

async function loggedIn(page) {
  await page.goto('/profile');
  return new URL(page.url()).pathname === '/profile';
}

test('no cookie can be read by a script or goes along from another site', async () => {
  await withVisitor(browser, server.origin, {}, async ({ context, page }) => {
    const person = somebody();
    const made = [];
    page.on('response', (response) => made.push(response.headersArray()));
    await enter(page, person, { remember: true });
    await context.clearCookies();
    await page.goto('/login');
    // The answer is not followed: the page after it takes the notice and what was typed out of the jar again.
    const post = (fields) => page.evaluate((body) => fetch('/login', {
      method: 'POST', redirect: 'manual', body: new URLSearchParams(body),
    }).then((answer) => answer.type), fields);
    assert.equal(await post({ email: person.email, password: 'not my password' }), 'opaqueredirect');
    const failed = await jar(context);
    assert.deepEqual([...failed.keys()].sort(), ['_flash', 'typed']);
    assert.equal(await post({ email: person.email, password: PASSWORD, remember: 'yes' }), 'opaqueredirect');
    const opened = await jar(context);
    assert.ok(opened.has('session') && opened.has('remember'));
    for (const cookie of [...failed.values(), ...opened.values()]) {
      const { name, httpOnly, sameSite, path, domain } = cookie;
      assert.deepEqual({ name, httpOnly, sameSite, path, domain }, { name, httpOnly: true, sameSite: 'Lax', path: '/', domain: 'localhost' });
    }
    assert.equal(await page.evaluate(() => document.cookie), '');
    // Said and not left to the browser: where nothing is said, Chromium sends a young cookie along with another site's form.
    const sent = (await Promise.all(made)).flat().filter(({ name }) => name.toLowerCase() === 'set-cookie');
    assert.ok(sent.length > 5);
    for (const { value } of sent) assert.match(value, /; SameSite=Lax(;|$)/);
    assert.ok(failed.get('typed').expires - Date.now() / 1000 <= 60, 'what was typed is kept a minute');
  });
});

test('who is not to be remembered is forgotten when the browser closes', async () => {
  await withVisitor(browser, server.origin, {}, async ({ context, page }) => {
    await enter(page, somebody());
    // That one is kept, and opens nothing.
    const cookies = (await context.cookies()).filter(({ name }) => plainName(name) !== 'device');
    assert.deepEqual(cookies.map(({ name, expires }) => ({ name: plainName(name), expires })), [{ name: 'session', expires: -1 }]);
    await context.clearCookies({ name: SESSION });
    assert.ok(!await loggedIn(page));
  });
});

test('who is to be remembered is logged in 30 days long, until they log out', async () => {
  await withVisitor(browser, server.origin, {}, async ({ context, page }) => {
    await enter(page, somebody(), { remember: true });
    const cookies = await jar(context);
    assert.equal(cookies.get('session').expires, -1);
    const lasts = cookies.get('remember').expires - Date.now() / 1000;
    assert.ok(Math.abs(lasts - 30 * DAY_S) < 120, `remembered for ${lasts / DAY_S} days`);

    const before = cookies.get('session').value;
    await context.clearCookies({ name: SESSION });
    assert.ok(await loggedIn(page), 'remembered');
    const again = (await jar(context)).get('session');
    assert.equal(again?.expires, -1);
    assert.notEqual(again.value, before);

    const kept = await context.cookies();
    await logOutButton(page).click();
    await page.waitForURL(`${server.origin}/`);
    assert.deepEqual([...(await jar(context)).keys()], ['device']);
    await context.addCookies(kept);
    assert.ok(!await loggedIn(page), 'the old cookies open nothing');
    assert.deepEqual([...(await jar(context)).keys()], ['device'], 'and are cleared');
  });
});
