// Every page in every state that a visitor can see. Each state is reached as a visitor would reach it.

import { ADMIN_STATES } from './admin_states.js';
import { ROOT, startAdministered } from './administered.js';
import { startAttacker } from './attacker.js';
import {
  addAuthenticator, addPasskey, openAppSetup, turnOn,
} from './authenticator.js';
import { visitor } from './browser.js';
import { MAIL_STATES } from './mail_states.js';
import {
  FIREFOX, IPHONE, addAccount, enter, enterRemembered, logIn, logOutButton, onAnotherDevice, password, plainName, reopen, signUp,
  newPerson,
} from './people.js';
import { startMailingServer, startServer } from './server.js';

const LONGEST = 'Wolfeschlegelsteinhausenbergerdorff '.repeat(3).slice(0, 99) + '!';
const UNBROKEN = 'W'.repeat(100);
export const LONG_SITE = 'The Society for Friends of Underground Observatories';

/** Submits a form with mistakes, and waits for the answer. */
async function submitWrong(page) {
  await page.locator('main form:not([data-passkey]) button.primary').click();
  await page.locator('.wrong').first().waitFor();
}

/** Logs in here, on a phone, and in two other browsers. */
async function enterOnFourDevices(page) {
  const person = newPerson();
  await enter(page, person, { remember: true });
  const others = [
    await onAnotherDevice(page, person, { userAgent: IPHONE, remember: true }),
    await onAnotherDevice(page, person, { userAgent: FIREFOX }),
    await onAnotherDevice(page, person, { userAgent: 'Something/1.0' }),
  ];
  for (const other of others) await other.context().close();
}

/** Uses a copy of a remembered device's cookie after the device itself got newer tokens. */
async function useCopy(page) {
  const copy = (await page.context().cookies()).filter(({ name }) => plainName(name) === 'remember');
  // Three times, since the token before the previous one is still accepted for tabs that open together.
  for (let times = 0; times < 3; times += 1) {
    await reopen(page);
    await page.goto('/profile');
  }
  await reopen(page);
  await page.context().addCookies(copy);
  await page.goto('/profile');
  await page.waitForURL('**/login?next=%2Fprofile');
}

/** Logs in up to the second step. */
async function enterHalf(page) {
  const person = newPerson();
  await enter(page, person);
  await turnOn(page);
  await logOutButton(page).click();
  await page.locator('.notice.success').waitFor();
  await logIn(page, person);
  await page.waitForURL('**/login/second**');
}

const named = (name) => ({ name: `profile of ${name}`, at: 'open', show: (page) => enter(page, newPerson(name)) });

