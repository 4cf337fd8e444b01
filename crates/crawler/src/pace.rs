//! One request at a time to each host, with a pause in between.
//!
//! `Paces` knows all hosts; `Pace` is the turn of one host, which only one request can hold; `retry_pause` is the
//! pause before the same address is asked for again.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{Mutex as TurnMutex, OwnedMutexGuard},
    time::Instant,
};

/// The turns of all hosts.
#[derive(Debug, Default)]
pub(crate) struct Paces {
    hosts: Mutex<HashMap<String, Arc<TurnMutex<Pace>>>>,
}

/// When a host may be asked next.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    next: Option<Instant>,
}

impl Paces {
    /// Waits until a host may be asked; nobody else asks it until the turn is dropped.
    pub(crate) async fn turn(&self, host: &str) -> OwnedMutexGuard<Pace> {
        let pace = {
            let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(hosts.entry(host.to_ascii_lowercase()).or_default())
        };
        let turn = pace.lock_owned().await;
        // The timer rounds up to a millisecond even what is already over.
        if let Some(next) = turn.next.filter(|next| *next > Instant::now()) {
            tokio::time::sleep_until(next).await;
        }
        turn
    }
}

impl Pace {
    /// Nobody may ask this host before the pause is over.
    pub(crate) fn pause(&mut self, pause: Duration) {
        let until = Instant::now() + pause;
        self.next = Some(self.next.map_or(until, |next| next.max(until)));
    }
}

/// Returns the pause after the `failed`-th try: doubled each time, and up to half as long again by chance, so that
/// many crawlers do not come back at the same moment.
pub(crate) fn retry_pause(backoff: Duration, failed: u32) -> Duration {
    let doubled = backoff.saturating_mul(1 << failed.saturating_sub(1).min(10));
    let chance = RandomState::new().hash_one(failed) % 512;
    doubled + doubled.mul_f64(chance as f64 / 1_024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_doubles_and_varies_by_at_most_half() {
        for (failed, least) in [(1, 100), (2, 200), (3, 400), (4, 800)] {
            let pause = retry_pause(Duration::from_millis(100), failed);
            let least = Duration::from_millis(least);
            assert!(
                pause >= least && pause <= least * 3 / 2,
                "{failed}: {pause:?}"
            );
        }
        assert!(retry_pause(Duration::from_secs(1), u32::MAX) < Duration::from_secs(1_600));
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_is_asked_again_only_after_its_pause() {
        let paces = Paces::default();
        let began = Instant::now();
        paces.turn("a.example").await.pause(Duration::from_secs(2));
        drop(paces.turn("b.example").await);
        assert_eq!(began.elapsed(), Duration::ZERO);
        drop(paces.turn("A.EXAMPLE").await);
        assert!(began.elapsed() >= Duration::from_secs(2));
    }

    #[tokio::test(start_paused = true)]
    async fn a_longer_pause_is_never_shortened() {
        let paces = Paces::default();
        let began = Instant::now();
        let mut turn = paces.turn("a.example").await;
        turn.pause(Duration::from_secs(30));
        turn.pause(Duration::from_secs(1));
        drop(turn);
        drop(paces.turn("a.example").await);
        assert!(began.elapsed() >= Duration::from_secs(30));
    }

    #[tokio::test(start_paused = true)]
    async fn only_one_holds_the_turn_of_a_host() {
        let paces = Arc::new(Paces::default());
        let turn = paces.turn("a.example").await;
        let other = Arc::clone(&paces);
        let waiting = tokio::spawn(async move { drop(other.turn("a.example").await) });
        tokio::time::sleep(Duration::from_secs(60)).await;
        assert!(!waiting.is_finished());
        drop(turn);
        waiting.await.unwrap();
    }
}
