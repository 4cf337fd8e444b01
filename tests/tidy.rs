//! The rules of the repository that a machine can check: see `docs/ARCHITECTURE.md`.

use std::{collections::BTreeSet, fs, path::PathBuf};

use crate::{home::files_below, program::root};

/// Who may import whom of ours.
const IMPORTS: [(&str, &[&str]); 10] = [
    ("model", &[]),
    ("analysis", &[]),
    ("archive", &["model"]),
    ("crawler", &["model", "archive"]),
    ("extractor", &["model"]),
    ("corpus", &["model"]),
    ("indexer", &["model", "analysis", "corpus"]),
    ("searcher", &["model", "analysis", "indexer"]),
    ("frontend", &["model", "archive", "corpus", "searcher"]),
    (
        "cli",
        &[
            "model",
            "archive",
            "crawler",
            "extractor",
            "corpus",
            "analysis",
            "indexer",
            "searcher",
            "frontend",
        ],
    ),
];

/// Libraries that belong to few crates; `cli` has axum for the fixture sites only.
const OWNED: [(&str, &[&str]); 11] = [
    ("reqwest", &["crawler"]),
    ("tantivy", &["indexer", "searcher"]),
    ("axum", &["frontend", "cli"]),
    ("askama", &["frontend"]),
    ("rusqlite", &["archive", "corpus"]),
    ("scraper", &["extractor"]),
    ("html5ever", &["crawler"]),
    ("hayro-syntax", &["extractor"]),
    ("frostem", &["analysis"]),
    ("clap", &["cli"]),
    ("anyhow", &["cli"]),
];

const TOP_LEVEL: [&str; 11] = [
    "Cargo.toml",
    "Cargo.lock",
    "crates",
    "index",
    "fixtures",
    "tests",
    "README.md",
    "docs",
    "target",
    "LICENSE-MIT",
    "LICENSE-APACHE",
];

/// With tests; aim at 300 without.
const LONGEST_FILE_LINES: usize = 400;

const VAGUE_NAMES: [&str; 6] = ["utils", "helpers", "common", "misc", "core", "manager"];

fn sources() -> Vec<PathBuf> {
    let mut files = files_below(&root().join("crates"));
    files.extend(
        files_below(&root().join("tests"))
            .into_iter()
            .filter(|path| {
                !path
                    .components()
                    .any(|part| part.as_os_str() == "node_modules")
            }),
    );
    files.retain(|path| path.extension().is_some_and(|ending| ending == "rs"));
    files
}

fn dependencies(krate: &str, section: &str) -> BTreeSet<String> {
    let path = root().join("crates").join(krate).join("Cargo.toml");
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let manifest: toml::Table = toml::from_str(&text).expect("a valid manifest");
    let table = manifest.get(section).and_then(toml::Value::as_table);
    table
        .map(|table| table.keys().cloned().collect())
        .unwrap_or_default()
}

#[test]
fn crates_import_only_whom_they_may() {
    for (krate, allowed) in IMPORTS {
        for dependency in dependencies(krate, "dependencies") {
            let Some(ours) = dependency.strip_prefix("laendersache-") else {
                continue;
            };
            assert!(
                allowed.contains(&ours),
                "crate `{krate}` must not import `{ours}`: change docs/ARCHITECTURE.md first"
            );
        }
    }
}

#[test]
fn every_crate_is_in_the_table() {
    let folders: BTreeSet<String> = fs::read_dir(root().join("crates"))
        .expect("crates")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    let listed: BTreeSet<String> = IMPORTS
        .iter()
        .map(|(krate, _)| (*krate).to_owned())
        .collect();
    assert_eq!(folders, listed);
}

#[test]
fn libraries_stay_with_their_owners() {
    for (library, owners) in OWNED {
        for (krate, _) in IMPORTS {
            let used = dependencies(krate, "dependencies").contains(library);
            assert!(
                !used || owners.contains(&krate),
                "crate `{krate}` must not use `{library}`"
            );
        }
    }
}

#[test]
fn the_top_level_is_fixed() {
    for entry in fs::read_dir(root()).expect("the root") {
        let name = entry
            .expect("an entry")
            .file_name()
            .to_string_lossy()
            .into_owned();
        assert!(
            name.starts_with('.') || TOP_LEVEL.contains(&name.as_str()),
            "`{name}` has no place at the top level"
        );
    }
}

#[test]
fn every_file_says_what_it_is_for_and_is_short_enough() {
    for path in sources() {
        let text = fs::read_to_string(&path).expect("a readable source");
        assert!(
            text.starts_with("//! "),
            "{} does not begin with `//! `",
            path.display()
        );
        let lines = text.lines().count();
        assert!(
            lines <= LONGEST_FILE_LINES,
            "{} has {lines} lines, more than {LONGEST_FILE_LINES}",
            path.display()
        );
    }
}

#[test]
fn no_module_has_a_vague_name() {
    for path in sources() {
        let name = path
            .file_stem()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        assert!(!VAGUE_NAMES.contains(&name.as_str()), "{}", path.display());
    }
}

#[test]
fn pure_crates_do_no_input_and_output_and_read_no_clock() {
    let forbidden = [
        "std::fs",
        "std::net",
        "std::env::var",
        "SystemTime::now",
        "Instant::now",
        "Timestamp::now",
        "Zoned::now",
    ];
    for krate in ["model", "analysis", "extractor"] {
        for path in files_below(&root().join("crates").join(krate).join("src")) {
            if path.extension().is_none_or(|ending| ending != "rs") || path.ends_with("tests.rs") {
                continue;
            }
            let text = fs::read_to_string(&path).expect("a readable source");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for word in forbidden {
                assert!(!code.contains(word), "{} uses {word}", path.display());
            }
        }
    }
}

#[test]
fn every_site_of_the_fixtures_has_an_expectation_beside_each_capture() {
    for conference in ["intmk", "gmk"] {
        for path in files_below(&root().join("fixtures").join(conference)) {
            let document = path
                .extension()
                .is_some_and(|ending| ending == "html" || ending == "pdf");
            for beside in ["capture.json", "expected.json"] {
                let expected = path.with_extension(beside);
                assert!(
                    !document || expected.exists(),
                    "{} is missing",
                    expected.display()
                );
            }
        }
    }
}
