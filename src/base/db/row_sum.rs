//! A checksum of all rows of a table, for comparing two databases.

use sha2::{Digest, Sha256};

/// The value of one column in one row. A null has a type too, because PostgreSQL requires it.
pub(super) enum Value {
    Text(Option<String>),
    Number(Option<i64>),
    Real(Option<f64>),
}

/// A checksum of a table's rows that does not depend on their order: the engines sort text differently.
#[derive(Default, PartialEq)]
pub(super) struct Sum {
    /// How many there are.
    pub(super) rows: u64,
    lanes: [u64; 4],
}

impl Sum {
    /// Adds the SHA-256 of a row in canonical form. Each value follows its type, and a text follows its
    /// length, so different rows have different forms.
    pub(super) fn add(&mut self, row: &[Value]) {
        let mut hash = Sha256::new();
        for value in row {
            match value {
                Value::Text(None) | Value::Number(None) | Value::Real(None) => hash.update([0]),
                Value::Text(Some(text)) => {
                    hash.update([1]);
                    hash.update((text.len() as u64).to_be_bytes());
                    hash.update(text);
                }
                Value::Number(Some(number)) => {
                    hash.update([2]);
                    hash.update(number.to_be_bytes());
                }
                Value::Real(Some(number)) => {
                    hash.update([3]);
                    hash.update((number + 0.0).to_be_bytes()); // SQLite does not keep the sign of a zero
                }
            }
        }
        for (lane, bytes) in self.lanes.iter_mut().zip(hash.finalize().chunks_exact(8)) {
            let number = bytes.iter().fold(0, |number, &byte| number << 8 | u64::from(byte));
            *lane = lane.wrapping_add(number);
        }
        self.rows += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Value {
        Value::Text(Some(text.to_owned()))
    }

    fn sum(rows: Vec<Vec<Value>>) -> Sum {
        let mut sum = Sum::default();
        rows.iter().for_each(|row| sum.add(row));
        sum
    }

    #[test]
    fn rows_come_to_the_same_in_any_order_and_to_another_sum_with_any_change() {
        let one = || vec![text("a"), text("bc"), Value::Number(None)];
        let other = || vec![text("b"), text(""), Value::Number(Some(7))];
        let both = sum(vec![one(), other()]);
        assert!(both == sum(vec![other(), one()]));
        for changed in [
            vec![one()],
            vec![one(), other(), other()],
            vec![one(), vec![text("b"), text(""), Value::Number(Some(8))]],
            vec![one(), vec![text("b"), Value::Text(None), Value::Number(Some(7))]],
            vec![vec![text("ab"), text("c"), Value::Number(None)], other()],
            vec![vec![text("a"), text("bc"), Value::Number(Some(0))], other()],
        ] {
            assert!(both != sum(changed));
        }
    }
}
