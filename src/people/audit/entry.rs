//! One event: written in the transaction that caused it, and logged after the commit.

use log::Level;

use super::detail::Detail;
use super::event::Event;
use super::store;
use crate::base::{Client, Site, Time, Tx};
use crate::people::accounts::AccountId;
use crate::people::actor::Actor;

/// What happened, to which account, and who did it.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'e> {
    /// The event.
    pub event: Event,
    /// The account. `None` if it does not exist.
    pub account: Option<&'e AccountId>,
    /// Who caused it, and from where.
    pub actor: Actor<'e>,
}

impl Entry<'_> {
    /// Writes the event in the transaction that causes it.
    pub async fn write(&self, tx: &mut Tx, now: Time) -> sqlx::Result<()> {
        self.write_with(tx, None, now).await
    }

    /// Writes it with what was different before and after.
    pub async fn write_with(&self, tx: &mut Tx, detail: Option<&Detail>, now: Time) -> sqlx::Result<()> {
        store::insert(tx, self.event.code(), self.account, (self.actor, detail), now).await
    }

    /// Logs the event: after the commit, so that the log contains only what really happened.
    pub fn log(&self) {
        self.log_about(About::Nothing);
    }

    /// Logs it with what was different before and after, unless that is about a person. That of an event of a group is the
    /// group's name.
    pub(super) fn log_with(&self, detail: Option<&Detail>) {
        self.log_about(match detail.and_then(Detail::logged) {
            None => About::Nothing,
            Some(("", group) | (group, "")) if self.event.is_of_group() => About::Group(group),
            Some((before, after)) => About::Change(before, after),
        });
    }

    /// Logs an event of an app behind the operator's proxy with the app's name.
    pub fn log_of_app(&self, app: &str) {
        self.log_about(About::App(app));
    }

    fn log_about(&self, about: About<'_>) {
        let words = self.event.words();
        let kind = (self.event.level(), words.logged);
        log_line(kind, (self.event.code(), words.sentence), self.account, about, self.actor);
    }

    /// Writes the event with what was different before and after, if anything was, and logs it once the transaction is
    /// committed.
    pub async fn record_in(&self, tx: &mut Tx, detail: Option<Detail>, now: Time) -> sqlx::Result<()> {
        self.write_with(tx, detail.as_ref(), now).await?;
        let (event, account, actor) = (self.event, self.account.cloned(), self.actor.stored());
        tx.after_commit(move || {
            Entry { event, account: account.as_ref(), actor: actor.actor() }.log_with(detail.as_ref());
        });
        Ok(())
    }

    /// Writes and logs the event, if nothing else is written.
    pub async fn record(&self, site: &Site) -> sqlx::Result<()> {
        let lock_key = self.account.map(AccountId::lock_key);
        let mut tx = site.db.begin_locked(lock_key.as_slice()).await?;
        self.write(&mut tx, site.clock.now()).await?;
        tx.commit().await?;
        self.log();
        Ok(())
    }
}

/// What a line says besides.
#[derive(Clone, Copy)]
pub(super) enum About<'a> {
    /// Nothing.
    Nothing,
    /// The name of the group that it is about.
    Group(&'a str),
    /// The name of the app that it is about.
    App(&'a str),
    /// What was before, and what is since.
    Change(&'a str, &'a str),
}

/// Writes the line of an event: its level and name, its code and sentence, the account, what else there is to say, and
/// who did it: `actor` is the account of an administrator.
pub(super) fn log_line(
    (level, event): (Level, &str),
    (what, sentence): (&str, &str),
    account: Option<&AccountId>,
    about: About<'_>,
    actor: Actor<'_>,
) {
    let account = account.map_or("", AccountId::as_str);
    let here = || "the command line".to_owned();
    let client = actor.client();
    let address = client.map_or_else(here, Client::address_text);
    let browser = client.map(|client| client.browser.to_string()).unwrap_or_default();
    let request_id = client.map_or("", |client| &client.request_id);
    let by = actor.account().map(AccountId::as_str);
    match (about, by) {
        (About::Nothing, None) => {
            log::log!(level, event, request_id, account, address, browser, what; "{sentence}");
        }
        (About::Nothing, Some(actor)) => {
            log::log!(level, event, request_id, account, actor, address, browser, what; "{sentence}");
        }
        (About::Group(group), None) => {
            log::log!(level, event, request_id, account, address, browser, what, group; "{sentence}");
        }
        (About::Group(group), Some(actor)) => {
            log::log!(level, event, request_id, account, actor, address, browser, what, group; "{sentence}");
        }
        (About::App(app), None) => {
            log::log!(level, event, request_id, account, address, browser, what, app; "{sentence}");
        }
        (About::App(app), Some(actor)) => {
            log::log!(level, event, request_id, account, actor, address, browser, what, app; "{sentence}");
        }
        (About::Change(before, after), by) => {
            let actor = by.unwrap_or_default();
            log::log!(
                level, event, request_id, account, actor, address, browser, what, before, after; "{sentence}"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use log::kv::{Error, Key, Value, VisitSource};
    use log::{LevelFilter, Log, Metadata, Record};

    use super::*;

    /// The fields of each line. Other tests may write some at the same time.
    static LINES: Mutex<Vec<String>> = Mutex::new(Vec::new());

    struct Lines;

    impl Log for Lines {
        fn enabled(&self, _: &Metadata<'_>) -> bool {
            true
        }

        fn log(&self, record: &Record<'_>) {
            let mut fields = Fields(String::new());
            record.key_values().visit(&mut fields).unwrap();
            LINES.lock().unwrap().push(fields.0);
        }

        fn flush(&self) {}
    }

    struct Fields(String);

    impl<'kvs> VisitSource<'kvs> for Fields {
        fn visit_pair(&mut self, key: Key<'kvs>, value: Value<'kvs>) -> Result<(), Error> {
            self.0 += &format!("{key}={value};");
            Ok(())
        }
    }

    #[test]
    fn a_line_about_a_group_names_it() {
        log::set_boxed_logger(Box::new(Lines)).unwrap();
        log::set_max_level(LevelFilter::Info);
        let entry = |event| Entry { event, account: None, actor: Actor::CommandLine };
        entry(Event::GroupJoined).log_with(Some(&Detail::names("", "editors")));
        entry(Event::GroupLeft).log_with(Some(&Detail::names("choir", "")));
        entry(Event::NameChanged).log();
        let lines = LINES.lock().unwrap();
        let of = |event: &str| lines.iter().find(|line| line.contains(&format!("what={event};"))).unwrap();
        assert!(of("group_joined").contains("group=editors;"), "{lines:?}");
        assert!(of("group_left").contains("group=choir;"), "{lines:?}");
        assert!(!of("name_changed").contains("group="), "{lines:?}");
    }
}
