//! The tables `apps`, `apps_groups`, `apps_origins`, `apps_paths` and `apps_path_groups`.

use std::collections::BTreeMap;

use sqlx::{Any, Executor, FromRow};

use super::app::{App, NewApp};
use super::app_name::{AppId, AppName, AppTitle};
use super::listed::Apps;
use super::path_rule::{PathAccess, PathPrefix, PathRule};
use super::remote_user::RemoteUser;
use crate::base::{Db, Time, Tx, WebOrigin};
use crate::people::ActorKind;
use crate::people::groups::GroupName;

/// The codes of [`PathAccess`] in rows.
const OPEN: &str = "open";
const GROUPS: &str = "groups";

/// One row of any of the tables. What its columns are depends on the part.
#[derive(FromRow)]
struct Row {
    part: String,
    app_id: AppId,
    first: String,
    second: String,
    third: String,
    number: Option<i64>,
    disabled_at: Option<i64>,
    created_at: i64,
    changed_at: i64,
}

/// All tables in one statement: what is read is what was there at one moment, so no app is ever seen with the groups from
/// before a change and the parts from after it.
const ALL: &str = "select 'app' as part, id as app_id, name as first, title as second, remote_user as third, \
     fresh_for as number, disabled_at, created_at, changed_at from apps \
     union all select 'group', app_id, group_name, '', '', null, null, 0, 0 from apps_groups \
     union all select 'origin', app_id, origin, '', '', null, null, 0, 0 from apps_origins \
     union all select 'path', app_id, prefix, access, '', preflight, null, 0, 0 from apps_paths \
     union all select 'path_group', app_id, prefix, group_name, '', null, null, 0, 0 from apps_path_groups";

/// All apps.
pub async fn read(db: &Db) -> sqlx::Result<Apps> {
    read_from(db.reader()).await
}

/// The same in a transaction that is about to change some.
pub async fn read_in(tx: &mut Tx) -> sqlx::Result<Apps> {
    read_from(&mut *tx).await
}

async fn read_from<'e>(executor: impl Executor<'e, Database = Any>) -> sqlx::Result<Apps> {
    let rows: Vec<Row> = sqlx::query_as(ALL).fetch_all(executor).await?;
    put_together(rows)
}

/// The apps of rows in any order.
fn put_together(rows: Vec<Row>) -> sqlx::Result<Apps> {
    let (mut apps, mut paths): (BTreeMap<AppId, App>, BTreeMap<(AppId, PathPrefix), PathRule>) =
        Default::default();
    let (mut groups, mut origins, mut path_groups) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        match row.part.as_str() {
            "app" => {
                let app = row.app()?;
                apps.insert(app.id.clone(), app);
            }
            "group" => groups.push((row.app_id, group_name(&row.first)?)),
            "origin" => origins.push((row.app_id, WebOrigin::parse(&row.first).map_err(unread)?)),
            "path" => {
                let rule = row.rule()?;
                paths.insert((row.app_id, rule.prefix.clone()), rule);
            }
            _ => path_groups.push(((row.app_id, prefix(&row.first)?), group_name(&row.second)?)),
        }
    }
    for (path, group) in path_groups {
        if let Some(PathRule { access: PathAccess::Groups(groups), .. }) = paths.get_mut(&path) {
            groups.push(group);
        }
    }
    for (id, group) in groups {
        apps.entry(id).and_modify(|app| app.groups.push(group));
    }
    for (id, origin) in origins {
        apps.entry(id).and_modify(|app| app.origins.push(origin));
    }
    for ((id, _), rule) in paths {
        apps.entry(id).and_modify(|app| app.paths.push(rule));
    }
    Ok(Apps::new(apps.into_values().map(sorted).collect()))
}

/// The lists of an app in the order in which it has them.
fn sorted(mut app: App) -> App {
    app.groups.sort_unstable();
    app.origins.sort_by(|one, other| one.host().cmp(other.host()));
    for rule in &mut app.paths {
        if let PathAccess::Groups(groups) = &mut rule.access {
            groups.sort_unstable();
        }
    }
    app
}

impl Row {
    fn app(&self) -> sqlx::Result<App> {
        Ok(App {
            id: self.app_id.clone(),
            name: AppName::parse(&self.first).ok_or_else(|| unread("it is not the name of an app"))?,
            title: AppTitle::parse(&self.second).ok_or_else(|| unread("it is not the title of an app"))?,
            groups: Vec::new(),
            origins: Vec::new(),
            paths: Vec::new(),
            remote_user: RemoteUser::by_code(&self.third).ok_or_else(|| {
                unread("apps are told something of a person that only a newer version knows")
            })?,
            fresh_for: self.number,
            disabled_at: self.disabled_at.map(Time::from_unix),
            created_at: Time::from_unix(self.created_at),
            changed_at: Time::from_unix(self.changed_at),
        })
    }

