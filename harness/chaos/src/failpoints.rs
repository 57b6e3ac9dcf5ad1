//! Names of the fail points, crash-like moments in the shell for users of `FAILPOINTS`.
//!
//! They are off, and compiled to nothing, unless the feature `failpoints` is on. They are never the seeded path: the registry of
//! the crate `fail` belongs to the process, so an armed point is seen by every test in it, and its frequencies are drawn
//! from a generator that cannot be seeded. Arm them with counts (`1*return`), `panic` or `off`, in a test binary of their own.
//! What is to replay is a rule of a plan instead.
//!
//! A point that is armed to `return` does what the death of the process at this moment would do to a client: no answer comes, and what would have come
//! after does not happen.
//!
//! ```text
//! FAILPOINTS="call::after-effect=1*return" cargo run --features failpoints -- serve
//! ```
//!
//! A test takes them from its environment, or from its own calls of `fail::cfg`, between `fail::FailScenario::setup` and `teardown`.

/// The call is decoded, the world has not seen it. In process, served, and amid faults.
pub const BEFORE_EFFECT: &str = "call::before-effect";

/// The world has carried the call out, nothing is written of its answer.
pub const AFTER_EFFECT: &str = "call::after-effect";

/// The answer is there and in the history, the caller has not got it.
pub const BEFORE_ANSWER: &str = "call::before-answer";

/// The call has ended, the history does not have it yet: it never will.
pub const BEFORE_KEEP: &str = "history::before-keep";

/// The backend behind a proxy has answered, the client has not got it.
pub const AFTER_UPSTREAM: &str = "proxy::after-upstream";

/// A regression file is written beside its place, not yet moved there.
pub const BEFORE_RENAME: &str = "regression::before-rename";

/// All of them.
pub const ALL: [&str; 6] = [BEFORE_EFFECT, AFTER_EFFECT, BEFORE_ANSWER, BEFORE_KEEP, AFTER_UPSTREAM, BEFORE_RENAME];

/// Whether the point of this name is armed to return; a `panic` or `pause` armed at it happens in here.
#[cfg(feature = "failpoints")]
pub fn hit(name: &str) -> bool {
    let returns = || -> Option<()> {
        fail::fail_point!(name, |_| Some(()));
        None
    };
    returns().is_some()
}

/// Whether the point of this name is armed to return: never, since the feature `failpoints` is off.
#[cfg(not(feature = "failpoints"))]
pub fn hit(_name: &str) -> bool {
    false
}

/// Arms for the life of this process what `FAILPOINTS` says; for programs, since no scenario can begin after that.
pub fn from_environment() {
    #[cfg(feature = "failpoints")]
    std::mem::forget(fail::FailScenario::setup());
}
