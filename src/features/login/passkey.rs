//! The decisions: may this passkey log in, and is it the second factor of a login that waits for one?

use super::begin::{Login, begin};
use super::second::Second;
use crate::base::rate_limit::{Counts, Kept, LimitKey, LimitedAction, Rate, RetryAfter};
use crate::base::{Client, Site, Time, Token, Tx, refused};
use crate::people::audit::{self, Entry, Event};
use crate::people::sessions::{self, KnownBrowser, PendingLogin, Standing, Started};
use crate::people::{AccountId, Actor};
use crate::services::outbox::{self, EmailKind};
use crate::services::passkeys::{self, AssertionAnswer, PasskeySite, Reason, Refusal, UsedPasskey};
use crate::web::{self, Error, Submission};

/// A login by a passkey, right or wrong: as many as by passwords, and counted apart from them. No one can guess a
/// signature, so this limits work only, and a crowd with passkeys leaves the password to the others.
static LOG_IN_BY_PASSKEY: LimitedAction = LimitedAction {
    code: "log_in_passkey",
    rate: |settings| Rate::a_minute(settings.limit_logins.get()),
    counts: Counts::Each,
    kept: Kept::InMemory,
    why: "limit-log-in",
    logged: "too many logins by passkeys",
};

/// The result of a login by a passkey.
#[derive(Debug)]
pub(super) enum ByPasskey {
    /// A session was started.
    Opened {
        /// The new tokens of the visitor.
        started: Started,
        /// The account.
        account: AccountId,
        /// Whether to say that a remembered device was used in two places.
        reused: bool,
    },
    /// No account has this passkey. The browser may be told so.
    Unknown,
    /// Its owner removed it. The browser must not be told: the removal can still be undone.
    Removed,
    /// It rests since the password was reset, as its holder learns.
    Rests,
    /// Something else was wrong, and the answer does not say what.
    Refused,
    /// There were too many logins.
    Wait(RetryAfter),
}

/// What a browser answered to the question of the login page.
#[derive(Clone, Copy, Debug)]
pub(super) struct PasskeyInput<'t> {
    pub(super) answer: &'t AssertionAnswer,
    /// Whether "Remember me" was ticked.
    pub(super) remember: bool,
    pub(super) known_browser: &'t KnownBrowser,
    /// The token of an earlier login that waits in this browser, if it holds one.
    pub(super) pending: Option<&'t Token>,
    /// The submitted form.
    pub(super) submission: &'t Submission,
}

/// Checks a passkey and starts a session. It is never asked for a second factor: it is two by itself.
pub(super) async fn log_in(
    site: &Site,
    at: &PasskeySite,
    input: &PasskeyInput<'_>,
    client: &Client,
) -> web::Result<ByPasskey> {
    let PasskeyInput { answer, remember, known_browser, pending, submission } = *input;
    let now = site.clock.now();
    if let Err(wait) = site.limits.take(&LOG_IN_BY_PASSKEY, &LimitKey::network(client.address), now) {
        refused::too_early(site, client, "", &wait, LOG_IN_BY_PASSKEY.logged);
        return Ok(ByPasskey::Wait(wait));
    }
    let verified = match passkeys::log_in(site, at, answer, client).await? {
        Ok(verified) => verified,
        Err(Refusal::Unknown) => return Ok(ByPasskey::Unknown),
        Err(Refusal::Removed) => return Ok(ByPasskey::Removed),
        Err(Refusal::Failed { why: Reason::Rests, .. }) => return Ok(ByPasskey::Rests),
        Err(Refusal::Failed { .. }) => return Ok(ByPasskey::Refused),
    };
    let account = verified.account();
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    let used = match verified.authenticated(&mut tx, site).await? {
        Ok(used) => used,
        Err(why) => {
            drop(tx);
            refuse(site, account, ("authn_login_fail", why), submission, client).await?;
            return Ok(if why == Reason::Gone { ByPasskey::Removed } else { ByPasskey::Refused });
        }
    };
    // Only for the email about a new browser. When the password was changed does not matter to that.
    let standing = known_browser.standing(account, Time::from_unix(0), now);
    let login = Login {
        authenticated: &used.authenticated,
        remember,
        known_browser: standing == Standing::Known,
        repeated: false,
        client,
    };
    let Some(started) = begin(&mut tx, site, &login).await? else { return Ok(ByPasskey::Refused) };
    record(&mut tx, site, &used, client).await?;
    // The password was typed before, and the visitor has now logged in after all.
    if let Some(earlier) = pending {
        sessions::replace_pending(&mut tx, account, Some(&earlier.hash()), "").await?;
    }
    let reused = audit::mark_reuse_reported(&mut tx, account, now).await?;
    submission.succeed(&mut tx, site, Some(account.as_str())).await?;
    tx.commit().await?;
    Ok(ByPasskey::Opened { started, account: account.clone(), reused })
}

