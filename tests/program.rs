//! Runs the program as a user does and gives back what it printed.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

/// What a run of the program printed and how it ended.
pub struct Run {
    /// Exit code.
    pub code: i32,
    /// Results.
    pub stdout: String,
    /// Everything else.
    pub stderr: String,
}

impl Run {
    /// Returns the printed JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error} in: {}\n{}", self.stdout, self.stderr))
    }

    /// Fails the test unless the program ended with this code.
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}\n{}", self.stdout, self.stderr);
        self
    }
}

/// Returns the repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the tests lie in the repository")
        .to_owned()
}

/// Runs the program with a home directory and waits for its end.
pub fn laendersache(home: &Path, arguments: &[&str]) -> Run {
    let Output {
        status,
        stdout,
        stderr,
    } = command(home)
        .args(arguments)
        .output()
        .expect("the program starts");
    Run {
        code: status.code().unwrap_or(-1),
        stdout: String::from_utf8(stdout).expect("UTF-8 on stdout"),
        stderr: String::from_utf8_lossy(&stderr).into_owned(),
    }
}

/// Returns a command of the program with a home directory and without the environment's own settings.
pub fn command(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_laendersache-under-test"));
    for variable in ["HOME", "CONFIG", "CONFERENCES", "LISTEN", "LOG"] {
        command.env_remove(format!("LAENDERSACHE_{variable}"));
    }
    command.env("LAENDERSACHE_HOME", home);
    command
}
