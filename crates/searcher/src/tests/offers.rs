//! "Meinten Sie" and completions come from the archive's own words.

use super::{search, searcher};

#[test]
fn a_mistyped_word_is_offered_as_the_texts_write_it() {
    let check = |query: &str, expected: Option<&str>| {
        assert_eq!(search(query).suggestion.as_deref(), expected, "{query}");
    };
    check("Wohnsitzauflge", Some("Wohnsitzauflage"));
    check("wonsitzauflage", Some("Wohnsitzauflage"));
    check("Ehrenamt Flüchtlnige", Some("Ehrenamt Flüchtlinge"));
    check("Imfung ODER Berattung", Some("Impfung ODER Beratung"));
}

#[test]
fn nothing_is_offered_without_need() {
    for query in [
        "",
        "Ehrenamt",
        "Ehrenamt Frauen",
        "Quastenflosser",
        "abc",
        "-Wohnsitzauflge",
        "\"Wohnsitzauflge\"",
    ] {
        assert_eq!(search(query).suggestion, None, "{query}");
    }
}

#[test]
fn an_offer_finds_something() {
    let offered = search("Wohnsitzauflge").suggestion.expect("an offer");
    assert_eq!(search(&offered).total, 1);
}

#[test]
fn the_last_word_is_completed_with_exact_counts() {
    let complete = |typed: &str| {
        let completions = searcher()
            .complete(typed, 3)
            .expect("the index can be read");
        completions
            .into_iter()
            .map(|completion| (completion.text, completion.documents))
            .collect::<Vec<_>>()
    };
    assert_eq!(complete("wohn"), [("Wohnsitzauflage".to_owned(), 1)]);
    assert_eq!(
        complete("Frauen sprachk"),
        [("Frauen Sprachkurse".to_owned(), 3)]
    );
    assert_eq!(complete("w"), []);
    assert_eq!(complete(""), []);
    assert_eq!(complete("Frauen "), []);
    assert_eq!(complete("xyzxyz"), []);
}
