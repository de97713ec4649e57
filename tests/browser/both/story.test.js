// The whole story: sign up, log in, see the profile, log out. In both browsers, with JavaScript and without.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { BROWSERS, startBrowser } from '../support/driver.js';
import { newPerson } from '../support/people.js';
import { startServer } from '../support/server.js';
import { logIn, signUp } from '../support/visits.js';

const NAVIGATION = 'nav[aria-label="Main"]';

let server;
before(async () => { server = await startServer(); });
after(() => server?.stop());

const menu = (visitor) => visitor.look((items) => [...document.querySelectorAll(items)].map((item) => item.innerText.trim()), `${NAVIGATION} li`);

for (const name of BROWSERS) {
  for (const javaScript of [true, false]) {
    describe(`in ${name} ${javaScript ? 'with' : 'without'} JavaScript`, () => {
      let browser;
      before(async () => { browser = await startBrowser(name, { javaScript }); });
      after(() => browser?.stop());

      test('a visitor can sign up, log in, see the profile and log out', () => browser.visit(server.origin, async (visitor) => {
        const person = newPerson('Grace <b>Hopper</b>');
        await visitor.goto('/');
        assert.equal(await visitor.title(), 'Home · Vestibule');
        assert.equal(await visitor.heading(), 'Vestibule');
        await visitor.follow('Sign Up', NAVIGATION);
        await visitor.at('/signup');

        await signUp(visitor, person);
        await visitor.at('/login');
        assert.deepEqual(await visitor.notices(), ['Your account is ready. Please log in.']);
        assert.equal(await visitor.value('Email'), person.email);

        await logIn(visitor, person, { at: null });
        await visitor.at('/profile');
        assert.equal(await visitor.heading(), `Welcome, ${person.name}!`);
        assert.deepEqual(await visitor.notices(), []);

        await visitor.goto('/');
        await visitor.follow('Profile', NAVIGATION);
        await visitor.at('/profile');
        await visitor.send('Logout', NAVIGATION);
        await visitor.at('/');
        assert.deepEqual(await visitor.notices(), ['You have been logged out.']);
        assert.deepEqual(await menu(visitor), ['Home', 'Login', 'Sign Up']);

        await visitor.back();
        await visitor.at('/login?next=%2Fprofile');
        assert.deepEqual(await visitor.notices(), ['Please log in to access this page.']);
        assert.ok(!await visitor.look(() => document.documentElement.outerHTML.includes('Hopper')));

        await visitor.reload();
        assert.deepEqual(await visitor.notices(), [], 'a notice is shown once');
      }));
    });
  }
}
