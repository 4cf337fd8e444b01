//! A bounded pool for searching and rendering: so many at once, so many waiting, the rest is told to come back.

use std::{sync::Arc, time::Duration};

use tokio::sync::{Semaphore, TryAcquireError};

/// Why no answer came out of the pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotDone {
    /// The pool and its queue are full, or the wait was too long.
    Busy,
    /// The work panicked.
    Panicked,
}

/// How much the pool takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolSize {
    /// Pieces of work done at the same time.
    pub running: usize,
    /// Pieces of work that may wait.
    pub waiting: usize,
    /// How long one waits before it gives up.
    pub patience: Duration,
}

impl Default for PoolSize {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            running: 2 * cores,
            waiting: 64,
            patience: Duration::from_secs(5),
        }
    }
}

/// Runs blocking work on tokio's blocking threads, never more than the pool's size.
#[derive(Debug)]
pub struct Workers {
    admitted: Arc<Semaphore>,
    running: Arc<Semaphore>,
    patience: Duration,
}

impl Workers {
    /// Builds a pool.
    #[must_use]
    pub fn new(size: PoolSize) -> Self {
        Self {
            admitted: Arc::new(Semaphore::new(size.running + size.waiting)),
            running: Arc::new(Semaphore::new(size.running)),
            patience: size.patience,
        }
    }

    /// Does a piece of work, or says why not.
    ///
    /// The place in the pool is given back when the work ends, not when the one who asked goes away.
    ///
    /// # Errors
    /// If the pool is full, the wait was too long, or the work panicked.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, NotDone> {
        let admitted = match Arc::clone(&self.admitted).try_acquire_owned() {
            Ok(permit) => permit,
            Err(TryAcquireError::NoPermits | TryAcquireError::Closed) => return Err(NotDone::Busy),
        };
        let waited =
            tokio::time::timeout(self.patience, Arc::clone(&self.running).acquire_owned()).await;
        let Ok(Ok(running)) = waited else {
            return Err(NotDone::Busy);
        };
        tokio::task::spawn_blocking(move || {
            let _places = (admitted, running);
            work()
        })
        .await
        .map_err(|_| NotDone::Panicked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    fn pool(running: usize, waiting: usize) -> Arc<Workers> {
        Arc::new(Workers::new(PoolSize {
            running,
            waiting,
            patience: Duration::from_millis(50),
        }))
    }

    #[tokio::test]
    async fn work_gives_its_value_back() {
        assert_eq!(pool(1, 0).run(|| 40 + 2).await, Ok(42));
    }

    #[tokio::test]
    async fn a_panic_is_told_and_frees_its_place() {
        let workers = pool(1, 0);
        let panicked = workers.run(|| panic!("on purpose")).await;
        assert_eq!(panicked, Err::<(), _>(NotDone::Panicked));
        assert_eq!(workers.run(|| 1).await, Ok(1));
    }

    #[tokio::test]
    async fn a_full_pool_refuses_at_once_and_a_long_wait_gives_up() {
        let workers = pool(1, 1);
        let (open, gate) = mpsc::channel::<()>();
        let (started, has_started) = tokio::sync::oneshot::channel();
        let busy = Arc::clone(&workers);
        let first = tokio::spawn(async move {
            busy.run(move || {
                started.send(()).expect("the test waits");
                gate.recv().ok()
            })
            .await
        });
        has_started.await.expect("the first piece runs");
        let (second, third) = tokio::join!(workers.run(|| ()), workers.run(|| ()));
        assert_eq!(
            (second, third),
            (Err(NotDone::Busy), Err(NotDone::Busy)),
            "one gave up waiting, one found no place"
        );
        open.send(()).expect("the first piece waits");
        assert_eq!(first.await.expect("no panic"), Ok(Some(())));
        assert_eq!(workers.run(|| 7).await, Ok(7));
    }
}
