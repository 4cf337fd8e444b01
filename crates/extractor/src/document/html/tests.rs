//! Whole pages through the reader.

use std::{fs, path::Path};

use laendersache_model::{BlockKind, Document};
use serde_json::Value;

use crate::document::tests::capture;
use crate::{Error, document};

fn read(html: &str) -> Document {
    document(&capture("text/html; charset=utf-8"), html.as_bytes()).expect("a readable page")
}

fn check(html: &str, expected: &[(BlockKind, &str)]) {
    let document = read(html);
    let found: Vec<_> = document.pages[0]
        .blocks
        .iter()
        .map(|block| (block.kind, block.text.as_str()))
        .collect();
    assert_eq!(found, expected);
}

use BlockKind::{Heading, ListItem, Paragraph};

#[test]
fn blocks_come_in_the_order_of_the_page() {
    check(
        "<body><h1>TOP 1</h1>Vorweg <b>dies</b>.<p>Die Länder<br>bitten.</p>\
         <ol type=a><li>erstens<li><p>zweitens</p><p>und noch</p></ol><ul><li>Punkt</ul>Ende",
        &[
            (Heading, "TOP 1"),
            (Paragraph, "Vorweg dies."),
            (Paragraph, "Die Länder bitten."),
            (ListItem, "a. erstens"),
            (ListItem, "b. zweitens"),
            (Paragraph, "und noch"),
            (ListItem, "Punkt"),
            (Paragraph, "Ende"),
        ],
    );
}

#[test]
fn rows_of_tables_and_definitions_are_blocks_of_lines() {
    let document = read(
        "<table><tr><th>Antragsteller<td>Bayern<tr><td><p>Votum</p><td>einstimmig</table>\
         <dl><dt>Ort<dd>Bremen<dt>Tag<dd>heute</dl>",
    );
    let blocks = &document.pages[0].blocks;
    let lines: Vec<Vec<&str>> = blocks.iter().map(|block| block.lines().collect()).collect();
    assert_eq!(
        lines,
        [
            ["Antragsteller", "Bayern"],
            ["Votum", "einstimmig"],
            ["Ort", "Bremen"],
            ["Tag", "heute"]
        ]
    );
}

#[test]
fn the_frame_is_left_out_and_the_text_stays() {
    check(
        "<body class='with-sidebar'><header><h2>Ministerium</h2></header><nav>Start</nav>\
         <div class='breadcrumb'>Sie sind hier</div><form id=aspnet><div class=seite>\
         <h1>Beschluss</h1><p>Die Länder bitten den Bund um Unterstützung der Kommunen.</p>\
         <p class=vorsitz>Vorsitz: Bremen</p><aside>Vorsitz 2026</aside>\
         <div class='kasten chair'>Göttingen 2025</div><p hidden>versteckt</p></div></form>\
         <div id=footer>Impressum</div><script>var x='<p>nein</p>'</script>",
        &[
            (Heading, "Beschluss"),
            (
                Paragraph,
                "Die Länder bitten den Bund um Unterstützung der Kommunen.",
            ),
            (Paragraph, "Vorsitz: Bremen"),
        ],
    );
}

#[test]
fn pasted_line_end_hyphens_vanish() {
    check(
        "<main><p>auf Fach-ebene, des Natio-nalen Plans der Bund-Länder-AG</p><p>Arbeits- und \
         Integrationsministe- rinnen, Ministerinnen, -minister, Lan&shy;des</p></main>",
        &[
            (
                Paragraph,
                "auf Fachebene, des Nationalen Plans der Bund-Länder-AG",
            ),
            (
                Paragraph,
                "Arbeits- und Integrationsministerinnen, Ministerinnen, -minister, Landes",
            ),
        ],
    );
}

#[test]
fn a_tower_of_elements_is_refused_by_name() {
    let html = "<div>".repeat(200_000);
    let error = document(&capture("text/html"), html.as_bytes());
    assert!(matches!(error, Err(Error::TooDeep { limit: 512, .. })));
}

#[test]
fn damaged_pages_never_panic() {
    for html in [
        "",
        "<",
        "<html",
        "<p><b><p><table><td><li></p>",
        "<!-- <p>x",
        "\0\u{fffd}<p>ü",
    ] {
        let _ = document(&capture("text/html"), html.as_bytes());
    }
    assert_eq!(read("").warnings[0].code, "no_text");
}

#[test]
fn other_files_are_refused_by_name() {
    let error = document(&capture("text/plain"), b"User-agent: *");
    assert!(
        matches!(error, Err(Error::UnsupportedType { content_type, .. }) if content_type == "text/plain")
    );
}

/// Every page among the fixtures must give its title and its paragraphs, and nothing of its frame.
#[test]
fn fixture_pages_give_their_text_without_the_frame() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    let mut checked = 0;
    for conference in fs::read_dir(fixtures).expect("fixtures").flatten() {
        for site in fs::read_dir(conference.path())
            .into_iter()
            .flatten()
            .flatten()
        {
            for file in fs::read_dir(site.path()).into_iter().flatten().flatten() {
                let path = file.path();
                if path
                    .extension()
                    .is_some_and(|extension| extension == "html")
                {
                    check_fixture(&path);
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 5, "only {checked} pages found");
}

fn check_fixture(path: &Path) {
    let json = |ending: &str| -> Value {
        let text = fs::read_to_string(path.with_extension(ending)).expect("a file beside the page");
        serde_json::from_str(&text).expect("valid JSON")
    };
    let expected = json("expected.json");
    let content_type = json("capture.json")["content_type"]
        .as_str()
        .unwrap_or("")
        .to_owned();
    let bytes = fs::read(path).expect("a fixture");
    let document = document(&capture(&content_type), &bytes).expect("a readable page");
    let texts: Vec<_> = document.pages[0]
        .blocks
        .iter()
        .map(|block| block.text.as_str())
        .collect();
    let strings = |key: &str| -> Vec<String> {
        let list = expected[key].as_array().into_iter().flatten();
        list.filter_map(|text| text.as_str().map(str::to_owned))
            .collect()
    };
    if let Some(title) = expected["title"].as_str() {
        assert_eq!(document.title.as_deref(), Some(title), "{}", path.display());
    }
    for text in strings("contains") {
        assert!(
            texts.contains(&text.as_str()),
            "{}: {text:?} not in {texts:#?}",
            path.display()
        );
    }
    for text in strings("lacks") {
        let found = texts.iter().any(|block| block.contains(&text));
        assert!(!found, "{}: {text:?} in {texts:#?}", path.display());
    }
}
