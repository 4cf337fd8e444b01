//! The time of a run: given once from outside, then counted on.

use std::time::Instant;

use jiff::{SignedDuration, Timestamp};

/// Counts on from the moment at which a run began.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    began_at: Timestamp,
    began: Instant,
}

impl Clock {
    /// Begins to count at `now`.
    pub(crate) fn new(now: Timestamp) -> Self {
        Self {
            began_at: now,
            began: Instant::now(),
        }
    }

    /// Returns the time of a moment of this run.
    pub(crate) fn at(&self, moment: Instant) -> Timestamp {
        let passed = SignedDuration::try_from(moment.saturating_duration_since(self.began));
        passed
            .ok()
            .and_then(|passed| self.began_at.checked_add(passed).ok())
            .unwrap_or(self.began_at)
    }

    /// Returns what time it is.
    pub(crate) fn now(&self) -> Timestamp {
        self.at(Instant::now())
    }

    /// Returns how long the run has taken so far.
    pub(crate) fn passed_ms(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_clock_counts_on_from_what_it_was_given() {
        let now: Timestamp = "2026-11-22T03:00:00Z".parse().unwrap();
        let clock = Clock::new(now);
        let later = clock.at(clock.began + Duration::from_secs(90));
        assert_eq!(later.to_string(), "2026-11-22T03:01:30Z");
        assert_eq!(clock.at(clock.began - Duration::from_secs(1)), now);
        assert!(clock.now() >= now);
    }
}
