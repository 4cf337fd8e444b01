//! The home directory: where archive, corpus, index and run records lie, and the lock of the one writer.

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
};

use anyhow::Context as _;

use crate::{ExitStatus, exit_status::Ended};

/// The paths below the home directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Home {
    directory: PathBuf,
}

/// The right to write; given back when it is dropped.
#[derive(Debug)]
pub(crate) struct WriterLock {
    _file: File,
}

impl Home {
    /// Names a home directory; nothing is created.
    pub fn new(directory: &Path) -> Self {
        Self {
            directory: directory.to_owned(),
        }
    }

    /// Returns the archive: the only truth.
    pub fn archive(&self) -> PathBuf {
        self.directory.join("archive")
    }

    /// Returns the corpus file.
    pub fn corpus(&self) -> PathBuf {
        self.directory.join("corpus.sqlite")
    }

    /// Returns the directory of index generations.
    pub fn index(&self) -> PathBuf {
        self.directory.clone()
    }

    /// Returns the directory of run records.
    pub fn runs(&self) -> PathBuf {
        self.directory.join("runs")
    }

    /// Takes the lock of the one writer, creating the directory if needed.
    ///
    /// # Errors
    /// With exit code 75 if another process holds it.
    pub fn lock(&self) -> anyhow::Result<WriterLock> {
        let named = || {
            format!(
                "cannot write in home directory `{}`",
                self.directory.display()
            )
        };
        fs::create_dir_all(&self.directory).with_context(named)?;
        let path = self.directory.join("writer.lock");
        let file = File::options()
            .create(true)
            .append(true)
            .open(&path)
            .with_context(named)?;
        match file.try_lock() {
            Ok(()) => Ok(WriterLock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(Ended {
                status: ExitStatus::LockHeld,
                message: format!(
                    "another process is writing in `{}`; wait until it has ended",
                    self.directory.display()
                ),
            }
            .into()),
            Err(TryLockError::Error(error)) => Err(error).with_context(named),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_one_writer_at_a_time() {
        let directory = tempfile::tempdir().expect("a directory");
        let home = Home::new(&directory.path().join("new"));
        let lock = home.lock().expect("free");
        let error = home.lock().expect_err("held");
        assert_eq!(crate::exit_status::of(&error), ExitStatus::LockHeld);
        drop(lock);
        assert!(home.lock().is_ok());
    }
}
