//! What became of the rows, in numbers.

/// How many rows ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Rows of which accounts were made, or would be made.
    pub made: u64,
    /// Rows whose addresses have accounts.
    pub there: u64,
    /// Rows that were refused, or would be refused.
    pub refused: u64,
    /// How many of the made accounts have no password.
    pub without_password: u64,
}

impl Totals {
    /// The totals on one line.
    pub fn line(&self, check: bool) -> String {
        let all = self.made + self.there + self.refused;
        let rows = counted(all, "row", "rows");
        let (made, there, refused) = (number(self.made), number(self.there), number(self.refused));
        match check {
            false => format!("{rows}: {made} created, {there} there already, {refused} refused."),
            true => format!("{rows}: {made} to be created, {there} there already, {refused} to be refused."),
        }
    }
}

/// A number with its noun.
pub fn counted(count: u64, one: &str, several: &str) -> String {
    format!("{} {}", number(count), if count == 1 { one } else { several })
}

/// A number with a comma before each three digits, counted from its end.
fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_one_line_for_people() {
        let totals = Totals { made: 990, there: 7, refused: 3, without_password: 1 };
        assert_eq!(totals.line(false), "1,000 rows: 990 created, 7 there already, 3 refused.");
        let would = "1,000 rows: 990 to be created, 7 there already, 3 to be refused.";
        assert_eq!(totals.line(true), would);
        let one = Totals { made: 1, ..Totals::default() };
        assert_eq!(one.line(false), "1 row: 1 created, 0 there already, 0 refused.");
        for (count, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (12_345_678, "12,345,678")] {
            assert_eq!(number(count), text);
        }
    }
}
