// The same app as `benches/peers/flask`, on better-auth and better-sqlite3: sign up, log in, a profile, log out.
//
// The benchmarks compare Vestibule with it. The variables `DATABASE` and `PORT` set its database file and its port. Node's
// module `cluster` starts one process for each core.

import cluster from "node:cluster";
import { createServer } from "node:http";
import { availableParallelism } from "node:os";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { fromNodeHeaders } from "better-auth/node";
import Database from "better-sqlite3";

const port = Number(process.env.PORT);
const database = new Database(process.env.DATABASE);
// As its documentation recommends.
database.pragma("journal_mode = WAL");

const options = {
  database,
  baseURL: `http://127.0.0.1:${port}`,
  secret: "only-for-measuring-only-for-measuring",
  emailAndPassword: { enabled: true },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
};

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escape = (text) => text.replace(/[&<>"']/g, (character) => ESCAPES[character]);

const page = (title, links, main) => `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title}</title>
</head>
<body>
  <nav>
    <ul>${links.map(([path, text]) => `\n      <li><a href="${path}">${text}</a></li>`).join("")}
    </ul>
  </nav>
  <main>${main}
  </main>
</body>
</html>`;

const profile = (name) =>
  page("Profile", [["/profile", "Profile"], ["/logout", "Logout"]], `\n    <h1>Welcome, ${escape(name)}!</h1>`);

const form = (title, fields) => {
  const kind = (field) => (field === "password" ? "password" : "text");
  const labels = fields.map((field) => `\n      <label>${field} <input name="${field}" type="${kind(field)}"></label>`);
  const links = [["/login", "Login"], ["/signup", "Sign Up"]];
  const shown = `\n    <h1>${title}</h1>\n    <form method="post">${labels.join("")}\n      <button>${title}</button>\n    </form>`;
  return page(title, links, shown);
};

const show = (text) => ({
  status: 200,
  headers: { "content-type": "text/html; charset=utf-8", "content-length": Buffer.byteLength(text) },
  text,
});

const redirect = (location, answer) => ({
  status: 303,
  headers: { location, "content-length": 0, "set-cookie": answer?.headers.getSetCookie() ?? [] },
  text: "",
});

async function fields(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Object.fromEntries(new URLSearchParams(Buffer.concat(parts).toString()));
}

function routes({ api }) {
  return {
    "GET /signup": () => show(form("Sign Up", ["email", "name", "password"])),
    "POST /signup": async (request) => {
      const answer = await api.signUpEmail({ body: await fields(request), asResponse: true });
      return redirect(answer.ok ? "/login" : "/signup");
    },
    "GET /login": () => show(form("Login", ["email", "password"])),
    "POST /login": async (request) => {
      const body = await fields(request);
      const answer = await api.signInEmail({ body, headers: fromNodeHeaders(request.headers), asResponse: true });
      return answer.ok ? redirect("/profile", answer) : redirect("/login");
    },
    "GET /profile": async (request) => {
      const session = await api.getSession({ headers: fromNodeHeaders(request.headers) });
      return session ? show(profile(session.user.name)) : redirect("/login");
    },
    "GET /logout": async (request) => {
      const answer = await api.signOut({ headers: fromNodeHeaders(request.headers), asResponse: true });
      return redirect("/login", answer);
    },
  };
}

function serve() {
  const known = routes(betterAuth(options));
  const server = createServer(async (request, response) => {
    const route = known[`${request.method} ${request.url}`];
    let answer = { status: 404, headers: { "content-length": 0 }, text: "" };
    try {
      if (route) answer = await route(request);
    } catch (error) {
      console.error(error);
      answer = { status: 500, headers: { "content-length": 0 }, text: "" };
    }
    response.writeHead(answer.status, answer.headers).end(answer.text);
  });
  // Clients keep their connections open, as with the other apps.
  server.keepAliveTimeout = 60_000;
  server.listen(port, "127.0.0.1");
}

if (cluster.isPrimary) {
  await (await getMigrations(options)).runMigrations();
  database.close();
  for (let worker = 0; worker < availableParallelism(); worker += 1) cluster.fork();
} else {
  serve();
}
