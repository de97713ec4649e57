//! What a new password must be: long enough, and hard to guess. There are no composition rules and no
//! forbidden characters (NIST SP 800-63B-4, 3.1.1.2). Judging one takes some milliseconds, so it is counted
//! first and runs behind a gate of its own.

use zeroize::Zeroizing;

use super::guess;
pub use super::guess::Owner;
use super::limits::JUDGE_PASSWORD;
use crate::base::admission::Attempt;
use crate::base::gate::Failure;
use crate::base::rate_limit::{LimitKey, RetryAfter};
use crate::base::{Decision, Language, Password, Sentence, Settings, Site, Words, admit};
use crate::people::Actor;
use crate::people::sessions::SessionId;
use crate::web;

/// The verdict on a new password.
#[derive(Debug, PartialEq)]
pub enum Judged {
    /// It is accepted.
    Good,
    /// It is refused; this sentence says why and what to do.
    Refused(Sentence),
    /// Too many were judged; this one was not.
    Wait(RetryAfter),
}

/// Judges a new password. Counted for the session if the user is logged in, otherwise for the visitor's
/// network; not counted on the command line.
pub async fn judge(
    site: &Site,
    password: &Password,
    owner: &Owner,
    session: Option<&SessionId>,
    actor: Actor<'_>,
) -> web::Result<Judged> {
    // What costs nothing is not counted.
    if let Some(sentence) = wrong_length(&site.settings, password) {
        return Ok(Judged::Refused(sentence));
    }
    if owner.is_named(password, site.settings.site_name.as_str()) {
        return Ok(Judged::Refused("form-new-password-named".into()));
    }
    if is_example(&site.words, password) {
        return Ok(Judged::Refused("form-new-password-example".into()));
    }
    let mut admission = None;
    if let Some(client) = actor.client() {
        let network = || LimitKey::network(client.address);
        let attempt = Attempt::one(&JUDGE_PASSWORD, session.map_or_else(network, SessionId::limit_key));
        admission = match admit(site, client, "", attempt).await? {
            Decision::Admitted(admission) => Some(admission),
            Decision::RetryAfter(wait) => return Ok(Judged::Wait(wait)),
        };
    }
    let candidate = guess::prepared(password, owner, &site.settings);
    match site.judging.run(move || candidate.weakness()).await {
        Ok(weakness) => Ok(weakness.map_or(Judged::Good, Judged::Refused)),
        // If judging itself fails, the answer is no.
        Err(Failure::Broken) => Ok(Judged::Refused("form-new-password-unjudged".into())),
        Err(Failure::Busy) => {
            if let Some(admission) = admission {
                admission.give_back(site).await;
            }
            Err(Failure::Busy.into())
        }
    }
}

/// Whether a password is the example that pages show, in any language, whatever stands between its words.
fn is_example(words: &Words, password: &Password) -> bool {
    let letters = |text: &str| {
        let letters = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
        Zeroizing::new(letters.collect::<String>())
    };
    let (example, typed) = (Sentence::from("password-example"), letters(password.reveal()));
    !typed.is_empty() && Language::all().any(|language| letters(&words.plain(language, &example)) == typed)
}

/// The error about the length of a new password, found without judging it.
pub fn wrong_length(settings: &Settings, password: &Password) -> Option<Sentence> {
    let least = settings.password_min_length.get();
    match password.characters() {
        0 => Some("form-new-password-empty".into()),
        few if few < least as usize => Some(Sentence::new("form-new-password-short").with("least", least)),
        many if many > Password::MAX_CHARACTERS => {
            let most = Password::MAX_CHARACTERS.to_string();
            Some(Sentence::new("form-new-password-long").with("most", most))
        }
        _ => None,
    }
}
