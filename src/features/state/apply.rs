//! Applies a file: all of it in one transaction, or nothing. Two at once run one after the other, and one
//! that is killed has done nothing.

use std::collections::BTreeMap;

use super::declared::Declared;
use super::execute::execute;
use super::exposed;
use super::file;
use super::found::Found;
use super::hashes::{self, Hashes};
use super::plan::{locks, plan};
use super::report::Report;
use super::source::Source;
use super::stopped::{NotApplied, Stopped};
use crate::base::db::is_busy;
use crate::base::{Language, LockKey, Refusal, Site, Tx, Words};
use crate::features::account_acts;
use crate::web;

/// How often a plan is made anew, because what it needs was not there yet, or because others have changed
/// what there is.
const PLANS: usize = 8;
/// How often the turn is waited for, each time as long as the database waits: a long file may have its turn
/// now.
const WAITS: usize = 6;

/// Applies a file. A check does the same and takes it back, so it says what would happen.
pub async fn apply(site: &Site, source: &Source, check: bool) -> Result<Report, NotApplied> {
    let applied = match file::read(source, (&site.words, site.settings.language)) {
        Ok(declared) => {
            let warnings = exposed::warnings(source, &declared);
            let report = apply_declared(site, source, &declared, check).await;
            report.map(|report| Report { warnings, ..report })
        }
        Err(mistakes) => Err(mistakes.into()),
    };
    applied.map_err(|stopped| NotApplied::of(source, stopped))
}

async fn apply_declared(
    site: &Site,
    source: &Source,
    declared: &Declared,
    check: bool,
) -> Result<Report, Stopped> {
    let (mut held, mut hashes) = (locks(declared), Hashes::new());
    for _ in 0..PLANS {
        let all: Vec<LockKey> = held.iter().copied().collect();
        let mut tx = begin(site, &all).await?;
        let found = Found::read(&mut tx, site, declared).await?;
        let plan = plan(site, declared, &found)?;
        let unknown = plan.passwords.iter().filter(|(index, _)| !hashes.contains_key(*index));
        let unknown: BTreeMap<_, _> = unknown.map(|(index, name)| (*index, name.clone())).collect();
        if !unknown.is_empty() || !plan.locks.is_subset(&held) {
            drop(tx); // locks are taken all at once, and no one else waits for hashes
            held.extend(plan.locks.iter().copied());
            hashes.extend(hashes::make(site, source, declared, &unknown, check).await?);
            continue;
        }
        let Some(done) = execute(&mut tx, site, &plan, &hashes).await? else { continue };
        let unproved_admin = plan.unproved_admin && !site.mailer.is_on();
        let mut report = Report { lines: plan.lines, unproved_admin, warnings: Vec::new() };
        if check {
            return Ok(report);
        }
        tx.commit().await?;
        account_acts::gone(site, &done.gone).await;
        for (line, id) in done.invited {
            // Its link is a secret, and is printed nowhere else.
            if let Some(line) = report.lines.get_mut(line) {
                line.did(format!("to print a link: {} invitation renew {id}", site.settings.program.name));
            }
        }
        return Ok(report);
    }
    Err(web::Error::Busy.into())
}

async fn begin(site: &Site, locks: &[LockKey]) -> sqlx::Result<Tx> {
    for _ in 1..WAITS {
        match site.db.begin_locked(locks).await {
            Err(error) if is_busy(&error) => {} // others have their turn
            begun => return begun,
        }
    }
    site.db.begin_locked(locks).await
}

/// Applies the file that the settings name, before the site answers.
pub async fn apply_at_start(site: &Site) -> Result<(), Refusal> {
    let Some(file) = &site.settings.apply_file else { return Ok(()) };
    let source = Source::open(file)?;
    let report = apply(site, &source, false).await.map_err(|not_applied| not_applied.refusal)?;
    for warning in &report.warnings {
        log::warn!("{warning}");
    }
    let (name, totals, program) = (source.name(), report.totals(false), site.settings.program.name);
    match report.waiting() {
        0 => log::info!(event = "sys_apply"; "applied {name}: {totals}"),
        // A log has no addresses.
        _ => log::warn!(
            event = "sys_apply";
            "applied {name}: {totals} To read what waits, and why: {program} apply {name} --check"
        ),
    }
    Ok(())
}

/// What can be said of a file without a database.
#[derive(Debug)]
pub struct Read {
    /// How many things it declares.
    pub things: usize,
    /// What is wrong about it, and keeps it from nothing.
    pub warnings: Vec<String>,
}

/// Reads a file, and applies nothing. Which groups there are is not asked, and no password is read.
pub fn look_at(source: &Source, words: &Words, language: Language) -> Result<Read, NotApplied> {
    let declared =
        file::read(source, (words, language)).map_err(|mistakes| NotApplied::of(source, mistakes.into()))?;
    let warnings = exposed::warnings(source, &declared);
    let Declared { groups, accounts, memberships, invitations, apps } = declared;
    let things = groups.len() + accounts.len() + memberships.len() + invitations.len() + apps.len();
    Ok(Read { things, warnings })
}
