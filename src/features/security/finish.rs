//! The decision: what was set up counts from now on. One transaction keeps the codes, sets the app up, turns two-factor
//! authentication on and ends what was open without it; or none of this happens.

use super::codes_setup::Waiting;
use crate::base::admission::Attempt;
use crate::base::rate_limit::RetryAfter;
use crate::base::{Admission, Client, Decision, Site, Token, Tx, admit};
use crate::people::audit::{Entry, Event};
use crate::people::sessions::{self, Authenticated, End, Method, Rotated};
use crate::people::{AccountId, Actor, ActorKind, User};
use crate::services::outbox::{self, EmailKind};
use crate::services::recovery_codes::{self, NewSet};
use crate::services::second_factor::{self, TurnedOn};
use crate::services::totp_app::{self, SetUp};
use crate::web::{self, Submission};

/// What is to count.
#[derive(Clone, Copy)]
pub(super) struct SetUpOf<'s> {
    /// Whose it is.
    pub(super) user: &'s User,
    /// New recovery codes, if there are any.
    pub(super) codes: Option<&'s NewSet>,
    /// What else is to count.
    pub(super) waiting: &'s Waiting,
    /// The client that asks for it.
    pub(super) client: &'s Client,
    /// The form that asks for it.
    pub(super) submission: &'s Submission,
}

/// The result.
#[derive(Debug)]
pub(super) enum Finished {
    /// It counts, and the session goes on.
    Done(GoesOn),
    /// There is no factor that could be asked for.
    NoFactor,
    /// The codes that there were have been used up.
    NoCodes,
    /// The new codes were kept before.
    KeptBefore,
    /// There were too many changes.
    Wait(RetryAfter),
    /// The session ended in the meantime.
    Ended,
}

/// How the session goes on.
#[derive(Debug)]
pub(super) enum GoesOn {
    /// As before.
    AsBefore,
    /// With a new token.
    Rotated(Token),
    /// With a new token, while everything else of the account has ended: its own device, too, which was remembered by
    /// the password alone.
    Alone(Rotated),
}

/// Lets it count. `proved` is what the user has proved in the session.
pub(super) async fn finish(site: &Site, set_up: SetUpOf<'_>, proved: Authenticated) -> web::Result<Finished> {
    let account = &set_up.user.id;
    let changes = !matches!(set_up.waiting, Waiting::Nothing);
    let limits = [
        changes.then(|| (&second_factor::CHANGE, account.limit_key())),
        set_up.codes.map(|_| (&second_factor::KEEP_CODES, account.limit_key())),
    ];
    let attempt = Attempt { limits: limits.into_iter().flatten().collect(), secret: None };
    let admission = match admit(site, set_up.client, account.as_str(), attempt).await? {
        Decision::Admitted(admission) => admission,
        Decision::RetryAfter(wait) => return Ok(Finished::Wait(wait)),
    };
    admission.during(site, let_count(site, set_up, proved, &admission)).await
}

async fn let_count(
    site: &Site,
    set_up: SetUpOf<'_>,
    proved: Authenticated,
    admission: &Admission,
) -> web::Result<Finished> {
    let SetUpOf { user, codes, waiting, client, submission } = set_up;
    let (account, actor, now) = (&user.id, Actor::Owner(client), site.clock.now());
    let set = match codes {
        Some(codes) => Some(recovery_codes::hash_set(site, codes).await?),
        None => None,
    };
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    // Hashing took a while.
    if !sessions::is_live_in(&mut tx, site, &user.session).await? {
        return Ok(Finished::Ended);
    }
    if let Some(set) = set {
        if !recovery_codes::keep(&mut tx, account, set, now, ActorKind::Owner).await? {
            return Ok(Finished::KeptBefore);
        }
        record(&mut tx, site, Event::RecoveryCodesKept, account, actor).await?;
    }
    let proved = match waiting {
        Waiting::App(secret, step) => {
            let put = totp_app::put(&mut tx, site, account, secret, *step, ActorKind::Owner).await?;
            let event = match put {
                SetUp::Added => Event::FactorAdded,
                SetUp::Replaced => Event::FactorReplaced,
            };
            record(&mut tx, site, event, account, actor).await?;
            outbox::notify(&mut tx, site, EmailKind::FactorAdded, account, actor).await?;
            // The code of the set-up proves a second factor, but the login is no fresher than it was: the secret was on
            // a page that a session shows for half an hour.
            let Some(at) = user.authenticated_at else { return Ok(Finished::Ended) };
            proved.and(Method::App, at)
        }
        Waiting::TurningOn | Waiting::Nothing => proved,
    };
    let goes_on = match waiting {
        Waiting::Nothing => GoesOn::AsBefore,
        Waiting::App(..) | Waiting::TurningOn => {
            match second_factor::on(&mut tx, site, account, actor).await? {
                TurnedOn::NoFactor => return Ok(Finished::NoFactor),
                TurnedOn::NoCodes => return Ok(Finished::NoCodes),
                TurnedOn::Done => {
                    outbox::notify(&mut tx, site, EmailKind::TwoFactorOn, account, actor).await?;
                    let by = End { account, client, submission };
                    let rest = sessions::end_rest(&mut tx, site, (&user.session, &proved), None, by);
                    let Some(rotated) = rest.await? else { return Ok(Finished::Ended) };
                    GoesOn::Alone(rotated)
                }
                TurnedOn::Already => {
                    // They wait for a code of the app that was replaced.
                    sessions::end_pending(&mut tx, account).await?;
                    let token = sessions::rotate_fresh(&mut tx, site, &user.session, &proved).await?;
                    let Some(token) = token else { return Ok(Finished::Ended) };
                    GoesOn::Rotated(token)
                }
            }
        }
    };
    // Codes belong to turning it on: then one email tells of both.
    if codes.is_some() && !matches!(goes_on, GoesOn::Alone(_)) {
        outbox::notify(&mut tx, site, EmailKind::CodesKept, account, actor).await?;
    }
    submission.succeed(&mut tx, site, Some(account.as_str())).await?;
    admission.right(site, tx).await?;
    Ok(Finished::Done(goes_on))
}

/// Writes an event about the factors of an account. It is logged after the commit.
pub(super) async fn record(
    tx: &mut Tx,
    site: &Site,
    event: Event,
    account: &AccountId,
    actor: Actor<'_>,
) -> sqlx::Result<()> {
    Entry { event, account: Some(account), actor }.record_in(tx, None, site.clock.now()).await
}
