//! Whole PDF files through the reader.

use std::{
    fs,
    path::{Path, PathBuf},
};

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
    for block in
        blocks.filter(|block| !matches!(block.kind, BlockKind::Furniture | BlockKind::TocEntry))
    {
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
            for paragraph in texts
                .flat_map(|text| text.split("\n\n"))
                .filter(|t| !t.is_empty())
            {
                expected += 1;
                if !found.iter().any(|found| found == paragraph) {
                    missing.push(format!("{}: {paragraph}", path.display()));
                }
            }
        }
    }
    assert!(expected > 100, "only {expected} paragraphs expected");
    assert!(
        missing.is_empty(),
        "{} of {expected} missing:\n{}",
        missing.len(),
        missing.join("\n")
    );
}

#[test]
fn furniture_and_contents_of_fixtures_are_kept_apart() {
    for path in fixtures() {
        let text =
            fs::read_to_string(path.with_extension("expected.json")).expect("an expectation");
        let json: Value = serde_json::from_str(&text).expect("valid JSON");
        let document = read(&path);
        let contents = json["toc_pages"].as_array().cloned().unwrap_or_default();
        for page in &document.pages {
            let has = |kind| page.blocks.iter().any(|block| block.kind == kind);
            let expected = contents.iter().any(|number| number == page.number);
            assert_eq!(
                has(BlockKind::TocEntry),
                expected,
                "{} {}",
                path.display(),
                page.number
            );
            assert_eq!(
                has(BlockKind::Furniture),
                page.number > 1,
                "{}",
                path.display()
            );
        }
        assert_eq!(json["pages"], document.pages.len(), "{}", path.display());
        assert!(
            document.quality > 0.9 && document.warnings.is_empty(),
            "{}",
            path.display()
        );
    }
}

/// A small file whose objects are numbered from 1; the reader finds them without a table.
fn pdf(objects: &[&str]) -> Vec<u8> {
    let mut file = "%PDF-1.4\n".to_owned();
    for (index, object) in objects.iter().enumerate() {
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", index + 1));
    }
    file.push_str("trailer\n<< /Root 1 0 R >>\n%%EOF\n");
    file.into_bytes()
}

const CATALOG: &str = "<< /Type /Catalog /Pages 2 0 R >>";
const PAGES: &str = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>";
const PAGE: &str = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
    /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>";

fn one_page(content: &str) -> Vec<u8> {
    let stream = format!(
        "<< /Length {} >>\nstream\n{content}\nendstream",
        content.len()
    );
    pdf(&[CATALOG, PAGES, PAGE, &stream])
}

fn outcome(bytes: &[u8]) -> Result<Document, Error> {
    document(&capture("application/pdf"), bytes)
}

fn texts(content: &str) -> Vec<String> {
    let document = outcome(&one_page(content)).expect("a readable file");
    document.pages[0]
        .blocks
        .iter()
        .map(|block| block.text.clone())
        .collect()
}

#[test]
fn text_is_read_where_it_stands() {
    let page = "BT /F 10 Tf 50 700 Td (Die L\\344nder bit-) Tj 0 -12 Td (ten den Bund.) Tj \
                0 -30 Td (Beschluss:) Tj ET";
    assert_eq!(texts(page), ["Die Länder bitten den Bund.", "Beschluss:"]);
}

#[test]
fn turned_text_is_read_along_its_direction() {
    let page = "BT /F 10 Tf 0 1 -1 0 300 100 Tm (Die Konferenz) Tj 0 1 -1 0 312 100 Tm (tagt heute.) Tj ET";
    assert_eq!(texts(page), ["Die Konferenz tagt heute."]);
}

#[test]
fn a_page_of_pictures_is_named() {
    let document = outcome(&one_page("0 0 100 100 re f")).expect("a readable file");
    assert_eq!(document.warnings[0].code, "no_text_layer");
    assert_eq!(document.quality, 0.0);
}

#[test]
fn a_page_without_end_is_cut_off_and_named() {
    let many = "(xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx) Tj\n".repeat(5000);
    let page = format!("BT /F 10 Tf 50 700 Td {many} ET");
    let document = outcome(&one_page(&page)).expect("a readable file");
    assert!(
        document
            .warnings
            .iter()
            .any(|warning| warning.code == "page_cut_off")
    );
}

#[test]
fn encrypted_files_are_refused_by_name() {
    let encrypted = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
        2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n\
        3 0 obj\n<< /Filter /Standard /V 1 /R 2 /P -4 \
        /O <0102030405060708091011121314151617181920212223242526272829303132> \
        /U <0102030405060708091011121314151617181920212223242526272829303132> >>\nendobj\n\
        trailer\n<< /Root 1 0 R /Encrypt 3 0 R /ID [<00> <00>] >>\n%%EOF\n";
    let error = outcome(encrypted.as_bytes());
    assert!(
        matches!(error, Err(Error::EncryptedPdf { .. })),
        "{error:?}"
    );
}

#[test]
fn damaged_structures_are_refused_and_never_hang() {
    let cyclic = pdf(&[CATALOG, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"]);
    let deep = pdf(&[
        CATALOG,
        &format!("{}{}", "[".repeat(10_000), "]".repeat(10_000)),
    ]);
    for bytes in [cyclic, deep, b"%PDF-1.7".to_vec(), pdf(&[])] {
        let error = outcome(&bytes);
        assert!(matches!(error, Err(Error::DamagedPdf { .. })), "{error:?}");
    }
}

#[test]
fn truncated_and_garbled_files_never_panic() {
    let path = fixtures().into_iter().next().expect("a fixture");
    let bytes = fs::read(path).expect("a fixture");
    for part in 1..12 {
        let _ = outcome(&bytes[..bytes.len() * part / 12]);
        let mut garbled = bytes.clone();
        garbled
            .iter_mut()
            .skip(part * 97)
            .step_by(1009)
            .for_each(|byte| *byte ^= 0x55);
        let _ = outcome(&garbled);
    }
}
