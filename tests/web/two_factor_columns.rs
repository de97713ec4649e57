//! What an account's row says about second factors: since when two-factor authentication is on, and the ID that
//! passkeys know the account by.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use vestibule::base::{Time, Tx};
use vestibule::people::{AccountId, accounts};

use crate::support::{ADA, PASSWORD, TestSite};

const BOB: &str = "bob@example.org";

fn site() -> (TestSite, AccountId, AccountId) {
    let site = TestSite::new();
    for (email, name) in [(ADA, "Ada"), (BOB, "Bob")] {
        site.visitor().sign_up(email, name, PASSWORD);
    }
    let (ada, bob) = (site.account(ADA).id, site.account(BOB).id);
    (site, ada, bob)
}

fn within<T>(site: &TestSite, work: impl AsyncFnOnce(&mut Tx) -> sqlx::Result<T>) -> T {
    site.runtime.block_on(async {
        let mut tx = site.db.begin_locked(&[]).await.unwrap();
        let done = work(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        done
    })
}

#[test]
fn two_factor_authentication_is_off_at_first_and_on_since_it_was_turned_on() {
    let (site, ada, bob) = site();
    let since = |account: &AccountId| {
        site.runtime.block_on(accounts::two_factor_since(site.db.reader(), account)).unwrap()
    };
    let set = |to: Option<Time>| {
        within(&site, async |tx: &mut Tx| {
            let changed = accounts::set_two_factor(tx, &ada, to).await?;
            assert_eq!(accounts::two_factor_since(tx, &ada).await?.is_some(), to.is_some());
            Ok(changed)
        })
    };
    assert_eq!(since(&ada), None);
    assert!(!set(None), "it is off already");
    let now = site.clock.now();
    assert!(set(Some(now)));
    assert!(!set(Some(now.plus(60))), "it is on already");
    assert_eq!((since(&ada), since(&bob)), (Some(now), None));
    assert!(set(None));
    assert_eq!(since(&ada), None);
}

#[test]
fn passkeys_know_an_account_by_32_random_bytes_that_never_change() {
    let (site, ada, bob) = site();
    let id_of = |account: &AccountId| {
        let made = within(&site, async |tx: &mut Tx| accounts::make_passkey_user_id(tx, account).await);
        assert_eq!(site.runtime.block_on(accounts::passkey_user_id(&site.db, account)).unwrap(), made);
        made
    };
    let before = site.runtime.block_on(accounts::passkey_user_id(&site.db, &ada));
    assert_eq!(before.unwrap(), None, "reading makes none");
    let hers = id_of(&ada).unwrap();
    assert_eq!(URL_SAFE_NO_PAD.decode(&hers).unwrap().len(), 32);
    assert_eq!(id_of(&ada), Some(hers.clone()));
    assert_ne!(id_of(&bob), Some(hers.clone()));
    let no_one = AccountId::parse("01890a5d-ac96-774b-bcce-b302099a8057").unwrap();
    assert_eq!(id_of(&no_one), None);
}
