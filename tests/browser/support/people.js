// People with accounts, and their usual actions.

/** A password that all rules accept. */
export const PASSWORD = 'brisk otter paints nine lanterns';

/** What other browsers than the one of the tests say about themselves. */
export const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) '
  + 'Version/26.0 Mobile/15E148 Safari/604.1';
export const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';

let count = 0;

/** A person who has no account yet. */
export function newPerson(name = 'Ada Lovelace') {
  count += 1;
  return { email: `ada${count}@example.org`, name, password: PASSWORD };
}

/** Fills in and submits the sign-up form. */
export async function signUp(page, person) {
  await page.goto('/signup');
  await page.getByLabel('Email').fill(person.email);
  await page.getByLabel('Name').fill(person.name);
  await password(page).fill(person.password);
  await page.getByRole('main').getByRole('button', { name: 'Sign Up' }).click();
}

/** Creates an account on the command line, whatever the site lets visitors do. Its address counts as confirmed. */
export async function addAccount({ commandWith }, person, ...groups) {
  const inGroups = groups.flatMap((group) => ['--group', group]);
  await commandWith(`${person.password}\n`, 'account', 'add', person.email, person.name, ...inGroups);
}

/** Fills in and submits the login form at the given address. */
export async function logIn(page, person, { at = '/login', remember = false } = {}) {
  if (at) await page.goto(at);
  await page.getByLabel('Email').fill(person.email);
  await password(page).fill(person.password);
  if (remember) await page.getByLabel('Remember me').check();
  await page.getByRole('main').getByRole('button', { name: 'Login' }).click();
}

/** Creates an account and logs in. The profile is open afterwards. */
export async function enter(page, person, options = {}) {
  await signUp(page, person);
  await page.waitForURL('**/login');
  await logIn(page, person, { at: null, ...options });
  await page.waitForURL('**/profile');
}

/** Creates an account on a site with email and confirms its address. The profile is open afterwards. */
export async function enterByEmail(page, person, server) {
  await signUp(page, person);
  await page.waitForURL('**/confirm/new');
  await page.goto((await server.mail(person.email, 'Confirm your email address')).link);
  await password(page).fill(person.password);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.waitForURL('**/profile');
}

/**
 * Logs in the same person on another device. Returns a page that shows the profile. Close its context at the end.
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

/** The name of the session cookie. On plain HTTP it ends in six letters that differ between sites. */
export const SESSION = /^session(-[a-z]{6})?$/;

/** The name of a cookie without these letters. */
export function plainName(name) {
  return name.replace(/-[a-z]{6}$/, '');
}

/** Acts as if the browser was closed and opened again: leaves the page, whose script may still ask, and deletes the session cookie. */
export async function reopen(page) {
  await page.goto('about:blank');
  await page.context().clearCookies({ name: SESSION });
}

/** Logs in with "Remember me" and opens the browser again. The person is logged in, but must reauthenticate. */
export async function enterRemembered(page, person) {
  await enter(page, person, { remember: true });
  await reopen(page);
}

/** The logout button in the navigation. */
export function logOutButton(page) {
  return page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Logout' });
}

/** The password field. `exact` excludes the button that shows the password. */
export function password(page) {
  return page.getByLabel('Password', { exact: true });
}

/** The id of the focused element, or its tag. */
export function focused(page) {
  return page.evaluate(() => document.activeElement.id || document.activeElement.localName);
}

/** Waits until an element has the focus. Browsers set it only after the layout of the page. */
export async function waitForFocus(page, id, ms = 3000) {
  const end = Date.now() + ms;
  let now = await focused(page);
  while (now !== id && Date.now() < end) {
    await page.waitForTimeout(25);
    now = await focused(page);
  }
  if (now !== id) throw new Error(`the focus is on ${now}, not on ${id}`);
}
