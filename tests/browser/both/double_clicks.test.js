// Each form sent by a double click, while the answer is slow: the visitor ends on the page that the first click earned.
// With JavaScript the page sends the form once; without, the site answers the second as the first. In both browsers.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { BROWSERS, startBrowser } from '../support/driver.js';
import { newPerson, PASSWORD } from '../support/people.js';
import { startMailingServer, startServer } from '../support/server.js';
import { startBehindSlowLine } from '../support/slow_line.js';
import { enterByEmail, logIn, open, reopen } from '../support/visits.js';

const BETWEEN_CLICKS_MS = 150;
const ANSWER_MS = 700;
/** form.js shows progress after 300 ms. On a busy machine the notes begin to count later than it does. */
const PROGRESS_MS = 200;
/** A password takes longer than the time between the clicks. */
const SLOW = { VESTIBULE_ARGON2_MEMORY_KIB: '131072' };
const NEW = 'seven lazy violet teapots';
const MENU = 'header nav';

const sites = {};
before(async () => {
  sites.mailing = await startBehindSlowLine(startMailingServer, SLOW);
  sites.plain = await startBehindSlowLine(startServer, SLOW);
});
after(async () => {
  for (const site of Object.values(sites)) await site.stop();
});

/** On the page: notes what form.js does. The notes outlive the page. */
function takeNotes() {
  const notes = { prevented: [] };
  const write = () => sessionStorage.setItem('notes', JSON.stringify(notes));
  let sent;
  write();
  addEventListener('submit', (event) => {
    sent ??= performance.now();
    notes.prevented.push(event.defaultPrevented);
    write();
  });
  new MutationObserver(() => {
    const button = document.querySelector('[aria-busy="true"]');
    if (!button || notes.progress) return;
    notes.progress = button.textContent;
    notes.after = performance.now() - sent;
    write();
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['aria-busy'] });
}

/** Presses a button twice. Returns how often the browser sent the form. */
async function doubleClick(visitor, site, button, within) {
  const place = await visitor.find(button, 'button', within);
  if (visitor.javaScript) await visitor.look(takeNotes);
  const before_ = site.sent();
  site.holdNext(ANSWER_MS);
  await visitor.leave(async () => {
    await visitor.click(place);
    await pause(BETWEEN_CLICKS_MS);
    await visitor.click(place);
  });
  return site.sent() - before_;
}

/**
 * Sends a form by a double click. `then` is the page that it leads to: its path and a sentence on it. `lost` is that page
 * if the browser dropped the first answer, and the cookies in it, for the second: it may or may not.
 */
async function send(visitor, site, button, then, { lost = then, within } = {}) {
  const sent = await doubleClick(visitor, site, button, within);
  await visitor.endsOn(...(sent > 1 ? [then, lost] : [then]));
  if (visitor.javaScript) {
    const notes = await visitor.look(() => JSON.parse(sessionStorage.getItem('notes')));
    assert.deepEqual([sent, notes.prevented], [1, [false, true]], 'form.js stops the second click');
    assert.equal(notes.progress, 'One moment…');
    assert.ok(notes.after >= PROGRESS_MS, `progress after ${notes.after} ms`);
  } else if (visitor.browser === 'Chromium') {
    assert.equal(sent, 2, 'both clicks arrive at the site');
  }
}

/** Someone else's browser, in which the same person logs in. */
const elsewhere = (browser, site, person) => browser.visit(site.origin, (visitor) => logIn(visitor, person));

