//! Steps of the operator and of the machine: accounts are changed from outside, the program starts again, and what is
//! over is removed.

use vestibule::base::Password;
use vestibule::features::{account_changes, housekeeping};
use vestibule::people::Actor;
use vestibule::services::passwords;

use super::model::Account;
use super::{ACCOUNTS, ADDRESSES, NAMES, PASSWORDS, Walk};

impl Walk {
    pub(super) fn restart(&mut self) {
        let site = self.site.take().unwrap();
        self.site = Some(if self.one_in(2) { site.restarted() } else { site.killed() });
        // The program sweeps at its start.
        self.sweep();
    }

    /// Accounts that the program has removed because no one confirmed them: only those that it may remove.
    pub(super) fn remove_unconfirmed(&mut self) {
        for account in 0..ACCOUNTS {
            let Some(state) = self.world.accounts[account].clone() else { continue };
            if !self.exists(ADDRESSES[account][state.address]) {
                assert!(
                    self.world.may_be_removed(account),
                    "{} was removed too early; {}",
                    NAMES[account],
                    self.told()
                );
                self.world.accounts[account] = None;
            }
        }
    }

    fn exists(&self, email: &str) -> bool {
        let select = sqlx::query_scalar("select count(*) from accounts where email = $1");
        let site = self.site();
        let count: i64 =
            site.runtime.block_on(select.bind(email.to_owned()).fetch_one(site.db.reader())).unwrap();
        count == 1
    }

    pub(super) fn operator(&mut self, account: usize) {
        let Some(state) = self.world.accounts[account].clone() else { return };
        let (act, new) = (self.below(8), self.below(PASSWORDS.len()));
        let site = self.site();
        let row = site.account(ADDRESSES[account][state.address]);
        match act {
            0 => site
                .runtime
                .block_on(account_changes::delete(&site.site, &row, Actor::CommandLine))
                .unwrap()
                .unwrap(),
            1 | 2 if state.disabled => {
                site.runtime
                    .block_on(account_changes::enable(&site.site, &row.id, Actor::CommandLine))
                    .unwrap();
            }
            1 | 2 => site
                .runtime
                .block_on(account_changes::disable(&site.site, &row, Actor::CommandLine))
                .unwrap()
                .unwrap(),
            3 | 4 => {
                let password = Password::typed(PASSWORDS[new]);
                site.runtime
                    .block_on(passwords::replace(&site.site, &row, &password, Actor::CommandLine))
                    .unwrap();
            }
            _ => return,
        }
        match act {
            0 | 3 | 4 => self.world.end_all(account),
            _ if !state.disabled => self.world.end_all(account),
            _ => {}
        }
        self.world.accounts[account] = match act {
            0 => None,
            1 | 2 => Some(Account { disabled: !state.disabled, ..state }),
            _ => Some(Account { password: new, ..state }),
        };
    }

    /// What is over is removed, and what is left is what the model expects.
    pub(super) fn sweep(&mut self) {
        let (sessions, devices) = self.world.swept();
        let site = self.site();
        site.runtime.block_on(housekeeping::sweep(&site.site)).unwrap();
        let rows = (
            site.number("select count(*) from sessions"),
            site.number("select count(*) from remember_tokens"),
        );
        assert_eq!(rows, (sessions as i64, devices as i64), "rows of sessions and devices; {}", self.told());
        let copies = site.number("select count(*) from audit where event = 'device_reused'");
        let counted: usize = (0..ACCOUNTS)
            .filter(|at| self.world.accounts[*at].is_some())
            .map(|at| self.world.copies[at])
            .sum();
        // An email that waits keeps its account.
        if site.number("select count(*) from outbox where given_up_at is null") == 0 {
            for account in (0..ACCOUNTS).filter(|account| self.world.may_be_removed(*account)) {
                let address = self.world.accounts[account].as_ref().map_or(0, |account| account.address);
                let gone = !self.exists(ADDRESSES[account][address]);
                assert!(gone, "{} was not removed; {}", NAMES[account], self.told());
            }
        }
        // Old rows are removed too.
        assert!(copies <= counted as i64, "{copies} copies were recorded, {counted} found; {}", self.told());
    }
}
