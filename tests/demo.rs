//! The demonstration: crawls the invented sites over HTTP and leads from a word to the right page of the right PDF.

use std::collections::BTreeSet;

use laendersache_archive::Archive;
use laendersache_corpus::Corpus;
use laendersache_model::ResolutionId;
use serde_json::Value;

use crate::{
    home::{demo, expected_protocols, files_below},
    program::{laendersache, root},
};

#[test]
fn the_demo_reports_what_it_holds() {
    let expected: BTreeSet<String> = expected_protocols()
        .values()
        .flat_map(|protocol| protocol["resolutions"].as_array().expect("a list"))
        .map(|resolution| resolution["id"].to_string())
        .collect();
    let report = &demo().report;
    assert!(expected.len() >= 120);
    assert_eq!(report["extract"]["counts"]["resolutions"], expected.len());
    assert_eq!(report["extract"]["counts"]["quarantined"], 0);
    assert_eq!(
        report["crawl"]["alarms"],
        Value::Array(Vec::new()),
        "{report:#}"
    );
    let captures = report["crawl"]["archive"]["captures"]
        .as_u64()
        .expect("a number");
    let documents = report["extract"]["counts"]["documents"]
        .as_u64()
        .expect("a number");
    assert!(
        captures > documents && documents >= 20,
        "{captures} captures, {documents} documents"
    );
}

#[test]
fn every_resolution_is_in_the_corpus_with_label_title_meeting_and_pages() {
    let corpus =
        Corpus::open_read_only(&demo().home.join("corpus.sqlite")).expect("the corpus opens");
    for (path, protocol) in expected_protocols() {
        for expected in protocol["resolutions"].as_array().expect("a list") {
            let id: ResolutionId = expected["id"]
                .as_str()
                .expect("an id")
                .parse()
                .expect("a valid id");
            let work = corpus
                .work(&id)
                .expect("readable")
                .unwrap_or_else(|| panic!("{id} is not in the corpus ({})", path.display()));
            let resolution = &work.current().resolution;
            assert_eq!(resolution.label.0, expected["label"], "{id}");
            assert_eq!(resolution.title, expected["title"], "{id}");
            assert_eq!(work.meeting.id.to_string(), protocol["meeting"], "{id}");
            let pages = (
                u64::from(resolution.page_from),
                u64::from(resolution.page_to),
            );
            assert_eq!(Some(pages.0), expected["page_from"].as_u64(), "{id}");
            assert_eq!(Some(pages.1), expected["page_to"].as_u64(), "{id}");
        }
    }
}

#[test]
fn a_protocol_published_twice_is_one_work_with_two_sources() {
    let corpus =
        Corpus::open_read_only(&demo().home.join("corpus.sqlite")).expect("the corpus opens");
    let id: ResolutionId = "intmk/12/top/3.1".parse().expect("a valid id");
    let work = corpus.work(&id).expect("readable").expect("held");
    let sites: BTreeSet<_> = work
        .current()
        .sources
        .iter()
        .map(|source| source.site.0.as_str())
        .collect();
    assert_eq!(work.versions.len(), 1);
    assert_eq!(sites, BTreeSet::from(["intmk-bayern", "intmk-zentral"]));
}

#[test]
fn every_captured_file_is_kept_byte_for_byte() {
    let archive = Archive::open_read_only(&demo().home.join("archive")).expect("the archive opens");
    let captures = archive.captures_since(0, 10_000).expect("readable");
    let held: BTreeSet<Vec<u8>> = captures
        .iter()
        .map(|entry| archive.get(&entry.capture.digest).expect("a sound payload"))
        .collect();
    for site in ["intmk/zentral", "intmk/bayern", "gmk/gmkonline"] {
        for path in files_below(&root().join("fixtures").join(site)) {
            let forbidden = path
                .file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with("intern"));
            let served = path
                .extension()
                .is_some_and(|ending| ending == "html" || ending == "pdf");
            if served {
                let bytes = std::fs::read(&path).expect("a readable fixture");
                assert_eq!(held.contains(&bytes), !forbidden, "{}", path.display());
            }
        }
    }
}

#[test]
fn a_search_leads_to_the_top_and_its_page() {
    let results = laendersache(
        &demo().home,
        &[
            "search",
            "--json",
            "--size",
            "50",
            "--",
            "Integrationskurse",
        ],
    )
    .expect(0)
    .json();
    let hits = results["hits"].as_array().expect("a list");
    assert_eq!(
        hits.len() as u64,
        results["total"].as_u64().expect("a number").min(50)
    );
    let hit = hits
        .iter()
        .take(5)
        .find(|hit| hit["id"] == "intmk/13/top/2.7")
        .unwrap_or_else(|| panic!("TOP 2.7 is not among the first five: {results:#}"));
    assert_eq!(hit["page_from"], 7);
    let snippet = &hit["snippets"][0]["text"];
    assert!(
        !snippet["marks"].as_array().expect("a list").is_empty(),
        "{hit:#}"
    );
}

#[test]
fn a_known_item_is_recognised() {
    let results = laendersache(
        &demo().home,
        &["search", "--json", "--", "13. IntMK TOP 2.7"],
    )
    .expect(0)
    .json();
    let item = &results["interpretation"]["known_item"];
    assert_eq!(item["id"], "intmk/13/top/2.7");
    assert_eq!(item["held"], true);
}

#[test]
fn the_chairs_box_is_found_nowhere() {
    // The box of the current chair stands on every page of the central site; no resolution speaks of its place.
    let run = laendersache(&demo().home, &["search", "--json", "--", "Trier"]);
    assert_eq!(run.json()["total"], 0);
    assert_eq!(run.code, 3);
}
