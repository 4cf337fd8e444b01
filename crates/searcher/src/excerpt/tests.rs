//! Marks and excerpts over small invented texts.

use laendersache_analysis::{Analyzer, Layer};
use laendersache_indexer::{Record, RecordSection};
use laendersache_model::SectionKind;

use super::{Marker, disjoint, hit};
use crate::tree::{Alternative, Leaf, Scope, TreeTerm};
use crate::{Highlighted, Hit};

fn alternative(leaf: Leaf) -> Alternative {
    Alternative {
        leaf,
        weight: 1.0,
        scope: Scope::Everywhere,
    }
}

fn exact(text: &str) -> TreeTerm {
    TreeTerm::new(Layer::Exact, text)
}

fn words(words: &[&str]) -> Vec<Vec<Alternative>> {
    words
        .iter()
        .map(|word| vec![alternative(Leaf::Term(exact(word)))])
        .collect()
}

fn record(title: &str, texts: &[&str]) -> Record {
    let section = |(place, text): (usize, &&str)| RecordSection {
        kind: if place == 0 {
            SectionKind::Decision
        } else {
            SectionKind::Reasons
        },
        paragraph: place as u32 + 1,
        page: 7 + place as u32,
        text: (*text).to_owned(),
    };
    let sections = texts.iter().enumerate().map(section).collect();
    Record {
        id: "a/1".to_owned(),
        title: title.to_owned(),
        sections,
        ..Record::default()
    }
}

fn hit_of(record: Record, marks: &[Vec<Alternative>]) -> Hit {
    hit(1.0, record, &Marker::new(&Analyzer::german(), marks))
}

/// The text with its marks in square brackets.
fn shown(highlighted: &Highlighted) -> String {
    let mut shown = String::new();
    let mut done = 0;
    for mark in &highlighted.marks {
        shown += &highlighted.text[done..mark.start];
        shown += &format!("[{}]", &highlighted.text[mark.clone()]);
        done = mark.end;
    }
    shown + &highlighted.text[done..]
}

fn snippets(hit: &Hit) -> Vec<String> {
    hit.snippets
        .iter()
        .map(|snippet| shown(&snippet.text))
        .collect()
}

#[test]
fn words_are_marked_in_title_and_text() {
    let hit = hit_of(
        record("Kurse für alle", &["Der Bund fördert Kurse."]),
        &words(&["kurse", "bund"]),
    );
    assert_eq!(shown(&hit.title), "[Kurse] für alle");
    assert_eq!(snippets(&hit), ["Der [Bund] fördert [Kurse]."]);
}

#[test]
fn a_phrase_is_marked_only_where_it_is_one() {
    let phrase = Leaf::Phrase(vec![(0, exact("zur")), (1, exact("kenntnis"))]);
    let text = "Die Kenntnis wird zur Kenntnis genommen, zur Freude aller.";
    let hit = hit_of(record("", &[text]), &[vec![alternative(phrase)]]);
    assert_eq!(
        snippets(&hit),
        ["Die Kenntnis wird [zur Kenntnis] genommen, zur Freude aller."]
    );
}

#[test]
fn near_words_are_marked_only_where_they_are_near() {
    let near = Leaf::Near {
        words: vec![vec![exact("kurse")], vec![exact("frauen")]],
        distance: 2,
    };
    let text = "Kurse sind gut und wichtig. Frauen und Kurse gehören zusammen.";
    let hit = hit_of(record("", &[text]), &[vec![alternative(near)]]);
    assert_eq!(
        snippets(&hit),
        ["Kurse sind gut und wichtig. [Frauen] und [Kurse] gehören zusammen."]
    );
}

#[test]
fn the_beginning_of_a_word_marks_the_whole_word() {
    let prefix = Leaf::Prefix("integ".to_owned());
    let hit = hit_of(
        record("", &["Integration und Integrität, kein Interesse."]),
        &[vec![alternative(prefix)]],
    );
    assert_eq!(
        snippets(&hit),
        ["[Integration] und [Integrität], kein Interesse."]
    );
}

#[test]
fn what_is_asked_of_the_title_is_not_marked_in_the_text() {
    let title = Alternative {
        leaf: Leaf::Term(exact("kurse")),
        weight: 1.0,
        scope: Scope::Title,
    };
    let hit = hit_of(record("Kurse", &["Kurse gibt es viele."]), &[vec![title]]);
    assert_eq!(shown(&hit.title), "[Kurse]");
    assert_eq!(snippets(&hit), ["Kurse gibt es viele."]);
}

#[test]
fn the_paragraph_with_the_most_words_comes_first_and_knows_its_place() {
    let texts = [
        "Nur ein Kurs.",
        "Nichts.",
        "Ein Kurs für Frauen.",
        "Frauen.",
    ];
    let hit = hit_of(record("", &texts), &words(&["kurs", "frauen"]));
    assert_eq!(
        snippets(&hit),
        ["Ein [Kurs] für [Frauen].", "Nur ein [Kurs].", "[Frauen]."]
    );
    let first = &hit.snippets[0];
    assert_eq!(
        (first.section, first.paragraph, first.page),
        (SectionKind::Reasons, 3, 9)
    );
}

#[test]
fn without_a_mark_the_beginning_is_shown() {
    let hit = hit_of(
        record("", &["Der Anfang.", "Das Ende."]),
        &words(&["fehlt"]),
    );
    assert_eq!(snippets(&hit), ["Der Anfang."]);
    assert!(hit_of(record("", &[]), &[]).snippets.is_empty());
}

#[test]
fn a_long_paragraph_is_cut_between_words_around_the_marks() {
    let filler = "Die Länder begrüßen die Vorschläge ausdrücklich. ".repeat(20);
    let text = format!("{filler}Der Kurs für Frauen wird gefördert. {filler}");
    let hit = hit_of(record("", &[&text]), &words(&["kurs", "frauen"]));
    let shown = &snippets(&hit)[0];
    assert!(
        shown.contains("Der [Kurs] für [Frauen] wird gefördert."),
        "{shown}"
    );
    assert!(shown.starts_with("… ") && shown.ends_with(" …"), "{shown}");
    assert!(shown.len() < 400, "{shown}");
    assert!(!shown.contains("… egrüßen"), "{shown}");
}

#[test]
fn a_text_without_spaces_is_cut_between_characters() {
    let text = "ü".repeat(5000);
    let hit = hit_of(record("", &[&text]), &words(&["fehlt"]));
    assert!(snippets(&hit)[0].len() < 400);
}

#[test]
fn a_giant_passage_is_not_marked_beyond_the_limit() {
    let text = "Kurse ".repeat(100_000);
    let hit = hit_of(record("", &[&text]), &words(&["kurse"]));
    assert!(hit.snippets[0].text.marks.is_empty());
}

#[test]
fn overlapping_marks_become_one() {
    let check = |ranges: &[std::ops::Range<usize>], expected: &[std::ops::Range<usize>]| {
        assert_eq!(disjoint(ranges.to_vec()), expected, "{ranges:?}");
    };
    check(&[], &[]);
    check(&[5..8, 0..3], &[0..3, 5..8]);
    check(&[0..5, 3..8, 4..6], std::slice::from_ref(&(0..8)));
    check(&[0..3, 3..5], &[0..3, 3..5]);
    check(&[0..9, 0..4], std::slice::from_ref(&(0..9)));
}
