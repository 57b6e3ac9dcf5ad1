//! What belongs to one account in one region.

use std::collections::{BTreeMap, BTreeSet};

use super::preferences::Preferences;
use super::sandbox::Destination;
use super::spending::Spending;
use crate::sns::platform::Home;
use crate::{Caller, Timestamp};

/// What belongs to one account in one region.
#[derive(Debug, Default)]
pub(super) struct Account {
    /// Its preferences.
    pub(super) preferences: Preferences,
    /// Numbers that want no messages.
    pub(super) opted_out: BTreeSet<String>,
    /// When numbers were opted in again.
    pub(super) opted_in: BTreeMap<String, Timestamp>,
    /// The numbers of the sandbox.
    pub(super) sandbox: BTreeMap<String, Destination>,
    /// What was spent.
    pub(super) spending: Spending,
}

/// All accounts in all regions.
#[derive(Debug, Default)]
pub(crate) struct Phones {
    homes: BTreeMap<Home, Account>,
}

impl Phones {
    /// The caller's account in its region.
    pub(super) fn of_caller(&mut self, caller: &Caller) -> &mut Account {
        self.of(Home::of_caller(caller))
    }

    /// An account in a region.
    pub(super) fn of(&mut self, home: Home) -> &mut Account {
        self.homes.entry(home).or_default()
    }
}
