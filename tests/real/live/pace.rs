//! How fast, how many at a time, and how many in all.

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant};

use consoleme_cfg::finding::{CheckName, Verdict};
use consoleme_cfg::live::Options;

use super::script::{configuration, in_order};
use super::{ask, checks};
use crate::harness::{Server, answer};

const ROUND_TRIP: Duration = Duration::from_millis(200);

fn callbacks(count: usize) -> Options {
    Options {
        callbacks: (1..count)
            .map(|number| format!("https://consoleme-{number}.example.com/auth"))
            .collect(),
        probe_secret: false,
    }
}

/// A provider a round trip away, and how many requests it had at once at most.
fn far_away() -> (Server, Arc<AtomicUsize>) {
    let (now, most) = (AtomicUsize::new(0), Arc::new(AtomicUsize::new(0)));
    let seen = Arc::clone(&most);
    let server = Server::start(move |heard, stream| {
        seen.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        sleep(ROUND_TRIP);
        now.fetch_sub(1, Ordering::SeqCst);
        stream.write_all(in_order(heard).as_bytes()).is_ok()
    });
    (server, most)
}

#[test]
fn twenty_callbacks_take_less_than_ten_round_trips_and_four_at_a_time() {
    let dead_end = Server::start(|_, stream| {
        sleep(ROUND_TRIP);
        stream.write_all(answer(503, "", "").as_bytes()).is_ok()
    });
    let begun = Instant::now();
    let _ = ask(
        &configuration(&dead_end.origin()),
        &[dead_end.address()],
        &Options::default(),
    );
    let one = begun.elapsed();

    let (server, most) = far_away();
    let begun = Instant::now();
    let examined = ask(
        &configuration(&server.origin()),
        &[server.address()],
        &callbacks(20),
    );
    let times = begun.elapsed().as_secs_f64() / one.as_secs_f64();
    let asked = checks(&examined, CheckName::Callback);
    assert_eq!(asked.len(), 20);
    let passed = asked.iter().filter(|check| check.verdict == Verdict::Pass);
    assert_eq!(passed.count(), 1, "the others are not registered");
    assert!(times < 10.0, "{times:.1} times one round trip of {one:?}");
    assert_eq!(most.load(Ordering::SeqCst), 4);
}

/// How far a provider has got that answers a round of requests together, once all of it is there.
#[derive(Default)]
struct Rounds {
    done: usize,
    waiting: usize,
    /// Whether a request came alone and was answered after a while, or was one too many.
    broken: bool,
}

/// A provider that answers nobody until as many wait as belong to a round.
fn in_rounds(sizes: &'static [usize]) -> (Server, Arc<Mutex<Rounds>>) {
    let rounds: Arc<Mutex<Rounds>> = Arc::default();
    let (seen, complete) = (Arc::clone(&rounds), Condvar::new());
    let server = Server::start(move |heard, stream| {
        let mut rounds = seen.lock().expect("no poison");
        let mine = rounds.done;
        rounds.waiting += 1;
        if sizes.get(mine).is_none_or(|&size| size == rounds.waiting) {
            rounds.broken |= mine >= sizes.len();
            rounds.done += 1;
            rounds.waiting = 0;
            complete.notify_all();
        }
        let patience = Duration::from_secs(10);
        let (mut rounds, waited) = complete
            .wait_timeout_while(rounds, patience, |rounds| rounds.done == mine)
            .expect("no poison");
        rounds.broken |= waited.timed_out();
        drop(rounds);
        stream.write_all(in_order(heard).as_bytes()).is_ok()
    });
    (server, rounds)
}

#[test]
fn one_to_four_callbacks_are_three_round_trips_deep() {
    // The document; callbacks, control and keys, four at a time; the login page, and what is left.
    let rounds: [(usize, bool, &'static [usize]); 5] = [
        (1, false, &[1, 3, 1]),
        (2, false, &[1, 4, 1]),
        (3, false, &[1, 4, 2]),
        (4, false, &[1, 4, 3]),
        // Two requests each to the token endpoint and the revocation endpoint.
        (1, true, &[1, 4, 4]),
    ];
    for (count, probe_secret, sizes) in rounds {
        let (server, seen) = in_rounds(sizes);
        let options = Options {
            probe_secret,
            ..callbacks(count)
        };
        let text = configuration(&server.origin());
        let examined = ask(&text, &[server.address()], &options);
        let seen = seen.lock().expect("no poison");
        assert!(!seen.broken, "{sizes:?}: {:#?}", examined.checks);
        assert_eq!((seen.done, seen.waiting), (3, 0), "{sizes:?}");
        assert!(checks(&examined, CheckName::Callback).len() == count);
    }
}

#[test]
fn a_run_asks_fifty_times_at_most() {
    let server = Server::saying(in_order);
    let examined = ask(
        &configuration(&server.origin()),
        &[server.address()],
        &callbacks(70),
    );
    assert_eq!(server.heard().len(), 50);
    let unasked = checks(&examined, CheckName::Callback)
        .into_iter()
        .filter(|check| check.reason.contains("50 times at most"));
    let unasked: Vec<_> = unasked.collect();
    assert!(
        !unasked.is_empty()
            && unasked
                .iter()
                .all(|check| check.verdict == Verdict::Inconclusive)
    );
}
