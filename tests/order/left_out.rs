//! Which web tests `.ci/run` leaves out on PostgreSQL.

use std::{fs, io};

const LEFT_OUT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/.ci/not_on_postgresql");
const TESTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/web/main.rs");

/// A module that is new, or has another name, runs there.
#[test]
fn only_modules_of_web_tests_are_left_out_on_postgresql() -> io::Result<()> {
    let (left_out, tests) = (fs::read_to_string(LEFT_OUT)?, fs::read_to_string(TESTS)?);
    let names = left_out.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
    let unknown: Vec<_> = names.filter(|name| !tests.contains(&format!("\nmod {name};\n"))).collect();
    assert!(unknown.is_empty(), "there is no module of tests/web for {unknown:?} in .ci/not_on_postgresql");
    Ok(())
}
