//! Visitors who are logged in, without a sign-up and a login: the rows and the cookie that those would leave. No password
//! is hashed for it.

#![allow(clippy::panic, reason = "a test may stop")]

use rocket::http::Cookie;

use super::site::TestSite;
use super::visitor::Visitor;
use crate::base::{Client, Site, Tx};
use crate::people::accounts;
use crate::people::groups::{self, GroupName, GroupTitle};
use crate::people::sessions::{self, Authenticated, Method};
use crate::people::{AccountId, Actor, Email, Name, belongings};
use crate::services::passwords;
use crate::web;

/// The password of those who are logged in, which the rules accept.
pub const PASSWORD: &str = "correct horse battery";

/// Its hash, with the parameters of the tests.
const HASH: &str =
    "$argon2id$v=19$m=64,t=1,p=1$c2FsdCBmb3IgdGVzdGluZw$C3Zcm3R5u6bsq+zzPQuIsCbpDlraIW4/RD/XtdqtsKI";

impl TestSite {
    /// A visitor who is logged in with this address. If it has no account yet, it gets one: confirmed, with the
    /// password [`PASSWORD`], and a name made from the address. Each call is another browser.
    pub fn logged_in(&self, email: &str) -> Visitor<'_> {
        let token = self.block_on(log_in(&self.site, email));
        let token = token.unwrap_or_else(|error| panic!("{email} cannot be logged in: {error}"));
        let name = if self.site.is_https() { "__Host-session" } else { "session" };
        // Rocket encrypts the cookie as it would for an answer.
        let full_name = self.cookie_name(name);
        let request = self.client.get("/").private_cookie(Cookie::new(full_name.clone(), token));
        let value = request.inner().cookies().get(&full_name).map(|cookie| cookie.value().to_owned());
        let mut visitor = self.visitor();
        visitor.plant(name, &value.unwrap_or_default());
        visitor
    }

    /// Adds an account to a group, which is created if there is none of this name.
    pub fn add_to_group(&self, email: &str, group: &str) {
        let name = GroupName::parse(group).unwrap_or_else(|| panic!("{group:?} is not the name of a group"));
        let added: web::Result<()> = self.block_on(async {
            let site = &self.site;
            let account = accounts::by_email(&site.db, &parsed(email)).await?;
            let account = account.unwrap_or_else(|| panic!("{email} has no account: begin with logged_in"));
            groups::create(site, &name, &GroupTitle::of(&name), Actor::CommandLine).await?;
            groups::add(site, &name, &account.id, Actor::CommandLine).await?;
            Ok(())
        });
        added.unwrap_or_else(|error| panic!("{email} cannot be added to {group}: {error}"));
    }

    /// Proof of who the owner of an account is, as what verifies a method makes it now; and each other method in
    /// addition.
    #[doc(hidden)]
    pub fn proof(&self, account: &AccountId, method: Method, others: &[Method]) -> Authenticated {
        let now = self.clock.now();
        let first = Authenticated::by(method, account, now);
        others.iter().fold(first, |proof, method| proof.and(*method, now))
    }

    /// The same by a passkey alone.
    #[doc(hidden)]
    pub fn proof_by_passkey(&self, account: &AccountId, passkey_id: &str) -> Authenticated {
        Authenticated::by_passkey(account, passkey_id, self.clock.now())
    }
}

/// Starts a session. Returns its token.
async fn log_in(site: &Site, email: &str) -> web::Result<String> {
    let address = parsed(email);
    let found = accounts::by_email(&site.db, &address).await?;
    let mut tx = site.db.begin_locked(&[address.lock_key()]).await?;
    let account = match found {
        Some(account) => account.id,
        None => sign_up(&mut tx, site, &address).await?,
    };
    let by = Authenticated::by(Method::Password, &account, site.clock.now());
    let started = sessions::start(&mut tx, site, &by, false, &Client::default()).await?;
    tx.commit().await?;
    Ok(started.session.reveal())
}

/// Creates an account, as the operator does: its address counts as confirmed.
async fn sign_up(tx: &mut Tx, site: &Site, email: &Email) -> web::Result<AccountId> {
    let now = site.clock.now();
    let account = accounts::insert(tx, email, &name_for(email), now).await?;
    let account = account.unwrap_or_else(|| panic!("{} has an account already", email.as_str()));
    passwords::insert(tx, site, &account, HASH).await?;
    belongings::confirm(tx, site, &account, Actor::CommandLine, now).await?;
    belongings::made(tx, site, &account).await?;
    Ok(account)
}

fn parsed(email: &str) -> Email {
    Email::parse(email).unwrap_or_else(|| panic!("{email:?} is not an email address"))
}

/// `Ada` for `ada@example.org`.
fn name_for(email: &Email) -> Name {
    let local = email.as_str().split('@').next().unwrap_or_default();
    let mut letters = local.chars();
    let name: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    Name::parse(&name).unwrap_or_else(|error| panic!("{name:?} is not a name: {error:?}"))
}
