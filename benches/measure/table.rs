//! Rows of results, and the medians of their rounds.

/// The results, in the order of measurement.
#[derive(Default)]
pub struct Table(pub Vec<Row>);

/// One row.
pub struct Row {
    /// The number of its goal.
    pub number: &'static str,
    pub what: String,
    pub ours: String,
    /// What it is compared with, measured in the same run.
    pub against: String,
    /// The ratio, if it is compared.
    pub ratio: String,
    pub to_reach: String,
    /// Whether the goal is reached. `None` if there is no goal.
    pub reached: Option<bool>,
}

impl Table {
    pub fn add(&mut self, row: Row) {
        println!("{:4} {}: {} | {} | {}", row.number, row.what, row.ours, row.against, row.ratio);
        self.0.push(row);
    }
}

impl Row {
    /// A result that is compared with nothing.
    pub fn alone(number: &'static str, what: impl Into<String>, ours: impl Into<String>) -> Row {
        Row {
            number,
            what: what.into(),
            ours: ours.into(),
            against: "–".to_owned(),
            ratio: "–".to_owned(),
            to_reach: "–".to_owned(),
            reached: None,
        }
    }

    pub fn against(self, against: impl Into<String>) -> Row {
        Row { against: against.into(), ..self }
    }

    pub fn ratio(self, ratio: f64) -> Row {
        let ratio = if ratio < 10.0 { format!("{ratio:.2}") } else { format!("{ratio:.1}") };
        Row { ratio, ..self }
    }

    pub fn target(self, to_reach: impl Into<String>, reached: bool) -> Row {
        Row { to_reach: to_reach.into(), reached: Some(reached), ..self }
    }
}

/// The median of some results.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    let middle = figures.len() / 2;
    match figures.len() % 2 {
        1 => figures[middle],
        _ => (figures[middle - 1] + figures[middle]) / 2.0,
    }
}

/// The rounds of both sides of a comparison.
#[derive(Default)]
pub struct Pair {
    pub ours: Vec<f64>,
    pub theirs: Vec<f64>,
}

impl Pair {
    pub fn add(&mut self, ours: f64, theirs: f64) {
        self.ours.push(ours);
        self.theirs.push(theirs);
    }

    /// The median of the ratios of each round. If the machine slows down, it slows down both sides of a round.
    pub fn ratio(&self) -> f64 {
        median(self.ours.iter().zip(&self.theirs).map(|(ours, theirs)| ours / theirs).collect())
    }

    pub fn medians(&self) -> (f64, f64) {
        (median(self.ours.clone()), median(self.theirs.clone()))
    }

    /// The round with the least ratio.
    pub fn slowest(&self) -> (f64, f64) {
        let rounds = self.ours.iter().copied().zip(self.theirs.iter().copied());
        let by_ratio = |(ours, theirs): &(f64, f64)| ours / theirs;
        rounds.min_by(|one, other| by_ratio(one).total_cmp(&by_ratio(other))).unwrap()
    }
}

/// A rate per second.
pub fn rate(figure: f64) -> String {
    if figure < 1_000.0 { format!("{figure:.1}/s") } else { format!("{figure:.0}/s") }
}

pub fn mib(bytes: f64) -> String {
    format!("{:.1} MiB", bytes / 1_048_576.0)
}

pub fn milliseconds(seconds: f64) -> String {
    format!("{:.1} ms", seconds * 1_000.0)
}
