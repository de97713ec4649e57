//! IDs of rows.

use uuid::Uuid;

/// A new ID for a row: a UUIDv7 as text. It sorts after those made before, so rows in the order of their IDs are in the
/// order of their age.
///
/// ```
/// let (first, second) = (vestibule::new_id(), vestibule::new_id());
/// assert!(first < second && first.len() == 36);
/// ```
#[must_use]
pub fn new_id() -> String {
    Uuid::now_v7().to_string()
}
