// What administrators do all day, with the keyboard alone and without JavaScript: they bar someone, invite someone, and make an
// account for someone. Each time, the other person is there too, in a browser of their own.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, withVisitor } from './support/browser.js';
import {
  PASSWORD, addAccount, logIn, newPerson, waitForFocus,
} from './support/people.js';
import { startServer } from './support/server.js';

const ROOT = newPerson('Grace Hopper');
const TABS = 60;

let browser;
let server;
before(async () => {
  browser = await startBrowser();
  // An invitation is the only way in.
  server = await startServer({ VESTIBULE_SIGNUP: 'invited' });
  await server.command('group', 'create', 'choir', '--title', 'The choir');
  await addAccount(server, ROOT, 'admins');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const visit = (story) => withVisitor(browser, server.origin, { javaScriptEnabled: false }, story);

/** On the page: the name of the element that has the focus, what describes it, and whether the focus is seen. */
function focus() {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const { top, bottom } = element.getBoundingClientRect();
  const described = element.getAttribute('aria-describedby')?.split(' ') ?? [];
  return {
    name: element.getAttribute('aria-label') || element.labels?.[0]?.innerText.trim() || element.innerText.trim(),
    about: described.map((id) => document.getElementById(id).innerText).join(' '),
    seen: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2 && top >= 0 && bottom <= innerHeight,
  };
}

/** Presses Tab until the element with this name has the focus, and with this text in what describes it. */
async function tabTo(page, name, about = '') {
  const passed = [];
  while (passed.length < TABS) {
    await page.keyboard.press('Tab');
    const now = await page.evaluate(focus);
    assert.ok(now.seen, `the focus on "${now.name}" is not seen`);
    if (now.name === name && now.about.includes(about)) return;
    passed.push(now.name);
  }
  assert.fail(`Tab does not lead to "${name}", only to ${passed.join(', ')}`);
}

/** Presses the button, or follows the link, and waits for the page that it leads to. */
async function press(page, name, about) {
  await tabTo(page, name, about);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

/** Types into the field with this name. */
async function type(page, name, text) {
  await tabTo(page, name);
  await page.keyboard.type(text);
}

/** Sends the form in whose field the focus is. */
const send = (page) => Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);

/** Logs in with the keyboard, and opens the pages of administrators. */
async function administer(page) {
  await page.goto('/login');
  await waitForFocus(page, 'email');
  await page.keyboard.type(ROOT.email);
  await type(page, 'Password', ROOT.password);
  await send(page);
  assert.equal(new URL(page.url()).pathname, '/profile');
  await press(page, 'Admin');
  assert.equal(new URL(page.url()).pathname, '/admin/accounts');
}

/** Fills in the rest of a form for a password, where the focus is on the first field. */
async function choosePassword(page, name) {
  await type(page, name, PASSWORD);
  await send(page);
}

const notice = (page) => page.locator('.notice').innerText();
const heading = (page) => page.getByRole('heading', { level: 2 }).first().innerText();

test('an administrator disables an account, and its owner is out at the next click', () => visit(async ({ page }) => {
  const ada = newPerson();
  await addAccount(server, ada);
  await visit(async ({ page: own }) => {
    await logIn(own, ada);
    await own.waitForURL('**/profile');

    await administer(page);
    await type(page, 'Search', ada.email);
    await send(page);
    await press(page, 'Open', ada.email);
    assert.equal(await heading(page), ada.name);
    await press(page, 'Disable the account');
    assert.equal(await notice(page), 'The account was disabled. All its sessions ended.');
    const main = await page.getByRole('main').innerText();
    assert.ok(main.includes('The account has been disabled since') && main.includes('Logged in nowhere'), main);

    await own.getByRole('link', { name: 'Settings', exact: true }).first().click();
    await own.waitForURL('**/login**');
    await logIn(own, ada);
    await own.getByRole('alert').waitFor();
    assert.equal(new URL(own.url()).pathname, '/login');

    await press(page, 'Enable the account', 'The account has been disabled since');
    await logIn(own, ada);
    await own.waitForURL('**/profile');
  });
}));

test('an administrator invites someone, who signs up with the link and is in the group', () => visit(async ({ page }) => {
  const guest = newPerson('Katherine Johnson');
  await administer(page);
  await press(page, 'Invitations');
  await press(page, 'New invitation');
  await waitForFocus(page, 'note');
  await page.keyboard.type('For the concert');
  await type(page, 'Groups (optional)', 'choir');
  await press(page, 'Create the invitation');
  assert.equal(await notice(page), 'The invitation was created.');
  const link = await page.locator('.secret').innerText();
  assert.ok(link.startsWith(`${server.origin}/invited?token=`), link);
  assert.equal(await page.getByRole('img', { name: 'The same link as a QR code' }).count(), 1);
  await page.reload();
  assert.equal(await page.locator('.secret, .qr').count(), 0, 'the link is shown once');

  await visit(async ({ page: own }) => {
    await own.goto('/signup');
    assert.equal(await own.getByRole('heading').first().innerText(), 'You need an invitation');
    await own.goto(link);
    assert.equal(own.url(), `${server.origin}/invited`, 'the token is gone from the address bar');
    const main = await own.getByRole('main').innerText();
    assert.ok(main.includes('The choir') && !main.includes('For the concert'), main);
    await waitForFocus(own, 'email');
    await own.keyboard.type(guest.email);
    await type(own, 'Name', guest.name);
    await choosePassword(own, 'Password');
    assert.equal(await notice(own), 'Your account is ready. Please log in.');
    await waitForFocus(own, 'password');
    await own.keyboard.type(guest.password);
    await send(own);
    assert.equal(new URL(own.url()).pathname, '/profile');
    // It was for one account.
    await own.goto(link);
    assert.equal(await own.getByRole('heading').first().innerText(), 'This invitation is over');
  });

  await page.reload();
  assert.ok((await page.getByRole('main').innerText()).includes('Used by 1 account'));
  await press(page, 'Groups');
  await press(page, 'Open', 'The choir');
  assert.deepEqual(await page.locator('.rows strong').allInnerTexts(), [guest.name]);
}));

test('an administrator makes an account, and its owner chooses the password with the link', () => visit(async ({ page }) => {
  const ada = newPerson();
  await administer(page);
  await press(page, 'New account');
  await waitForFocus(page, 'email');
  await page.keyboard.type(ada.email);
  await press(page, 'Create the account');
  await waitForFocus(page, 'name');
  assert.equal((await page.evaluate(focus)).about, 'An account needs a name.');
  await page.keyboard.type(ada.name);
  await press(page, 'Create the account');
  assert.equal(await heading(page), ada.name);
  const link = await page.locator('.secret').innerText();
  await page.reload();
  assert.equal(await page.locator('.secret, .qr').count(), 0, 'the link is shown once');

  await visit(async ({ page: own }) => {
    await own.goto(link);
    await own.locator('input[type="password"]').first().focus();
    await own.keyboard.type(PASSWORD);
    await send(own);
    await logIn(own, ada);
    await own.waitForURL('**/profile');
  });
}));
