//! The same work for many things at once, with what comes of it in their order.

use std::sync::mpsc;
use std::thread;

/// How far a thread may be ahead of what was taken. Together with how little comes of a piece of
/// work, it bounds the memory that many take.
const AHEAD: usize = 32;

/// As much stack as the main thread has on most systems.
const STACK: usize = 8 << 20;

/// Does the work for every item, several at a time, and hands on what comes of it in the order of
/// the items. One item, or one job, needs no thread.
///
/// # Errors
/// What `take` returns first, and then nothing more is taken; or the system has no thread left.
pub(super) fn in_order<I: Sync, T: Send>(
    jobs: usize,
    items: &[I],
    work: impl Fn(&I) -> T + Sync,
    mut take: impl FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let jobs = jobs.min(items.len());
    if jobs < 2 {
        return items.iter().try_for_each(|item| take(work(item)));
    }
    thread::scope(|scope| {
        let work = &work;
        let mut threads = Vec::new();
        for first in 0..jobs {
            let (sender, receiver) = mpsc::sync_channel(AHEAD);
            let share = items.iter().skip(first).step_by(jobs);
            thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, move || {
                    // Nobody listens any more after an error.
                    let mut share = share;
                    let _ = share.try_for_each(|item| sender.send(work(item)));
                })?;
            threads.push(receiver);
        }
        let mut turns = threads.iter().cycle();
        for _ in items {
            // A thread that has panicked sends nothing; the scope passes the panic on.
            match turns.next().map(mpsc::Receiver::recv) {
                Some(Ok(done)) => take(done)?,
                _ => break,
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn what_comes_of_it_has_the_order_of_the_items() {
        let items: Vec<usize> = (0..1000).collect();
        for jobs in [1, 2, 3, 64] {
            let mut taken = Vec::new();
            in_order(
                jobs,
                &items,
                |item| item * 2,
                |done| {
                    taken.push(done);
                    Ok(())
                },
            )
            .unwrap();
            let expected: Vec<usize> = items.iter().map(|item| item * 2).collect();
            assert_eq!(taken, expected, "{jobs} jobs");
        }
    }

    #[test]
    fn nobody_runs_far_ahead() {
        let items: Vec<usize> = (0..1000).collect();
        let begun = AtomicUsize::new(0);
        let mut taken = 0;
        in_order(
            2,
            &items,
            |_| begun.fetch_add(1, Ordering::SeqCst),
            |_| {
                taken += 1;
                let ahead = begun.load(Ordering::SeqCst) - taken;
                assert!(ahead <= 2 * (AHEAD + 2), "{ahead} ahead");
                Ok(())
            },
        )
        .unwrap();
    }

    #[test]
    fn an_error_ends_it() {
        let items: Vec<usize> = (0..1000).collect();
        let mut taken = 0;
        let ended = in_order(
            2,
            &items,
            |item| *item,
            |item| {
                taken += 1;
                anyhow::ensure!(item < 10);
                Ok(())
            },
        );
        assert!(ended.is_err());
        assert_eq!(taken, 11);
    }
}
