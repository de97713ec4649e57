//! Power loss: writes that were not synced may be lost, incomplete, or out of order. The test records every write of
//! the program. Then it rebuilds the disk as a power loss at each moment could leave it, and opens the database
//! there. Every visitor who had a response by then must have an account.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use super::invariants;
use super::sites::patient;
use super::tools::{Tracer, sized};
use super::turns::together;
use crate::folder::Folder;
use crate::support::Server;
use crate::visitor::{ADA, Visitor};

/// The database and its write-ahead log.
const FILES: [&str; 2] = ["vestibule.sqlite", "vestibule.sqlite-wal"];

/// A step of the program that changes the disk or makes a promise to a visitor.
enum Step {
    Write {
        file: usize,
        at: usize,
        bytes: Vec<u8>,
    },
    Cut {
        file: usize,
        length: usize,
    },
    Sync {
        file: usize,
    },
    /// A visitor is told that the account exists.
    Promise,
}

/// Parses the record of `strace`.
fn steps(record: &str) -> Vec<Step> {
    let mut syncing = BTreeMap::new(); // by thread, calls that have begun and not ended
    let mut steps = Vec::new();
    for line in record.lines() {
        let (thread, call) = line.split_once(' ').unwrap();
        let call = call.trim_start();
        if call.starts_with("<... fdatasync resumed>") || call.starts_with("<... fsync resumed>") {
            let file: Option<usize> = syncing.remove(thread).flatten();
            steps.extend(file.filter(|_| call.ends_with("= 0")).map(|file| Step::Sync { file }));
        }
        let Some((name, rest)) = call.split_once('(') else { continue };
        let strings: Vec<Vec<u8>> = rest.split('"').skip(1).step_by(2).map(unescaped).collect();
        let file = rest.split(['<', '>']).nth(1).and_then(|place| {
            let place = String::from_utf8(unescaped(place)).ok()?;
            FILES.iter().position(|file| Path::new(&place).file_name().is_some_and(|name| name == *file))
        });
        let numbers = rest.rsplit('"').next().unwrap();
        let numbers: Vec<usize> =
            numbers.split([',', ')', ' ', '>']).filter_map(|number| number.parse().ok()).collect();
        match (name, file) {
            ("pwrite64", Some(file)) => {
                steps.push(Step::Write { file, at: numbers[1], bytes: strings[0].clone() });
                assert_eq!(strings[0].len(), numbers[0], "the record is truncated");
            }
            ("ftruncate", Some(file)) => steps.push(Step::Cut { file, length: numbers[0] }),
            ("fdatasync" | "fsync", file) if call.contains("<unfinished") => {
                syncing.insert(thread, file);
            }
            ("fdatasync" | "fsync", Some(file)) if call.ends_with("= 0") => steps.push(Step::Sync { file }),
            ("write" | "writev" | "sendto" | "sendmsg", None) => {
                let sent = String::from_utf8_lossy(&strings.concat()).to_lowercase();
                let promise = sent.starts_with("http/1.1 303") && sent.contains("location: /login\r\n");
                steps.extend(promise.then_some(Step::Promise));
            }
            _ => {}
        }
    }
    steps
}

/// Decodes the bytes that `strace -xx` writes as `\x41\x42`.
fn unescaped(text: &str) -> Vec<u8> {
    text.split("\\x").filter_map(|digits| u8::from_str_radix(digits, 16).ok()).collect()
}

/// The content of both files.
type Disk = [Vec<u8>; 2];

fn write(disk: &mut Disk, file: usize, at: usize, bytes: &[u8]) {
    let content = &mut disk[file];
    content.resize(content.len().max(at + bytes.len()), 0);
    content[at..at + bytes.len()].copy_from_slice(bytes);
}

fn disk_of(folder: &Folder) -> Disk {
    FILES.map(|file| fs::read(folder.data().join(file)).unwrap_or_default())
}

