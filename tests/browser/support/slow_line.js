// A slow line to the site. The answer to a form can be held back, so that there is time for a second click.

import { once } from 'node:events';
import { createServer, request } from 'node:http';

/**
 * Starts the site behind such a line. Its origin is that of the line.
 * @param {(settings: Record<string, string>) => Promise<object>} start from server.js
 * @param {Record<string, string>} settings additional `VESTIBULE_*` variables
 */
export async function startBehindSlowLine(start, settings = {}) {
  let port;
  let late = 0;
  let sent = 0;
  const line = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    let wait = 0;
    if (method === 'POST') {
      sent += 1;
      [wait, late] = [late, 0];
    }
    // The site answers even if the browser no longer waits for it.
    const onward = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (answer) => {
      setTimeout(() => {
        if (outgoing.destroyed) return answer.resume();
        outgoing.writeHead(answer.statusCode, answer.rawHeaders);
        return answer.pipe(outgoing);
      }, wait);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  line.listen(0, '127.0.0.1');
  await once(line, 'listening');
  const origin = `http://localhost:${line.address().port}`;
  const close = async () => {
    line.closeAllConnections();
    line.close();
    await once(line, 'close');
  };
  try {
    const site = await start({ ...settings, VESTIBULE_BASE_URL: origin });
    port = site.port;
    return {
      ...site,
      origin,
      /** Holds back the answer to the next form. */
      holdNext(ms) { late = ms; },
      /** How many forms were sent so far. */
      sent: () => sent,
      async stop() {
        await close();
        await site.stop();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
