//! The emails of a test's site.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

use super::site::TestSite;
use crate::base::mailer::Mail;
use crate::services::outbox;

impl TestSite {
    /// All emails that were sent by now, oldest first. There are none unless email is on
    /// ([`Setup::mail`](crate::testing::Setup::mail)).
    pub fn emails(&self) -> Vec<Mail> {
        self.block_on(outbox::deliver(&self.site)).unwrap();
        // The server's own task may be sending one. An email that is to wait is not sent.
        let now = self.clock.now().unix();
        let at_work = format!(
            "select count(*) from outbox where given_up_at is null and last_error is null \
             and (attempts > 0 or due_at <= {now})"
        );
        let at_work: &'static str = at_work.leak();
        while self.number(at_work) > 0 {
            std::thread::yield_now();
        }
        self.site.mailer.kept()
    }

    /// The link in the newest email to an address, without the site's own address: what its reader opens.
    pub fn emailed_link(&self, address: &str) -> String {
        let emails = self.emails().into_iter();
        let newest = emails.rev().find(|email| email.to == address);
        link_in(&newest.unwrap_or_else(|| panic!("there is no email to {address}")))
    }
}

/// The link in an email, without the site's own address. Text and HTML contain the same one.
pub fn link_in(email: &Mail) -> String {
    let line =
        email.text.lines().find(|line| line.contains("?token=")).unwrap_or_else(|| panic!("{}", email.text));
    let (_, address) = line.trim().split_once("://").unwrap();
    let path = &address[address.find('/').unwrap()..];
    let escaped = path.replace('/', "&#x2F;");
    assert!(email.html.contains(path) || email.html.contains(&escaped), "{}", email.html);
    path.to_owned()
}
