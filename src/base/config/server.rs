//! The table of the server's settings: Rocket's own, which Rocket reads.

use super::setting::settings;

settings! {
    /// The settings of the server: `[default]` of a settings file, or `ROCKET_*` variables.
    pub const SERVER: Rocket;

    "The server" {
        /// IP address to listen on.
        ///
        /// `0.0.0.0` stands for every IPv4 address of the machine, as a container needs it.
        address = "127.0.0.1" { allowed: "an IP address, such as 127.0.0.1 or ::1" }
        /// Port to listen on.
        port = 8000 { allowed: "a number from 0 to 65535" }
        /// Threads that answer requests.
        workers { allowed: "a number of at least 1", unset: "the number of processors", example: "4" }
        /// Maximum number of threads for work that blocks, such as reading a file.
        max_blocking { allowed: "a number of at least 1", unset: "`512`", example: "512" }
        /// Text of the `Server` header, or `false` for no such header.
        ident = false { allowed: "false, or the text of the Server header" }
        /// Rocket's own header for the client IP. Vestibule does not use it: set `trusted_proxies`.
        ip_header = false { allowed: "false, or the name of a header" }
        /// Maximum size of a request's body, by its kind.
        limits = {
            form = "16KiB", data-form = "16KiB", file = "16KiB", string = "16KiB", bytes = "16KiB", json = "16KiB"
        } {
            allowed: "sizes by kind of body, such as { form = \"16KiB\", json = \"16KiB\" }",
        }
        /// Folder of temporary files.
        ///
        /// It must exist.
        temp_dir { allowed: "a folder that exists, such as /tmp", unset: "the system's", example: "/tmp" }
        /// Whether connections stay open: `0` closes each after its answer.
        ///
        /// Any other number keeps it open for as long as the client does.
        keep_alive = 5 { allowed: "a number of seconds, or 0" }
        /// Seconds that requests, and then their connections, have to end after SIGTERM or SIGINT.
        shutdown = { grace = 2, mercy = 2 } { allowed: "seconds, as { grace = 2, mercy = 2 }" }
        /// What is logged: `"off"`, `"critical"` (warnings and errors), `"normal"` (events too) or `"debug"`
        /// (every request too).
        log_level = "normal" { allowed: "off, critical, normal or debug" }
        /// Whether the server's own lines are coloured.
        cli_colors = false { allowed: "true or false" }
        /// Secret key: 32 bytes in base64, as `vestibule key` prints them.
        ///
        /// Cookies are encrypted with it. Created if neither it nor a database exists; with PostgreSQL it
        /// must be set.
        secret_key {
            allowed: "32 bytes in base64; `vestibule key` prints one",
            unset: "`secret.key` in `data_dir`",
            example: "…",
            secret: true,
        }
    }
}
