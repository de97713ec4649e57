// What people usually do, in both browsers. people.js has the same for the tests that only Chromium runs.

import { SESSION } from './people.js';

/** Fills in and submits the sign-up form. */
export async function signUp(visitor, person) {
  await visitor.goto('/signup');
  await visitor.fill('Email', person.email);
  await visitor.fill('Name', person.name);
  await visitor.fill('Password', person.password);
  await visitor.send('Sign Up');
}

/** Fills in and submits the login form at the given address, or on the current page. */
export async function logIn(visitor, person, { at = '/login', remember = false } = {}) {
  if (at) await visitor.goto(at);
  await visitor.fill('Email', person.email);
  await visitor.fill('Password', person.password);
  if (remember) await visitor.tick('Remember me');
  await visitor.send('Login');
}

/** Creates an account and logs in. The profile is open afterwards. */
export async function enter(visitor, person, options = {}) {
  await signUp(visitor, person);
  await visitor.at('/login');
  await logIn(visitor, person, { at: null, ...options });
  await visitor.at('/profile');
}

/** Creates an account on a site with email and confirms its address. The profile is open afterwards. */
export async function enterByEmail(visitor, person, site) {
  await signUp(visitor, person);
  await visitor.at('/confirm/new');
  await visitor.goto((await site.mail(person.email, 'Confirm your email address')).link);
  await visitor.fill('Password', person.password);
  await visitor.send('Confirm');
  await visitor.at('/profile');
}

/** Opens a page of a user, who first gives the password if the site asks for it. */
export async function open(visitor, person, address) {
  await visitor.goto(address);
  const asked = await visitor.path();
  if (asked.startsWith('/login')) await logIn(visitor, person, { at: null });
  if (asked.startsWith('/reauthenticate')) {
    await visitor.fill('Password', person.password);
    await visitor.send('Continue');
  }
  await visitor.at(address);
}

/** Acts as if the browser was closed and opened again: deletes the session cookie. */
export async function reopen(visitor) {
  await visitor.deleteCookies(SESSION);
}
