//! The two sides of a comparison.

use std::sync::atomic::{AtomicU64, Ordering};

use super::compare::{Difference, Kind, differences};
use super::normal::Own;
use super::program::Program;
use crate::exec::{Asked, Cancel, Played, play};
use crate::observe::Answer;
use crate::target::{Target, Tolerance};

/// The two sides of a comparison.
pub(super) struct Pair<'a> {
    /// The target that is looked at.
    pub(super) target: &'a Target,
    /// The target that says what is right.
    pub(super) against: &'a Target,
    /// Changes what the target answered: a difference that is planted to see that it is found.
    pub(super) alter: &'a (dyn Fn(&[Asked], &mut Played) + Sync),
    /// Ends calls.
    pub(super) cancel: &'a Cancel,
    /// Calls to each side so far.
    pub(super) calls: AtomicU64,
}

/// Why a program has no comparison.
#[derive(Debug)]
pub(super) struct Unanswered {
    pub(super) reason: String,
    /// Whether a side is gone.
    pub(super) gone: bool,
}

impl Pair<'_> {
    /// Plays a program on both sides; gives all differences up to the first after which their states part.
    pub(super) fn compare(&self, program: &Program, id: &str) -> Result<Vec<Difference>, Unanswered> {
        let expected = self.expected(program, id)?;
        self.seen(program, id, &expected)
    }

    /// The difference of the last call that is like another one, if there is one.
    pub(super) fn differs(&self, program: &Program, like: &Difference, id: &str) -> Option<Difference> {
        let expected = self.expected(program, id).ok()?;
        // The target need not be asked where the other side does not do any more what is to be expected.
        let answer = &expected.answers.last()?.as_ref()?.answer;
        let is_refused = matches!(like.kind, Kind::Accepted(_) | Kind::OtherError(..) | Kind::OtherName(..));
        if matches!(answer, Answer::Refused(_)) != is_refused {
            return None;
        }
        let found = self.seen(program, id, &expected).ok()?;
        found.into_iter().find(|difference| difference.call + 1 == program.len() && difference.is_like(like))
    }

    /// What is expected of a program.
    pub(super) fn expected(&self, program: &Program, id: &str) -> Result<Played, Unanswered> {
        play(self.against, id, &program.calls, self.cancel).map_err(|(reason, gone)| Unanswered { reason, gone })
    }

    fn seen(&self, program: &Program, id: &str, expected: &Played) -> Result<Vec<Difference>, Unanswered> {
        self.calls.fetch_add(program.len() as u64, Ordering::Relaxed);
        let told = |(reason, gone)| Unanswered { reason, gone };
        let mut seen = play(self.target, id, &program.calls, self.cancel).map_err(told)?;
        (self.alter)(&program.calls, &mut seen);
        let tolerates = self.target.tolerates(Tolerance::EmptyLists, "");
        let left = own(self.against, expected, tolerates);
        let right = own(self.target, &seen, tolerates);
        Ok(differences(&program.calls, (expected, &left), (&seen, &right), is_ordered(program)))
    }
}

/// What of answers is a target's or the run's own.
pub(super) fn own(target: &Target, played: &Played, empty_is_none: bool) -> Own {
    let manifest = target.manifest();
    Own {
        unique: played.unique.clone(),
        account: manifest.account.clone(),
        region: manifest.region.clone(),
        empty_is_none,
    }
}

/// Whether the order of lists is promised in a program's answers: FIFO queues and streams keep one.
pub(super) fn is_ordered(program: &Program) -> bool {
    let is_fifo = |call: &Asked| call.operation.name == "CreateQueue" && call.with.to_string().contains(".fifo");
    let has = |name: &str| program.calls.iter().any(|call| call.operation.name == name);
    has("ReceiveMessage") && program.calls.iter().any(is_fifo) || has("GetRecords")
}
