//! How the owner of an account can log in, and what keeps them from it, for those who were asked: the command line and the
//! page of an account say it in their own words, each with what helps.

use std::net::IpAddr;

use crate::base::{Site, Time};
use crate::people::audit;
use crate::people::sessions::Place;
use crate::people::{Account, AccountId};
use crate::services::passwords;
use crate::services::second_factor::{self, Factors};

/// Failed logins whose networks are looked at.
const FAILURES: i64 = 10;

/// Sessions and remembered devices whose networks are looked at, the last used first.
const PLACES: usize = 10;

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
    /// From the network of this address, no password is checked before this moment. The owner is logged in there, or a login
    /// failed there.
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
    /// Whether any network of the owner is known. If not, theirs may have to wait all the same.
    pub networks_known: bool,
}

/// How the owner of an account can log in. `factors` are those of the account, and `places` are where its owner is logged in,
/// the last used first.
pub async fn ways_in(
    site: &Site,
    account: &Account,
    factors: &Factors,
    places: &[Place],
) -> sqlx::Result<WaysIn> {
    let unconfirmed = account.confirmed_at.is_none() && !site.settings.unconfirmed_may_log_in();
    let of_all =
        [account.disabled_at.map(Hindrance::Disabled), unconfirmed.then_some(Hindrance::Unconfirmed)];
    let mut hindrances: Vec<Hindrance> = of_all.into_iter().flatten().collect();
    let has_passkey = factors.passkeys.by_themselves > 0;
    let has_password = passwords::is_set(site, account).await?;
    let by_passkey = has_passkey && hindrances.is_empty();
    let mut networks_known = false;
    // Without a password, who has a passkey waits for nothing that is about passwords.
    if has_password || !has_passkey {
        hindrances.extend(of_password(site, account, factors, has_password).await?);
        let networks = networks(site, &account.id, places).await?;
        let waiting = passwords::networks_waiting(site, &networks).await?.into_iter();
        hindrances.extend(waiting.map(|(address, until)| Hindrance::NetworkWaits(address, until)));
        networks_known = !networks.is_empty();
    }
    let by_password = has_password && hindrances.is_empty();
    Ok(WaysIn { by_passkey, by_password, hindrances, networks_known })
}

/// What keeps an owner from logging in with a password, wherever they are.
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
    Ok(hindrances.into_iter().flatten().collect())
}

/// The addresses of an owner from whose networks no password is checked for now: each with the moment until then.
pub async fn waiting_networks(
    site: &Site,
    account: &AccountId,
    places: &[Place],
) -> sqlx::Result<Vec<(IpAddr, Time)>> {
    passwords::networks_waiting(site, &networks(site, account, places).await?).await
}

/// The addresses at which an owner may be: where they are logged in, and from where logins failed. Behind the one address of a
/// club, it is the wrong passwords of others that keep them waiting.
async fn networks(site: &Site, account: &AccountId, places: &[Place]) -> sqlx::Result<Vec<IpAddr>> {
    let failures = audit::failed_logins(site, account, FAILURES).await?;
    let failed = failures.iter().filter_map(|item| item.address());
    let logged_in = places.iter().take(PLACES).filter_map(|place| place.address.as_deref());
    let mut addresses: Vec<IpAddr> =
        failed.chain(logged_in).filter_map(|address| address.parse().ok()).collect();
    addresses.sort_unstable();
    addresses.dedup();
    Ok(addresses)
}
