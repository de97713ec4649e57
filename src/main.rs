//! The program: Vestibule without an app.

use std::process::ExitCode;

fn main() -> ExitCode {
    vestibule::App::alone().run()
}
