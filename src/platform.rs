//! Where the program runs: files have owners and modes, and signals end it.

#[cfg(not(unix))]
compile_error!("Vestibule runs on Linux and macOS; on Windows use WSL.");
