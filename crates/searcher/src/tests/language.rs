//! The query language, from the typed string to the hits.

use super::{check, ids, readings, request, search, searcher};
use crate::SearchRequest;
use proptest::prelude::*;

#[test]
fn all_words_must_occur_but_each_in_any_field() {
    check("Frauen Integrationskurse", &["intmk/13/top/2.7"]);
    check("Frauen Ehrenamt", &[]);
    check("Nürnberg Frauen", &["intmk/13/top/2.7"]);
}

#[test]
fn alternatives_exclusions_and_brackets_work() {
    check(
        "Ehrenamt ODER Wohnsitzauflage",
        &["intmk/14/top/1.1", "intmk/18/top/3"],
    );
    check("Flüchtlinge -Beratung", &["intmk/18/top/3"]);
    check(
        "Flüchtlinge NICHT (Beratung ODER Ehrenamt)",
        &["intmk/18/top/3"],
    );
    check(
        "Bund (Beratung ODER Frauen)",
        &["intmk/13/top/2.7", "intmk/18/top/4"],
    );
}

#[test]
fn a_query_of_exclusions_alone_leaves_the_rest() {
    let results = search("-Sprachkurse");
    assert_eq!(
        results.total + search("Sprachkurse").total,
        searcher().document_count()
    );
}

#[test]
fn a_phrase_is_exact() {
    check("\"zur Kenntnis genommen\"", &["intmk/14/top/1.2"]);
    check("„zur Kenntnis“", &["intmk/14/top/1.2"]);
    check("\"Kenntnis zur\"", &[]);
    check("\"Anerkennung der Abschluss\"", &[]);
}

#[test]
fn words_can_be_near_in_any_order() {
    check("Duldung NAHE/4 Fällen", &["intmk/13/top/2.10"]);
    check("Fällen NAHE/4 Duldung", &["intmk/13/top/2.10"]);
    check("Duldung NAHE/2 Fällen", &[]);
}

#[test]
fn the_beginning_of_a_word_finds_its_continuations() {
    check("Wohnsitz*", &["intmk/18/top/3"]);
    check("impf*", &["gmk/98/top/5.1"]);
    check("xyz*", &[]);
}

#[test]
fn other_forms_of_a_word_are_found() {
    check("Impfungen Kind", &["gmk/98/top/5.1"]);
    check("Abschluss", &["intmk/13/top/2.9"]);
}

#[test]
fn citations_are_found_in_any_spelling() {
    for query in [
        "§ 25b AufenthG",
        "§25b",
        "§ 25 b AufenthG",
        "§ 25b Aufenthaltsgesetz",
    ] {
        check(query, &["intmk/13/top/2.10"]);
    }
    check("§ 25a", &[]);
}

#[test]
fn fields_narrow_the_hits() {
    check("titel:Sprachkurse", &["intmk/13/top/2.7"]);
    check("titel:\"für Frauen\"", &["intmk/13/top/2.7"]);
    check("land:HB", &["intmk/13/top/2.7", "intmk/13/top/2.9"]);
    check("land:Bremen Frauen", &["intmk/13/top/2.7"]);
    check("vorsitz:Bayern titel:Bleiberecht", &["intmk/13/top/2.10"]);
    check("jahr:2019", &["intmk/14/top/1.1", "intmk/14/top/1.2"]);
    check(
        "jahr:2020.. konferenz:IntMK",
        &["intmk/2020/umlauf/4", "intmk/18/top/3", "intmk/18/top/4"],
    );
    check("top:2.10", &["intmk/13/top/2.10"]);
    check("abstimmung:einstimmig", &["intmk/13/top/2.7"]);
    check("erklaerung:BY", &["intmk/13/top/2.9"]);
    check("adressat:BAMF", &["intmk/13/top/2.9", "intmk/18/top/3"]);
    check("art:Leitantrag", &["intmk/13/top/2.10"]);
    check("status:kenntnis", &["intmk/14/top/1.2"]);
    check("-konferenz:intmk", &["gmk/98/top/5.1"]);
}

#[test]
fn two_words_can_name_a_property() {
    check(
        "Antragsteller Bremen",
        &["intmk/13/top/2.7", "intmk/13/top/2.9"],
    );
    check("Bayern Protokollerklärung", &["intmk/13/top/2.9"]);
    check("nicht einstimmig", &["intmk/13/top/2.9"]);
}

#[test]
fn stop_words_are_left_out_and_named_unless_nothing_else_is_typed() {
    let results = search("die Beratung der Minister");
    assert_eq!(readings(&results), "(die) Beratung:1 (der) (Minister)");
    assert_eq!(ids(&results), ["intmk/18/top/4"]);
    assert!(readings(&search("der")).starts_with("der:"));
    assert!(search("der").total > 0);
}

#[test]
fn every_word_is_counted_by_itself() {
    assert_eq!(readings(&search("Ehrenamt Frauen")), "Ehrenamt:1 Frauen:1");
    assert_eq!(
        readings(&search("Ehrenamt Quastenflosser")),
        "Ehrenamt:1 Quastenflosser:0"
    );
    assert_eq!(readings(&search("a ODER \"b c\"")), "[a:0 | \"b c\"]");
    assert_eq!(
        readings(&search("land:BY -Frauen (")),
        "land=BY -Frauen ‹(›"
    );
}

#[test]
fn a_word_can_be_taken_literally() {
    let literal = SearchRequest {
        literal: vec!["Abschluss".to_owned()],
        ..request("Abschluss")
    };
    let results = searcher().search(&literal).expect("the index can be read");
    assert_eq!(results.total, 0);
    assert_eq!(search("Abschluss").total, 1);
}

#[test]
fn the_empty_query_finds_everything() {
    for query in ["", "   ", "\0"] {
        assert_eq!(
            search(query).total,
            searcher().document_count(),
            "{query:?}"
        );
    }
}

#[test]
fn what_is_no_word_is_a_literal() {
    assert_eq!(readings(&search("& Ehrenamt …")), "‹&› Ehrenamt:1 ‹…›");
}

#[test]
fn floods_are_answered() {
    for flood in [
        "(",
        "a ODER ",
        "\0",
        "\"",
        "NICHT ",
        "-a ",
        "§ ",
        "(a) ODER ",
        "a* ",
        "\u{202e}x",
    ] {
        let results = search(&flood.repeat(100_000));
        assert!(results.interpretation.truncated, "{flood:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_string_is_answered(query in "[\\PC]{0,40}|([(\")„“*:-]|ODER |NICHT |Kurs |§ 25b |titel:|jahr:2018 | ){0,20}") {
        let results = search(&query);
        prop_assert!(results.total <= searcher().document_count());
        for hit in &results.hits {
            for mark in &hit.title.marks {
                prop_assert!(hit.title.text.get(mark.clone()).is_some());
            }
        }
    }
}
