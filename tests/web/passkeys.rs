//! A login by a passkey, without a user name. A software authenticator is the device and its browser.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use vestibule::base::webauthn::Algorithm;
use vestibule::base::{Client, Tx};
use vestibule::people::{Account, AccountId, ActorKind, sessions};
use vestibule::services::passkeys::{
    self, Added, AssertionAnswer, NewPasskey, NotAdded, PasskeyName, PasskeyOwner, PasskeySite, Reason,
    Refusal, RegistrationAnswer, RegistrationMode, UsedPasskey, VerifiedPasskey,
};
use vestibule::testing::{AssertionOptions, Authenticator, Ceremony, RegistrationOptions};

use crate::support::{ADA, Setup, TestSite};

/// What names Ada's session.
pub const SESSION: &[u8] = b"a session of Ada";

/// Ada and her site.
pub struct Ada {
    pub site: TestSite,
    pub account: Account,
}

impl Ada {
    pub fn new() -> Ada {
        Ada::at(TestSite::new())
    }

    pub fn at(site: TestSite) -> Ada {
        site.logged_in(ADA);
        let account = site.account(ADA);
        Ada { site, account }
    }

    /// Someone else.
    pub fn bob(&self) -> Account {
        self.site.logged_in("bob@example.org");
        self.site.account("bob@example.org")
    }

    pub fn place(&self) -> PasskeySite {
        passkeys::site(&self.site.site).unwrap()
    }

    /// A transaction about an account, which is committed unless something was refused.
    pub fn within<T, E>(
        &self,
        account: &AccountId,
        work: impl AsyncFnOnce(&mut Tx) -> sqlx::Result<Result<T, E>>,
    ) -> Result<T, E> {
        self.site.runtime.block_on(async {
            let mut tx = self.site.db.begin_locked(&[account.lock_key()]).await.unwrap();
            let done = work(&mut tx).await.unwrap();
            if done.is_ok() {
                tx.commit().await.unwrap();
            }
            done
        })
    }

    /// What the page asks for a new passkey.
    pub fn question(&self, of: &Account, mode: RegistrationMode) -> Value {
        let (site, place) = (&self.site.site, self.place());
        let options = passkeys::creation(site, &place, owner(of), mode, SESSION);
        serde_json::to_value(self.site.runtime.block_on(options).unwrap().unwrap()).unwrap()
    }

    /// What a device answers, in JSON.
    pub fn registration(
        &self,
        of: &Account,
        mode: RegistrationMode,
        device: &mut Authenticator,
        twist: impl FnOnce(&mut RegistrationOptions),
    ) -> Value {
        let question = self.question(of, mode);
        let ceremony = ceremony(&question["rp"]["id"], &question["challenge"]);
        let mut options = RegistrationOptions::new(ceremony, &bytes(&question["user"]["id"]));
        twist(&mut options);
        device.register(&options).json()
    }

    /// Adds it, in the session with this name.
    pub fn add_in(
        &self,
        session: &[u8],
        of: &Account,
        mode: RegistrationMode,
        answer: &Value,
    ) -> Result<Added, NotAdded> {
        let (site, place) = (&self.site.site, self.place());
        let answer = RegistrationAnswer::parse(&answer.to_string()).unwrap();
        let otherwise = PasskeyName::parse("Passkey on Firefox, Linux").unwrap();
        let new = NewPasskey {
            account: &of.id,
            mode,
            bound_to: session,
            otherwise: &otherwise,
            created_by: ActorKind::Owner,
        };
        self.within(&of.id, async |tx: &mut Tx| passkeys::add(tx, site, &place, &new, &answer).await)
    }

    /// A new passkey on a device.
    pub fn try_to_add(
        &self,
        of: &Account,
        mode: RegistrationMode,
        device: &mut Authenticator,
        twist: impl FnOnce(&mut RegistrationOptions),
    ) -> Result<Added, NotAdded> {
        let answer = self.registration(of, mode, device, twist);
        self.add_in(SESSION, of, mode, &answer)
    }

    /// A device with a passkey of an account.
    pub fn device_of(&self, of: &Account) -> Authenticator {
        let mut device = Authenticator::new(Algorithm::Es256);
        self.try_to_add(of, RegistrationMode::Asked, &mut device, |_| {}).unwrap();
        device
    }

    /// A device with a passkey of Ada.
    pub fn device(&self) -> Authenticator {
        self.device_of(&self.account)
    }

    /// What a device answers to the login page.
    pub fn answer(
        &self,
        device: &Authenticator,
        twist: impl FnOnce(&mut AssertionOptions),
    ) -> AssertionAnswer {
        answered(&as_json(passkeys::for_login(&self.site.site, &self.place())), device, twist)
    }

