//! Serves the fixtures for looking at pages while they are being written.
use std::{ops::ControlFlow, path::{Path, PathBuf}};
use jiff::Timestamp;
use laendersache_archive::*;
use laendersache_corpus::Corpus;
use laendersache_frontend::*;
use laendersache_indexer::{BuildSettings, build_corpus};
use laendersache_model::*;
use laendersache_searcher::Searcher;

fn files(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else if path.extension().is_some_and(|e| e == "pdf") { found.push(path) }
    }
}
#[tokio::main]
async fn main() {
    let home = tempfile::tempdir().unwrap();
    let conferences = Conferences::embedded();
    let archive = Archive::open(&home.path().join("archive")).unwrap();
    let mut corpus = Corpus::open(&home.path().join("corpus.sqlite")).unwrap();
    let mut found = vec![];
    files(Path::new("fixtures"), &mut found);
    found.sort();
    for path in found {
        let slug = path.components().nth(1).unwrap().as_os_str().to_str().unwrap().to_owned();
        let Some(conference) = conferences.get(&slug) else { continue };
        let head: serde_json::Value = serde_json::from_slice(&std::fs::read(path.with_extension("capture.json")).unwrap()).unwrap();
        let bytes = std::fs::read(&path).unwrap();
        let url: url::Url = head["url"].as_str().unwrap().parse().unwrap();
        let capture = archive.append(&Exchange { site: conference.sites[0].id.clone(), url_raw: url.to_string(), url, fetched_at: "2026-11-20T03:15:00Z".parse().unwrap(), peer: None,
            request: RequestHead::default(), response: ResponseHead { status: 200, headers: vec![Header::new("Content-Type", "application/pdf")], ..Default::default() } }, &bytes).unwrap();
        let expected: serde_json::Value = serde_json::from_slice(&std::fs::read(path.with_extension("expected.json")).unwrap()).unwrap();
        let (document, extraction) = extraction(&expected, &capture);
        println!("{}: {} resolutions", path.display(), extraction.resolutions.len());
        corpus.apply(&document, &extraction).unwrap();
    }
    archive.commit().unwrap();
    let index = home.path().join("index");
    let revision = corpus.revision().unwrap();
    build_corpus(&corpus, &conferences, &BuildSettings { dir: &index, corpus_revision: &revision, built_at: Timestamp::now(), threads: None }, &mut |_| ControlFlow::Continue(())).unwrap();
    let state = AppState::new(Parts {
        searcher: Searcher::open_with(&index, conferences.clone()).unwrap(),
        corpus: home.path().join("corpus.sqlite"), archive: home.path().join("archive"), conferences,
        site: SiteConfig { contact: Some("hinweise@archiv.example".into()), demo_notice: Some("Vorführung mit erfundenen Texten".into()), ..Default::default() },
        clock: Timestamp::now, last_crawl: Some(Timestamp::now()), pool: PoolSize::default() }).unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8099").await.unwrap();
    serve(listener, state, std::future::pending()).await.unwrap();
}

fn lands(value: &serde_json::Value) -> Vec<Land> {
    value.as_array().into_iter().flatten().filter_map(|code| Land::from_code(code.as_str()?)).collect()
}
fn extraction(e: &serde_json::Value, capture: &Capture) -> (Document, Extraction) {
    let id: MeetingId = e["meeting"].as_str().unwrap().parse().unwrap();
    let day = |name: &str| e[name].as_str().and_then(|d| d.parse().ok());
    let meeting = Meeting { id: id.clone(), kind: serde_json::from_value(e["meeting_kind"].clone()).unwrap(), document_name: Some("Ergebnisprotokoll".into()),
        from: day("from"), to: day("to"), place: e["place"].as_str().map(str::to_owned), chair: e["chair"].as_str().and_then(Land::from_code),
        agenda: serde_json::from_value(e["agenda"].clone()).unwrap_or_default(), sources: vec![] };
    let empty = vec![];
    let resolutions = e["resolutions"].as_array().unwrap_or(&empty).iter().enumerate().map(|(position, r)| {
        let mut number = 0;
        let (from, to) = (r["page_from"].as_u64().unwrap() as u32, r["page_to"].as_u64().unwrap() as u32);
        let mut section = |kind, laender: Vec<Land>, text: &str| Section { kind, laender, heading: None, paragraphs: text.split("\n\n").filter(|t| !t.is_empty()).map(|text| { number += 1;
            let first = text.split_whitespace().next().unwrap_or_default();
            let marker = (first.ends_with('.') && first.len() < 4 || first.ends_with(')') && first.len() < 4).then(|| first.to_owned());
            Paragraph { number, marker, text: text.to_owned(), page: if number > 4 { to } else { from } } }).collect() };
        let mut sections = vec![section(SectionKind::Decision, vec![], r["text"].as_str().unwrap_or_default())];
        if r["reasons"].as_str().is_some_and(|t| !t.is_empty()) { sections.push(section(SectionKind::Reasons, vec![], r["reasons"].as_str().unwrap())); }
        for s in r["statements"].as_array().unwrap_or(&empty) { sections.push(section(SectionKind::Protokollerklaerung, lands(&s["laender"]), s["text"].as_str().unwrap_or("x"))); }
        sections.retain(|s| !s.paragraphs.is_empty());
        let vote = match r["vote"]["kind"].as_str() { Some("unanimous") => Some(VoteKind::Unanimous), Some("majority") => Some(VoteKind::Majority), _ => None };
        let n = |name: &str| r["vote"][name].as_u64().map(|n| n as u8);
        let label = TopLabel(r["label"].as_str().unwrap().to_owned());
        let mut evidence = std::collections::BTreeMap::new();
        evidence.insert("vote".to_owned(), Evidence { page: from, rule: "labelled".into(), raw: "Abstimmungsergebnis: einstimmig".into(), confidence: 1.0 });
        evidence.insert("title".to_owned(), Evidence { page: from, rule: "heading".into(), raw: r["title"].as_str().unwrap().into(), confidence: 0.7 });
        let references = if label.0 == "2.7" { vec![Reference { kind: ReferenceKind::Resolution, raw: "7. IntMK, TOP 2.2".into(), target: "intmk/7/top/2.2".parse().ok(), paragraph: 1 }, Reference { kind: ReferenceKind::Law, raw: "§ 44a AufenthG".into(), target: None, paragraph: 11 }] } else { vec![] };
        Resolution { id: r["id"].as_str().unwrap().parse().unwrap(), label, position: position as u32 + 1, title: r["title"].as_str().unwrap().into(), kind: serde_json::from_value(r["kind"].clone()).unwrap(), state: serde_json::from_value(r["state"].clone()).unwrap(),
            applicants: Applicants { all_laender: r["all_laender"].as_bool().unwrap_or(false), laender: lands(&r["applicants"]), raw: None }, co_applicants: Applicants { laender: lands(&r["co_applicants"]), ..Default::default() },
            release: None, vote: vote.map(|kind| Vote { kind, yes: n("yes"), no: n("no"), abstain: n("abstain"), no_laender: lands(&r["vote"]["no_laender"]), abstain_laender: lands(&r["vote"]["abstain_laender"]), raw: String::new() }),
            sections, references, addressees: vec!["BAMF".into()], page_from: from, page_to: to, evidence }
    }).collect();
    (Document { digest: capture.digest, url: capture.url.clone(), site: capture.site.clone(), fetched_at: capture.fetched_at, kind: DocumentKind::Pdf, title: None, pages: vec![], quality: 1.0, warnings: vec![] },
     Extraction { meetings: vec![meeting], resolutions, warnings: vec![] })
}
