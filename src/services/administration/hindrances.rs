//! Why the owner of an account cannot log in, for those who were asked: the command line and the page of an account say it
//! in their own words, each with what helps.

use std::net::IpAddr;

use crate::base::{Site, Time};
use crate::people::Account;
use crate::people::audit;
use crate::services::{passwords, second_factor};

/// Failed logins whose networks are looked at.
const FAILURES: i64 = 10;

/// What keeps an owner from logging in.
#[derive(Clone, Debug, PartialEq)]
pub enum Hindrance {
    /// The account is disabled, since this moment.
    Disabled(Time),
    /// The address is not confirmed, and the site requires that.
    Unconfirmed,
    /// There is no password.
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

/// What keeps the owner of an account from logging in, the most lasting first.
pub async fn hindrances(site: &Site, account: &Account) -> sqlx::Result<Vec<Hindrance>> {
    let factors = second_factor::summary(site, &account.id).await?;
    let works = factors.can_be_asked() || factors.codes_left.unwrap_or_default() > 0;
    let unconfirmed = account.confirmed_at.is_none() && !site.settings.unconfirmed_may_log_in();
    let hindrances = [
        account.disabled_at.map(Hindrance::Disabled),
        unconfirmed.then_some(Hindrance::Unconfirmed),
        (!passwords::is_set(site, account).await?).then_some(Hindrance::NoPassword),
        passwords::paused_until(site, account).await?.map(Hindrance::PasswordsPaused),
        second_factor::paused_until(site, &account.id).await?.map(Hindrance::CodesPaused),
        (factors.is_on() && !works).then_some(Hindrance::NoSecondFactor),
    ];
    let mut hindrances: Vec<_> = hindrances.into_iter().flatten().collect();
    hindrances.extend(networks(site, account).await?);
    Ok(hindrances)
}

/// The networks from which logins to the account failed, and that have to wait.
async fn networks(site: &Site, account: &Account) -> sqlx::Result<Vec<Hindrance>> {
    let failures = audit::failed_logins(site, &account.id, FAILURES).await?;
    let mut addresses: Vec<IpAddr> =
        failures.iter().filter_map(|item| item.address()?.parse().ok()).collect();
    addresses.sort_unstable();
    addresses.dedup();
    let mut waiting = Vec::new();
    for address in addresses {
        if let Some(until) = passwords::network_waits_until(site, address).await? {
            waiting.push(Hindrance::NetworkWaits(address, until));
        }
    }
    Ok(waiting)
}
