//! What no page may do: load from elsewhere, run a title as a script, tell of the machine.

use axum::body::Body;
use http::{Method, Request, StatusCode};
use serde_json::Value;

use crate::SiteConfig;
use crate::testing::{Fixture, HOSTILE, page_addresses};

#[tokio::test]
async fn every_page_answers_with_its_protection() {
    let fixture = Fixture::new();
    for address in page_addresses() {
        let answer = fixture.get(address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.body);
        assert_eq!(
            answer.header("content-type"),
            "text/html; charset=utf-8",
            "{address}"
        );
        assert!(
            answer
                .header("content-security-policy")
                .starts_with("default-src 'none'")
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("set-cookie"), "", "{address}");
    }
}

#[tokio::test]
async fn no_page_points_to_another_host_for_what_it_loads() {
    let fixture = Fixture::new();
    for address in page_addresses() {
        let body = fixture.get(address).await.body;
        for piece in body.split('<').filter(|piece| {
            ["script", "link", "img", "iframe", "form"]
                .iter()
                .any(|tag| piece.starts_with(tag))
        }) {
            let loaded = piece.contains("http")
                && !piece.contains("rel=\"canonical\"")
                && !piece.contains("ld+json");
            assert!(!loaded, "{address}: <{piece}");
            assert!(
                !piece.contains("style=") && !piece.contains("onclick"),
                "{address}: <{piece}"
            );
        }
    }
}

#[tokio::test]
async fn a_hostile_title_is_text_everywhere() {
    let fixture = Fixture::new();
    let query = "/suche?q=%22%3E%3Cscript%3Ealert(3)%3C/script%3E&vorsitz=%3Cimg%3E&adressat=%3Cimg%20onerror%3E";
    for address in [
        "/",
        "/intmk/13",
        "/intmk/13/top/2.9b",
        "/suche?q=Zitat",
        "/suche",
        query,
        "/%3Cscript%3E/x/y",
    ] {
        let body = fixture.get(address).await.body;
        assert!(!body.contains("<script>"), "{address}: {body}");
        assert!(!body.contains("<img"), "{address}");
        assert!(!body.contains("\"'>"), "{address}");
    }
    let page = fixture.get("/intmk/13/top/2.9b").await.body;
    assert!(
        page.contains("&#60;script&#62;alert(1)"),
        "the words are shown"
    );
    let json: Value =
        serde_json::from_str(&fixture.get("/intmk/13/top/2.9b.json").await.body).expect("valid");
    assert_eq!(json["versions"][0]["resolution"]["title"], HOSTILE);
}

#[tokio::test]
async fn errors_are_pages_for_readers_and_problems_for_programs() {
    let fixture = Fixture::new();
    for (address, kind) in [
        ("/gibt/es/nicht/hier", "text/html; charset=utf-8"),
        ("/api/gibt-es-nicht", "application/problem+json"),
        ("/intmk/13/top/99.json", "application/problem+json"),
    ] {
        let answer = fixture.get(address).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
        assert_eq!(answer.header("content-type"), kind, "{address}");
    }
    let problem: Value = serde_json::from_str(&fixture.get("/api/x").await.body).expect("valid");
    assert_eq!(problem["status"], 404);
    assert_eq!(problem["instance"], "/api/x");
    let page = fixture.get("/intmk/13/top/99").await.body;
    assert!(
        page.contains("href=\"/intmk/13\"") && page.contains("noindex"),
        "{page}"
    );
}

#[tokio::test]
async fn other_methods_are_refused_and_head_has_no_body() {
    let fixture = Fixture::new();
    let request = |method: Method| {
        Request::builder()
            .method(method)
            .uri("/suche")
            .body(Body::empty())
            .expect("valid")
    };
    let post = fixture.send(request(Method::POST)).await;
    assert_eq!(post.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(
        post.body.contains("kann nur gelesen werden"),
        "{}",
        post.body
    );
    let head = fixture.send(request(Method::HEAD)).await;
    assert_eq!((head.status, head.body.as_str()), (StatusCode::OK, ""));
}

#[tokio::test]
async fn originals_are_handed_out_unchanged_and_only_pdf_is_shown() {
    let fixture = Fixture::new();
    let pdf = fixture
        .get(&fixture.file_of("intmk/13/top/2.7").await)
        .await;
    assert_eq!(pdf.body, "%PDF-1.7 erfunden");
    assert_eq!(pdf.header("content-type"), "application/pdf");
    assert!(pdf.header("content-disposition").starts_with("inline"));
    assert!(
        pdf.header("content-security-policy")
            .contains("frame-ancestors 'none'")
    );

    let page = fixture.get("/gmk/98/top/5.1").await.body;
    let start = page.find("/datei/").expect("a file");
    let address: String = page[start..]
        .chars()
        .take_while(|character| *character != '"')
        .collect();
    let html = fixture.get(&address).await;
    assert_eq!(html.header("content-type"), "text/plain");
    assert!(html.header("content-disposition").starts_with("attachment"));
    assert_eq!(html.body, "<!doctype html><script>alert(1)</script>");

    let other_ending = fixture.get(&address.replace(".txt", ".pdf")).await;
    assert_eq!(other_ending.header("location"), address);
    for unknown in [
        "/datei/x",
        "/datei/x.pdf",
        &format!("/datei/{}.pdf", "0".repeat(64)),
    ] {
        assert_eq!(
            fixture.get(unknown).await.status,
            StatusCode::NOT_FOUND,
            "{unknown}"
        );
    }
    assert_eq!(
        fixture.get("/gmk/98/top/5.1.pdf").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_notice_of_a_demonstration_stands_on_every_page() {
    let site = SiteConfig {
        demo_notice: Some("Vorführung mit erfundenen Texten".to_owned()),
        ..SiteConfig::default()
    };
    let fixture = Fixture::with(site);
    for address in ["/", "/intmk/13/top/2.7", "/nichts/da/hier/x"] {
        assert!(
            fixture
                .get(address)
                .await
                .body
                .contains("Vorführung mit erfundenen Texten"),
            "{address}"
        );
    }
    assert!(
        !Fixture::new()
            .get("/")
            .await
            .body
            .contains("class=\"demo\"")
    );
}

#[tokio::test]
async fn a_lost_corpus_is_a_calm_page_that_tells_nothing_of_the_machine() {
    let fixture = Fixture::new();
    fixture.lose_corpus();
    let answer = fixture.get("/intmk/13").await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(answer.body.contains("auf unserer Seite"), "{}", answer.body);
    assert!(!answer.body.contains("sqlite"), "{}", answer.body);
    assert_eq!(
        fixture.get("/readyz").await.status,
        StatusCode::INTERNAL_SERVER_ERROR
    );
}
