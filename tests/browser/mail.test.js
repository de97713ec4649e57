// Links in emails: each is used with JavaScript and without, and no token remains in the browser.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, withVisitor } from './support/browser.js';
import {
  FIREFOX, enterByEmail, logIn, onAnotherDevice, password, signUp, newPerson,
} from './support/people.js';
import { startMailingServer } from './support/server.js';

const NEW = 'seven lazy violet teapots';

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
  await page.getByText('Your password has been changed. Please log in.').waitFor();
}

/** Asserts that the link's cookie is deleted, and that the link does not work any more. */
async function isOver(page, link, cookie) {
  assert.deepEqual((await page.context().cookies()).filter(({ name }) => name === cookie), []);
  await page.goto(link);
  assert.equal(await page.locator('h1').innerText(), 'This link no longer works');
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript';
  const story = (name, tell) => test(`${name} ${how}`, () => withVisitor(browser, server.origin, { javaScriptEnabled }, tell));

  story('a new user confirms the address by email and sees the profile', async ({ page }) => {
    const person = newPerson();
    await signUp(page, person);
    await page.waitForURL('**/confirm/new');
    assert.equal(await page.locator('h1').innerText(), 'Check your email');
    assert.match(await page.getByRole('main').innerText(), new RegExp(`We've sent an email to ${person.email}\\.`));
    // The login leads here, too, because the address is not confirmed yet.
    await logIn(page, person);
    await page.waitForURL('**/confirm/new');

    const { link } = await server.mail(person.email, 'Confirm your email address for Vestibule');
    await open(page, link, '/confirm');
    await password(page).fill('not this one');
    await press(page, 'Confirm');
    assert.equal(await page.locator('.wrong').innerText(), 'This is not the password of this account. Please try again.');
    await password(page).fill(person.password);
    await press(page, 'Confirm');
    await page.waitForURL('**/profile');
    await page.getByText('Your email address is confirmed.').waitFor();
    assert.equal(await page.locator('h1').innerText(), `Welcome, ${person.name}!`);
    await page.goto(link);
    await page.waitForURL('**/profile');
    await page.getByText('Your email address is already confirmed.').waitFor();
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
    await page.getByText(`If there is an account for ${person.email}, we've sent it an email.`).waitFor();

    const { link } = await server.mail(person.email, 'Choose a new password');
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
    await page.getByText("We've sent a link to the new address. Your address will change when you open it.").waitFor();

    const { link } = await server.mail(other, 'Confirm your new email address');
    await open(page, link, '/change-email');
    await password(page).fill('not this one');
    await press(page, 'Change email');
    assert.equal(await page.locator('.wrong').innerText(), 'This is not the password of this account. Please try again.');
    await password(page).fill(person.password);
    await press(page, 'Change email');
    await page.waitForURL('**/settings/account');
    await page.getByText('Your email address has been changed.').waitFor();
    assert.ok((await page.getByRole('main').innerText()).includes(other));
    await isOver(page, link, 'change');

    const undo = (await server.mail(person.email, 'was changed')).link;
    await open(page, undo, '/restore-email');
    await press(page, 'Undo the change');
    await page.waitForURL('**/login');
    await page.getByText('Your old email address is back, and you have been logged out everywhere.').waitFor();
    await open(page, (await server.mail(person.email, 'Choose a new password')).link, '/reset');
    await setPassword(page, NEW);
    await logIn(page, { ...person, password: NEW });
    await page.waitForURL('**/profile');
    await isOver(page, undo, 'undo');
  });

  story('the email about an unknown login can log it out', async ({ page }) => {
    const person = newPerson();
    await enterByEmail(page, person, server);
    const thief = await onAnotherDevice(page, person, { javaScriptEnabled, userAgent: FIREFOX });
    const mail = await server.mail(person.email, 'New login');
    assert.match(mail.text, /^When: .* UTC\r?\nWhere: internet address 127\.0\.0\.1\r?\nBrowser: Firefox on Linux\r?$/m);
    await open(page, mail.link, '/secure');
    await press(page, 'Log out everywhere');
    await page.waitForURL('**/login');
    await page.getByText("You have been logged out everywhere. We've emailed you a link to choose a new password.").waitFor();
    await thief.goto('/profile');
    await thief.waitForURL('**/login?next=%2Fprofile');
    await logIn(thief, person);
    await thief.getByText('Please check your login details and try again.').waitFor();
    await thief.context().close();
    await open(page, (await server.mail(person.email, 'Choose a new password')).link, '/reset');
    await setPassword(page, NEW);
    await logIn(page, { ...person, password: NEW });
    await page.waitForURL('**/profile');
    await isOver(page, mail.link, 'secure');
  });
}

const COLOURS = {
  light: ['rgb(238, 245, 240)', 'rgb(255, 255, 255)', 'rgb(23, 48, 46)'],
  dark: ['rgb(12, 26, 26)', 'rgb(20, 42, 40)', 'rgb(230, 240, 236)'],
};

test('an email is one column that fits a narrow telephone, in light and dark', () => (
  withVisitor(browser, server.origin, { javaScriptEnabled: true }, async ({ context, page }) => {
    const person = newPerson();
    await signUp(page, person);
    const { html } = await server.mail(person.email, 'Confirm your email address');
    // An empty page: the headers of the site's own would forbid the styles of the email.
    const inbox = await context.newPage();
    for (const [colorScheme, colours] of Object.entries(COLOURS)) {
      await inbox.emulateMedia({ colorScheme });
      for (const width of [360, 1280]) {
        await inbox.setViewportSize({ width, height: 800 });
        await inbox.setContent(html);
        const seen = await inbox.evaluate(() => {
          const [body, card] = [document.body, document.querySelector('.card')];
          const { backgroundColor, color } = getComputedStyle(card);
          return {
            colours: [getComputedStyle(body).backgroundColor, backgroundColor, color],
            page: document.documentElement.scrollWidth,
            card: card.getBoundingClientRect().width,
          };
        });
        assert.deepEqual(seen.colours, colours, colorScheme);
        assert.ok(seen.page <= width && seen.card <= 520, `${colorScheme}, ${width}: ${JSON.stringify(seen)}`);
      }
    }
  })
));
