// What goes wrong is said in the words of the site, where the visitor looks and listens. In both browsers.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { BROWSERS, startBrowser } from '../support/driver.js';
import { newPerson, PASSWORD } from '../support/people.js';
import { startServer } from '../support/server.js';
import { enter, logIn, signUp } from '../support/visits.js';

const REFUSED = 'Please check your login details and try again.';
const IDLE_MS = 4000;

const servers = {};
before(async () => {
  servers.open = await startServer();
  servers.hasty = await startServer({ VESTIBULE_SESSION_IDLE: `${IDLE_MS / 1000}s` });
});
after(async () => {
  for (const server of Object.values(servers)) await server.stop();
});

/** What a screen reader says about the element that has the focus, after its name. */
const described = (visitor) => visitor.look(() => (document.activeElement.getAttribute('aria-describedby') ?? '')
  .split(' ').map((id) => document.getElementById(id)?.innerText).join('|'));

/** What is wrong with each invalid field, by its id. */
const wrongs = (visitor) => visitor.look(() => Object.fromEntries([...document.querySelectorAll('[aria-invalid="true"]')]
  .map((field) => [field.id, document.getElementById(`${field.id}-error`)?.innerText])));

for (const name of BROWSERS) {
  describe(`in ${name}`, () => {
    let browser;
    before(async () => { browser = await startBrowser(name); });
    after(() => browser?.stop());
    const story = (title, tell, at = 'open') => test(title, () => browser.visit(servers[at].origin, tell));

    story('empty forms are answered in the words of the site, not of the browser', async (visitor) => {
      for (const [address, title, button, sentences] of [
        ['/login', 'Login', 'Login', { email: 'Enter your email address.', password: 'Enter your password.' }],
        ['/signup', 'Sign Up', 'Sign Up', {
          email: 'Enter your email address.', name: 'Enter your name.', password: 'Enter a password.',
        }],
      ]) {
        await visitor.goto(address);
        await visitor.send(button);
        assert.deepEqual(await wrongs(visitor), sentences);
        assert.equal(await visitor.title(), `Error: ${title} · Vestibule`);
        await visitor.hasFocus('email');
        assert.equal(await described(visitor), sentences.email);
      }
    });

    story('every form with a field leaves the checks to the site', async (visitor) => {
      const lenient = () => visitor.look(() => [...document.forms].filter((form) => form.querySelector('[required]'))
        .map((form) => form.noValidate));
      const person = newPerson();
      for (const address of ['/login', '/signup']) {
        await visitor.goto(address);
        assert.deepEqual(await lenient(), [true], address);
      }
      await enter(visitor, person);
      for (const address of ['/settings/account', '/settings/password', '/settings/close']) {
        await visitor.goto(address);
        assert.deepEqual(await lenient(), [true], address);
      }
    });

    story('an address is accepted that browsers would refuse', async (visitor) => {
      const person = { ...newPerson(), email: `müller.${name.toLowerCase()}@example.org` };
      await enter(visitor, person);
      await visitor.says(person.email);
    });

    story('the first wrong field looks as wrong as the others, although it has the focus', async (visitor) => {
      await visitor.goto('/signup');
      await visitor.send('Sign Up');
      await visitor.hasFocus('email');
      // The keyboard moved the focus, so the browser draws it.
      await visitor.key('Shift+Tab');
      await visitor.key('Tab');
      await visitor.hasFocus('email');
      const [ring, edge, other] = await visitor.look(() => {
        const [first, second] = ['email', 'name'].map((id) => getComputedStyle(document.getElementById(id)));
        return [first.outlineColor, first.borderTopColor, second.borderTopColor];
      });
      assert.deepEqual([ring, edge], [other, other]);
    });

    story('after a failed login the focused field names the notice, and both are in view at 400 % zoom', async (visitor) => {
      const person = newPerson();
      await signUp(visitor, person);
      await visitor.resize(320, 256);
      await logIn(visitor, { ...person, password: 'not my password' });
      await visitor.at('/login');
      await visitor.hasFocus('password');
      assert.equal(await described(visitor), REFUSED);
      await visitor.until('the notice in view', () => {
        const both = [document.querySelector('.notice'), document.activeElement];
        const [notice, field] = both.map((each) => each.getBoundingClientRect());
        return notice.bottom > 0 && notice.top < innerHeight && field.bottom > 0 && field.top < innerHeight;
      });
    });

    story('a session that ended says why, and that what was typed was not saved', async (visitor) => {
      const person = newPerson();
      await enter(visitor, person);
      await visitor.goto('/settings/account');
      await visitor.fill('Name', 'Countess of Lovelace');
      await pause(IDLE_MS + 1500);
      await visitor.send('Save name');
      await visitor.at('/login?next=%2Fsettings%2Faccount');
      const said = 'You were logged out after 4 seconds without activity. Please log in. What you typed was not saved.';
      assert.deepEqual(await visitor.notices(), [said]);
      await visitor.hasFocus('email');
      assert.equal(await described(visitor), said);
      await logIn(visitor, person, { at: null });
      await visitor.at('/settings/account');
      assert.equal(await visitor.value('Name'), person.name);
    }, 'hasty');
  });
}