const STORIES = {
  async 'a new account, and another address'({ visitor, site, step }) {
    const person = newPerson();
    const old = person.email;
    const other = `new-${old}`;
    const form = (...rest) => send(visitor, site, ...rest);
    await step('sign up', async () => {
      await visitor.goto('/signup');
      await visitor.fill('Email', old);
      await visitor.fill('Name', person.name);
      await visitor.fill('Password', PASSWORD);
      await form('Sign Up', ['/confirm/new', `We've sent an email to ${old}.`], {
        lost: ['/confirm/new', "Almost done. We've sent you an email; open the link in it to finish."],
      });
      await site.mail(old, 'Confirm your email address');
      const subjects = site.mails.filter(({ to }) => to === old).map(({ subject }) => subject);
      assert.deepEqual(subjects, ['Confirm your email address for Vestibule']);
    });
    await step('confirm the address', async () => {
      await visitor.goto((await site.mail(old, 'Confirm your email address')).link);
      await visitor.fill('Password', PASSWORD);
      await form('Confirm', ['/profile', 'Your email address is confirmed.'], {
        lost: ['/login?next=%2Fprofile', 'Your email address is confirmed.'],
      });
    });
    await step('change the name', async () => {
      await open(visitor, person, '/settings/account');
      await visitor.fill('Name', 'Countess of Lovelace');
      await form('Save name', ['/settings/account', 'Your name has been changed.']);
    });
    await step('choose the language', async () => {
      await open(visitor, person, '/settings/account');
      await visitor.choose('Language', '');
      await form('Save language', ['/settings/account', 'Your language has been changed.']);
    });
    for (const again of [false, true]) {
      await step(again ? 'ask for another address again' : 'ask for another address', async () => {
        await open(visitor, person, '/settings/email');
        await visitor.fill('New email', again ? other : `not-${other}`);
        await form('Send a link', ['/settings/account', "We've sent a link to the new address."]);
      });
      if (again) break;
      await step('cancel that', async () => {
        await open(visitor, person, '/settings/account');
        await form('Cancel the change', ['/settings/account', 'Your email address stays as it is.']);
      });
    }
    await step('change the address by link', async () => {
      await visitor.goto((await site.mail(other, 'Confirm your new email address')).link);
      await visitor.fill('Password', PASSWORD);
      await form('Change email', ['/settings/account', 'Your email address has been changed.']);
    });
    await step('undo that', async () => {
      await visitor.goto((await site.mail(old, 'was changed')).link);
      await form('Undo the change', ['/login', 'Your old email address is back, and you have been logged out everywhere.']);
    });
    await step('choose a new password by link', async () => {
      await visitor.goto((await site.mail(old, 'Choose a new password')).link);
      await visitor.fill('New password', NEW);
      await form('Set password', ['/login', 'Your password has been changed. Please log in.']);
    });
    await step('ask for a link to choose a new password', async () => {
      await visitor.goto('/forgot');
      await visitor.fill('Email', old);
      await form('Send the link', ['/forgot', `If there is an account for ${old}, we've sent it an email.`], {
        // The page names the address, or only says so in a notice if the cookie with the address was lost.
        lost: ['/forgot', 'If there is an account for '],
      });
    });
  },

  async devices({ browser, visitor, site, step }) {
    const person = newPerson();
    const form = (...rest) => send(visitor, site, ...rest);
    await enterByEmail(visitor, person, site);
    await step('change the password', async () => {
      await visitor.goto('/settings/password');
      await visitor.fill('Current password', PASSWORD);
      await visitor.fill('New password', NEW);
      person.password = NEW;
      const done = 'Your password has been changed. You have been logged out everywhere else.';
      await form('Change password', ['/settings/account', done], { lost: ['/login?next=%2Fsettings%2Faccount', done] });
    });
    await step('log out a device', async () => {
      await elsewhere(browser, site, person);
      await open(visitor, person, '/settings/devices');
      await form('Log out', ['/settings/devices', 'That device has been logged out.']);
    });
    await step('log out all others', async () => {
      await elsewhere(browser, site, person);
      await open(visitor, person, '/settings/devices');
      const done = 'You have been logged out everywhere else.';
      await form('Log out everywhere else', ['/settings/devices', done], { lost: ['/login?next=%2Fsettings%2Fdevices', done] });
    });
    await step('log out everywhere by link', async () => {
      await visitor.goto((await site.mail(person.email, 'New login')).link);
      await form('Log out everywhere', ['/login', 'You have been logged out everywhere.']);
    });
  },

  async 'the end of an account'({ visitor, site, step }) {
    const person = newPerson();
    const form = (...rest) => send(visitor, site, ...rest);
    await step('ask for another confirmation email', async () => {
      // Of an address that never signs up: otherwise a late email would replace the link of the sign-up below.
      const { email } = newPerson();
      await visitor.goto('/confirm/new');
      await visitor.fill('Email', email);
      await form('Send the email again', ['/confirm/new', `If ${email} still needs confirming, we've sent it an email.`], {
        lost: ['/confirm/new', "If this address still needs confirming, we've sent it a link."],
      });
    });
    await enterByEmail(visitor, person, site);
    await step('log out', () => form('Logout', ['/', 'You have been logged out.'], { within: MENU }));
    await step('enter the password again', async () => {
      await logIn(visitor, person, { remember: true });
      await reopen(visitor);
      await visitor.goto('/reauthenticate?next=/settings/devices');
      await visitor.fill('Password', PASSWORD);
      await form('Continue', ['/settings/devices', 'You are logged in on these devices.'], {
        lost: ['/login?next=%2Fsettings%2Fdevices', 'Please log in to access this page.'],
      });
    });
    await step('ask for a link to delete the account', async () => {
      await open(visitor, person, '/settings/close');
      await visitor.fill('Email of this account', person.email);
      await visitor.fill('Password', PASSWORD);
      await form('Send the link', ['/settings/account', "We've emailed you a link."]);
    });
    await step('delete the account by link', async () => {
      await visitor.goto((await site.mail(person.email, 'Delete your account')).link);
      await form('Delete account', ['/', 'Your account has been deleted.']);
    });
  },

  async 'without email'({ visitor, site, step }) {
    const person = newPerson();
    const form = (...rest) => send(visitor, site, ...rest);
    await step('sign up', async () => {
      await visitor.goto('/signup');
      await visitor.fill('Email', person.email);
      await visitor.fill('Name', person.name);
      await visitor.fill('Password', PASSWORD);
      await form('Sign Up', ['/login', 'Your account is ready. Please log in.']);
    });
    await step('log in and be remembered as one device', async () => {
      await visitor.goto('/login');
      await visitor.fill('Email', person.email);
      await visitor.fill('Password', PASSWORD);
      await visitor.tick('Remember me');
      await form('Login', ['/profile', `Logged in as ${person.email}`]);
      await visitor.goto('/settings/devices');
      assert.equal(await visitor.look(() => document.querySelectorAll('main .rows > li').length), 1);
    });
    await step('delete the account', async () => {
      await visitor.goto('/settings/close');
      await visitor.fill('Email of this account', person.email);
      await visitor.fill('Password', PASSWORD);
      await form('Delete account', ['/', 'Your account has been deleted.']);
    });
  },
};

