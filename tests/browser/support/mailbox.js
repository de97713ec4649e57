// A mail server that accepts emails and shows them to the tests. An address that begins with "full" has no room for now, and
// one that begins with "gone" is unknown.

import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 15_000;
const END = '\r\n.\r\n';

/** Starts the mail server on a free port of this machine. */
export async function startMailbox() {
  const mails = [];
  const server = createServer((socket) => serve(socket, (mail) => mails.push(mail)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `smtp://127.0.0.1:${server.address().port}?tls=none`,
    mails,
    /** Waits for an email to an address whose subject contains these words. Returns the newest one. */
    async mail(to, words) {
      const end = Date.now() + PATIENCE_MS;
      for (;;) {
        const found = mails.findLast((mail) => mail.to === to && mail.subject.includes(words));
        if (found) return found;
        if (Date.now() > end) throw new Error(`no email "${words}" to ${to} among ${JSON.stringify(mails, ['to', 'subject'])}`);
        await pause(50);
      }
    },
    async stop() {
      server.close();
      await once(server, 'close');
    },
  };
}

/** A minimal SMTP conversation (RFC 5321). */
function serve(socket, take) {
  let heard = '';
  let to = '';
  let reading = false;
  socket.setEncoding('utf8').on('error', () => {});
  const say = (line) => socket.write(`${line}\r\n`);
  say('220 mailbox');
  socket.on('data', (text) => {
    heard += text;
    for (let end = heard.indexOf(reading ? END : '\r\n'); end >= 0; end = heard.indexOf(reading ? END : '\r\n')) {
      const words = heard.slice(0, end);
      heard = heard.slice(end + (reading ? END : '\r\n').length);
      if (reading) {
        reading = false;
        take({ to, ...read(words.replace(/^\.\./gm, '.')) });
        say('250 taken');
      } else if (/^DATA$/i.test(words)) {
        reading = true;
        say('354 go on');
      } else if (/^QUIT$/i.test(words)) {
        socket.end('221 goodbye\r\n');
      } else {
        const recipient = /^RCPT TO:<([^>]+)>/i.exec(words)?.[1];
        to = recipient ?? to;
        say(recipient ? verdict(recipient) : '250 well');
      }
    }
  });
}

/** The answer to a recipient. */
function verdict(address) {
  if (address.startsWith('full')) return '452 4.2.2 The mailbox is full';
  return address.startsWith('gone') ? '550 5.1.1 No such user' : '250 well';
}

/** Parses an email into its subject, its text, its HTML and the link in it. */
function read(source) {
  const [head, body] = halves(source);
  const headers = fields(head);
  const boundary = /boundary="([^"]+)"/.exec(headers['content-type'])[1];
  const parts = body.split(`--${boundary}`).slice(1, -1).map((part) => halves(part.replace(/^\r\n/, '')));
  const [text, html] = parts.map(([own, words]) => decoded(words, fields(own)['content-transfer-encoding']));
  return { subject: unworded(headers.subject), text, html, link: /^ {4}(http\S+)/m.exec(text)?.[1] };
}

const halves = (text) => {
  const at = text.indexOf('\r\n\r\n');
  return [text.slice(0, at), text.slice(at + 4)];
};

const fields = (head) => Object.fromEntries(head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));

/** Decodes quoted-printable (RFC 2045, 6.7) and base64. */
function decoded(words, encoding) {
  if (encoding === 'base64') return Buffer.from(words, 'base64').toString();
  if (encoding !== 'quoted-printable') return words;
  const bytes = words.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

/** Decodes a header with characters that are not ASCII (RFC 2047). */
const unworded = (header) => header.replace(/\?=\s+=\?/g, '?==?')
  .replace(/=\?utf-8\?b\?([^?]*)\?=/gi, (_, words) => Buffer.from(words, 'base64').toString());
