//! Names of the fail points, crash-like moments in the shell for users of `FAILPOINTS`.
//!
//! They are off, and compiled to nothing, unless the feature `failpoints` is on. They are never the seeded path: the registry of
//! the crate `fail` belongs to the process, so an armed point is seen by every test in it, and its frequencies are drawn
//! from a generator that cannot be seeded. Arm them with counts (`1*return`), `panic` or `off`, in a test binary of their own.
//! What is to replay is a rule of a plan instead.
//!
//! ```text
//! FAILPOINTS="call::after-effect=1*return" cargo test --features failpoints
//! ```

/// The call is decoded, the backend has not seen it.
pub const BEFORE_EFFECT: &str = "call::before-effect";

/// The backend has carried the call out, nothing is written of its answer.
pub const AFTER_EFFECT: &str = "call::after-effect";

/// The answer is encoded, the caller has not got it.
pub const BEFORE_ANSWER: &str = "call::before-answer";

/// A consumer is about to be started anew.
pub const BEFORE_RESTART: &str = "consumer::before-restart";

/// A regression file is written beside its place, not yet moved there.
pub const BEFORE_RENAME: &str = "regression::before-rename";

/// All of them.
pub const ALL: [&str; 5] = [BEFORE_EFFECT, AFTER_EFFECT, BEFORE_ANSWER, BEFORE_RESTART, BEFORE_RENAME];

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
