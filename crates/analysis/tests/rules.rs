//! The rules one by one, through the public functions.

use std::fs;
use std::path::Path;

use laendersache_analysis::{Analyzer, Layer, Why, compile};

fn texts(text: &str, layer: Layer) -> Vec<String> {
    let terms = Analyzer::german().terms(text).into_iter();
    terms
        .filter(|term| term.layer == layer)
        .map(|term| term.text)
        .collect()
}

fn check_citations(text: &str, expected: &[&str]) {
    assert_eq!(texts(text, Layer::Citation), expected, "{text}");
}

fn check_restored(text: &str, compound: &str) {
    let wanted = texts(compound, Layer::Stem);
    let explained = Analyzer::german().explain(text).into_iter();
    let restored: Vec<String> = explained
        .filter(|found| found.why == Why::SuspendedHyphen)
        .map(|found| found.term.text)
        .collect();
    assert!(
        restored.contains(&wanted[0]),
        "{text}: {restored:?} has no {wanted:?}"
    );
}

fn synonyms(word: &str) -> Vec<(String, bool)> {
    let synonyms = Analyzer::german().expand(word).synonyms.into_iter();
    synonyms
        .map(|synonym| (synonym.text, synonym.offered))
        .collect()
}

#[test]
fn a_paragraph_has_one_spelling() {
    for text in [
        "§ 25b AufenthG",
        "§25 b Abs. 1 AufenthG",
        "§ 25b Abs. 1 Satz 2 des Aufenthaltsgesetzes",
        "Paragraph 25b AufenthG",
        "§\u{a0}25b AUFENTHG",
    ] {
        check_citations(text, &["§25b", "§25b_aufenthg"]);
    }
    check_citations("§ 25b gilt", &["§25b", "§25b_?"]);
}

#[test]
fn several_paragraphs_are_several_citations() {
    check_citations(
        "§§ 25a, 25b AufenthG",
        &["§25a", "§25a_aufenthg", "§25b", "§25b_aufenthg"],
    );
    check_citations(
        "§§ 25a und b AufenthG",
        &["§25a", "§25a_aufenthg", "§25b", "§25b_aufenthg"],
    );
    check_citations("§ 25 und 3 andere", &["§25", "§25_?"]);
}

#[test]
fn printed_papers_and_labels_are_citations() {
    check_citations("BT-Drs. 19/8752", &["drs_19/8752", "btdrs_19/8752"]);
    check_citations(
        "Bundestagsdrucksache 19/8752",
        &["drs_19/8752", "btdrs_19/8752"],
    );
    check_citations("Drucksache 19/8752", &["drs_19/8752", "drs_19/8752_?"]);
    check_citations("TOP 2.10", &["top_2.10", "top_2.10_?"]);
    check_citations("2001/55/EG", &["eu_2001/55", "eu_2001/55_?"]);
    check_citations("Seite 19/8752", &[]);
}

#[test]
fn the_span_of_a_citation_is_all_of_it() {
    let text = "Nach § 25 b Abs. 1 AufenthG wird";
    let terms = Analyzer::german().terms(text);
    let citation = terms
        .iter()
        .find(|term| term.layer == Layer::Citation)
        .expect("there is one");
    assert_eq!(&text[citation.span.clone()], "§ 25 b Abs. 1 AufenthG");
}

#[test]
fn a_citation_in_a_query_is_one_clause() {
    let query = "Duldung § 25b Abs. 1 AufenthG Länder";
    let clauses = Analyzer::german().clauses(query);
    let written: Vec<&str> = clauses
        .iter()
        .map(|clause| &query[clause.span.clone()])
        .collect();
    assert_eq!(written, ["Duldung", "§ 25b Abs. 1 AufenthG", "Länder"]);
}

#[test]
fn suspended_hyphens_are_restored() {
    check_restored("Sprach- und Integrationskurse", "Sprachkurse");
    check_restored("Flucht-, Asyl- und Migrationspolitik", "Fluchtpolitik");
    check_restored("Unionsbürgerinnen und -bürger", "Unionsbürger");
    check_restored("Sprach- und Integrationskursangebote", "Sprachkursangebote");
}

