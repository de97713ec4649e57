//! Challenges of passkeys: each is for one purpose and one visitor, for five minutes, once.

use vestibule::base::{Client, Tx};
use vestibule::people::sessions::Method;
use vestibule::services::passkeys::{self, NotAdded, Reason, Refusal, RegistrationMode};

use crate::passkeys::{Ada, SESSION, answered, as_json, why};
use crate::support::TestSite;

#[test]
fn an_answer_counts_once() {
    let ada = Ada::new();
    let device = ada.device();
    let answer = ada.answer(&device, |_| {});
    assert!(ada.log_in_by(&answer).is_ok());
    assert_eq!(why(ada.log_in_by(&answer)), Reason::Spent);
    ada.site.clock.advance(299);
    assert_eq!(why(ada.log_in_by(&answer)), Reason::Spent);
    let of_bob = ada.device_of(&ada.bob());
    let question = as_json(passkeys::for_login(&ada.site.site, &ada.place()));
    assert!(ada.log_in_by(&answered(&question, &device, |_| {})).is_ok());
    let by_another = answered(&question, &of_bob, |_| {});
    assert_eq!(why(ada.log_in_by(&by_another)), Reason::Spent, "the challenge is spent, not the passkey");
}

#[test]
fn of_twenty_uses_at_once_one_counts() {
    let ada = Ada::new();
    let answer = ada.answer(&ada.device(), |_| {});
    let verified: Vec<_> = (0..20).map(|_| ada.verify(&answer).unwrap()).collect();
    let (site, account) = (&ada.site.site, &ada.account.id);
    let used = ada.site.runtime.block_on(async {
        let uses = verified.iter().map(|verified| async move {
            let mut tx = site.db.begin_locked(&[account.lock_key()]).await.unwrap();
            let used = verified.authenticated(&mut tx, site).await.unwrap();
            if used.is_ok() {
                tx.commit().await.unwrap();
            }
            used.map(drop)
        });
        rocket::futures::future::join_all(uses).await
    });
    let spent = used.iter().filter(|used| **used == Err(Reason::Spent)).count();
    assert_eq!((used.iter().filter(|used| used.is_ok()).count(), spent), (1, 19));
    assert_eq!(
        ada.site.number("select count(*) from spent_challenges"),
        2,
        "the other is of the registration"
    );
}

#[test]
fn an_answer_for_another_purpose_does_not_count() {
    let ada = Ada::new();
    let (device, client) = (ada.device(), Client::default());
    let (site, place, account) = (&ada.site.site, ada.place(), &ada.account.id);
    let run = &ada.site.runtime;
    let login = as_json(passkeys::for_login(site, &place));
    let second = as_json(run.block_on(passkeys::for_second(site, &place, account, b"")).unwrap());
    let same = as_json(run.block_on(passkeys::for_reauthentication(site, &place, account, b"")).unwrap());
    let questions = [&login, &second, &same];
    for (at, question) in questions.into_iter().enumerate() {
        let answer = answered(question, &device, |_| {});
        let as_login = run.block_on(passkeys::log_in(site, &place, &answer, &client)).unwrap().map(drop);
        let of = (account, &b""[..]);
        let as_second = run.block_on(passkeys::second(site, &place, of, &answer, &client)).unwrap().map(drop);
        let as_same =
            run.block_on(passkeys::reauthenticate(site, &place, of, &answer, &client)).unwrap().map(drop);
        let refused = Err(Refusal::Failed { why: Reason::Challenge, account: None });
        for (way, found) in [as_login, as_second, as_same].into_iter().enumerate() {
            assert_eq!(found, if way == at { Ok(()) } else { refused.clone() }, "{at} as {way}");
        }
    }
}

#[test]
fn an_answer_in_another_session_or_another_pending_login_does_not_count() {
    let ada = Ada::new();
    let (device, client) = (ada.device(), Client::default());
    let (site, place, account) = (&ada.site.site, ada.place(), &ada.account.id);
    let run = &ada.site.runtime;
    let second = as_json(run.block_on(passkeys::for_second(site, &place, account, b"one")).unwrap());
    let same = as_json(run.block_on(passkeys::for_reauthentication(site, &place, account, b"one")).unwrap());
    let second = answered(&second, &device, |_| {});
    let same = answered(&same, &device, |_| {});
    for other in [&b"two"[..], b"", b"one1"] {
        let of = (account, other);
        let pending = run.block_on(passkeys::second(site, &place, of, &second, &client)).unwrap();
        assert_eq!(why(pending), Reason::Challenge);
        let session = run.block_on(passkeys::reauthenticate(site, &place, of, &same, &client)).unwrap();
        assert_eq!(why(session), Reason::Challenge);
    }
    let of = (account, &b"one"[..]);
    assert!(run.block_on(passkeys::second(site, &place, of, &second, &client)).unwrap().is_ok());
    assert!(run.block_on(passkeys::reauthenticate(site, &place, of, &same, &client)).unwrap().is_ok());
}

