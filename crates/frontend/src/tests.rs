//! The whole site over a small invented archive: what readers and programs get, and what no page may do.

use axum::body::Body;
use http::{Method, Request, StatusCode};
use serde_json::Value;

use crate::testing::{Fixture, HOSTILE, page_addresses, with_retired};
use crate::SiteConfig;

#[tokio::test]
async fn every_page_answers_with_its_protection() {
    let fixture = Fixture::new();
    for address in page_addresses() {
        let answer = fixture.get(address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.body);
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{address}");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
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
            ["script", "link", "img", "iframe", "form"].iter().any(|tag| piece.starts_with(tag))
        }) {
            let loaded = piece.contains("http") && !piece.contains("rel=\"canonical\"") && !piece.contains("ld+json");
            assert!(!loaded, "{address}: <{piece}");
            assert!(!piece.contains("style=") && !piece.contains("onclick"), "{address}: <{piece}");
        }
    }
}

#[tokio::test]
async fn a_hostile_title_is_text_everywhere() {
    let fixture = Fixture::new();
    let query = "/suche?q=%22%3E%3Cscript%3Ealert(3)%3C/script%3E&vorsitz=%3Cimg%3E&adressat=%3Cimg%20onerror%3E";
    for address in ["/", "/intmk/13", "/intmk/13/top/2.9b", "/suche?q=Zitat", "/suche", query, "/%3Cscript%3E/x/y"] {
        let body = fixture.get(address).await.body;
        assert!(!body.contains("<script>"), "{address}: {body}");
        assert!(!body.contains("<img"), "{address}");
        assert!(!body.contains("\"'>"), "{address}");
    }
    let page = fixture.get("/intmk/13/top/2.9b").await.body;
    assert!(page.contains("&#60;script&#62;alert(1)"), "the words are shown");
    let json: Value = serde_json::from_str(&fixture.get("/intmk/13/top/2.9b.json").await.body).expect("valid");
    assert_eq!(json["versions"][0]["resolution"]["title"], HOSTILE);
}

#[tokio::test]
async fn a_word_leads_to_its_resolution_and_to_the_page_of_the_original() {
    let fixture = Fixture::new();
    let body = fixture.get("/suche?q=Integrationskurse").await.body;
    assert!(body.contains("href=\"/intmk/13/top/2.7\""), "{body}");
    assert!(body.contains("13. IntMK · 15./16.03.2018 · Vorsitz: Bayern · TOP 2.7"), "{body}");
    assert!(body.contains("<mark>Integrationskurse</mark>"), "{body}");
    assert!(body.contains("/intmk/13/top/2.7#abs-1"), "{body}");
    assert!(body.contains(".pdf#page=18"), "{body}");
    let page = fixture.get("/intmk/13/top/2.7").await.body;
    assert!(page.contains("id=\"abs-2\"") && page.contains(".pdf#page=19"), "{page}");
}

#[tokio::test]
async fn a_resolution_shows_what_is_known_and_says_what_is_not() {
    let fixture = Fixture::new();
    let known = fixture.get("/intmk/13/top/2.7").await.body;
    for words in ["15. und 16. März 2018", "Nürnberg", "Bayern und Hessen", "mehrheitlich; 15 Ja, 1 Enthaltung; Enthaltung: Berlin", "Protokollerklärung: Berlin"] {
        assert!(known.contains(words), "{words}");
    }
    let unknown = fixture.get("/intmk/13/top/2.10").await.body;
    assert!(!unknown.contains("einstimmig"), "an unknown vote is never a vote");
    assert_eq!(unknown.matches("class=\"unknown\">nicht angegeben").count(), 2, "{unknown}");
    assert!(unknown.contains("Beschlüsse, die auf diesen verweisen"), "{unknown}");
}

#[tokio::test]
async fn agendas_stand_in_printed_order_under_their_headings() {
    let fixture = Fixture::new();
    let body = fixture.get("/intmk/13").await.body;
    let place = |words: &str| body.find(words).unwrap_or_else(|| panic!("{words} is missing"));
    assert!(place("2 Integration / Zusammenhalt") < place("TOP 2.7"));
    assert!(place("TOP 2.7") < place("TOP 2.9b") && place("TOP 2.9b") < place("TOP 2.10"));
    let circulation = fixture.get("/intmk/2020/umlauf").await.body;
    assert!(circulation.contains("Umlaufbeschluss 4/2020"), "{circulation}");
}

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
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.header("location"));
}

#[tokio::test]
async fn what_was_taken_back_is_gone_in_every_format_and_what_moved_is_found() {
    let fixture = Fixture::with(with_retired());
    for address in ["/intmk/13/top/2.10", "/intmk/13/top/2.10.ris", "/intmk/13/top/2.10.json"] {
        let answer = fixture.get(address).await;
        assert_eq!(answer.status, StatusCode::GONE, "{address}");
        assert!(answer.body.contains("Auf Wunsch des Landes"), "{}", answer.body);
    }
    let moved = fixture.get("/intmk/12/top/9").await;
    assert_eq!(moved.status, StatusCode::MOVED_PERMANENTLY);
    assert_eq!(moved.header("location"), "/intmk/13/top/2.7");
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
    assert!(page.contains("href=\"/intmk/13\"") && page.contains("noindex"), "{page}");
}

