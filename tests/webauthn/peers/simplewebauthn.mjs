// Asks @simplewebauthn/server about each case of a file, a line of JSON each, and prints a line of JSON for each: whether it
// accepts it, and what it read, or why not.
//
//     node simplewebauthn.mjs CASES

import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';

const base64url = (bytes) => Buffer.from(bytes).toString('base64url');

/** What it read of an accepted registration. */
async function registration(asked) {
  const { verified, registrationInfo: read } = await verifyRegistrationResponse({
    response: asked.response,
    expectedChallenge: asked.challenge,
    expectedOrigin: asked.origins,
    expectedRPID: asked.rpId,
    requireUserPresence: asked.userPresent,
    requireUserVerification: asked.userVerified,
    supportedAlgorithmIDs: asked.algorithms,
  });
  if (!verified) throw new Error('not verified');
  return {
    credentialId: read.credential.id,
    publicKey: base64url(read.credential.publicKey),
    aaguid: read.aaguid.replaceAll('-', ''),
    counter: read.credential.counter,
    userVerified: read.userVerified,
    backupEligible: read.credentialDeviceType === 'multiDevice',
    backedUp: read.credentialBackedUp,
  };
}

/** What it read of an accepted assertion. Its own check of the counter is off: the stored one is 0. */
async function assertion(asked) {
  const { verified, authenticationInfo: read } = await verifyAuthenticationResponse({
    response: asked.response,
    expectedChallenge: asked.challenge,
    expectedOrigin: asked.origins,
    expectedRPID: asked.rpId,
    requireUserVerification: asked.userVerified,
    credential: { id: asked.response.id, publicKey: Buffer.from(asked.publicKey, 'base64url'), counter: 0 },
  });
  if (!verified) throw new Error('not verified');
  return {
    counter: read.newCounter,
    userVerified: read.userVerified,
    backupEligible: read.credentialDeviceType === 'multiDevice',
    backedUp: read.credentialBackedUp,
  };
}

for await (const line of createInterface({ input: createReadStream(process.argv[2]) })) {
  const asked = JSON.parse(line);
  let said;
  try {
    const read = await (asked.ceremony === 'registration' ? registration(asked) : assertion(asked));
    said = { accepted: true, read };
  } catch (error) {
    said = { accepted: false, why: `${error?.message ?? error}` };
  }
  process.stdout.write(`${JSON.stringify({ number: asked.number, ...said })}\n`);
}
