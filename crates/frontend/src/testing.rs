//! A small invented archive for tests: three meetings, real files on disk, built through the real crates.

use std::ops::ControlFlow;

use axum::{Router, body::Body};
use http::{Request, Response, StatusCode};
use jiff::{Timestamp, civil::date};
use laendersache_archive::{Archive, Exchange, Header, RequestHead, ResponseHead};
use laendersache_corpus::Corpus;
use laendersache_indexer::{BuildSettings, build_corpus};
use laendersache_model::{
    AgendaItem, Applicants, Capture, Conferences, Document, DocumentKind, Extraction, Land, Meeting,
    MeetingKind, Paragraph, Reference, ReferenceKind, Resolution, ResolutionKind, ResolutionState,
    Section, SectionKind, SiteId, TopLabel, Vote, VoteKind,
};
use laendersache_searcher::Searcher;
use tempfile::TempDir;
use tower::ServiceExt;

use crate::{AppState, Parts, PoolSize, Retired, SiteConfig, app};

/// A title that tries to break out of every place a title is written to.
pub const HOSTILE: &str =
    "Zitat \"'><script>alert(1)</script></title><img src=x onerror=alert(2)> & Co";

/// The archive with its files; they are removed when it is dropped.
pub struct Fixture {
    home: TempDir,
    pub app: Router,
    state: AppState,
}

/// An answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub head: Response<()>,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.head
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
}

impl Fixture {
    pub fn new() -> Self {
        Self::with(SiteConfig::default())
    }

    pub fn with(site: SiteConfig) -> Self {
        let home = tempfile::tempdir().expect("a directory");
        let archive = Archive::open(&home.path().join("archive")).expect("an archive");
        let mut corpus = Corpus::open(&home.path().join("corpus.sqlite")).expect("a corpus");
        for file in files() {
            let capture = archive.append(&exchange(&file), file.bytes).expect("appended");
            let (document, extraction) = (document(&file, &capture), file.extraction);
            corpus.apply(&document, &extraction).expect("applied");
        }
        archive.commit().expect("committed");
        let conferences = Conferences::embedded();
        build(&corpus, &conferences, &home);
        let parts = Parts {
            searcher: Searcher::open_with(&home.path().join("index"), conferences.clone())
                .expect("an index"),
            corpus: home.path().join("corpus.sqlite"),
            archive: home.path().join("archive"),
            conferences,
            site,
            clock: || moment("2026-11-22T10:00:00Z"),
            last_crawl: Some(moment("2026-11-22T02:15:00Z")),
            pool: PoolSize::default(),
        };
        let state = AppState::new(parts).expect("a state");
        Self {
            app: app(state.clone()),
            state,
            home,
        }
    }

