//! The invented files: three meetings with five resolutions.

use jiff::civil::date;
use laendersache_model::{
    AgendaItem, Applicants, Conferences, Extraction, Land, Meeting, MeetingKind, Paragraph,
    Reference, ReferenceKind, Resolution, ResolutionKind, ResolutionState, Section, SectionKind,
    TopLabel, Vote, VoteKind,
};

/// A title that tries to break out of every place a title is written to.
pub const HOSTILE: &str =
    "Zitat \"'><script>alert(1)</script></title><img src=x onerror=alert(2)> & Co";

/// Three conferences, one of them without holdings; the first with a meeting of every state.
const CONFERENCES: [(&str, &str); 3] = [
    (
        "intmk.toml",
        r#"
            slug = "intmk"
            short = "IntMK"
            name = "Konferenz der Ministerinnen und Minister, Senatorinnen und Senatoren für Integration"
            variants = ["Integrationsministerkonferenz"]
            sites = [{ id = "intmk-zentral", role = "central", name = "Zentrale Seite", hosts = ["quelle.example"], seeds = [] }]
            chairs = [
                { land = "BY", from = "2017-10-01", to = "2018-09-30" },
                { land = "RP", from = "2026-07-01", to = "2027-06-30" },
                { land = "SL", from = "2027-07-01", to = "2028-06-30" },
            ]
            meetings = [
                { id = "intmk/11", kind = "main", state = "held", year = 2016, place = "Erfurt", chair = "TH" },
                { id = "intmk/13", kind = "main", state = "held", year = 2018 },
                { id = "intmk/15", kind = "main", state = "cancelled", year = 2020 },
                { id = "intmk/22", kind = "main", state = "planned", year = 2027, chair = "RP" },
            ]
        "#,
    ),
    (
        "gmk.toml",
        r#"
            slug = "gmk"
            short = "GMK"
            name = "Gesundheitsministerkonferenz"
            sites = [{ id = "gmk-gmkonline", role = "central", name = "GMK online", hosts = [], seeds = [] }]
        "#,
    ),
    (
        "umk.toml",
        r#"
            slug = "umk"
            short = "UMK"
            name = "Umweltministerkonferenz"
        "#,
    ),
];

/// Returns the conferences; they are not the shipped ones, so that new data changes no test.
pub fn conferences() -> Conferences {
    let mut conferences = Conferences::default();
    for (file, text) in CONFERENCES {
        conferences.add_file(file, text).expect("valid");
    }
    conferences
}

/// A file that is captured and read.
pub struct File {
    pub path: &'static str,
    pub site: &'static str,
    pub bytes: &'static [u8],
    pub extraction: Extraction,
}

/// Returns the files in the order of their capture.
pub fn files() -> Vec<File> {
    let thirteenth = meeting("intmk/13", MeetingKind::Main, Some(Land::By));
    let umlauf = meeting("intmk/2020/umlauf", MeetingKind::Umlauf, Some(Land::Bb));
    let gmk = meeting("gmk/98", MeetingKind::Main, Some(Land::Th));
    vec![
        file(
            ("13.pdf", "intmk-zentral"),
            b"%PDF-1.7 erfunden",
            &thirteenth,
            vec![
                courses(),
                hostile(),
                resolution(
                    "intmk/13/top/2.10",
                    "2.10",
                    "Ehrenamt in der Integration stärken",
                    "Die IntMK dankt allen.",
                ),
            ],
        ),
        file(
            ("umlauf.pdf", "intmk-zentral"),
            b"%PDF-1.4 erfunden",
            &umlauf,
            vec![resolution(
                "intmk/2020/umlauf/4",
                "4",
                "Sprachkurse in der Pandemie",
                "Kurse sollen digital stattfinden können.",
            )],
        ),
        file(
            ("98.html", "gmk-gmkonline"),
            b"<!doctype html><script>alert(1)</script>",
            &gmk,
            vec![resolution(
                "gmk/98/top/5.1",
                "5.1",
                "Pflegeberufe",
                "Die GMK nimmt den Bericht zur Kenntnis.",
            )],
        ),
    ]
}

