// The cookies as the browser stores them, and "Remember me".

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, withVisitor } from './support/browser.js';
import { enter, logOutButton, PASSWORD, plainName, SESSION, newPerson } from './support/people.js';
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

test('no cookie can be read by a script or is sent with requests from another site', async () => {
  await withVisitor(browser, server.origin, {}, async ({ context, page }) => {
    const person = newPerson();
    const made = [];
    page.on('response', (response) => made.push(response.headersArray()));
    await enter(page, person, { remember: true });
    await context.clearCookies();
    await page.goto('/login');
    // The redirect is not followed, because the next page deletes the cookies with the notice and the old input.
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
    // SameSite is set explicitly: without it, Chromium sends cookies of the last two minutes with another site's forms.
    const sent = (await Promise.all(made)).flat().filter(({ name }) => name.toLowerCase() === 'set-cookie');
    assert.ok(sent.length > 5);
    for (const { value } of sent) assert.match(value, /; SameSite=Lax(;|$)/);
    assert.ok(failed.get('typed').expires - Date.now() / 1000 <= 60, 'the old input is kept for a minute');
  });
});

test('without "Remember me", closing the browser logs out', async () => {
  await withVisitor(browser, server.origin, {}, async ({ context, page }) => {
    await enter(page, newPerson());
    // The device cookie is kept, but it does not log in.
    const cookies = (await context.cookies()).filter(({ name }) => plainName(name) !== 'device');
    assert.deepEqual(cookies.map(({ name, expires }) => ({ name: plainName(name), expires })), [{ name: 'session', expires: -1 }]);
    await context.clearCookies({ name: SESSION });
    assert.ok(!await loggedIn(page));
  });
});

test('"Remember me" keeps a user logged in for 30 days or until logout', async () => {
  await withVisitor(browser, server.origin, {}, async ({ context, page }) => {
    await enter(page, newPerson(), { remember: true });
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
    assert.ok(!await loggedIn(page), 'the old cookies do not log in');
    assert.deepEqual([...(await jar(context)).keys()], ['device'], 'the old cookies are deleted');
  });
});
