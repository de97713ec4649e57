// Rate limits: the form says how long to wait, and works after that.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, withVisitor } from './support/browser.js';
import { logIn, password, signUp, newPerson } from './support/people.js';
import { startServer } from './support/server.js';

let server;
let browser;
before(async () => {
  server = await startServer({ VESTIBULE_LIMIT_WRONG_PASSWORDS: '1000', VESTIBULE_LIMIT_SIGNUPS: '3' }, { limited: true });
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

for (const javaScriptEnabled of [true, false]) {
  test(`after five wrong passwords the page says how long to wait ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    await withVisitor(browser, server.origin, { javaScriptEnabled }, async ({ page }) => {
      const person = newPerson();
      await signUp(page, person);
      await page.waitForURL('**/login');
      const wrong = { ...person, password: 'not this one' };
      for (let tries = 0; tries < 5; tries += 1) {
        await logIn(page, wrong);
        await page.getByText('Please check your login details and try again.').waitFor();
      }
      // The pause lasts a second. If a busy machine takes that long for the click, the next pause of two seconds begins.
      const told = page.getByText(/^Too many wrong passwords for this account\. Wait \d seconds?, then try again\.$/);
      let answered;
      for (let tries = 0; tries < 4 && answered !== 429; tries += 1) {
        const answer = page.waitForResponse((response) => response.request().method() === 'POST');
        await logIn(page, wrong);
        answered = (await answer).status();
      }
      assert.equal(answered, 429);
      await told.waitFor();
      assert.equal(await told.getAttribute('role'), 'alert');
      assert.equal(await page.getByLabel('Email').inputValue(), person.email);
      assert.equal(await password(page).inputValue(), '');
      const seconds = Number(/Wait (\d+)/.exec(await told.innerText())[1]);
      await page.waitForTimeout(seconds * 1000 + 100);
      await password(page).fill(person.password);
      await page.getByRole('main').getByRole('button', { name: 'Login' }).click();
      await page.waitForURL('**/profile');
    });
  });
}

test('after too many sign-ups the page says so and keeps the input', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    const told = page.getByText(/^Too many sign-ups from your internet connection\. Wait \d+ minutes, then try again\.$/);
    let person;
    for (let tries = 0; tries < 4 && await told.count() === 0; tries += 1) {
      person = newPerson('Grace Hopper');
      await signUp(page, person);
      await page.locator('.notice').waitFor();
    }
    await told.waitFor();
    assert.equal(await page.getByLabel('Email').inputValue(), person.email);
    assert.equal(await page.getByLabel('Name').inputValue(), 'Grace Hopper');
    assert.equal(await password(page).inputValue(), '');
  });
});