fn file(
    (path, site): (&'static str, &'static str),
    bytes: &'static [u8],
    meeting: &Meeting,
    resolutions: Vec<Resolution>,
) -> File {
    let extraction = Extraction {
        meetings: vec![meeting.clone()],
        resolutions,
        warnings: Vec::new(),
    };
    File {
        path,
        site,
        bytes,
        extraction,
    }
}

fn meeting(id: &str, kind: MeetingKind, chair: Option<Land>) -> Meeting {
    let (from, to, place) = match id {
        "intmk/13" => (date(2018, 3, 15), date(2018, 3, 16), Some("Nürnberg")),
        "gmk/98" => (date(2025, 6, 11), date(2025, 6, 12), Some("Weimar")),
        _ => (date(2020, 4, 29), date(2020, 4, 29), None),
    };
    Meeting {
        id: id.parse().expect("valid"),
        kind,
        document_name: Some("Ergebnisprotokoll".to_owned()),
        from: Some(from),
        to: Some(to),
        place: place.map(str::to_owned),
        chair,
        agenda: vec![AgendaItem {
            label: TopLabel("2".to_owned()),
            title: "Integration / Zusammenhalt".to_owned(),
        }],
        sources: Vec::new(),
    }
}

fn courses() -> Resolution {
    let mut courses = resolution(
        "intmk/13/top/2.7",
        "2.7",
        "Qualität der Integrationskurse überprüfen",
        "1. Die IntMK bittet das BAMF, die Integrationskurse zu überprüfen.",
    );
    courses.page_from = 18;
    courses.page_to = 19;
    courses.sections[0].paragraphs[0].page = 18;
    courses.sections[0].paragraphs.push(Paragraph {
        number: 2,
        marker: Some("a)".to_owned()),
        text: "a) die Qualifikation der Lehrkräfte nach § 25b AufenthG,".to_owned(),
        page: 19,
    });
    courses.sections.push(Section {
        kind: SectionKind::Protokollerklaerung,
        laender: vec![Land::Be],
        heading: Some("Protokollerklärung".to_owned()),
        paragraphs: vec![Paragraph {
            number: 3,
            marker: None,
            text: "Berlin hält Abendkurse für nötig.".to_owned(),
            page: 19,
        }],
    });
    courses.applicants.laender = vec![Land::By, Land::He];
    courses.addressees = vec!["BAMF".to_owned()];
    courses.vote = Some(Vote {
        kind: VoteKind::Majority,
        yes: Some(15),
        no: None,
        abstain: Some(1),
        no_laender: Vec::new(),
        abstain_laender: vec![Land::Be],
        raw: "15:0:1".to_owned(),
    });
    courses.references = vec![Reference {
        kind: ReferenceKind::Resolution,
        raw: "TOP 2.10 der 13. IntMK".to_owned(),
        target: "intmk/13/top/2.10".parse().ok(),
        paragraph: 1,
    }];
    courses
}

fn hostile() -> Resolution {
    let mut hostile = resolution("intmk/13/top/2.9b", "2.9b", HOSTILE, HOSTILE);
    hostile.applicants.raw = Some(HOSTILE.to_owned());
    hostile.release = Some(HOSTILE.to_owned());
    hostile.addressees = vec![HOSTILE.to_owned()];
    hostile
}

fn resolution(id: &str, label: &str, title: &str, text: &str) -> Resolution {
    let first = text
        .split_whitespace()
        .next()
        .filter(|word| word.ends_with('.'));
    Resolution {
        id: id.parse().expect("valid"),
        label: TopLabel(label.to_owned()),
        position: match label {
            "2.9b" => 2,
            "2.10" => 3,
            _ => 1,
        },
        title: title.to_owned(),
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
                marker: first.map(str::to_owned),
                text: text.to_owned(),
                page: 1,
            }],
        }],
        references: Vec::new(),
        addressees: Vec::new(),
        page_from: 1,
        page_to: 1,
        evidence: std::collections::BTreeMap::new(),
    }
}
