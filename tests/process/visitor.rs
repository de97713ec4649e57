//! A visitor with cookies over plain TCP, and the address where a site says that it is; and changes to a database file
//! without the program.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, SqliteConnection};

/// A password that the rules accept.
pub const PASSWORD: &str = "correct horse battery";
/// The address that Ada signs up with.
pub const ADA: &str = "ada@example.org";

/// The address in the line that says that the site is ready. By its name it is reached on one of the loopback addresses, as
/// browsers find out too.
pub fn announced_address(line: &str) -> Option<SocketAddr> {
    let (host, port) = line.split("http://").nth(1)?.split(' ').next()?.rsplit_once(':')?;
    let port = port.parse().ok()?;
    if host == "localhost" {
        let here = [IpAddr::from(Ipv4Addr::LOCALHOST), IpAddr::from(Ipv6Addr::LOCALHOST)];
        return here
            .map(|ip| SocketAddr::new(ip, port))
            .into_iter()
            .find(|at| TcpStream::connect(at).is_ok());
    }
    Some((host.trim_matches(['[', ']']).parse::<IpAddr>().ok()?, port).into())
}

/// A complete response.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    fn parse(bytes: &[u8]) -> io::Result<Answer> {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").ok_or(io::ErrorKind::UnexpectedEof)?;
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
        let headers = lines.filter_map(|line| line.split_once(": "));
        let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
        Ok(Answer { status: status.ok_or(io::ErrorKind::InvalidData)?, headers, body: body.to_owned() })
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The files that a page names.
    pub fn files(&self) -> Vec<String> {
        let page = self.body.replace("&#x2F;", "/");
        page.split('"').filter(|text| text.starts_with("/static/")).map(str::to_owned).collect()
    }

    /// The path of a 303 redirect, or an empty string.
    pub fn leads_to(&self) -> &str {
        if self.status == 303 { self.header("location") } else { "" }
    }
}

/// A visitor.
#[derive(Clone)]
pub struct Visitor {
    pub address: SocketAddr,
    /// Cookies by name, without the six letters that are added to it on plain HTTP.
    pub jar: BTreeMap<String, String>,
    /// The full names of these cookies.
    pub names: BTreeMap<String, String>,
    /// Headers sent with each request, one per line.
    pub headers: Vec<String>,
}

impl Visitor {
    pub fn at(address: SocketAddr) -> Visitor {
        Visitor { address, jar: BTreeMap::new(), names: BTreeMap::new(), headers: Vec::new() }
    }

    /// Ada, who has signed up and logged in.
    pub fn ada(address: SocketAddr) -> Visitor {
        let mut ada = Visitor::at(address);
        assert_eq!(ada.sign_up(ADA).leads_to(), "/login");
        assert!(!ada.is_logged_in(), "signing up does not log in");
        assert_eq!(ada.log_in(ADA, PASSWORD).leads_to(), "/profile");
        assert!(ada.is_logged_in());
        ada
    }

    /// The same visitor with all cookies, at another address of the site.
    pub fn again_at(&self, address: SocketAddr) -> Visitor {
        Visitor { address, ..self.clone() }
    }

