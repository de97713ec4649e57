// Chromium, with pages that are watched. A console message, an error or a request to another origin fails the test.

import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { CHROMIUM } from './chromium.js';

// What the script of passkeys asks by itself after a login.
const UPGRADE_OPTIONS = '/settings/security/passkeys/upgrade/options';
// Chromium logs this if a test types before the page is painted.
const TYPED_EARLY = 'Autofocus processing was blocked because a document already has a focused element.';

/**
 * Starts Chromium.
 * @param {import('playwright-core').LaunchOptions} options that override the defaults
 */
export function startBrowser(options = {}) {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
    ...options,
  });
}

/** Starts Chromium's headless shell if there is one: the same engine without windows. For tests that look at many pages. */
export function startHeadlessShell() {
  const shell = process.env.HEADLESS_SHELL;
  return startBrowser(shell ? { executablePath: shell } : {});
}

/**
 * A visitor with a separate browser context and cookie jar. Its pages are watched.
 * @param {import('playwright-core').Browser} browser
 * @param {string} origin the site, to which relative addresses refer
 * @param {import('playwright-core').BrowserContextOptions} options
 */
export async function visitor(browser, origin, options = {}) {
  const context = await browser.newContext({ baseURL: origin, locale: 'en', ...options });
  context.setDefaultTimeout(20_000);
  const complaints = [];
  const visited = new Set();
  await context.exposeBinding('reportViolation', (_, text) => complaints.push(`content security policy: ${text}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      globalThis.reportViolation(`${event.effectiveDirective} ${event.blockedURI} on ${event.documentURI}`);
    });
  });
  context.on('console', (message) => {
    if (message.text() === TYPED_EARLY || isOwnStatus(message, visited) || isOvertaken(message)) return;
    complaints.push(`console ${message.type()}: ${message.text()}`);
  });
  context.on('weberror', (error) => complaints.push(`page error: ${error.error()}`));
  context.on('request', (request) => {
    if (request.isNavigationRequest()) visited.add(request.url());
    const url = new URL(request.url());
    if (url.origin !== origin) complaints.push(`request to another origin: ${url}`);
  });
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    // The test left the page while this file was loading.
    if (reason !== 'net::ERR_ABORTED') complaints.push(`request failed: ${request.url()} ${reason}`);
  });
  const page = await context.newPage();
  return { context, page, complaints };
}

/** A page after a login asks by itself whether the browser should make a passkey. The story may have logged out by then. */
function isOvertaken(message) {
  return /status of 401 /.test(message.text()) && new URL(message.location().url).pathname === UPGRADE_OPTIONS;
}

/** Chromium logs every status 4xx to the console. Pages may have such a status, but files on a page may not. */
function isOwnStatus(message, visited) {
  return /^Failed to load resource: the server responded with a status of 4\d\d /.test(message.text())
    && visited.has(message.location().url);
}

/**
 * Runs a story with a separate visitor, and fails if its pages had any complaints.
 * @param {import('playwright-core').BrowserContextOptions} options
 * @param {(visitor: Awaited<ReturnType<typeof visitor>>) => Promise<void>} story
 */
export async function withVisitor(browser, origin, options, story) {
  const someone = await visitor(browser, origin, options);
  try {
    await story(someone);
    assert.deepEqual(someone.complaints, []);
  } finally {
    await someone.context.close();
  }
}
