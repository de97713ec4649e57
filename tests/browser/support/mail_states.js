// The pages for links in emails, in every state. states.js has all other pages.

import {
  FIREFOX, enter, enterByEmail, logIn, onAnotherDevice, password, signUp, newPerson,
} from './people.js';

const press = (page, name) => page.getByRole('main').getByRole('button', { name }).click();
const wrong = (page) => page.locator('.wrong').waitFor();
const checkEmail = (page) => page.getByRole('heading', { name: 'Check your email' }).waitFor();

/** Signs up and opens the link in the email. */
async function openConfirmation(page, server) {
  const person = newPerson();
  await signUp(page, person);
  await page.waitForURL('**/confirm/new');
  await page.goto((await server.mail(person.email, 'Confirm your email address')).link);
}

/** Creates an account on a site that allows login before the address is confirmed. The profile is open afterwards. */
async function enterUnconfirmed(page, person) {
  await signUp(page, person);
  await page.waitForURL('**/confirm/new');
  await logIn(page, person);
  await page.waitForURL('**/profile');
}

/** Changes the address up to the link in the email, and opens it. Returns the person and the new address. */
async function changeEmail(page, server) {
  const person = newPerson();
  await enterByEmail(page, person, server);
  const other = `new-${person.email}`;
  await page.goto('/settings/email');
  await page.getByLabel('New email').fill(other);
  await press(page, 'Send a link');
  await page.goto((await server.mail(other, 'Confirm your new email address')).link);
  return { person, other };
}

/** `at` names the server: `mailing` sends emails, `trusting` also allows login before the address is confirmed. */
export const MAIL_STATES = [
  {
    name: 'check your email after sign-up', at: 'mailing',
    async show(page) {
      await signUp(page, newPerson());
      await checkEmail(page);
    },
  },
  { name: 'forgot by email', at: 'mailing', show: (page) => page.goto('/forgot') },
  {
    name: 'forgot by email with an error', at: 'mailing', status: 422,
    async show(page) {
      await page.goto('/forgot');
      await page.getByLabel('Email').fill('ada@');
      await press(page, 'Send the link');
      await wrong(page);
    },
  },
  {
    name: 'forgot by email once it is sent', at: 'mailing',
    async show(page) {
      await page.goto('/forgot');
      await page.getByLabel('Email').fill('nobody@example.org');
      await press(page, 'Send the link');
      await checkEmail(page);
    },
  },
  {
    name: 'confirm again', at: 'mailing',
    async show(page) {
      await page.goto('/login');
      await page.getByRole('link', { name: "Didn't get the confirmation email?" }).click();
      await page.waitForURL('**/confirm/new');
    },
  },
  { name: 'confirm again without email', at: 'open', status: 403, show: (page) => page.goto('/confirm/new') },
  { name: 'confirm', at: 'mailing', show: openConfirmation },
  {
    name: 'confirm with an error', at: 'mailing', status: 422,
    async show(page, server) {
      await openConfirmation(page, server);
      await password(page).fill('not this one');
      await press(page, 'Confirm');
      await wrong(page);
    },
  },
  { name: 'profile after the address was confirmed', at: 'mailing', show: (page, server) => enterByEmail(page, newPerson(), server) },
  {
    name: 'account not confirmed', at: 'trusting',
    async show(page) {
      await enterUnconfirmed(page, newPerson());
      await page.goto('/settings/account');
    },
  },
  {
    name: 'email', at: 'trusting',
    async show(page) {
      await enterUnconfirmed(page, newPerson());
      await page.goto('/settings/email');
    },
  },
  {
    name: 'email with an error', at: 'trusting', status: 422,
    async show(page) {
      const person = newPerson();
      await enterUnconfirmed(page, person);
      await page.goto('/settings/email');
      await page.getByLabel('New email').fill(person.email);
      await press(page, 'Send a link');
      await wrong(page);
    },
  },
  {
    name: 'email without a mail server', at: 'open',
    async show(page) {
      await enter(page, newPerson());
      await page.goto('/settings/email');
    },
  },
  { name: 'change email', at: 'mailing', show: changeEmail },
  {
    name: 'change email with an error', at: 'mailing', status: 422,
    async show(page, server) {
      await changeEmail(page, server);
      await password(page).fill('not this one');
      await press(page, 'Change email');
      await wrong(page);
    },
  },
  {
    name: 'account after another address', at: 'mailing',
    async show(page, server) {
      const { person } = await changeEmail(page, server);
      await password(page).fill(person.password);
      await press(page, 'Change email');
      await page.locator('.notice.success').waitFor();
    },
  },
  {
    name: 'restore email', at: 'mailing',
    async show(page, server) {
      const { person } = await changeEmail(page, server);
      await password(page).fill(person.password);
      await press(page, 'Change email');
      await page.locator('.notice.success').waitFor();
      await page.goto((await server.mail(person.email, 'was changed')).link);
    },
  },
  {
    name: 'secure', at: 'mailing',
    async show(page, server) {
      const person = newPerson();
      await enterByEmail(page, person, server);
      const other = await onAnotherDevice(page, person, { userAgent: FIREFOX });
      await other.context().close();
      await page.goto((await server.mail(person.email, 'New login')).link);
    },
  },
  {
    name: 'secure after another address', at: 'mailing', status: 410,
    async show(page, server) {
      const { person } = await changeEmail(page, server);
      const other = await onAnotherDevice(page, person, { userAgent: FIREFOX });
      await other.context().close();
      const { link } = await server.mail(person.email, 'New login');
      await password(page).fill(person.password);
      await press(page, 'Change email');
      await page.locator('.notice.success').waitFor();
      await page.goto(link);
    },
  },
  {
    name: 'reset of an address that was never confirmed', at: 'mailing',
    async show(page, server) {
      const person = newPerson();
      await signUp(page, person);
      await page.waitForURL('**/confirm/new');
      await page.goto('/forgot');
      await page.getByLabel('Email').fill(person.email);
      await press(page, 'Send the link');
      await checkEmail(page);
      await page.goto((await server.mail(person.email, 'new password')).link);
    },
  },
  {
    name: 'login once all devices are logged out', at: 'mailing',
    async show(page, server) {
      const person = newPerson();
      await enterByEmail(page, person, server);
      const other = await onAnotherDevice(page, person, { userAgent: FIREFOX });
      await other.context().close();
      await page.goto((await server.mail(person.email, 'New login')).link);
      await press(page, 'Log out everywhere');
      await page.locator('.notice.success').waitFor();
    },
  },
];
