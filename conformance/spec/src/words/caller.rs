//! Who else calls.

words! {
    /// Who calls, when it is not the account of the case in its region.
    #[derive(PartialOrd, Ord)]
    pub enum Caller: "caller" {
        OtherAccount = "other-account": "another account, in the same region",
        OtherRegion = "other-region": "the same account, in another region",
    }
}
