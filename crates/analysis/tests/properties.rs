//! What holds for every text.

use laendersache_analysis::{Analyzer, Layer, folded};
use proptest::prelude::*;

/// Texts rich in what the analysis looks at.
fn german() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zäöüßA-ZÄÖÜ]{1,12}",
        "[-*:_/·.,+§ ()'’0-9\u{ad}\u{308}\n]{1,4}",
        Just("innen".to_owned()),
        Just("Integrationskurse".to_owned()),
        Just("§§ 25a, b".to_owned()),
        Just("- und -minister ".to_owned()),
        Just("BT-Drs. 19/8752".to_owned()),
        "\\PC{0,6}",
    ];
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

fn check_terms(text: &str) {
    let analyzer = Analyzer::german();
    let terms = analyzer.terms(text);
    let mut last = 0;
    for term in &terms {
        assert!(term.span.start < term.span.end, "{text:?}: {term:?}");
        assert!(text.get(term.span.clone()).is_some(), "{text:?}: {term:?}");
        assert!(
            term.position >= last && term.position <= last + 1,
            "{text:?}: {term:?}"
        );
        assert!(!term.text.is_empty());
        last = term.position;
    }
    assert_eq!(terms, analyzer.terms(text));
}

proptest! {
    #[test]
    fn spans_are_inside_the_text_and_positions_grow(text in german()) {
        check_terms(&text);
    }

    #[test]
    fn any_unicode_has_terms(text in "\\PC{0,80}") {
        check_terms(&text);
    }

    #[test]
    fn any_characters_have_terms(characters in prop::collection::vec(any::<char>(), 0..60)) {
        check_terms(&characters.into_iter().collect::<String>());
    }

    #[test]
    fn a_query_never_panics(text in german()) {
        let analyzer = Analyzer::german();
        for clause in analyzer.clauses(&text) {
            prop_assert!(text.get(clause.span).is_some());
            prop_assert!(!clause.expansion.own.is_empty());
        }
        analyzer.phrase_synonyms(&text);
        analyzer.expand(&text);
    }

    #[test]
    fn parts_lie_in_order_inside_the_folded_word(word in "[a-zäöüß]{1,40}") {
        let length = folded(&word).len();
        let mut end = 0;
        for part in Analyzer::german().split(&word) {
            prop_assert!(part.start + 1 >= end && part.end <= length);
            end = part.end;
        }
    }

    #[test]
    fn a_plain_word_stands_at_its_span(before in "[a-zäöü ]{0,20}", word in "[a-zäöüß]{3,12}") {
        let text = format!("{before} {word}, und");
        let terms = Analyzer::german().terms(&text);
        let exact = terms.iter().filter(|term| term.layer == Layer::Exact);
        let found = exact.filter(|term| term.text == folded(&text[term.span.clone()]));
        let all = terms.iter().filter(|term| term.layer == Layer::Exact).count();
        prop_assert_eq!(found.count(), all);
        let written = |term: &laendersache_analysis::Term| text[term.span.clone()] == word;
        prop_assert!(terms.iter().any(written));
    }
}

#[test]
fn long_and_repetitive_texts_take_linear_time() {
    for piece in [
        "a*",
        "aaa*innen",
        "xIn",
        "1.",
        "1/",
        "a.",
        "-",
        "§",
        "ab-",
        "§ 25a, ",
        "ö\u{308}",
        "amt",
    ] {
        check_terms(&piece.repeat(20_000));
    }
}
