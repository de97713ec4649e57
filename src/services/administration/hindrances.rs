//! How the owner of an account can log in, and what keeps them from it, for those who were asked: the command line and the
//! page of an account say it in their own words, each with what helps.

use std::net::IpAddr;

use crate::base::{Site, Time};
use crate::people::audit;
use crate::people::{Account, AccountId};
use crate::services::passwords;
use crate::services::second_factor::{self, Factors};

/// Failed logins whose networks are looked at.
const FAILURES: i64 = 10;

/// What keeps an owner from logging in.
#[derive(Clone, Debug, PartialEq)]
pub enum Hindrance {
    /// The account is disabled, since this moment.
    Disabled(Time),
    /// The address is not confirmed, and the site requires that.
    Unconfirmed,
    /// There is no password, and no passkey that takes its place.
    NoPassword,
    /// Passwords that new browsers send are not checked before this moment.
    PasswordsPaused(Time),
    /// Codes of the authenticator app that new browsers send are not checked before this moment.
    CodesPaused(Time),
    /// Two-factor authentication is on, and there is neither a factor that works nor a recovery code.
    NoSecondFactor,
    /// From the network of this address, no password is checked before this moment. The last logins came from there.
    NetworkWaits(IpAddr, Time),
}

/// How an owner can log in.
#[derive(Clone, Debug, PartialEq)]
pub struct WaysIn {
    /// With a passkey alone. What passwords have to wait for does not matter to it.
    pub by_passkey: bool,
    /// With the password, and with what is asked for after it.
    pub by_password: bool,
    /// What keeps the owner from it, the most lasting first. Where a passkey logs them in: what keeps them from logging in
    /// with the password.
    pub hindrances: Vec<Hindrance>,
}

/// How the owner of an account can log in. `factors` are those of the account.
pub async fn ways_in(site: &Site, account: &Account, factors: &Factors) -> sqlx::Result<WaysIn> {
    let unconfirmed = account.confirmed_at.is_none() && !site.settings.unconfirmed_may_log_in();
    let of_all =
        [account.disabled_at.map(Hindrance::Disabled), unconfirmed.then_some(Hindrance::Unconfirmed)];
    let mut hindrances: Vec<Hindrance> = of_all.into_iter().flatten().collect();
    let has_passkey = factors.passkeys.by_themselves > 0;
    let has_password = passwords::is_set(site, account).await?;
    let by_passkey = has_passkey && hindrances.is_empty();
    // Without a password, who has a passkey waits for nothing that is about passwords.
    if has_password || !has_passkey {
        hindrances.extend(of_password(site, account, factors, has_password).await?);
    }
    Ok(WaysIn { by_passkey, by_password: has_password && hindrances.is_empty(), hindrances })
}

/// What keeps an owner from logging in with a password.
async fn of_password(
    site: &Site,
    account: &Account,
    factors: &Factors,
    has_password: bool,
) -> sqlx::Result<Vec<Hindrance>> {
    let works = factors.can_be_asked() || factors.codes_left.unwrap_or_default() > 0;
    let hindrances = [
        (!has_password).then_some(Hindrance::NoPassword),
        passwords::paused_until(site, account).await?.map(Hindrance::PasswordsPaused),
        second_factor::paused_until(site, &account.id).await?.map(Hindrance::CodesPaused),
        (factors.is_on() && !works).then_some(Hindrance::NoSecondFactor),
    ];
    let networks = waiting_networks(site, &account.id).await?.into_iter();
    let networks = networks.map(|(address, until)| Hindrance::NetworkWaits(address, until));
    Ok(hindrances.into_iter().flatten().chain(networks).collect())
}

/// Addresses from which logins to an account failed and from whose networks no password is checked for now: each with
/// the moment until then.
pub async fn waiting_networks(site: &Site, account: &AccountId) -> sqlx::Result<Vec<(IpAddr, Time)>> {
    let failures = audit::failed_logins(site, account, FAILURES).await?;
    let mut addresses: Vec<IpAddr> =
        failures.iter().filter_map(|item| item.address()?.parse().ok()).collect();
    addresses.sort_unstable();
    addresses.dedup();
    passwords::networks_waiting(site, &addresses).await
}
