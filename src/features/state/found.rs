//! What there is of all that a file names, read in the transaction that will change it, some hundred rows at
//! a time.

use std::collections::{BTreeMap, BTreeSet};

use super::declared::Declared;
use super::store;
use crate::base::{Site, Tx};
use crate::people::accounts::{self, AccountId, AtAddress, Handle, Holders};
use crate::people::groups::{self, GroupName};
use crate::services::apps::{self, Apps};
use crate::services::invitations::{InvitationId, promised_among};
use crate::services::{links, passwords};

/// An account that a file names.
pub(super) struct FoundAccount {
    pub(super) account: AtAddress,
    pub(super) groups: BTreeSet<GroupName>,
    pub(super) has_password: bool,
}

/// What there is.
pub(super) struct Found {
    /// All groups, with their titles.
    pub(super) groups: BTreeMap<GroupName, String>,
    /// Those of the accounts that there are, by their addresses in the form that is compared.
    pub(super) accounts: BTreeMap<String, FoundAccount>,
    /// The addresses that no account has, but which one can have back.
    pub(super) reserved: BTreeSet<String>,
    /// Whose the handles are that it gives and promises.
    pub(super) handles: Holders,
    /// Those among them that invitations promise already.
    pub(super) promised: Vec<Handle>,
    /// The invitations that were made of files, by their keys.
    pub(super) invitations: BTreeMap<String, InvitationId>,
    /// All apps, if it declares one.
    pub(super) apps: Apps,
}

impl Found {
    /// Reads it.
    pub(super) async fn read(tx: &mut Tx, site: &Site, declared: &Declared) -> sqlx::Result<Found> {
        let of_accounts = declared.accounts.iter().map(|account| account.email.key());
        let of_memberships = declared.memberships.iter().map(|membership| membership.email.key());
        let keys: BTreeSet<String> = of_accounts.chain(of_memberships).collect();
        let all: Vec<&str> = keys.iter().map(String::as_str).collect();
        let rows = accounts::at_addresses(tx, &all).await?;
        let ids: Vec<&AccountId> = rows.iter().map(|account| &account.id).collect();
        let mut members: BTreeMap<String, BTreeSet<GroupName>> = BTreeMap::new();
        for (account, group) in groups::of_accounts(tx, &ids).await? {
            members.entry(account.as_str().to_owned()).or_default().insert(group);
        }
        let with_password = passwords::set_among(tx, &ids).await?;
        let found = rows.into_iter().map(|account| {
            let groups = members.remove(account.id.as_str()).unwrap_or_default();
            let has_password = with_password.contains(account.id.as_str());
            (account.key.clone(), FoundAccount { account, groups, has_password })
        });
        let accounts: BTreeMap<String, FoundAccount> = found.collect();
        let free: Vec<&str> = all.into_iter().filter(|key| !accounts.contains_key(*key)).collect();
        let given = declared.accounts.iter().filter_map(|account| account.handle.as_ref());
        let invitations = store::all(tx).await?;
        let promised = declared.invitations.iter().filter(|one| !invitations.contains_key(&one.key));
        let promised = promised.filter_map(|invitation| invitation.handle.as_ref());
        let promised: Vec<&Handle> = promised.collect();
        let handles: Vec<&Handle> = given.chain(promised.iter().copied()).collect();
        Ok(Found {
            handles: accounts::holders(tx, &handles).await?,
            promised: promised_among(tx, site, &promised).await?,
            groups: groups::titles(tx).await?,
            reserved: links::reserved_among(tx, &free, site.clock.now()).await?,
            invitations,
            apps: if declared.apps.is_empty() { Apps::default() } else { apps::read_in(tx).await? },
            accounts,
        })
    }
}
