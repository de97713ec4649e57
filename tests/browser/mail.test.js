// Links in emails: each is used with JavaScript and without, and no token remains in the browser.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, withVisitor } from './support/browser.js';
import {
  enterByEmail, logIn, onAnotherDevice, password, signUp, newPerson,
} from './support/people.js';
import { startMailingServer } from './support/server.js';

const NEW = 'seven lazy violet teapots';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';

let server;
let browser;
before(async () => {
  server = await startMailingServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Opens a link. Asserts that its token leaves the address bar at once, and is neither in the history nor on the page. */
async function open(page, link, at) {
  const token = new URL(link).searchParams.get('token');
  assert.equal(token.length, 43, link);
  await page.goto(link);
  assert.equal(page.url(), `${server.origin}${at}`);
  const session = await page.context().newCDPSession(page);
  const { entries } = await session.send('Page.getNavigationHistory');
  await session.detach();
  assert.ok(entries.length > 0 && entries.every(({ url }) => !url.includes(token)), 'the token is in the history');
  assert.ok(!(await page.content()).includes(token), 'the token is on the page');
}

const press = (page, name) => page.getByRole('main').getByRole('button', { name }).click();

async function setPassword(page, to) {
  await page.getByLabel('New password', { exact: true }).fill(to);
  await press(page, 'Set password');
  await page.getByText('Your password was changed. Please log in.').waitFor();
}

/** Asserts that the link's cookie is deleted, and that the link does not work any more. */
async function isOver(page, link, cookie) {
  assert.deepEqual((await page.context().cookies()).filter(({ name }) => name === cookie), []);
  await page.goto(link);
  assert.equal(await page.locator('h1').innerText(), 'This link does not work any more');
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript';
  const story = (name, tell) => test(`${name} ${how}`, () => withVisitor(browser, server.origin, { javaScriptEnabled }, tell));

  story('a new user confirms the address by email and sees the profile', async ({ page }) => {
    const person = newPerson();
    await signUp(page, person);
    await page.getByText('Nearly done. We sent an email to this address; open the link in it to go on.').waitFor();
    await password(page).fill(person.password);
    await press(page, 'Login');
    // The login leads here, because the address is not confirmed yet.
    await page.waitForURL('**/confirm/new');
    assert.equal(await page.getByLabel('Email').inputValue(), person.email);

    const { link } = await server.mail(person.email, 'Confirm your email address for Vestibule');
    await open(page, link, '/confirm');
    await password(page).fill('not this one');
    await press(page, 'Confirm');
    assert.equal(await page.locator('.wrong').innerText(), 'This is not the password of this account.');
    await password(page).fill(person.password);
    await press(page, 'Confirm');
    await page.waitForURL('**/profile');
    await page.getByText('Your email address is confirmed.').waitFor();
    assert.equal(await page.locator('h1').innerText(), `Welcome, ${person.name}!`);
    await isOver(page, link, 'confirm');
  });

  story('a user with a forgotten password sets a new one by email', async ({ page }) => {
    const person = newPerson();
    await enterByEmail(page, person, server);
    await page.getByRole('button', { name: 'Logout' }).click();
    await page.goto('/login');
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.waitForURL('**/forgot');
    await page.getByLabel('Email').fill(person.email);
    await press(page, 'Send the link');
    await page.getByText('If there is an account for this address, an email with a link is on its way.').waitFor();

    const { link } = await server.mail(person.email, 'A new password');
    await open(page, link, '/reset');
    await setPassword(page, NEW);
    await logIn(page, { ...person, password: NEW });
    await page.waitForURL('**/profile');
    assert.ok((await server.mail(person.email, 'Your password at Vestibule was changed')).text.includes(`Hello ${person.name},`));
    await isOver(page, link, 'reset');
  });

  story('an address is changed by an email to the new one and restored by an email to the old one', async ({ page }) => {
    const person = newPerson();
    await enterByEmail(page, person, server);
    const other = `new-${person.email}`;
    await page.goto('/settings/account');
    await page.getByRole('link', { name: 'Change email' }).click();
    await page.waitForURL('**/settings/email');
    await page.getByLabel('New email').fill(other);
    await press(page, 'Send a link');
    await page.getByText('We sent a link to the new address. Until it is opened, nothing changes.').waitFor();

    const { link } = await server.mail(other, 'Confirm your new email address');
    await open(page, link, '/change-email');
    await password(page).fill('not this one');
    await press(page, 'Change email');
    assert.equal(await page.locator('.wrong').innerText(), 'This is not the password of this account.');
    await password(page).fill(person.password);
    await press(page, 'Change email');
    await page.waitForURL('**/settings/account');
    await page.getByText('The email address was changed.').waitFor();
    assert.ok((await page.getByRole('main').innerText()).includes(other));
    await isOver(page, link, 'change');

    const undo = (await server.mail(person.email, 'was changed')).link;
    await open(page, undo, '/restore-email');
    await press(page, 'Undo the change');
    await page.waitForURL('**/login');
    await page.getByText('The email address is as it was before, and all devices are logged out.').waitFor();
    await open(page, (await server.mail(person.email, 'A new password')).link, '/reset');
    await setPassword(page, NEW);
    await logIn(page, { ...person, password: NEW });
    await page.waitForURL('**/profile');
    await isOver(page, undo, 'undo');
  });

  story('the email about an unknown login can log it out', async ({ page }) => {
    const person = newPerson();
    await enterByEmail(page, person, server);
    const thief = await onAnotherDevice(page, person, { javaScriptEnabled, userAgent: FIREFOX });
    const mail = await server.mail(person.email, 'A new log-in');
    assert.match(mail.text, /with this password before: Firefox on Linux, 127\.0\.0\.1\./);
    await open(page, mail.link, '/secure');
    await press(page, 'Log out everywhere');
    await page.waitForURL('**/login');
    await page.getByText('All devices are logged out. We sent an email with a link for a new password.').waitFor();
    await thief.goto('/profile');
    await thief.waitForURL('**/login?next=%2Fprofile');
    await logIn(thief, person);
    await thief.getByText('Please check your login details and try again.').waitFor();
    await thief.context().close();
    await open(page, (await server.mail(person.email, 'A new password')).link, '/reset');
    await setPassword(page, NEW);
    await logIn(page, { ...person, password: NEW });
    await page.waitForURL('**/profile');
    await isOver(page, mail.link, 'secure');
  });
}
