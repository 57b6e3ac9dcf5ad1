//! Panics that are results: caught with their place, without a word on stderr.
//!
//! A search runs a test hundreds of times, and each failing run may panic. The hook of the process is wrapped once; it keeps quiet on
//! threads that asked for it, and is as it was for all others.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<u32> = const { Cell::new(0) };
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

static HOOK: Once = Once::new();

/// Runs `work`; a panic is its text and place.
pub(crate) fn catch<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    HOOK.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| if QUIET.get() == 0 { before(panic) } else { note(panic) }));
    });
    QUIET.set(QUIET.get() + 1);
    let done = catch_unwind(AssertUnwindSafe(work));
    QUIET.set(QUIET.get() - 1);
    done.map_err(|payload| {
        let text = text(payload.as_ref());
        match PLACE.take() {
            Some(place) => format!("{text} ({place})"),
            None => text.to_owned(),
        }
    })
}

fn note(panic: &PanicHookInfo<'_>) {
    PLACE.set(panic.location().map(ToString::to_string));
}

fn text(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no text")
}

#[cfg(test)]
mod tests {
    use super::catch;

    #[test]
    fn a_panic_is_its_text_and_place() {
        assert_eq!(catch(|| 7), Ok(7));
        let panic = catch::<()>(|| panic!("order {}", 3)).unwrap_err();
        assert!(panic.starts_with("order 3 (") && panic.contains("quiet.rs:"), "{panic}");
    }
}
