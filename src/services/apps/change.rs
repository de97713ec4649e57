//! Apps made, changed, disabled, enabled and deleted: each in a transaction of its own. Each has a second version for the
//! form of an administrator: what it asks for and its answer are recorded in one transaction, so that two instances that get
//! it at once do it once.

use std::sync::Arc;

use super::app::{App, AppChange, NewApp};
use super::app_name::{AppId, AppName};
use super::listed::{Apps, lock_key};
use super::revision::AppRevision;
use super::wrong::{WrongApp, wrong};
use super::{in_transaction, store};
use crate::base::{LockKey, Site, Tx};
use crate::people::{AccountId, Actor};
use crate::web::Submission;

/// The result of making an app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Created {
    /// It is there.
    Done(AppId),
    /// There is one of this name: nothing happened.
    NameTaken,
    /// Something of it cannot be: nothing happened.
    Wrong(WrongApp),
}

/// Makes an app.
pub async fn create(site: &Site, new: &NewApp, actor: Actor<'_>) -> sqlx::Result<Created> {
    create_by_form(site, new, actor, |_| Submission::none()).await
}

/// The same by a form, which leads somewhere. Done as well if this very form has made it a moment ago, at another instance.
pub async fn create_by_form(
    site: &Site,
    new: &NewApp,
    actor: Actor<'_>,
    leads: impl Fn(&AppId) -> Submission,
) -> sqlx::Result<Created> {
    let (mut tx, apps) = begin(site, actor).await?;
    if let Some(app) = apps.by_name(&new.name) {
        drop(tx);
        let is_done = leads(&app.id).is_done(site).await?;
        return Ok(if is_done { Created::Done(app.id.clone()) } else { Created::NameTaken });
    }
    let new = new.clone().in_order();
    if let Some(wrong) = wrong(site, &new, |host| owner_of(&apps, host, &new.name)) {
        return Ok(Created::Wrong(wrong));
    }
    let id = in_transaction::create_in(&mut tx, (&new, false), actor, site.clock.now()).await?;
    let submission = leads(&id);
    commit(site, tx, actor, &submission).await?;
    Ok(Created::Done(id))
}

/// The result of changing an app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// It is so from now on.
    Done,
    /// It was so before: nothing happened.
    Unchanged,
    /// There is no app of this name.
    NoApp,
    /// Something of it cannot be: nothing happened.
    Wrong(WrongApp),
}

/// Changes an app. The very next request to it is decided by what it is then.
pub async fn change(
    site: &Site,
    name: &AppName,
    change: &AppChange,
    actor: Actor<'_>,
) -> sqlx::Result<Changed> {
    let (tx, apps) = begin(site, actor).await?;
    let Some(app) = apps.by_name(name) else { return Ok(Changed::NoApp) };
    let after = app.made_of().with(change);
    save(site, tx, (&apps, app.as_ref()), &after, actor, &Submission::none()).await
}

/// The app was changed since a form was made that would have changed it: nothing happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangedMeanwhile;

/// The same by a form that was made from what the app was at a moment. It has whole lists, so it would undo what was changed
/// since. Done as well if this very form has changed it a moment ago, at another instance.
pub async fn change_by_form(
    site: &Site,
    name: &AppName,
    (change, made_from): (&AppChange, &AppRevision),
    actor: Actor<'_>,
    submission: &Submission,
) -> sqlx::Result<Result<Changed, ChangedMeanwhile>> {
    let (tx, apps) = begin(site, actor).await?;
    let Some(app) = apps.by_name(name) else { return Ok(Ok(Changed::NoApp)) };
    let after = app.made_of().with(change);
    // What it says already can be said again: that undoes nothing.
    if AppRevision::of(app) != *made_from && app.made_of().in_order() != after {
        drop(tx);
        let is_done = submission.is_done(site).await?;
        return Ok(if is_done { Ok(Changed::Done) } else { Err(ChangedMeanwhile) });
    }
    save(site, tx, (&apps, app.as_ref()), &after, actor, submission).await.map(Ok)
}

