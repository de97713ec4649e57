// The cookies as each browser stores them, and "Remember me".

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { BROWSERS, startBrowser } from '../support/driver.js';
import { newPerson, PASSWORD, plainName } from '../support/people.js';
import { startServer } from '../support/server.js';
import { enter, reopen } from '../support/visits.js';

const DAY_S = 24 * 60 * 60;

let server;
before(async () => { server = await startServer(); });
after(() => server?.stop());

const jar = async (visitor) => new Map((await visitor.cookies()).map((cookie) => [plainName(cookie.name), cookie]));

async function isLoggedIn(visitor) {
  await visitor.goto('/profile');
  return await visitor.path() === '/profile';
}

/** Submits the login form. The redirect is not followed, because the next page deletes some of the cookies. */
function post(visitor, fields) {
  return visitor.look((body) => fetch('/login', { method: 'POST', redirect: 'manual', body: new URLSearchParams(body) })
    .then((answer) => answer.type), fields);
}

for (const name of BROWSERS) {
  describe(`in ${name}`, () => {
    let browser;
    before(async () => { browser = await startBrowser(name); });
    after(() => browser?.stop());
    const story = (title, tell) => test(title, () => browser.visit(server.origin, tell));

    story('no cookie can be read by a script or is sent with requests from another site', async (visitor) => {
      const person = newPerson();
      await enter(visitor, person, { remember: true });
      await visitor.deleteCookies();
      await visitor.goto('/login');
      assert.equal(await post(visitor, { email: person.email, password: 'not my password' }), 'opaqueredirect');
      const failed = await jar(visitor);
      assert.deepEqual([...failed.keys()].sort(), ['_flash', 'typed']);
      const kept = failed.get('typed').expires - Date.now() / 1000;
      assert.ok(Math.abs(kept - 60) < 10, `the old input is kept for ${kept} seconds`);
      assert.equal(await post(visitor, { email: person.email, password: PASSWORD, remember: 'yes' }), 'opaqueredirect');
      const opened = await jar(visitor);
      assert.ok(opened.has('session') && opened.has('remember'));
      for (const cookie of [...failed.values(), ...opened.values()]) {
        const { name: called, httpOnly, sameSite, path, domain } = cookie;
        const expected = { called, httpOnly: true, sameSite: 'Lax', path: '/', domain: 'localhost' };
        assert.deepEqual({ called, httpOnly, sameSite, path, domain }, expected);
      }
      assert.equal(await visitor.look(() => document.cookie), '');
    });

    story('without "Remember me", closing the browser logs out', async (visitor) => {
      await enter(visitor, newPerson());
      // The device cookie is kept, but it does not log in.
      const cookies = (await visitor.cookies()).filter((cookie) => plainName(cookie.name) !== 'device');
      assert.deepEqual(cookies.map((cookie) => [plainName(cookie.name), cookie.expires]), [['session', -1]]);
      await reopen(visitor);
      assert.ok(!await isLoggedIn(visitor));
    });

    story('"Remember me" keeps a user logged in for 30 days or until logout', async (visitor) => {
      await enter(visitor, newPerson(), { remember: true });
      const cookies = await jar(visitor);
      assert.equal(cookies.get('session').expires, -1);
      const lasts = cookies.get('remember').expires - Date.now() / 1000;
      assert.ok(Math.abs(lasts - 30 * DAY_S) < 120, `remembered for ${lasts / DAY_S} days`);

      const former = cookies.get('session').value;
      await reopen(visitor);
      assert.ok(await isLoggedIn(visitor), 'remembered');
      const again = (await jar(visitor)).get('session');
      assert.equal(again?.expires, -1);
      assert.notEqual(again.value, former);

      const kept = await visitor.cookies();
      await visitor.send('Logout', 'header nav');
      await visitor.at('/');
      assert.deepEqual([...(await jar(visitor)).keys()], ['device']);
      await visitor.setCookies(kept);
      assert.ok(!await isLoggedIn(visitor), 'the old cookies do not log in');
      assert.deepEqual([...(await jar(visitor)).keys()], ['device'], 'the old cookies are deleted');
    });
  });
}
