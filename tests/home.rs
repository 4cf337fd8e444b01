//! A home directory for one test, and one that the demonstration has filled for all tests that only read.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{Run, laendersache, root};

/// The demonstration's data, made once; tests must not write in it.
pub struct Demo {
    _directory: TempDir,
    /// The home directory that the demonstration filled.
    pub home: PathBuf,
    /// What the demonstration printed.
    pub report: Value,
}

/// Runs the demonstration once for all tests.
pub fn demo() -> &'static Demo {
    static DEMO: OnceLock<Demo> = OnceLock::new();
    DEMO.get_or_init(|| {
        let directory = empty();
        let arguments = [
            "demo",
            "--once",
            "--no-browser",
            "--json",
            "--listen",
            "127.0.0.1:0",
        ];
        let run: Run = laendersache(directory.path(), &arguments).expect(0);
        Demo {
            home: directory.path().join("demo"),
            report: run.json(),
            _directory: directory,
        }
    })
}

/// Returns an empty directory that is removed at the end of the test.
pub fn empty() -> TempDir {
    tempfile::tempdir().expect("a directory for the test")
}

/// Returns the expectation beside every fixture document that holds resolutions, by path.
pub fn expected_protocols() -> BTreeMap<PathBuf, Value> {
    let mut protocols = BTreeMap::new();
    for conference in ["intmk", "gmk"] {
        for path in files_below(&root().join("fixtures").join(conference)) {
            if path.to_string_lossy().ends_with(".expected.json") {
                let text = fs::read_to_string(&path).expect("a readable expectation");
                let expected: Value = serde_json::from_str(&text).expect("a valid expectation");
                if expected["kind"] == "protocol" {
                    protocols.insert(path, expected);
                }
            }
        }
    }
    protocols
}

/// Returns all files below a directory, sorted.
pub fn files_below(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![directory.to_owned()];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(&directory)
            .unwrap_or_else(|error| panic!("{}: {error}", directory.display()))
        {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}
