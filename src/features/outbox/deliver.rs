//! What is due is sent. A mail that was not taken is tried again after pauses that grow, for a day; one that never will be is
//! given up at once. Either is shown by `vestibule mail list`.

use super::compose::compose;
use super::store::{self, Row};
use crate::base::Site;
use crate::base::mailer::Trouble;
use crate::web::Error;

/// So many are looked at together.
const BATCH: i64 = 20;
/// Whoever takes a mail up has so many seconds; then another instance may. Longer than the longest conversation with a server.
const CLAIMED: i64 = 300;
/// The first pause, in seconds; each further one is twice as long.
const FIRST_PAUSE: i64 = 60;
/// The longest.
const LONGEST_PAUSE: i64 = 3_600;
/// After so many seconds it is given up.
const TRIED_FOR: i64 = 24 * 3_600;

/// Sends the mails that are due. The answer is how many were sent.
pub async fn deliver(site: &Site) -> sqlx::Result<usize> {
    let mut sent = 0;
    loop {
        let rows = store::due(&site.db, site.clock.now(), BATCH).await?;
        if rows.is_empty() {
            return Ok(sent);
        }
        for row in rows {
            let until = site.clock.now().plus(CLAIMED);
            if store::claim(&site.db, &row, until).await? && one(site, &row).await? {
                sent += 1;
            }
        }
    }
}

/// Sends one mail; whether it was.
async fn one(site: &Site, row: &Row) -> sqlx::Result<bool> {
    let outcome = match compose(site, row).await {
        Ok(None) => Ok(false),
        Ok(Some(mail)) => site.mailer.send(&mail).await.map(|()| true),
        Err(Error::Database(error)) => return Err(error),
        Err(error) => Err(Trouble::Later(error.to_string())),
    };
    match outcome {
        Ok(sent) => store::delete(&site.db, &row.id).await.map(|()| sent),
        Err(trouble) => settle(site, row, trouble).await.map(|()| false),
    }
}

/// Puts a mail off that was not taken, or gives it up.
async fn settle(site: &Site, row: &Row, trouble: Trouble) -> sqlx::Result<()> {
    let (now, tries) = (site.clock.now(), row.tries + 1);
    let (mail, letter) = (&*row.id, &*row.letter);
    match trouble {
        Trouble::Later(why) if now.minus(TRIED_FOR).unix() < row.queued_at => {
            // The server's own words may hold the address: they are for `mail list`.
            log::warn!(event = "sys_mail", mail, letter, tries; "a mail was not taken and will be tried again");
            store::put_off(&site.db, &row.id, now.plus(pause(tries)), &why).await
        }
        Trouble::Later(why) | Trouble::Never(why) => {
            log::error!(event = "sys_mail", mail, letter, tries; "a mail was given up; `vestibule mail list` says why");
            store::give_up(&site.db, &row.id, now, &why).await
        }
    }
}

/// The pause after so many tries, in seconds.
fn pause(tries: i64) -> i64 {
    LONGEST_PAUSE.min(FIRST_PAUSE << tries.clamp(1, 16).saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_from_a_minute_to_an_hour() {
        assert_eq!([1, 2, 3, 6, 7, 40].map(pause), [60, 120, 240, 1_920, 3_600, 3_600]);
    }
}
