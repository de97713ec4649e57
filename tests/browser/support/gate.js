// The gate as visitors meet it, over TLS: two apps, one behind nginx and one behind Caddy, each with what `app snippet` prints;
// and the login host behind nginx. All names are of this machine, since they end in `.localhost`.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, startServer } from './server.js';
import { certificate } from './tls_proxy.js';

const START_MS = 20_000;
const STEP_MS = 25;
const SBIN = '/usr/sbin:/usr/local/sbin:/sbin';
const PATH = `${process.env.PATH}:${SBIN}`;

/** Which of the tools that this needs is missing, if any. */
export function missing() {
  const tools = { openssl: ['version'], nginx: ['-v'], caddy: ['version'] };
  const absent = Object.keys(tools).filter((tool) => spawnSync(tool, tools[tool], { env: { ...process.env, PATH } }).error);
  return absent.length > 0 && `not installed: ${absent.join(', ')}`;
}

const running = new Set();
// Stops what a test file started, however it ends.
process.on('exit', () => running.forEach(({ child, folder }) => {
  child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}));

/**
 * Starts it.
 * @returns the site, `login`, the origin of the login host, the two `apps` by name, and `stop`
 */
export async function startGate() {
  const names = ['login', 'wiki', 'notes'];
  const [site, ...ports] = await freePorts(4);
  const [login, wiki, notes] = names.map((name, at) => `https://${name}.localhost:${ports[at]}`);
  const pem = await certificate(names.map((name) => `${name}.localhost`));
  const server = await startServer({ VESTIBULE_BASE_URL: login, VESTIBULE_TRUSTED_PROXIES: '127.0.0.1' }, { port: site });
  const apps = { wiki: await startApp('Wiki', wiki), notes: await startApp('Notes', notes) };
  const proxies = [];
  const stop = async () => {
    await Promise.all(proxies.map((proxy) => proxy.stop()));
    await Promise.all(Object.values(apps).map((app) => app.stop()));
    await server.stop();
  };
  try {
    await server.command('group', 'create', 'family');
    for (const [name, { origin, title }] of Object.entries(apps)) {
      await server.command('app', 'add', name, '--title', title, '--at', origin, '--group', 'family');
    }
    const printed = async (name, proxy) => (
      server.command('--port', `${site}`, 'app', 'snippet', name, proxy, '--app', `127.0.0.1:${apps[name].port}`));
    proxies.push(await startNginx(await printed('wiki', 'nginx'), pem, { port: ports[0], site }));
    proxies.push(await startCaddy(await printed('notes', 'caddy'), pem));
    await Promise.all(ports.map((port) => opened(port, proxies)));
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
  return { server, login, apps, stop };
}

async function freePorts(count) {
  const ports = new Set();
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}

/** An app that shows who is there, has a form, and keeps what it was asked. */
async function startApp(title, origin) {
  const asked = [];
  const server = createServer((request, response) => {
    const { method, url, headers } = request;
    asked.push({ method, url, headers });
    const text = (name) => Buffer.from(headers[name] ?? '', 'latin1').toString('utf8').replaceAll('<', '&lt;');
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' });
    response.end(`<!doctype html><html lang="en"><title>${title}</title><link rel="icon" href="data:,"><main><h1>${title}</h1>
      <p id="who">${text('remote-user')} | ${text('remote-name')} | ${text('remote-groups')}</p>
      <p id="page">${method} ${url.replaceAll('<', '&lt;')}</p>
      <form method="post" action="/save"><input name="text" aria-label="Text"><button>Save</button></form>
      <p><a href="/.vestibule/out">Log out</a></p></main>`);
    request.resume();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    title,
    origin,
    port: server.address().port,
    /** What it was asked since the last time. */
    taken: () => asked.splice(0),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** nginx with the printed files, and with a server for the login host. The operator's part is the certificate. */
async function startNginx(printed, pem, { port, site }) {
  const folder = await mkdtemp(path.join(tmpdir(), 'vestibule-nginx-'));
  const file = path.join(folder, 'all.pem');
  await writeFile(file, pem, { mode: 0o600 });
  const certified = printed.replace(/# (ssl_certificate(?:_key)? +)\S+;/g, `$1${file};`);
  await writeFiles(certified, '/etc/nginx', folder);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/${kind};`);
  // Another user could not open the folder.
  const user = process.getuid() === 0 ? 'user root;' : '';
  await writeFile(path.join(folder, 'nginx.conf'), `daemon off; master_process off; pid ${folder}/pid; ${user}
    events {}
    http {
      access_log off;
      ${temporary.join(' ')}
      server {
        listen 127.0.0.1:${port} ssl;
        server_name login.localhost;
        ssl_certificate ${file};
        ssl_certificate_key ${file};
        location / {
          proxy_pass http://127.0.0.1:${site};
          proxy_set_header Host $http_host;
          proxy_set_header X-Forwarded-For $remote_addr;
        }
      }
      include ${folder}/conf.d/*.conf;
    }\n`);
  return start('nginx', ['-p', folder, '-c', path.join(folder, 'nginx.conf'), '-e', 'stderr'], folder);
}

/** Caddy with the printed file. It opens no port for its administration, none for http, and speaks no HTTP/3. */
async function startCaddy(printed, pem) {
  const folder = await mkdtemp(path.join(tmpdir(), 'vestibule-caddy-'));
  const file = path.join(folder, 'all.pem');
  await writeFile(file, pem, { mode: 0o600 });
  await writeFiles(printed.replace(/# tls \S+ \S+/, `tls ${file} ${file}`), '/etc/caddy', folder);
  const options = '{\n\tadmin off\n\tauto_https disable_redirects\n\tservers {\n\t\tprotocols h1 h2\n\t}\n}\n';
  await writeFile(path.join(folder, 'main'), `${options}import Caddyfile\n`);
  return start('caddy', ['run', '--adapter', 'caddyfile', '--config', path.join(folder, 'main')], folder);
}

/** Writes the files that were printed, each below a comment with its name. */
async function writeFiles(printed, own, folder) {
  const files = printed.split(new RegExp(`^(?:#|--) ${own}/(\\S+)\n`, 'm')).slice(1);
  for (let at = 0; at < files.length; at += 2) {
    const file = path.join(folder, files[at]);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `${files[at + 1].trim()}\n`);
  }
}

function start(program, words, folder) {
  const env = { PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  const child = spawn(program, words, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const proxy = { program, child, folder, log: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => { proxy.log += text; });
  }
  running.add(proxy);
  const ended = new Promise((resolve) => {
    child.on('exit', resolve);
    child.on('error', resolve);
  });
  proxy.stop = async () => {
    child.kill('SIGTERM');
    await ended;
    running.delete(proxy);
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  return proxy;
}

/** Waits until somebody listens on a port. */
async function opened(port, proxies) {
  const end = Date.now() + START_MS;
  while (!await listens(port)) {
    const dead = proxies.find(({ child }) => child.exitCode !== null);
    if (dead || Date.now() > end) throw new Error(`nobody listens on ${port}:\n${proxies.map(({ log }) => log).join('\n')}`);
    await pause(STEP_MS);
  }
}

function listens(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => { socket.destroy(); resolve(true); });
    socket.on('error', () => resolve(false));
  });
}