/** `at` names the server, and `status` is the status of the response if it is not 200. */
const STATES = [
  { name: 'home', at: 'open', show: (page) => page.goto('/') },
  { name: 'signup', at: 'open', show: (page) => page.goto('/signup') },
  {
    name: 'signup with errors', at: 'open', status: 422,
    async show(page) {
      await page.goto('/signup');
      await page.getByLabel('Email').fill('ada@');
      await password(page).fill('ada');
      await submitWrong(page);
    },
  },
  {
    name: 'signup with a taken address', at: 'open',
    async show(page) {
      const person = newPerson();
      await signUp(page, person);
      await page.waitForURL('**/login');
      await signUp(page, person);
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'login', at: 'open', show: (page) => page.goto('/login') },
  { name: 'forgot', at: 'open', show: (page) => page.goto('/forgot') },
  { name: 'reset with a link that is over', at: 'open', status: 410, show: (page) => page.goto('/reset?token=nothing') },
  {
    name: 'reset', at: 'open',
    async show(page, { command }) {
      const person = newPerson();
      await signUp(page, person);
      await page.goto(await command('account', 'link', person.email, '--reset'));
    },
  },
  { name: 'login with a warning', at: 'open', show: (page) => page.goto('/profile') },
  {
    name: 'login with an error', at: 'open',
    async show(page) {
      await logIn(page, newPerson());
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'login after sign-up', at: 'open',
    async show(page) {
      await signUp(page, newPerson());
      await page.locator('.notice.success').waitFor();
    },
  },
  {
    name: 'login with errors', at: 'open', status: 422,
    async show(page) {
      await page.goto('/login');
      await submitWrong(page);
    },
  },
  {
    name: 'login with the password shown', at: 'open',
    async show(page) {
      await page.goto('/login');
      await password(page).fill('brisk otter paints nine lanterns');
      await page.getByRole('button', { name: 'Show password' }).click();
    },
  },
  {
    name: 'login while logged in', at: 'open',
    async show(page) {
      await enter(page, newPerson());
      await page.goto('/login');
    },
  },
  { ...named('Ada'), name: 'profile' },
  { ...named(LONGEST), name: 'profile with a long name' },
  { ...named(UNBROKEN), name: 'profile with an unbroken name' },
  { ...named('עדה לאבלייס'), name: 'profile with a name from right to left' },
  { ...named('👩‍🚀 Ada 🇬🇧'), name: 'profile with emoji' },
  {
    name: 'profile with a long address', at: 'open',
    show: (page) => enter(page, { ...newPerson(), email: `${'a'.repeat(60)}${Date.now() % 10_000}@${'long-label.'.repeat(16)}example` }),
  },
  {
    name: 'home after logout', at: 'open',
    async show(page) {
      await enter(page, newPerson());
      await page.getByRole('button', { name: 'Logout' }).click();
      await page.locator('.notice.success').waitFor();
    },
  },
  {
    name: 'logout', at: 'open',
    async show(page, { elsewhere }) {
      await enter(page, newPerson());
      await elsewhere(page, (origin) => `<a href="${origin}/logout">Leave</a>`, () => page.getByRole('link').click());
      await page.getByRole('button', { name: 'Log out' }).waitFor();
    },
  },
  {
    name: 'account', at: 'open',
    async show(page) {
      await enter(page, newPerson());
      await page.goto('/settings');
    },
  },
  {
    name: 'account with an error', at: 'open', status: 422,
    async show(page) {
      await enter(page, newPerson());
      await page.goto('/settings/account');
      await page.getByLabel('Name').fill(' ');
      await page.getByRole('button', { name: 'Save name' }).click();
      await page.locator('.wrong').waitFor();
    },
  },
  {
    name: 'password', at: 'open',
    async show(page) {
      await enter(page, newPerson());
      await page.goto('/settings/password');
    },
  },
  {
    name: 'password with errors', at: 'open', status: 422,
    async show(page) {
      await enter(page, newPerson());
      await page.goto('/settings/password');
      await page.getByLabel('New password', { exact: true }).fill('short');
      await submitWrong(page);
    },
  },
  {
    name: 'security', at: 'open',
    async show(page) {
      await enter(page, newPerson());
      await page.goto('/settings/security');
    },
  },
  {
    name: 'security with two-factor authentication', at: 'open',
    async show(page) {
      await addAuthenticator(page);
      await enter(page, newPerson());
      await addPasskey(page);
      await turnOn(page);
    },
  },
  {
    name: 'app', at: 'open',
    async show(page) {
      await enter(page, newPerson());
      await openAppSetup(page);
    },
  },
  {
    name: 'app with an error', at: 'open', status: 422,
    async show(page) {
      await enter(page, newPerson());
      await openAppSetup(page);
      await submitWrong(page);
    },
  },
  {
    name: 'codes', at: 'open',
    async show(page) {
      await enter(page, newPerson());
      await page.goto('/settings/security/codes');
      await page.getByRole('button', { name: 'Make new codes' }).click();
      await page.locator('.codes').waitFor();
    },
  },
  {
    name: 'codes before they are made', at: 'open',
    async show(page) {
      await enter(page, newPerson());
      await page.goto('/settings/security/codes');
    },
  },
  { name: 'second step', at: 'open', show: (page) => enterHalf(page) },
  {
    name: 'second step with an error', at: 'open', status: 422,
    async show(page) {
      await enterHalf(page);
      await submitWrong(page);
    },
  },
  {
    name: 'recovery code', at: 'open',
    async show(page) {
      await enterHalf(page);
      await page.goto('/login/recovery');
    },
  },
  {
    name: 'recovery code with an error', at: 'open', status: 422,
    async show(page) {
      await enterHalf(page);
      await page.goto('/login/recovery');
      await page.locator('#code').fill('not one of them');
      await submitWrong(page);
    },
  },
  {
    name: 'close', at: 'open',
    async show(page) {
      await enter(page, newPerson());
      await page.goto('/settings/close');
    },
  },
  {
    name: 'close with an error', at: 'open', status: 422,
    async show(page) {
      await enter(page, newPerson());
      await page.goto('/settings/close');
      await page.getByLabel('Email').fill('another@example.org');
      await submitWrong(page);
    },
  },
  {
    name: 'devices with one', at: 'open',
    async show(page) {
      await enter(page, newPerson());
      await page.goto('/settings/devices');
    },
  },
  {
    name: 'devices', at: 'open',
    async show(page) {
      await enterOnFourDevices(page);
      await page.goto('/settings/devices');
    },
  },
  {
    name: 'devices after one was logged out', at: 'open',
    async show(page) {
      await enterOnFourDevices(page);
      await page.goto('/settings/devices');
      await page.getByRole('main').getByRole('button', { name: 'Log out', exact: true }).last().click();
      await page.locator('.notice.success').waitFor();
    },
  },
  {
    name: 'activity', at: 'open',
    async show(page) {
      await enterOnFourDevices(page);
      await page.goto('/settings/activity');
    },
  },
  {
    name: 'activity beyond its end', at: 'open',
    async show(page) {
      await enter(page, newPerson());
      await page.goto('/settings/activity?before=nothing');
    },
  },
  {
    name: 'reauthenticate', at: 'open',
    async show(page) {
      await enterRemembered(page, newPerson());
      await page.goto('/reauthenticate?next=/settings/devices');
    },
  },
  {
    name: 'reauthenticate with an error', at: 'open', status: 422,
    async show(page) {
      await enterRemembered(page, newPerson());
      await page.goto('/reauthenticate?next=/settings/devices');
      await password(page).fill('not this one');
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.locator('.wrong').waitFor();
    },
  },
  {
    name: 'login limited', at: 'limited', status: 429,
    async show(page) {
      const person = newPerson();
      const told = page.getByText('Wait ');
      for (let tries = 0; tries < 9 && await told.count() === 0; tries += 1) {
        await logIn(page, person);
        await page.locator('.notice').waitFor();
      }
      await told.waitFor();
    },
  },
  {
    name: 'signup limited', at: 'limited', status: 429,
    async show(page) {
      for (let tries = 0; tries < 2; tries += 1) {
        await signUp(page, newPerson());
        await page.waitForLoadState();
      }
      await page.getByText('Wait ').waitFor();
    },
  },
  {
    name: 'profile after a device was used twice', at: 'open',
    async show(page) {
      const person = newPerson();
      await enter(page, person, { remember: true });
      await useCopy(page);
      await logIn(page, person, { at: null });
      await page.waitForURL('**/profile');
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'not found', at: 'open', status: 404, show: (page) => page.goto('/no-such-page') },
  {
    name: 'not found while logged in', at: 'open', status: 404,
    async show(page) {
      await enter(page, newPerson());
      await page.goto('/no-such-page');
    },
  },
  {
    name: 'from another site', at: 'open', status: 403,
    show: (page, { elsewhere }) => elsewhere(page, (origin) => `<form method="post" action="${origin}/login"><button>Win</button></form>`,
      () => page.getByRole('button').click()),
  },
  {
    name: 'method not allowed', at: 'open', status: 405,
    async show(page) {
      await page.goto('/login');
      await page.locator('main form:not([data-passkey])').evaluate((form) => { form.action = '/profile'; form.submit(); });
      await page.waitForURL('**/profile');
    },
  },
  { name: 'sign-up closed', at: 'closed', status: 403, show: (page) => page.goto('/signup') },
  { name: 'home with sign-up closed', at: 'closed', show: (page) => page.goto('/') },
  { name: 'home of a site with a long name', at: 'named', show: (page) => page.goto('/') },
  { name: 'login of a site with a long name', at: 'named', show: (page) => page.goto('/login') },
  ...MAIL_STATES,
  ...ADMIN_STATES,
];

/**
 * Starts all servers that the states need.
 * @param {Record<string, string>} words sentences of the owner for some languages
 */
export async function startStates(words = {}) {
  const started = [];
  const start = async (promise) => {
    const one = await promise;
    started.push(one);
    return one;
  };
  const stop = async () => {
    for (const one of started) await one.stop();
  };
  try {
    const servers = {
      open: await start(startServer({}, { words })),
      closed: await start(startServer({ VESTIBULE_SIGNUP: 'closed' }, { words })),
      // Long pauses, since the forms are sent again in other languages.
      limited: await start(startServer({ VESTIBULE_LIMIT_SIGNUPS: '1', VESTIBULE_LIMIT_WRONG_PASSWORDS: '1' }, { limited: true, words })),
      named: await start(startServer({ VESTIBULE_SITE_NAME: LONG_SITE }, { words })),
      mailing: await start(startMailingServer({}, { words })),
      trusting: await start(startMailingServer({ VESTIBULE_UNCONFIRMED_LOGIN: 'yes' }, { words })),
      administered: await start(startAdministered({ words })),
    };
    await addAccount(servers.closed, ROOT, 'admins');
    return { servers, attacker: await start(startAttacker('127.0.0.1')), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Shows each state to a separate visitor and calls `look`. Any complaint of its pages is an error.
 * @param {import('playwright-core').BrowserContextOptions} options
 * @param {(name: string, page: import('playwright-core').Page, answer: import('playwright-core').Response) => Promise<void>} look
 *     gets the page and the answer that it came with
 * @param {(name: string, at: string) => boolean} wanted which states to show; by default all
 */
export async function eachState(browser, { servers, attacker }, options, look, wanted = () => true) {
  for (const state of STATES.filter(({ name, at }) => wanted(name, at))) {
    const { origin } = servers[state.at];
    const { context, page, complaints } = await visitor(browser, origin, options);
    try {
      const elsewhere = async (at, html, act) => {
        attacker.show(html(origin));
        await at.goto(attacker.origin);
        complaints.length = 0; // errors of the other site do not count
        await Promise.all([at.waitForURL((url) => url.origin === origin), act()]);
      };
      let answer;
      page.on('response', (response) => {
        if (response.request().isNavigationRequest()) answer = response;
      });
      await state.show(page, { elsewhere, ...servers[state.at] });
      await page.waitForLoadState();
      if (answer.status() !== (state.status ?? 200)) throw new Error(`${state.name} answered ${answer.status()}`);
      await look(state.name, page, answer);
      if (complaints.length > 0) throw new Error(`${state.name}: ${complaints.join('; ')}`);
    } finally {
      await context.close();
    }
  }
}
