//! What is stored of the passwords that are needed: read, judged and hashed before the transaction, which
//! others wait for.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::thread::available_parallelism;

use rocket::futures::stream::{self, StreamExt, TryStreamExt};

use super::declared::{Declared, DeclaredPassword, PasswordSource};
use super::node::Mistake;
use super::source::Source;
use super::stopped::Stopped;
use crate::base::{Password, Site, text_file};
use crate::people::{Actor, Name};
use crate::services::passwords::{self, Judged, Owner};

/// The most bytes of a file with a password.
const LONGEST_FILE: u64 = 64 * 1024;

/// What is stored, by the places of the accounts in the file.
pub(super) type Hashes = BTreeMap<usize, String>;

/// Makes those that are needed. A check computes none: what is taken back needs only something in its place.
pub(super) async fn make(
    site: &Site,
    source: &Source,
    declared: &Declared,
    needed: &BTreeMap<usize, Name>,
    check: bool,
) -> Result<Hashes, Stopped> {
    // As many at once as there are places: none of them waits for its turn until that is over.
    let cores = available_parallelism().map_or(1, NonZero::get);
    let needed = needed.iter().filter_map(|(index, name)| {
        let account = declared.accounts.get(*index)?;
        Some((*index, account.password.as_ref()?, Owner::new(&account.email, name)))
    });
    let made = stream::iter(needed).map(|(index, password, owner)| async move {
        let stored = one(site, source, password, &owner, check).await?;
        Ok::<_, Stopped>((index, stored))
    });
    made.buffered(cores).try_collect().await
}

async fn one(
    site: &Site,
    source: &Source,
    DeclaredPassword { at, source: from }: &DeclaredPassword,
    owner: &Owner,
    check: bool,
) -> Result<String, Stopped> {
    match from {
        PasswordSource::Hash(_) if check => Ok(String::new()),
        PasswordSource::Hash(hash) => match site.hashing.adopt(hash).await? {
            Some(stored) => Ok(stored),
            None => Err(Mistake::new(*at, "the hash in password_hash cannot be imported.").into()),
        },
        PasswordSource::File(path) => {
            let password = read(site, source, (*at, path.as_str()), owner).await?;
            if check { Ok(String::new()) } else { Ok(site.hashing.hash(&password).await?) }
        }
    }
}

/// Reads a password, and refuses it by the same rules as the sign-up page.
async fn read(
    site: &Site,
    source: &Source,
    (at, path): (usize, &str),
    owner: &Owner,
) -> Result<Password, Stopped> {
    let text = text_file::read_secret_of(&source.named(path), LONGEST_FILE);
    let text = text.map_err(|why| Mistake::new(at, format!("password_file: {why}.")))?;
    let password = Password::typed(&text);
    let why = match passwords::judge(site, &password, owner, None, Actor::CommandLine).await? {
        Judged::Good => return Ok(password),
        Judged::Refused(why) => why,
        Judged::Wait(wait) => wait.sentence(),
    };
    let why = site.words.plain(site.settings.language, &why);
    Err(Mistake::new(at, format!("the password in {path} is refused. {why}")).into())
}