    pub fn verify(&self, answer: &AssertionAnswer) -> Result<VerifiedPasskey, Refusal> {
        let (place, client) = (self.place(), Client::default());
        let verified = passkeys::log_in(&self.site.site, &place, answer, &client);
        self.site.runtime.block_on(verified).unwrap()
    }

    /// The owner that a verified passkey proves.
    pub fn used(&self, verified: &VerifiedPasskey) -> Result<UsedPasskey, Refusal> {
        let site = &self.site.site;
        let used =
            self.within(verified.account(), async |tx: &mut Tx| verified.authenticated(tx, site).await);
        used.map_err(|why| Refusal::Failed { why, account: None })
    }

    pub fn log_in_by(&self, answer: &AssertionAnswer) -> Result<UsedPasskey, Refusal> {
        self.used(&self.verify(answer)?)
    }

    pub fn log_in(&self, device: &Authenticator) -> Result<UsedPasskey, Refusal> {
        self.log_in_by(&self.answer(device, |_| {}))
    }
}

pub fn owner(of: &Account) -> PasskeyOwner<'_> {
    PasskeyOwner { account: &of.id, email: &of.email, name: &of.name }
}

pub fn as_json(options: impl serde::Serialize) -> Value {
    serde_json::to_value(options).unwrap()
}

/// What a device answers to a question for a known passkey.
pub fn answered(
    question: &Value,
    device: &Authenticator,
    twist: impl FnOnce(&mut AssertionOptions),
) -> AssertionAnswer {
    let mut options = AssertionOptions::new(ceremony(&question["rpId"], &question["challenge"]));
    twist(&mut options);
    AssertionAnswer::parse(&device.assert(&options).json().to_string()).unwrap()
}

fn ceremony(rp_id: &Value, challenge: &Value) -> Ceremony {
    Ceremony::new(rp_id.as_str().unwrap(), "http://localhost:8000", &bytes(challenge))
}

pub fn bytes(text: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text.as_str().unwrap()).unwrap()
}

/// Why the answer of a known passkey did not count.
pub fn why<T: std::fmt::Debug>(refused: Result<T, Refusal>) -> Reason {
    match refused {
        Err(Refusal::Failed { why, .. }) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_passkey_logs_in_without_a_user_name_by_each_algorithm() {
    let ada = Ada::new();
    ada.device_of(&ada.bob());
    for algorithm in Algorithm::ALL {
        let mut device = Authenticator::new(algorithm);
        let added = ada.try_to_add(&ada.account, RegistrationMode::Asked, &mut device, |_| {}).unwrap();
        let used = ada.log_in(&device).unwrap();
        let by = &used.authenticated;
        assert_eq!((by.account(), by.passkey_id()), (&ada.account.id, Some(added.id.as_str())));
        assert!(by.methods().to_string() == "passkey" && by.methods().count_as_two());
        assert!(used.events.is_empty() && !used.became_copyable);
        let started = ada.within(&ada.account.id, async |tx: &mut Tx| {
            sessions::start(tx, &ada.site.site, by, false, &Client::default()).await.map(Ok::<_, ()>)
        });
        assert!(started.is_ok());
    }
    assert_eq!(ada.site.number("select count(*) from sessions where methods = 'passkey'"), 3);
    assert_eq!(ada.site.number("select count(*) from passkeys where last_used_at is not null"), 3);
}

#[test]
fn the_login_page_asks_for_any_passkey_that_verifies_its_user_and_stores_nothing() {
    let ada = Ada::new();
    ada.device();
    let before = ada.site.rows_without("");
    let mut question = as_json(passkeys::for_login(&ada.site.site, &ada.place()));
    assert_eq!(bytes(&question["challenge"].take()).len(), 57);
    let rest = json!({
        "challenge": null, "rpId": "localhost", "timeout": 300_000, "userVerification": "required",
        "allowCredentials": [],
    });
    assert_eq!(question, rest);
    assert_eq!(ada.site.rows_without(""), before);
}

#[test]
fn passkeys_work_with_tls_and_on_this_machine_but_never_at_a_number() {
    for (base_url, rp_id) in [
        ("https://login.example.org", Some("login.example.org")),
        ("https://login.example.org:8443", Some("login.example.org")),
        ("http://localhost:8000", Some("localhost")),
        ("http://login.example.org", None),
        ("http://127.0.0.1:8000", None),
        ("https://203.0.113.7", None),
        ("https://[2001:db8::1]", None),
    ] {
        let site = Setup::new().with("base_url", base_url).build();
        let found = passkeys::site(&site.site);
        let expected =
            rp_id.map(|id| PasskeySite { rp_id: id.to_owned(), origins: vec![base_url.to_owned()] });
        assert_eq!(found, expected, "{base_url}");
    }
}
