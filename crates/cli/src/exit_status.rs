//! The exit codes of the program, documented and tested.

use std::process::ExitCode;

/// How a run of the program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitStatus {
    /// Everything was done.
    Ok,
    /// It failed; the message says what and why.
    Error,
    /// The arguments or the configuration make no sense.
    Usage,
    /// Nothing was found.
    NothingFound,
    /// A part was done, another failed.
    Partial,
    /// Stored data are damaged.
    Integrity,
    /// Another process is writing.
    LockHeld,
}

impl ExitStatus {
    /// Returns the number that the shell sees.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Ok => 0,
            Self::Error => 1,
            Self::Usage => 2,
            Self::NothingFound => 3,
            Self::Partial => 4,
            Self::Integrity => 5,
            Self::LockHeld => 75,
        }
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(status.code())
    }
}

/// An error that ends the program with another code than 1.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Ended {
    /// The code.
    pub status: ExitStatus,
    /// What to tell.
    pub message: String,
}

/// Builds an error about arguments or configuration.
pub(crate) fn usage(message: impl Into<String>) -> anyhow::Error {
    Ended {
        status: ExitStatus::Usage,
        message: message.into(),
    }
    .into()
}

/// Finds the exit code of an error, whichever stage it comes from.
pub(crate) fn of(error: &anyhow::Error) -> ExitStatus {
    for cause in error.chain() {
        if let Some(ended) = cause.downcast_ref::<Ended>() {
            return ended.status;
        }
        match cause.downcast_ref::<laendersache_archive::Error>() {
            Some(laendersache_archive::Error::LockHeld { .. }) => return ExitStatus::LockHeld,
            Some(
                laendersache_archive::Error::Shortened { .. }
                | laendersache_archive::Error::DamagedRecord { .. },
            ) => return ExitStatus::Integrity,
            _ => {}
        }
    }
    ExitStatus::Error
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context as _;

    #[test]
    fn the_codes_are_the_documented_ones() {
        let codes = [
            (ExitStatus::Ok, 0),
            (ExitStatus::Error, 1),
            (ExitStatus::Usage, 2),
            (ExitStatus::NothingFound, 3),
            (ExitStatus::Partial, 4),
            (ExitStatus::Integrity, 5),
            (ExitStatus::LockHeld, 75),
        ];
        for (status, code) in codes {
            assert_eq!(status.code(), code);
        }
    }

    #[test]
    fn the_cause_decides_whatever_was_said_above_it() {
        let held = laendersache_archive::Error::LockHeld {
            dir: "archive".into(),
        };
        let error = anyhow::Error::from(held)
            .context("cannot crawl")
            .context("nightly failed");
        assert_eq!(of(&error), ExitStatus::LockHeld);
        assert_eq!(of(&usage("no contact")), ExitStatus::Usage);
        let other = Err::<(), _>(std::io::Error::other("x")).context("reading");
        assert_eq!(other.map_err(|error| of(&error)), Err(ExitStatus::Error));
    }
}
