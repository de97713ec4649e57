//! The choice of a step, and the steps of a visitor and of a thief with a copy of their cookies.

use rocket::http::Status;
use vestibule::features::email_links;
use vestibule::people::Actor;
use vestibule::people::Email;
use vestibule::services::links::Purpose;

use super::model::{Account, Jar};
use super::{ACCOUNTS, ADDRESSES, BROWSERS, NAMES, PASSWORDS, TICK, Walk};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

impl Walk {
    /// One random step, and then a visit with some browser.
    pub(super) fn step(&mut self) {
        self.wait(TICK);
        self.remove_unconfirmed();
        let (browser, account) = (self.below(BROWSERS), self.below(ACCOUNTS));
        self.trail.push(format!("{}: {browser} {account}", self.world.now));
        match self.below(100) {
            0..=21 => self.visit(browser, true),
            22..=27 => self.note("lost", |walk| walk.visit(browser, false)),
            28..=31 => self.note("two tabs", |walk| walk.tabs(browser)),
            32..=36 => self.note("sign up", |walk| walk.sign_up(browser, account)),
            37..=41 => self.note("confirm", |walk| walk.confirm(browser, account)),
            42..=54 => self.note("log in", |walk| walk.log_in(browser, account)),
            55..=57 => self.note("log out", |walk| walk.log_out(browser)),
            58..=60 => self.note("reauthenticate", |walk| walk.reauthenticate(browser)),
            61..=63 => self.note("change password", |walk| walk.change_password(browser)),
            64..=65 => self.note("end others", |walk| walk.end_others(browser)),
            66..=67 => self.note("reset", |walk| walk.reset(browser, account)),
            68..=69 => self.note("change address", |walk| walk.change_address(browser, account)),
            70..=74 => self.note("copy", |walk| walk.copy(browser)),
            75..=80 => self.note("close the browser", |walk| walk.close_browser(browser)),
            81..=90 => self.note("wait", |walk| walk.wait_long()),
            91..=92 => self.note("restart", |walk| walk.restart()),
            93..=97 => self.note("operator", |walk| walk.operator(account)),
            _ => self.note("sweep", |walk| walk.sweep()),
        }
        let other = self.below(BROWSERS);
        self.visit(other, true);
    }

    fn note(&mut self, what: &str, act: impl FnOnce(&mut Walk)) {
        self.trail.push(format!("  {what}"));
        act(self);
    }

    /// Two tabs send the same cookies, and both answers are kept.
    fn tabs(&mut self, browser: usize) {
        let (real, held) = (self.real[browser].clone(), self.held[browser].clone());
        self.visit(browser, true);
        let (newer_real, newer) = (self.real[browser].clone(), self.held[browser].clone());
        (self.real[browser], self.held[browser]) = (real, held.clone());
        self.visit(browser, true);
        // The second answer comes last, and changes only the cookies that it names.
        let again = self.held[browser].clone();
        if again.session == held.session {
            self.held[browser].session = newer.session;
            self.take_over(browser, "session", &newer_real);
        }
        if again.remember == held.remember {
            self.held[browser].remember = newer.remember;
            self.take_over(browser, "remember", &newer_real);
        }
    }

    fn take_over(&mut self, browser: usize, name: &str, from: &[(String, String)]) {
        self.real[browser].retain(|(known, _)| known != name);
        self.real[browser].extend(from.iter().filter(|(known, _)| known == name).cloned());
    }

    fn sign_up(&mut self, browser: usize, account: usize) {
        let (address, password) = (self.below(2), self.below(PASSWORDS.len()));
        // An address is also taken if it is kept for another account of theirs; the model signs up only
        // accounts that do not exist.
        if self.world.accounts[account].is_some() {
            return self.visit(browser, true);
        }
        let email = ADDRESSES[account][address];
        let (answer, seen) = self.both(
            browser,
            true,
            |visitor| visitor.sign_up(email, NAMES[account], PASSWORDS[password]),
            |world, _, seen| {
                if seen.is_none() {
                    let asked = world.now;
                    let new = Account { password, address, confirmed: false, disabled: false, asked };
                    world.accounts[account] = Some(new);
                    world.copies[account] = 0;
                }
            },
        );
        let leads = if seen.is_some() { "/profile" } else { "/confirm/new" };
        assert_eq!(answer.location(), leads, "{}", self.told());
    }

