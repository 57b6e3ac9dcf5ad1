//! What is outside of the services.

use super::Reading;
use crate::raw::RawStep;
use crate::{Given, GivenStep, State};

impl Reading<'_> {
    pub(super) fn given(&mut self, step: RawStep, pointer: &str) -> Option<GivenStep> {
        let given = step.given?;
        let (what, name) = match (given.key, given.phone) {
            (Some(key), None) => (Given::Key, key.0),
            (None, Some(phone)) => (Given::Phone, phone.0),
            (None, None) => {
                let remedy = "give a `key` of KMS or a `phone`";
                let message = "`given` does not say what it is about";
                self.findings.whole(&format!("{pointer}/given"), message, remedy).label("of what?");
                return None;
            }
            (Some(_), Some(_)) => {
                let message = "`given` is about both a key and a phone number";
                self.findings.whole(&format!("{pointer}/given"), message, "make two steps of it").label("which?");
                return None;
            }
        };
        let (fits, remedy) = match what {
            Given::Key => (given.is != State::OptedOut, "a key is `working` or something that keeps it from working"),
            Given::Phone => (given.is == State::OptedOut, "a phone number is `opted-out`"),
        };
        if !fits {
            let message = format!("`{}` is nothing that it can be", given.is);
            self.findings.value(&format!("{pointer}/given/is"), message, remedy).label("of something else");
            return None;
        }
        Some(GivenStep { what, name, state: given.is, caller: step.caller })
    }
}
