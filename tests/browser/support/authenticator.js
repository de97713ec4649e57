// What people prove who they are with, other than a password: a virtual authenticator of Chromium, and an authenticator app.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';

const STEP_S = 30;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * Gives the page an authenticator that verifies its user. It answers at once.
 * @param {import('playwright-core').Page} page
 * @param {Record<string, unknown>} options of `WebAuthn.addVirtualAuthenticator`
 */
export async function addAuthenticator(page, options = {}) {
  const client = await page.context().newCDPSession(page);
  await client.send('WebAuthn.enable');
  const { authenticatorId } = await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
      automaticPresenceSimulation: true, ...options,
    },
  });
  const send = (method, more = {}) => client.send(`WebAuthn.${method}`, { authenticatorId, ...more });
  return {
    /** What it does with the requests that follow: it answers them at once, or waits for ever. */
    answers: (enabled) => send('setAutomaticPresenceSimulation', { enabled }),
    /** Whether its user's finger is the right one. */
    verifies: (isUserVerified) => send('setUserVerified', { isUserVerified }),
    /** Its passkeys. */
    passkeys: async () => (await send('getCredentials')).credentials,
  };
}

/** The button of a form for passkeys: `get`, or `create`. */
export const passkeyButton = (page, kind) => page.locator(`form[data-passkey="${kind}"] > button`).first();

/** Adds a passkey to the account of a user who has just logged in. The page Security is open afterwards. */
export async function addPasskey(page) {
  await page.goto('/settings/security');
  await passkeyButton(page, 'create').click();
  await page.locator('.notice.success').waitFor();
}

/** The code that an authenticator app shows: now, or some steps of half a minute later. */
export function codeOf(secret, later = 0) {
  const bits = [...secret.replace(/\s/g, '').toUpperCase()].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1000 / STEP_S) + later));
  const mac = createHmac('sha1', key).update(step).digest();
  const number = mac.readUInt32BE(mac.at(-1) & 15) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** Opens the page that sets up an app. Returns its secret. */
export async function openAppSetup(page) {
  await page.goto('/settings/security');
  await page.getByRole('button', { name: 'Set up an app' }).click();
  await page.waitForURL('**/settings/security/app');
  return page.locator('.secret').innerText();
}

/** Sets up an app, and with it two-factor authentication. Returns the secret and the recovery codes. */
export async function turnOn(page) {
  const secret = await openAppSetup(page);
  await page.locator('#code').fill(codeOf(secret));
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL('**/settings/security/codes');
  const codes = await page.locator('.codes code').allInnerTexts();
  assert.equal(codes.length, 10);
  await page.getByRole('button', { name: 'I have kept these codes' }).click();
  await page.locator('.notice.success').waitFor();
  return { secret, codes };
}
