// The way into an app behind a real proxy, over TLS, as people meet it: through the login host and back, in two tabs, without
// JavaScript, with cookies blocked, back again, and out. One app is behind nginx, the other behind Caddy. The way itself in
// Firefox too.

import assert from 'node:assert/strict';
import {
  mkdir, mkdtemp, rm, writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chromium } from 'playwright-core';
import { startBrowser, withVisitor } from './support/browser.js';
import { CHROMIUM } from './support/chromium.js';
import { BROWSERS, startBrowser as startDriven } from './support/driver.js';
import { missing, startGate } from './support/gate.js';
import { addAccount, logIn, newPerson, password } from './support/people.js';

const PROXIES = { wiki: 'nginx', notes: 'Caddy' };

describe('the gate', { skip: missing() }, () => {
  let gate;
  let browser;
  const ada = { ...newPerson('Adä Løvelace'), handle: 'ada' };
  const bob = { ...newPerson('Bob'), handle: 'bob' };
  before(async () => {
    gate = await startGate();
    await addAccount(gate.server, ada, 'family');
    await addAccount(gate.server, bob);
    for (const { email, handle } of [ada, bob]) await gate.server.command('account', 'handle', email, handle);
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await gate?.stop();
  });

  const origins = () => [gate.login, ...Object.values(gate.apps).map(({ origin }) => origin)];
  const isOurs = (text) => origins().some((origin) => text.includes(`${origin}/`));
  /** Leaves out what is meant: the way leads over all three hosts, and a script of a test is refused. */
  const meant = (text) => (text.startsWith('request to another origin') && isOurs(text)) || /status of 40[13] /.test(text);

  /** Runs a story of someone with a browser of their own, whose pages may be those of all three hosts. */
  async function withGuest(story, options = {}) {
    Object.values(gate.apps).forEach((app) => app.taken());
    await withVisitor(browser, gate.login, { ignoreHTTPSErrors: true, ...options }, async (guest) => {
      await story(guest);
      const { complaints } = guest;
      complaints.splice(0, complaints.length, ...complaints.filter((text) => !meant(text)));
    });
  }

  /** Waits until a page of an app is open, and says that Ada is there. */
  async function isIn(page, app) {
    await page.locator('#who', { hasText: `${ada.handle} | ${ada.name} | family` }).waitFor();
    assert.equal(new URL(page.url()).origin, app.origin);
  }

  async function isAtLogin(page, app) {
    await page.waitForURL((url) => url.origin === gate.login && url.pathname === '/login');
    await page.getByText(`Log in to go on to ${app.title}.`).waitFor();
  }

  const cookieNames = async (context, origin) => (await context.cookies(origin)).map(({ name }) => name);

  /** What the form on the page does, without waiting for what comes of it. */
  async function submitLogin(page, person) {
    await page.getByLabel('Email').fill(person.email);
    await password(page).fill(person.password);
    await page.getByRole('main').getByRole('button', { name: 'Login' }).click();
  }

  for (const [name, proxy] of Object.entries(PROXIES)) {
    for (const [javaScriptEnabled, how] of [[true, ''], [false, ', without JavaScript']]) {
      test(`${proxy}: a page leads through the login and back to itself${how}`, async () => {
        const app = gate.apps[name];
        await withGuest(async ({ context, page }) => {
          await page.goto(`${app.origin}/read?id=7&next=%2Fx`);
          await isAtLogin(page, app);
          assert.deepEqual(app.taken(), [], 'the app has heard nothing');
          assert.deepEqual(await cookieNames(context, app.origin), ['__Host-visit']);
          await submitLogin(page, ada);
          await isIn(page, app);
          assert.equal(page.url(), `${app.origin}/read?id=7&next=%2Fx`);
          const [asked] = app.taken().filter(({ url }) => url.startsWith('/read'));
          assert.equal(asked.method, 'GET');
          const [{ name: cookie, ...told }, ...others] = await context.cookies(app.origin);
          assert.deepEqual(others, [], 'the cookie of the visit is gone');
          assert.equal(cookie, '__Host-gate');
          const { domain, path: where, expires, httpOnly, secure, sameSite } = told;
          assert.deepEqual(
            { domain, where, expires, httpOnly, secure, sameSite },
            { domain: new URL(app.origin).hostname, where: '/', expires: -1, httpOnly: true, secure: true, sameSite: 'Lax' },
          );
          assert.ok(!(await cookieNames(context, gate.login)).includes('__Host-gate'), 'each host has its own');
          // The other app needs no second login.
          const other = Object.values(gate.apps).find(({ origin }) => origin !== app.origin);
          await page.goto(`${other.origin}/`);
          await isIn(page, other);
        }, { javaScriptEnabled });
      });
    }

    test(`${proxy}: two tabs that are opened before the login both arrive`, async () => {
      const app = gate.apps[name];
      await withGuest(async ({ context, page: first }) => {
        const second = await context.newPage();
        await Promise.all([first.goto(`${app.origin}/first`), second.goto(`${app.origin}/second`)]);
        await Promise.all([isAtLogin(first, app), isAtLogin(second, app)]);
        await submitLogin(first, ada);
        await isIn(first, app);
        assert.equal(new URL(first.url()).pathname, '/first');
        await submitLogin(second, ada);
        await isIn(second, app);
        assert.equal(new URL(second.url()).pathname, '/second');
        await first.reload();
        await isIn(first, app);
      });
    });

    test(`${proxy}: many tabs of somebody who is logged in all arrive`, async () => {
      const app = gate.apps[name];
      await withGuest(async ({ context, page }) => {
        await logIn(page, ada);
        await page.waitForURL('**/profile');
        const tabs = await Promise.all([1, 2, 3, 4].map(() => context.newPage()));
        await Promise.all(tabs.map((tab, at) => tab.goto(`${app.origin}/tab${at}`)));
        await Promise.all(tabs.map((tab) => isIn(tab, app)));
        assert.deepEqual(tabs.map((tab) => new URL(tab.url()).pathname), ['/tab0', '/tab1', '/tab2', '/tab3']);
      });
    });

    test(`${proxy}: going back from the app ends somewhere, and forward leads there again`, async () => {
      const app = gate.apps[name];
      await withGuest(async ({ page }) => {
        await page.goto(`${app.origin}/start`);
        await isAtLogin(page, app);
        await submitLogin(page, ada);
        await isIn(page, app);
        await page.goto(`${app.origin}/further`);
        await isIn(page, app);
        await page.goBack();
        await isIn(page, app);
        assert.equal(new URL(page.url()).pathname, '/start');
        await page.goBack();
        await page.waitForLoadState();
        assert.ok(isOurs(page.url()), page.url());
        // Wherever it is, the app's page is one step away, without another login.
        await page.goto(`${app.origin}/start`);
        await isIn(page, app);
      });
    });

    test(`${proxy}: a logout is felt by the next request of a page that is still open`, async () => {
      const app = gate.apps[name];
      await withGuest(async ({ context, page }) => {
        await page.goto(`${app.origin}/open`);
        await submitLogin(page, ada);
        await isIn(page, app);
        const status = () => page.evaluate(() => fetch('/data').then((answer) => answer.status));
        assert.equal(await status(), 200);
        const other = await context.newPage();
        await other.goto(`${app.origin}/`);
        await other.getByRole('link', { name: 'Log out' }).click();
        await other.waitForURL(`${gate.login}/logout`);
        await other.getByRole('main').getByRole('button', { name: 'Log out' }).click();
        await other.waitForURL(`${gate.login}/`);
        app.taken();
        assert.equal(await status(), 401);
        // What is typed and sent now is lost, and its page is not.
        await page.getByLabel('Text').fill('lost');
        await page.getByRole('button', { name: 'Save' }).click();
        await isAtLogin(page, app);
        assert.deepEqual(app.taken(), [], 'the app has heard nothing');
        await submitLogin(page, ada);
        await isIn(page, app);
        assert.equal(await page.locator('#page').innerText(), 'GET /open');
      });
    });

    test(`${proxy}: who may not is told so, and can be somebody else`, async () => {
      const app = gate.apps[name];
      await withGuest(async ({ page }) => {
        await page.goto(`${app.origin}/secret`);
        await submitLogin(page, bob);
        await page.getByRole('heading', { name: `You may not use ${app.title}` }).waitFor();
        assert.equal(new URL(page.url()).origin, gate.login);
        assert.deepEqual(app.taken(), [], 'the app has heard nothing');
        await page.getByRole('main').getByRole('button', { name: 'Log out and use another account' }).click();
        await isAtLogin(page, app);
        await submitLogin(page, ada);
        await isIn(page, app);
        assert.equal(new URL(page.url()).pathname, '/secret');
      });
    });

    test(`${proxy}: a browser that blocks the cookies of the app is told so`, async () => {
      const app = gate.apps[name];
      app.taken();
      await blocking(app.origin, async (page) => {
        await page.goto(`${app.origin}/page`);
        await submitLogin(page, ada);
        await page.getByText(`Your browser did not keep the cookie of ${name}.localhost.`).waitFor();
        const { origin, pathname } = new URL(page.url());
        assert.deepEqual({ origin, pathname }, { origin: gate.login, pathname: '/gate/trouble' });
        assert.deepEqual(app.taken(), [], 'the app has heard nothing');
      });
    });
  }

  /** Runs a story in a Chromium that keeps no cookies of an origin. */
  async function blocking(origin, story) {
    const folder = await mkdtemp(path.join(tmpdir(), 'vestibule-blocking-'));
    const preferences = { profile: { content_settings: { exceptions: { cookies: { [`${origin},*`]: { setting: 2 } } } } } };
    await mkdir(path.join(folder, 'Default'));
    await writeFile(path.join(folder, 'Default', 'Preferences'), JSON.stringify(preferences));
    const context = await chromium.launchPersistentContext(folder, {
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      ignoreHTTPSErrors: true,
      locale: 'en',
    });
    try {
      context.setDefaultTimeout(20_000);
      await story(await context.newPage());
    } finally {
      await context.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  for (const name of BROWSERS) {
    for (const javaScript of [true, false]) {
      test(`in ${name}, ${javaScript ? 'with' : 'without'} JavaScript, the way leads in, to the other app, and out`, async () => {
        const driven = await startDriven(name, { javaScript, anyCertificate: true });
        try {
          await driven.visit(gate.login, async (visitor) => {
            const isThere = (wanted) => location.href === wanted && document.querySelector('#who')?.innerText.startsWith('ada |');
            const shows = (app, page) => visitor.until(`${app.origin}${page}`, isThere, `${app.origin}${page}`);
            const { wiki, notes } = gate.apps;
            await visitor.goto(`${wiki.origin}/read?id=7`);
            await visitor.says('Log in to go on to Wiki.');
            await visitor.fill('Email', ada.email);
            await visitor.fill('Password', ada.password);
            await visitor.press('Login');
            await shows(wiki, '/read?id=7');
            await visitor.goto(`${notes.origin}/`);
            await shows(notes, '/');
            await visitor.press('Log out', 'link');
            await visitor.says('Log out of Vestibule?');
            await visitor.press('Log out');
            await visitor.says('You have been logged out.');
            for (const app of [wiki, notes]) {
              app.taken();
              await visitor.goto(`${app.origin}/again`);
              await visitor.says(`Log in to go on to ${app.title}.`);
              assert.deepEqual(app.taken(), [], 'the app has heard nothing');
            }
            const { complaints } = visitor;
            complaints.splice(0, complaints.length, ...complaints.filter((text) => !meant(text)));
          });
        } finally {
          await driven.stop();
        }
      });
    }
  }
});
