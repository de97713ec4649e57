//! What is done with passkeys: renamed, removed and brought back; they rest and wake; browsers are told of them.

use serde_json::json;
use vestibule::base::{Client, Tx};
use vestibule::people::accounts::NameError;
use vestibule::people::sessions::{self, SessionId};
use vestibule::people::{AccountId, Actor};
use vestibule::services::passkeys::{
    self, Passkey, PasskeyId, PasskeyName, REMOVED_KEPT, Reason, Refusal, Usable,
};
use vestibule::testing::Authenticator;

use crate::passkeys::{Ada, as_json, bytes, owner, why};
use crate::support::TestSite;

impl Ada {
    fn list(&self) -> Vec<Passkey> {
        let place = self.place();
        let list = passkeys::list(&self.site.db, Some(&place), &self.account.id);
        self.site.runtime.block_on(list).unwrap()
    }

    fn change<T>(&self, work: impl AsyncFnOnce(&mut Tx) -> sqlx::Result<T>) -> T {
        let done = self.within(&self.account.id, async |tx: &mut Tx| work(tx).await.map(Ok::<_, ()>));
        done.unwrap_or_else(|()| panic!("nothing is refused"))
    }

    fn remove(&self, of: &AccountId, id: &PasskeyId, kept: Option<&SessionId>) -> Option<passkeys::Removed> {
        let (site, client) = (&self.site.site, Client::default());
        self.change(async |tx: &mut Tx| {
            passkeys::remove(tx, site, (of, id), kept, Actor::Owner(&client)).await
        })
    }

    fn restore(&self, of: &AccountId, id: &PasskeyId) -> bool {
        self.change(async |tx: &mut Tx| passkeys::restore(tx, of, id).await)
    }

    fn rest_all(&self) -> u64 {
        let (account, now) = (&self.account.id, self.site.clock.now());
        let actor = Actor::CommandLine;
        self.change(async |tx: &mut Tx| sessions::rest_passkeys(tx, account, actor, now).await)
    }

    fn wake(&self, of: &AccountId, id: &PasskeyId) -> bool {
        self.change(async |tx: &mut Tx| passkeys::wake(tx, of, id).await)
    }

    fn rename(&self, of: &AccountId, id: &PasskeyId, name: &str) -> bool {
        let name = PasskeyName::parse(name).unwrap();
        self.change(async |tx: &mut Tx| passkeys::rename(tx, of, id, &name).await)
    }

    /// A session that a device opened by itself.
    fn session_by(&self, device: &Authenticator) -> SessionId {
        let (site, used) = (&self.site.site, self.log_in(device).unwrap());
        let started = self.change(async |tx: &mut Tx| {
            sessions::start(tx, site, &used.authenticated, false, &Client::default()).await
        });
        started.id
    }

    fn is_live(&self, session: &SessionId) -> bool {
        self.site.runtime.block_on(sessions::is_live(&self.site.site, session)).unwrap()
    }
}

fn sweep(site: &TestSite) {
    site.runtime.block_on(passkeys::sweep(&site.site)).unwrap();
}

#[test]
fn a_passkey_has_the_name_that_its_owner_gives_it() {
    let ada = Ada::new();
    ada.device();
    let (id, bob) = (ada.list().remove(0).id, ada.bob().id);
    assert!(!ada.rename(&bob, &id, "Bob's phone"));
    assert!(ada.rename(&ada.account.id, &id, " My phone ") && !ada.rename(&ada.account.id, &id, "My phone"));
    assert_eq!(ada.list().remove(0).name.as_str(), "My phone");
    assert_eq!(PasskeyName::parse(&"a".repeat(61)), Err(NameError::TooLong));
    ada.remove(&ada.account.id, &id, None).unwrap();
    assert!(!ada.rename(&ada.account.id, &id, "Gone"));
}

#[test]
fn the_id_in_a_form_is_read_or_refused() {
    let ada = Ada::new();
    ada.device();
    let id = ada.list().remove(0).id;
    assert_eq!(PasskeyId::parse(&format!(" {} ", id.as_str())), Some(id));
    for odd in ["", "1", "\0", "'; drop table passkeys"] {
        assert_eq!(PasskeyId::parse(odd), None);
    }
}

