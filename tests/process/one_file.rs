//! The program is a single file. Its contents, size and resources are tested on a release build, because a debug
//! build reads its pages from the source folder.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::folder::{Folder, mode};
use crate::support::{Run, binary, release, there_is};
use crate::visitor::{Visitor, whole_story};

/// The libraries that exist on a system with only the C library.
const LIBRARIES: [&str; 5] = ["linux-vdso.so.", "libc.so.", "libm.so.", "libgcc_s.so.", "ld-linux"];
/// The maximum size of the file: 20 MiB.
const LARGEST: u64 = 20 * 1024 * 1024;

/// The shared libraries that the program needs, as `ldd` finds them.
fn libraries() -> Option<Vec<(String, Option<PathBuf>)>> {
    if !there_is("ldd", "what the program links") {
        return None;
    }
    let listed = Command::new("ldd").arg(binary()).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    let library = |line: &str| {
        let words: Vec<_> = line.split_whitespace().collect();
        let file = words.iter().find(|word| word.starts_with('/')).map(PathBuf::from);
        (words[0].rsplit('/').next().unwrap().to_owned(), file)
    };
    Some(listed.lines().map(library).collect())
}

/// The release build, if there is one.
fn release_or_why(left_out: &str) -> Option<PathBuf> {
    if release().is_none() {
        println!("skipped, since VESTIBULE_TEST_BINARY names no release build: {left_out}");
    }
    release()
}

#[test]
fn it_links_the_c_library_and_nothing_else() {
    let Some(libraries) = libraries() else { return };
    assert!(libraries.iter().any(|(name, _)| name.starts_with("libc.so.")), "{libraries:?}");
    for (name, _) in &libraries {
        assert!(LIBRARIES.iter().any(|known| name.starts_with(known)), "{name} of {libraries:?}");
    }
}

#[test]
fn it_is_at_most_20_mib() {
    let Some(program) = release_or_why("the size of the file") else { return };
    if !program.parent().unwrap().ends_with("release") {
        println!("skipped, since this is not the release profile: the size of the file");
        return;
    }
    let size = fs::metadata(program).unwrap().len();
    println!("size of the file: {size} bytes");
    assert!(size <= LARGEST, "{size} bytes");
}

#[test]
fn the_program_file_alone_is_the_whole_site() {
    let Some(program) = release_or_why("the file alone in an empty folder") else { return };
    let folder = Folder::new();
    let copy = folder.path().join("vestibule");
    fs::copy(program, &copy).unwrap();
    let server = folder.command(&["--port", "0"]).program(&copy).start();
    whole_story(server.address);
    assert_every_page_works(server.address);
    assert_eq!(server.stop().status, Some(0));
}

/// Asserts that every page has the layout, and that every file that it names is served.
fn assert_every_page_works(address: std::net::SocketAddr) {
    let mut visitor = Visitor::at(address);
    for (path, status) in [("/", 200), ("/login", 200), ("/signup", 200), ("/nowhere", 404)] {
        let page = visitor.get(path);
        assert_eq!(page.status, status, "{path}");
        assert!(page.body.contains("<nav") && page.body.contains("<h1"), "{path}: {}", page.body);
        let named = page.files();
        assert!(named.len() >= 2, "{path} names a stylesheet and an icon: {named:?}");
        for file in named {
            assert_eq!(visitor.get(&file).status, 200, "{file}");
        }
    }
}

