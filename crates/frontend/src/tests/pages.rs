//! What the pages say to readers.

use super::words_of;
use crate::testing::Fixture;

#[tokio::test]
async fn a_resolution_shows_what_is_known_and_says_what_is_not() {
    let fixture = Fixture::new();
    let known = fixture.get("/intmk/13/top/2.7").await.body;
    for words in [
        "15. und 16. März 2018",
        "Nürnberg",
        "Bayern und Hessen",
        "mehrheitlich; 15 Ja, 1 Enthaltung; Enthaltung: Berlin",
        "Protokollerklärung: Berlin",
    ] {
        assert!(known.contains(words), "{words}");
    }
    let unknown = fixture.get("/intmk/13/top/2.10").await.body;
    assert!(
        !unknown.contains("einstimmig"),
        "an unknown vote is never a vote"
    );
    assert_eq!(
        unknown.matches("class=\"unknown\">nicht angegeben").count(),
        2,
        "{unknown}"
    );
    assert!(
        unknown.contains("Beschlüsse, die auf diesen verweisen"),
        "{unknown}"
    );
}

#[tokio::test]
async fn agendas_stand_in_printed_order_under_their_headings() {
    let fixture = Fixture::new();
    let body = fixture.get("/intmk/13").await.body;
    let place = |words: &str| {
        body.find(words)
            .unwrap_or_else(|| panic!("{words} is missing"))
    };
    assert!(place("2 Integration / Zusammenhalt") < place("TOP 2.7"));
    assert!(place("TOP 2.7") < place("TOP 2.9b") && place("TOP 2.9b") < place("TOP 2.10"));
    let circulation = fixture.get("/intmk/2020/umlauf").await.body;
    assert!(
        circulation.contains("Umlaufbeschluss 4/2020"),
        "{circulation}"
    );
}

#[tokio::test]
async fn the_start_page_reads_as_intended() {
    let fixture = Fixture::new();
    let body = fixture.get("/").await.body;
    let main = body
        .split("<main")
        .nth(1)
        .and_then(|rest| rest.split("</main>").next())
        .expect("a main part");
    insta::assert_snapshot!(words_of(main));
}

#[tokio::test]
async fn a_resolution_reads_as_intended() {
    let fixture = Fixture::new();
    let body = fixture.get("/intmk/13/top/2.7").await.body;
    let main = body
        .split("<main")
        .nth(1)
        .and_then(|rest| rest.split("</main>").next())
        .expect("a main part");
    insta::assert_snapshot!(words_of(main));
}
