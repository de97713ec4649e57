// A TLS proxy in front of the site, under names that only the test's browser knows.

import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { createServer } from 'node:https';
import { promisify } from 'node:util';

/** Whether a certificate can be made. */
export const hasOpenssl = () => !spawnSync('openssl', ['version']).error;

/** A certificate that no one has signed, and its key, in one PEM text. */
export async function certificate(names) {
  const { stdout } = await promisify(execFile)('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', `/CN=${names[0]}`,
    '-addext', `subjectAltName=${names.map((name) => `DNS:${name}`).join()}`, '-keyout', '-', '-out', '-',
  ]);
  return stdout;
}

/**
 * Starts the proxy on a free port. It answers 502 until it leads to a site.
 * @param {string[]} names that it is reached by
 */
export async function startTlsProxy(names) {
  const pem = await certificate(names);
  let site;
  const asked = [];
  const cut = new Set();
  const server = createServer({ key: pem, cert: pem }, (incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    asked.push({ method, address: `https://${headers.host}${path}`, headers });
    if (!site || cut.has(headers.host)) {
      outgoing.writeHead(502).end();
      return;
    }
    const onward = request({ host: '127.0.0.1', port: site, method, path, headers: forwarded(incoming), agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const to = `127.0.0.1:${server.address().port}`;
  return {
    /** Arguments of a Chromium that finds the names here, and no other name, and does not ask who signed the certificate. */
    args: [
      `--host-resolver-rules=${names.map((name) => `MAP ${name}:443 ${to}, `).join('')}MAP * ~NOTFOUND`,
      '--ignore-certificate-errors',
    ],
    /** Which requests came, oldest first. */
    asked,
    /** Lets all names lead to a port of this machine. */
    leadTo(port) {
      site = port;
      cut.clear();
    },
    /** Acts as if a name no longer led there. */
    cutOff(name) { cut.add(name); },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What a proxy says about the visitor (docs/proxy.md). */
const forwarded = ({ headers, socket }) => ({ ...headers, 'x-forwarded-for': socket.remoteAddress, 'x-forwarded-proto': 'https' });
