// After login, users reach the page that they wanted, and only a page of this site.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, withVisitor } from './support/browser.js';
import { enter, logIn, logOutButton, password, newPerson } from './support/people.js';
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

const WANTED = '/profile?from=a%20friend&x=1';

test('the requested page is kept through sign-up, a failed login and login', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    const person = newPerson();
    await page.goto(WANTED);
    await page.waitForURL((url) => url.pathname === '/login');
    assert.equal(new URL(page.url()).searchParams.get('next'), WANTED);
    assert.equal(await page.getByRole('alert').innerText(), 'Please log in to access this page.');

    await page.getByRole('navigation').getByRole('link', { name: 'Sign Up' }).click();
    await page.waitForURL((url) => url.pathname === '/signup');
    await page.getByLabel('Email').fill(person.email);
    await page.getByLabel('Name').fill(person.name);
    await password(page).fill(person.password);
    await page.getByRole('main').getByRole('button', { name: 'Sign Up' }).click();
    await page.waitForURL((url) => url.pathname === '/login');

    await logIn(page, { ...person, password: 'not my password' }, { at: null });
    await page.getByText('Please check your login details').waitFor();
    assert.equal(new URL(page.url()).searchParams.get('next'), WANTED);
    await logIn(page, person, { at: null });
    await page.waitForURL(server.origin + WANTED);
  });
});

test('login never leads to another site', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    const person = newPerson();
    await enter(page, person);
    const elsewhere = `127.0.0.1:${server.port}/`;
    for (const next of [`//${elsewhere}`, `/\\${elsewhere}`, `http://${elsewhere}`, `/\t/${elsewhere}`, 'javascript:alert(1)', '/logout']) {
      await logOutButton(page).click();
      await page.waitForURL(`${server.origin}/`);
      await logIn(page, person, { at: `/login?next=${encodeURIComponent(next)}` });
      await page.waitForURL(`${server.origin}/profile`);
    }
  });
});