/** On the page: stops waiting for the answer, and acts as a browser does that shows the page as it was left. */
function comeBack() {
  const busy = () => [...document.querySelectorAll('[aria-busy="true"]')].map((button) => button.textContent);
  addEventListener('submit', () => setTimeout(() => {
    const before_ = busy();
    stop();
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    document.documentElement.dataset.back = JSON.stringify([before_, busy()]);
  }, 1000), { once: true });
}

async function againAfterBack(visitor) {
  await visitor.goto('/login');
  await visitor.fill('Email', 'nobody@example.org');
  await visitor.fill('Password', PASSWORD);
  await visitor.look(comeBack);
  sites.plain.holdNext(10 * ANSWER_MS);
  await visitor.press('Login');
  const busy = await visitor.until('coming back', () => document.documentElement.dataset.back);
  assert.deepEqual(JSON.parse(busy), [['One moment…'], []]);
  await visitor.send('Login');
  await visitor.says('Please check your login details and try again.');
}

/** In .ci/run each browser sends each form, and each form is sent with JavaScript and without. Chromium sends it twice then. */
function skipped(name, javaScript) {
  if (process.env.VESTIBULE_TEST_LONG || javaScript === (name === 'Firefox')) return false;
  return 'it takes a minute or two; .ci/full sets VESTIBULE_TEST_LONG';
}

const siteOf = (story) => (story === 'without email' ? sites.plain : sites.mailing);

for (const name of BROWSERS) {
  for (const javaScript of [true, false]) {
    describe(`double clicks in ${name} ${javaScript ? 'with' : 'without'} JavaScript`, { skip: skipped(name, javaScript) }, () => {
      let browser;
      before(async () => { browser = await startBrowser(name, { javaScript }); });
      after(() => browser?.stop());

      for (const [story, tell] of Object.entries(STORIES)) {
        test(story, (t) => browser.visit(siteOf(story).origin, (visitor) => (
          tell({ browser, visitor, site: siteOf(story), step: (what, act) => t.test(what, act) })
        )));
      }
      if (!javaScript) return;
      test('a form can be sent again after going back to its page', () => browser.visit(sites.plain.origin, againAfterBack));
    });
  }
}
