// A thin driver of both browsers: Chromium, and Debian's Firefox, which Playwright cannot drive. It finds fields by their
// labels and buttons by their names, clicks where they are, and waits for what there is to see. It never waits for a
// script of the page, so it works without JavaScript too.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import puppeteer from 'puppeteer-core';
import { CHROMIUM } from './chromium.js';

const PATIENCE_MS = 20_000;
const START_MS = 60_000;
const STEP_MS = 25;
const VIEWPORT = { width: 1280, height: 800 };

/** How each browser is started. Without JavaScript, Firefox needs a process of its own. */
const LAUNCH = {
  Chromium: () => ({
    browser: 'chrome',
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--accept-lang=en',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  }),
  Firefox: ({ javaScript, dark }) => ({
    browser: 'firefox',
    executablePath: process.env.FIREFOX || '/usr/bin/firefox-esr',
    extraPrefsFirefox: {
      'intl.accept_languages': 'en',
      'javascript.enabled': javaScript,
      'layout.css.prefers-color-scheme.content-override': dark ? 0 : 1,
    },
  }),
};

/** The names of the browsers. */
export const BROWSERS = Object.keys(LAUNCH);

/**
 * Starts a browser.
 * @param {'Chromium' | 'Firefox'} name
 * @param {{javaScript?: boolean, dark?: boolean, anyCertificate?: boolean}} options `dark` prefers dark colours, and
 *   `anyCertificate` does not ask who signed one
 */
export async function startBrowser(name, { javaScript = true, dark = false, anyCertificate = false } = {}) {
  const browser = await puppeteer.launch({
    ...LAUNCH[name]({ javaScript, dark }),
    acceptInsecureCerts: anyCertificate,
    defaultViewport: VIEWPORT,
    timeout: START_MS,
    protocolTimeout: START_MS,
  });
  return {
    name,
    javaScript,
    stop: () => browser.close(),
    /** Runs a story with a visitor who has a separate cookie jar. Fails if the pages had any errors. */
    async visit(origin, story) {
      const context = await browser.createBrowserContext();
      try {
        const page = await context.newPage();
        if (name === 'Chromium') {
          await page.setJavaScriptEnabled(javaScript);
          await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]);
        }
        const visitor = new Visitor(page, origin, { name, javaScript });
        await story(visitor);
        assert.deepEqual(visitor.complaints, []);
      } finally {
        await context.close();
      }
    },
  };
}

/** A visitor of the site, with one page. */
class Visitor {
  #page;
  #left = 0;

