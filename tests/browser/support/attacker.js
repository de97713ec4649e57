// Another site, whose page contains what a test sets.

import { createServer } from 'node:http';
import { once } from 'node:events';

/**
 * Serves one page at every address.
 * @param {string} host `127.0.0.1` is another site than `localhost`. `localhost` on another port is the same site with
 *     another origin: the browser sends it the cookies, as it would for another subdomain
 */
export async function startAttacker(host) {
  let body = '';
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' });
    response.end(`<!doctype html><title>Win a prize</title><body>${body}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://${host}:${server.address().port}`,
    /** @param {string} html the new content of the page */
    show(html) { body = html; },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
