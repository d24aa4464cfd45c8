//! A compiler that falls over costs one document: in goes a work, out comes what it gave, or a finding with what the
//! panic said. [`quiet_panics`] keeps such a panic from being printed, too, as the finding tells of it.

use super::internal;
use crate::finding::Finding;
use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many contained works are under way.
static UNDER_WAY: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// Whether this thread does one.
    static HERE: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`; if it panics, that document fails and no other.
pub(super) fn contained<T>(work: impl FnOnce() -> Result<T, Vec<Finding>>) -> Result<T, Vec<Finding>> {
    UNDER_WAY.fetch_add(1, Ordering::Relaxed);
    let outer = HERE.replace(true);
    let done =
        catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(vec![internal(said(&*panic))]));
    HERE.set(outer);
    UNDER_WAY.fetch_sub(1, Ordering::Relaxed);
    done
}

/// What a panic said.
pub fn said(panic: &(dyn Any + Send)) -> &str {
    let said = panic.downcast_ref::<String>().map(String::as_str);
    said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or_default()
}

/// From now on a panic that becomes a finding is not printed; every other is, as before. To be called once.
pub fn quiet_panics() {
    let before = take_hook();
    set_hook(Box::new(move |panic| {
        if !is_contained() {
            before(panic);
        }
    }));
}

/// Whether a panic here and now would be caught: the compiler spreads its work over the threads of rayon, too.
fn is_contained() -> bool {
    HERE.get() || (rayon::current_thread_index().is_some() && UNDER_WAY.load(Ordering::Relaxed) > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    static HEARD: Mutex<Vec<String>> = Mutex::new(Vec::new());

    #[test]
    fn only_what_nobody_catches_is_printed() {
        let before = take_hook();
        set_hook(Box::new(move |panic| {
            match panic.payload_as_str().filter(|said| said.starts_with("heard?")) {
                Some(said) => HEARD.lock().expect("a list").push(said.to_owned()),
                None => before(panic),
            }
        }));
        quiet_panics();
        let direct = contained::<()>(|| panic!("heard? direct")).expect_err("a finding");
        assert_eq!(direct[0].facts["message"], "heard? direct");
        let spread = contained::<()>(|| {
            rayon::scope(|scope| scope.spawn(|_| panic!("heard? spread")));
            Ok(())
        });
        assert_eq!(spread.expect_err("a finding")[0].facts["message"], "heard? spread");
        let _ = catch_unwind(|| panic!("heard? outside"));
        assert_eq!(*HEARD.lock().expect("a list"), ["heard? outside"]);
    }
}
