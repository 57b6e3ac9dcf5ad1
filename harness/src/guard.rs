//! Panics as errors: a bug in here reaches the caller as an error of the service, never as a panic in foreign code.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use redeliver_wire::Error;

/// Runs `work`; a panic becomes an internal failure. What `work` changed may then be half done: the caller must not go on with it.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| Error::Internal { detail: text(payload.as_ref()) })
}

fn text(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    format!("panicked: {}", text.unwrap_or("no text"))
}

#[cfg(test)]
mod tests {
    use redeliver_wire::Error;

    use super::guarded;

    #[test]
    fn panics_become_internal_failures() {
        assert_eq!(guarded(|| 7), Ok(7));
        let expected = |detail: &str| Err::<(), _>(Error::Internal { detail: detail.to_owned() });
        assert_eq!(guarded(|| panic!("no {}", "queue")), expected("panicked: no queue"));
        assert_eq!(guarded(|| panic!("plain")), expected("panicked: plain"));
    }
}
