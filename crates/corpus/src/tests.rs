//! Tests of the corpus at its boundary: apply documents, read works.

use std::collections::BTreeMap;

use jiff::civil::date;
use laendersache_model::{
    Applicants, Capture, Digest, Document, DocumentKind, Extraction, Land, Meeting, MeetingKind,
    Paragraph, Reference, ReferenceKind, Resolution, ResolutionId, ResolutionKind, ResolutionState,
    Section, SectionKind, SiteId, TopLabel,
};

use crate::{Changes, Corpus, Error};

fn document(byte: u8, address: &str) -> Document {
    Document {
        digest: Digest::from_bytes([byte; 32]),
        url: format!("http://www.konferenz.example/{address}")
            .parse()
            .expect("a valid address"),
        site: SiteId("zentral".to_owned()),
        fetched_at: format!("2026-07-0{}T03:00:00Z", byte.clamp(1, 9))
            .parse()
            .expect("a valid time"),
        kind: DocumentKind::Pdf,
        title: None,
        pages: Vec::new(),
        quality: 1.0,
        warnings: Vec::new(),
    }
}

fn meeting() -> Meeting {
    Meeting {
        id: "intmk/13".parse().expect("a valid id"),
        kind: MeetingKind::Main,
        document_name: Some("Ergebnisprotokoll".to_owned()),
        from: Some(date(2018, 3, 15)),
        to: Some(date(2018, 3, 16)),
        place: None,
        chair: Some(Land::By),
        agenda: Vec::new(),
        sources: Vec::new(),
    }
}

fn resolution(label: &str, text: &str) -> Resolution {
    let label = TopLabel(label.to_owned());
    Resolution {
        id: ResolutionId::new(meeting().id, &label),
        label,
        position: 1,
        title: "Qualität der Kurse".to_owned(),
        kind: ResolutionKind::Resolution,
        state: ResolutionState::Decided,
        applicants: Applicants::default(),
        co_applicants: Applicants::default(),
        release: None,
        vote: None,
        sections: vec![Section {
            kind: SectionKind::Decision,
            laender: Vec::new(),
            heading: None,
            paragraphs: vec![Paragraph {
                number: 1,
                marker: None,
                text: text.to_owned(),
                page: 18,
            }],
        }],
        references: Vec::new(),
        addressees: Vec::new(),
        page_from: 18,
        page_to: 20,
        evidence: BTreeMap::new(),
    }
}

fn extraction(resolutions: Vec<Resolution>) -> Extraction {
    Extraction {
        meetings: vec![meeting()],
        resolutions,
        warnings: Vec::new(),
    }
}

fn corpus(directory: &tempfile::TempDir) -> Corpus {
    Corpus::open(&directory.path().join("corpus.sqlite")).expect("the corpus opens")
}

fn directory() -> tempfile::TempDir {
    tempfile::tempdir().expect("a directory for the test")
}

#[test]
fn applying_a_document_twice_changes_nothing() {
    let directory = directory();
    let mut corpus = corpus(&directory);
    let (document, extraction) = (
        document(1, "a.pdf"),
        extraction(vec![resolution("2.7", "Text")]),
    );
    let first = corpus.apply(&document, &extraction).expect("applied");
    let revision = corpus.revision().expect("readable");
    let second = corpus.apply(&document, &extraction).expect("applied");
    assert_eq!((first.documents, first.works, first.versions), (1, 1, 0));
    assert_eq!(second, Changes::default());
    assert_eq!(corpus.revision().expect("readable"), revision);
}

#[test]
fn the_same_wording_elsewhere_is_a_source_and_no_version() {
    let directory = directory();
    let mut corpus = corpus(&directory);
    corpus
        .apply(
            &document(1, "a.pdf"),
            &extraction(vec![resolution("2.7", "Der Bund wird gebeten")]),
        )
        .expect("applied");
    let copied = extraction(vec![resolution("2.7", "Der  Bund wird ge-beten")]);
    let changes = corpus
        .apply(&document(2, "b.pdf"), &copied)
        .expect("applied");
    assert_eq!(
        (changes.works, changes.versions, changes.sources),
        (0, 0, 1)
    );
    let work = corpus
        .work(&resolution("2.7", "").id)
        .expect("readable")
        .expect("held");
    assert_eq!(work.versions.len(), 1);
    assert_eq!(work.current().sources.len(), 2);
    assert_eq!(work.current().sources[0].page_from, 18);
}

#[test]
fn another_wording_is_a_version_and_the_old_one_stays() {
    let directory = directory();
    let mut corpus = corpus(&directory);
    corpus
        .apply(
            &document(1, "a.pdf"),
            &extraction(vec![resolution("2.7", "alt")]),
        )
        .expect("applied");
    corpus
        .apply(
            &document(2, "a.pdf"),
            &extraction(vec![resolution("2.7", "neu")]),
        )
        .expect("applied");
    let work = corpus
        .work(&resolution("2.7", "").id)
        .expect("readable")
        .expect("held");
    let texts: Vec<_> = work
        .versions
        .iter()
        .map(|version| version.resolution.sections[0].paragraphs[0].text.as_str())
        .collect();
    assert_eq!(texts, ["alt", "neu"]);
    assert_eq!(corpus.counts().expect("readable").resolutions, 1);
}

