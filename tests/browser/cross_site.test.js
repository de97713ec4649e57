// Attacks by other sites through the browser of a logged-in user. Errors on the pages are ignored, since the other
// site's pages may have any.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startAttacker } from './support/attacker.js';
import { startBrowser, withVisitor } from './support/browser.js';
import { enter, logIn, logOutButton, PASSWORD, SESSION, signUp, newPerson } from './support/people.js';
import { startServer } from './support/server.js';

let server;
let browser;
const attackers = {};
before(async () => {
  server = await startServer();
  browser = await startBrowser();
  attackers['another site'] = await startAttacker('127.0.0.1');
  attackers['a neighbour on the same site'] = await startAttacker('localhost');
});
after(async () => {
  await Promise.all(Object.values(attackers).map((attacker) => attacker.stop()));
  await browser?.close();
  await server?.stop();
});

/** Runs a story with a visitor of this site who is lured to another one. Errors on the pages are ignored. */
async function lured(story) {
  await withVisitor(browser, server.origin, {}, async (visitor) => {
    await story(visitor);
    visitor.complaints.length = 0;
  });
}

async function loggedIn(page) {
  await page.goto('/profile');
  return new URL(page.url()).pathname === '/profile';
}

/** A page whose form submits itself. */
function form(path, fields) {
  const inputs = Object.entries(fields).map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`);
  return `<form method="post" action="${server.origin}${path}">${inputs.join('')}</form>`
    + '<script>document.forms[0].submit()</script>';
}

/** Opens the other site's page and returns this site's answer to the form on it. */
async function answerTo(page, attacker) {
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.goto(attacker.origin, { waitUntil: 'commit' });
  const response = await answer;
  await page.waitForURL((url) => url.origin === server.origin);
  await page.waitForLoadState();
  return response;
}

for (const who of ['another site', 'a neighbour on the same site']) {
  test(`${who} cannot submit our forms`, async () => {
    await lured(async ({ context, page }) => {
      const attacker = attackers[who];
      const victim = newPerson();
      const own = newPerson('Mallory');
      await signUp(page, own);
      await page.waitForURL('**/login');

      attacker.show(form('/login', { email: own.email, password: PASSWORD }));
      assert.equal((await answerTo(page, attacker)).status(), 403);
      assert.equal(await page.locator('h1').innerText(), "We couldn't accept that form");
      assert.ok(!(await context.cookies()).some(({ name }) => SESSION.test(name)), 'no session for Mallory');

      const planted = newPerson('Planted');
      attacker.show(form('/signup', planted));
      assert.equal((await answerTo(page, attacker)).status(), 403);
      await logIn(page, planted);
      await page.getByText('Please check your login details').waitFor();

      await enter(page, victim);
      for (const fields of [{}, { _method: 'get' }]) {
        attacker.show(form('/logout', fields));
        assert.equal((await answerTo(page, attacker)).status(), 403);
      }
      assert.ok(await loggedIn(page), 'still logged in');
    });
  });

  test(`an image on ${who} does not log out`, async () => {
    await lured(async ({ page }) => {
      const attacker = attackers[who];
      await enter(page, newPerson());
      const asked = page.waitForResponse(`${server.origin}/logout`);
      attacker.show(`<img src="${server.origin}/logout" alt=""><iframe src="${server.origin}/logout"></iframe>`);
      await page.goto(attacker.origin);
      assert.equal((await asked).request().method(), 'GET');
      assert.ok(await loggedIn(page), 'still logged in');
    });
  });

  test(`${who} cannot put our pages into a frame`, async () => {
    await lured(async ({ page }) => {
      const attacker = attackers[who];
      for (const path of ['/login', '/', '/no-such-page']) {
        attacker.show(`<iframe src="${server.origin}${path}"></iframe>`);
        await page.goto(attacker.origin);
        const [, frame] = page.frames();
        await frame.waitForURL('chrome-error://chromewebdata/');
      }
    });
  });

  test(`a link on ${who} to the logout page asks first`, async () => {
    await lured(async ({ page }) => {
      const attacker = attackers[who];
      await enter(page, newPerson('Annie Easley'));
      attacker.show(`<a href="${server.origin}/logout">Win</a>`);
      await page.goto(attacker.origin);
      await page.getByRole('link').click();
      await page.waitForURL('**/logout');
      assert.equal(await page.locator('h1').innerText(), 'Log out of Vestibule?');
      assert.ok(await loggedIn(page), 'still logged in');

      await page.goto(attacker.origin);
      await page.getByRole('link').click();
      await page.getByRole('main').getByRole('button', { name: 'Log out' }).click();
      await page.waitForURL(`${server.origin}/`);
      assert.ok(!await loggedIn(page));
    });
  });
}

test('a user who follows a link from another site is still logged in', async () => {
  await lured(async ({ page }) => {
    const attacker = attackers['another site'];
    await enter(page, newPerson('Evelyn Boyd Granville'));
    attacker.show(`<a href="${server.origin}/profile">Their profile</a>`);
    await page.goto(attacker.origin);
    await page.getByRole('link').click();
    await page.getByRole('heading', { name: 'Welcome, Evelyn Boyd Granville!' }).waitFor();
  });
});

test('typing the address of the logout page logs out, prefetching it does not', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    await enter(page, newPerson());
    await page.setExtraHTTPHeaders({ Purpose: 'prefetch' });
    await page.goto('/logout');
    assert.equal(await page.locator('h1').innerText(), 'Log out of Vestibule?');
    await page.setExtraHTTPHeaders({});
    assert.ok(await loggedIn(page));

    await page.goto('/logout');
    assert.equal(page.url(), `${server.origin}/`);
    assert.equal(await page.getByRole('status').innerText(), 'You have been logged out.');
    assert.equal(await logOutButton(page).count(), 0);
    assert.ok(!await loggedIn(page));
  });
});
