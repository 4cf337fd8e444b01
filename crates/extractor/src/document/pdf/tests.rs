//! Whole PDF files through the reader.

use std::{fs, path::{Path, PathBuf}};

use laendersache_model::{BlockKind, Document};
use serde_json::Value;

use crate::document::tests::capture;
use crate::{Error, document};

fn fixtures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    let mut found = Vec::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "pdf") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> Document {
    let bytes = fs::read(path).expect("a fixture");
    document(&capture("application/pdf"), &bytes).expect("a readable file")
}

/// The paragraphs of running text, those parted by the end of a page put together.
fn paragraphs(document: &Document) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let blocks = document.pages.iter().flat_map(|page| &page.blocks);
    for block in blocks.filter(|block| {
        !matches!(block.kind, BlockKind::Furniture | BlockKind::TocEntry)
    }) {
        match paragraphs.last_mut() {
            Some(last) if block.continues => {
                last.push(' ');
                last.push_str(&block.text);
            }
            _ => paragraphs.push(block.text.clone()),
        }
    }
    paragraphs
}

#[test]
fn paragraphs_of_fixtures_come_out_word_by_word() {
    let mut missing = Vec::new();
    let mut expected = 0;
    for path in fixtures() {
        let Ok(text) = fs::read_to_string(path.with_extension("expected.json")) else {
            continue;
        };
        let json: Value = serde_json::from_str(&text).expect("valid JSON");
        let found = paragraphs(&read(&path));
        for resolution in json["resolutions"].as_array().into_iter().flatten() {
            let texts = [&resolution["text"], &resolution["reasons"]];
            let texts = texts.into_iter().filter_map(Value::as_str);
            for paragraph in texts.flat_map(|text| text.split("\n\n")).filter(|t| !t.is_empty()) {
                expected += 1;
                if !found.iter().any(|found| found == paragraph) {
                    missing.push(format!("{}: {paragraph}", path.display()));
                }
            }
        }
    }
    assert!(expected > 100, "only {expected} paragraphs expected");
    assert!(missing.is_empty(), "{} of {expected} missing:\n{}", missing.len(), missing.join("\n"));
}
