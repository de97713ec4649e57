//! Whether a transaction did not begin because others were at work: it may be its turn soon.

use std::io::ErrorKind;

/// Whether an error says only that the wait for a lock, or for a connection, took too long. A server that never
/// answers looks the same; one that cannot be reached does not.
pub fn is_busy(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::PoolTimedOut => true,
        sqlx::Error::Io(why) => why.kind() == ErrorKind::TimedOut,
        sqlx::Error::Database(told) => told.code().is_some_and(|code| is_busy_code(&code)),
        _ => false,
    }
}

/// A SQLSTATE has five characters (PostgreSQL, appendix A): `lock_not_available`, and `query_canceled`, as which the
/// timeout of a statement counts. SQLite's codes are numbers, with the kind of error in the low byte: 5 is "busy".
fn is_busy_code(code: &str) -> bool {
    match code.len() {
        5 => ["55P03", "57014"].contains(&code),
        _ => code.parse::<u32>().is_ok_and(|code| code & 0xff == 5),
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn a_wait_that_took_too_long_is_told_from_what_no_wait_mends() {
        let of = |kind: ErrorKind| sqlx::Error::Io(io::Error::from(kind));
        assert!(is_busy(&sqlx::Error::PoolTimedOut) && is_busy(&of(ErrorKind::TimedOut)));
        for error in [of(ErrorKind::ConnectionRefused), of(ErrorKind::NotFound), sqlx::Error::PoolClosed] {
            assert!(!is_busy(&error), "{error}");
        }
        for code in ["55P03", "57014", "5", "261", "517"] {
            assert!(is_busy_code(code), "{code}");
        }
        // No such host has no code at all; then a login that is refused, and a file that is full or damaged.
        for code in ["", "28P01", "3D000", "13", "11", "26", "00005"] {
            assert!(!is_busy_code(code), "{code}");
        }
    }
}