    pub async fn get(&self, address: &str) -> Answer {
        self.send(Request::get(address).body(Body::empty()).expect("a request"))
            .await
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.app.clone().oneshot(request).await.expect("infallible");
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
        Answer {
            status: parts.status,
            head: Response::from_parts(parts, ()),
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// Returns the address of the file that carries a resolution.
    pub async fn file_of(&self, resolution: &str) -> String {
        let answer = self.get(&format!("/{resolution}.pdf")).await;
        assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.body);
        answer.header("location").to_owned()
    }

    /// Damages the corpus file under the running server.
    pub fn lose_corpus(&self) {
        std::fs::write(self.home.path().join("corpus.sqlite"), b"no database").expect("written");
        self.state.corpus.close_idle();
    }
}

/// Returns the addresses of a page of every kind.
pub fn page_addresses() -> [&'static str; 20] {
    [
        "/", "/suche", "/suche?q=Integrationskurse", "/suche?q=Quarkspeise&jahr=2018", "/konferenzen",
        "/bestand", "/status", "/hilfe", "/ueber", "/impressum", "/datenschutz", "/barrierefreiheit",
        "/intmk", "/intmk/13", "/intmk/11", "/intmk/2020/umlauf", "/intmk/13/top/2.7",
        "/intmk/13/top/2.9b", "/intmk/2020/umlauf/4", "/gmk/98",
    ]
}

/// A file that is captured and read.
struct File {
    path: &'static str,
    site: &'static str,
    bytes: &'static [u8],
    extraction: Extraction,
}

fn build(corpus: &Corpus, conferences: &Conferences, home: &TempDir) {
    let settings = BuildSettings {
        dir: &home.path().join("index"),
        corpus_revision: &corpus.revision().expect("a revision"),
        built_at: moment("2026-11-22T02:20:00Z"),
        threads: std::num::NonZeroUsize::new(1),
    };
    let mut go_on = |_| ControlFlow::Continue(());
    build_corpus(corpus, conferences, &settings, &mut go_on).expect("built");
}

fn moment(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

fn exchange(file: &File) -> Exchange {
    let url: url::Url = format!("https://quelle.example/{}", file.path).parse().expect("valid");
    Exchange {
        site: SiteId(file.site.to_owned()),
        url_raw: url.to_string(),
        url,
        fetched_at: moment("2026-11-20T02:00:00Z"),
        peer: None,
        request: RequestHead::default(),
        response: ResponseHead {
            status: 200,
            headers: vec![Header::new("Content-Type", "application/pdf")],
            ..ResponseHead::default()
        },
    }
}

fn document(file: &File, capture: &Capture) -> Document {
    let pdf = file.path.ends_with(".pdf");
    Document {
        digest: capture.digest,
        url: capture.url.clone(),
        site: capture.site.clone(),
        fetched_at: capture.fetched_at,
        kind: if pdf { DocumentKind::Pdf } else { DocumentKind::Html },
        title: None,
        pages: Vec::new(),
        quality: 1.0,
        warnings: Vec::new(),
    }
}

fn files() -> Vec<File> {
    let thirteenth = meeting("intmk/13", MeetingKind::Main, Some(Land::By));
    let umlauf = meeting("intmk/2020/umlauf", MeetingKind::Umlauf, Some(Land::Bb));
    let gmk = meeting("gmk/98", MeetingKind::Main, Some(Land::Th));
    vec![
        file("13.pdf", "intmk-zentral", b"%PDF-1.7 erfunden", &thirteenth, vec![
            courses(),
            hostile(),
            resolution("intmk/13/top/2.10", "2.10", "Ehrenamt in der Integration stärken", "Die IntMK dankt allen."),
        ]),
        file("umlauf.pdf", "intmk-zentral", b"%PDF-1.4 erfunden", &umlauf, vec![resolution(
            "intmk/2020/umlauf/4", "4", "Sprachkurse in der Pandemie", "Kurse sollen digital stattfinden können.",
        )]),
        file("98.html", "gmk-gmkonline", b"<!doctype html><script>alert(1)</script>", &gmk, vec![resolution(
            "gmk/98/top/5.1", "5.1", "Pflegeberufe", "Die GMK nimmt den Bericht zur Kenntnis.",
        )]),
    ]
}

fn file(
    path: &'static str,
    site: &'static str,
    bytes: &'static [u8],
    meeting: &Meeting,
    resolutions: Vec<Resolution>,
) -> File {
    let extraction = Extraction {
        meetings: vec![meeting.clone()],
        resolutions,
        warnings: Vec::new(),
    };
    File { path, site, bytes, extraction }
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
    let first = text.split_whitespace().next().filter(|word| word.ends_with('.'));
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

/// Returns a configuration with an address that moved and one that was taken back.
pub fn with_retired() -> SiteConfig {
    let retired = |path: &str, moved_to: Option<&str>| Retired {
        path: path.to_owned(),
        moved_to: moved_to.map(str::to_owned),
        reason: "Auf Wunsch des Landes zurückgenommen.".to_owned(),
    };
    SiteConfig {
        retired: vec![
            retired("/intmk/13/top/2.10", None),
            retired("/intmk/12/top/9", Some("/intmk/13/top/2.7")),
        ],
        ..SiteConfig::default()
    }
}
