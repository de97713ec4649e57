//! One visitor behind nginx: each request goes to the other instance than the request before.

use super::cluster::Cluster;
use super::nginx::Proxy;
use super::sites::{assert_consistent, ended_well, instance};
use crate::folder::Folder;
use crate::log::{events, named};
use crate::visitor::{ADA, Answer, PASSWORD, Visitor};

const NEW_PASSWORD: &str = "staple battery horse correct";

/// A visitor who records which instance answered.
struct Hopper {
    visitor: Visitor,
    answered: Vec<String>,
}

impl Hopper {
    fn heard(&mut self, answer: Answer) -> Answer {
        self.answered.push(answer.header("x-answered-by").to_owned());
        answer
    }

    fn get(&mut self, path: &str) -> Answer {
        let answer = self.visitor.get(path);
        self.heard(answer)
    }

    fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.visitor.post(path, fields);
        self.heard(answer)
    }

    /// Submits a form, follows the redirect, and asserts that the page confirms it.
    fn does(&mut self, path: &str, fields: &[(&str, &str)], leads: &str, words: &str) {
        let answer = self.post(path, fields);
        assert_eq!(answer.leads_to(), leads, "{path}: {answer:?}");
        let page = self.get(leads);
        assert!(
            page.status == 200 && page.body.contains(words),
            "{path}, then {leads}: {words:?} is not in {page:?}"
        );
    }
}

#[test]
#[ignore = "needs PostgreSQL and nginx"]
fn a_visitor_can_alternate_between_two_instances() {
    let what = "two instances behind nginx";
    let (Some(cluster), Some(proxy)) = (Cluster::start(&["fsync=off"], what), Proxy::new(what)) else {
        return;
    };
    let url = cluster.create("site");
    let folders = [Folder::new(), Folder::new()];
    let base = format!("http://{}", proxy.address);
    let start = |folder| {
        let run = instance(folder, &url).var("VESTIBULE_BASE_URL", &base).var("ROCKET_LOG_LEVEL", "debug");
        run.var("VESTIBULE_TRUSTED_PROXIES", "127.0.0.1").start()
    };
    let sites = [start(&folders[0]), start(&folders[1])];
    let addresses = [sites[0].address, sites[1].address];
    let _nginx = proxy.start(&addresses);
    let mut visitor = Visitor::at(proxy.address);
    visitor.headers = vec![format!("Origin: {base}"), "Sec-Fetch-Site: same-origin".to_owned()];
    let mut ada = Hopper { visitor, answered: Vec::new() };
    let credentials = [("email", ADA), ("password", PASSWORD)];

    assert_eq!(ada.get("/profile").status, 303);
    ada.does(
        "/signup",
        &[("email", ADA), ("name", "Ada"), ("password", PASSWORD)],
        "/login",
        "Your account is ready",
    );
    ada.does(
        "/login",
        &[("email", ADA), ("password", "not the password")],
        "/login",
        "check your login details",
    );
    ada.does("/login", &[credentials[0], credentials[1], ("remember", "yes")], "/profile", "Welcome, Ada!");
    for path in ["/settings/account", "/settings/devices", "/settings/activity", "/profile"] {
        assert_eq!(ada.get(path).status, 200, "{path}");
    }
    ada.does("/settings/account", &[("name", "Ada Lovelace")], "/settings/account", "Ada Lovelace");
    ada.does("/reauthenticate", &[("password", PASSWORD)], "/profile", "Ada Lovelace");
    // Another browser logs in. Then the first one logs it out.
    let mut other = Hopper { visitor: Visitor::at(proxy.address), answered: Vec::new() };
    assert_eq!(other.post("/login", &credentials).leads_to(), "/profile");
    assert_eq!(other.get("/profile").status, 200);
    ada.does(
        "/settings/devices/end-others",
        &[],
        "/settings/devices",
        "You have been logged out everywhere else.",
    );
    std::thread::sleep(std::time::Duration::from_secs(1)); // it may stay logged in for up to a second
    assert_eq!([other.get("/profile").status, other.get("/profile").status], [303, 303]);
    let fields = [("current_password", PASSWORD), ("new_password", NEW_PASSWORD)];
    ada.does("/settings/password", &fields, "/settings/account", "Your password has been changed.");
    assert_eq!(ada.post("/settings/export", &[]).status, 200);
    ada.does("/logout", &[], "/", "You have been logged out");
    assert_eq!([ada.get("/profile").status, ada.get("/profile").status], [303, 303]);
    ada.does("/login", &credentials, "/login", "check your login details");
    ada.does("/login", &[credentials[0], ("password", NEW_PASSWORD)], "/profile", "Ada Lovelace");
    let fields = [("email", ADA), ("password", NEW_PASSWORD)];
    let closed = ada.post("/settings/close", &fields);
    assert_eq!(closed.leads_to(), "/", "{closed:?}");
    assert_eq!([ada.get("/profile").status, ada.get("/profile").status], [303, 303]);

    let hops = ada.answered.windows(2).filter(|pair| pair[0] != pair[1]).count();
    println!("{} requests of one visitor, {hops} changes between two instances", ada.answered.len());
    assert_eq!(hops + 1, ada.answered.len(), "{:?}", ada.answered);
    for (site, address) in sites.into_iter().zip(addresses) {
        let answered = ada.answered.iter().filter(|by| **by == address.to_string()).count();
        assert!(answered > 10, "{address} answered {answered} times");
        let ended = site.stop();
        ended_well(&ended);
        let requests = events(&ended);
        assert!(
            !named(&requests, "authn_login_fail").is_empty()
                || !named(&requests, "authn_login_success").is_empty()
        );
    }
    assert_eq!(assert_consistent(&cluster, "site"), Vec::<String>::new(), "the account was deleted");
}
