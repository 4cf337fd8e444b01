//! How the archive writes.

/// How the archive writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Config {
    /// A WARC file of this size is followed by a new one.
    pub max_file_bytes: u64,
    /// After how many captures they are synced to the disk and entered in the catalog together.
    ///
    /// With 1 every capture is safe when [`crate::Archive::append`] returns.
    pub commit_every: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            max_file_bytes: 1 << 30,
            commit_every: 1,
        }
    }
}
