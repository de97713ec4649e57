//! Random changes that make normal requests malformed. They are the same in every run.

use crate::visitor::{ADA, PASSWORD, Visitor};

const METHODS: [&str; 14] = [
    "GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "PROPFIND", "get",
    "GE T", "", "POST\0",
];

const PATHS: [&str; 34] = [
    "/",
    "/login",
    "/signup",
    "/profile",
    "/logout",
    "/reauthenticate",
    "/settings",
    "/settings/account",
    "/settings/devices",
    "/settings/devices/end",
    "/settings/activity",
    "/settings/close",
    "/settings/export",
    "/settings/password",
    "/forgot",
    "/reset",
    "/reset?token=AAAA",
    "/health",
    "/ready",
    "/static/style.css",
    "/nowhere",
    "//login",
    "/login/",
    "/%2e%2e/login",
    "/login?next=%2Fprofile",
    "/login?next=//evil.test",
    "/login?next=%00&next=%ff",
    "/static/../Cargo.toml",
    "/static/%00",
    "*",
    "http://localhost/login",
    "/.well-known/change-password",
    "/settings/account/%ff",
    "?",
];

/// Fragments on which parsers are known to fail.
const PIECES: [&str; 34] = [
    "%00",
    "%",
    "%zz",
    "%ff%fe",
    "\0",
    "\r\n",
    "\n",
    "\t",
    "\u{80}",
    "\u{202e}",
    "é",
    "//",
    "/../",
    "\\",
    ";",
    ",",
    "=",
    "&",
    "[]",
    ".",
    "\"",
    "<",
    "{{7*7}}",
    "' or 1=1 --",
    "_method=get",
    "&_method=put",
    "AAAAAAAAAAAAAAAA",
    "-1",
    "99999999999999999999",
    "null",
    "true",
    "__Host-",
    "::1",
    "127.0.0.1",
];

const HEADER_LINES: [&str; 30] = [
    "Accept: application/json",
    "Accept: text/html",
    "Accept: ,;q=,",
    "Sec-Fetch-Site: same-origin",
    "Sec-Fetch-Site: cross-site",
    "Sec-Fetch-Mode: cors",
    "Origin: null",
    "Origin: http://evil.test",
    "Origin: http://localhost:99999",
    "Host: evil.test",
    "Host:",
    "Content-Length: 5",
    "Content-Length: -1",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: gzip",
    "Expect: 100-continue",
    "Content-Type: application/json",
    "Content-Type: multipart/form-data; boundary=x",
    "Content-Type: text/plain",
    "Content-Type: x",
    "X-Forwarded-For: 1.2.3.4, ::1, nonsense",
    "X-Forwarded-Proto: https",
    "X-Real-IP: 1.2.3.4",
    "Forwarded: for=_x",
    "Upgrade: websocket",
    "Connection: upgrade",
    "If-None-Match: *",
    "Range: bytes=0-0",
    "User-Agent: \u{80}\u{ff}",
    "X-HTTP-Method-Override: DELETE",
];

/// Pseudorandom numbers, the same in every run (Steele's SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        (self.roll() % most.max(1) as u64) as usize
    }

    fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 0
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len())]
    }

    /// Changes a few bytes of a text, or none.
    fn change(&mut self, text: &mut Vec<u8>, one_in: usize) {
        while self.one_in(one_in) {
            let at = self.below(text.len() + 1);
            match self.below(6) {
                0 if at < text.len() => text[at] = self.roll() as u8,
                1 if at < text.len() => drop(text.remove(at)),
                2 => text.truncate(at),
                3 if text.len() < 4_096 => text.extend_from_within(at..),
                _ => drop(text.splice(at..at, self.pick(&PIECES).bytes())),
            }
        }
    }

    /// The next request. Its cookies may be changed too.
    pub fn request(&mut self, ada: &Visitor) -> Vec<u8> {
        let mut path = self.pick(&PATHS).as_bytes().to_vec();
        self.change(&mut path, 5);
        let mut body = Vec::new();
        for _ in 0..self.below(5) {
            let name = self.pick(&[
                "email",
                "password",
                "name",
                "next",
                "remember",
                "id",
                "new_password",
                "_method",
                "token",
                "x",
            ]);
            let value =
                self.pick(&[ADA, PASSWORD, "Ada", "on", "/profile", "//evil.test", "", "a@b", "not%20right"]);
            body.extend(format!("{name}={value}&").replace(' ', "+").bytes());
        }
        self.change(&mut body, 3);
        let post = self.one_in(2);
        let method = if self.one_in(6) {
            self.pick(&METHODS)
        } else if post {
            "POST"
        } else {
            "GET"
        };
        let mut head = [method.as_bytes(), b" ", &path, b" HTTP/1.1\r\n"].concat();
        let mut lines = vec![format!("Host: {}", ada.address).into_bytes(), b"Connection: close".to_vec()];
        if post {
            lines.push(b"Content-Type: application/x-www-form-urlencoded".to_vec());
            lines.push(format!("Content-Length: {}", body.len()).into_bytes());
        }
        let mut cookies = Vec::new();
        for (name, value) in &ada.jar {
            if self.one_in(4) {
                continue;
            }
            let mut cookie = format!("{}={value}; ", ada.cookie_name(name)).into_bytes();
            self.change(&mut cookie, 4);
            cookies.extend(cookie);
        }
        if self.one_in(3) {
            cookies.extend_from_slice(
                self.pick(&["_flash=7:success", "typed=x", "device=a.b", "session", "=; ;;"]).as_bytes(),
            );
        }
        lines.push([b"Cookie: ", &cookies[..]].concat());
        while self.one_in(2) {
            let mut line = self.pick(&HEADER_LINES).as_bytes().to_vec();
            self.change(&mut line, 5);
            lines.push(line);
        }
        head.extend(lines.join(&b"\r\n"[..]));
        self.change(&mut head, 12);
        [&head[..], b"\r\n\r\n", &body].concat()
    }
}
