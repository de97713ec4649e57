//! A ticket is issued on the login host, and redeemed on the app's host for the token of a pass. Nothing else of the login
//! host goes there. A ticket is good once, for a minute, and only in the browser that has the cookie of the visit which began
//! on the app's host: a link with one, sent to another person, opens nothing.

use super::store::{self, NewTicket, Redeeming};
use crate::base::clock::CLOCKS_DIFFER;
use crate::base::{Site, Time, Token, TokenHash, WebOrigin, new_id};
use crate::people::accounts::AccountId;
use crate::people::sessions::{self, SessionId};

/// How long a ticket can be redeemed, in seconds: two redirects, and a page that goes on by itself.
const TICKET_LIFETIME: i64 = 60;
/// How long a token that was given and never shown stops another, in seconds: the browser does not send the cookie back, and
/// would be led back and forth for ever.
const UNUSED_FOR: i64 = 30;

/// When a ticket ends that is issued at this moment, by the clock of any instance, at the latest. One that ends later was
/// issued by a clock that was ahead, and would be good for longer by as much.
pub(super) fn ends_by(now: Time) -> Time {
    now.plus(TICKET_LIFETIME + CLOCKS_DIFFER)
}

/// The result of asking for a ticket.
#[derive(Debug)]
pub enum Issued {
    /// It is for the visitor's browser alone.
    Ticket(Token),
    /// The token that was given just now never came back.
    NotUsed,
    /// The session has ended.
    Ended,
}

/// Issues a ticket to a session, for one origin of an app. It replaces one that waits; a token that the browser has on that
/// host stays good. `visit` is the hash of the cookie that the browser got there.
pub async fn issue(
    site: &Site,
    session: &SessionId,
    account: &AccountId,
    app: &str,
    origin: &WebOrigin,
    visit: &TokenHash,
) -> sqlx::Result<Issued> {
    let (ticket, now) = (Token::generate(), site.clock.now());
    let new = NewTicket {
        id: new_id(),
        session,
        app,
        origin,
        visit,
        ticket: &ticket.hash(),
        ends_at: now.plus(TICKET_LIFETIME),
    };
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    if !sessions::is_live_in(&mut tx, site, session).await? {
        return Ok(Issued::Ended);
    }
    if !store::put_ticket(&mut tx, &new, now.minus(UNUSED_FOR), now).await? {
        return Ok(Issued::NotUsed);
    }
    tx.commit().await?;
    Ok(Issued::Ticket(ticket))
}

/// Redeems a ticket at an origin, in the browser with the cookie of that visit: the token of its pass. `None`: it was spent,
/// is too old, or is of another origin or browser. If the browser has the pass's token already (`held`), it keeps that:
/// its other tabs are using it.
pub async fn redeem(
    site: &Site,
    ticket: &Token,
    origin: &WebOrigin,
    visit: &Token,
    held: Option<&Token>,
) -> sqlx::Result<Option<Token>> {
    let (ticket, visit) = (ticket.hash(), visit.hash());
    let now = site.clock.now();
    let by = Redeeming { ticket: &ticket, origin, visit: &visit, now, ends_by: ends_by(now) };
    let Some(found) = store::ticket(&site.db, by).await? else { return Ok(None) };
    let mut tx = site.db.begin_locked(&[found.account_id.lock_key()]).await?;
    let held = held.filter(|held| found.token_hash.as_deref() == Some(held.hash().as_str()));
    let token = match held {
        Some(held) => {
            if !store::spend(&mut tx, by, &held.hash()).await? {
                return Ok(None);
            }
            held.clone()
        }
        None => {
            let token = Token::generate();
            if !store::redeem(&mut tx, by, &token).await? {
                return Ok(None);
            }
            token
        }
    };
    tx.commit().await?;
    Ok(Some(token))
}
