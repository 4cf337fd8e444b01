//! Every fixture document is cut exactly as the expectation beside it says.

use std::{
    fs,
    path::{Path, PathBuf},
};

use laendersache_model::{
    Capture, Conference, Conferences, Digest, Extraction, Resolution, Section, SectionKind, SiteId,
};
use serde_json::{Value, json};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

/// Returns every captured HTML or PDF file of the fixture sites.
fn captured_files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for conference in ["intmk", "gmk"] {
        for site in fs::read_dir(fixtures().join(conference)).expect("a conference's folder") {
            let folder = site.expect("a readable entry").path();
            for file in fs::read_dir(folder).expect("a site's folder") {
                let path = file.expect("a readable entry").path();
                if path
                    .extension()
                    .is_some_and(|ending| ending == "html" || ending == "pdf")
                {
                    files.push(path);
                }
            }
        }
    }
    files.sort();
    files
}

fn read_json(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|error| {
        panic!(
            "{} is missing: {error}; make the fixtures again and review it",
            path.display()
        )
    });
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn conference(path: &Path) -> Conference {
    let slug = path
        .ancestors()
        .nth(2)
        .and_then(Path::file_name)
        .and_then(|name| name.to_str());
    let conferences = Conferences::embedded();
    conferences
        .get(slug.expect("a folder of a conference"))
        .expect("a known conference")
        .clone()
}

fn extraction(path: &Path) -> Result<Extraction, crate::Error> {
    let bytes = fs::read(path).expect("a readable fixture");
    let served = read_json(&path.with_extension("capture.json"));
    let capture = Capture {
        site: SiteId("fixture".to_owned()),
        url: served["url"]
            .as_str()
            .expect("an address")
            .parse()
            .expect("a valid address"),
        url_raw: String::new(),
        fetched_at: jiff::Timestamp::UNIX_EPOCH,
        status: 200,
        content_type: served["content_type"].as_str().map(str::to_owned),
        etag: None,
        last_modified: None,
        digest: Digest::from_bytes([0; 32]),
        size_bytes: bytes.len() as u64,
        revisit: false,
    };
    let document = crate::document(&capture, &bytes)?;
    Ok(super::resolutions(&conference(path), &document))
}

