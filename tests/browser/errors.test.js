// An error appears where it can be corrected, and users need not type the rest again.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, withVisitor } from './support/browser.js';
import { logIn, PASSWORD, password, signUp, newPerson, waitForFocus } from './support/people.js';
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

const TAKEN = 'Email address already exists. Log in instead.';
const REFUSED = 'Please check your login details and try again.';

/** Submits the form and returns the status of the resulting page. */
async function send(page, button) {
  const answer = page.waitForResponse((response) => response.request().isNavigationRequest() && response.status() !== 303);
  await page.getByRole('main').getByRole('button', { name: button, exact: true }).click();
  const response = await answer;
  await page.waitForLoadState();
  return response.status();
}

/** The error that a screen reader reads for a field, or null if the field has no error. */
async function wrongAt(page, id) {
  return page.locator(`#${id}`).evaluate((input) => {
    if (input.getAttribute('aria-invalid') !== 'true') return null;
    const named = (input.getAttribute('aria-describedby') ?? '').split(' ').map((one) => document.getElementById(one));
    return named.filter((one) => one?.matches('.wrong') && one.checkVisibility()).map((one) => one.innerText).join('|');
  });
}

test('each wrong field of a sign-up says what is wrong, and the first has the focus', async () => {
  const good = { email: 'mary@example.org', name: 'Mary Jackson', password: PASSWORD };
  const cases = [
    { wrong: { email: '' }, email: 'Enter your email address.' },
    { wrong: { email: 'a@b@c' }, email: 'Enter an email address such as ada@example.org.' },
    { wrong: { name: '' }, name: 'Enter your name.' },
    { wrong: { name: 'é'.repeat(101) }, name: 'Use at most 100 characters.' },
    { wrong: { name: 'Mary\u202eJackson' }, name: 'Please remove the invisible characters.' },
    { wrong: { password: 'short' }, password: /10/ },
    { wrong: { password: 'mary jackson' }, password: /\w.*\./ },
    { wrong: { name: '', password: '' }, name: 'Enter your name.', password: /\w.*\./ },
    {
      wrong: { email: 'mary', name: '', password: 'x' },
      email: 'Enter an email address such as ada@example.org.', name: 'Enter your name.', password: /10/,
    },
  ];
  for (const javaScriptEnabled of [true, false]) {
    await withVisitor(browser, server.origin, { javaScriptEnabled }, async ({ page }) => {
      for (const { wrong, ...sentences } of cases) {
        const typed = { ...good, ...wrong };
        const what = JSON.stringify(wrong);
        await page.goto('/signup');
        for (const id of Object.keys(typed)) await page.locator(`#${id}`).fill(typed[id]);
        assert.equal(await send(page, 'Sign Up'), 422, what);
        for (const id of Object.keys(typed)) {
          const said = await wrongAt(page, id);
          if (sentences[id] instanceof RegExp) assert.match(said ?? '', sentences[id], what);
          else assert.equal(said, sentences[id] ?? null, what);
          assert.equal(await page.locator(`#${id}`).inputValue(), id === 'password' ? '' : typed[id], what);
        }
        assert.ok(!(await page.content()).includes('value="short"'), 'the page contains no password');
        await waitForFocus(page, Object.keys(sentences)[0]);
      }
    });
  }
});

test('a field with an error still shows its rule', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    const described = () => password(page).evaluate((input) => (input.getAttribute('aria-describedby') ?? '')
      .split(' ').map((id) => document.getElementById(id).innerText));
    const rule = 'At least 10 characters, and hard to guess. Three or four unrelated words work well, such as “teapot gravel violin”.';
    await page.goto('/signup');
    assert.deepEqual(await described(), [rule], 'without an error');
    await password(page).fill('password');
    await send(page, 'Sign Up');
    const [first, second, ...more] = await described();
    assert.equal(first, rule);
    assert.ok(second.length > 10);
    assert.deepEqual(more, []);
  });
});

test('signing up with the address of an account leads to the login page', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    const person = newPerson('Dorothy Vaughan');
    await signUp(page, person);
    await page.waitForURL('**/login');
    await signUp(page, { ...person, email: ` ${person.email.toUpperCase()}`, name: 'Another Person' });
    await page.waitForURL('**/signup');
    assert.equal(await page.getByRole('alert').innerText(), TAKEN);
    assert.equal((await page.getByLabel('Email').inputValue()).toLowerCase(), person.email);
    assert.equal(await page.getByLabel('Name').inputValue(), 'Another Person');
    assert.equal(await password(page).inputValue(), '');
    await page.getByRole('alert').getByRole('link').click();
    await page.waitForURL('**/login');
    await logIn(page, person, { at: null });
    await page.waitForURL('**/profile');
    assert.equal(await page.locator('h1').innerText(), 'Welcome, Dorothy Vaughan!');
  });
});

test('a failed login shows one error, once, and reveals nothing else', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    const person = newPerson();
    await signUp(page, person);
    await page.waitForURL('**/login');
    const seen = [];
    for (const [email, typed] of [[person.email, 'not my password'], ['nobody@example.org', PASSWORD], [person.email, 'x'.repeat(300)]]) {
      await page.goto('/login');
      await page.getByLabel('Email').fill(email);
      await password(page).fill(typed);
      assert.equal(await send(page, 'Login'), 200);
      assert.equal(await page.getByRole('alert').innerText(), REFUSED);
      assert.equal(await page.getByLabel('Email').inputValue(), email);
      assert.equal(await password(page).inputValue(), '');
      await waitForFocus(page, 'password');
      // Each form has a hidden random value.
      seen.push((await page.content()).replaceAll(email, '').replace(/name="form" value="[^"]*"/g, ''));
      await page.reload();
      assert.equal(await page.getByRole('alert').count(), 0);
    }
    assert.equal(new Set(seen).size, 1, 'the pages are identical');
    await page.goto('/profile');
    await page.waitForURL('**/login?next=%2Fprofile');
  });
});

test('an empty login says which field is missing', async () => {
  await withVisitor(browser, server.origin, {}, async ({ page }) => {
    await page.goto('/login');
    assert.equal(await send(page, 'Login'), 422);
    assert.equal(await wrongAt(page, 'email'), 'Enter your email address.');
    assert.equal(await wrongAt(page, 'password'), 'Enter your password.');
    await waitForFocus(page, 'email');

    await page.getByLabel('Email').fill('ada@example.org');
    await page.getByLabel('Remember me').check();
    assert.equal(await send(page, 'Login'), 422);
    assert.equal(await wrongAt(page, 'email'), null);
    assert.equal(await wrongAt(page, 'password'), 'Enter your password.');
    assert.equal(await page.getByLabel('Email').inputValue(), 'ada@example.org');
    assert.ok(await page.getByLabel('Remember me').isChecked());
    await waitForFocus(page, 'password');
  });
});
