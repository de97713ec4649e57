//! Sessions and remembered devices by second factors: what is kept of them, and that those which a passkey opened end
//! with it.

use vestibule::base::{Client, Tx};
use vestibule::people::sessions::{self, Authenticated, Method, Started};
use vestibule::people::{AccountId, Actor};

use crate::support::{ADA, PASSWORD, TestSite, Visitor};

/// Ada, who has two passkeys, and no session.
fn site() -> (TestSite, AccountId) {
    let site = TestSite::new();
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    for insert in [
        "insert into passkeys (id, account_id, credential_id, public_key, algorithm, rp_id, name, aaguid, transports, \
         counter, backup_eligible, backed_up, user_verified, registration_mode, created_at, created_by) \
         select 'first', id, 'a', '', -7, 'localhost', 'Phone', '', '', 0, 0, 0, 1, 'asked', 1, 'owner' from accounts",
        "insert into passkeys (id, account_id, credential_id, public_key, algorithm, rp_id, name, aaguid, transports, \
         counter, backup_eligible, backed_up, user_verified, registration_mode, created_at, created_by) \
         select 'second', id, 'b', '', -7, 'localhost', 'Key', '', '', 0, 0, 0, 1, 'asked', 1, 'owner' from accounts",
    ] {
        assert_eq!(site.change(insert), 1);
    }
    let ada = site.account(ADA).id;
    (site, ada)
}

fn within<T>(site: &TestSite, work: impl AsyncFnOnce(&mut Tx) -> sqlx::Result<T>) -> T {
    site.runtime.block_on(async {
        let mut tx = site.db.begin_locked(&[]).await.unwrap();
        let done = work(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        done
    })
}

fn start(site: &TestSite, by: &Authenticated, remember: bool) -> Started {
    let client = Client::default();
    within(site, async |tx: &mut Tx| sessions::start(tx, &site.site, by, remember, &client).await)
}

fn is_live(site: &TestSite, started: &Started) -> bool {
    site.runtime.block_on(sessions::is_live(&site.site, &started.id)).unwrap()
}

/// A passkey that ends, as its owner removes it in a session.
fn end(site: &TestSite, account: &AccountId, passkey_id: &str, kept: Option<&Started>) -> bool {
    let token = within(site, async |tx: &mut Tx| {
        let (of, kept) = ((account, passkey_id), kept.map(|kept| &kept.id));
        sessions::end_of_passkey(tx, &site.site, of, kept, Actor::CommandLine).await
    });
    assert!(kept.zip(token.as_ref()).is_none_or(|(kept, token)| *token != kept.session), "a new token");
    token.is_some()
}

#[test]
fn a_passkey_is_kept_with_what_it_opens() {
    let (site, ada) = site();
    start(&site, &site.proof_by_passkey(&ada, "first"), true);
    for row in [
        "select passkey_id || ' ' || methods from sessions",
        "select passkey_id || ' ' || methods from remember_tokens",
    ] {
        assert_eq!(site.text(row), "first passkey");
    }
    site.change("delete from remember_tokens");
    start(&site, &site.proof(&ada, Method::Password, &[Method::Passkey]), true);
    assert_eq!(site.text("select methods from sessions"), "pwd passkey");
    assert_eq!(site.number("select count(*) from sessions where passkey_id is not null"), 0);
    assert_eq!(site.number("select count(*) from remember_tokens where passkey_id is not null"), 0);
}

#[test]
fn what_a_remembered_device_opens_ends_with_the_passkey_that_it_was_remembered_by() {
    let (site, _) = site();
    let mut ada: Visitor<'_> = site.visitor();
    assert_eq!(ada.log_in_remembered(ADA, PASSWORD).location(), "/profile");
    site.change("update remember_tokens set passkey_id = 'first', methods = 'passkey'");
    site.change("delete from sessions");
    ada.jar.retain(|(name, _)| name == "remember");
    assert!(ada.is_logged_in());
    assert_eq!(site.text("select passkey_id || ' ' || methods from sessions"), "first remember passkey");

    // Without its device it is still the passkey's.
    site.change("update sessions set remember_token_id = null");
    site.change("delete from passkeys where id = 'first'");
    assert_eq!(site.number("select count(*) from sessions"), 0);
    assert_eq!(site.number("select count(*) from remember_tokens"), 0);
    assert!(!ada.is_logged_in());
}

#[test]
fn what_a_passkey_opened_ends_with_it_but_for_the_session_in_which_it_is_removed() {
    let (site, ada) = site();
    let by = |passkey_id: &str| site.proof_by_passkey(&ada, passkey_id);
    let password = start(&site, &site.proof(&ada, Method::Password, &[]), true);
    let (here, elsewhere) = (start(&site, &by("first"), true), start(&site, &by("first"), true));
    let other = start(&site, &by("second"), true);

    assert!(end(&site, &ada, "first", Some(&here)));
    let live = |started: &[&Started; 4]| started.map(|started| is_live(&site, started));
    assert_eq!(live(&[&password, &here, &elsewhere, &other]), [true, true, false, true]);
    assert_eq!(site.number("select count(*) from remember_tokens"), 2);
    assert_eq!(site.number("select count(*) from ended_devices"), 2, "those devices are told");

    // The row of the passkey goes later.
    site.change("delete from passkeys where id = 'first'");
    assert!(is_live(&site, &here));

    assert!(!end(&site, &ada, "second", Some(&password)), "it did not open this one, which keeps its token");
    assert_eq!(live(&[&password, &here, &elsewhere, &other]), [true, true, false, false]);
    assert_eq!(site.number("select count(*) from sessions where remember_token_id is not null"), 1);
}

#[test]
fn each_method_that_was_proved_again_is_kept_once_in_the_session() {
    let (site, ada) = site();
    let started = start(&site, &site.proof(&ada, Method::Password, &[]), false);
    for methods in ["pwd otp", "pwd otp"] {
        site.clock.advance(60);
        let again = site.proof(&ada, Method::Password, &[Method::App]);
        let token = within(&site, async |tx: &mut Tx| {
            sessions::rotate_fresh(tx, &site.site, &started.id, &again).await
        });
        assert!(token.is_some());
        assert_eq!(site.text("select methods from sessions"), methods);
        assert_eq!(site.number("select authenticated_at from sessions"), site.clock.now().unix());
    }
}
