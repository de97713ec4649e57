// The pages of administrators and of invitations, in every state. states.js has all other pages.

import {
  APPS, DISABLED, LONG, TITLES, UNBROKEN, UNCONFIRMED, administer, openAccount,
} from './administered.js';
import { addAuthenticator, addPasskey, turnOn } from './authenticator.js';
import {
  FIREFOX, IPHONE, addAccount, logIn, logOutButton, newPerson, onAnotherDevice, password, reopen,
} from './people.js';

const PATIENCE_MS = 90_000;

const press = (page, name) => page.getByRole('main').getByRole('button', { name, exact: true }).first().click();
const wrong = (page) => page.locator('[aria-invalid]').first().waitFor();
const done = (page) => page.locator('.notice.success').waitFor();

/** A page of administrators that needs nothing else to be looked at. */
const shows = (name, address, at = 'administered') => ({ name, at, show: (page) => administer(page, address) });

/** A form of administrators, sent with what is wrong: texts by the ids of their fields. */
const mistyped = (name, address, texts, button) => ({
  name, at: 'administered', status: 422,
  async show(page) {
    await administer(page, address);
    for (const [id, text] of Object.entries(texts)) await page.locator(`#${id}`).fill(text);
    await press(page, button);
    await wrong(page);
  },
});

/** Fills in the form for an invitation, and sends it. */
async function invite(page, { note = '', email = '', groups = '' } = {}) {
  await page.goto('/admin/invitations/new');
  await page.locator('#note').fill(note);
  await page.locator('#email').fill(email);
  await page.locator('#groups').fill(groups);
  await press(page, 'Create the invitation');
  await done(page);
}

/** Makes an invitation on the command line, and opens its link. */
async function openInvitation(page, { command }, ...options) {
  await page.goto(JSON.parse(await command('invitation', 'add', '--json', ...options)).link);
}

/** Logs in as someone whose account the command line made. */
async function enterAdded(page, server, person = newPerson(), ...groups) {
  await addAccount(server, person, ...groups);
  await logIn(page, person);
  await page.waitForURL('**/profile');
  return person;
}

async function logOut(page) {
  await logOutButton(page).click();
  await page.waitForURL((url) => url.pathname === '/');
}

/** Looks at a page until it shows what it waits for. */
async function until(page, address, sees) {
  const end = Date.now() + PATIENCE_MS;
  for (await page.goto(address); await sees() === false; await page.goto(address)) {
    if (Date.now() > end) throw new Error(`waited in vain at ${address}`);
    await page.waitForTimeout(500);
  }
}