#[test]
fn a_removed_passkey_is_refused_and_can_be_brought_back_for_a_week() {
    let ada = Ada::new();
    let (device, other, bob) = (ada.device(), ada.device(), ada.bob().id);
    let id = ada.list().remove(0).id;
    assert!(ada.remove(&bob, &id, None).is_none() && ada.list().len() == 2);
    assert!(ada.remove(&ada.account.id, &id, None).is_some());
    assert!(ada.remove(&ada.account.id, &id, None).is_none(), "it is removed already");
    assert_eq!(ada.log_in(&device).unwrap_err(), Refusal::Removed);
    assert!(ada.log_in(&other).is_ok() && ada.list().len() == 1);
    ada.site.clock.advance(REMOVED_KEPT - 1);
    sweep(&ada.site);
    assert!(!ada.restore(&bob, &id) && ada.restore(&ada.account.id, &id));
    assert!(!ada.restore(&ada.account.id, &id), "it is back already");
    assert!(ada.log_in(&device).is_ok() && ada.list().len() == 2);
    assert!(ada.remove(&ada.account.id, &id, None).is_some());
    ada.site.clock.advance(REMOVED_KEPT);
    sweep(&ada.site);
    assert!(!ada.restore(&ada.account.id, &id));
    assert_eq!(ada.log_in(&device).unwrap_err(), Refusal::Unknown);
    assert!(ada.log_in(&other).is_ok() && REMOVED_KEPT == 604_800);
}

#[test]
fn a_passkey_that_a_clock_ahead_removed_has_its_week_from_now_on() {
    let ada = Ada::new();
    ada.device();
    let id = ada.list().remove(0).id;
    ada.site.clock.advance(REMOVED_KEPT);
    assert!(ada.remove(&ada.account.id, &id, None).is_some());
    ada.site.clock.advance(-REMOVED_KEPT);
    sweep(&ada.site);
    ada.site.clock.advance(REMOVED_KEPT);
    sweep(&ada.site);
    assert_eq!(ada.site.number("select count(*) from passkeys"), 0);
}

#[test]
fn of_many_passkeys_that_were_removed_those_that_lived_longest_are_kept() {
    let ada = Ada::new();
    let device = ada.device();
    let first = ada.list().remove(0).id;
    ada.site.clock.advance(60);
    ada.remove(&ada.account.id, &first, None).unwrap();
    for _ in 0..24 {
        ada.device();
        let id = ada.list().remove(0).id;
        ada.remove(&ada.account.id, &id, None).unwrap();
    }
    let removed = || ada.site.number("select count(*) from passkeys where removed_at is not null");
    assert_eq!(removed(), 21, "twenty, and the last");
    let here = ada.session_by(&ada.device());
    let id = ada.list().remove(0).id;
    assert!(ada.remove(&ada.account.id, &id, Some(&here)).unwrap().token.is_some() && ada.is_live(&here));
    assert_eq!(removed(), 21);
    assert!(ada.restore(&ada.account.id, &first) && ada.log_in(&device).is_ok());
}

#[test]
fn what_a_passkey_opened_ends_with_it_but_not_where_its_owner_removes_it() {
    let ada = Ada::new();
    let (device, other) = (ada.device(), ada.device());
    let [here, elsewhere] = [(); 2].map(|()| ada.session_by(&device));
    let by_other = ada.session_by(&other);
    let id = ada.list().remove(0).id;
    let removed = ada.remove(&ada.account.id, &id, Some(&here)).unwrap();
    assert!(removed.token.is_some(), "it continues under a new token");
    assert!(ada.is_live(&here) && !ada.is_live(&elsewhere) && ada.is_live(&by_other));
    let id = ada.list().remove(0).id;
    assert!(ada.remove(&ada.account.id, &id, Some(&here)).unwrap().token.is_none());
    assert!(ada.is_live(&here) && !ada.is_live(&by_other));
    ada.site.clock.advance(REMOVED_KEPT);
    sweep(&ada.site);
    let live = "select count(*) from sessions where methods = 'passkey'";
    assert_eq!((ada.site.number("select count(*) from passkeys"), ada.site.number(live)), (0, 1));
}

