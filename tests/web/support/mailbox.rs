//! The emails of a test's site, and their content.

use vestibule::base::mailer::Mail;
use vestibule::people::Actor;
use vestibule::people::{Account, Email, accounts};
use vestibule::services::links::{self, Purpose};

use super::{PASSWORD, Setup, TestSite, Visitor, link_in};

/// The address that Ada signs up with.
pub const ADA: &str = "ada@example.org";

impl Setup {
    /// Turns email on; it is kept in memory.
    pub fn mail(self) -> Setup {
        Setup(self.0.with_email())
    }
}

impl TestSite {
    /// The account with an address.
    pub fn account(&self, email: &str) -> Account {
        let email = Email::parse(email).unwrap();
        self.runtime.block_on(accounts::by_email(&self.db, &email)).unwrap().unwrap()
    }

    /// A reset link as the operator hands it out, without the site's own address.
    pub fn reset_link(&self, email: &str) -> String {
        let (account, email) = (self.account(email), Email::parse(email).unwrap());
        let made = links::make(&self.site, &account.id, &email, Purpose::Reset, Actor::CommandLine);
        let link = self.runtime.block_on(made).unwrap();
        link.address.strip_prefix("http://localhost:8000").unwrap().to_owned()
    }

    /// The subjects of the emails to one address.
    pub fn subjects(&self, address: &str) -> Vec<String> {
        self.mails().into_iter().filter(|mail| mail.to == address).map(|mail| mail.subject).collect()
    }

    /// The newest email to an address.
    pub fn newest(&self, address: &str) -> Mail {
        self.mails()
            .into_iter()
            .rfind(|mail| mail.to == address)
            .unwrap_or_else(|| panic!("none to {address}"))
    }

    /// The link in the newest email to an address, without the site's own address.
    pub fn mailed_link(&self, address: &str) -> String {
        link_in(&self.newest(address))
    }

    /// Ada, who signed up, confirmed her address with the email, and is logged in.
    pub fn ada_by_mail(&self) -> Visitor<'_> {
        let mut ada = self.visitor();
        assert_eq!(ada.sign_up(ADA, "Ada", PASSWORD).location(), "/confirm/new");
        let link = self.mailed_link(ADA);
        assert_eq!(ada.get(&link).location(), "/confirm");
        assert_eq!(ada.submit("/confirm", &[("password", PASSWORD)]).location(), "/profile");
        ada
    }
}