/// What a browser answered to the question after the password, and for which login.
#[derive(Clone, Copy, Debug)]
pub(super) struct SecondPasskey<'t> {
    /// The token of the login.
    pub(super) token: &'t Token,
    pub(super) pending: &'t PendingLogin,
    pub(super) answer: &'t AssertionAnswer,
    /// The submitted form.
    pub(super) submission: &'t Submission,
}

/// Checks a passkey and finishes the login that waits. There is nothing to guess, so wrong ones are not counted apart
/// from the forms of a network.
pub(super) async fn second(
    site: &Site,
    at: &PasskeySite,
    input: &SecondPasskey<'_>,
    client: &Client,
) -> web::Result<Second> {
    let SecondPasskey { token, pending, answer, submission } = *input;
    let (hash, now) = (token.hash(), site.clock.now());
    let of = (&pending.account, hash.as_str().as_bytes());
    let Ok(verified) = passkeys::second(site, at, of, answer, client).await? else {
        return Ok(Second::Wrong);
    };
    let account = verified.account();
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    let Some(before) = sessions::finish_pending(&mut tx, &hash, now).await? else {
        drop(tx);
        // Another instance may have finished it a moment ago, by the same form.
        return if submission.is_done(site).await? { Err(Error::DoneBefore) } else { Ok(Second::Over) };
    };
    let used = match verified.authenticated(&mut tx, site, before).await? {
        Ok(used) => used,
        Err(why) => {
            drop(tx); // the login goes on waiting
            refuse(site, account, ("authn_factor_fail", why), submission, client).await?;
            return Ok(Second::Wrong);
        }
    };
    let login = Login {
        authenticated: &used.authenticated,
        remember: pending.remember,
        known_browser: pending.known_browser,
        repeated: false,
        client,
    };
    let Some(started) = begin(&mut tx, site, &login).await? else { return Ok(Second::Over) };
    record(&mut tx, site, &used, client).await?;
    let reused = audit::mark_reuse_reported(&mut tx, account, now).await?;
    submission.succeed(&mut tx, site, Some(account.as_str())).await?;
    tx.commit().await?;
    Ok(Second::Opened { started, submission: submission.clone(), reused })
}

/// Records what the use of a passkey has shown, in its transaction. Its owner is told if there may be a copy of it.
pub(super) async fn record(
    tx: &mut Tx,
    site: &Site,
    used: &UsedPasskey,
    client: &Client,
) -> sqlx::Result<()> {
    let (account, actor) = (used.authenticated.account(), Actor::Owner(client));
    for event in used.events.iter().copied() {
        Entry { event, account: Some(account), actor }.record_in(tx, None, site.clock.now()).await?;
    }
    if used.became_copyable || used.events.contains(&Event::PasskeyCounter) {
        outbox::notify(tx, site, EmailKind::PasskeyCopied, account, actor).await?;
    }
    Ok(())
}

/// Logs a passkey that was verified, and then did not count in its transaction. If another instance was faster with the
/// same form, that is the answer.
async fn refuse(
    site: &Site,
    account: &AccountId,
    (event, why): (&'static str, Reason),
    submission: &Submission,
    client: &Client,
) -> web::Result<()> {
    if why == Reason::Spent && submission.is_done(site).await? {
        return Err(Error::DoneBefore);
    }
    let (what, account) = ("a passkey no longer counted when it was used", account.as_str());
    refused::log(site, client, event, what, || {
        let (request_id, address, browser) = (&*client.request_id, client.address_text(), client.browser);
        log::info!(event, request_id, account, address:%, browser:%; "{what}: {why:?}");
    });
    Ok(())
}
