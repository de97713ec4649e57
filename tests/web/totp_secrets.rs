//! The secrets of authenticator apps at rest: only the site's key opens them, each for its own account, and another key
//! takes them along or not.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use vestibule::base::sealed;
use vestibule::base::secret::{SecretKey, hexadecimal};
use vestibule::services::totp_app::{self, Checked, Resealed, SetUp};

use crate::support::phone::Phone;
use crate::support::{ADA, TestSite};

const EVE: &str = "eve@example.org";

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn reseal(site: &TestSite, old: &SecretKey, new: &SecretKey) -> Resealed {
    site.runtime.block_on(async {
        let mut tx = site.db.begin_locked(&[]).await.unwrap();
        let resealed = totp_app::reseal(&mut tx, old, new).await.unwrap();
        tx.commit().await.unwrap();
        resealed
    })
}

/// How many accounts have a secret, and after dropping all of them.
fn drop_all(site: &TestSite) -> (i64, i64, i64) {
    site.runtime.block_on(async {
        let mut tx = site.db.begin_locked(&[]).await.unwrap();
        let concerned = totp_app::concerned(&mut tx).await.unwrap();
        let dropped = totp_app::drop_all(&mut tx).await.unwrap();
        let left = totp_app::concerned(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        (concerned, dropped, left)
    })
}

#[test]
fn the_database_holds_neither_a_secret_nor_a_code() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    let codes = [ada.code(&site, -1), ada.code(&site, 0), ada.wrong_code(&site)];
    for code in &codes {
        ada.counts(&site, code);
    }
    assert_eq!(ada.set_up(&site), SetUp::Replaced);
    assert_eq!(site.number("select count(*) from totp_apps"), 2, "the removed one is kept");

    let written = site.written();
    assert!(contains(&written, ADA.as_bytes()), "the search itself works");
    let bytes = ada.secret.reveal_bytes();
    for (form, secret) in [
        ("base32", ada.secret.reveal()),
        ("small base32", ada.secret.reveal().to_lowercase()),
        ("groups", ada.secret.reveal_in_groups()),
        ("hexadecimal", hexadecimal(bytes)),
        ("base64", STANDARD.encode(bytes).trim_end_matches('=').to_owned()),
        ("base64url", URL_SAFE_NO_PAD.encode(bytes)),
    ] {
        assert!(!contains(&written, secret.as_bytes()), "{form}");
    }
    assert!(!contains(&written, bytes), "bytes");
    let rows = site.rows_without("");
    assert!(rows.contains("totp_apps: "), "the search itself works");
    let words: Vec<&str> = rows.split(|character: char| !character.is_ascii_alphanumeric()).collect();
    for code in codes {
        assert!(!words.contains(&code.reveal().as_str()));
    }
}

#[test]
fn a_secret_does_not_open_for_another_account() {
    let site = TestSite::new();
    let (ada, eve) = (Phone::of(&site, ADA), Phone::of(&site, EVE));
    // Someone who can write to the database wants the codes of their own app to count for Ada.
    site.change(
        "update totp_apps set secret = (select secret from totp_apps \
         where account_id = (select id from accounts where email_key = 'eve@example.org')) \
         where account_id = (select id from accounts where email_key = 'ada@example.org')",
    );
    assert_eq!(site.number("select count(distinct secret) from totp_apps"), 1);
    let stolen = Phone { account: ada.account.clone(), secret: eve.secret.clone() };
    assert!(matches!(eve.check(&site, &eve.code(&site, 0)), Checked::Right(_)));
    assert_eq!(stolen.check(&site, &stolen.code(&site, 0)), Checked::Unreadable);
    assert_eq!(ada.check(&site, &ada.code(&site, 0)), Checked::Unreadable);
    // The whole row does not help either.
    site.change(
        "delete from totp_apps where account_id = (select id from accounts where email_key = 'ada@example.org')",
    );
    site.change(
        "update totp_apps set account_id = (select id from accounts where email_key = 'ada@example.org')",
    );
    assert_eq!(stolen.check(&site, &stolen.code(&site, 0)), Checked::Unreadable);
    assert!(!ada.summary(&site).unwrap().readable);
    assert_eq!(eve.check(&site, &eve.code(&site, 0)), Checked::None);
}