/// Records the system calls that matter.
fn record(server: &Server, place: &Path) -> Child {
    let calls = "trace=pwrite64,ftruncate,fdatasync,fsync,write,writev,sendto,sendmsg";
    let mut tracer = Command::new("strace");
    tracer.args(["-f", "-qq", "-y", "-xx", "-s", "70000", "-e", calls, "-e", "signal=none", "-o"]).arg(place);
    let tracer = tracer.args(["-p", &server.pid().to_string()]).stdin(Stdio::null()).spawn().unwrap();
    thread::sleep(Duration::from_millis(500));
    tracer
}

#[test]
#[ignore = "a fault: needs strace"]
fn every_acknowledged_account_survives_a_power_loss() {
    if !Tracer::is_there("power loss") {
        return;
    }
    let _together = together();
    let (folder, _) = Folder::of_ada();
    let server = patient(&folder).start();
    let before = disk_of(&folder);
    let place = folder.path().join("record");
    let mut tracer = record(&server, &place);
    let people: Vec<_> = (0..sized(60, 20)).map(|n| format!("n{n}@example.org")).collect();
    for email in &people {
        assert_eq!(Visitor::at(server.address).sign_up(email).leads_to(), "/login");
    }
    assert_eq!(server.stop().status, Some(0)); // this checkpoints the log
    tracer.wait().unwrap();
    let steps = steps(&fs::read_to_string(&place).unwrap());

    let mut after = Aftermath { seen: BTreeSet::new(), promised: BTreeSet::from([ADA.to_owned()]) };
    let (mut written, mut safe) = (before.clone(), before);
    let mut promises = people.iter();
    for (number, step) in steps.iter().enumerate() {
        match step {
            Step::Write { file, at, bytes } => {
                let mut torn = written.clone();
                write(&mut torn, *file, *at, &bytes[..bytes.len() / 2]);
                let mut alone = safe.clone();
                write(&mut alone, *file, *at, bytes);
                write(&mut written, *file, *at, bytes);
                if number % sized(1, 5) == 0 {
                    after.is_sound(&torn, "half of the last write is on the disk");
                    after.is_sound(&alone, "the last write is on the disk, earlier ones are not");
                }
            }
            Step::Cut { file, length } => written[*file].resize(*length, 0),
            Step::Sync { file } => safe[*file].clone_from(&written[*file]),
            Step::Promise => drop(after.promised.insert(promises.next().unwrap().clone())),
        }
        if !matches!(step, Step::Write { .. }) || number % sized(1, 5) == 0 {
            after.is_sound(&safe, "only synced writes are on the disk");
            after.is_sound(&written, "all writes are on the disk");
        }
    }
    assert_eq!(promises.next(), None, "a response is missing in the record");
    let syncs = steps.iter().filter(|step| matches!(step, Step::Sync { .. })).count();
    assert!(syncs >= people.len(), "{syncs} syncs for {} sign-ups", people.len());
    println!(
        "power loss: {} sign-ups, {} writes, {syncs} syncs, {} different disks opened, nothing lost",
        people.len(),
        steps.iter().filter(|step| matches!(step, Step::Write { .. })).count(),
        after.seen.len()
    );
}

/// Checks the disks that a power loss leaves.
struct Aftermath {
    /// The disks that were checked: their hash, and the number of accounts promised by then.
    seen: BTreeSet<(u64, usize)>,
    promised: BTreeSet<String>,
}

impl Aftermath {
    fn is_sound(&mut self, disk: &Disk, how: &str) {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        disk.hash(&mut hasher);
        if !self.seen.insert((hasher.finish(), self.promised.len())) {
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in FILES.iter().zip(disk).filter(|(_, content)| !content.is_empty()) {
            fs::write(folder.path().join(name), content).unwrap();
        }
        let there = invariants::assert_consistent(&folder.path().join(FILES[0]));
        let lost: Vec<_> = self.promised.difference(&there).collect();
        assert!(lost.is_empty(), "{how}, and of {} accounts these are lost: {lost:?}", self.promised.len());
    }
}