  constructor(page, origin, { name, javaScript }) {
    this.#page = page;
    this.origin = origin;
    this.browser = name;
    this.javaScript = javaScript;
    this.complaints = [];
    page.on('pageerror', (error) => this.complaints.push(`page error: ${error.message}`));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (/^https?:$/.test(url.protocol) && url.origin !== origin) this.complaints.push(`request to another origin: ${url}`);
    });
  }

  // Looking

  /** What a function sees on the page. It runs there, so it can use nothing but its arguments. */
  look(see, ...known) {
    return this.#page.evaluate(see, ...known);
  }

  /** Looks until there is something to see. Between two pages there is nothing. */
  async until(what, see, ...known) {
    const end = Date.now() + PATIENCE_MS;
    let seen;
    do {
      seen = await this.look(see, ...known).catch((error) => error);
      if (seen && !(seen instanceof Error)) return seen;
      await pause(STEP_MS);
    } while (Date.now() < end);
    const page = await this.look(() => `${location.href}\n${document.body.innerText}`).catch((error) => error);
    throw new Error(`waited in vain for ${what} (${seen}) at ${page}`);
  }

  /** Waits until the page at this path has been loaded. */
  at(path) {
    const here = (wanted) => document.readyState === 'complete' && location.pathname + location.search === wanted;
    return this.until(path, here, path);
  }

  /** Waits for a text in the main part of the page. */
  says(text) {
    return this.until(`"${text}"`, (wanted) => document.querySelector('main')?.innerText.includes(wanted), text);
  }

  /** Waits for one of these pages, each a path and a text in its main part. */
  endsOn(...endings) {
    const there = (wanted) => document.readyState === 'complete' && wanted.some(([path, text]) => (
      location.pathname + location.search === path && document.querySelector('main')?.innerText.includes(text)));
    return this.until(JSON.stringify(endings), there, endings);
  }

  path() {
    return this.look(() => location.pathname + location.search);
  }

  title() {
    return this.look(() => document.title);
  }

  heading() {
    return this.look(() => document.querySelector('h1').innerText);
  }

  /** The notices of the page. */
  notices() {
    return this.look(() => [...document.querySelectorAll('.notice')].map((notice) => notice.innerText));
  }

  /** The value of the field with this label. */
  value(label) {
    return this.look(byLabel, label, 'value');
  }

  isChecked(label) {
    return this.look(byLabel, label, 'checked');
  }

  /** Waits until the element with this id has the focus. Browsers set it only after the layout of the page. */
  hasFocus(id) {
    return this.until(`the focus on ${id}`, (wanted) => document.activeElement?.id === wanted, id);
  }

  // Acting

  async goto(address) {
    await this.#page.goto(new URL(address, this.origin).href);
  }

  back() {
    return this.leave(() => this.look(() => history.back()));
  }

  reload() {
    return this.leave(() => this.look(() => location.reload()));
  }

  /** Replaces what the field with this label contains. */
  async fill(label, text) {
    assert.equal(await this.look(byLabel, label, 'fill', text), text, `the field "${label}"`);
  }

  /** Selects the option with this value. */
  async choose(label, value) {
    assert.equal(await this.look(byLabel, label, 'choose', value), value, `the list "${label}"`);
  }

  /** Ticks or unticks a check box. */
  async tick(label) {
    await this.click(await this.look(byLabel, label, 'place'));
  }

  /** Where the button or link with this name is, once it has been scrolled into view and stays there: the layout may follow, and
      so may the stylesheet, while the page already has its text. */
  async find(name, role = 'button', within = 'main') {
    await this.until('the whole page', () => document.readyState === 'complete');
    let place = await this.#place(name, role, within);
    for (let before; before?.x !== place.x || before?.y !== place.y;) {
      before = place;
      await pause(STEP_MS);
      place = await this.#place(name, role, within);
    }
    return place;
  }

  async #place(name, role, within) {
    // Puppeteer's own search by role and name never ends in a Firefox without JavaScript.
    const place = await this.look((wanted, selector) => {
      const named = (element) => (element.getAttribute('aria-label') || element.innerText).trim() === wanted;
      const found = [...document.querySelectorAll(selector)].find((element) => element.checkVisibility() && named(element));
      found?.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { x, y, width, height } = found?.getBoundingClientRect() ?? {};
      return found && { x: x + width / 2, y: y + height / 2 };
    }, name, `${within} ${role === 'link' ? 'a[href]' : 'button'}`);
    assert.ok(place, `there is no ${role} "${name}" in ${within}`);
    return place;
  }

  async click({ x, y }) {
    await this.#page.mouse.click(x, y);
  }

  async press(name, role, within) {
    await this.click(await this.find(name, role, within));
  }

  /** Acts and waits for the next page, which may have the same address. */
  async leave(act) {
    const mark = `${this.#left += 1}`;
    await this.look((own) => { document.documentElement.dataset.left = own; }, mark);
    await act();
    const has = (own) => document.readyState === 'complete' && document.documentElement.dataset.left !== own;
    await this.until('another page', has, mark);
  }

  /** Presses a button and waits for the answer. */
  send(name, within) {
    return this.leave(() => this.press(name, 'button', within));
  }

  /** Follows a link. */
  follow(name, within) {
    return this.leave(() => this.press(name, 'link', within));
  }

  /** Presses a key, such as `Tab` or `Shift+Tab`. */
  async key(name) {
    const keys = name.split('+');
    // Puppeteer knows "Space" in Chromium only.
    const last = keys.pop().replace('Space', ' ');
    for (const held of keys) await this.#page.keyboard.down(held);
    await this.#page.keyboard.press(last);
    for (const held of keys.reverse()) await this.#page.keyboard.up(held);
  }

  async type(text) {
    await this.#page.keyboard.type(text);
  }

  async resize(width, height) {
    await this.#page.setViewport({ width, height });
  }

  // Cookies

  cookies() {
    return this.#page.browserContext().cookies();
  }

  async setCookies(cookies) {
    await this.#page.browserContext().setCookie(...cookies);
  }

  /** Deletes the cookies whose names match, by default all. */
  async deleteCookies(names = /./) {
    const found = (await this.cookies()).filter(({ name }) => names.test(name));
    await this.#page.browserContext().deleteCookie(...found);
  }
}

/** On the page: reads or fills in the field with this label. */
function byLabel(label, what, text) {
  const field = [...document.querySelectorAll('label')].find((each) => each.innerText.trim() === label)?.control;
  if (!field) return `there is no field "${label}"`;
  if (what === 'value' || what === 'checked') return field[what];
  if (what === 'choose') {
    field.value = text;
    field.dispatchEvent(new Event('change', { bubbles: true }));
    return field.value;
  }
  if (what === 'place') {
    field.scrollIntoView({ block: 'center', behavior: 'instant' });
    const { x, y, width, height } = field.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  }
  field.focus();
  field.select();
  // As typing does, it sends the events that scripts of the page listen for.
  document.execCommand(text ? 'insertText' : 'delete', false, text);
  return field.value;
}
