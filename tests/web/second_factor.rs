//! A second factor that is typed: what a right one is worth. How often it may be wrong is in `second_factor_guesses`.
//! These stories are told to the decisions, without the pages.

use vestibule::base::Client;
use vestibule::people::AccountId;
use vestibule::people::sessions::{Authenticated, KnownBrowser, Method};
use vestibule::services::second_factor::{self, Given, Outcome, SecondFactorAttempt, VerifiedFactor};
use vestibule::web::{self, Submission};

use crate::recovery_codes::{from_operator, left, new_set};
use crate::support::phone::Phone;
use crate::support::{ADA, TestSite};

/// Types something in a browser, which the account knows or not.
pub async fn attempt(
    site: &TestSite,
    account: &AccountId,
    (known_browser, is_known): (&KnownBrowser, bool),
    given: Given<'_>,
) -> web::Result<Outcome> {
    let (client, submission) = (Client::default(), Submission::none());
    let by = SecondFactorAttempt { client: &client, known_browser, is_known, submission: &submission };
    second_factor::attempt(&site.site, account, &by, given).await
}

pub fn typed_in(
    site: &TestSite,
    account: &AccountId,
    browser: (&KnownBrowser, bool),
    given: Given<'_>,
) -> Outcome {
    site.runtime.block_on(attempt(site, account, browser, given)).unwrap()
}

/// Types something in a browser that was never used here before.
pub fn typed(site: &TestSite, account: &AccountId, given: Given<'_>) -> Outcome {
    typed_in(site, account, (&KnownBrowser::default(), false), given)
}

pub fn right(outcome: Outcome) -> Box<VerifiedFactor> {
    match outcome {
        Outcome::Right(verified) => verified,
        other => panic!("{other:?}"),
    }
}

/// Goes on with a right code after something that was proved. What is proved then, if the code still counts.
pub fn finish(site: &TestSite, verified: &VerifiedFactor, before: Authenticated) -> Option<String> {
    let finished = verified.settle(&site.site, proved(site, verified, before));
    site.runtime.block_on(finished).unwrap()
}

async fn proved(
    site: &TestSite,
    verified: &VerifiedFactor,
    before: Authenticated,
) -> web::Result<Option<String>> {
    let mut tx = site.db.begin_locked(&[verified.account().lock_key()]).await?;
    let Some(proved) = verified.authenticated(&mut tx, &site.site, before).await? else { return Ok(None) };
    verified.commit(&site.site, tx).await?;
    Ok(Some(proved.methods().to_string()))
}

/// What the password of an account proves.
pub fn password(site: &TestSite, account: &AccountId) -> Authenticated {
    site.proof(account, Method::Password, &[])
}

pub fn counted(site: &TestSite) -> i64 {
    site.number("select cast(coalesce(sum(failures), 0) as bigint) from failed_logins")
}

#[test]
fn a_right_code_is_added_to_what_was_proved_and_counts_once() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    let code = ada.code(&site, 0);
    let verified = right(typed(&site, &ada.account, Given::Code(&code)));
    assert_eq!(
        (verified.is_recovery_code(), counted(&site)),
        (false, 1),
        "it counts as wrong until it is used"
    );
    let finished = finish(&site, &verified, password(&site, &ada.account));
    assert_eq!((finished.as_deref(), counted(&site)), (Some("pwd otp"), 0));
    drop(verified); // until then, no one else may guess
    for _ in 0..10 {
        assert!(matches!(typed(&site, &ada.account, Given::Code(&code)), Outcome::Used));
    }
    assert_eq!(counted(&site), 0, "typing a used code again is no guess");
    assert_eq!(site.number("select count(*) from audit where event = 'factor_wrong'"), 0);
}

#[test]
fn a_code_of_one_account_is_worth_nothing_for_another() {
    let site = TestSite::new();
    let (ada, bob) = (Phone::of(&site, ADA), Phone::of(&site, "bob@example.org"));
    let code = bob.code(&site, 0);
    let verified = right(typed(&site, &bob.account, Given::Code(&code)));
    assert_eq!(finish(&site, &verified, password(&site, &ada.account)), None);
    drop(verified);
    assert!(matches!(typed(&site, &ada.account, Given::Code(&code)), Outcome::Wrong));
    let verified = right(typed(&site, &bob.account, Given::Code(&code)));
    let finished = finish(&site, &verified, password(&site, &bob.account));
    assert_eq!(finished.as_deref(), Some("pwd otp"), "it was not used up");
}

#[test]
fn of_two_instances_that_find_a_code_right_one_goes_on() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    let (other, code) = (site.another(), ada.code(&site, 0));
    let first = right(typed(&site, &ada.account, Given::Code(&code)));
    let second = right(typed(&other, &ada.account, Given::Code(&code)));
    assert!(finish(&site, &first, password(&site, &ada.account)).is_some());
    assert_eq!(finish(&other, &second, password(&other, &ada.account)), None);
    assert_eq!(counted(&site), 0, "neither was a wrong one");
}

#[test]
fn an_app_whose_secret_cannot_be_read_refuses_and_counts_nothing() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    site.change("update totp_apps set secret = ''");
    assert!(matches!(typed(&site, &ada.account, Given::Code(&ada.code(&site, 0))), Outcome::Unreadable));
    assert_eq!(counted(&site), 0);
    site.change("update totp_apps set removed_at = 1");
    assert!(matches!(typed(&site, &ada.account, Given::Code(&ada.code(&site, 0))), Outcome::Wrong));
    assert_eq!(counted(&site), 1, "that of an account without an app is a guess like any other");
}

#[test]
fn a_recovery_code_is_the_whole_second_factor_and_is_used_up() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    let (account, codes) = (&ada.account, new_set(&site, &ada.account));
    let verified = right(typed(&site, account, Given::RecoveryCode(&codes[3])));
    assert!(verified.is_recovery_code());
    let finished = finish(&site, &verified, password(&site, account));
    assert_eq!(finished.as_deref(), Some("pwd recovery"));
    drop(verified);
    assert_eq!((left(&site, account), counted(&site)), (Some(9), 0));
    assert_eq!(site.number("select count(*) from audit where event = 'recovery_code_used'"), 1);
    assert!(matches!(typed(&site, account, Given::RecoveryCode(&codes[3])), Outcome::Wrong));

    let given = from_operator(&site, ADA);
    let verified = right(typed(&site, account, Given::RecoveryCode(&given)));
    assert!(verified.is_recovery_code());
    assert!(finish(&site, &verified, password(&site, account)).is_some());
    assert_eq!(left(&site, account), Some(9), "the set has as many as before");
}