#[test]
fn passkeys_rest_until_their_owner_wakes_each() {
    let ada = Ada::new();
    let (device, other, bob) = (ada.device(), ada.device(), ada.bob());
    let of_bob = ada.device_of(&bob);
    let [first, second] = [0, 1].map(|at| ada.list().remove(at).id);
    ada.remove(&ada.account.id, &second, None).unwrap();
    let verified = ada.verify(&ada.answer(&device, |_| {})).unwrap();
    assert_eq!((ada.rest_all(), ada.rest_all()), (2, 0));
    assert_eq!(why(ada.log_in(&device)), Reason::Rests);
    assert_eq!(why(ada.used(&verified)), Reason::Rests, "they rest since");
    assert!(ada.restore(&ada.account.id, &second));
    assert_eq!(why(ada.log_in(&other)), Reason::Rests, "one that comes back rests, too");
    assert!(ada.log_in(&of_bob).is_ok());
    let since = ada.site.clock.now();
    assert!(ada.list().iter().all(|one| (one.usable, one.rests_since) == (Usable::Rests, Some(since))));
    assert!(!ada.wake(&bob.id, &first) && ada.wake(&ada.account.id, &first));
    assert!(!ada.wake(&ada.account.id, &first), "it is awake already");
    assert!(ada.log_in(&device).is_ok());
    assert_eq!(why(ada.log_in(&other)), Reason::Rests);
}

#[test]
fn a_list_says_what_each_is_good_for_and_nothing_where_passkeys_cannot_work() {
    let ada = Ada::new();
    let device = ada.device();
    assert_eq!(ada.list().remove(0).usable, Usable::ByItself);
    ada.site.clock.advance(60);
    ada.log_in(&device).unwrap();
    let one = ada.list().remove(0);
    assert_eq!(one.last_used_at, Some(ada.site.clock.now()));
    assert_eq!((&*one.rp_id, one.created_at), ("localhost", ada.site.clock.now().minus(60)));
    ada.site.change("update passkeys set user_verified = 0");
    assert_eq!(ada.list().remove(0).usable, Usable::AfterPassword);
    let nowhere = passkeys::list(&ada.site.db, None, &ada.account.id);
    assert_eq!(ada.site.runtime.block_on(nowhere).unwrap().remove(0).usable, Usable::Elsewhere);
    ada.site.change("update passkeys set rp_id = 'login.old.test'");
    assert_eq!(ada.list().remove(0).usable, Usable::Elsewhere);
}

#[test]
fn a_browser_is_told_of_all_passkeys_of_this_domain_and_of_the_name_of_their_owner() {
    let ada = Ada::new();
    let signals = |ada: &Ada| {
        let place = ada.place();
        ada.site.runtime.block_on(passkeys::signals(&ada.site.db, &place, owner(&ada.account))).unwrap()
    };
    assert_eq!(signals(&ada), None, "she never had one");
    let (device, other) = (ada.device(), ada.device());
    ada.device_of(&ada.bob());
    ada.site.change("update passkeys set rests_since = 1");
    let mut told = as_json(signals(&ada));
    let user_id = told["accepted"]["userId"].take();
    assert_eq!(Some(bytes(&user_id)), device.user_handle);
    let ids = told["accepted"]["allAcceptedCredentialIds"].take();
    let ids: Vec<_> = ids.as_array().unwrap().iter().map(bytes).collect();
    assert_eq!(ids, [device.credential_id, other.credential_id]);
    let rest = json!({
        "accepted": { "rpId": "localhost", "userId": null, "allAcceptedCredentialIds": null },
        "details": { "rpId": "localhost", "userId": user_id, "name": "ada@example.org", "displayName": "Ada" },
    });
    assert_eq!(told, rest);
    for gone in [
        "update passkeys set removed_at = created_at",
        "update passkeys set removed_at = null, rp_id = 'x.test'",
    ] {
        ada.site.change(gone);
        assert_eq!(as_json(signals(&ada))["accepted"]["allAcceptedCredentialIds"], json!([]), "{gone}");
    }
}
