//! What a page asks a browser for, as JSON: the members of `PublicKeyCredentialCreationOptionsJSON` and
//! `PublicKeyCredentialRequestOptionsJSON` (Level 3, section 5.1). Nothing is stored: the challenge says what it is
//! for.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;

use super::passkey_site::PasskeySite;
use super::registration_mode::RegistrationMode;
use super::store::{self, Found};
use super::usable::Usable;
use crate::base::Site;
use crate::base::webauthn::Algorithm;
use crate::base::webauthn::challenge::{self, LIFETIME, Purpose};
use crate::people::{AccountId, Email, Name, accounts};

/// How long a browser waits for an answer, in milliseconds: as long as the challenge is valid.
const TIMEOUT: i64 = LIFETIME * 1_000;

/// What an authenticator does if it can.
const PREFERRED: &str = "preferred";
/// What it has to do.
const REQUIRED: &str = "required";

/// What `navigator.credentials.get()` is asked.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestOptions {
    challenge: String,
    rp_id: String,
    timeout: i64,
    user_verification: &'static str,
    allow_credentials: Vec<Descriptor>,
}

/// What `navigator.credentials.create()` is asked.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CreationOptions {
    rp: Party,
    user: Person,
    challenge: String,
    pub_key_cred_params: Vec<Parameters>,
    timeout: i64,
    exclude_credentials: Vec<Descriptor>,
    authenticator_selection: Selection,
    /// No model of authenticator is refused, so none has to prove what it is.
    attestation: &'static str,
    extensions: Extensions,
}

/// A passkey that is asked for, or that must not be made again.
#[derive(Debug, Serialize)]
struct Descriptor {
    #[serde(rename = "type")]
    kind: &'static str,
    id: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    transports: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Party {
    id: String,
    name: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Person {
    id: String,
    name: String,
    display_name: String,
}

#[derive(Debug, Serialize)]
struct Parameters {
    #[serde(rename = "type")]
    kind: &'static str,
    alg: i64,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Selection {
    resident_key: &'static str,
    user_verification: &'static str,
}

/// No others: an output that is not asked for is not read.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Extensions {
    /// Whether the passkey can be found without a user name.
    cred_props: bool,
}

/// Whose passkey is made, as the browser shows it.
#[derive(Clone, Copy, Debug)]
pub struct PasskeyOwner<'o> {
    /// The account.
    pub account: &'o AccountId,
    /// Its address.
    pub email: &'o Email,
    /// The name of its owner.
    pub name: &'o Name,
}

/// The question of the login page: any passkey of this site that verifies its user.
pub fn for_login(site: &Site, at: &PasskeySite) -> RequestOptions {
    const BOUND_TO_NOTHING: &[u8] = b"";
    asked(site, at, (Purpose::Login, BOUND_TO_NOTHING), REQUIRED, Vec::new())
}

/// The question after the password: any passkey of the account, whether it verifies its user or not. `bound_to` is what
/// names the pending login. Only those who typed the password may see it: it says which passkeys the account has.
pub async fn for_second(
    site: &Site,
    at: &PasskeySite,
    account: &AccountId,
    bound_to: &[u8],
) -> sqlx::Result<RequestOptions> {
    let all = of(site, account).await?;
    let here = all.iter().filter(|found| Usable::of(found, Some(at)) != Usable::Elsewhere);
    Ok(asked(site, at, (Purpose::SecondFactor, bound_to), PREFERRED, here.map(descriptor).collect()))
}

/// The question whether it is still the same user: with two-factor authentication any passkey of the account, without
/// it one that replaces the password. `bound_to` is what names the session.
pub async fn for_reauthentication(
    site: &Site,
    at: &PasskeySite,
    account: &AccountId,
    bound_to: &[u8],
) -> sqlx::Result<RequestOptions> {
    let all = of(site, account).await?;
    let is_on = all.iter().any(|found| found.two_factor_since.is_some());
    let is_asked = all.iter().any(|found| found.is_asked(&site.settings));
    let counts = |found: &&Found| match Usable::of(found, Some(at)) {
        Usable::ByItself => true,
        Usable::Rests => is_asked,
        Usable::AfterPassword => is_on,
        Usable::Elsewhere => false,
    };
    let verification = if is_on { PREFERRED } else { REQUIRED };
    let allowed = all.iter().filter(counts).map(descriptor).collect();
    Ok(asked(site, at, (Purpose::Reauthenticate, bound_to), verification, allowed))
}

/// The question for a new passkey of an account, which gets the ID that its passkeys know it by: only the first question
/// writes. `bound_to` is what names the session. `None` if there is no such account.
pub async fn creation(
    site: &Site,
    at: &PasskeySite,
    owner: PasskeyOwner<'_>,
    mode: RegistrationMode,
    bound_to: &[u8],
) -> sqlx::Result<Option<CreationOptions>> {
    let user_id = match accounts::passkey_user_id(&site.db, owner.account).await? {
        Some(user_id) => user_id,
        None => {
            let mut tx = site.db.begin_locked(&[owner.account.lock_key()]).await?;
            let made = accounts::make_passkey_user_id(&mut tx, owner.account).await?;
            tx.commit().await?;
            let Some(user_id) = made else { return Ok(None) };
            user_id
        }
    };
    let all = of(site, owner.account).await?;
    let here = all.iter().filter(|found| Usable::of(found, Some(at)) != Usable::Elsewhere);
    Ok(Some(CreationOptions {
        rp: Party { id: at.rp_id.clone(), name: site.settings.site_name.as_str().to_owned() },
        user: Person {
            id: user_id,
            name: owner.email.shown().into_owned(),
            display_name: owner.name.as_str().to_owned(),
        },
        challenge: issued(site, mode.purpose(), bound_to),
        pub_key_cred_params: Algorithm::ALL.map(|one| Parameters { kind: KIND, alg: one.cose() }).into(),
        timeout: TIMEOUT,
        exclude_credentials: here.map(descriptor).collect(),
        authenticator_selection: Selection {
            // Preferred: otherwise Android and password managers make no passkey that is discoverable.
            resident_key: if mode == RegistrationMode::Plain { "discouraged" } else { PREFERRED },
            // Preferred, or a browser refuses to make one without a question.
            user_verification: PREFERRED,
        },
        attestation: "none",
        extensions: Extensions { cred_props: true },
    }))
}

/// The passkeys of an account.
async fn of(site: &Site, account: &AccountId) -> sqlx::Result<Vec<Found>> {
    store::of(&site.db, account, site.settings.second_factor_for.padded()).await
}

/// The only kind of credential.
const KIND: &str = "public-key";

fn asked(
    site: &Site,
    at: &PasskeySite,
    (purpose, bound_to): (Purpose, &[u8]),
    user_verification: &'static str,
    allow_credentials: Vec<Descriptor>,
) -> RequestOptions {
    RequestOptions {
        challenge: issued(site, purpose, bound_to),
        rp_id: at.rp_id.clone(),
        timeout: TIMEOUT,
        user_verification,
        allow_credentials,
    }
}

fn issued(site: &Site, purpose: Purpose, bound_to: &[u8]) -> String {
    let challenge = challenge::issue(&site.key, site.clock.now(), purpose, bound_to);
    URL_SAFE_NO_PAD.encode(challenge.as_bytes())
}

fn descriptor(found: &Found) -> Descriptor {
    let transports = found.passkey.transports.split_whitespace().map(str::to_owned).collect();
    Descriptor { kind: KIND, id: found.passkey.credential_id.clone(), transports }
}