    fn rule(&self) -> sqlx::Result<PathRule> {
        // A kind of access that only a newer version knows lets no one in.
        let access = if self.second == OPEN { PathAccess::Open } else { PathAccess::Groups(Vec::new()) };
        Ok(PathRule { prefix: prefix(&self.first)?, access, preflight: self.number == Some(1) })
    }
}

fn group_name(text: &str) -> sqlx::Result<GroupName> {
    GroupName::parse(text).ok_or_else(|| unread("it is not the name of a group"))
}

fn prefix(text: &str) -> sqlx::Result<PathPrefix> {
    PathPrefix::parse(text).ok_or_else(|| unread("it is not the beginning of a path"))
}

fn unread(why: &'static str) -> sqlx::Error {
    sqlx::Error::Decode(why.into())
}

/// Creates an app without its lists.
pub(super) async fn insert(
    tx: &mut Tx,
    id: &AppId,
    new: &NewApp,
    by: ActorKind,
    now: Time,
) -> sqlx::Result<()> {
    let insert = sqlx::query(
        "insert into apps (id, name, title, remote_user, fresh_for, created_at, created_by, changed_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $6)",
    );
    let insert = insert.bind(id.as_str()).bind(new.name.as_str()).bind(new.title.as_str());
    let insert = insert.bind(new.remote_user).bind(new.fresh_for).bind(now.unix()).bind(by);
    insert.execute(&mut *tx).await.map(drop)
}

/// Writes what of an app is no list.
pub(super) async fn update(tx: &mut Tx, id: &AppId, new: &NewApp, now: Time) -> sqlx::Result<()> {
    let update = sqlx::query(
        "update apps set title = $2, remote_user = $3, fresh_for = $4, changed_at = $5 where id = $1",
    );
    let update = update.bind(id.as_str()).bind(new.title.as_str()).bind(new.remote_user);
    update.bind(new.fresh_for).bind(now.unix()).execute(&mut *tx).await.map(drop)
}

/// Makes the groups of an app exactly these.
pub(super) async fn set_groups(tx: &mut Tx, id: &AppId, groups: &[GroupName]) -> sqlx::Result<()> {
    sqlx::query("delete from apps_groups where app_id = $1").bind(id.as_str()).execute(&mut *tx).await?;
    for group in groups {
        let insert = sqlx::query("insert into apps_groups (app_id, group_name) values ($1, $2)");
        insert.bind(id.as_str()).bind(group.as_str()).execute(&mut *tx).await?;
    }
    Ok(())
}

/// Makes the origins of an app exactly these.
pub(super) async fn set_origins(tx: &mut Tx, id: &AppId, origins: &[WebOrigin]) -> sqlx::Result<()> {
    sqlx::query("delete from apps_origins where app_id = $1").bind(id.as_str()).execute(&mut *tx).await?;
    for origin in origins {
        let insert = sqlx::query("insert into apps_origins (host, origin, app_id) values ($1, $2, $3)");
        let insert = insert.bind(origin.host().to_owned()).bind(origin.as_str().to_owned());
        insert.bind(id.as_str()).execute(&mut *tx).await?;
    }
    Ok(())
}

/// Makes the parts of an app exactly these.
pub(super) async fn set_paths(tx: &mut Tx, id: &AppId, paths: &[PathRule]) -> sqlx::Result<()> {
    sqlx::query("delete from apps_paths where app_id = $1").bind(id.as_str()).execute(&mut *tx).await?;
    for rule in paths {
        let (access, groups) = match &rule.access {
            PathAccess::Open => (OPEN, &[][..]),
            PathAccess::Groups(groups) => (GROUPS, groups.as_slice()),
        };
        let insert =
            sqlx::query("insert into apps_paths (app_id, prefix, access, preflight) values ($1, $2, $3, $4)");
        let insert = insert.bind(id.as_str()).bind(rule.prefix.as_str()).bind(access);
        insert.bind(i64::from(rule.preflight)).execute(&mut *tx).await?;
        for group in groups {
            let insert =
                sqlx::query("insert into apps_path_groups (app_id, prefix, group_name) values ($1, $2, $3)");
            let insert = insert.bind(id.as_str()).bind(rule.prefix.as_str()).bind(group.as_str());
            insert.execute(&mut *tx).await?;
        }
    }
    Ok(())
}

/// Disables an app, or enables it again.
pub(super) async fn set_disabled(
    tx: &mut Tx,
    id: &AppId,
    disabled_at: Option<Time>,
    now: Time,
) -> sqlx::Result<()> {
    let update = sqlx::query("update apps set disabled_at = $2, changed_at = $3 where id = $1");
    let update = update.bind(id.as_str()).bind(disabled_at.map(Time::unix)).bind(now.unix());
    update.execute(&mut *tx).await.map(drop)
}

/// Deletes an app with everything that belongs to it.
pub(super) async fn delete(tx: &mut Tx, id: &AppId) -> sqlx::Result<()> {
    sqlx::query("delete from apps where id = $1").bind(id.as_str()).execute(&mut *tx).await.map(drop)
}
