// A forgotten password without email: how to get a link, the page that it opens, and what remains in the browser.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, withVisitor } from './support/browser.js';
import { logIn, signUp, newPerson } from './support/people.js';
import { startServer } from './support/server.js';

const NEW = 'seven lazy violet teapots';

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

for (const javaScriptEnabled of [true, false]) {
  test(`a user with a forgotten password sets a new one with a link from the operator ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    await withVisitor(browser, server.origin, { javaScriptEnabled }, async ({ page, context }) => {
      const person = newPerson();
      await signUp(page, person);
      await page.waitForURL('**/login');
      await page.getByRole('link', { name: 'Forgot your password?' }).click();
      await page.waitForURL('**/forgot');
      assert.match(await page.getByRole('main').innerText(), /To get a link to choose a new password, ask the people who run this site\./);

      const link = await server.command('account', 'link', person.email, '--reset');
      await page.goto(link);
      assert.equal(page.url(), `${server.origin}/reset`, 'the token is gone from the address bar');
      await page.getByLabel('New password', { exact: true }).fill('short');
      await page.getByRole('button', { name: 'Set password' }).click();
      await page.locator('.wrong').waitFor();
      await page.getByLabel('New password', { exact: true }).fill(NEW);
      await page.getByRole('button', { name: 'Set password' }).click();
      await page.getByText('Your password has been changed. Please log in.').waitFor();
      assert.equal((await context.cookies()).filter(({ name }) => name === 'reset').length, 0);

      await logIn(page, { ...person, password: NEW });
      await page.waitForURL('**/profile');
      await page.goto(link);
      assert.equal(await page.locator('h1').innerText(), 'This link no longer works');
    });
  });
}
