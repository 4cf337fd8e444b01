//! Lends connections that only one thread at a time may use, opening more as they are needed.

use std::{
    fmt,
    ops::Deref,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

/// How a connection is opened.
type Open<T> = fn(&Path) -> Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Connections to one file or directory; there are as many as are lent at the same time.
pub struct Pool<T> {
    path: PathBuf,
    open: Open<T>,
    idle: Arc<Mutex<Vec<T>>>,
}

/// A lent connection; it returns to the pool when it is dropped.
pub struct Lease<T> {
    connection: Option<T>,
    idle: Arc<Mutex<Vec<T>>>,
}

impl<T> Pool<T> {
    /// Builds an empty pool; nothing is opened yet.
    pub fn new(path: PathBuf, open: Open<T>) -> Self {
        Self {
            path,
            open,
            idle: Arc::default(),
        }
    }

    /// Lends a connection.
    ///
    /// # Errors
    /// If none is idle and no further one can be opened.
    pub fn lend(&self) -> Result<Lease<T>, Box<dyn std::error::Error + Send + Sync>> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let connection = match idle {
            Some(connection) => connection,
            None => (self.open)(&self.path)?,
        };
        Ok(Lease {
            connection: Some(connection),
            idle: Arc::clone(&self.idle),
        })
    }

    /// Closes all idle connections, so that the next ones see a file that was exchanged.
    pub fn close_idle(&self) {
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}

impl<T> fmt::Debug for Pool<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Pool({})", self.path.display())
    }
}

impl<T> Deref for Lease<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.connection
            .as_ref()
            .expect("the connection leaves only in drop")
    }
}

impl<T> Drop for Lease<T> {
    fn drop(&mut self) {
        // A connection that was in use during a panic may be half way through a statement.
        if !std::thread::panicking() {
            let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            idle.extend(self.connection.take());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    static OPENED: AtomicUsize = AtomicUsize::new(0);

    #[test]
    fn connections_are_used_again_and_reopened_after_an_exchange() {
        let pool = Pool::new(PathBuf::from("x"), |_| {
            Ok(OPENED.fetch_add(1, Ordering::SeqCst))
        });
        for _ in 0..2 {
            let only = pool.lend().expect("opens or is idle");
            assert_eq!(*only, 0);
        }
        let (first, second) = (pool.lend().expect("idle"), pool.lend().expect("opens"));
        assert_eq!((*first, *second), (0, 1));
        drop((first, second));
        pool.close_idle();
        assert_eq!(*pool.lend().expect("opens"), 2);
    }

    #[test]
    fn an_error_of_opening_is_passed_on() {
        let pool: Pool<u8> = Pool::new(PathBuf::from("x"), |path| {
            Err(format!("no {}", path.display()).into())
        });
        assert_eq!(
            pool.lend().err().map(|error| error.to_string()).as_deref(),
            Some("no x")
        );
    }
}
