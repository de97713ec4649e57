// People with accounts, and what they do again and again.

/** Hard enough to guess for every rule. */
export const PASSWORD = 'brisk otter paints nine lanterns';

let count = 0;

/** Somebody who has no account yet. */
export function somebody(name = 'Ada Lovelace') {
  count += 1;
  return { email: `ada${count}@example.org`, name, password: PASSWORD };
}

/** Fills in the sign-up form and sends it. */
export async function signUp(page, person) {
  await page.goto('/signup');
  await page.getByLabel('Email').fill(person.email);
  await page.getByLabel('Name').fill(person.name);
  await password(page).fill(person.password);
  await page.getByRole('main').getByRole('button', { name: 'Sign Up' }).click();
}

/** Fills in the log-in form at the given address and sends it. */
export async function logIn(page, person, { at = '/login', remember = false } = {}) {
  if (at) await page.goto(at);
  await page.getByLabel('Email').fill(person.email);
  await password(page).fill(person.password);
  if (remember) await page.getByLabel('Remember me').check();
  await page.getByRole('main').getByRole('button', { name: 'Login' }).click();
}

/** Makes an account and logs in: on the profile afterwards. */
export async function enter(page, person, options = {}) {
  await signUp(page, person);
  await page.waitForURL('**/login');
  await logIn(page, person, { at: null, ...options });
  await page.waitForURL('**/profile');
}

/** Makes an account on a site with mail and confirms its address by the link that comes: on the profile afterwards. */
export async function enterByMail(page, person, server) {
  await signUp(page, person);
  await page.waitForURL('**/login');
  await page.goto((await server.mail(person.email, 'Confirm your email address')).link);
  await password(page).fill(person.password);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.waitForURL('**/profile');
}

/**
 * The same person on another device, with a page that shows the profile. Close its context in the end.
 * @param {import('playwright-core').BrowserContextOptions} options
 */
export async function onAnotherDevice(page, person, { remember = false, ...options } = {}) {
  const { origin } = new URL(page.url());
  const context = await page.context().browser().newContext({ baseURL: origin, locale: 'en', ...options });
  const other = await context.newPage();
  await logIn(other, person, { remember });
  await other.waitForURL('**/profile');
  return other;
}

/** The session's cookie: six letters of the site stand behind its name on plain http. */
export const SESSION = /^session(-[a-z]{6})?$/;

/** A cookie's name without these letters. */
export function plainName(name) {
  return name.replace(/-[a-z]{6}$/, '');
}

/** Closes the browser and opens it again: what was only for that session is gone. */
export async function reopen(page) {
  await page.context().clearCookies({ name: SESSION });
}

/** Logs in on a device that remembers, and opens its browser again: in, but the password was not just given. */
export async function enterRemembered(page, person) {
  await enter(page, person, { remember: true });
  await reopen(page);
}

/** The log-out button in the navigation. */
export function logOutButton(page) {
  return page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Logout' });
}

/** The field itself: the button that shows what is in it has "password" in its name too. */
export function password(page) {
  return page.getByLabel('Password', { exact: true });
}

/** The id of what has the focus, or its tag. */
export function focused(page) {
  return page.evaluate(() => document.activeElement.id || document.activeElement.localName);
}

/** Waits until the given element has the focus: browsers give it after the page is laid out. */
export async function waitForFocus(page, id, ms = 3000) {
  const end = Date.now() + ms;
  let now = await focused(page);
  while (now !== id && Date.now() < end) {
    await page.waitForTimeout(25);
    now = await focused(page);
  }
  if (now !== id) throw new Error(`the focus is on ${now}, not on ${id}`);
}
