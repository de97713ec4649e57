// A site with administrators, and accounts of all kinds on it, for the pages of administrators.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addAccount, logIn, newPerson } from './people.js';
import { startMailingServer } from './server.js';

/** What people call the groups of the site. */
export const TITLES = { choir: 'Chor der Sternwarte', library: 'עדה' };
/** What people call the apps of the site. The second is disabled. */
export const APPS = { wiki: 'Wiki der Sternwarte', archive: 'W'.repeat(60) };
/** Who runs the site. */
export const ROOT = { ...newPerson('Grace Hopper'), email: 'grace@example.org' };
/** Accounts as another program has them. An empty password is none. */
const PEOPLE = [
  { email: 'mary@example.org', name: 'Mary Jackson', confirmed: false, disabled: false, groups: 'choir' },
  { email: 'full.right@example.org', name: 'עדה לאבלייס', confirmed: false, disabled: true, groups: 'library' },
  {
    email: `${'a'.repeat(60)}@${'long-label.'.repeat(16)}example`,
    name: 'Wolfeschlegelsteinhausenbergerdorff '.repeat(3).slice(0, 99),
    confirmed: true, disabled: false, groups: 'choir library',
  },
  { email: 'unbroken@example.org', name: 'W'.repeat(100), confirmed: true, disabled: false, groups: '' },
];
export const [UNCONFIRMED, DISABLED, LONG, UNBROKEN] = PEOPLE;

/** Imports these accounts. The dates are long ago, so that a page always shows the same ones. */
async function importPeople(command) {
  const folder = await mkdtemp(path.join(tmpdir(), 'vestibule-people-'));
  const rows = PEOPLE.map(({ email, name, confirmed, disabled, groups }, i) => JSON.stringify({
    email,
    name,
    password: '',
    confirmed_at: confirmed,
    created_at: `2024-05-${21 + i}T12:00:00Z`,
    disabled,
    groups: groups.split(' ').filter(Boolean),
  }));
  try {
    const file = path.join(folder, 'people.jsonl');
    await writeFile(file, rows.join('\n'));
    await command('import', file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Adds the apps: one with everything, and one with nothing. */
async function addApps(command) {
  await command(
    'app', 'add', 'wiki', '--title', APPS.wiki, '--at', 'https://wiki.example.org', '--at', 'https://notes.example.org:8443',
    '--group', 'choir', '--group', 'library', '--open', '/public', '--path', '/admin=admins', '--fresh-for', '8h',
  );
  await command('app', 'add', 'archive', '--title', APPS.archive, '--at', 'https://archive.example.org');
  await command('app', 'disable', 'archive');
}

/**
 * Starts a site with email that people join by invitation. Two emails have not arrived there.
 * @param {{words?: Record<string, string>}} options as of every server
 */
export async function startAdministered(options) {
  const server = await startMailingServer({ VESTIBULE_SIGNUP: 'invited' }, { ...options, expected: /an email was given up/ });
  try {
    for (const [name, title] of Object.entries(TITLES)) await server.command('group', 'create', name, '--title', title);
    await addAccount(server, ROOT, 'admins');
    await importPeople(server.command);
    await addApps(server.command);
    await server.command('invitation', 'add', '--email', 'full@example.org', '--note', 'Zuhörer 2027', '--mail');
    await server.command('invitation', 'add', '--email', 'gone@example.org', '--group', 'choir', '--mail');
  } catch (error) {
    await server.stop().catch(() => {});
    throw error;
  }
  return server;
}

/** Logs in as an administrator, and opens a page of theirs. */
export async function administer(page, address, by = ROOT) {
  await logIn(page, by);
  await page.waitForURL('**/profile');
  await page.goto(address);
}

/** Opens the page of an account by its address, from the list. */
export async function openAccount(page, { email }) {
  await page.goto(`/admin/accounts?search=${encodeURIComponent(email)}`);
  await page.getByRole('link', { name: 'Open', exact: true }).click();
  await page.waitForURL(/\/admin\/accounts\/[0-9a-f-]{36}$/);
}
