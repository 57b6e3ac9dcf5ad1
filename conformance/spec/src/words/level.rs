//! How binding a case is.

words! {
    /// How binding a case is. The more binding level is the smaller one, so `case.level <= asked` selects cases.
    #[derive(PartialOrd, Ord)]
    pub enum Level: "level" {
        Must = "must": "documented or recorded",
        Should = "should": "documented as usual, or follows from what is documented",
        Observed = "observed": "seen, not promised",
    }
}