#[test]
fn a_lone_hyphen_restores_nothing() {
    for text in [
        "Sprach- und Schule",
        "- minister",
        "Sprach-",
        "Vor- und Nachteile",
    ] {
        let explained = Analyzer::german().explain(text);
        assert!(
            explained
                .iter()
                .all(|found| found.why != Why::SuspendedHyphen),
            "{text}"
        );
    }
}

#[test]
fn ambiguous_abbreviations_need_capitals() {
    assert!(
        synonyms("EMK")
            .iter()
            .any(|(text, _)| text == "Europaministerkonferenz")
    );
    assert!(synonyms("emk").is_empty());
    assert!(
        synonyms("Europaministerkonferenz")
            .iter()
            .any(|(text, _)| text == "EMK")
    );
}

#[test]
fn pejorative_words_are_never_offered() {
    assert!(synonyms("Asylbewerber").contains(&("Asylant".to_owned(), false)));
    assert!(synonyms("Asylanten").iter().all(|(_, offered)| *offered));
    assert!(
        synonyms("Asylbewerberin")
            .iter()
            .any(|(text, offered)| text == "Asylsuchende" && *offered)
    );
}

#[test]
fn synonyms_are_directed_graded_and_sorted() {
    assert!(
        synonyms("Ausländer")
            .iter()
            .any(|(text, _)| text == "Migrant")
    );
    assert!(
        !synonyms("Migrant")
            .iter()
            .any(|(text, _)| text == "Ausländer")
    );
    let grades: Vec<f32> = Analyzer::german()
        .expand("Flüchtling")
        .synonyms
        .iter()
        .map(|synonym| synonym.grade)
        .collect();
    assert!(grades.len() > 2 && grades.is_sorted_by(|one, other| one >= other));
    assert!(grades.iter().all(|grade| *grade > 0.0 && *grade < 1.0));
}

#[test]
fn words_together_have_synonyms() {
    let found = Analyzer::german().phrase_synonyms("die doppelte Staatsangehörigkeit behalten");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].clauses, 1..3);
    assert!(
        found[0]
            .synonyms
            .iter()
            .any(|synonym| synonym.text == "Doppelpass")
    );
}

#[test]
fn parts_are_without_linking_elements() {
    let analyzer = Analyzer::german();
    assert_eq!(
        analyzer.parts("Integrationskurse"),
        ["integration", "kurse"]
    );
    assert_eq!(analyzer.parts("Bundesländer"), ["bundes", "laender"]);
    for whole in "Beratung gesamt Beamte Ehrenamt Diskurs Konkurs Exkurs Kosten ehemals gemeinsam diplomatisch gebunden".split(' ') {
        assert!(analyzer.parts(whole).is_empty(), "{whole}");
    }
}

#[test]
fn the_old_spelling_shares_a_letter() {
    let analyzer = Analyzer::german();
    assert_eq!(
        texts("Seeschiffahrt", Layer::Stem),
        texts("Seeschifffahrt", Layer::Stem)
    );
    assert_eq!(
        analyzer.parts("Flussschifffahrt"),
        ["fluss", "schiff", "fahrt"]
    );
}

#[test]
fn the_version_names_the_lists() {
    let version = Analyzer::version();
    assert!(
        version.starts_with("german-") && version.len() > 20,
        "{version}"
    );
}

#[test]
fn the_committed_automaton_is_made_of_the_committed_lists() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let read = |name: &str| fs::read_to_string(data.join(name)).expect("the list is committed");
    let words = compile::lexicon(&read("lexicon.tsv"), &read("words.toml"))
        .expect("the lists are well formed");
    let entries = words.iter().map(|(word, entry)| (word, entry.packed()));
    let made = fst::Map::from_iter(entries)
        .expect("a sorted map has sorted keys")
        .into_fst()
        .into_inner();
    let committed = fs::read(data.join("lexicon.fst")).expect("the automaton is committed");
    assert!(
        made == committed,
        "run `cargo run -p laendersache-analysis --example build_lexicon`"
    );
    assert!(committed.len() <= 1_000_000);
}

#[test]
fn unreadable_lists_are_named() {
    let lists = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/words.toml"))
        .expect("it is committed");
    assert!(matches!(
        compile::lexicon("wort\t3\nfalsch\n", &lists),
        Err(compile::Error::Count(2))
    ));
    assert!(matches!(
        compile::lexicon("", "short = 1"),
        Err(compile::Error::Lists(_))
    ));
}
