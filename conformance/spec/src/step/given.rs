//! What is outside of the services.

use crate::{Caller, State};

/// Lets something outside of the services be so from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenStep {
    /// What it is about.
    pub what: Given,
    /// The key or the number; may hold variables.
    pub name: String,
    /// What it is: of a key, anything but opted out.
    pub state: State,
    /// In whose account and region a number is; `None` for those of the case.
    pub caller: Option<Caller>,
}

/// What is outside of the services.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// A key of KMS.
    Key,
    /// A phone number.
    Phone,
}
