//! Tells cargo about changes that it cannot detect: a new file in a folder that is compiled in.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    for compiled_in in ["migrations", "templates", "static", "words", "Rocket.toml"] {
        if Path::new(compiled_in).exists() {
            println!("cargo::rerun-if-changed={compiled_in}");
        }
    }
}