#[tokio::test]
async fn other_methods_are_refused_and_head_has_no_body() {
    let fixture = Fixture::new();
    let request = |method: Method| Request::builder().method(method).uri("/suche").body(Body::empty()).expect("valid");
    let post = fixture.send(request(Method::POST)).await;
    assert_eq!(post.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(post.body.contains("kann nur gelesen werden"), "{}", post.body);
    let head = fixture.send(request(Method::HEAD)).await;
    assert_eq!((head.status, head.body.as_str()), (StatusCode::OK, ""));
}

#[tokio::test]
async fn originals_are_handed_out_unchanged_and_only_pdf_is_shown() {
    let fixture = Fixture::new();
    let pdf = fixture.get(&fixture.file_of("intmk/13/top/2.7").await).await;
    assert_eq!(pdf.body, "%PDF-1.7 erfunden");
    assert_eq!(pdf.header("content-type"), "application/pdf");
    assert!(pdf.header("content-disposition").starts_with("inline"));
    assert!(pdf.header("content-security-policy").contains("frame-ancestors 'none'"));

    let page = fixture.get("/gmk/98/top/5.1").await.body;
    let start = page.find("/datei/").expect("a file");
    let address: String = page[start..].chars().take_while(|character| *character != '"').collect();
    let html = fixture.get(&address).await;
    assert_eq!(html.header("content-type"), "text/plain");
    assert!(html.header("content-disposition").starts_with("attachment"));
    assert_eq!(html.body, "<!doctype html><script>alert(1)</script>");

    let other_ending = fixture.get(&address.replace(".txt", ".pdf")).await;
    assert_eq!(other_ending.header("location"), address);
    for unknown in ["/datei/x", "/datei/x.pdf", &format!("/datei/{}.pdf", "0".repeat(64))] {
        assert_eq!(fixture.get(unknown).await.status, StatusCode::NOT_FOUND, "{unknown}");
    }
    assert_eq!(fixture.get("/gmk/98/top/5.1.pdf").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn filters_narrow_and_can_be_taken_back() {
    let fixture = Fixture::new();
    let all: Value = serde_json::from_str(&fixture.get("/api/suche").await.body).expect("valid");
    assert_eq!(all["total"], 5);
    for (filter, total) in [
        ("konferenz=intmk", 4),
        ("konferenz=intmk&konferenz=gmk", 5),
        ("vorsitz=by", 3),
        ("jahr=2018..2020", 4),
        ("von=2020", 2),
        ("abstimmung=mehrheitlich", 1),
        ("abstimmung=unbekannt", 4),
        ("erklaerung=be", 1),
        ("land=he", 1),
        ("adressat=BAMF", 1),
    ] {
        let answer = fixture.get(&format!("/api/suche?{filter}")).await.body;
        let json: Value = serde_json::from_str(&answer).expect("valid");
        assert_eq!(json["total"], total, "{filter}");
        let page = fixture.get(&format!("/suche?{filter}")).await.body;
        assert!(page.contains("Wirksame Filter"), "{filter}");
    }
}

#[tokio::test]
async fn a_page_behind_the_last_one_shows_the_last_one() {
    let fixture = Fixture::new();
    let body = fixture.get("/suche?seite=900").await.body;
    assert!(body.contains("<output>5 Treffer</output>") && body.contains("TOP 2.7"), "{body}");
}

#[tokio::test]
async fn an_empty_result_names_the_word_and_leads_on() {
    let fixture = Fixture::new();
    let body = fixture.get("/suche?q=Integrationskurse+Quarkspeise").await.body;
    assert!(body.contains("In keinem Beschluss steht <b><bdi>Quarkspeise</bdi></b>"), "{body}");
    assert!(body.contains("href=\"/suche?q=Integrationskurse\""), "{body}");
    let filtered = fixture.get("/suche?q=Integrationskurse&jahr=1999").await.body;
    assert!(filtered.contains("ohne die Eingrenzung auf Jahre"), "{filtered}");
    assert!(filtered.contains("href=\"/bestand\""));
}

#[tokio::test]
async fn every_string_is_an_answer_and_never_an_error() {
    let fixture = Fixture::new();
    let brackets = "%28".repeat(2_000);
    for query in ["%22", "%28%28%29", "16%3A0%3A0", "%FF%FE", "%E2%80%AEabc%E2%80%8B", "a%00b", "NICHT", "ODER+ODER", "*", brackets.as_str()] {
        let answer = fixture.get(&format!("/suche?q={query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}");
    }
}

#[tokio::test]
async fn known_items_go_straight_there() {
    let fixture = Fixture::new();
    let held = fixture.get("/suche?q=13.+IntMK+TOP+2.7").await.body;
    assert!(held.contains("Genau dieser Beschluss:"), "{held}");
    let not_held = fixture.get("/suche?q=13.+IntMK+TOP+2.8").await.body;
    assert!(not_held.contains("Das Archiv hält ihn nicht."), "{not_held}");
}

#[tokio::test]
async fn the_examples_of_start_page_and_help_are_understood() {
    let fixture = Fixture::new();
    let typed = crate::pages::example_queries();
    assert!(typed.len() > 10);
    for query in typed {
        let state = crate::search_state::SearchState::of_query(query);
        let answer = fixture.get(&state.address("/api/suche")).await;
        let json: Value = serde_json::from_str(&answer.body).expect("valid");
        let readings = json["interpretation"]["readings"].to_string();
        let known = !json["interpretation"]["known_item"].is_null();
        assert!(known || readings.contains("type"), "{query}: {readings}");
        assert!(!readings.contains("\"literal\",\"typed\""), "{query} has a piece that is no operator: {readings}");
    }
}

#[tokio::test]
async fn every_format_of_a_resolution_answers() {
    let fixture = Fixture::new();
    for (suffix, kind, words) in [
        (".json", "application/json", "\"current_version\":1"),
        (".ris", "application/x-research-info-systems; charset=utf-8", "TY  - RPRT"),
        (".bib", "application/x-bibtex; charset=utf-8", "@techreport{"),
        (".csl.json", "application/vnd.citationstyles.csl+json", "\"literal\""),
        (".txt", "text/plain; charset=utf-8", "die Qualifikation der Lehrkräfte"),
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
    assert!(robots.contains("Disallow: /suche?") && robots.contains("/sitemap.xml"), "{robots}");
    let sitemap = fixture.get("/sitemap.xml").await.body;
    for path in ["/intmk", "/intmk/13", "/intmk/13/top/2.7", "/intmk/2020/umlauf/4"] {
        assert!(sitemap.contains(&format!("{path}</loc>")), "{path}");
    }
    assert_eq!(fixture.get("/healthz").await.body, "ok\n");
    assert_eq!(fixture.get("/readyz").await.status, StatusCode::OK);
    let suggestions: Value = serde_json::from_str(&fixture.get("/api/vorschlaege?q=integr").await.body).expect("valid");
    assert!(suggestions.as_array().is_some_and(|words| !words.is_empty()), "{suggestions}");
    let none = fixture.get("/api/vorschlaege?q=in").await;
    assert_eq!((none.body.as_str(), none.header("access-control-allow-origin")), ("[]", "*"));
}

#[tokio::test]
async fn result_pages_are_not_listed_and_resolutions_have_one_address() {
    let fixture = Fixture::new();
    assert!(fixture.get("/suche?q=x").await.body.contains("noindex, follow"));
    let page = fixture.get("/intmk/13/top/2.7").await.body;
    assert!(page.contains("rel=\"canonical\" href=\"http://127.0.0.1:8080/intmk/13/top/2.7\""), "{page}");
    assert!(page.contains("citation_technical_report_number"));
}

#[tokio::test]
async fn the_notice_of_a_demonstration_stands_on_every_page() {
    let site = SiteConfig {
        demo_notice: Some("Vorführung mit erfundenen Texten".to_owned()),
        ..SiteConfig::default()
    };
    let fixture = Fixture::with(site);
    for address in ["/", "/intmk/13/top/2.7", "/nichts/da/hier/x"] {
        assert!(fixture.get(address).await.body.contains("Vorführung mit erfundenen Texten"), "{address}");
    }
    assert!(!Fixture::new().get("/").await.body.contains("class=\"demo\""));
}

#[tokio::test]
async fn the_start_page_reads_as_intended() {
    let fixture = Fixture::new();
    let body = fixture.get("/").await.body;
    let main = body.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).expect("a main part");
    insta::assert_snapshot!(words_of(main));
}

#[tokio::test]
async fn a_resolution_reads_as_intended() {
    let fixture = Fixture::new();
    let body = fixture.get("/intmk/13/top/2.7").await.body;
    let main = body.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).expect("a main part");
    insta::assert_snapshot!(words_of(main));
}

/// Returns the visible words of a piece of HTML, one line per line of the template.
fn words_of(html: &str) -> String {
    let mut words = String::new();
    let mut inside = true;
    for character in html.chars() {
        match character {
            '<' => inside = true,
            '>' => inside = false,
            other if !inside => words.push(other),
            _ => {}
        }
    }
    let lines = words.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn a_lost_corpus_is_a_calm_page_that_tells_nothing_of_the_machine() {
    let fixture = Fixture::new();
    fixture.lose_corpus();
    let answer = fixture.get("/intmk/13").await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(answer.body.contains("auf unserer Seite"), "{}", answer.body);
    assert!(!answer.body.contains("sqlite"), "{}", answer.body);
    assert_eq!(fixture.get("/readyz").await.status, StatusCode::INTERNAL_SERVER_ERROR);
}
