//! The searcher at its boundary: small invented records, built into a real index.

mod facets;
mod items;
mod language;
mod offers;
mod ranking;
mod reload;

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::Date;
use laendersache_indexer::{BuildSettings, Record, RecordSection, build};
use laendersache_model::{Land, ResolutionKind, ResolutionState, SectionKind, TopLabel, VoteKind};

use crate::{Filters, Reading, Results, SearchRequest, Searcher};

/// An index that all tests read; its directory lives as long as the tests.
static ARCHIVE: LazyLock<(tempfile::TempDir, Searcher)> = LazyLock::new(|| {
    let dir = tempfile::tempdir().expect("a temporary directory");
    build_index(dir.path(), "r1", records());
    let searcher = Searcher::open(dir.path()).expect("the index is whole");
    (dir, searcher)
});

fn searcher() -> &'static Searcher {
    &ARCHIVE.1
}

fn build_index(dir: &Path, revision: &str, records: Vec<Record>) {
    let settings = BuildSettings {
        dir,
        corpus_revision: revision,
        built_at: Timestamp::UNIX_EPOCH,
        threads: std::num::NonZeroUsize::new(1),
    };
    let records = records.into_iter().map(Ok::<_, std::io::Error>);
    build(records, &settings, &mut |_| ControlFlow::Continue(())).expect("the build succeeds");
}

/// A resolution of a meeting; everything else is set by the caller.
fn resolution(id: &str, day: Date, title: &str, text: &str) -> Record {
    let (meeting, label) = match id.split_once("/top/") {
        Some((meeting, label)) => (meeting, label),
        None => id.rsplit_once('/').expect("an id has a label"),
    };
    let section = RecordSection {
        kind: SectionKind::Decision,
        paragraph: 1,
        page: 18,
        text: text.to_owned(),
    };
    Record {
        id: id.to_owned(),
        title: title.to_owned(),
        sections: vec![section],
        date: Some(day),
        date_from: day.yesterday().ok(),
        year: Some(day.year()),
        meeting: meeting.parse().ok(),
        label: Some(TopLabel(label.to_owned())),
        kind: Some(ResolutionKind::Resolution),
        state: Some(ResolutionState::Decided),
        page_from: 18,
        ..Record::default()
    }
}

/// Id, day, title and text of the invented resolutions.
const RESOLUTIONS: [[&str; 4]; 9] = [
    [
        "intmk/13/top/2.7",
        "2018-03-16",
        "Sprachkurse für Frauen",
        "Der Bund wird gebeten, die Integrationskurse zu sichern.",
    ],
    [
        "intmk/13/top/2.9",
        "2018-03-16",
        "Anerkennung von Abschlüssen",
        "Die Anerkennung der Abschlüsse wird beschleunigt. Das BAMF berichtet.",
    ],
    [
        "intmk/13/top/2.10",
        "2018-03-16",
        "Bleiberecht nach § 25b AufenthG",
        "Die Duldung soll in den Fällen des § 25b AufenthG enden.",
    ],
    [
        "intmk/14/top/1.1",
        "2019-04-12",
        "Ehrenamt",
        "Das Ehrenamt ist für die Integration wichtig; ein Kurs genügt nicht.",
    ],
    [
        "intmk/14/top/1.2",
        "2019-04-12",
        "Monitoring",
        "Der Bericht wird zur Kenntnis genommen. Sprachkurse werden gezählt.",
    ],
    [
        "intmk/18/top/3",
        "2023-04-27",
        "Wohnsitzauflage",
        "Flüchtlinge mit Wohnsitzauflage finden schwer Arbeit.",
    ],
    [
        "intmk/18/top/4",
        "2023-04-27",
        "Beratung",
        "Die Beratung der Flüchtlinge wird verstetigt. Kosten trägt der Bund.",
    ],
    [
        "intmk/2020/umlauf/4",
        "2020-05-20",
        "Digitale Angebote",
        "Sprachkurse werden digital angeboten.",
    ],
    [
        "gmk/98/top/5.1",
        "2025-06-12",
        "Impfungen",
        "Die Impfung von Kindern wird empfohlen.",
    ],
];

fn records() -> Vec<Record> {
    let mut records: Vec<Record> = RESOLUTIONS
        .iter()
        .map(|[id, day, title, text]| resolution(id, day.parse().expect("a day"), title, text))
        .collect();
    records[0].chair = Some(Land::By);
    records[0].applicants = vec![Land::Hb, Land::Be];
    records[0].vote = Some(VoteKind::Unanimous);
    records[0].context = vec![
        "13. IntMK TOP 2.7".to_owned(),
        "Nürnberg".to_owned(),
        "Vorsitz Bayern".to_owned(),
    ];
    records[1].chair = Some(Land::By);
    records[1].applicants = Land::ALL.to_vec();
    records[1].vote = Some(VoteKind::Majority);
    records[1].statements = vec![Land::By];
    records[1].addressees = vec!["BAMF".to_owned(), "Bundesregierung".to_owned()];
    records[2].chair = Some(Land::By);
    records[2].kind = Some(ResolutionKind::Leitantrag);
    records[4].state = Some(ResolutionState::Noted);
    records[4].kind = Some(ResolutionKind::Report);
    records[5].addressees = vec!["BAMF".to_owned()];
    records
}

fn request(query: &str) -> SearchRequest {
    SearchRequest {
        query: query.to_owned(),
        size: 20,
        ..SearchRequest::default()
    }
}

fn search(query: &str) -> Results {
    searcher()
        .search(&request(query))
        .expect("the index can be read")
}

fn filtered(query: &str, filters: Filters) -> Results {
    let request = SearchRequest {
        filters,
        ..request(query)
    };
    searcher().search(&request).expect("the index can be read")
}

fn ids(results: &Results) -> Vec<&str> {
    results.hits.iter().map(|hit| hit.id.as_str()).collect()
}

/// Checks the ids of the hits in any order.
fn check(query: &str, expected: &[&str]) {
    let results = search(query);
    let mut found = ids(&results);
    let mut expected = expected.to_vec();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected, "{query}: {:?}", results.interpretation);
    assert_eq!(results.total as usize, expected.len(), "{query}");
}

/// The readings in a short notation.
fn readings(results: &Results) -> String {
    results
        .interpretation
        .readings
        .iter()
        .map(reading)
        .collect::<Vec<_>>()
        .join(" ")
}

fn reading(reading: &Reading) -> String {
    match reading {
        Reading::Word {
            typed,
            excluded: false,
            documents,
            ..
        } => format!("{typed}:{documents}"),
        Reading::Word { typed, .. } => format!("-{typed}"),
        Reading::Phrase {
            typed,
            excluded: false,
        } => format!("\"{typed}\""),
        Reading::Phrase { typed, .. } => format!("-\"{typed}\""),
        Reading::Field { name, value } => format!("{name}={value}"),
        Reading::AnyOf { alternatives } => {
            let alternatives = alternatives
                .iter()
                .map(|side| side.iter().map(self::reading).collect::<Vec<_>>().join(" "));
            format!("[{}]", alternatives.collect::<Vec<_>>().join(" | "))
        }
        Reading::Ignored { typed } => format!("({typed})"),
        Reading::Literal { typed } => format!("‹{typed}›"),
    }
}
