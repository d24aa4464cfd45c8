//! Work that is shared out over the cores: how many pieces there are and what to do with one go in, done in their order.

use rayon::ThreadPoolBuilder;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Does the pieces of a work, `workers` at once in their order. They are threads of one pool: what a piece spreads over
/// its pool (the compiler its pages) it does itself, unless another worker has nothing to do; nobody is woken for it.
pub fn share(pieces: usize, workers: usize, work: impl Fn(usize) + Sync) {
    let next = AtomicUsize::new(0);
    let some = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= pieces {
                break;
            }
            work(index);
        }
    };
    match ThreadPoolBuilder::new().num_threads(workers.max(1)).build() {
        Ok(pool) => {
            pool.broadcast(|_| some());
        }
        // Where there can be no more threads, this one has to do.
        Err(_) => some(),
    }
}

/// The same, with what each piece gives, in their order.
pub fn gather<T: Send>(pieces: usize, workers: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let given: Mutex<BTreeMap<usize, T>> = Mutex::default();
    share(pieces, workers, |index| {
        let one = work(index);
        given.lock().unwrap_or_else(PoisonError::into_inner).insert(index, one);
    });
    given.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    #[test]
    fn every_piece_is_done_once_and_a_panic_is_passed_on() {
        for workers in [0, 1, 3] {
            assert_eq!(gather(50, workers, |at| at), (0..50).collect::<Vec<_>>());
        }
        assert!(gather(0, 2, |at| at).is_empty());
        let done = AtomicUsize::new(0);
        let fall = || {
            share(9, 2, |at| {
                assert_ne!(at, 4, "falls");
                done.fetch_add(1, Ordering::Relaxed);
            });
        };
        assert!(catch_unwind(AssertUnwindSafe(fall)).is_err());
        assert_eq!(done.into_inner(), 8, "the others go on");
    }
}
