// Everything works without a mouse in both browsers, and the focus is always visible.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { BROWSERS, startBrowser } from '../support/driver.js';
import { addAccount, newPerson, PASSWORD } from '../support/people.js';
import { startServer } from '../support/server.js';
import { enter, logIn } from '../support/visits.js';

const FIRST = 'Skip to content';
const ADMINISTRATOR = newPerson('Grace Hopper');

let server;
before(async () => {
  server = await startServer();
  await addAccount(server, ADMINISTRATOR, 'admins');
});
after(() => server?.stop());

/** The focused element: its name, and the outline that shows the focus. Null if the page does not have the focus. */
function focus(visitor) {
  return visitor.look(() => {
    const element = document.activeElement;
    if (element === document.body || !document.hasFocus()) return null;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    // Of a large field, the line is in view where one types. Of all else, a part is enough (WCAG 2.2, 2.4.11): Firefox does
    // not scroll to what is in view in part, however small that part is.
    const [from, to] = element.localName === 'textarea'
      ? [box.top, box.top + Number.parseFloat(style.lineHeight)] : [box.bottom - 1, box.top + 1];
    return {
      name: element.getAttribute('aria-label') || element.innerText || element.name,
      outline: style.outlineStyle === 'none' ? 0 : Number.parseFloat(style.outlineWidth),
      transparent: style.outlineColor === 'rgba(0, 0, 0, 0)',
      inView: box.width > 0 && from >= 0 && to < innerHeight + 1 && box.left >= 0 && box.right <= innerWidth,
    };
  });
}

/** Presses Tab once, asserts that the focus is visible, and returns the name of the focused element. */
async function tab(visitor, key = 'Tab') {
  await visitor.key(key);
  let now = await focus(visitor);
  if (!now) return null;
  // On a long page, a browser sets the focus first and scrolls then.
  for (let tries = 0; !now.inView && tries < 40; tries += 1) {
    await pause(25);
    now = await focus(visitor);
  }
  assert.ok(now.outline >= 2 && !now.transparent, `the focus on "${now.name}" is not visible`);
  assert.ok(now.inView, `"${now.name}" has the focus but is out of view`);
  return now.name;
}

async function tabTo(visitor, name) {
  const passed = [];
  while (passed.length < 30) {
    const here = await tab(visitor);
    if (here === name) return;
    passed.push(here);
  }
  assert.fail(`Tab does not lead to "${name}", only to ${passed}`);
}

/** Everything on the page that can be pressed or filled in, in reading order. */
function everything(visitor) {
  return visitor.look(() => {
    const reached = 'a[href], button, select, summary, textarea, input:not([type="hidden"], [hidden])';
    return [...document.querySelectorAll(reached)].filter((element) => element.checkVisibility())
      .map((element) => element.getAttribute('aria-label') || element.innerText || element.name);
  });
}

/** The elements that Tab reaches from the top of the page on. After the last one, Firefox leads to its own buttons. */
async function tour(visitor, count) {
  let here = (await focus(visitor))?.name ?? await tab(visitor);
  for (let steps = 0; here !== FIRST && steps < 40; steps += 1) here = await tab(visitor, 'Shift+Tab');
  assert.equal(here, FIRST);
  const stops = [here];
  while (stops.length < count) stops.push(await tab(visitor));
  return stops;
}

