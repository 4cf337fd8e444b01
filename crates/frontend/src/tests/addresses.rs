//! Permanent addresses, redirects, formats by suffix, and the side for machines.

use http::StatusCode;
use serde_json::Value;

use crate::testing::{Fixture, with_retired};

#[tokio::test]
async fn meetings_without_a_document_are_told_apart_from_unknown_ones() {
    let fixture = Fixture::new();
    for (address, status, words) in [
        ("/intmk/11", 200, "hat stattgefunden"),
        ("/intmk/15", 200, "abgesagt"),
        ("/intmk/22", 200, "liegt in der Zukunft"),
        ("/intmk/99", 404, "weiß das Archiv nichts"),
        ("/xmk/1", 404, "kennt das Archiv nicht"),
    ] {
        let answer = fixture.get(address).await;
        assert_eq!(answer.status, status, "{address}");
        assert!(answer.body.contains(words), "{address}: {}", answer.body);
    }
}

#[tokio::test]
async fn addresses_lead_to_the_permanent_one() {
    let fixture = Fixture::new();
    for (address, permanent) in [
        ("/IntMK", "/intmk"),
        ("/intmk/", "/intmk"),
        ("/intmk/013", "/intmk/13"),
        ("/INTMK/13/top/2.9B", "/intmk/13/top/2.9b"),
        ("/intmk/13/top/2.9B.json", "/intmk/13/top/2.9b.json"),
        ("/suche/?q=x", "/suche?q=x"),
    ] {
        let answer = fixture.get(address).await;
        assert_eq!(answer.status, StatusCode::MOVED_PERMANENTLY, "{address}");
        assert_eq!(answer.header("location"), permanent, "{address}");
    }
    let answer = fixture.get("//fremd.example/").await;
    assert_eq!(
        answer.status,
        StatusCode::NOT_FOUND,
        "{}",
        answer.header("location")
    );
}

#[tokio::test]
async fn what_was_taken_back_is_gone_in_every_format_and_what_moved_is_found() {
    let fixture = Fixture::with(with_retired());
    for address in [
        "/intmk/13/top/2.10",
        "/intmk/13/top/2.10.ris",
        "/intmk/13/top/2.10.json",
    ] {
        let answer = fixture.get(address).await;
        assert_eq!(answer.status, StatusCode::GONE, "{address}");
        assert!(
            answer.body.contains("Auf Wunsch des Landes"),
            "{}",
            answer.body
        );
    }
    let moved = fixture.get("/intmk/12/top/9").await;
    assert_eq!(moved.status, StatusCode::MOVED_PERMANENTLY);
    assert_eq!(moved.header("location"), "/intmk/13/top/2.7");
}

#[tokio::test]
async fn every_format_of_a_resolution_answers() {
    let fixture = Fixture::new();
    for (suffix, kind, words) in [
        (".json", "application/json", "\"current_version\":1"),
        (
            ".ris",
            "application/x-research-info-systems; charset=utf-8",
            "TY  - RPRT",
        ),
        (
            ".bib",
            "application/x-bibtex; charset=utf-8",
            "@techreport{",
        ),
        (
            ".csl.json",
            "application/vnd.citationstyles.csl+json",
            "\"literal\"",
        ),
        (
            ".txt",
            "text/plain; charset=utf-8",
            "die Qualifikation der Lehrkräfte",
        ),
    ] {
        let answer = fixture.get(&format!("/intmk/13/top/2.7{suffix}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{suffix}");
        assert_eq!(answer.header("content-type"), kind);
        assert!(answer.body.contains(words), "{suffix}: {}", answer.body);
    }
}

#[tokio::test]
async fn the_side_for_machines_is_complete() {
    let fixture = Fixture::new();
    let robots = fixture.get("/robots.txt").await.body;
    assert!(
        robots.contains("Disallow: /suche?") && robots.contains("/sitemap.xml"),
        "{robots}"
    );
    let sitemap = fixture.get("/sitemap.xml").await.body;
    for path in [
        "/intmk",
        "/intmk/13",
        "/intmk/13/top/2.7",
        "/intmk/2020/umlauf/4",
    ] {
        assert!(sitemap.contains(&format!("{path}</loc>")), "{path}");
    }
    assert_eq!(fixture.get("/healthz").await.body, "ok\n");
    assert_eq!(fixture.get("/readyz").await.status, StatusCode::OK);
    let suggestions: Value =
        serde_json::from_str(&fixture.get("/api/vorschlaege?q=integr").await.body).expect("valid");
    assert!(
        suggestions
            .as_array()
            .is_some_and(|words| !words.is_empty()),
        "{suggestions}"
    );
    let none = fixture.get("/api/vorschlaege?q=in").await;
    assert_eq!(
        (
            none.body.as_str(),
            none.header("access-control-allow-origin")
        ),
        ("[]", "*")
    );
}

#[tokio::test]
async fn result_pages_are_not_listed_and_resolutions_have_one_address() {
    let fixture = Fixture::new();
    assert!(
        fixture
            .get("/suche?q=x")
            .await
            .body
            .contains("noindex, follow")
    );
    let page = fixture.get("/intmk/13/top/2.7").await.body;
    assert!(
        page.contains("rel=\"canonical\" href=\"http://127.0.0.1:8080/intmk/13/top/2.7\""),
        "{page}"
    );
    assert!(page.contains("citation_technical_report_number"));
}
