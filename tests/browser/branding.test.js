// The owner's branding: it is seen on every page, in light and in dark, and everyone can read it.

import assert from 'node:assert/strict';
import {
  mkdir, mkdtemp, rm, writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import {
  CONTRAST, RULES, bringAxe, judge,
} from './support/axe.js';
import { startBrowser, withVisitor } from './support/browser.js';
import { startServer } from './support/server.js';

const NAME = 'Rowing Club Riverside';
const FACE = {
  VESTIBULE_SITE_NAME: NAME,
  VESTIBULE_TAGLINE: 'On the river since 1887',
  VESTIBULE_LOGIN_NOTE: 'Log in with the email address that the club knows.',
  VESTIBULE_SIGNUP_NOTE: 'Members only.',
  VESTIBULE_CONTACT: 'Ruth Meier <ruth@example.org>',
  VESTIBULE_FOOTER_LINKS: 'Imprint = https://example.org/imprint | Privacy = /privacy',
  VESTIBULE_HOME_URL: 'https://example.org/',
  VESTIBULE_TERMS_URL: 'https://example.org/terms',
  VESTIBULE_TERMS_VERSION: '2026-11',
  VESTIBULE_ACCENT: '#7a1f5c',
};
const ACCENT = 'rgb(122, 31, 92)';
const PAGES = ['/', '/login', '/signup', '/forgot', '/nowhere'];
/** What a text may stand on: the arches behind the page, and a card. */
const GROUNDS = ['--ring-0', '--glow', '--ring-1', '--ring-2', '--ring-3', '--ring-4', '--card'];
const LEAST = 4.5;

const logo = (colour) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40"><path fill="${colour}" d="M0 0h80v40H0z"/></svg>`;

let data;
let browser;
let server;
before(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'vestibule-brand-'));
  await mkdir(path.join(data, 'brand'));
  await writeFile(path.join(data, 'brand', 'logo.svg'), logo('#7a1f5c'));
  await writeFile(path.join(data, 'brand', 'logo-dark.svg'), logo('#f2c4e0'));
  server = await startServer({ ...FACE, VESTIBULE_DATA_DIR: data });
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await rm(data, { recursive: true, force: true });
});

/** Goes through the pages in one colour scheme. */
const eachPage = (colorScheme, look) => withVisitor(browser, server.origin, { colorScheme, reducedMotion: 'reduce' }, async ({ page }) => {
  for (const address of PAGES) {
    await page.goto(address);
    await look(page, `${address}, ${colorScheme}`, address);
  }
});

/** On the page: the lowest contrast of each button with its text, and of each link with what it may stand on. */
function contrasts(grounds) {
  const probe = document.body.appendChild(document.createElement('span'));
  const painted = grounds.map((ground) => {
    probe.style.color = `var(${ground})`;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const luminance = (colour) => {
    const [red, green, blue] = colour.match(/[\d.]+/g).map((part) => linear(part / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (a, b) => {
    const [dark, light] = [luminance(a), luminance(b)].sort((one, other) => one - other);
    return (light + 0.05) / (dark + 0.05);
  };
  return [...document.querySelectorAll('main a, main button')].map((element) => {
    const { color, backgroundColor } = getComputedStyle(element);
    const behind = element.matches('.primary') ? [backgroundColor] : painted;
    return { name: element.innerText.trim(), least: Math.min(...behind.map((ground) => contrast(color, ground))) };
  });
}

for (const colorScheme of ['light', 'dark']) {
  test(`name, logo, links and contact stand on every page in ${colorScheme} colours`, () => eachPage(colorScheme, async (page, where) => {
    // The name next to the logo is the name of the link, so the picture needs none of its own.
    const home = page.getByRole('banner').getByRole('link', { name: NAME, exact: true });
    assert.equal(await home.getAttribute('href'), FACE.VESTIBULE_HOME_URL, where);
    const image = home.locator('img.logo');
    assert.ok(await image.isVisible(), where);
    const seen = await image.evaluate((img) => ({ width: img.naturalWidth, height: img.offsetHeight, from: img.currentSrc }));
    assert.ok(seen.width > 0 && seen.height >= 24, `${where}: ${JSON.stringify(seen)}`);
    assert.match(seen.from, colorScheme === 'dark' ? /\/static\/logo-dark-[0-9a-f]+\.svg$/ : /\/static\/logo-[0-9a-f]+\.svg$/);
    const foot = page.getByRole('contentinfo');
    assert.match(await foot.innerText(), /Ruth Meier <ruth@example\.org>/, where);
    assert.equal(await foot.getByRole('link', { name: 'Imprint' }).getAttribute('href'), 'https://example.org/imprint', where);
    assert.equal(await foot.getByRole('link', { name: 'Privacy' }).getAttribute('href'), '/privacy', where);
  }));

  test(`axe finds no problem on them in ${colorScheme} colours`, async () => {
    const found = [];
    await eachPage(colorScheme, async (page, where) => {
      await bringAxe(page);
      found.push(...await judge(page, where, RULES));
      // axe cannot see through the painted arches, so each of their colours is tried.
      await page.evaluate(() => document.styleSheets[0].insertRule('body::before { display: none !important }'));
      for (const ground of GROUNDS) {
        await page.evaluate((colour) => { document.documentElement.style.background = `var(${colour})`; }, ground);
        found.push(...await judge(page, `${where}, on ${ground}`, CONTRAST));
      }
    });
    assert.equal(found.join('\n'), '');
  });

  test(`buttons and links in the accent are easy to read in ${colorScheme} colours`, () => eachPage(colorScheme, async (page, where) => {
    const seen = await page.evaluate(contrasts, GROUNDS);
    assert.ok(seen.length > 0, where);
    const pale = seen.filter(({ least }) => !(least >= LEAST));
    assert.deepEqual(pale, [], where);
  }));
}

test('the front page shows the tagline and the ways in, and each form its note', () => eachPage('light', async (page, where, address) => {
  const main = page.getByRole('main');
  const text = await main.innerText();
  if (address === '/') {
    assert.equal(await main.getByRole('heading', { level: 1 }).innerText(), NAME);
    assert.ok(text.includes(FACE.VESTIBULE_TAGLINE), text);
    assert.deepEqual(await main.getByRole('link').evaluateAll((links) => links.map((link) => link.pathname)), ['/login', '/signup']);
    assert.equal(await page.locator('meta[name="description"]').getAttribute('content'), FACE.VESTIBULE_TAGLINE);
  }
  assert.equal(text.includes(FACE.VESTIBULE_LOGIN_NOTE), address === '/login', where);
  assert.equal(text.includes(FACE.VESTIBULE_SIGNUP_NOTE), address === '/signup', where);
  // Without email, there is no form for those who forgot their password.
  if (address !== '/forgot') {
    const background = await main.locator('.primary').first().evaluate((button) => getComputedStyle(button).backgroundColor);
    assert.equal(background, ACCENT, where);
  }
}));
