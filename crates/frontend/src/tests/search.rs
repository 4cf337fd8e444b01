//! The search through HTTP: from a word to its resolution, filters, empty results, and any string at all.

use http::StatusCode;
use serde_json::Value;

use crate::testing::Fixture;

#[tokio::test]
async fn a_word_leads_to_its_resolution_and_to_the_page_of_the_original() {
    let fixture = Fixture::new();
    let body = fixture.get("/suche?q=Integrationskurse").await.body;
    assert!(body.contains("href=\"/intmk/13/top/2.7\""), "{body}");
    assert!(
        body.contains("13. IntMK · 15./16.03.2018 · Vorsitz: Bayern · TOP 2.7"),
        "{body}"
    );
    assert!(body.contains("<mark>Integrationskurse</mark>"), "{body}");
    assert!(body.contains("/intmk/13/top/2.7#abs-1"), "{body}");
    assert!(body.contains(".pdf#page=18"), "{body}");
    let page = fixture.get("/intmk/13/top/2.7").await.body;
    assert!(
        page.contains("id=\"abs-2\"") && page.contains(".pdf#page=19"),
        "{page}"
    );
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
    assert!(
        body.contains("<output>5 Treffer</output>") && body.contains("TOP 2.7"),
        "{body}"
    );
}

#[tokio::test]
async fn an_empty_result_names_the_word_and_leads_on() {
    let fixture = Fixture::new();
    let body = fixture
        .get("/suche?q=Integrationskurse+Quarkspeise")
        .await
        .body;
    assert!(
        body.contains("In keinem Beschluss steht <b><bdi>Quarkspeise</bdi></b>"),
        "{body}"
    );
    assert!(
        body.contains("href=\"/suche?q=Integrationskurse\""),
        "{body}"
    );
    let filtered = fixture
        .get("/suche?q=Integrationskurse&jahr=1999")
        .await
        .body;
    assert!(
        filtered.contains("ohne die Eingrenzung auf Jahre"),
        "{filtered}"
    );
    assert!(filtered.contains("href=\"/bestand\""));
}

#[tokio::test]
async fn every_string_is_an_answer_and_never_an_error() {
    let fixture = Fixture::new();
    let brackets = "%28".repeat(2_000);
    for query in [
        "%22",
        "%28%28%29",
        "16%3A0%3A0",
        "%FF%FE",
        "%E2%80%AEabc%E2%80%8B",
        "a%00b",
        "NICHT",
        "ODER+ODER",
        "*",
        brackets.as_str(),
    ] {
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
    assert!(
        not_held.contains("Das Archiv hält ihn nicht."),
        "{not_held}"
    );
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
        assert!(
            !readings.contains("\"literal\",\"typed\""),
            "{query} has a piece that is no operator: {readings}"
        );
    }
}