fn text_of(resolution: &Resolution, kind: SectionKind) -> String {
    let of_kind = |section: &&Section| section.kind == kind;
    let paragraphs = resolution
        .sections
        .iter()
        .filter(of_kind)
        .flat_map(|section| &section.paragraphs);
    paragraphs
        .map(|paragraph| paragraph.text.as_str())
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// What is compared of a resolution, in the form of the expectation.
fn described(resolution: &Resolution) -> Value {
    let codes = |laender: &[laendersache_model::Land]| {
        json!(laender.iter().map(|land| land.code()).collect::<Vec<_>>())
    };
    let mut vote = json!({ "kind": "unknown" });
    if let Some(read) = &resolution.vote {
        vote = json!({ "kind": read.kind });
        for (name, count) in [
            ("yes", read.yes),
            ("no", read.no),
            ("abstain", read.abstain),
        ] {
            if let Some(count) = count {
                vote[name] = json!(count);
            }
        }
        for (name, laender) in [
            ("no_laender", &read.no_laender),
            ("abstain_laender", &read.abstain_laender),
        ] {
            if !laender.is_empty() {
                vote[name] = codes(laender);
            }
        }
    }
    let statements: Vec<_> = resolution
        .statements()
        .map(|section| {
            let kind = if section.kind == SectionKind::Protokollnotiz {
                "Protokollnotiz"
            } else {
                "Protokollerklärung"
            };
            json!({ "kind": kind, "laender": codes(&section.laender) })
        })
        .collect();
    json!({
        "id": resolution.id,
        "label": resolution.label,
        "title": resolution.title,
        "kind": resolution.kind,
        "state": resolution.state,
        "page_from": resolution.page_from,
        "page_to": resolution.page_to,
        "applicants": codes(&resolution.applicants.laender),
        "all_laender": resolution.applicants.all_laender,
        "co_applicants": codes(&resolution.co_applicants.laender),
        "vote": vote,
        "statements": statements,
        "text": text_of(resolution, SectionKind::Decision),
        "reasons": text_of(resolution, SectionKind::Reasons),
    })
}

/// Returns every difference between an extraction and its expectation, one line each.
fn differences(path: &Path) -> Vec<String> {
    let expected = read_json(&path.with_extension("expected.json"));
    let name = path
        .file_stem()
        .and_then(|name| name.to_str())
        .unwrap_or_default()
        .to_owned();
    let extraction = match extraction(path) {
        Ok(extraction) => extraction,
        Err(error) => return vec![format!("{name}: {error}")],
    };
    let mut differences = Vec::new();
    if expected["kind"] != "protocol" {
        for resolution in &extraction.resolutions {
            differences.push(format!(
                "{name}: {} should not have been cut from a page without resolutions",
                resolution.id
            ));
        }
        return differences;
    }
    match extraction.meetings.first() {
        None => differences.push(format!(
            "{name}: no meeting found; {:?}",
            extraction.warnings
        )),
        Some(meeting) => {
            let found = json!({ "id": meeting.id, "kind": meeting.kind, "from": meeting.from, "to": meeting.to, "place": meeting.place.as_deref().unwrap_or_default(), "chair": meeting.chair.map(|land| land.code()), "agenda": meeting.agenda });
            let wanted = json!({ "id": expected["meeting"], "kind": expected["meeting_kind"], "from": expected["from"], "to": expected["to"], "place": expected["place"], "chair": expected["chair"], "agenda": expected["agenda"] });
            if found != wanted {
                differences.push(format!(
                    "{name}: meeting\n  found    {found}\n  expected {wanted}"
                ));
            }
        }
    }
    let wanted = expected["resolutions"]
        .as_array()
        .expect("a list of resolutions");
    let found: Vec<Value> = extraction.resolutions.iter().map(described).collect();
    for resolution in wanted {
        match found.iter().find(|found| found["id"] == resolution["id"]) {
            None => differences.push(format!("{name}: {} not found", resolution["id"])),
            Some(found) => differences.extend(fields_that_differ(&name, found, resolution)),
        }
    }
    for resolution in &found {
        if !wanted.iter().any(|wanted| wanted["id"] == resolution["id"]) {
            differences.push(format!(
                "{name}: {} is no resolution of the document",
                resolution["id"]
            ));
        }
    }
    differences
}

fn fields_that_differ(name: &str, found: &Value, wanted: &Value) -> Vec<String> {
    let object = found.as_object().expect("an object");
    object
        .iter()
        .filter(|(field, value)| {
            wanted
                .get(field.as_str())
                .is_some_and(|wanted| wanted != *value)
        })
        .map(|(field, value)| {
            format!(
                "{name}: {} {field}\n  found    {value}\n  expected {}",
                wanted["id"], wanted[field]
            )
        })
        .collect()
}

#[test]
fn every_fixture_document_is_cut_as_expected() {
    let files = captured_files();
    assert!(files.len() > 40, "only {} fixture documents", files.len());
    let differences: Vec<_> = files.iter().flat_map(|path| differences(path)).collect();
    assert!(
        differences.is_empty(),
        "{} differences:\n{}",
        differences.len(),
        differences.join("\n")
    );
}

#[test]
fn the_fixtures_hold_at_least_120_resolutions_of_six_meetings() {
    let expectations: Vec<_> = captured_files()
        .iter()
        .map(|path| read_json(&path.with_extension("expected.json")))
        .collect();
    let mut meetings: Vec<_> = expectations
        .iter()
        .filter_map(|expected| expected["meeting"].as_str())
        .collect();
    let mut ids: Vec<_> = expectations
        .iter()
        .filter_map(|expected| expected["resolutions"].as_array())
        .flatten()
        .map(|resolution| resolution["id"].to_string())
        .collect();
    meetings.sort_unstable();
    meetings.dedup();
    ids.sort();
    ids.dedup();
    assert!(
        meetings.len() >= 6 && ids.len() >= 120,
        "{} meetings, {} resolutions",
        meetings.len(),
        ids.len()
    );
}
