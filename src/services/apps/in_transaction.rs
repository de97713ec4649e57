//! Apps made, changed, disabled, enabled and deleted in a transaction that does more. It holds the lock of the apps
//! ([`lock_key`](super::listed::lock_key)), and nothing about them is [`wrong`](super::wrong::wrong). Every change stands
//! in the audit log, since it decides who may open what.

use super::app::{App, NewApp};
use super::app_name::{AppId, AppName};
use super::store;
use crate::base::{Time, Tx};
use crate::people::Actor;
use crate::people::audit::{Detail, Entry, Event};

/// Makes an app, maybe one that is disabled at once. There is none of this name, and its hosts are free.
pub async fn create_in(
    tx: &mut Tx,
    (new, disabled): (&NewApp, bool),
    actor: Actor<'_>,
    now: Time,
) -> sqlx::Result<AppId> {
    let (id, new) = (AppId::new(), new.clone().in_order());
    store::insert(tx, &id, &new, actor.kind(), now).await?;
    store::set_groups(tx, &id, &new.groups).await?;
    store::set_origins(tx, &id, &new.origins).await?;
    store::set_paths(tx, &id, &new.paths).await?;
    let detail = Detail::names("", new.name.as_str());
    record(tx, Event::AppCreated, (&new.name, &detail), actor, now).await?;
    if disabled {
        store::set_disabled(tx, &id, Some(now), now).await?;
        record(tx, Event::AppDisabled, (&new.name, &detail), actor, now).await?;
    }
    Ok(id)
}

/// Makes an app what it is to be. False if it is that already.
pub async fn change_in(
    tx: &mut Tx,
    app: &App,
    after: &NewApp,
    actor: Actor<'_>,
    now: Time,
) -> sqlx::Result<bool> {
    let (before, after) = (app.made_of().in_order(), after.clone().in_order());
    let differences = before.differences(&after);
    if differences.is_empty() {
        return Ok(false);
    }
    store::update(tx, &app.id, &after, now).await?;
    if before.groups != after.groups {
        store::set_groups(tx, &app.id, &after.groups).await?;
    }
    if before.origins != after.origins {
        store::set_origins(tx, &app.id, &after.origins).await?;
    }
    if before.paths != after.paths {
        store::set_paths(tx, &app.id, &after.paths).await?;
    }
    let detail = Detail::names("", format!("{}: {}", app.name, differences.join(", ")));
    record(tx, Event::AppChanged, (&app.name, &detail), actor, now).await?;
    Ok(true)
}

/// Makes the hosts of an app free for other apps. [`change_in`] or [`delete_in`] follows.
pub async fn leave_hosts_in(tx: &mut Tx, app: &App) -> sqlx::Result<()> {
    store::set_origins(tx, &app.id, &[]).await
}

/// Disables an app, so that no one can open it, or enables it again. False if it is so already.
pub async fn set_disabled_in(
    tx: &mut Tx,
    app: &App,
    disabled: bool,
    actor: Actor<'_>,
    now: Time,
) -> sqlx::Result<bool> {
    if app.disabled_at.is_some() == disabled {
        return Ok(false);
    }
    store::set_disabled(tx, &app.id, disabled.then_some(now), now).await?;
    let event = if disabled { Event::AppDisabled } else { Event::AppEnabled };
    record(tx, event, (&app.name, &Detail::names("", app.name.as_str())), actor, now).await?;
    Ok(true)
}

/// Deletes an app with everything that belongs to it.
pub async fn delete_in(tx: &mut Tx, app: &App, actor: Actor<'_>, now: Time) -> sqlx::Result<()> {
    store::delete(tx, &app.id).await?;
    record(tx, Event::AppDeleted, (&app.name, &Detail::names(app.name.as_str(), "")), actor, now).await
}

/// Writes an event, which is of no account; logged after the commit.
async fn record(
    tx: &mut Tx,
    event: Event,
    (name, detail): (&AppName, &Detail),
    actor: Actor<'_>,
    now: Time,
) -> sqlx::Result<()> {
    Entry { event, account: None, actor }.write_with(tx, Some(detail), now).await?;
    let (name, actor) = (name.clone(), actor.stored());
    tx.after_commit(move || {
        Entry { event, account: None, actor: actor.actor() }.log_of_app(name.as_str());
    });
    Ok(())
}
