//! Invitations as those who administer the site see them, in parts, by their IDs: these are in the order in which they
//! were made.

use super::invitation::{Invitation, InvitationId, Note};
use super::make::of_row;
use super::shown::{self, Row};
use super::store;
use crate::base::db::many;
use crate::base::{Site, Time};
use crate::people::groups::GroupName;
use crate::people::{AccountId, Email, Name};

/// The invitation with an ID, open or over.
pub async fn find(site: &Site, id: &InvitationId) -> sqlx::Result<Option<Invitation>> {
    let Some(row) = shown::by_id(site.db.reader(), id).await? else { return Ok(None) };
    Ok(with_groups(site, vec![row]).await?.pop())
}

/// Up to `most` invitations, open or over, newest first: those that are older than the given one, or else the newest.
pub async fn newest(
    site: &Site,
    older_than: Option<&InvitationId>,
    most: i64,
) -> sqlx::Result<Vec<Invitation>> {
    let than = older_than.map_or("", InvitationId::as_str);
    let rows = shown::older(&site.db, than, most).await?;
    with_groups(site, rows).await
}

/// Up to `most` invitations that are newer than the given one, newest first: the page before one of [`newest`].
pub async fn newer(site: &Site, than: &InvitationId, most: i64) -> sqlx::Result<Vec<Invitation>> {
    let mut rows = shown::newer(&site.db, than.as_str(), most).await?;
    rows.reverse();
    with_groups(site, rows).await
}

/// Those of some invitations that are kept, open or over, each with its note, in no order.
pub async fn kept(site: &Site, ids: &[InvitationId]) -> sqlx::Result<Vec<(InvitationId, Note)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut select =
        sqlx::query_as(many::list("select id, note from invitations where id in", ids.len(), ""));
    for id in ids {
        select = select.bind(id.as_str());
    }
    select.fetch_all(site.db.reader()).await
}

/// How many invitations can be used.
pub async fn count_open(site: &Site) -> sqlx::Result<i64> {
    store::count_open(site.db.reader(), "", site.clock.now()).await
}

/// Adds the groups to rows that follow each other, newest first.
async fn with_groups(site: &Site, rows: Vec<Row>) -> sqlx::Result<Vec<Invitation>> {
    let (Some(newest), Some(oldest)) = (rows.first(), rows.last()) else { return Ok(Vec::new()) };
    let mut groups = shown::groups_between(&site.db, (&oldest.id, &newest.id)).await?;
    groups.sort_unstable_by(|(_, one), (_, other)| one.cmp(other)); // the two engines sort text differently
    let of = |id: &InvitationId| -> Vec<GroupName> {
        groups.iter().filter(|(of, _)| of == id).map(|(_, name)| name.clone()).collect()
    };
    Ok(rows
        .into_iter()
        .map(|row| {
            let groups = of(&row.id);
            of_row(row, groups)
        })
        .collect())
}

/// An account that used an invitation.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct InvitedAccount {
    /// Its ID.
    pub account: AccountId,
    /// Its address now.
    pub email: Email,
    /// The name of its owner.
    pub name: Name,
    /// When it used the invitation.
    pub used_at: Time,
}

/// Up to `most` accounts that used an invitation, with IDs after the given one, in the order of their IDs.
pub async fn accounts_of(
    site: &Site,
    id: &InvitationId,
    after: &str,
    most: i64,
) -> sqlx::Result<Vec<InvitedAccount>> {
    let rows = shown::accounts_of(&site.db, id, after, most).await?;
    let account = |row: shown::InvitedRow| InvitedAccount {
        account: row.account_id,
        email: row.email,
        name: row.name,
        used_at: Time::from_unix(row.created_at),
    };
    Ok(rows.into_iter().map(account).collect())
}

/// An invitation that an account used, as its owner may know it: without the note.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct UsedInvitation {
    /// When.
    pub used_at: Time,
    /// The address that it was for.
    pub email: Option<Email>,
}

/// The invitations that an account used, as long as they are kept, oldest first. There are few.
pub async fn used_by(site: &Site, account: &AccountId) -> sqlx::Result<Vec<UsedInvitation>> {
    let rows = shown::used_by(&site.db, account).await?;
    let used = |(used_at, email)| UsedInvitation { used_at: Time::from_unix(used_at), email };
    Ok(rows.into_iter().map(used).collect())
}