#[test]
fn a_new_passkey_is_for_the_session_and_the_way_that_asked_for_it() {
    let ada = Ada::new();
    let mut device = ada.device();
    device.credential_id = vec![8; 32];
    let ways = [RegistrationMode::Asked, RegistrationMode::Plain, RegistrationMode::Upgrade];
    for asked in ways {
        let answer = ada.registration(&ada.account, asked, &mut device, |_| {});
        let refused = Err(NotAdded::Refused(Reason::Challenge));
        assert_eq!(ada.add_in(b"a session of Bob", &ada.account, asked, &answer), refused);
        for way in ways.into_iter().filter(|way| *way != asked) {
            assert_eq!(ada.add_in(SESSION, &ada.account, way, &answer), refused, "{asked:?} as {way:?}");
        }
    }
    let answer = ada.registration(&ada.account, RegistrationMode::Asked, &mut device, |_| {});
    assert!(ada.add_in(SESSION, &ada.account, RegistrationMode::Asked, &answer).is_ok());
    let again = ada.add_in(SESSION, &ada.account, RegistrationMode::Asked, &answer);
    assert_eq!(again, Err(NotAdded::Refused(Reason::Spent)));
}

#[test]
fn a_challenge_is_over_after_five_minutes_and_does_not_come_from_the_future() {
    let ada = Ada::new();
    let device = ada.device();
    for (later, counts) in [(299, true), (300, false), (3_600, false), (-300, true), (-301, false)] {
        let answer = ada.answer(&device, |_| {});
        ada.site.clock.advance(later);
        let found = ada.log_in_by(&answer);
        assert_eq!(found.is_ok(), counts, "{later}");
        if !counts {
            assert_eq!(why(found), Reason::Challenge);
        }
        ada.site.clock.advance(-later);
    }
}

#[test]
fn each_instance_knows_the_challenges_of_all_and_which_are_spent() {
    let ada = Ada::new();
    let device = ada.device();
    let other = ada.site.another();
    let question = as_json(passkeys::for_login(&other.site, &ada.place()));
    let answer = answered(&question, &device, |_| {});
    assert!(ada.log_in_by(&answer).is_ok());
    let at_other = other.runtime.block_on(async {
        let (place, client) = (ada.place(), Client::default());
        let verified = passkeys::log_in(&other.site, &place, &answer, &client).await.unwrap().unwrap();
        let mut tx = other.db.begin_locked(&[ada.account.id.lock_key()]).await.unwrap();
        verified.authenticated(&mut tx, &other.site).await.unwrap().map(drop)
    });
    assert_eq!(at_other, Err(Reason::Spent));
    drop(other);
}

#[test]
fn an_answer_that_was_not_committed_can_be_sent_again() {
    let ada = Ada::new();
    let verified = ada.verify(&ada.answer(&ada.device(), |_| {})).unwrap();
    ada.site.runtime.block_on(async {
        let mut tx = ada.site.db.begin_locked(&[ada.account.id.lock_key()]).await.unwrap();
        assert!(verified.authenticated(&mut tx, &ada.site.site).await.unwrap().is_ok());
    });
    assert!(ada.used(&verified).is_ok());
}

#[test]
fn a_spent_challenge_is_forgotten_once_no_instance_accepts_it() {
    let ada = Ada::new();
    assert!(ada.log_in(&ada.device()).is_ok());
    let spent = |site: &TestSite| {
        site.runtime.block_on(passkeys::sweep(&site.site)).unwrap();
        site.number("select count(*) from spent_challenges")
    };
    ada.site.clock.advance(599);
    assert_eq!(spent(&ada.site), 2);
    ada.site.clock.advance(1);
    assert_eq!(spent(&ada.site), 0);
}

#[test]
fn what_a_passkey_proves_after_the_password_is_spent_too() {
    let ada = Ada::new();
    let (device, client) = (ada.device(), Client::default());
    let (site, place, account) = (&ada.site.site, ada.place(), &ada.account.id);
    let run = &ada.site.runtime;
    let question = as_json(run.block_on(passkeys::for_second(site, &place, account, b"one")).unwrap());
    let answer = answered(&question, &device, |_| {});
    let verified = run.block_on(passkeys::second(site, &place, (account, &b"one"[..]), &answer, &client));
    let verified = verified.unwrap().unwrap();
    let before = || ada.site.proof(account, Method::Password, &[]);
    let use_up = || ada.within(account, async |tx: &mut Tx| verified.authenticated(tx, site, before()).await);
    assert!(use_up().is_ok());
    assert_eq!(use_up().unwrap_err(), Reason::Spent);
}