/// Makes an app what it is to be, if it can be that.
async fn save(
    site: &Site,
    mut tx: Tx,
    (apps, app): (&Apps, &App),
    after: &NewApp,
    actor: Actor<'_>,
    submission: &Submission,
) -> sqlx::Result<Changed> {
    if let Some(wrong) = wrong(site, after, |host| owner_of(apps, host, &app.name)) {
        return Ok(Changed::Wrong(wrong));
    }
    let is_changed = in_transaction::change_in(&mut tx, app, after, actor, site.clock.now()).await?;
    commit(site, tx, actor, submission).await?;
    Ok(if is_changed { Changed::Done } else { Changed::Unchanged })
}

/// The result of disabling an app, or of enabling it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetDisabled {
    /// It is so from now on.
    Done,
    /// It was so before: nothing happened.
    Unchanged,
    /// There is no app of this name.
    NoApp,
}

/// Disables an app, so that no one can open it, or enables it again.
pub async fn set_disabled(
    site: &Site,
    name: &AppName,
    disabled: bool,
    actor: Actor<'_>,
) -> sqlx::Result<SetDisabled> {
    set_disabled_by_form(site, name, disabled, actor, &Submission::none()).await
}

/// The same by a form, whose answer is recorded also if it was so before: it is as it was meant.
pub async fn set_disabled_by_form(
    site: &Site,
    name: &AppName,
    disabled: bool,
    actor: Actor<'_>,
    submission: &Submission,
) -> sqlx::Result<SetDisabled> {
    let (mut tx, apps) = begin(site, actor).await?;
    let Some(app) = apps.by_name(name) else { return Ok(SetDisabled::NoApp) };
    let is_set = in_transaction::set_disabled_in(&mut tx, app, disabled, actor, site.clock.now()).await?;
    commit(site, tx, actor, submission).await?;
    Ok(if is_set { SetDisabled::Done } else { SetDisabled::Unchanged })
}

/// Deletes an app with everything that belongs to it. False if there is none of this name.
pub async fn delete(site: &Site, name: &AppName, actor: Actor<'_>) -> sqlx::Result<bool> {
    delete_by_form(site, name, actor, &Submission::none()).await
}

/// The same by a form, whose answer is recorded also if the app is gone.
pub async fn delete_by_form(
    site: &Site,
    name: &AppName,
    actor: Actor<'_>,
    submission: &Submission,
) -> sqlx::Result<bool> {
    let (mut tx, apps) = begin(site, actor).await?;
    let app = apps.by_name(name);
    if let Some(app) = app {
        in_transaction::delete_in(&mut tx, app, actor, site.clock.now()).await?;
    }
    commit(site, tx, actor, submission).await?;
    Ok(app.is_some())
}

/// A transaction that alone may change apps, and all apps as they are at its beginning. With the lock of the account of an
/// administrator: the answers of their forms are kept for it.
async fn begin(site: &Site, actor: Actor<'_>) -> sqlx::Result<(Tx, Apps)> {
    let locks: Vec<LockKey> =
        [lock_key()].into_iter().chain(actor.account().map(AccountId::lock_key)).collect();
    let mut tx = site.db.begin_locked(&locks).await?;
    let apps = store::read_in(&mut tx).await?;
    Ok((tx, apps))
}

/// Commits a change, together with the answer of the form that asked for it.
async fn commit(site: &Site, mut tx: Tx, actor: Actor<'_>, submission: &Submission) -> sqlx::Result<()> {
    submission.succeed(&mut tx, site, actor.account().map(AccountId::as_str)).await?;
    tx.commit().await
}

/// The other app that is at a host, disabled or not.
fn owner_of(apps: &Apps, host: &str, name: &AppName) -> Option<AppName> {
    let is_there = |app: &&Arc<App>| app.origins.iter().any(|origin| origin.host() == host);
    apps.iter().find(is_there).map(|app| app.name.clone()).filter(|owner| owner != name)
}