#[test]
fn a_later_document_fills_what_was_unknown_of_a_meeting_and_replaces_nothing() {
    let directory = directory();
    let mut corpus = corpus(&directory);
    corpus
        .apply(&document(1, "a.pdf"), &extraction(vec![]))
        .expect("applied");
    let later = Meeting {
        place: Some("Nürnberg".to_owned()),
        chair: Some(Land::Be),
        ..meeting()
    };
    corpus
        .apply(
            &document(2, "b.pdf"),
            &Extraction {
                meetings: vec![later],
                ..Extraction::default()
            },
        )
        .expect("applied");
    let held = corpus
        .meeting(&meeting().id)
        .expect("readable")
        .expect("held");
    assert_eq!(held.place.as_deref(), Some("Nürnberg"));
    assert_eq!(held.chair, Some(Land::By));
    assert_eq!(held.sources.len(), 2);
}

#[test]
fn references_are_found_from_both_sides() {
    let directory = directory();
    let mut corpus = corpus(&directory);
    let mut referring = resolution("3.1", "Bezug");
    referring.references.push(Reference {
        kind: ReferenceKind::Resolution,
        raw: "TOP 2.7".to_owned(),
        target: Some(resolution("2.7", "").id),
        paragraph: 1,
    });
    corpus
        .apply(
            &document(1, "a.pdf"),
            &extraction(vec![resolution("2.7", "x"), referring]),
        )
        .expect("applied");
    let work = corpus
        .work(&resolution("2.7", "").id)
        .expect("readable")
        .expect("held");
    assert_eq!(work.referred_by, [resolution("3.1", "").id]);
}

#[test]
fn resolutions_come_in_printed_order() {
    let directory = directory();
    let mut corpus = corpus(&directory);
    let printed = ["A1", "1", "2.9b", "2.10"];
    let resolutions = printed.iter().enumerate().map(|(index, label)| Resolution {
        position: index as u32 + 1,
        ..resolution(label, label)
    });
    corpus
        .apply(
            &document(1, "a.pdf"),
            &extraction(resolutions.rev().collect()),
        )
        .expect("applied");
    let labels: Vec<_> = corpus
        .resolutions_of(&meeting().id)
        .expect("readable")
        .into_iter()
        .map(|resolution| resolution.label.0)
        .collect();
    assert_eq!(labels, printed);
    assert_eq!(corpus.newest(2).expect("readable").len(), 2);
    assert_eq!(corpus.works().expect("readable").len(), 4);
}

#[test]
fn a_quarantined_capture_is_named_until_it_can_be_read() {
    let directory = directory();
    let mut corpus = corpus(&directory);
    let readable = document(1, "a.pdf");
    let capture = Capture {
        site: readable.site.clone(),
        url: readable.url.clone(),
        url_raw: readable.url.to_string(),
        fetched_at: readable.fetched_at,
        status: 200,
        content_type: None,
        etag: None,
        last_modified: None,
        digest: readable.digest,
        size_bytes: 3,
        revisit: false,
    };
    corpus.quarantine(&capture, "encrypted").expect("written");
    assert!(
        corpus
            .knows(&capture.digest, capture.url.as_str())
            .expect("readable")
    );
    assert_eq!(
        corpus.quarantined().expect("readable")[0].reason,
        "encrypted"
    );
    corpus
        .apply(&readable, &Extraction::default())
        .expect("applied");
    assert_eq!(corpus.counts().expect("readable").quarantined, 0);
    assert_eq!(corpus.documents().expect("readable").len(), 1);
}

#[test]
fn what_was_written_is_there_after_reopening_and_readers_see_it() {
    let directory = directory();
    let path = directory.path().join("corpus.sqlite");
    let mut writer = corpus(&directory);
    writer
        .apply(
            &document(1, "a.pdf"),
            &extraction(vec![resolution("2.7", "x")]),
        )
        .expect("applied");
    writer.set_meta("extractor", "1").expect("written");
    let reader = Corpus::open_read_only(&path).expect("the corpus opens");
    assert_eq!(reader.counts().expect("readable").resolutions, 1);
    assert_eq!(
        reader.meta("extractor").expect("readable").as_deref(),
        Some("1")
    );
    drop(writer);
    assert_eq!(
        corpus(&directory).counts().expect("readable").resolutions,
        1
    );
}

#[test]
fn unusable_files_are_named() {
    let directory = directory();
    let absent = directory.path().join("absent.sqlite");
    let error = Corpus::open_read_only(&absent).err().expect("no such file");
    assert!(error.to_string().contains("absent.sqlite"), "{error}");
    let newer = directory.path().join("newer.sqlite");
    Corpus::open(&newer)
        .expect("created")
        .connection
        .pragma_update(None, "user_version", 99)
        .expect("written");
    assert!(matches!(
        Corpus::open(&newer),
        Err(Error::TooNew { found: 99, .. })
    ));
    let broken = directory.path().join("broken.sqlite");
    std::fs::write(
        &broken,
        "this is no database at all, whatever its name may say",
    )
    .expect("written");
    assert!(matches!(Corpus::open(&broken), Err(Error::Open { .. })));
}

#[test]
fn single_pages_of_a_meeting_come_in_the_order_of_their_labels() {
    let directory = directory();
    let mut corpus = corpus(&directory);
    for (byte, label) in [(1, "10.1"), (2, "5.2"), (3, "5.1")] {
        let single = extraction(vec![resolution(label, label)]);
        corpus
            .apply(&document(byte, label), &single)
            .expect("applied");
    }
    let labels: Vec<_> = corpus
        .resolutions_of(&meeting().id)
        .expect("readable")
        .into_iter()
        .map(|resolution| resolution.label.0)
        .collect();
    assert_eq!(labels, ["5.1", "5.2", "10.1"]);
    let newest = corpus.newest(1).expect("readable");
    assert_eq!(newest[0].id, resolution("5.1", "").id);
}