async function tabEverywhere(visitor, dark) {
  const anonymous = [FIRST, 'Vestibule', 'Home', 'Login', 'Sign Up'];
  const reveal = ['password', 'Show password'];
  const begins = async (...names) => {
    const all = await everything(visitor);
    const stops = await tour(visitor, all.length);
    assert.deepEqual(stops, all);
    assert.deepEqual(stops.slice(0, names.length), names);
  };
  await visitor.goto('/');
  assert.equal(await visitor.look(() => matchMedia('(prefers-color-scheme: dark)').matches), dark);
  await begins(...anonymous);
  await visitor.goto('/signup');
  await visitor.hasFocus('email');
  await begins(...anonymous, 'email', 'name', ...reveal, 'Sign Up');
  await visitor.goto('/login');
  await visitor.hasFocus('email');
  await begins(...anonymous, 'email', ...reveal, 'remember', 'Login', 'Log in with a passkey', 'Forgot your password?');
  await enter(visitor, newPerson());
  await begins(FIRST, 'Vestibule', 'Home', 'Profile', 'Settings', 'Logout');

  const person = newPerson();
  await addAccount(server, person);
  await visitor.deleteCookies();
  await logIn(visitor, ADMINISTRATOR);
  await visitor.at('/profile');
  const tabs = ['Accounts', 'Invitations', 'Groups', 'Apps', 'Emails', 'Activity'];
  const found = `accounts?search=${person.email}`;
  for (const address of [found, 'accounts/new', 'invitations/new', 'groups', 'groups/admins', 'system']) {
    await visitor.goto(`/admin/${address}`);
    await begins(FIRST, 'Vestibule', 'Home', 'Profile', 'Settings', 'Admin', 'Logout', ...tabs);
  }
  await visitor.goto(`/admin/${found}`);
  await visitor.follow('Open');
  await begins(FIRST, 'Vestibule', 'Home', 'Profile', 'Settings', 'Admin', 'Logout', ...tabs);
  const buttons = await everything(visitor);
  for (const name of ['Add to the group', 'Make a reset link']) assert.ok(buttons.includes(name), name);
}

for (const name of BROWSERS) {
  describe(`in ${name}`, () => {
    let browser;
    before(async () => { browser = await startBrowser(name); });
    after(() => browser?.stop());
    const story = (title, tell) => test(title, () => browser.visit(server.origin, tell));

    story('a visitor can sign up, log in and log out with the keyboard alone', async (visitor) => {
      const person = newPerson('Katherine Johnson');
      await visitor.goto('/');
      await tabTo(visitor, 'Sign Up');
      await visitor.key('Enter');
      await visitor.at('/signup');

      await visitor.hasFocus('email');
      await visitor.type(person.email);
      assert.equal(await tab(visitor), 'name');
      await visitor.type(person.name);
      assert.equal(await tab(visitor), 'password');
      await visitor.type(PASSWORD);
      await tabTo(visitor, 'Sign Up');
      await visitor.key('Space');
      await visitor.at('/login');

      await visitor.hasFocus('password');
      await visitor.type(PASSWORD);
      await tabTo(visitor, 'remember');
      await visitor.key('Space');
      assert.ok(await visitor.isChecked('Remember me'));
      assert.equal(await tab(visitor, 'Shift+Tab'), 'Show password');
      assert.equal(await tab(visitor, 'Shift+Tab'), 'password');
      await visitor.key('Enter');
      await visitor.at('/profile');
      assert.equal(await visitor.heading(), 'Welcome, Katherine Johnson!');

      await tabTo(visitor, 'Logout');
      await visitor.key('Enter');
      await visitor.at('/');
      assert.deepEqual(await visitor.notices(), ['You have been logged out.']);
    });

    story('the first Tab reaches a link that skips the navigation', async (visitor) => {
      await visitor.goto('/no-such-page');
      const top = () => visitor.look(() => document.querySelector('.skip').getBoundingClientRect().top);
      assert.ok(await top() < 0, 'it is out of sight at first');
      assert.equal(await tab(visitor), FIRST);
      assert.ok(await top() >= 0, 'it is in sight when it has the focus');
      await visitor.key('Enter');
      await visitor.hasFocus('main');
      assert.equal(await tab(visitor), 'Go to the home page');
    });

    for (const dark of [false, true]) {
      test(`Tab reaches everything in reading order and the focus is visible, in ${dark ? 'dark' : 'light'} colours`, async () => {
        const own = dark ? await startBrowser(name, { dark }) : browser;
        try {
          await own.visit(server.origin, (visitor) => tabEverywhere(visitor, dark));
        } finally {
          if (dark) await own.stop();
        }
      });
    }
  });
}
