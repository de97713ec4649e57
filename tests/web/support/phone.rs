//! A person's phone with an authenticator app: it shows codes, and they are tried without a page.

use vestibule::base::totp::{self, Code, TotpSecret};
use vestibule::people::{AccountId, ActorKind};
use vestibule::services::totp_app::{self, App, Checked, SetUp, Step};

use super::{PASSWORD, TestSite};

/// An app on a person's phone.
pub struct Phone {
    pub account: AccountId,
    pub secret: TotpSecret,
}

impl Phone {
    /// That of a new account. It was set up a minute ago.
    pub fn of(site: &TestSite, email: &str) -> Phone {
        site.visitor().sign_up(email, "Name", PASSWORD);
        let phone = Phone { account: site.account(email).id, secret: TotpSecret::generate() };
        assert_eq!(phone.set_up(site), SetUp::Added);
        phone
    }

    /// Sets this app up, in place of the one that the account has.
    pub fn set_up(&self, site: &TestSite) -> SetUp {
        let (account, secret, by) = (&self.account, &self.secret, ActorKind::Owner);
        let step = totp::step_at(site.clock.now()) - 2;
        site.runtime.block_on(async {
            let mut tx = site.db.begin_locked(&[account.lock_key()]).await.unwrap();
            let set_up = totp_app::put(&mut tx, &site.site, account, secret, step, by).await.unwrap();
            tx.commit().await.unwrap();
            set_up
        })
    }

    /// The code that it shows a number of steps from now.
    pub fn code(&self, site: &TestSite, distance: i64) -> Code {
        Code::at(&self.secret, totp::step_at(site.clock.now()) + distance)
    }

    /// A code that is right at no time near.
    pub fn wrong_code(&self, site: &TestSite) -> Code {
        let mut codes = (0..1_000_000).map(|number| Code::parse(&format!("{number:06}")).unwrap());
        let near = [-2, -1, 0, 1, 2].map(|distance| self.code(site, distance));
        codes.find(|code| !near.contains(code)).unwrap()
    }

    pub fn check(&self, site: &TestSite, code: &Code) -> Checked {
        let check = totp_app::check(&site.site, &self.account, code, site.clock.now());
        site.runtime.block_on(check).unwrap()
    }

    /// The step of a right code.
    pub fn step(&self, site: &TestSite, code: &Code) -> Step {
        let Checked::Right(step) = self.check(site, code) else { panic!("the code is not right") };
        step
    }

    /// Whether a code is right and counts.
    pub fn counts(&self, site: &TestSite, code: &Code) -> bool {
        match self.check(site, code) {
            Checked::Right(step) => site.runtime.block_on(consume(site, &self.account, &step)),
            _ => false,
        }
    }

    pub fn miss(&self, site: &TestSite) -> i64 {
        site.runtime.block_on(miss(site, &self.account))
    }

    pub fn summary(&self, site: &TestSite) -> Option<App> {
        site.runtime.block_on(totp_app::summary(&site.site, &self.account)).unwrap()
    }
}

/// Without the lock of the account: the statement alone decides.
pub async fn consume(site: &TestSite, account: &AccountId, step: &Step) -> bool {
    let mut tx = site.db.begin_locked(&[]).await.unwrap();
    let consumed = totp_app::consume(&mut tx, account, step, site.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    consumed
}

pub async fn miss(site: &TestSite, account: &AccountId) -> i64 {
    let mut tx = site.db.begin_locked(&[]).await.unwrap();
    let failed_codes = totp_app::miss(&mut tx, account, site.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    failed_codes
}
