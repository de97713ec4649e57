// Chromium, and pages that are watched: whatever a page complains of, fetches elsewhere or breaks fails the test.

import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

// A test types before the page is painted, and Chromium remarks on it.
const TYPED_EARLY = 'Autofocus processing was blocked because a document already has a focused element.';

/**
 * Starts Chromium.
 * @param {import('playwright-core').LaunchOptions} options what differs from the usual
 */
export function startBrowser(options = {}) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
    ...options,
  });
}

/**
 * A visitor: an own context with an own cookie jar, watched.
 * @param {import('playwright-core').Browser} browser
 * @param {string} origin the site; relative addresses are its
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
    if (message.text() === TYPED_EARLY || isOwnStatus(message, visited)) return;
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
    // A file of a page that was left in the middle of loading.
    if (reason !== 'net::ERR_ABORTED') complaints.push(`request failed: ${request.url()} ${reason}`);
  });
  const page = await context.newPage();
  return { context, page, complaints };
}

/** Chromium writes the status of every 4xx page to the console; that a page may have. Not so a file on a page. */
function isOwnStatus(message, visited) {
  return /^Failed to load resource: the server responded with a status of 4\d\d /.test(message.text())
    && visited.has(message.location().url);
}

/**
 * Runs a story with a visitor of its own, and afterwards holds what the pages complained of against it.
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
