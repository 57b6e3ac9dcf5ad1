//! What is said when the table has nothing more precise.

use crate::story::family::Family;

/// What consumers that break such a property have in common.
pub(super) fn blame(family: Family) -> &'static str {
    match family {
        Family::Twice => {
            "the consumer does its effect at every delivery; make the effect conditional on the business key"
        }
        Family::Lost => {
            "something was acknowledged or given up before its effect was certain; delete a message only after its effect"
        }
        Family::Order => {
            "the effect depends on the order in which messages come; compare a version from the message before writing"
        }
        Family::Overlap => {
            "two workers believed that a message was theirs; extend the lease while working, and make the effect conditional \
             on the business key"
        }
        Family::Stuck => {
            "the consumer stops asking, or holds what it does not handle; go on after errors and empty receives"
        }
        Family::Account => "the consumer counts what it did not check; read every entry of every reply",
        Family::Backend => "the backend, or what was done to it, breaks what AWS promises; no consumer is to blame",
        Family::Other => "the test does not hold then, though AWS promises no more",
    }
}
