//! States of what is outside of the services.

words! {
    /// What a key of KMS or a phone number is.
    #[derive(PartialOrd, Ord)]
    pub enum State: "state" {
        Working = "working": "a key that works, as all do unless something else was said",
        AccessDenied = "access-denied": "a key whose policy does not let the caller use it",
        Disabled = "disabled": "a key that is disabled",
        InvalidKeyUsage = "invalid-key-usage": "a key that is for something else than to encrypt",
        InvalidState = "invalid-state": "a key in a wrong state, such as about to be deleted",
        NotFound = "not-found": "a key that does not exist",
        OptInRequired = "opt-in-required": "a key of an account that has not signed up for KMS",
        Throttled = "throttled": "a key that is asked too often",
        OptedOut = "opted-out": "a phone number whose owner has answered with `STOP`",
    }
}