#[test]
fn its_files_are_shorter_than_their_sources_and_sent_compressed() {
    let Some(program) = release_or_why("shorter files") else { return };
    let folder = Folder::new();
    let server = folder.command(&["--port", "0"]).program(&program).start();
    let mut visitor = Visitor::at(server.address);
    let mut reader = Visitor { headers: vec!["Accept-Encoding: gzip".to_owned()], ..visitor.clone() };
    let files = visitor.get("/login").files();
    for (name, source) in [("/style-", "static/style.css"), ("/password-", "static/password.js")] {
        let address = files.iter().find(|file| file.contains(name)).unwrap();
        let source = fs::read_to_string(source).unwrap();
        let plain = visitor.get(address);
        assert!(plain.body.len() < source.len() * 9 / 10 && !plain.body.contains("\n  "), "{}", plain.body);
        assert_eq!(
            (plain.header("content-length"), plain.header("content-encoding")),
            (&*plain.body.len().to_string(), "")
        );
        let (get, head) = (reader.get(address), reader.send("HEAD", address, "").unwrap());
        for answer in [&get, &head] {
            assert_eq!((answer.status, answer.header("content-encoding")), (200, "gzip"), "{address}");
            let length: usize = answer.header("content-length").parse().unwrap();
            assert!(length * 2 < source.len(), "{address}: {length} bytes");
        }
        assert_eq!((head.header("content-length"), &*head.body), (get.header("content-length"), ""));
        assert_eq!(reader.get("/login").header("content-encoding"), "", "a page is never compressed");
    }
    assert_eq!(server.stop().status, Some(0));
}

#[test]
fn it_needs_nothing_else_of_the_system() {
    let Some(program) = release_or_why("the file in a sandbox") else { return };
    let Some(libraries) = libraries().filter(|_| there_is("bwrap", "the file in a sandbox")) else { return };
    let folder = Folder::new();
    folder.write("data/README", "");
    fs::set_permissions(folder.data(), fs::Permissions::from_mode(0o700)).unwrap();
    let mut words: Vec<String> =
        ["bwrap", "--die-with-parent", "--unshare-user", "--unshare-pid", "--unshare-ipc"]
            .into_iter()
            .chain(["--uid", "65534", "--gid", "65534", "--cap-drop", "ALL", "--clearenv", "--proc", "/proc"])
            .map(str::to_owned)
            .collect();
    let mut bind = |how: &str, from: &Path, to: &Path| {
        words.extend([how.to_owned(), from.display().to_string(), to.display().to_string()]);
    };
    bind("--ro-bind", &program, "/vestibule".as_ref());
    for file in libraries.iter().filter_map(|(_, file)| file.as_deref()) {
        bind("--ro-bind", file, file);
    }
    bind("--bind", &folder.data(), "/data".as_ref());
    words.extend(["--remount-ro", "/", "--chdir", "/"].map(str::to_owned));
    let sandbox: Vec<&str> = words.iter().map(String::as_str).collect();
    let inside = |arguments: &[&str]| -> Run {
        folder.command(arguments).program("/vestibule".as_ref()).through(&sandbox)
    };
    let tried = inside(&["--version"]).finish();
    if tried.status != Some(0) && tried.err.starts_with("bwrap: ") {
        println!("skipped, since bubblewrap does not work here: {}", tried.err);
        return;
    }

    let server = inside(&["--port", "0"]).start();
    whole_story(server.address);
    assert_every_page_works(server.address);
    assert_eq!(mode(&folder.database()), 0o600);
    inside(&["--port", "0", "--data-dir", "/elsewhere"])
        .finish()
        .refused(&["/elsewhere", "Read-only file system"]);
}

#[test]
fn it_starts_fast_and_uses_little_memory() {
    let Some(program) = release_or_why("memory and time to the first answer") else { return };
    let folder = Folder::new();
    for state in ["in an empty folder", "in the same folder again"] {
        let begun = Instant::now();
        let server = folder.command(&["--port", "0"]).program(&program).start();
        assert_eq!(Visitor::at(server.address).get("/").status, 200);
        let took = begun.elapsed();
        let status = fs::read_to_string(format!("/proc/{}/status", server.pid())).unwrap_or_default();
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next());
        let resident: Option<u64> = resident.and_then(|kib| kib.parse().ok());
        println!("started {state}: first response after {} ms, {resident:?} KiB of memory", took.as_millis());
        assert!(took < Duration::from_secs(1), "{took:?}");
        // A release needs less than half of this: docs/benchmarks.md measures it (P7). The build that the tests run is not
        // optimized.
        assert!(resident.is_none_or(|kib| kib < 72 * 1024), "{resident:?} KiB");
        assert_eq!(server.stop().status, Some(0));
    }
}