/** `at` names the server: `administered` is that of administered.js, and `closed` has nothing but an administrator. */
export const ADMIN_STATES = [
  shows('admin accounts', '/admin/accounts'),
  shows('admin accounts of a search', '/admin/accounts?search=wolfe'),
  shows('admin accounts without any', '/admin/accounts?search=no+one+has+this+name'),
  {
    name: 'admin accounts further back', at: 'administered',
    async show(page) {
      await administer(page, '/admin/accounts');
      const address = await page.getByRole('link', { name: 'Open', exact: true }).nth(1).getAttribute('href');
      await page.goto(`/admin/accounts?before=${address.split('/').at(-1)}`);
    },
  },
  shows('admin accounts of a group', '/admin/accounts?show=group:choir'),
  shows('admin new account', '/admin/accounts/new'),
  {
    name: 'admin new account with errors', at: 'administered', status: 422,
    async show(page) {
      await administer(page, '/admin/accounts/new');
      await page.getByLabel('Email').fill('ada@');
      await press(page, 'Create the account');
      await wrong(page);
    },
  },
  {
    name: 'admin account with a link', at: 'administered',
    async show(page) {
      const person = newPerson();
      await administer(page, '/admin/accounts/new');
      await page.getByLabel('Email').fill(person.email);
      await page.getByLabel('Name', { exact: true }).fill(person.name);
      await page.locator('#groups').fill('choir library');
      await press(page, 'Create the account');
      await page.locator('.qr').waitFor();
    },
  },
  {
    name: 'admin account with devices', at: 'administered',
    async show(page, server) {
      const person = newPerson();
      person.email = `full.${person.email}`; // emails to this address wait
      await addAccount(server, person, 'choir');
      await page.goto('/');
      for (const userAgent of [IPHONE, FIREFOX]) {
        const other = await onAnotherDevice(page, person, { userAgent, remember: userAgent === IPHONE });
        await other.context().close();
      }
      await administer(page, '/admin/accounts');
      await openAccount(page, person);
      await until(page, page.url(), async () => await page.locator('.wrong').count() > 0);
    },
  },
  {
    name: 'admin account that no one can log in to', at: 'administered',
    async show(page) {
      await administer(page, '/admin/accounts');
      await openAccount(page, DISABLED);
    },
  },
  {
    name: 'admin account that is not confirmed', at: 'administered',
    async show(page) {
      await administer(page, '/admin/accounts');
      await openAccount(page, UNCONFIRMED);
    },
  },
  {
    name: 'admin account with second steps', at: 'administered',
    async show(page, server) {
      const key = await addAuthenticator(page);
      const person = await enterAdded(page, server);
      await addPasskey(page);
      await turnOn(page);
      await key.answers(false); // it would log in the same person again
      await logOut(page);
      await administer(page, '/admin/accounts');
      await openAccount(page, person);
    },
  },
  {
    name: 'admin account with a long name, and an error', at: 'administered', status: 422,
    async show(page) {
      await administer(page, '/admin/accounts');
      await openAccount(page, LONG);
      await page.getByText('Change the email address').click();
      await page.getByLabel('New email').fill('ada@');
      await press(page, 'Make the link');
      await wrong(page);
    },
  },
  {
    name: 'admin account with an unbroken name, and another error', at: 'administered', status: 422,
    async show(page) {
      await administer(page, '/admin/accounts');
      await openAccount(page, UNBROKEN);
      await page.getByText('Delete the account').click();
      await page.locator('#confirmation').fill('another@example.org');
      await press(page, 'Delete this account');
      await wrong(page);
    },
  },
  {
    name: 'admin account of the administrator', at: 'administered',
    async show(page, server) {
      const person = newPerson();
      await addAccount(server, person, 'admins');
      await administer(page, '/admin/accounts', person);
      await openAccount(page, person);
    },
  },
  shows('admin invitations', '/admin/invitations'),
  shows('admin invitations without any', '/admin/invitations', 'closed'),
  shows('admin new invitation', '/admin/invitations/new'),
  mistyped(
    'admin new invitation with errors', '/admin/invitations/new',
    { email: 'ada@', groups: 'no-such-group', uses: '0' }, 'Create the invitation',
  ),
  {
    name: 'admin invitation with a link', at: 'administered',
    async show(page) {
      await administer(page, '/admin/invitations');
      await invite(page, { note: 'Sopran, dringend gesucht', email: newPerson().email, groups: 'choir library' });
    },
  },
  {
    name: 'admin invitation that was used', at: 'administered',
    async show(page, server) {
      const { id, link } = JSON.parse(await server.command('invitation', 'add', '--json', '--uses', '30', '--group', 'library'));
      await enterAdded(page, server);
      await page.goto(link);
      await press(page, 'Join with this account');
      await done(page);
      await logOut(page);
      await administer(page, `/admin/invitations/${id}`);
      await page.locator('summary').click();
    },
  },
  {
    name: 'admin invitation that was taken back', at: 'administered',
    async show(page) {
      await administer(page, '/admin/invitations');
      await invite(page);
      await press(page, 'Take it back');
      await page.getByText('was taken back').waitFor();
    },
  },
  shows('admin groups', '/admin/groups'),
  mistyped('admin groups with errors', '/admin/groups', { name: 'The Choir' }, 'Create the group'),
  shows('admin group', '/admin/groups/choir'),
  shows('admin group of administrators', '/admin/groups/admins'),
  {
    name: 'admin group with an error', at: 'administered', status: 422,
    async show(page) {
      await administer(page, '/admin/groups/library');
      await page.getByLabel('Add an account').fill('no-one@example.org');
      await press(page, 'Add it');
      await wrong(page);
    },
  },
  shows('admin apps', '/admin/apps'),
  shows('admin apps without any', '/admin/apps', 'closed'),
  shows('admin new app', '/admin/apps/new'),
  mistyped(
    'admin new app with errors', '/admin/apps/new',
    {
      name: 'The Wiki', title: 'W'.repeat(61), at: 'https://wiki.example.org/path', groups: 'no-such-group',
      paths: '/public open\n/a%20b open', fresh_for: '15',
    },
    'Add the app',
  ),
  shows('admin app', '/admin/apps/wiki'),
  shows('admin app that is disabled', '/admin/apps/archive'),
  mistyped('admin app with an error', '/admin/apps/wiki', { at: 'https://localhost' }, 'Save the app'),
  shows('admin accounts of an app', '/admin/apps/wiki/accounts'),
  shows('admin removal of an app', '/admin/apps/wiki/removal'),
  {
    name: 'admin emails', at: 'administered',
    async show(page) {
      await administer(page, '/admin/emails');
      await until(page, '/admin/emails', async () => await page.locator('.wrong').count() >= 2);
    },
  },
  shows('admin emails without email', '/admin/emails', 'closed'),
  shows('admin activity', '/admin/activity'),
  shows('admin system', '/admin/system'),
  {
    name: 'admin system behind a proxy that is not trusted', at: 'closed',
    async show(page) {
      await page.setExtraHTTPHeaders({ 'X-Forwarded-For': '203.0.113.9', 'X-Forwarded-Proto': 'https' });
      await administer(page, '/admin/system');
      await page.getByText('Settings that have their default').click();
    },
  },
  {
    name: 'admin pages on a device that stayed logged in', at: 'administered', status: 403,
    async show(page, server) {
      const person = newPerson();
      await addAccount(server, person, 'admins');
      await logIn(page, person, { remember: true });
      await page.waitForURL('**/profile');
      await reopen(page);
      await page.goto('/admin/accounts');
    },
  },
  { name: 'sign-up by invitation', at: 'administered', status: 403, show: (page) => page.goto('/signup') },
  {
    name: 'home with apps', at: 'administered',
    async show(page, server) {
      await enterAdded(page, server, newPerson(), 'choir');
      await page.goto('/');
    },
  },
  { name: 'home with sign-up by invitation', at: 'administered', show: (page) => page.goto('/') },
  {
    name: 'invited', at: 'administered',
    show: (page, server) => openInvitation(page, server, '--group', 'choir', '--group', 'library'),
  },
  {
    name: 'invited with errors', at: 'administered', status: 422,
    async show(page, server) {
      await openInvitation(page, server, '--group', 'admins');
      await page.getByLabel('Email').fill('ada@');
      await password(page).fill('ada');
      await press(page, 'Sign Up');
      await wrong(page);
    },
  },
  {
    name: 'invited with an address', at: 'administered',
    show: (page, server) => openInvitation(page, server, '--email', LONG.email),
  },
  {
    name: 'invited while logged in', at: 'administered',
    async show(page, server) {
      await enterAdded(page, server);
      await openInvitation(page, server, '--group', 'choir');
    },
  },
  {
    name: 'invited while logged in as another person', at: 'administered',
    async show(page, server) {
      await enterAdded(page, server);
      await openInvitation(page, server, '--email', 'mary@example.org', '--group', 'choir');
    },
  },
  {
    name: 'invited with nothing to join', at: 'administered',
    async show(page, server) {
      await enterAdded(page, server);
      await openInvitation(page, server);
    },
  },
  {
    name: 'invited by a link that is over', at: 'administered', status: 410,
    show: (page) => page.goto('/invited?token=nothing'),
  },
];

/** What these pages show that is no sentence: names of groups, people, programs and the time zone, and the site's address. */
export const ADMIN_DATA = [
  'https://', // of the address that was typed
  ...Object.values(TITLES), ...Object.keys(TITLES), ...Object.values(APPS), ...Object.keys(APPS), 'Administrators', 'admins',
  UNCONFIRMED.name, 'SQLite', 'UTC', 'http://localhost', 'localhost',
];
