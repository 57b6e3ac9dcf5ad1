//! How a raw request is signed.

words! {
    /// How a raw request is signed, rightly or wrongly.
    #[derive(PartialOrd, Ord)]
    pub enum Signing: "signing" {
        Header = "header": "in the `Authorization` header",
        Presigned = "presigned": "in the query, good for five minutes",
        None = "none": "not at all",
        WrongSecret = "wrong-secret": "in the header, with a secret that is not that of the access key",
        UnknownKey = "unknown-key": "in the header, with an access key that nobody has",
        OtherBody = "other-body": "in the header, for another body than the one that is sent",
        Stale = "stale": "in the header, twenty minutes ago",
        Expired = "expired": "in the query, good for five minutes until a minute ago",
    }
}