#[test]
fn a_site_with_another_key_reads_no_secret_and_lets_no_one_pass() {
    let mut site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    site.site.key = SecretKey::generate();
    for code in [ada.code(&site, 0), ada.wrong_code(&site)] {
        assert_eq!(ada.check(&site, &code), Checked::Unreadable);
    }
    assert!(!ada.summary(&site).unwrap().readable);
    site.site.key = site.key.clone();
    assert!(ada.counts(&site, &ada.code(&site, 0)));
}

#[test]
fn secrets_that_are_sealed_anew_open_under_the_new_key_only() {
    let mut site = TestSite::new();
    let (ada, eve) = (Phone::of(&site, ADA), Phone::of(&site, EVE));
    let used = ada.code(&site, -1);
    assert!(ada.counts(&site, &used));
    let (old, new) = (site.key.clone(), SecretKey::generate());
    assert_eq!(reseal(&site, &old, &new), Resealed { resealed: 2, unreadable: 0 });
    assert_eq!(ada.check(&site, &ada.code(&site, 0)), Checked::Unreadable);
    site.site.key = new;
    assert_eq!(ada.check(&site, &used), Checked::Used);
    assert!(ada.counts(&site, &ada.code(&site, 0)));
    assert!(eve.counts(&site, &eve.code(&site, 0)));
}

#[test]
fn a_key_that_was_not_the_sites_changes_no_secret() {
    let site = TestSite::new();
    let (ada, eve) = (Phone::of(&site, ADA), Phone::of(&site, EVE));
    site.change(
        "update totp_apps set secret = '' \
         where account_id = (select id from accounts where email_key = 'eve@example.org')",
    );
    let done = reseal(&site, &SecretKey::generate(), &SecretKey::generate());
    assert_eq!(done, Resealed { resealed: 0, unreadable: 1 }, "one without a secret does not count");
    assert!(ada.counts(&site, &ada.code(&site, 0)));
    assert_eq!(eve.check(&site, &eve.code(&site, 0)), Checked::Unreadable);
}

#[test]
fn however_many_secrets_there_are_each_is_sealed_anew() {
    let site = TestSite::new();
    let (_ada, _eve) = (Phone::of(&site, ADA), Phone::of(&site, EVE));
    // An account keeps twenty removed ones, but there may be many accounts.
    site.change(
        "insert into totp_apps (id, account_id, secret, last_step, failed_codes, created_at, created_by, removed_at) \
         with recursive n (i) as (select 1 union all select i + 1 from n where i < 250) \
         select id || '-' || cast(i as text), account_id, secret, last_step, failed_codes, created_at, created_by, created_at \
         from totp_apps, n where removed_at is null \
         and account_id = (select id from accounts where email_key = 'ada@example.org')",
    );
    let new = SecretKey::generate();
    let done = Resealed { resealed: 2, unreadable: 0 };
    assert_eq!(reseal(&site, &site.key, &new), done, "those that were replaced are not counted");
    let rows = sqlx::query_as("select account_id, secret from totp_apps").fetch_all(site.db.reader());
    let rows: Vec<(String, String)> = site.runtime.block_on(rows).unwrap();
    assert_eq!(rows.len(), 252);
    for (account, secret) in rows {
        assert!(sealed::open(&new, "authenticator app", &account, &secret).is_some());
        assert!(sealed::open(&site.key, "authenticator app", &account, &secret).is_none());
    }
}

#[test]
fn a_dropped_secret_must_be_set_up_again_and_its_app_stays_a_factor() {
    let site = TestSite::new();
    let (ada, eve) = (Phone::of(&site, ADA), Phone::of(&site, EVE));
    ada.set_up(&site);
    assert_eq!(drop_all(&site), (2, 2, 0));
    assert_eq!(site.number("select count(*) from totp_apps where secret = ''"), 3, "the replaced one too");
    for phone in [&ada, &eve] {
        let app = phone.summary(&site).unwrap();
        assert!(!app.readable && app.stopped_at.is_none());
        assert_eq!(phone.check(&site, &phone.code(&site, 0)), Checked::Unreadable);
    }
    assert_eq!(drop_all(&site), (0, 0, 0));
    assert_eq!(ada.set_up(&site), SetUp::Replaced);
    assert!(ada.counts(&site, &ada.code(&site, 0)));
    assert_eq!(eve.check(&site, &eve.code(&site, 0)), Checked::Unreadable);
}
