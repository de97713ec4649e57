//! P2, P3 and P4 compared with apps on other libraries: the same page and logins, in turn with ours.

use std::fs;
use std::path::Path;

use super::load;
use super::logins::log_in;
use super::pages::{CLIENTS, ask};
use super::peer::{Peer, USERS};
use super::scale::Scale;
use super::site::Crowd;
use super::table::{Pair, Row, Table, mib, rate};
use super::{axum_login, better_auth};

/// A library that has its own section.
#[derive(Clone, Copy, PartialEq)]
pub enum Library {
    AxumLogin,
    BetterAuth,
}

/// The result.
pub struct NextTo {
    pub library: Library,
    /// Or why it was not measured.
    pub table: Result<Table, String>,
}

impl Library {
    pub fn name(self) -> &'static str {
        match self {
            Library::AxumLogin => "axum-login",
            Library::BetterAuth => "better-auth",
        }
    }

    async fn start(self, folder: &Path) -> Result<Peer, String> {
        match self {
            Library::AxumLogin => axum_login::start(folder).await,
            Library::BetterAuth => better_auth::start(folder).await,
        }
    }

    /// Its pinned version.
    pub fn version(self) -> String {
        let peers = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers").join(self.name());
        let (file, before) = match self {
            Library::AxumLogin => ("Cargo.lock", "name = \"axum-login\"\nversion = \""),
            Library::BetterAuth => ("package.json", "\"better-auth\": \""),
        };
        let pinned = fs::read_to_string(peers.join(file)).unwrap();
        let (_, after) = pinned.split_once(before).unwrap();
        after.split('"').next().unwrap().to_owned()
    }
}

pub async fn measure(scale: &Scale, library: Library) -> NextTo {
    let folder = tempfile::tempdir().unwrap();
    let peer = match library.start(folder.path()).await {
        Ok(peer) => peer,
        Err(why) => {
            println!("{} is skipped: {why}", library.name());
            return NextTo { library, table: Err(why) };
        }
    };
    let small = Crowd::make(USERS, CLIENTS).await;
    let ours = small.start().await;
    let (mut page, mut log_ins) = (Pair::default(), Pair::default());
    for _ in 0..scale.rounds {
        let own = ask(scale, &ours, small.visitors(CLIENTS)).await.rate();
        page.add(own, ask(scale, &peer.server, peer.visitors(CLIENTS)).await.rate());
        let own = load::run(log_in(&ours, scale), small.log_ins(CLIENTS)).await.rate();
        // The peer's users have the same addresses and the same password.
        let theirs = load::run(log_in(&peer.server, scale), small.log_ins(CLIENTS)).await.rate();
        log_ins.add(own, theirs);
    }
    let mut table = Table::default();
    let mut add = |number, what: String, pair: &Pair| {
        let (own, theirs) = pair.medians();
        table.add(Row::alone(number, what, rate(own)).against(rate(theirs)).ratio(pair.ratio()));
    };
    add("P2", format!("`GET /profile`, logged in, {CLIENTS} connections"), &page);
    add("P3", format!("logins, {CLIENTS} clients"), &log_ins);
    let (own, theirs) = (ours.peak_memory(), peer.server.peak_memory_of_all());
    let row = Row::alone("P4", "memory at the peak of these", mib(own)).against(mib(theirs));
    table.add(row.ratio(own / theirs));
    NextTo { library, table: Ok(table) }
}
