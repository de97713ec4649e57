//! Requests to an app on another library: sign-ups, logins, and the page.

use super::child::Server;
use super::client::{Connection, get, post};
use super::pages::CLIENTS;
use super::people::{self, PASSWORD};

/// A running app on another library, with users who are logged in.
pub struct Peer {
    pub server: Server,
    /// A session cookie for each user.
    cookies: Vec<String>,
}

/// How many users an app has that is measured next to ours: the first half requests pages, the other logs in.
pub const USERS: usize = 2 * CLIENTS;

/// The page of the first user. All apps must send exactly these bytes.
const PAGE: &[u8] = include_bytes!("../peers/profile.html");

impl Peer {
    /// Signs up users with the usual addresses and password, and logs them in.
    pub async fn with_users(server: Server, users: usize) -> Peer {
        let mut visitor = Connection::to(server.address);
        let mut cookies = Vec::new();
        for number in 1..=users {
            let (email, name) = (people::email(number), format!("Person {number}"));
            let form = [("email", email.as_str()), ("name", name.as_str()), ("password", PASSWORD)];
            let made = visitor.send(&post("/signup", &form)).await.unwrap();
            assert_eq!((made.status / 100, made.header("location")), (3, Some("/login")));
            let log_in = post("/login", &[("email", &email), ("password", PASSWORD)]);
            let entered = visitor.send(&log_in).await.unwrap();
            assert_eq!((entered.status / 100, entered.header("location")), (3, Some("/profile")));
            let cookie = entered.header("set-cookie").and_then(|cookie| cookie.split(';').next());
            cookies.push(cookie.unwrap().to_owned());
        }
        let page = visitor.send(&get("/profile", Some(&cookies[0]))).await.unwrap();
        assert_eq!(String::from_utf8_lossy(page.body), String::from_utf8_lossy(PAGE));
        Peer { server, cookies }
    }

    /// A request of the first user, with another cookie as well.
    pub fn request(&self, path: &str, cookie: &str) -> Vec<u8> {
        get(path, Some(&format!("{}; {cookie}", self.cookies[0])))
    }

    /// Clients that request the protected page, each as the next user.
    pub fn visitors(&self, clients: usize) -> Vec<Vec<Vec<u8>>> {
        let cookies = self.cookies.iter().cycle().take(clients);
        cookies.map(|cookie| vec![get("/profile", Some(cookie))]).collect()
    }
}
