// The site under test: the built program in a separate empty folder, on a free port.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import {
  mkdir, mkdtemp, rm, writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { startMailbox } from './mailbox.js';

const BINARY = process.env.VESTIBULE_TEST_BINARY
  ? path.resolve(process.env.VESTIBULE_TEST_BINARY)
  : path.resolve(import.meta.dirname, '../../../target/debug/vestibule');
/** Settings that raise every rate limit, since the tests send more requests than people do, from one IP address. */
const LIMITS = [
  'FREE_GUESSES', 'WRONG_PASSWORDS', 'LOGINS', 'REAUTHENTICATIONS', 'SIGNUPS', 'NEW_PASSWORDS', 'FORMS', 'MAILS', 'MAILS_TO',
];
const PATIENT = {
  ...Object.fromEntries(LIMITS.map((limit) => [`VESTIBULE_LIMIT_${limit}`, '1000000'])),
  VESTIBULE_LIMIT_MAIL_PAUSE: '1s',
};
const START_MS = 20_000;
const STOP_MS = 10_000;
const READY = /^Vestibule is ready at http:\/\/(?:127\.0\.0\.1|localhost):(\d+) \(data in .+\)$/;

const running = new Map();
// Removes everything that a test file started, however it ends.
process.on('exit', () => running.forEach((folder, child) => {
  child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

/**
 * Starts the program and waits until it says where it listens.
 * @param {Record<string, string>} settings additional `VESTIBULE_*` variables
 * @param {{limited?: boolean, port?: number, words?: Record<string, string>, expected?: RegExp}} options `limited` keeps the
 *   default rate limits, `port` sets the port, `words` has sentences of the owner for some languages, and `expected` matches
 *   the errors that the site may log
 * @returns {Promise<{origin: string, port: number, stop: () => Promise<void>, command: (...words: string[]) => Promise<string>,
 *   commandWith: (input: string, ...words: string[]) => Promise<string>}>} `command` runs a command while the site runs, and
 *   returns its output; `commandWith` runs one that reads something
 */
export async function startServer(settings = {}, { limited = false, port: wanted = 0, words = {}, expected } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'vestibule-browser-'));
  const own = path.join(folder, 'data', 'words');
  if (Object.keys(words).length > 0) await mkdir(own, { recursive: true, mode: 0o700 });
  for (const [code, text] of Object.entries(words)) await writeFile(path.join(own, `${code}.ftl`), text);
  const env = { PATH: process.env.PATH, ...(limited ? {} : PATIENT), ...settings };
  // Its addresses, and the one that passkeys are for, contain the port, so it is known before.
  const chosen = wanted || await freePort();
  const child = spawn(BINARY, ['--port', `${chosen}`], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.set(child, folder);
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text) => { log += text; });
  const ended = new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => resolve(signal ?? code));
  });

  const stop = async () => {
    child.kill('SIGTERM');
    const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    const status = await ended;
    clearTimeout(impatience);
    running.delete(child);
    await rm(folder, { recursive: true, force: true });
    if (status !== 0) throw new Error(`the server exited with ${status}:\n${log}`);
    const errors = log.split('\n').filter((line) => /panicked|"level":"error"/.test(line) && !expected?.test(line));
    if (errors.length > 0) throw new Error(`the server reported an error:\n${log}`);
  };

  let patience;
  const port = await Promise.race([
    firstLine(child.stdout),
    ended.then((status) => `it exited with ${status}`),
    new Promise((resolve) => { patience = setTimeout(resolve, START_MS, 'it printed nothing'); }),
  ]).then((line) => READY.exec(line)?.[1] ?? Promise.reject(new Error(`${BINARY} did not start: ${line}\n${log}`)))
    .catch(async (error) => { await stop().catch(() => {}); throw error; })
    .finally(() => clearTimeout(patience));
  const origin = `http://localhost:${port}`;
  const run = promisify(execFile);
  const commandWith = async (input, ...words) => {
    const ending = run(BINARY, ['--base-url', origin, ...words], { cwd: folder, env });
    ending.child.stdin.on('error', () => {}); // a command that reads nothing may have ended
    ending.child.stdin.end(input);
    return (await ending).stdout.trim();
  };
  const command = (...words) => commandWith('', ...words);
  return { origin, port: Number(port), stop, command, commandWith };
}

/**
 * Starts the program with email on, and a mail server for it.
 * @param {Record<string, string>} settings as above
 * @param {{words?: Record<string, string>, expected?: RegExp}} options as above
 */
export async function startMailingServer(settings = {}, { words, expected } = {}) {
  const mailbox = await startMailbox();
  try {
    const port = await freePort();
    const server = await startServer({
      VESTIBULE_SMTP_URL: mailbox.url,
      VESTIBULE_MAIL_FROM: 'Vestibule <login@example.org>',
      VESTIBULE_BASE_URL: `http://localhost:${port}`, // the links in emails begin with it
      ...settings,
    }, { port, words, expected });
    const stop = async () => {
      await server.stop();
      await mailbox.stop();
    };
    return { ...server, mail: mailbox.mail, mails: mailbox.mails, stop };
  } catch (error) {
    await mailbox.stop();
    throw error;
  }
}

/** A port of the loopback address that was free a moment ago. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function firstLine(stream) {
  for await (const line of createInterface({ input: stream })) return line;
  return 'it closed its output';
}