    /// With a link from the operator, and the right password or another.
    fn confirm(&mut self, browser: usize, account: usize) {
        let Some(state) =
            self.world.accounts[account].clone().filter(|state| !state.confirmed && !state.disabled)
        else {
            return self.visit(browser, true);
        };
        let email = ADDRESSES[account][state.address];
        let link = {
            let site = self.site();
            let (row, email) = (site.account(email), Email::parse(email).unwrap());
            let made = email_links::link_to_hand_over(
                &site.site,
                &row,
                &email,
                Purpose::Confirm,
                Actor::CommandLine,
            );
            site.runtime.block_on(made).unwrap()
        };
        self.ask_to_confirm(account);
        self.open(browser, &link.address);
        let typed = self.password(state.password);
        let (answer, _) = self.both(
            browser,
            true,
            |visitor| visitor.submit("/confirm", &[("password", PASSWORDS[typed])]),
            |world, jar, _| {
                if typed == state.password {
                    world.end_all(account);
                    if let Some(account) = &mut world.accounts[account] {
                        account.confirmed = true;
                    }
                    world.log_in(jar, account, false);
                }
            },
        );
        let status = if typed == state.password { Status::SeeOther } else { Status::UnprocessableEntity };
        assert_eq!(answer.status, status, "{}", self.told());
    }

    fn log_in(&mut self, browser: usize, account: usize) {
        let state = self.world.accounts[account].clone();
        let typed = self.password(state.as_ref().map_or(0, |state| state.password));
        let (remember, kept) = (self.one_in(2), !self.one_in(6));
        let address = state.as_ref().map_or(0, |state| state.address);
        let mut fields = vec![("email", ADDRESSES[account][address]), ("password", PASSWORDS[typed])];
        fields.extend(remember.then_some(("remember", "yes")));
        let right = state.is_some_and(|state| state.password == typed && state.confirmed && !state.disabled);
        let (answer, seen) = self.both(
            browser,
            kept,
            |visitor| visitor.submit("/login", &fields),
            |world, jar, seen| {
                if seen.is_none() && right {
                    world.log_in(jar, account, remember);
                }
            },
        );
        // While another account is logged in, nothing changes: the page offers to switch.
        let in_now = seen.map_or(right, |seen| seen.account == account);
        assert_eq!(answer.location() == "/profile", in_now, "{} {}", answer.location(), self.told());
    }

    fn log_out(&mut self, browser: usize) {
        let kept = !self.one_in(5);
        self.both(
            browser,
            kept,
            |visitor| visitor.post("/logout", ""),
            |world, jar, seen| {
                if let Some(seen) = seen {
                    world.log_out(jar, seen);
                }
            },
        );
    }

    fn reauthenticate(&mut self, browser: usize) {
        let Some(right) = self.password_of(browser) else { return self.visit(browser, true) };
        let (typed, kept) = (self.password(right), !self.one_in(5));
        self.both(
            browser,
            kept,
            |visitor| visitor.submit("/reauthenticate", &[("password", PASSWORDS[typed])]),
            |world, jar, seen| {
                if let Some(seen) = seen.filter(|_| typed == right) {
                    world.rotate(jar, seen.session);
                    world.make_fresh(seen.session);
                }
            },
        );
    }

    /// A thief copies what another browser holds, and uses it.
    fn copy(&mut self, from: usize) {
        let to = (from + 1 + self.below(BROWSERS - 1)) % BROWSERS;
        let only_device = self.one_in(2);
        (self.real[to], self.held[to]) = (self.real[from].clone(), self.held[from].clone());
        if only_device {
            self.close_browser(to);
        }
    }

    /// The cookies of this session alone are gone.
    fn close_browser(&mut self, browser: usize) {
        self.real[browser].retain(|(name, _)| name != "session");
        self.held[browser] = Jar { session: None, ..self.held[browser] };
    }

    fn wait_long(&mut self) {
        let most = [MINUTE, 2 * MINUTE, 10 * MINUTE, HOUR, 2 * HOUR, DAY, 20 * DAY][self.below(7)];
        let seconds = self.below(most as usize) as i64;
        // Now and then the clock is set back by a moment.
        let seconds = if self.one_in(6) { -TICK.min(seconds) } else { seconds };
        self.wait(seconds);
    }

    /// A link was made that can confirm an address.
    pub(super) fn ask_to_confirm(&mut self, account: usize) {
        let now = self.world.now;
        if let Some(account) = &mut self.world.accounts[account] {
            account.asked = now;
        }
    }
}
