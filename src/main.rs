//! The program: reads the command line and calls [`vestibule::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    vestibule::cli::run()
}
