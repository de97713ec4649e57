// Any page in another language, without the way to it in that language: the same request is sent again.

import assert from 'node:assert/strict';

/** A language that no file in words/ has. A site speaks its own language to those who ask for this one, and stores none
    with their accounts, so that a cookie can choose another one later. */
export const NO_LANGUAGE = 'eo';

const names = new Map();

/** The name of the cookie that remembers the language. On plain HTTP it ends in letters that differ between sites. */
async function cookieName(origin) {
  if (!names.has(origin)) {
    const { headers } = await fetch(`${origin}/login?lang=en`);
    names.set(origin, headers.getSetCookie().map((line) => line.split('=')[0]).find((name) => name.startsWith('language-')));
  }
  return names.get(origin);
}

/** Name and value of each cookie that was sent with a request. */
async function sent(request) {
  const { cookie = '' } = await request.allHeaders();
  return cookie.split('; ').filter(Boolean).map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]);
}

/**
 * Loads the open page again in another language: with the method, the form and the cookies of its request. A notice, which
 * is shown once, comes with a cookie, so it is there again. What was typed after the page was loaded is not.
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Response} answer that the page came with
 * @param {string} code of the language
 * @returns {Promise<import('playwright-core').Response>} the new answer
 */
export async function readAgain(page, answer, code) {
  const { origin, pathname } = new URL(page.url());
  const context = page.context();
  const kept = new Set((await context.cookies(origin)).map(({ name }) => name));
  const taken = (await sent(answer.request())).filter(([name]) => !kept.has(name));
  const cookies = [...taken, [await cookieName(origin), code]];
  await context.addCookies(cookies.map(([name, value]) => ({ name, value, url: origin })));
  const again = await page.reload();
  const of = (response) => `${response.status()} to ${response.request().method()} ${pathname}`;
  assert.equal(`${of(again)} at ${new URL(page.url()).pathname}`, `${of(answer)} at ${pathname}`, 'another answer than before');
  return again;
}