    pub fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, "").unwrap()
    }

    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send("POST", path, &form(fields)).unwrap()
    }

    /// Requests a page under another host name.
    pub fn named(&self, host: &str, path: &str) -> Answer {
        let mut stream = self.connect().unwrap();
        let head = self.head("GET", path, 0).replacen(&self.address.to_string(), host, 1);
        let head = head.replacen("\r\n", "\r\nConnection: close\r\n", 1);
        stream.write_all(head.as_bytes()).unwrap();
        self.clone().read(&mut stream).unwrap()
    }

    /// Signs up with the usual password.
    pub fn sign_up(&mut self, email: &str) -> Answer {
        self.post("/signup", &[("email", email), ("name", "Ada"), ("password", PASSWORD)])
    }

    pub fn log_in(&mut self, email: &str, password: &str) -> Answer {
        self.post("/login", &[("email", email), ("password", password)])
    }

    /// Whether the visitor is logged in.
    pub fn is_logged_in(&mut self) -> bool {
        let profile = self.get("/profile");
        match profile.status {
            200 => profile.body.contains("Welcome, Ada!"),
            303 if profile.header("location").starts_with("/login") => false,
            _ => panic!("neither logged in nor logged out: {profile:?}"),
        }
    }

    /// The head of a request, with the length of its body.
    pub fn head(&self, method: &str, path: &str, length: usize) -> String {
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n", self.address);
        if !self.jar.is_empty() {
            let cookies: Vec<_> =
                self.jar.iter().map(|(name, value)| format!("{}={value}", self.cookie_name(name))).collect();
            head += &format!("Cookie: {}\r\n", cookies.join("; "));
        }
        self.headers.iter().for_each(|line| head += &format!("{line}\r\n"));
        if method == "POST" {
            head +=
                &format!("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n");
        }
        head + "\r\n"
    }

    /// A connection to the site.
    pub fn connect(&self) -> io::Result<TcpStream> {
        let stream = TcpStream::connect(self.address)?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        Ok(stream)
    }

    /// Sends a request on a new connection.
    pub fn send(&mut self, method: &str, path: &str, body: &str) -> io::Result<Answer> {
        let mut stream = self.connect()?;
        let head = self.head(method, path, body.len()).replacen("\r\n", "\r\nConnection: close\r\n", 1);
        stream.write_all((head + body).as_bytes())?;
        self.read(&mut stream)
    }

    /// The full name of a cookie.
    pub fn cookie_name<'n>(&'n self, name: &'n str) -> &'n str {
        self.names.get(name).map_or(name, String::as_str)
    }

    /// Reads an answer to the end of the connection and keeps its cookies.
    pub fn read(&mut self, stream: &mut TcpStream) -> io::Result<Answer> {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        let answer = Answer::parse(&bytes)?;
        for (_, cookie) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (whole, rest) = cookie.split_once('=').unwrap();
            let name = match whole.rsplit_once('-') {
                Some((name, mark))
                    if mark.len() == 6 && mark.bytes().all(|byte| byte.is_ascii_lowercase()) =>
                {
                    name
                }
                _ => whole,
            };
            self.names.insert(name.to_owned(), whole.to_owned());
            let value = rest.split(';').next().unwrap();
            match rest.contains("Max-Age=0") {
                true => self.jar.remove(name),
                false => self.jar.insert(name.to_owned(), value.to_owned()),
            };
        }
        Ok(answer)
    }
}

/// Waits for the start of a second. Pauses are counted in whole seconds, and the first lasts one.
pub fn wait_for_a_second_to_begin() {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    std::thread::sleep(Duration::from_nanos(u64::from(1_000_000_000 - now.subsec_nanos())));
}

/// Fields as a browser sends them.
pub fn form(fields: &[(&str, &str)]) -> String {
    let encoded = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
}

/// Sign up, log in, see the profile with its styles, log out.
pub fn whole_story(address: SocketAddr) {
    let mut ada = Visitor::ada(address);
    let files = ada.get("/profile").files();
    let style = files.iter().find(|file| file.ends_with(".css")).expect("a page has a stylesheet");
    let style = ada.get(style);
    assert_eq!((style.status, style.header("content-type")), (200, "text/css; charset=utf-8"));
    assert!(style.body.len() > 500, "{style:?}");
    assert_eq!(ada.post("/logout", &[]).leads_to(), "/");
    assert!(!ada.is_logged_in());
}

/// Changes a database file without the program.
pub fn sql(file: &Path, statements: &[&str]) {
    behind_its_back(file, async |connection| {
        for statement in statements {
            connection.execute(AssertSqlSafe(statement.to_string())).await.unwrap();
        }
    });
}

/// How many rows a table of a stopped site has.
pub fn rows(file: &Path, table: &str) -> i64 {
    let count = AssertSqlSafe(format!("select count(*) from {table}"));
    behind_its_back(file, async |connection| sqlx::query_scalar(count).fetch_one(connection).await.unwrap())
}

/// The texts of a query's first column.
pub fn texts_of(file: &Path, query: &str) -> Vec<String> {
    let query = AssertSqlSafe(query.to_owned());
    behind_its_back(file, async |connection| sqlx::query_scalar(query).fetch_all(connection).await.unwrap())
}

fn behind_its_back<T>(file: &Path, act: impl AsyncFnOnce(&mut SqliteConnection) -> T) -> T {
    let runtime = rocket::tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let options = SqliteConnectOptions::new().filename(file).create_if_missing(true);
        let mut connection = options.connect().await.unwrap();
        let done = act(&mut connection).await;
        connection.close().await.unwrap();
        done
    })
}
