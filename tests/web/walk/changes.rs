//! Steps that change an account: its password, its address, and where it is logged in.

use rocket::http::Status;
use vestibule::features::email_links;
use vestibule::people::Actor;
use vestibule::people::Email;

use super::{ADDRESSES, NAMES, PASSWORDS, Walk};

impl Walk {
    pub(super) fn change_password(&mut self, browser: usize) {
        let Some(right) = self.password_of(browser) else { return };
        let (typed, kept) = (self.password(right), !self.one_in(5));
        let new = (right + 1 + self.below(PASSWORDS.len() - 1)) % PASSWORDS.len();
        let fields = [("current_password", PASSWORDS[typed]), ("new_password", PASSWORDS[new])];
        let (answer, seen) = self.both(
            browser,
            kept,
            |visitor| visitor.submit("/settings/password", &fields),
            |world, jar, seen| {
                if let Some(seen) = seen.filter(|seen| seen.fresh && typed == right && typed != new) {
                    world.end_others(jar, seen);
                    world.make_fresh(seen.session);
                    if let Some(account) = &mut world.accounts[seen.account] {
                        account.password = new;
                    }
                }
            },
        );
        let leads = match seen {
            None => "/login",
            Some(seen) if !seen.fresh => "/reauthenticate",
            Some(_) if typed != right || typed == new => "",
            Some(_) => "/settings/account",
        };
        assert!(answer.location().starts_with(leads), "{leads}: {} {}", answer.location(), self.told());
    }

    pub(super) fn end_others(&mut self, browser: usize) {
        let kept = !self.one_in(5);
        self.both(
            browser,
            kept,
            |visitor| visitor.post("/settings/devices/end-others", ""),
            |world, jar, seen| {
                if let Some(seen) = seen {
                    world.end_others(jar, seen);
                }
            },
        );
    }

    pub(super) fn reset(&mut self, browser: usize, account: usize) {
        let Some(state) = self.world.accounts[account].clone().filter(|state| !state.disabled) else {
            return self.visit(browser, true);
        };
        let link = self.site().reset_link(ADDRESSES[account][state.address]);
        self.ask_to_confirm(account);
        self.open(browser, &link);
        let new = self.below(PASSWORDS.len());
        let (answer, _) = self.both(
            browser,
            true,
            // The page asks for the name if no one has confirmed the address.
            |visitor| visitor.submit("/reset", &[("name", NAMES[account]), ("new_password", PASSWORDS[new])]),
            |world, _, _| {
                world.end_all(account);
                if let Some(account) = &mut world.accounts[account] {
                    (account.password, account.confirmed) = (new, true);
                }
            },
        );
        assert_eq!(answer.location(), "/login", "{}", self.told());
    }

    /// With a link from the operator. It logs no one out.
    pub(super) fn change_address(&mut self, browser: usize, account: usize) {
        let Some(state) = self.world.accounts[account].clone().filter(|state| !state.disabled) else {
            return self.visit(browser, true);
        };
        let [old, new] = [state.address, 1 - state.address].map(|address| ADDRESSES[account][address]);
        let link = {
            let site = self.site();
            let (row, new) = (site.account(old), Email::parse(new).unwrap());
            site.runtime
                .block_on(email_links::link(&site.site, &row, &new, Actor::CommandLine))
                .unwrap()
                .unwrap()
                .address
        };
        self.open(browser, &link);
        let typed = self.password(state.password);
        let (answer, _) = self.both(
            browser,
            true,
            |visitor| visitor.submit("/change-email", &[("password", PASSWORDS[typed])]),
            |world, _, _| {
                if let Some(account) = world.accounts[account].as_mut().filter(|_| typed == state.password) {
                    (account.address, account.confirmed) = (1 - state.address, true);
                }
            },
        );
        let status = if typed == state.password { Status::SeeOther } else { Status::UnprocessableEntity };
        assert_eq!(answer.status, status, "{}", self.told());
    }
}
